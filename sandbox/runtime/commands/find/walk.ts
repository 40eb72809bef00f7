/** What an expression of find wants of the walk through the tree, and how it looks at what is there. */
import type { FileStat } from '../../files/fs.ts'
import type { Process } from '../../processes/process.ts'

export interface Walk {
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  /** Links stand for what they lead to. */
  follow: boolean
  /** Directories on which something else is mounted are not gone into. */
  oneFileSystem: boolean
  /** Something is done with what is found, so its path is not printed as well. */
  acts: boolean
  /** Directories that are not to be gone into. */
  pruned: Set<string>
  /** Commands that are run once, at the end, for all that was found for them. */
  batches: { argv: string[]; paths: string[]; cwd?: string }[]
  /** The exit status so far. */
  code: number
}

/** Of a link, or of what it leads to where that is wanted and there. @throws Errno */
export const statOf = ({ fs }: Process, { follow }: Pick<Walk, 'follow'>, path: string): FileStat =>
  follow && fs.exists(path) ? fs.stat(path) : fs.lstat(path)
