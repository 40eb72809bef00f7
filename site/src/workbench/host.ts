/** The worker's side: keeps one session, feeds it calls one after another, and moves its time with the wall clock. */
import type { ClusterView, LessonWorld, Session, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Answers, Call, FromWorker, ToWorker } from './rpc.ts'
import { viewChange } from './view-change.ts'

export interface HostWorld {
  createSession(options: { seed: string; lesson?: LessonWorld; start?: number }): Promise<Session>
  post(message: FromWorker): void
  /** The wall clock, in milliseconds. */
  wall(): number
  later(ms: number, work: () => void): void
}

const TICK_MS = 40
/** A page that slept does not wake to hours of history: at most this much wall time passes at once. */
const LONGEST_TICK_MS = 250
const BEAT_MS = 250
const VIEW_MS = 50
const REPLAY_CHUNK_MS = 60_000

export function createHost(world: HostWorld): { receive(message: ToWorker): void } {
  let session: Session | undefined
  let speed = 1
  let last = world.wall()
  let lastBeat = 0
  let recorded = 0
  let shown: ClusterView | undefined
  let viewDue = false
  let edits = 0
  /** Files that a program of the workstation waits for, by the number of the request. */
  const waitingEdits = new Map<number, { path: string; text: string; done(text: string | null): void }>()
  let queue: Promise<void> = Promise.resolve()

  const crash = (error: unknown): void =>
    world.post({ type: 'crash', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })

  /** Everything that touches the session goes through here, so that nothing overlaps. */
  const inTurn = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(crash)
  }

  const showView = (): void => {
    viewDue = false
    if (!session) return
    const view = session.view()
    world.post({ type: 'view', change: viewChange(shown, view) })
    shown = view
  }
  const showSoon = (): void => {
    if (viewDue) return
    viewDue = true
    world.later(VIEW_MS, () => inTurn(async () => showView()))
  }

  const beat = (): void => {
    lastBeat = world.wall()
    world.post({ type: 'time', now: session?.now ?? 0 })
  }

  const sendRecorded = (): void => {
    const inputs = session?.record().inputs ?? []
    if (inputs.length > recorded) world.post({ type: 'recorded', inputs: inputs.slice(recorded) })
    recorded = inputs.length
  }

  const tick = (): void => {
    inTurn(async () => {
      const now = world.wall()
      const passed = Math.min(now - last, LONGEST_TICK_MS)
      last = now
      if (session && speed > 0 && passed > 0) await session.advance(passed * speed)
      if (now - lastBeat >= BEAT_MS) beat()
      world.later(TICK_MS, tick)
    })
  }

  async function replay(fresh: Session, record: SessionRecord): Promise<void> {
    const until = async (at: number): Promise<void> => {
      while (fresh.now < at) {
        await fresh.advance(Math.min(REPLAY_CHUNK_MS, at - fresh.now))
        beat()
      }
    }
    for (const { at, input } of record.inputs) {
      await until(at)
      if (input.type === 'edited') waitingEdits.delete(input.request)
      // What was refused then is refused again.
      await fresh.dispatch(input).catch(error => {
        if (input.type !== 'fault') throw error
      })
    }
    await until(record.end)
  }

  const askForEdit = (request: number): void => {
    const waiting = waitingEdits.get(request)
    if (waiting) world.post({ type: 'edit', request, path: waiting.path, text: waiting.text })
  }

  function answerEdit(request: number, text: string | null): void {
    const waiting = waitingEdits.get(request)
    waitingEdits.delete(request)
    waiting?.done(text)
  }

  async function open({ seed, lesson, record }: Extract<Call, { type: 'open' }>): Promise<Answers['open']> {
    const fresh = await world.createSession({
      seed: record?.seed ?? seed,
      ...(lesson && { lesson }),
      ...(record && { start: record.start }),
    })
    recorded = 0
    edits = 0
    shown = undefined
    waitingEdits.clear()
    fresh.onOutput((terminal, data) => world.post({ type: 'output', terminal, data }))
    fresh.onFile((path, text) => world.post({ type: 'file', path, text }))
    fresh.onEdit(({ path, text, done }) => {
      const request = ++edits
      waitingEdits.set(request, { path, text, done })
      // While a record is played again most have been answered already.
      if (session === fresh) askForEdit(request)
    })
    fresh.onChange(showSoon)
    if (record) await replay(fresh, record)
    session = fresh
    const now = fresh.record()
    recorded = now.inputs.length
    last = world.wall()
    showView()
    for (const request of waitingEdits.keys()) askForEdit(request)
    const open = new Set<number>()
    for (const { input } of now.inputs) {
      if (input.type === 'open') open.add(input.terminal)
      if (input.type === 'close') open.delete(input.terminal)
    }
    return { files: fresh.files(), terminals: [...open], now: fresh.now, record: now }
  }

  async function perform(call: Call): Promise<unknown> {
    if (call.type === 'open') return open(call)
    if (!session) throw new Error('no session is open')
    switch (call.type) {
      case 'input':
        await session.dispatch(call.input)
        sendRecorded()
        return null
      case 'terminal': {
        const terminal = session.openTerminal(call)
        sendRecorded()
        return terminal
      }
      case 'closeTerminal':
        session.closeTerminal(call.terminal)
        sendRecorded()
        return null
      case 'check':
        return session.check(call.exercise)
      case 'skip':
        await session.advance(call.ms)
        beat()
        return null
      case 'step': {
        const moved = await session.step(call.limitMs)
        beat()
        return moved
      }
      case 'record':
        return session.record()
      case 'hash':
        return session.hash()
    }
  }

  world.later(TICK_MS, tick)
  return {
    receive(message) {
      if (message.type === 'speed') {
        speed = message.speed
      } else if (message.type === 'edited') {
        inTurn(async () => {
          answerEdit(message.request, message.text)
          // Zero time: lets what was waiting for the edit go on at this instant.
          await session?.advance(0)
          sendRecorded()
        })
      } else {
        const { id, call } = message
        inTurn(async () => {
          try {
            world.post({ type: 'reply', id, result: await perform(call) })
          } catch (error) {
            // A check or an open that is refused is told to the caller; a session that broke under an input is gone.
            const refusable =
              call.type !== 'skip' && call.type !== 'step' && !(call.type === 'input' && call.input.type !== 'fault')
            if (!refusable) throw error
            world.post({ type: 'refused', id, message: error instanceof Error ? error.message : String(error) })
          }
        })
      }
    },
  }
}
