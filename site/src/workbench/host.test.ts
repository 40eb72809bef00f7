/** The worker's host: time, calls in turn, replays. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { Engine, type EngineEvents } from './engine.ts'
import { createFakeSession } from './fake-session.ts'
import { createHost } from './host.ts'
import type { FromWorker, ToWorker } from './rpc.ts'

/** A worker in this thread, with a wall clock that the test moves. */
function bench() {
  let wall = 0
  let timers: { at: number; work: () => void }[] = []
  const made: { died: boolean }[] = []
  const said: string[] = []
  let shown = ''
  const make = () => {
    const me = { died: false }
    made.push(me)
    const handlers: ((event: Event) => void)[] = []
    const host = createHost({
      createSession: async options => createFakeSession(options),
      post(message: FromWorker) {
        if (me.died) return
        for (const handler of handlers) handler({ data: structuredClone(message) } as unknown as Event)
      },
      wall: () => wall,
      later: (ms, work) => {
        timers.push({ at: wall + ms, work: () => me.died || work() })
      },
    })
    return {
      postMessage: (message: ToWorker) => host.receive(structuredClone(message)),
      terminate: () => {
        me.died = true
      },
      addEventListener: (type: string, handler: (event: Event) => void) => {
        if (type === 'message') handlers.push(handler)
      },
    }
  }
  const events: EngineEvents = {
    output: (_, data) => {
      shown += data
    },
    file: () => {},
    edit: (request, path) => said.push(`edit ${request} ${path}`),
    view: change => said.push(...change.pods.map(p => `pod ${p.metadata.name}`)),
    time: () => {},
    ports: () => {},
    recorded: () => {
      const record = engine.record
      if (record && record.end < (record.inputs.at(-1)?.at ?? 0)) said.push('a record ends before its last input')
    },
    replaying: () => {
      shown = ''
    },
    restored: kind => said.push(kind),
    branched: () => said.push('branched'),
    caughtUp: () => said.push('caughtUp'),
    lost: message => said.push(`lost ${message}`),
    terminals: open => said.push(`terminals ${open}`),
  }
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  const pass = async (ms: number): Promise<void> => {
    const end = wall + ms
    for (;;) {
      await settle()
      const next = timers.filter(t => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      timers = timers.filter(t => t !== next)
      wall = Math.max(wall, next.at)
      next.work()
    }
    wall = end
    await settle()
  }
  vi.stubGlobal('document', { hidden: false })
  // The page listens for as long as it lives; here only when a test says so.
  let listen = (): void => {}
  vi.stubGlobal('setInterval', (work: () => void) => {
    listen = work
  })
  const frame = (work: () => void): void => void timers.push({ at: wall + 16, work })
  const engine = new Engine(make, events, frame)
  /** The wall clock goes on, and nothing else. */
  const sleep = (ms: number): void => {
    wall += ms
  }
  return { engine, listen: () => listen(), pass, sleep, settle, said, made, screen: () => shown }
}

test('virtual time goes with the wall clock, faster when told, and not while paused', async () => {
  const { engine, pass } = bench()
  await engine.open(null, 'seed')
  await pass(1000)
  const after = async () => Number((await engine.hash()).split(':')[0])
  const first = await after()
  expect(first).toBeGreaterThanOrEqual(900)
  expect(first).toBeLessThanOrEqual(1000)
  engine.setSpeed(10)
  await pass(1000)
  expect((await after()) - first).toBeGreaterThanOrEqual(9000)
  engine.setSpeed(0)
  const still = await after()
  await pass(5000)
  expect(await after()).toBe(still)
})

test('whoever wakes a machine that slept wakes to the same instant', async () => {
  const { engine, pass, sleep } = bench()
  await engine.open(null, 'seed')
  const after = async () => Number((await engine.hash()).split(':')[0])
  const before = await after()
  sleep(3_600_000)
  await pass(1000)
  expect((await after()) - before).toBeLessThan(1500)
})

test('a recorded session opened again is the same session', async () => {
  const one = bench()
  await one.engine.open(null, 'seed')
  const terminal = await one.engine.openTerminal(80, 24)
  await one.pass(777)
  await one.engine.input({ type: 'command', terminal, line: 'run web' })
  await one.pass(500)
  await one.engine.input({ type: 'command', terminal, line: 'edit' })
  one.engine.answerEdit(1, 'changed')
  await one.settle()
  one.engine.setSpeed(0)
  await one.pass(300)
  expect(one.said).toEqual(expect.arrayContaining(['pod web', 'edit 1 x.yaml']))

  const two = bench()
  const opened = await two.engine.open(null, 'other', one.engine.record)
  expect(opened.terminals).toEqual([terminal])
  expect(opened.record.seed).toBe('seed')
  expect(two.screen()).toBe(one.screen())
  expect(two.screen()).toContain('edited changed')
  expect(two.said).not.toContain('edit 1 x.yaml')
})

test('a record never ends before its last input, whenever it is kept', async () => {
  const { engine, pass, settle, said } = bench()
  await engine.open(null, 'seed')
  const terminal = await engine.openTerminal(80, 24)
  for (const ms of [333, 61, 7]) {
    await pass(ms)
    await engine.input({ type: 'command', terminal, line: 'run web' })
    await settle()
  }
  expect(engine.record?.inputs.length).toBe(4)
  expect(said).not.toContain('a record ends before its last input')
})

test('a simulator that fails is started anew from the record, without the step that broke it', async () => {
  const { engine, pass, said, made, screen } = bench()
  await engine.open(null, 'seed')
  const terminal = await engine.openTerminal(80, 24)
  await engine.input({ type: 'command', terminal, line: 'run web' })
  await expect(engine.input({ type: 'command', terminal, line: 'crash' })).rejects.toThrow('boom')
  await pass(500)
  expect(made.length).toBe(2)
  expect(said).toContain('crashedLast')
  expect(screen()).toContain('run web')
  expect(screen()).not.toContain('crash')
  expect(await engine.check('x')).toEqual([{ id: 'x', passed: true }])
})

test('one that is silent for long is taken for dead; one whose machine has slept is not', async () => {
  onTestFinished(() => void vi.unstubAllGlobals())
  let now = 0
  vi.stubGlobal('performance', { now: () => now })
  const { engine, listen, settle, said, made } = bench()
  await engine.open(null, 'seed')
  for (now of [5000, 3_600_000, 3_605_000, 3_610_000]) listen()
  expect(made).toHaveLength(1)
  for (now of [3_615_000, 3_620_000, 3_625_000]) listen()
  await settle()
  expect(made.map(worker => worker.died)).toEqual([true, false])
  expect(said).toContain('crashed')
})

test('one that keeps failing is given up, and says so', async () => {
  const { engine, pass, said } = bench()
  await engine.open(null, 'seed')
  for (let i = 0; i < 4; i++) {
    await engine.input({ type: 'command', terminal: 0, line: 'crash' }).catch(() => {})
    await pass(500)
  }
  expect(said.at(-1)).toBe('crashedHard')
  await expect(engine.check('x')).rejects.toThrow('stopped')
})
