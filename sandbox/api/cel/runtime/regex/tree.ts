/** Regular expressions as trees, with the limits that Go sets them. */
import type { Accepts } from './characters.ts'

interface Measured {
  /** Levels, and instructions that it will take. */
  readonly height: number
  readonly size: number
}

export type Node = Measured &
  (
    | { readonly is: 'character'; readonly accepts: Accepts }
    /** Takes nothing: asks for what is before and after, -1 where there is no more. */
    | { readonly is: 'place'; readonly holds: (before: number, after: number) => boolean }
    | { readonly is: 'sequence' | 'choice'; readonly parts: readonly Node[] }
    | { readonly is: 'group'; readonly of: Node }
    | { readonly is: 'repeat'; readonly of: Node; readonly min: number; readonly max: number; readonly greedy: boolean }
  )

const MAX_HEIGHT = 1000
const MAX_SIZE = 3_355_443

/** What is too big, in Go's words. */
export function excess({ height, size }: Node): string | undefined {
  if (height > MAX_HEIGHT) return 'expression nests too deeply'
  return size > MAX_SIZE ? 'expression too large' : undefined
}

const tallest = (parts: readonly Node[]): number => parts.reduce((most, { height }) => Math.max(most, height), 0)
const sum = (parts: readonly Node[]): number => parts.reduce((all, { size }) => all + size, 0)

export const character = (accepts: Accepts): Node => ({ is: 'character', accepts, height: 1, size: 1 })
export const place = (holds: (before: number, after: number) => boolean): Node => ({
  is: 'place',
  holds,
  height: 1,
  size: 1,
})
const several = (is: 'sequence' | 'choice', parts: readonly Node[]): Node =>
  parts.length === 1 ? parts[0]! : { is, parts, height: 1 + tallest(parts), size: Math.max(1, sum(parts)) }
export const sequence = (parts: readonly Node[]): Node => several('sequence', parts)
export const choice = (parts: readonly Node[]): Node => several('choice', parts)
export const group = (of: Node): Node => ({ is: 'group', of, height: 1 + of.height, size: 2 + of.size })

/** @param max Infinity where nothing ends it */
export function repeat(of: Node, min: number, max: number, greedy: boolean): Node {
  const size = max === Infinity ? (min ? 1 + min * of.size : 2 + of.size) : max * of.size + (max - min)
  return { is: 'repeat', of, min, max, greedy, height: 1 + of.height, size: Math.max(1, size) }
}

/** Counts within counts may come to 1000 together. */
export function countsFit(node: Node, most: number): boolean {
  switch (node.is) {
    case 'sequence':
    case 'choice':
      return node.parts.every(part => countsFit(part, most))
    case 'group':
      return countsFit(node.of, most)
    case 'repeat': {
      if (node.max === 0) return true
      const count = node.max === Infinity ? node.min : node.max
      return count <= most && countsFit(node.of, count ? Math.floor(most / count) : most)
    }
    default:
      return true
  }
}

/** Whether it may take nothing. */
export function canBeEmpty(node: Node): boolean {
  switch (node.is) {
    case 'character':
      return false
    case 'place':
      return true
    case 'sequence':
      return node.parts.every(canBeEmpty)
    case 'choice':
      return node.parts.some(canBeEmpty)
    case 'group':
      return canBeEmpty(node.of)
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.of)
  }
}
