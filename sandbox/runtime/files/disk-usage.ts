/** How much of a disk a tree takes, as du counts it. */
import type { Inode } from './tree.ts'

const BLOCK = 4096

/** @returns bytes in whole blocks of the disk */
export const inBlocks = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK

/**
 * A file with several names counts once. Of a layer over another tree only what the layer itself holds is counted: a
 * directory in which nothing was written is that of the tree below. In memory directories take nothing.
 * @returns bytes
 */
export function diskUsage(root: Inode): number {
  root.disk.fill()
  const seen = new Set<Inode>()
  const { disk } = root
  const ofDirectory = disk.type === 'tmpfs' ? 0 : BLOCK
  const measure = (inode: Inode): number => {
    if (inode.disk !== disk || seen.has(inode)) return 0
    if (inode.nlink > 1) seen.add(inode)
    if (inode.type === 'file') return inBlocks(inode.bytes)
    if (inode.type !== 'directory') return 0
    let below = 0
    let isOwn = !inode.lower
    for (const child of inode.entries?.values() ?? []) {
      const bytes = child ? measure(child) : 0
      below += bytes
      isOwn ||= !child || bytes > 0 || child.type !== 'directory'
    }
    return isOwn ? below + ofDirectory : below
  }
  return measure(root)
}
