/** Files that are only to be big: their zeros are counted and not kept, and nobody who reads them can tell. */
import { describe, expect, test } from 'vitest'
import { isErrno } from '../errno.ts'
import { MountTable } from './mounts.ts'
import { Disk, type Inode, newInode } from './tree.ts'
import { View } from './view.ts'

function files() {
  const disk = new Disk({ type: 'ext4', clock: { now: () => 0 } })
  const root = newInode(disk, 'directory')
  return {
    disk,
    fs: new View(new MountTable(root), undefined, 0, 0, []),
    inode: (name: string) => root.entries!.get(name) as Inode,
  }
}

const zeros = (count: number): string => '\0'.repeat(count)

describe('zeros that are appended', () => {
  test('take room on the disk and none in memory', () => {
    const { disk, fs, inode } = files()
    for (let i = 0; i < 3; i++) fs.writeFile('/photo', zeros(4096), { append: true })
    expect(disk.used).toBe(3 * 4096)
    expect(fs.stat('/photo').size).toBe(3 * 4096)
    expect(inode('photo').text).toBe('')
    expect(fs.readFile('/photo')).toBe(zeros(3 * 4096))
    fs.unlink('/photo')
    expect(disk.used).toBe(0)
  })

  test('stay where they are when text follows', () => {
    const { disk, fs } = files()
    fs.writeFile('/f', 'head')
    fs.writeFile('/f', zeros(100), { append: true })
    fs.writeFile('/f', 'tail', { append: true })
    expect(fs.readFile('/f')).toBe(`head${zeros(100)}tail`)
    expect(fs.stat('/f').size).toBe(108)
    expect(disk.used).toBe(108)
  })

  test('are too many to be read, or to be followed by anything, from some size on', () => {
    const { fs } = files()
    fs.writeFile('/big', 'x')
    fs.allocate('/big', 2 ** 40)
    const failing = (work: () => void): unknown => {
      try {
        return work()
      } catch (error) {
        return isErrno(error) && error.code
      }
    }
    expect(failing(() => fs.readFile('/big'))).toBe('EFBIG')
    expect(failing(() => fs.writeFile('/big', 'y', { append: true }))).toBe('EFBIG')
    expect(fs.stat('/big').size).toBe(2 ** 40)
  })
})
