/** Whole sessions: lines typed, files saved, things that break, time that passes and time that is turned back. */
import fc from 'fast-check'
import { createSession, replaySession } from '../../sandbox/scenario/create.ts'
import { FAULTS, RESOURCES } from '../../sandbox/scenario/faults.ts'
import type { LiveSession } from '../../sandbox/scenario/live-session.ts'
import type { Input } from '../../sandbox/scenario/session.ts'
import { line } from './lines.ts'
import { manifest } from './manifests.ts'
import { junk, NODES } from './words.ts'

export type Deed =
  | { do: 'input'; input: Input }
  | { do: 'wait'; ms: number }
  /** Back to where the world was so long ago, and on from there. */
  | { do: 'rewind'; ms: number }

const fault = fc
  .tuple(fc.constantFrom(...FAULTS), fc.constantFrom(...NODES, 'nobody'), fc.constantFrom(...RESOURCES))
  .map(([{ words, arguments: wanted }, node, resource]) => {
    const values = { NODE: node, RESOURCE: resource, '[NAMESPACE/]POD/CONTAINER': 'a/main' }
    return [...words, ...wanted.map(one => values[one])].join(' ')
  })

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: line.map(text => ({ type: 'command', terminal: 0, line: text }) as const) },
  { weight: 3, arbitrary: manifest.map(text => ({ type: 'file', path: 'pod.yaml', text }) as const) },
  { weight: 2, arbitrary: fc.constant({ type: 'command', terminal: 0, line: 'kubectl apply -f pod.yaml' } as const) },
  { weight: 2, arbitrary: fault.map(command => ({ type: 'fault', command }) as const) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(junk, fc.constantFrom('\x03', '\x04', '\t', '\x1b[A', '\x1b', '\x7f', '\r', '\x12k\r'))
      .map(data => ({ type: 'terminal', terminal: 0, data }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(300), fc.nat(100))
      .map(([columns, rows]) => ({ type: 'resize', terminal: 0, columns, rows }) as const),
  },
)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: input.map(one => ({ do: 'input', input: one }) as const) },
  { weight: 5, arbitrary: fc.nat(60_000).map(ms => ({ do: 'wait', ms }) as const) },
  { weight: 1, arbitrary: fc.nat(30_000).map(ms => ({ do: 'rewind', ms }) as const) },
)

export const session = fc.record({
  seed: fc.string({ maxLength: 8 }),
  metricsServer: fc.boolean(),
  storageClass: fc.boolean(),
  deeds: fc.array(deed, { minLength: 3, maxLength: 25, size: 'max' }),
})
export type GeneratedSession = typeof session extends fc.Arbitrary<infer T> ? T : never

/** @param also what is done to each world that comes about: the first, and one after each rewind */
export async function play(
  { seed, metricsServer, storageClass, deeds }: GeneratedSession,
  also: (world: LiveSession) => void = () => {},
): Promise<LiveSession> {
  let world = await createSession({ seed, metricsServer, storageClass })
  also(world)
  world.openTerminal({ columns: 100, rows: 30 })
  await world.advance(0)
  for (const one of deeds) {
    if (one.do === 'wait') await world.advance(one.ms)
    // What is refused (a fault of a node that is not there) is refused by throwing.
    else if (one.do === 'input') await world.dispatch(one.input).catch(() => {})
    else {
      const record = world.record()
      const until = Math.max(record.start, record.end - one.ms)
      world = await replaySession(
        { ...record, inputs: record.inputs.filter(i => i.at <= until), end: until },
        undefined,
      )
      also(world)
    }
  }
  return world
}
