/** What du counts of a tree: the same numbers as a kubelet had for such volumes on a real node. */
import { expect, it } from 'vitest'
import { diskUsage } from './disk-usage.ts'
import { attach, Disk, lookup, overlay } from './tree.ts'
import { createVolume, directory, inodeOf } from './volume.ts'

const clock = { now: () => 0 }
const KI = 1024

it('counts whole blocks, and each directory as one', () => {
  const volume = createVolume(clock)
  expect(diskUsage(inodeOf(volume))).toBe(4 * KI)
  volume.root.write('f', 'x'.repeat(1024 * KI))
  volume.root.write('d/g', 'x\n')
  volume.root.symlink('l', 'f')
  expect(diskUsage(inodeOf(volume))).toBe(1060864)
})

it('counts no directories in memory', () => {
  const volume = createVolume(clock, { type: 'tmpfs' })
  volume.root.write('d/f', 'x'.repeat(5_000_000))
  expect(diskUsage(inodeOf(volume))).toBe(5001216)
})

it('counts a file with two names once', () => {
  const volume = createVolume(clock)
  volume.root.write('a', 'x'.repeat(8 * KI))
  const root = inodeOf(volume)
  const file = lookup(root, 'a')!
  file.nlink++
  attach(root, 'b', file)
  expect(diskUsage(root)).toBe(12 * KI)
})

it('counts of a layer only what was written to it', () => {
  const image = createVolume(clock)
  for (const path of ['etc/passwd', 'tmp/x', 'var/log/y']) image.root.write(path, 'x'.repeat(10_000))
  const root = overlay(new Disk({ type: 'overlay', clock }), inodeOf(image))
  lookup(lookup(root, 'var')!, 'log')
  expect(diskUsage(root), 'who looks takes nothing').toBe(0)
  directory(root).write('tmp/new', 'x'.repeat(5_000))
  expect(diskUsage(root)).toBe(16 * KI)
  directory(root).remove('etc/passwd')
  expect(diskUsage(root), 'what is removed leaves a mark in its directory').toBe(20 * KI)
})
