/** An answer to what may come next, in cobra's form. */

/** What the shell is to do besides. */
export const DIRECTIVES = { NoSpace: 2, NoFileComp: 4, FilterFileExt: 8 } as const
export const { NoSpace: NO_SPACE, NoFileComp: NO_FILES, FilterFileExt: BY_EXTENSION } = DIRECTIVES
/** The word is the shell's: a file's name. */
export const FILES = 0

export interface Answer {
  /** Each with what it is, after a tab, where that is told. */
  candidates: readonly string[]
  directive: number
}

export const starting = (list: Iterable<string>, word: string): string[] => [...list].filter(x => x.startsWith(word))
