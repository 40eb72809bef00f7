/** Whole sessions: lines typed, files saved, things that break, time that passes and time that is turned back. */
import fc from 'fast-check'
import { createSession, replaySession } from '../../sandbox/scenario/create.ts'
import { FAULTS, RESOURCES } from '../../sandbox/scenario/faults.ts'
import type { LiveSession } from '../../sandbox/scenario/live-session.ts'
import type { Input } from '../../sandbox/scenario/session.ts'
import { policy } from './languages/fields.ts'
import { python } from './languages/python.ts'
import { redis } from './languages/servers.ts'
import { sql } from './languages/sql.ts'
import { line } from './lines.ts'
import { manifest } from './manifests.ts'
import { READERS } from './programs.ts'
import { PATHS, QUERIES } from './requests.ts'
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

const one = (input: Input): Deed => ({ do: 'input', input })
const typed = (line: string): Deed => one({ type: 'command', terminal: 0, line })

/** What a Pod or the API reads in a language of its own, and the lines that hand it over. */
const program: fc.Arbitrary<Deed[]> = fc
  .oneof(
    { weight: 3, arbitrary: python.map(text => ['python', text] as const) },
    sql.map(text => ['sql', text] as const),
    redis.map(text => ['redis', text] as const),
    policy.map(text => ['cel', text] as const),
  )
  .map(([language, text]) => {
    const { file, lines } = READERS[language]
    return [one({ type: 'file', path: file, text }), typed(lines.join('; ')), { do: 'wait', ms: 5000 }]
  })

const raw = fc
  .tuple(
    fc.constantFrom('get --raw', 'delete --raw', 'create -f pod.yaml --raw'),
    fc.constantFrom(...PATHS),
    fc.subarray(QUERIES, { maxLength: 2 }),
  )
  .map(([verb, path, queries]) => [typed(`kubectl ${verb} '${path}?${queries.join('&')}'`)])

/** A file in the folder that a kubelet reads its own Pods from, put there as tutorials do. */
const staticPod = fc
  .tuple(fc.constantFrom(...NODES), manifest)
  .map(([node, text]) => [
    one({ type: 'file', path: 'static.yaml', text }),
    typed(
      `kubectl debug node/${node} -i --image=busybox:1.36 -- sh -c 'cat > /host/etc/kubernetes/manifests/s.yaml' < static.yaml`,
    ),
    { do: 'wait', ms: 8000 } as const,
  ])

const KEYS = [
  'openssl genrsa -out jane.key 1024',
  'openssl req -new -key jane.key -subj /CN=jane/O=dev -out jane.csr',
  'openssl req -x509 -newkey rsa:1024 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 3',
  'openssl x509 -req -in jane.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out jane.crt -days 1',
  'openssl x509 -in jane.crt -noout -text',
  'openssl rand -hex 8; openssl rand -base64 9',
  'kubectl create secret tls t --cert=ca.crt --key=ca.key',
]
const keys = fc
  .subarray(KEYS, { minLength: 1 })
  .map(lines => [typed(lines.join('; ')), { do: 'wait', ms: 3000 } as const])

const deed: fc.Arbitrary<Deed[]> = fc.oneof(
  { weight: 16, arbitrary: input.map(given => [one(given)]) },
  { weight: 10, arbitrary: fc.nat(60_000).map((ms): Deed[] => [{ do: 'wait', ms }]) },
  { weight: 2, arbitrary: fc.nat(30_000).map((ms): Deed[] => [{ do: 'rewind', ms }]) },
  { weight: 6, arbitrary: program },
  { weight: 2, arbitrary: raw },
  { weight: 1, arbitrary: staticPod },
  { weight: 1, arbitrary: keys },
)

const READERS_PODS = [...READERS.python.pods, ...READERS.sql.pods, ...READERS.redis.pods]
/** Pods that read languages; most worlds have some, few have all. */
const opening = fc
  .array(fc.boolean(), { minLength: READERS_PODS.length, maxLength: READERS_PODS.length })
  .map((there): Deed[] => {
    const lines = READERS_PODS.filter((_, i) => there[i])
    return lines.length ? [typed(lines.join('; ')), { do: 'wait', ms: 30_000 }] : []
  })

export const session = fc.record({
  seed: fc.string({ maxLength: 8 }),
  metricsServer: fc.boolean(),
  storageClass: fc.boolean(),
  deeds: fc
    .tuple(opening, fc.array(deed, { minLength: 3, maxLength: 25, size: 'max' }))
    .map(([first, then]) => [...first, ...then.flat()]),
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
