/** Lookup of the command that the words of a line name. */

import { commands } from '../verbs.ts'
import type { Command } from './command.ts'
import { type FlagRow, withoutFlags } from './flags.ts'
import { globalFlags } from './globalflags.ts'

export const isNamed = (c: Command, word: string): boolean => c.name === word || (c.aliases?.includes(word) ?? false)

export interface Found {
  command: Command | undefined
  path: string[]
  /** Where in the line the command's words stand. */
  taken: Set<number>
  /** All words of the line that are no flags, nor values of flags. */
  words: string[]
  positions: number[]
}

export function findCommand(argv: readonly string[], globals: readonly FlagRow[] = globalFlags('')): Found {
  const found: Found = {
    command: undefined,
    path: [],
    taken: new Set(),
    ...withoutFlags(argv, new Map(globals.map(r => [r[0], r]))),
  }
  for (const [i, word] of found.words.entries()) {
    const next = (found.command ? found.command.commands : commands)?.find(c => isNamed(c, word))
    if (!next) break
    found.command = next
    found.path.push(next.name)
    found.taken.add(found.positions[i]!)
  }
  return found
}
