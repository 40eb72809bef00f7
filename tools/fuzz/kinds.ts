/** The kinds of fuzzed input: for each, how cases are made, and what is done with them. */
import fc from 'fast-check'
import { replaySession } from '../../sandbox/scenario/create.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import { checked, fromLink, toLink } from '../../site/src/workbench/share.ts'
import { soundJoined, soundRest, soundWork } from '../../site/src/workbench/sound.ts'
import { joined } from '../../site/src/workbench/unsaved.ts'
import { kubectl, script } from './lines.ts'
import { manifest } from './manifests.ts'
import { LANGUAGES } from './programs.ts'
import { type GeneratedRequest, request } from './requests.ts'
import { play, session } from './sessions.ts'
import {
  inhabited,
  type Kind,
  kind,
  MISTAKES,
  MISTAKES_BESIDE_PYTHON,
  type Run,
  refuseMistakes,
  timely,
  VIRTUAL_MS,
} from './world.ts'

const lines = (of: fc.Arbitrary<string>) => fc.array(of, { minLength: 1, maxLength: 40, size: 'max' })

const typed: Run<readonly string[]> = async all => {
  const { type } = await inhabited()
  for (const line of all) await type(line)
  return all.length
}

const manifests: Run<readonly string[]> = async texts => {
  const { world, type } = await inhabited()
  for (const [i, text] of texts.entries()) {
    await world.dispatch({ type: 'file', path: 'pod.yaml', text })
    for (const { message } of await timely('the editor', () => world.dryRun(text))) refuseMistakes(message, text)
    await type(`kubectl apply -f pod.yaml${i % 3 ? '' : ' --server-side --force-conflicts'}`, text)
  }
  await timely('what has been made', () => world.advance(30_000))
  await type('kubectl describe all', texts.join())
  await type('kubectl get events,pods,all -A -o wide', texts.join())
  return texts.length
}

/** Kubernetes, too, calls this mistake of a client one of its own. */
const THEIR_500 = /"message":"failed to create typed patch object /

const requests: Run<readonly GeneratedRequest[]> = async all => {
  const { world } = await inhabited()
  for (const { method, path, query, type, accept, body } of all) {
    const url = `http://api${path}${query.length ? `?${query.join('&')}` : ''}`
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const asked = new Request(url, { method, headers: { 'content-type': type, accept }, ...(hasBody && { body }) })
    let failure: { error: unknown } | undefined
    world.cluster.clock.onError = error => (failure ??= { error })
    const what = `${method} ${url}`
    const answer = await timely(what, async () => {
      const coming = world.cluster.api.fetch(asked)
      let come: Response | undefined
      void coming.then(
        response => (come = response),
        error => (failure ??= { error }),
      )
      for (let ms = 0; ms < VIRTUAL_MS && !come && !failure; ms += 100) await world.advance(100)
      // Something may have to be loaded first.
      return come ?? Promise.race([coming, new Promise<undefined>(resolve => setTimeout(resolve, 10_000, undefined))])
    })
    if (failure) throw failure.error
    if (!answer) throw new Error(`${what} is not answered`)
    const text = await Promise.race([answer.text(), world.advance(VIRTUAL_MS).then(() => '')])
    if (answer.status === 500 && !THEIR_500.test(text)) throw new Error(`${what}: ${text}`)
    refuseMistakes(text, `${what}${body}`)
  }
  return all.length
}

const whole: Run<typeof session extends fc.Arbitrary<infer T> ? T : never> = async one => {
  let failure: { error: unknown } | undefined
  let said = ''
  const world = await play(one, begun => {
    begun.cluster.clock.onError = error => (failure ??= { error })
    begun.onOutput((_, data) => (said += data))
  })
  if (failure) throw failure.error
  const given = JSON.stringify(one)
  refuseMistakes(said, given, given.includes('python3') ? MISTAKES_BESIDE_PYTHON : MISTAKES)
  const record = world.record()
  if ((await replaySession(record, undefined)).hash() !== world.hash())
    throw new Error('its record gives another history')
  return record.inputs.length + 1
}

const SHORT: SessionRecord = {
  version: 1,
  lesson: '',
  seed: 'x',
  start: Date.UTC(2026, 0, 5, 9),
  nodes: ['control-plane', 'worker-1'],
  inputs: [
    { at: Date.UTC(2026, 0, 5, 9, 0, 3), input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
    { at: Date.UTC(2026, 0, 5, 9, 0, 4), input: { type: 'command', terminal: 0, line: 'kubectl run a --image=nginx' } },
    { at: Date.UTC(2026, 0, 5, 9, 0, 5), input: { type: 'file', path: 'a', text: 'b' } },
    { at: Date.UTC(2026, 0, 5, 9, 0, 6), input: { type: 'fault', command: 'node stop worker-1' } },
    { at: Date.UTC(2026, 0, 5, 9, 0, 7), input: { type: 'terminal', terminal: 0, data: 'ls\r' } },
  ],
  end: Date.UTC(2026, 0, 5, 9, 0, 9),
}
const shared = {
  record: SHORT,
  files: { a: 'b' },
  active: 'a',
  progress: { passed: ['x'], answers: { q: [1] }, opened: true },
}

const rest = {
  after: ['1'],
  files: { a: 'c', b: null },
  record: { behind: 4, inputs: SHORT.inputs.slice(4), end: SHORT.end + 1000 },
}

/** JSON with some of it changed. */
const changed = (value: unknown): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.nat(80),
        fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(-1, 1e15, 'x', '../../etc', '__proto__')),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map(changes =>
      changes.reduce((text, [n, what]) => {
        let left = n
        return JSON.stringify(JSON.parse(text), (_, item) => (left-- === 0 ? what : item)) ?? 'null'
      }, JSON.stringify(value)),
    )

/** Whatever passes the gate is played. */
async function admitted(take: () => unknown): Promise<void> {
  let taken: ReturnType<typeof checked>
  try {
    taken = (await take()) as ReturnType<typeof checked>
  } catch {
    return
  }
  const { record } = taken
  // Time alone is not work: of a long one only the beginning is played.
  await replaySession(record, undefined, Math.min(record.end, record.start + 60_000)).then(
    world => world.hash(),
    error => refuseMistakes(String(error), JSON.stringify(taken)),
  )
}

const records: Run<string> = async text => {
  await timely('a record', () => admitted(() => checked(JSON.parse(text))))
  return 1
}

const fragment = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.base64String({ maxLength: 200 }),
  fc.tuple(fc.nat(600), fc.string({ maxLength: 3 })).map(([at, what]) => ({ at, what })),
)
const fragments: Run<string | { at: number; what: string }> = async given => {
  let text = given
  if (typeof text !== 'string') {
    const link = await toLink(shared)
    text = link.slice(0, text.at) + text.what + link.slice(text.at + text.what.length)
  }
  await timely('a link', () => admitted(() => fromLink(text)))
  return 1
}

/** What a browser may have kept of an earlier version, or half of it. */
const keptThings: Run<readonly [string, string]> = async ([kept, rest]) => {
  const before = soundWork(JSON.parse(kept))
  const since = soundRest(JSON.parse(rest))
  const work = (since && soundJoined(joined(before, since), before)) ?? before
  if (work?.record) await timely('kept work', () => admitted(() => work))
  return 1
}

export const KINDS: readonly Kind[] = [
  kind('manifests', fc.array(manifest, { minLength: 1, maxLength: 20, size: 'max' }), manifests),
  kind('kubectl', lines(kubectl), typed),
  kind('scripts', lines(script.map(text => `timeout 3 sh -c ${quotedScript(text)}`)), typed),
  kind('requests', fc.array(request, { minLength: 1, maxLength: 60, size: 'max' }), requests),
  kind('sessions', session, whole),
  kind('records', changed(shared), records),
  kind('fragments', fragment, fragments),
  kind('kept', fc.tuple(changed({ ...shared, stamp: '1' }), changed(rest)), keptThings),
  ...LANGUAGES,
]

function quotedScript(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}
