/** The past as the workbench shows it: played again exactly, watched like a film, or the beginning of another course. */
import { expect, test } from 'vitest'
import { createSession } from '../../../sandbox/scenario/create.ts'
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import { createHost } from './host.ts'
import type { Answers, Call, FromWorker } from './rpc.ts'
import { cut, join } from './tape.ts'

/** A worker's side with a real cluster, whose clock is moved by skipping only. */
function worker() {
  const waiting = new Map<number, (answer: unknown) => void>()
  const heard: FromWorker[] = []
  const host = createHost({
    createSession: async options => createSession(options),
    post(message) {
      if (message.type === 'reply') waiting.get(message.id)?.(message.result)
      else if (message.type === 'refused' || message.type === 'crash') throw new Error(message.message)
      else heard.push(message)
    },
    wall: () => 0,
    later: () => {},
  })
  let id = 0
  const call = <C extends Call>(asked: C): Promise<Answers[C['type']]> =>
    new Promise(resolve => {
      waiting.set(++id, resolve as (answer: unknown) => void)
      host.receive({ type: 'call', id, call: asked })
    })
  const open = (record?: SessionRecord, until?: number) =>
    call({ type: 'open', seed: 's', lesson: null, ...(record && { record }), ...(until && { until }) })
  const type = (line: string) => call({ type: 'input', input: { type: 'command', terminal: 0, line } })
  const skip = (ms: number) => call({ type: 'skip', ms })
  const said = (kind: FromWorker['type']) => heard.filter(m => m.type === kind)
  return { call, open, type, skip, said }
}

/** Lines typed, each with the time that passes after it. */
type Life = readonly (readonly [line: string, ms: number])[]

const eventful: Life = [
  ['kubectl run web --image=nginx:1.27', 7000],
  ['kubectl run typo --image=ngnix', 40_000],
  ['kubectl delete pod web', 9000],
]
/** Most of a journey's work is kubectl's, and there are a hundred: what happens here happens by itself. */
const quiet: Life = [['kubectl run web --image=busybox:1.36 -- sh -c "sleep 3; exit 3"', 90_000]]

async function lived(life = eventful) {
  const it = worker()
  await it.open()
  await it.call({ type: 'terminal', columns: 80, rows: 24 })
  for (const [line, ms] of life) {
    await it.type(line)
    await it.skip(ms)
  }
  const record = await it.call({ type: 'record' })
  return { ...it, record, hash: await it.call({ type: 'hash' }), length: record.end - record.start }
}

test('a hundred journeys into the past lead to the same moments again, and back to the same present', {
  timeout: 60_000,
}, async () => {
  const { open, call, record, hash, length } = await lived(quiet)
  const hashes = new Map<number, string>()
  for (let i = 0; i < 100; i++) {
    const { now } = await open(record, record.start + Math.round(((i * 37) % 25) * (length / 25)))
    const then = await call({ type: 'hash' })
    expect(then).toBe(hashes.get(now) ?? then)
    hashes.set(now, then)
  }
  expect(new Set(hashes.values()).size).toBeGreaterThan(10)
  const back = await open(record)
  expect(back.now).toBe(record.end)
  expect(await call({ type: 'hash' })).toBe(hash)
  expect(await call({ type: 'record' })).toEqual(record)
})

test('the past played on happens as it did, in one leap or in small steps', async () => {
  const { open, call, skip, said, record, hash, length } = await lived()
  await open(record, record.start + 3000)
  expect(await call({ type: 'record' })).toEqual(record)
  await skip(length - 3000)
  expect(await call({ type: 'hash' })).toBe(hash)
  expect(said('caughtUp')).toHaveLength(1)
  const { now } = await open(record, record.start + 2500)
  for (let at = now; at < record.end; at += 333) await skip(Math.min(333, record.end - at))
  expect(await call({ type: 'hash' })).toBe(hash)
})

test('stepping through the past stops where something can be seen, and ends at the present', async () => {
  const { open, call, said, record, hash } = await lived()
  await open(record, record.start + 2500)
  let steps = 0
  while (said('caughtUp').length === 0) {
    expect(await call({ type: 'step', limitMs: 3_600_000 })).toBe(true)
    expect(++steps).toBeLessThan(100)
  }
  expect(steps).toBeGreaterThan(5)
  expect(await call({ type: 'hash' })).toBe(hash)
  expect(await call({ type: 'record' })).toEqual(record)
})

test('whoever acts in the past begins another course; a resized window does not', async () => {
  const { open, call, type, skip, said, record } = await lived()
  await open(record, record.start + 10_000)
  await call({ type: 'input', input: { type: 'resize', terminal: 0, columns: 100, rows: 30 } })
  expect(await call({ type: 'record' })).toEqual(record)
  await type('kubectl run other --image=nginx:1.27')
  await skip(60_000)
  const branched = await call({ type: 'record' })
  expect(said('branched')).toHaveLength(1)
  expect(branched.inputs.map(({ input }) => (input.type === 'command' ? input.line : input.type))).toEqual([
    'open',
    'kubectl run web --image=nginx:1.27',
    'kubectl run typo --image=ngnix',
    'kubectl run other --image=nginx:1.27',
  ])
})

test('a record cut anywhere is whole again when joined', () => {
  const inputs = [1, 5, 5, 9].map(at => ({ at, input: { type: 'fault', command: `${at}` } as const }))
  const record: SessionRecord = { version: 1, lesson: '', seed: '', start: 0, nodes: [], inputs, end: 10 }
  for (let at = 0; at <= 11; at++) {
    const { past, tape } = cut(record, at)
    expect(join(past, tape)).toEqual(record)
    expect(past.inputs.every(line => line.at < at)).toBe(true)
  }
})
