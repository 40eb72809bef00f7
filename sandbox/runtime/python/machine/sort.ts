/** Sorting: stable, by `<` alone; what is long is sorted piece by piece, so that the clock has its turn. */
import type { Steps } from '../objects/values.ts'
import { breathe } from './iterate.ts'
import type { Machine } from './machine.ts'

/** How many are sorted, or merged, in one stroke: many where comparing is quick, few where a class may have its own `__lt__`. */
const QUICK = 50_000
const SLOW = 2_000

export function* sortedBy<T>(
  machine: Machine,
  items: readonly T[],
  order: (a: T, b: T) => number,
  isQuick: boolean,
): Steps<T[]> {
  const piece = isQuick ? QUICK : SLOW
  let runs: T[][] = []
  for (let from = 0; from < items.length || !runs.length; from += piece) {
    const run = items.slice(from, from + piece)
    if (machine.step(run.length)) yield* breathe(machine)
    runs.push(run.sort(order))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2)
      merged.push(i + 1 < runs.length ? yield* merge(machine, runs[i]!, runs[i + 1]!, order, piece) : runs[i]!)
    runs = merged
  }
  return runs[0]!
}

function* merge<T>(
  machine: Machine,
  a: readonly T[],
  b: readonly T[],
  order: (a: T, b: T) => number,
  piece: number,
): Steps<T[]> {
  if (order(b[0]!, a.at(-1)!) >= 0) return a.concat(b)
  const all: T[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const second = i === a.length || (j < b.length && order(b[j]!, a[i]!) < 0)
    all.push(second ? b[j++]! : a[i++]!)
    if (all.length % piece === 0 && machine.step(piece)) yield* breathe(machine)
  }
  return all
}
