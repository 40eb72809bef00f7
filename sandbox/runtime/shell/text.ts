/** The texts that a shell runs (scripts, `eval`, functions, substitutions), and the numbers of their lines in messages. */
import type { Command } from 'unbash'

export interface Text {
  source: string
  /** The number of its first line: what stands in another text counts on from there. */
  firstLine: number
  /** The file that it came from, where messages name it: what `.` reads, and the functions defined there. */
  file?: string
}

/** The number of the line on which a place lies. */
export function lineAt({ source, firstLine }: Text, position: number): number {
  let line = firstLine
  for (let i = source.indexOf('\n'); i >= 0 && i < position; i = source.indexOf('\n', i + 1)) line++
  return line
}

/** Blanks and continued lines between two words. */
const BETWEEN = /(?:[ \t]|\\\n)*/y

/**
 * The place whose line bash counts as a simple command's: where its parser is when it knows that it is one.
 * After a first word it has read one token more, for that could be the bracket of a function.
 */
export function placeOfCommand(source: string, { pos, prefix, name, args, redirects }: Command): number {
  const first = prefix[0]
  if (first) return first.end
  if (!name) return pos
  const next = Math.min(...[args[0]?.pos, ...redirects.map(each => each.pos)].filter(at => at !== undefined))
  if (next === args[0]?.pos) return args[0].end
  if (Number.isFinite(next)) return next
  BETWEEN.lastIndex = name.end
  BETWEEN.test(source)
  return BETWEEN.lastIndex
}
