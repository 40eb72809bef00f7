/**
 * Similarity of two records, for an instructor to look at; nothing is concluded from it. The same commands are no sign,
 * since exercises have few answers. The same rhythm is: nobody types with somebody else's pauses.
 */
import { Hash } from '../../sandbox/scenario/hash.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'

const RUN = 5
/** Of a long record only so many runs are kept, those with the least numbers: of two records they are the same ones. */
const KEPT = 64
const DIGITS = 12

/** Every run of five inputs, with the virtual time between them, as a number; in order, each once. */
export function rhythmOf({ inputs }: SessionRecord): number[] {
  const own = inputs.filter(({ input }) => input.type !== 'resize' && input.type !== 'open' && input.type !== 'close')
  const steps = own.map(({ at, input }, i) => `${i ? at - own[i - 1]!.at : 0} ${JSON.stringify(input)}`)
  const runs = new Set<number>()
  // The first pause depends on where the record begins.
  for (let i = 1; i + RUN <= steps.length; i++) {
    const run = new Hash().add(steps.slice(i, i + RUN).join('\n')).digest()
    runs.add(Number.parseInt(run.slice(0, DIGITS), 16))
  }
  return [...runs].sort((a, b) => a - b).slice(0, KEPT)
}

export interface Pair {
  /** Places in the list. */
  a: number
  b: number
  /** From 0, nothing in common, to 1, the shorter is wholly within the longer. */
  similarity: number
}

/** Fewer say nothing. */
const LEAST_RUNS = 3
const WORTH_SHOWING = 0.5

/** @param rhythms of records of one exercise @returns the pairs that are worth a look, the most alike first */
export function alikeAmong(rhythms: readonly (readonly number[])[]): Pair[] {
  const holders = Map.groupBy(
    rhythms.flatMap((runs, i) => runs.map(run => [run, i] as const)),
    ([run]) => run,
  )
  // What very many have in common comes of something else than one another: of a button that types an answer.
  const most = Math.max(10, Math.min(rhythms.length / 4, 100))
  const common = new Map<number, number[]>()
  const ofTheirOwn = rhythms.map(runs => runs.filter(run => holders.get(run)!.length <= most))
  for (const [run, held] of holders) {
    if (held.length > most) continue
    for (const [i, [, b]] of held.entries())
      for (const [, a] of held.slice(0, i)) {
        const pair = a * rhythms.length + b
        const shared = common.get(pair)
        if (shared) shared.push(run)
        else common.set(pair, [run])
      }
  }
  const pairs: Pair[] = []
  for (const [pair, shared] of common) {
    const [a, b] = [Math.floor(pair / rhythms.length), pair % rhythms.length]
    // Beyond the last run that is kept of one of them, nobody knows whether they have it in common.
    const known = Math.min(
      ...[a, b].map(i => (rhythms[i]!.length < KEPT ? Number.POSITIVE_INFINITY : rhythms[i]!.at(-1)!)),
    )
    const within = (runs: readonly number[]): number => runs.filter(run => run <= known).length
    const size = Math.min(within(ofTheirOwn[a]!), within(ofTheirOwn[b]!))
    const similarity = within(shared) / size
    if (size >= LEAST_RUNS && similarity >= WORTH_SHOWING) pairs.push({ a, b, similarity })
  }
  return pairs.sort((x, y) => y.similarity - x.similarity)
}
