/** Looking into the past, and going on from there. */
import { expect, test } from 'vitest'
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Engine } from './engine.ts'
import { createPast, type Played } from './past.ts'
import type { NoticeKind, State } from './state.ts'
import { createStore } from './store.ts'

const inputs: SessionRecord['inputs'] = [
  { at: 2000, input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
  { at: 5000, input: { type: 'command', terminal: 0, line: 'kubectl run web' } },
]

function bench() {
  const whole: SessionRecord = { version: 1, lesson: '', seed: '', start: 0, nodes: [], inputs, end: 20_000 }
  const files = { 'a.yaml': 'mine, not saved' }
  const state = createStore({
    files,
    active: 'a.yaml',
    now: 20_000,
    began: 0,
    paused: false,
    past: false,
  } as unknown as State)
  const notices = new Set<NoticeKind>()
  const went: (number | 'end')[] = []
  const past = createPast({
    engine: () => ({ record: whole, whole: async () => whole }) as unknown as Engine,
    state,
    async goTo(work: Played, until) {
      went.push(until ?? 'end')
      state.set({ now: until ?? work.record.end, files: { ...work.files } })
    },
    setFiles: (texts, active) => state.set({ files: texts, active }),
    notice: kind => void notices.add(kind),
    dismiss: kind => void notices.delete(kind),
    run() {},
    save() {},
    live: () => void went,
  })
  return { past, state, notices, went, files }
}

test('a look into the past stops time, and the present comes back with what had not been saved', async () => {
  const { past, state, notices, went, files } = bench()
  await past.lookAt(8000)
  expect(state.get()).toMatchObject({ paused: true, past: true, now: 8000 })
  expect(past.standing()?.files).toEqual(files)
  await past.lookAt(3000)
  expect(past.standing()?.files).toEqual(files)
  expect(notices).toContain('past')
  await past.present()
  expect(state.get()).toMatchObject({ paused: false, past: false, files })
  expect([...notices]).toEqual([])
  expect(went).toEqual([8000, 3000, 'end'])
})

test('time that was stopped for a look back goes on with another course; what the learner had stopped stays so', async () => {
  const { past, state } = bench()
  await past.lookAt(8000)
  past.branched()
  expect(state.get().paused).toBe(false)
  state.set({ paused: true, past: false })
  await past.lookAt(8000)
  past.branched()
  expect(state.get().paused).toBe(true)
})

test('nobody gets to before their first terminal, and the end is the present', async () => {
  const { past, went } = bench()
  await past.lookAt(0)
  await past.lookAt(20_000)
  await past.lookAt(20_000)
  expect(went).toEqual([2001, 'end'])
})

test('steps back go from deed to deed, to where it all began', async () => {
  const { past, went } = bench()
  await past.stepBack()
  await past.stepBack()
  expect(went).toEqual([6000, 2001])
})

test('another course can be given up for the old one; playing to the present cannot', async () => {
  const { past, state, notices, went } = bench()
  await past.lookAt(8000)
  past.branched()
  expect(notices).toContain('branched')
  expect(past.standing()).toBeUndefined()
  await past.lookAt(20_000)
  expect(went).toEqual([8000])
  await past.present()
  expect(went).toEqual([8000, 'end'])
  await past.lookAt(8000)
  past.caughtUp()
  expect(state.get().past).toBe(false)
  await past.present()
  expect(went).toEqual([8000, 'end', 8000])
})

test('of several wishes while one is under way, the last is granted', async () => {
  const { past, went } = bench()
  await Promise.all([past.lookAt(3000), past.lookAt(4000), past.lookAt(5000), past.lookAt(6000)])
  expect(went.at(-1)).toBe(6000)
  expect(went.length).toBeLessThan(4)
})
