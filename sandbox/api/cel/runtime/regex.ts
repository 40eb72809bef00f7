/** Regular expressions as Go has them (RE2): its syntax, its faults, and its promise to end. */
import { parseRegex } from './regex/parse.ts'
import { makeProgram, type Program, search, searchAll } from './regex/program.ts'

export interface Regex {
  test(text: string): boolean
  /** Empty where there is none. */
  find(text: string): string
  findAll(text: string, most?: number): string[]
}

const known = new Map<string, Regex>()

/** @throws CelError */
export function regex(pattern: string): Regex {
  let found = known.get(pattern)
  if (!found) {
    found = compile(pattern)
    if (known.size > 500) known.clear()
    known.set(pattern, found)
  }
  return found
}

function compile(pattern: string): Regex {
  const tree = parseRegex(pattern)
  let made: Program | undefined
  const program = (): Program => {
    made ??= makeProgram(tree)
    return made
  }
  return {
    test: text => search(program(), text, 0, true) !== undefined,
    find(text) {
      const found = search(program(), text)
      return found ? text.slice(found.from, found.to) : ''
    },
    findAll: (text, most) => searchAll(program(), text, most).map(({ from, to }) => text.slice(from, to)),
  }
}
