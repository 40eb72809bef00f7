/** hostPath: a file or directory of the node itself, with the checks that its type asks for. */
import type { Directory } from '../../runtime/files/fs.ts'
import type { Disk, Mounted, VolumePlugin } from './volume.ts'

/** @throws Error in the words of the kubelet's type check */
export function mountHostPath(disk: Disk, path: string, type = ''): Mounted {
  const clean = `/${path
    .split('/')
    .filter(part => part && part !== '.')
    .join('/')}`
  disk.install()
  const stat = disk.host.stat(clean)
  const failed = (what: string): Error => new Error(`hostPath type check failed: ${path} is not a ${what}`)
  const isFile = stat?.type === 'file'
  switch (type) {
    case 'Directory':
      if (stat?.type !== 'directory') throw failed('directory')
      break
    case 'File':
      if (!isFile) throw failed('file')
      break
    case 'Socket':
      if (stat?.type !== 'socket') throw failed('socket file')
      break
    case 'CharDevice':
      if (stat?.type !== 'device') throw failed('character device')
      break
    case 'BlockDevice':
      // What devices there are give characters.
      throw failed('block device')
    case 'FileOrCreate':
      if (stat && !isFile) throw failed('file')
      if (!stat) createFile(disk.host, clean, path)
      break
    case 'DirectoryOrCreate':
      if (stat && stat.type !== 'directory') throw failed('directory')
      break
  }
  if (disk.host.stat(clean)?.type && disk.host.stat(clean)!.type !== 'directory') {
    const slash = clean.lastIndexOf('/')
    return {
      volume: disk.at(clean.slice(0, slash) || '/'),
      subPath: clean.slice(slash + 1),
      readOnly: false,
      nodePath: path,
    }
  }
  // With no type the runtime makes the missing directory when it mounts it.
  if (!disk.host.stat(clean)) makeDirectories(disk.host, clean)
  return { volume: disk.at(clean), readOnly: false, nodePath: path }
}

function createFile(host: Directory, clean: string, path: string): void {
  const parent = clean.slice(0, clean.lastIndexOf('/')) || '/'
  if (!host.stat(parent)) throw new Error(`open ${path}: no such file or directory`)
  host.write(clean, '', { mode: 0o644 })
}

/** @param mode of the last one */
export function makeDirectories(host: Directory, path: string, mode = 0o755): void {
  const parts = path.split('/').filter(Boolean)
  for (let i = 1; i <= parts.length; i++) {
    const parent = `/${parts.slice(0, i).join('/')}`
    if (!host.stat(parent)) host.mkdir(parent, { mode: i === parts.length ? mode : 0o755 })
  }
}

export const hostPathVolume: VolumePlugin = {
  field: 'hostPath',
  setUp({ spec, disk, present }) {
    return present ?? mountHostPath(disk, spec.hostPath!.path, spec.hostPath!.type)
  },
}
