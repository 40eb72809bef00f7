/**
 * How alike two records are, for an instructor to look at; nothing is concluded from it. The same commands are no
 * sign, since exercises have few answers. The same rhythm is: nobody types with somebody else's pauses.
 */
import type { SessionRecord } from '../../sandbox/scenario/session.ts'

const RUN = 5

/** Every run of five inputs, with the virtual time between them. */
function rhythm({ inputs }: SessionRecord): Set<string> {
  const own = inputs.filter(({ input }) => input.type !== 'resize' && input.type !== 'open' && input.type !== 'close')
  const steps = own.map(({ at, input }, i) => `${i ? at - own[i - 1]!.at : 0} ${JSON.stringify(input)}`)
  const runs = new Set<string>()
  // The first pause depends on where the record begins.
  for (let i = 1; i + RUN <= steps.length; i++) runs.add(steps.slice(i, i + RUN).join('\n'))
  return runs
}

/** From 0, nothing in common, to 1, the shorter is wholly within the longer. */
export function similarity(a: SessionRecord, b: SessionRecord): number {
  const one = rhythm(a)
  const other = rhythm(b)
  const [short, long] = one.size < other.size ? [one, other] : [other, one]
  if (short.size === 0) return 0
  let common = 0
  for (const run of short) if (long.has(run)) common++
  return common / short.size
}
