/** Volumes as file trees, filled at once or later. */
import { describe, expect, it } from 'vitest'
import { createVolume, inodeOf } from './volume.ts'

/** A volume that is filled with a file at 1,000, while the clock goes on to 5,000. */
function leftForLater() {
  const clock = { at: 1000, now: () => clock.at }
  const volume = createVolume(clock, { type: 'tmpfs' })
  let filled = 0
  volume.fillLater(() => {
    filled++
    volume.root.write('token', 'abc')
  })
  clock.at = 5000
  return { volume, filled: () => filled }
}

describe('a volume that is filled later', () => {
  it('is a directory as any other, of which nobody has to know what is in it', () => {
    const { volume, filled } = leftForLater()
    expect(volume.root.stat('')).toMatchObject({ type: 'directory', mtime: 1000, ino: 1 })
    expect(inodeOf(volume).type).toBe('directory')
    expect(filled()).toBe(0)
  })

  it.each([
    ['a file in it is read', v => v.root.read('token')],
    ['it is listed', v => v.root.list('')],
    ['its size is asked for', v => v.root.stat('')?.size],
    ['it is asked how much is in it', v => v.usedBytes()],
    ['something is written to it', v => v.root.write('other', '')],
    ['somebody wants to hear of changes', v => v.root.watch(() => {})],
  ] satisfies [string, (volume: ReturnType<typeof createVolume>) => unknown][])(
    'is filled once when %s, as if it had been at once',
    (_, look) => {
      const { volume, filled } = leftForLater()
      look(volume)
      expect(filled()).toBe(1)
      expect(volume.root.read('token')).toBe('abc')
      expect(volume.root.stat('token')).toMatchObject({ mtime: 1000, ino: 2 })
      expect(volume.usedBytes()).toBe(3)
      volume.root.write('later', '')
      expect(volume.root.stat('later')).toMatchObject({ mtime: 5000 })
      expect(filled()).toBe(1)
    },
  )
})

it('a directory is no file to write to', () => {
  const { root } = createVolume({ now: () => 0 })
  root.write('data/a', '1')
  expect(() => root.write('data', '2')).toThrow('Is a directory')
  expect(root.read('data/a')).toBe('1')
})
