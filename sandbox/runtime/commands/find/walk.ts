/** What an expression of find wants of the walk through the tree. */
export interface Walk {
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  /** Something is done with what is found, so its path is not printed as well. */
  acts: boolean
  /** Directories that are not to be gone into. */
  pruned: Set<string>
  /** Commands that are run once, at the end, for all that was found for them. */
  batches: { argv: string[]; paths: string[] }[]
  /** The exit status so far. */
  code: number
}
