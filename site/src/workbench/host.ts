/** The worker's side: keeps one session, feeds it calls one after another, and moves its time with the wall clock. */
import { optionsOf, replayInto } from '../../../sandbox/scenario/replay.ts'
import type { EditRequest, Input, Session, SessionOptions, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Answers, Call, FromWorker, ToWorker } from './rpc.ts'
import { cut, join, openTerminals } from './tape.ts'
import { createTapePlayer } from './tape-player.ts'
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
  /** Files that programs of the workstation wait for, as `kubectl edit` does; a request's number is its place, from 1. */
  let edits: EditRequest[] = []
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
      if (session && speed > 0 && passed > 0) await player.pass(session, passed * speed)
      if (now - lastBeat >= BEAT_MS) beat()
      world.later(TICK_MS, tick)
    })
  }

  /** A fault that was refused when it was recorded is refused again. */
  const again = async (to: Session, input: Input): Promise<void> => {
    if (input.type === 'edited') takeEdit(input.request)
    await to.dispatch(input).catch(error => {
      if (input.type !== 'fault') throw error
    })
  }

  const player = createTapePlayer(
    again,
    to => {
      recorded = to.record().inputs.length
    },
    () => {
      if (world.wall() - lastBeat >= BEAT_MS) beat()
    },
    world.post,
  )

  const replay = (fresh: Session, record: SessionRecord): Promise<void> =>
    replayInto(fresh, record, {
      dispatch: input => again(fresh, input),
      async advance(ms) {
        for (const end = fresh.now + ms; fresh.now < end; beat())
          await fresh.advance(Math.min(REPLAY_CHUNK_MS, end - fresh.now))
      },
    })

  const askForEdit = (request: number): void => {
    const edit = edits[request - 1]
    if (edit) world.post({ type: 'edit', request, path: edit.path, text: edit.text })
  }

  /** Nobody waits for it any more. */
  const takeEdit = (request: number): EditRequest | undefined => {
    const edit = edits[request - 1]
    delete edits[request - 1]
    return edit
  }

  async function open(call: Extract<Call, { type: 'open' }>): Promise<Answers['open']> {
    const { seed, lesson, record, until, terminal } = call
    const parts = record && cut(record, until ?? record.end)
    const fresh = await world.createSession(
      record ? optionsOf(record, lesson ?? undefined) : { seed, ...(lesson && { lesson }) },
    )
    recorded = 0
    edits = []
    fresh.onOutput(print)
    fresh.onFile((path, text) => world.post({ type: 'file', path, text }))
    fresh.onEdit(edit => {
      const request = edits.push(edit)
      // While a record is played again most have been answered already.
      if (session === fresh) askForEdit(request)
    })
    fresh.onChange(() => sender.changed())
    if (parts) await replay(fresh, parts.past)
    session = fresh
    player.tape = parts?.tape
    if (terminal && openTerminals(fresh.record().inputs).length === 0) fresh.openTerminal(terminal)
    const now = fresh.record()
    recorded = now.inputs.length
    last = world.wall()
    sender.begin()
    for (let request = 1; request <= edits.length; request++) askForEdit(request)
    return {
      files: fresh.files(),
      terminals: openTerminals(now.inputs),
      now: fresh.now,
      record: join(now, player.tape),
    }
  }

  async function perform(call: Call): Promise<unknown> {
    if (call.type === 'open') return open(call)
    if (!session) throw new Error('no session is open')
    switch (call.type) {
      case 'input':
        // A window's size is no deed; whoever goes on from the past tells it again.
        if (call.input.type === 'resize' && player.tape) return null
        player.discard(session)
        await session.dispatch(call.input)
        // The echo of a key comes before what the page keeps of it.
        flushOutput()
        sendRecorded()
        return null
      case 'terminal': {
        player.discard(session)
        const terminal = session.openTerminal(call)
        sendRecorded()
        return terminal
      }
      case 'closeTerminal':
        player.discard(session)
        session.closeTerminal(call.terminal)
        sendRecorded()
        return null
      case 'check':
        return session.check(call.exercise)
      case 'askNodes':
        return session.askNodes(call.pod)
      case 'preview': {
        player.discard(session)
        const answer = await session.preview(call.port, call.path)
        sendRecorded()
        return answer
      }
      case 'dryRun':
        return session.dryRun(call.text)
      case 'compareLive':
        return session.compareLive(call.text)
      case 'skip':
        await player.pass(session, call.ms)
        beat()
        return null
      case 'step': {
        const moved = await player.step(session, call.limitMs)
        beat()
        return moved
      }
      case 'record':
        return join(session.record(), player.tape)
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
          if (session) player.discard(session)
          takeEdit(message.request)?.done(message.text)
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
