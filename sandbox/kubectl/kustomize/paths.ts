/** Paths on the learner's disk, and what is said when nothing is there. */
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'

export function join(folder: string, path: string): string {
  if (path.startsWith('/')) return path
  const parts: string[] = []
  for (const [i, p] of `${folder}/${path}`.split('/').entries()) {
    if (p === '..' && parts.length && parts.at(-1) !== '..') parts.pop()
    else if (p !== '.' && (p || i === 0)) parts.push(p)
  }
  return parts.join('/') || '.'
}

export const absolute = (io: Io, path: string): string => join(io.cwd, path)

export const isAddress = (path: string): boolean => /^(https?:|git@|github\.com)/.test(path)

/** `evalsymlink failure on '/x' : lstat /x: no such file or directory` */
export const notThere = (io: Io, path: string): string =>
  `evalsymlink failure on '${absolute(io, path)}' : lstat ${absolute(io, path)}: no such file or directory`

/** The learner's disk, and whether files may be taken from anywhere on it. */
export interface Disk {
  io: Io
  anywhere: boolean
  /** The folders whose kustomizations are being built, the innermost last. */
  within: readonly string[]
}

/** A folder that is about to be built, too. @throws KubectlError where it holds one that is being built already */
export function enter(disk: Disk, folder: string): Disk {
  const root = absolute(disk.io, folder)
  const below = disk.within.findLast(other => other === root || other.startsWith(root === '/' ? root : `${root}/`))
  if (below !== undefined)
    throw new KubectlError(`cycle detected: candidate root '${root}' contains visited root '${below}'`)
  return { ...disk, within: [...disk.within, root] }
}

/** A file of a kustomization, which is in its folder or below. @throws KubectlError */
export async function readBelow({ io, anywhere }: Disk, folder: string, path: string): Promise<string> {
  const full = join(folder, path)
  const text = await io.files.read(full)
  if (text === undefined) throw new KubectlError(notThere(io, full))
  const root = absolute(io, folder)
  if (!anywhere && !absolute(io, full).startsWith(`${root}/`))
    throw new KubectlError(`security; file '${absolute(io, full)}' is not in or below '${root}'`)
  return text
}
