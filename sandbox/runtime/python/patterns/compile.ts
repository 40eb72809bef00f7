/** From a pattern's tree to the steps of the matcher: numbers, one instruction after the other. */
import { type Case, cases, fold } from './characters.ts'
import { type CharacterSet, setOf } from './sets.ts'
import type { Node, Pattern, Place } from './tree.ts'
import { widthOf } from './tree.ts'

/** Each with what stands after it. */
export const OP = {
  /** code */
  character: 0,
  /** code, which cases */
  letter: 1,
  anyButLine: 2,
  any: 3,
  /** number of the set */
  set: 4,
  /** place, ascii */
  place: 5,
  /** where to go on when what comes next fails */
  split: 6,
  /** where */
  jump: 7,
  /** number of a mark: twice the group's, and one more at its end */
  mark: 8,
  /** group, which cases */
  same: 9,
  /** register; 1 where what follows must not match, then where to go on when it does not */
  wall: 10,
  /** register, 1 to go back to where the wall stood */
  pass: 11,
  /** register: what must not match has matched */
  deny: 12,
  /** how many characters to go back */
  behind: 13,
  /** register of a loop */
  enter: 14,
  /** register, least, most, lazy, where its body begins */
  loop: 15,
  /** register, where its body begins */
  again: 16,
  /** least, most, how (0 greedy, 1 lazy, 2 possessive), then one instruction for one character, which fills four numbers */
  run: 17,
  /** group, where to go on if it has none */
  unless: 18,
  end: 19,
} as const

/** Numbers that a run's own instruction takes. */
export const SINGLE = 3
/** How many numbers an instruction for one character takes. */
export const LENGTH: Readonly<Record<number, number>> = {
  [OP.character]: 2,
  [OP.letter]: 3,
  [OP.anyButLine]: 1,
  [OP.any]: 1,
  [OP.set]: 2,
}
export const ENDLESS = 2 ** 31 - 1

export const PLACES: readonly Place[] = [
  'line start',
  'line end',
  'text start',
  'text end',
  'last line end',
  'boundary',
  'no boundary',
]
export const CASES: readonly Case[] = ['exact', 'any', 'ascii']

export interface Program {
  code: Int32Array
  sets: CharacterSet[]
  registers: number
  groups: number
  names: ReadonlyMap<string, number>
  /** A text that every match begins with. */
  prefix: string
  /** What every match begins with, where that is one of some characters. */
  first: CharacterSet | undefined
  /** It matches at the text's start or nowhere. */
  anchored: boolean
}

export function compile(pattern: Pattern): Program {
  const writer = new Writer()
  writer.node(pattern.body)
  writer.code.push(OP.end)
  const prefix = prefixOf(pattern.body)
  return {
    code: Int32Array.from(writer.code),
    sets: writer.sets,
    registers: writer.registers,
    groups: pattern.groups,
    names: pattern.names,
    prefix,
    first: prefix ? undefined : firstOf(pattern.body),
    anchored: isAnchored(pattern.body),
  }
}

const isSingle = (node: Node): boolean => node.kind === 'character' || node.kind === 'any' || node.kind === 'set'

class Writer {
  readonly code: number[] = []
  readonly sets: CharacterSet[] = []
  registers = 0

  node(node: Node): void {
    const { code } = this
    switch (node.kind) {
      case 'character':
      case 'any':
      case 'set':
        code.push(...this.#single(node))
        break
      case 'place':
        code.push(OP.place, PLACES.indexOf(node.place), node.ascii ? 1 : 0)
        break
      case 'group':
        if (node.number === undefined) this.node(node.body)
        else {
          code.push(OP.mark, node.number * 2)
          this.node(node.body)
          code.push(OP.mark, node.number * 2 + 1)
        }
        break
      case 'sequence':
        for (const item of node.items) this.node(item)
        break
      case 'choice':
        this.#choice(node.ways)
        break
      case 'repeat':
        if (isSingle(node.body)) {
          const how = { greedy: 0, lazy: 1, possessive: 2 }[node.how]
          code.push(OP.run, node.least, Math.min(node.most, ENDLESS), how, ...this.#padded(node.body))
        } else if (node.how === 'possessive') this.#walled(() => this.#loop(node))
        else this.#loop(node)
        break
      case 'atomic':
        this.#walled(() => this.node(node.body))
        break
      case 'look':
        this.#look(node)
        break
      case 'same':
        code.push(OP.same, node.group, CASES.indexOf(node.letters))
        break
      case 'if': {
        code.push(OP.unless, node.group, 0)
        const no = code.length - 1
        this.node(node.yes)
        code.push(OP.jump, 0)
        const end = code.length - 1
        code[no] = code.length
        this.node(node.no)
        code[end] = code.length
      }
    }
  }

  #single(node: Node): number[] {
    switch (node.kind) {
      case 'character':
        return node.letters === 'exact' || new Set(cases(node.code, node.letters)).size === 1
          ? [OP.character, node.code]
          : [OP.letter, node.code, CASES.indexOf(node.letters)]
      case 'any':
        return [node.lines ? OP.any : OP.anyButLine]
      case 'set':
        return [OP.set, this.sets.push(node.set) - 1]
      default:
        throw new Error('not one character')
    }
  }

  #padded(node: Node): number[] {
    const single = this.#single(node)
    return [...single, ...new Array<number>(SINGLE - single.length).fill(0)]
  }

  #choice(ways: readonly Node[]): void {
    const { code } = this
    const ends: number[] = []
    ways.forEach((way, i) => {
      const last = i === ways.length - 1
      if (!last) code.push(OP.split, 0)
      const other = code.length - 1
      this.node(way)
      if (last) return
      code.push(OP.jump, 0)
      ends.push(code.length - 1)
      code[other] = code.length
    })
    for (const end of ends) code[end] = code.length
  }

  #loop({ least, most, how, body }: Extract<Node, { kind: 'repeat' }>): void {
    const { code } = this
    const register = this.registers
    this.registers += 2
    code.push(OP.enter, register, OP.jump, 0)
    const test = code.length - 1
    const begin = code.length
    this.node(body)
    code[test] = code.length
    const lazy = how === 'lazy' ? 1 : 0
    if (lazy) {
      // What a lazy loop does when all that follows it has failed stands behind it.
      code.push(OP.loop, register, least, Math.min(most, ENDLESS), lazy, begin, OP.jump, 0)
      const end = code.length - 1
      code.push(OP.again, register, begin)
      code[end] = code.length
    } else code.push(OP.loop, register, least, Math.min(most, ENDLESS), lazy, begin)
  }

  #walled(write: () => void): void {
    const register = this.#wall()
    this.code.push(OP.wall, register, 0, 0)
    write()
    this.code.push(OP.pass, register, 0)
  }

  #wall(): number {
    this.registers += 2
    return this.registers - 2
  }

  #look({ behind, not, body }: Extract<Node, { kind: 'look' }>): void {
    const { code } = this
    const register = this.#wall()
    code.push(OP.wall, register, not ? 1 : 0, 0)
    const otherwise = code.length - 1
    if (behind) code.push(OP.behind, widthOf(body, [])[0])
    this.node(body)
    if (not) code.push(OP.deny, register)
    else code.push(OP.pass, register, 1)
    code[otherwise] = code.length
  }
}

function prefixOf(node: Node): string {
  let text = ''
  const walk = (each: Node): boolean => {
    switch (each.kind) {
      case 'character':
        if (each.letters !== 'exact' || each.code > 0xffff) return false
        text += String.fromCodePoint(each.code)
        return true
      case 'group':
        return walk(each.body)
      case 'sequence':
        return each.items.every(walk)
      default:
        return false
    }
  }
  walk(node)
  return text
}

/** What a match begins with. @returns undefined where that may be anything, or nothing */
function firstOf(node: Node): CharacterSet | undefined {
  switch (node.kind) {
    case 'character':
      return setOf([code => fold(code, node.letters) === node.code], false, 'exact')
    case 'set':
      return node.set
    case 'group':
    case 'atomic':
      return firstOf(node.body)
    case 'sequence': {
      const [head] = node.items
      return head && firstOf(head)
    }
    case 'repeat':
      return node.least > 0 ? firstOf(node.body) : undefined
    case 'choice': {
      const all = node.ways.map(firstOf)
      return all.every(each => each !== undefined)
        ? setOf(
            all.map(each => (code: number) => each.has(code)),
            false,
            'exact',
          )
        : undefined
    }
    default:
      return undefined
  }
}

function isAnchored(node: Node): boolean {
  switch (node.kind) {
    case 'place':
      return node.place === 'text start'
    case 'group':
    case 'atomic':
      return isAnchored(node.body)
    case 'sequence':
      return node.items.length > 0 && isAnchored(node.items[0]!)
    case 'choice':
      return node.ways.every(isAnchored)
    default:
      return false
  }
}
