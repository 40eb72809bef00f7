/** Volumes mirrored between memory and disk, for real processes. */
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import type { Directory } from '../files/fs.ts'
import { createVolume } from '../files/volume.ts'
import { Mirror } from './mirror.node.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function set(fill: (root: Directory) => void = () => {}, limitBytes?: number) {
  const volume = createVolume(new Clock(), limitBytes === undefined ? {} : { limitBytes })
  fill(volume.root)
  const folder = mkdtempSync(join(tmpdir(), 'podlab-mirror-'))
  folders.push(folder)
  const path = join(folder, 'volumes', 'data')
  return { root: volume.root, path, mirror: new Mirror(volume, path) }
}
const modeOf = (file: string): string => (lstatSync(file).mode & 0o777).toString(8)

test('follows the kubelet when it puts a new version of a ConfigMap in place', async () => {
  const version = (root: Directory, name: string, text: string): void => {
    root.write(`/${name}/conf`, text, { mode: 0o400 })
    root.symlink('/..data', name)
  }
  const { root, path } = set(tree => {
    version(tree, '..1', 'one')
    tree.symlink('/conf', '..data/conf')
  })
  expect(readFileSync(join(path, 'conf'), 'utf8')).toBe('one')
  version(root, '..2', 'two')
  root.remove('/..1')
  await Promise.resolve()
  expect(readFileSync(join(path, 'conf'), 'utf8')).toBe('two')
  expect(readdirSync(path).sort()).toEqual(['..2', '..data', 'conf'])
})

test('leaves on the disk what memory cannot hold', () => {
  const { root, path, mirror } = set()
  writeFileSync(join(path, 'picture'), Uint8Array.of(0xff, 0xd8, 0xff))
  mirror.pull()
  root.write('/text', 'a')
  mirror.push()
  expect(root.list('/')).toEqual(['text'])
  expect(statSync(join(path, 'picture')).size).toBe(3)
})

test('many changes in memory are carried over as one; after stop() none is', async () => {
  const { root, path, mirror } = set()
  const carried = vi.spyOn(mirror, 'push')
  for (const name of ['/a', '/b', '/c']) root.write(name, 'x')
  await Promise.resolve()
  expect(readdirSync(path)).toEqual(['a', 'b', 'c'])
  expect(carried).toHaveBeenCalledTimes(1)
  writeFileSync(join(path, 'd'), 'x')
  mirror.pull()
  await Promise.resolve()
  expect(carried, 'what came from the disk does not go back there').toHaveBeenCalledTimes(1)
  mirror.stop()
  root.write('/e', 'x')
  await Promise.resolve()
  expect(readdirSync(path)).toEqual(['a', 'b', 'c', 'd'])
})

test('a file keeps its mode both ways, and one that nobody may write is replaced', async () => {
  const { root, path, mirror } = set(tree => tree.write('/key', 'old', { mode: 0o400 }))
  expect(modeOf(join(path, 'key'))).toBe('400')
  const before = lstatSync(join(path, 'key')).ino
  const held = openSync(join(path, 'key'), 'r')
  root.write('/key', 'new', { mode: 0o400 })
  await Promise.resolve()
  expect([readFileSync(join(path, 'key'), 'utf8'), modeOf(join(path, 'key'))]).toEqual(['new', '400'])
  expect(lstatSync(join(path, 'key')).ino).not.toBe(before)
  closeSync(held)

  root.write('/script', 'echo', { mode: 0o644 })
  await Promise.resolve()
  const same = lstatSync(join(path, 'script')).ino
  root.write('/script', 'echo', { mode: 0o755 })
  await Promise.resolve()
  expect([modeOf(join(path, 'script')), lstatSync(join(path, 'script')).ino]).toEqual(['755', same])
  chmodSync(join(path, 'script'), 0o700)
  mirror.pull()
  expect(root.stat('/script')!.mode & 0o777).toBe(0o700)
})

test('a link within the volume is carried both ways; one that leads out of it stays where it is', async () => {
  const { root, path, mirror } = set(tree => {
    tree.symlink('/inside', 'data')
    tree.symlink('/outside', '/etc/passwd')
  })
  expect(readdirSync(path)).toEqual(['inside'])
  expect(readlinkSync(join(path, 'inside'))).toBe('data')
  symlinkSync('data', join(path, 'other'))
  symlinkSync('/etc/passwd', join(path, 'away'))
  mirror.pull()
  expect([...root.list('/')].sort()).toEqual(['inside', 'other', 'outside'])
  expect(root.readlink('/other')).toBe('data')
  root.remove('/inside')
  root.symlink('/inside', 'elsewhere')
  await Promise.resolve()
  expect(readlinkSync(join(path, 'inside'))).toBe('elsewhere')
})

test('a name may become something else on either side: a file a directory, a directory a file', async () => {
  const { root, path, mirror } = set(tree => {
    tree.write('/one', 'a file')
    tree.write('/two/inner', 'in a directory')
  })
  root.remove('/one')
  root.write('/one/inner', 'now a directory')
  root.remove('/two')
  root.write('/two', 'now a file')
  await Promise.resolve()
  expect(readFileSync(join(path, 'one/inner'), 'utf8')).toBe('now a directory')
  expect(readFileSync(join(path, 'two'), 'utf8')).toBe('now a file')
  rmSync(join(path, 'one'), { recursive: true })
  writeFileSync(join(path, 'one'), 'a file again')
  rmSync(join(path, 'two'))
  mkdirSync(join(path, 'two'))
  writeFileSync(join(path, 'two/inner'), 'a directory again')
  mirror.pull()
  expect(root.read('/one')).toBe('a file again')
  expect(root.read('/two/inner')).toBe('a directory again')
  rmSync(join(path, 'one'))
  symlinkSync('two', join(path, 'one'))
  mirror.pull()
  expect(root.readlink('/one')).toBe('two')
})

test('what is too much for memory stays on the disk, and the rest is carried over all the same', () => {
  const { root, path, mirror } = set(undefined, 1000)
  writeFileSync(join(path, 'a-large'), 'x'.repeat(2000))
  writeFileSync(join(path, 'b-small'), 'x')
  mkdirSync(join(path, 'empty'), { mode: 0o750 })
  mirror.pull()
  expect(root.read('/b-small')).toBe('x')
  expect(root.stat('/empty')!.type).toBe('directory')
  expect(lstatSync(join(path, 'a-large')).size).toBe(2000)
  const huge = set()
  writeFileSync(join(huge.path, 'huge'), 'x'.repeat(10 * 1024 * 1024 + 1))
  writeFileSync(join(huge.path, 'just'), 'x'.repeat(10 * 1024 * 1024))
  huge.mirror.pull()
  expect(huge.root.list('/')).toEqual(['just'])
})

/** Path → text of all files, as either side has them. */
function inMemory(root: Directory, dir = ''): Record<string, string> {
  const files: Record<string, string> = {}
  for (const name of root.list(dir)) {
    const path = `${dir}/${name}`
    if (root.stat(path)?.type === 'directory') Object.assign(files, inMemory(root, path))
    else files[path] = root.read(path)!
  }
  return files
}

const onDisk = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [file.slice(path.length), readFileSync(file, 'utf8')]),
  )

test('both sides hold the same, whoever writes and removes', async () => {
  const file = fc.constantFrom('/a', '/b', '/dir/a', '/dir/b')
  const change = fc.record({ side: fc.constantFrom('memory', 'disk'), file, text: fc.option(fc.string()) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), async changes => {
      const { root, path, mirror } = set()
      const expected: Record<string, string> = {}
      for (const { side, file: name, text } of changes) {
        if (text === null) delete expected[name]
        else expected[name] = text
        const real = join(path, name)
        if (side === 'memory') text === null ? root.remove(name) : root.write(name, text)
        else if (text === null) rmSync(real, { force: true })
        else {
          mkdirSync(dirname(real), { recursive: true })
          writeFileSync(real, text)
        }
        await Promise.resolve()
        mirror.pull()
        expect(inMemory(root)).toEqual(expected)
        expect(onDisk(path)).toEqual(expected)
      }
    }),
    { numRuns: 60 },
  )
})
