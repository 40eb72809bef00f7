/** `stat -f`: the file system that a file lies on. */
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { memorySize } from '../../pseudofs/procfs.ts'
import { type Call, print } from '../command.ts'
import { mountCovering, sizeOf } from './disks.ts'

const BLOCK = 4096
const NAME_MAX = 255
/** A disk has an inode for so many bytes. */
const BYTES_PER_INODE = 16_384

/** What the kernel calls each in numbers, and what the tools make of that: busybox does not know all of them. */
const TYPES: Readonly<Record<string, readonly [magic: string, gnu: string, busybox: string]>> = {
  cgroup2: ['63677270', 'cgroup2fs', 'UNKNOWN'],
  devpts: ['1cd1', 'devpts', 'devpts'],
  ext4: ['ef53', 'ext2/ext3', 'ext2/ext3'],
  mqueue: ['19800202', 'mqueue', 'UNKNOWN'],
  overlay: ['794c7630', 'overlayfs', 'UNKNOWN'],
  proc: ['9fa0', 'proc', 'proc'],
  sysfs: ['62656572', 'sysfs', 'sysfs'],
  tmpfs: ['1021994', 'tmpfs', 'tmpfs'],
}

const TERSE = '%n %i %l %t %s %b %f %a %c %d'
const whole = (gnu: boolean): string =>
  `  File: "%n"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s${gnu ? ' Fundamental block size: %S' : ''}\n` +
  'Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d'

/** How many files there are below a directory, itself included. */
function countFiles(fs: Process['fs'], path: string): number {
  if (fs.lstat(path).type !== 'directory') return 1
  return fs.readdir(path).reduce((sum, name) => sum + countFiles(fs, `${path.replace(/\/$/, '')}/${name}`), 1)
}

/** @throws Errno where there is no such file */
export async function statFileSystem(
  call: Call,
  name: string,
  format: string | undefined,
  terse: boolean,
): Promise<void> {
  const { process } = call
  process.fs.stat(name)
  const mount = mountCovering(process, name)
  const gnu = call.flavour === 'gnu'
  const [magic, gnuType, busyboxType] = TYPES[mount.type] ?? ['0', 'UNKNOWN', 'UNKNOWN']
  const size = sizeOf(process, mount)
  const free = Math.floor((size - mount.usedBytes) / BLOCK)
  const inMemory = mount.type === 'tmpfs'
  const inodes = inMemory
    ? Math.floor(memorySize((process as Proc).kernel) / BLOCK / 2)
    : Math.floor(size / BYTES_PER_INODE)
  const values: Readonly<Record<string, string | number>> = {
    n: name,
    i: '0',
    l: NAME_MAX,
    t: magic,
    T: gnu ? gnuType : busyboxType,
    s: BLOCK,
    S: BLOCK,
    b: Math.floor(size / BLOCK),
    f: free,
    a: free,
    c: inodes,
    d: inMemory ? inodes - countFiles(process.fs, mount.path) : inodes,
    '%': '%',
  }
  const text = (format ?? (terse ? TERSE : whole(gnu))).replace(
    /%(-?)(\d*)([a-zA-Z%])/g,
    (_, left: string, width: string, letter: string) => {
      const value = values[letter] ?? '?'
      return left ? String(value).padEnd(Number(width)) : String(value).padStart(Number(width))
    },
  )
  await print(call, `${text}\n`)
}
