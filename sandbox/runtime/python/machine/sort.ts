/** Sorting: stable, by `<` alone; what is long is sorted piece by piece, so that the clock has its turn. */
import type { Steps } from '../objects/values.ts'
import { breathe } from './iterate.ts'
import type { Machine } from './machine.ts'

/** Values that are sorted, or merged, at a time. */
const PIECE = 50_000

export function* sortedBy<T>(machine: Machine, items: readonly T[], order: (a: T, b: T) => number): Steps<T[]> {
  let runs: T[][] = []
  for (let from = 0; from < items.length || !runs.length; from += PIECE) {
    const run = items.slice(from, from + PIECE)
    if (machine.step(run.length)) yield* breathe(machine)
    runs.push(run.sort(order))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2)
      merged.push(i + 1 < runs.length ? yield* merge(machine, runs[i]!, runs[i + 1]!, order) : runs[i]!)
    runs = merged
  }
  return runs[0]!
}

function* merge<T>(machine: Machine, a: readonly T[], b: readonly T[], order: (a: T, b: T) => number): Steps<T[]> {
  const all: T[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    all.push(order(b[j]!, a[i]!) < 0 ? b[j++]! : a[i++]!)
    if (all.length % PIECE === 0 && machine.step(PIECE)) yield* breathe(machine)
  }
  for (; i < a.length; i++) all.push(a[i]!)
  for (; j < b.length; j++) all.push(b[j]!)
  return all
}
