/**
 * Searches a text by all ways of an expression at once, character by character (Pike's machine): however they branch, a text
 * takes time in proportion to its length, where JavaScript's own, which tries one way after another, may never end.
 */
import type { Accepts } from './characters.ts'
import { canBeEmpty, type Node } from './tree.ts'

type Instruction =
  | { do: 'take'; accepts: Accepts; next: number }
  | { do: 'ask'; holds: (before: number, after: number) => boolean; next: number }
  /** The first is to be preferred. */
  | { do: 'fork'; next: number; other: number }
  | { do: 'match' }

export interface Program {
  instructions: readonly Instruction[]
  start: number
}

/** Written from its end: each part is given where to go on. */
export function makeProgram(tree: Node): Program {
  const instructions: Instruction[] = []
  const add = (instruction: Instruction): number => instructions.push(instruction) - 1

  const optional = (of: Node, greedy: boolean, next: number): number => {
    const inner = write(of, next)
    return add(greedy ? { do: 'fork', next: inner, other: next } : { do: 'fork', next, other: inner })
  }
  /** Once at least. */
  const loop = (of: Node, greedy: boolean, next: number): { fork: number; inner: number } => {
    const made = { do: 'fork' as const, next, other: next }
    const fork = add(made)
    const inner = write(of, fork)
    if (greedy) made.next = inner
    else made.other = inner
    return { fork, inner }
  }
  const repeated = ({ of, min, max, greedy }: Extract<Node, { is: 'repeat' }>, end: number): number => {
    let next = end
    let left = min
    if (max === Infinity) {
      const { fork, inner } = loop(of, greedy, end)
      if (min) {
        next = inner
        left--
      } else if (!canBeEmpty(of)) next = fork
      else next = add(greedy ? { do: 'fork', next: inner, other: end } : { do: 'fork', next: end, other: inner })
    } else {
      // Who leaves one out leaves out those after it.
      for (let i = min; i < max; i++) {
        const inner = write(of, next)
        next = add(greedy ? { do: 'fork', next: inner, other: end } : { do: 'fork', next: end, other: inner })
      }
    }
    for (; left > 0; left--) next = write(of, next)
    return next
  }
  const write = (node: Node, next: number): number => {
    switch (node.is) {
      case 'character':
        return add({ do: 'take', accepts: node.accepts, next })
      case 'place':
        return add({ do: 'ask', holds: node.holds, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => write(part, after), next)
      case 'choice':
        return node.parts
          .map(part => write(part, next))
          .reduceRight((other, first) => add({ do: 'fork', next: first, other }))
      case 'group':
        return write(node.of, next)
      case 'repeat':
        return node.max === 1 && node.min === 0 ? optional(node.of, node.greedy, next) : repeated(node, next)
    }
  }
  const start = write(tree, add({ do: 'match' }))
  return { instructions, start }
}

/** Where the ways through a program stand, the best first, each with where its match began. */
class Ways {
  readonly at: number[] = []
  readonly from: number[] = []
  readonly #program: Program
  readonly #seen: Uint32Array
  #round = 1
  constructor(program: Program) {
    this.#program = program
    this.#seen = new Uint32Array(program.instructions.length)
  }
  clear(): void {
    this.at.length = this.from.length = 0
    this.#round++
  }
  /** As far as one comes without taking a character. */
  add(start: number, from: number, before: number, after: number): void {
    const { instructions } = this.#program
    const open = [start]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#seen[at] === this.#round) continue
      this.#seen[at] = this.#round
      const one = instructions[at]!
      if (one.do === 'fork') open.push(one.other, one.next)
      else if (one.do === 'ask') {
        if (one.holds(before, after)) open.push(one.next)
      } else {
        this.at.push(at)
        this.from.push(from)
      }
    }
  }
}

const codeAt = (text: string, at: number): number => text.codePointAt(at) ?? -1
const widthOf = (code: number): number => (code > 0xffff ? 2 : 1)

/** The code point that ends there. */
function codeBefore(text: string, at: number): number {
  if (at === 0) return -1
  const wide = at > 1 ? codeAt(text, at - 2) : -1
  return wide > 0xffff ? wide : codeAt(text, at - 1)
}

export interface Found {
  from: number
  to: number
}

/**
 * The match that begins first, and of those the one that is preferred.
 * @param start of a character
 * @param any whether it is enough that there is one
 */
export function search(program: Program, text: string, start = 0, any = false): Found | undefined {
  const { instructions } = program
  let [ways, next] = [new Ways(program), new Ways(program)]
  let found: Found | undefined
  let before = codeBefore(text, start)
  for (let at = start; ; ) {
    const code = codeAt(text, at)
    if (!found) ways.add(program.start, at, before, code)
    const after = at + widthOf(code)
    const following = codeAt(text, after)
    for (const [i, own] of ways.at.entries()) {
      const one = instructions[own]!
      if (one.do === 'match') {
        found = { from: ways.from[i]!, to: at }
        // Those that come after it are not wanted any more.
        break
      }
      if (one.do === 'take' && code >= 0 && one.accepts(code)) next.add(one.next, ways.from[i]!, code, following)
    }
    if (code < 0 || (found && (any || !next.at.length))) return found
    ;[ways, next] = [next, ways]
    next.clear()
    before = code
    at = after
  }
}

/** One after the other; an empty one does not follow another at once. */
export function searchAll(program: Program, text: string, most = Infinity): Found[] {
  const all: Found[] = []
  let end = -1
  for (let at = 0; at <= text.length && all.length < most; ) {
    const found = search(program, text, at)
    if (!found) break
    const isEmptyAfter = found.to === at && found.from === end
    at = found.to === at ? at + widthOf(codeAt(text, at)) : found.to
    end = found.to
    if (!isEmptyAfter) all.push(found)
  }
  return all
}
