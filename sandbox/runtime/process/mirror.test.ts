import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import type { Directory } from '../fs.ts'
import { createVolume } from '../volume.ts'
import { Mirror } from './mirror.node.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function set(fill: (root: Directory) => void = () => {}) {
  const volume = createVolume(new Clock())
  fill(volume.root)
  const path = mkdtempSync(join(tmpdir(), 'podlab-mirror-'))
  folders.push(path)
  return { root: volume.root, path, mirror: new Mirror(volume, path) }
}

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
