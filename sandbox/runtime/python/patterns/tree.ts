/** What a pattern is made of, as `parse.ts` reads it and `compile.ts` writes it down for the matcher. */
import type { Case } from './characters.ts'
import type { CharacterSet } from './sets.ts'

export type Place = 'line start' | 'line end' | 'text start' | 'text end' | 'last line end' | 'boundary' | 'no boundary'

export type Node =
  | { kind: 'character'; code: number; letters: Case }
  | { kind: 'any'; lines: boolean }
  | { kind: 'set'; set: CharacterSet }
  | { kind: 'place'; place: Place; ascii: boolean }
  /** Without a number it is not remembered. */
  | { kind: 'group'; number: number | undefined; body: Node }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'choice'; ways: Node[] }
  | { kind: 'repeat'; least: number; most: number; how: 'greedy' | 'lazy' | 'possessive'; body: Node }
  | { kind: 'look'; behind: boolean; not: boolean; body: Node }
  | { kind: 'atomic'; body: Node }
  | { kind: 'same'; group: number; letters: Case }
  | { kind: 'if'; group: number; yes: Node; no: Node }

export interface Pattern {
  body: Node
  flags: number
  /** How many groups are remembered. */
  groups: number
  names: ReadonlyMap<string, number>
}

export const FLAG = {
  ignoreCase: 2,
  locale: 4,
  multiLine: 8,
  dotAll: 16,
  unicode: 32,
  verbose: 64,
  ascii: 256,
} as const

/** A pattern that is none, in CPython's words. */
export class BadPattern extends Error {
  /** In characters; undefined where CPython tells none. */
  readonly position: number | undefined
  constructor(message: string, position?: number) {
    super(message)
    this.position = position
  }
}

/** The least and the most characters that it matches. */
export function widthOf(node: Node, groups: readonly Node[]): [number, number] {
  switch (node.kind) {
    case 'character':
    case 'any':
    case 'set':
      return [1, 1]
    case 'place':
    case 'look':
      return [0, 0]
    case 'group':
    case 'atomic':
      return widthOf(node.body, groups)
    case 'sequence': {
      let [least, most] = [0, 0]
      for (const item of node.items) {
        const [l, m] = widthOf(item, groups)
        least += l
        most += m
      }
      return [least, most]
    }
    case 'choice':
      return widest(node.ways.map(way => widthOf(way, groups)))
    case 'repeat': {
      const [least, most] = widthOf(node.body, groups)
      return [least * node.least, most === 0 ? 0 : most * node.most]
    }
    case 'same': {
      const group = groups[node.group]
      return group ? widthOf(group, groups) : [0, Infinity]
    }
    case 'if':
      return widest([widthOf(node.yes, groups), widthOf(node.no, groups)])
  }
}

const widest = (widths: readonly [number, number][]): [number, number] => [
  Math.min(...widths.map(([least]) => least)),
  Math.max(...widths.map(([, most]) => most)),
]
