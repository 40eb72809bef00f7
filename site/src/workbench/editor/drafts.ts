/** Edits in the plain editor, step by step, so that they can be undone in the full one. */

const PAUSE_MS = 600

export interface Drafts {
  /** The text as it was before, and as it has become. */
  typed(path: string, before: string, after: string, at: number): void
  /** The texts of a file, oldest first, which are then forgotten. */
  take(path: string): string[]
}

export function createDrafts(): Drafts {
  const files = new Map<string, { texts: string[]; last: number }>()
  return {
    typed(path, before, after, at) {
      const file = files.get(path)
      if (!file) {
        files.set(path, { texts: [before, after], last: at })
        return
      }
      // What is typed in one go is undone in one go.
      if (at - file.last < PAUSE_MS) file.texts.pop()
      file.texts.push(after)
      file.last = at
    },
    take(path) {
      const texts = files.get(path)?.texts ?? []
      files.delete(path)
      return texts
    },
  }
}

/** The smallest stretch of a text whose replacement gives another: from, to, and what stands there then. */
export function difference(before: string, after: string): { from: number; to: number; text: string } {
  let from = 0
  const most = Math.min(before.length, after.length)
  while (from < most && before[from] === after[from]) from++
  let same = 0
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return { from, to: before.length - same, text: after.slice(from, after.length - same) }
}
