/** The worker's side: keeps one session, feeds it calls one after another, and moves its time with the wall clock. */
import { optionsOf, replayInto } from '../../../sandbox/scenario/replay.ts'
import type { Input, Session, SessionOptions, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Answers, Call, FromWorker, ToWorker } from './rpc.ts'
import { cut, join, openTerminals, type Tape } from './tape.ts'
import { shows } from './view-diff.ts'
import { createViewSender } from './view-sender.ts'

export interface HostWorld {
  createSession(options: SessionOptions): Promise<Session>
  post(message: FromWorker): void
  /** The wall clock, in milliseconds. */
  wall(): number
  later(ms: number, work: () => void): void
}

const TICK_MS = 40
/** Characters of output in one message. */
const MOST_OUTPUT = 64 * 1024
/** A page that slept does not wake to hours of history: at most this much wall time passes at once. */
const LONGEST_TICK_MS = 250
const BEAT_MS = 250
const REPLAY_CHUNK_MS = 60_000

export function createHost(world: HostWorld): { receive(message: ToWorker): void } {
  let session: Session | undefined
  let speed = 1
  let last = world.wall()
  let lastBeat = 0
  let recorded = 0
  let ports: readonly number[] = []
  /** What lies ahead, in a session that was taken back in time. */
  let tape: Tape | undefined
  let edits = 0
  /** Files that a program of the workstation waits for, by the number of the request. */
  const waitingEdits = new Map<number, { path: string; text: string; done(text: string | null): void }>()
  let queue: Promise<void> = Promise.resolve()

  const crash = (error: unknown): void =>
    world.post({ type: 'crash', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })

  /** Output of one turn is sent together, so that a flood of lines is not a flood of messages. */
  const printed = new Map<number, string>()
  const flushOutput = (): void => {
    for (const [terminal, data] of printed) world.post({ type: 'output', terminal, data })
    printed.clear()
  }
  const print = (terminal: number, data: string): void => {
    const text = (printed.get(terminal) ?? '') + data
    printed.set(terminal, text)
    if (text.length >= MOST_OUTPUT) flushOutput()
  }

  /** Everything that touches the session goes through here, so that nothing overlaps. */
  const inTurn = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(crash).finally(flushOutput)
  }

  const sender = createViewSender({
    inTurn,
    look: () => session?.view(),
    send: change => world.post({ type: 'view', change }),
    later: world.later,
  })

  const showPorts = (): void => {
    const now = session?.ports() ?? []
    if (now.join() === ports.join()) return
    ports = now
    world.post({ type: 'ports', ports })
  }

  const beat = (): void => {
    showPorts()
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
      if (session && speed > 0 && passed > 0) await pass(session, passed * speed)
      if (now - lastBeat >= BEAT_MS) beat()
      world.later(TICK_MS, tick)
    })
  }

  /** A fault that was refused when it was recorded is refused again. */
  const again = async (to: Session, input: Input): Promise<void> => {
    if (input.type === 'edited') waitingEdits.delete(input.request)
    await to.dispatch(input).catch(error => {
      if (input.type !== 'fault') throw error
    })
  }

  /** Does what the tape holds for this instant. */
  async function play(to: Session): Promise<void> {
    while (tape?.inputs[0] && tape.inputs[0].at <= to.now) {
      const [{ input }, ...rest] = tape.inputs
      tape = { ...tape, inputs: rest }
      await again(to, input)
      if (input.type === 'open' || input.type === 'close')
        world.post({ type: 'terminals', terminals: openTerminals(to.record().inputs) })
    }
    recorded = to.record().inputs.length
    if (!tape || to.now < tape.end || tape.inputs.length > 0) return
    tape = undefined
    world.post({ type: 'caughtUp' })
  }

  /** Lets time pass, and plays the tape on the way. */
  async function pass(to: Session, ms: number): Promise<void> {
    let left = ms
    while (tape) {
      const next = (tape.inputs[0]?.at ?? tape.end) - to.now
      if (next > left) break
      await to.advance(next)
      left -= next
      await play(to)
    }
    await to.advance(left)
  }

  async function step(to: Session, limitMs: number): Promise<boolean> {
    const end = to.now + limitMs
    const before = to.view()
    for (;;) {
      if (world.wall() - lastBeat >= BEAT_MS) beat()
      const next = tape ? (tape.inputs[0]?.at ?? tape.end) : undefined
      const moved = await to.step(Math.min(end, next ?? end) - to.now)
      if (!moved && next !== undefined && next <= end) {
        const deeds = tape?.inputs.length ?? 0
        await pass(to, next - to.now)
        // A deed, or the present.
        if ((tape?.inputs.length ?? 0) < deeds || !tape) return true
        continue
      }
      if (!moved) return false
      if (tape) await play(to)
      if (shows(before, to.view()) || (next !== undefined && !tape)) return true
    }
  }

  /** Doing something in the past discards the future that was recorded. */
  function branch(from: Session): void {
    if (!tape) return
    tape = undefined
    world.post({ type: 'branched', record: from.record() })
  }

  const replay = (fresh: Session, record: SessionRecord): Promise<void> =>
    replayInto(fresh, record, {
      dispatch: input => again(fresh, input),
      async advance(ms) {
        for (const end = fresh.now + ms; fresh.now < end; beat())
          await fresh.advance(Math.min(REPLAY_CHUNK_MS, end - fresh.now))
      },
    })

  const askForEdit = (request: number): void => {
    const waiting = waitingEdits.get(request)
    if (waiting) world.post({ type: 'edit', request, path: waiting.path, text: waiting.text })
  }

  function answerEdit(request: number, text: string | null): void {
    const waiting = waitingEdits.get(request)
    waitingEdits.delete(request)
    waiting?.done(text)
  }

  async function open(call: Extract<Call, { type: 'open' }>): Promise<Answers['open']> {
    const { seed, lesson, record, until, terminal } = call
    const parts = record && cut(record, until ?? record.end)
    const fresh = await world.createSession(
      record ? optionsOf(record, lesson ?? undefined) : { seed, ...(lesson && { lesson }) },
    )
    recorded = 0
    edits = 0
    waitingEdits.clear()
    fresh.onOutput(print)
    fresh.onFile((path, text) => world.post({ type: 'file', path, text }))
    fresh.onEdit(({ path, text, done }) => {
      const request = ++edits
      waitingEdits.set(request, { path, text, done })
      // While a record is played again most have been answered already.
      if (session === fresh) askForEdit(request)
    })
    fresh.onChange(() => sender.changed())
    if (parts) await replay(fresh, parts.past)
    session = fresh
    tape = parts?.tape
    if (terminal && openTerminals(fresh.record().inputs).length === 0) fresh.openTerminal(terminal)
    const now = fresh.record()
    recorded = now.inputs.length
    last = world.wall()
    sender.begin()
    for (const request of waitingEdits.keys()) askForEdit(request)
    return {
      files: fresh.files(),
      terminals: openTerminals(now.inputs),
      now: fresh.now,
      record: join(now, tape),
    }
  }

  async function perform(call: Call): Promise<unknown> {
    if (call.type === 'open') return open(call)
    if (!session) throw new Error('no session is open')
    switch (call.type) {
      case 'input':
        // A window's size is no deed; whoever goes on from the past tells it again.
        if (call.input.type === 'resize' && tape) return null
        branch(session)
        await session.dispatch(call.input)
        // The echo of a key comes before what the page keeps of it.
        flushOutput()
        sendRecorded()
        return null
      case 'terminal': {
        branch(session)
        const terminal = session.openTerminal(call)
        sendRecorded()
        return terminal
      }
      case 'closeTerminal':
        branch(session)
        session.closeTerminal(call.terminal)
        sendRecorded()
        return null
      case 'check':
        return session.check(call.exercise)
      case 'askNodes':
        return session.askNodes(call.pod)
      case 'preview': {
        branch(session)
        const answer = await session.preview(call.port, call.path)
        sendRecorded()
        return answer
      }
      case 'dryRun':
        return session.dryRun(call.text)
      case 'compareLive':
        return session.compareLive(call.text)
      case 'skip':
        await pass(session, call.ms)
        beat()
        return null
      case 'step': {
        const moved = await step(session, call.limitMs)
        beat()
        return moved
      }
      case 'record':
        return join(session.record(), tape)
      case 'hash':
        return session.hash()
    }
  }

  world.later(TICK_MS, tick)
  return {
    receive(message) {
      if (message.type === 'speed') {
        speed = message.speed
      } else if (message.type === 'drawn') {
        sender.drawn()
      } else if (message.type === 'edited') {
        inTurn(async () => {
          if (session) branch(session)
          answerEdit(message.request, message.text)
          // Zero time: lets what was waiting for the edit go on at this instant.
          await session?.advance(0)
          sendRecorded()
        })
      } else {
        const { id, call } = message
        inTurn(async () => {
          try {
            const result = await perform(call)
            flushOutput()
            world.post({ type: 'reply', id, result })
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
