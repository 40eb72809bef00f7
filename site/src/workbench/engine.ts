/** The page's side of the worker: calls as promises, a copy of the record, and a new worker when one has died. */
import type { Input, LessonWorld, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Answers, Call, FromWorker, Size, ToWorker } from './rpc.ts'

export interface EngineEvents {
  output(terminal: number, data: string): void
  file(path: string, text: string | null): void
  edit(request: number, path: string, text: string): void
  view(change: Extract<FromWorker, { type: 'view' }>['change']): void
  time(now: number): void
  ports(ports: readonly number[]): void
  /** Something was done in the past, and what had been ahead is gone. */
  branched(): void
  /** The past has been played up to the present. */
  caughtUp(): void
  terminals(open: number[]): void
  /** The record has grown or time has passed: worth keeping. */
  recorded(): void
  /** The worker died. `skipped`: an input was under way and is left out of what is restored. */
  restored(kind: 'crashed' | 'crashedLast' | 'crashedHard', opened: Answers['open'] | undefined): void
  /** Before the terminal's history is printed once more. */
  replaying(): void
  /** The worker died, and its history cannot be had again. */
  lost(message: string): void
}

interface Waiting {
  call: Call
  sent: number
  /** It is in the record already. */
  recorded?: boolean
  resolve(value: unknown): void
  reject(error: Error): void
}

export interface WorkerLike {
  postMessage(message: ToWorker): void
  terminate(): void
  addEventListener(type: string, handler: (event: Event) => void): void
}

const SILENCE_MS = 20_000
const LISTEN_MS = 5000
const MOST_CRASHES = 3
/** An input that takes longer may be the one that the simulator fails at. */
const LATELY_MS = 500

export class Engine {
  #worker: WorkerLike | undefined
  #calls = new Map<number, Waiting>()
  #next = 1
  #record: SessionRecord | undefined
  #lesson: LessonWorld | null = null
  #seed = ''
  #speed = 1
  #heard = 0
  #listened = 0
  #crashes = 0
  #generation = 0
  #make: () => WorkerLike
  /** Whether the record gives the same history again. */
  #repeatable = true
  readonly #listening: ReturnType<typeof setInterval>
  readonly #events: EngineEvents
  readonly #nextFrame: (work: () => void) => void

  constructor(
    make: () => WorkerLike,
    events: EngineEvents,
    nextFrame: (work: () => void) => void = requestAnimationFrame,
  ) {
    this.#make = make
    this.#events = events
    this.#nextFrame = work => nextFrame(work)
    this.#listening = setInterval(() => this.#listen(), LISTEN_MS)
  }

  /** Its worker ends, and nobody listens any more. A page keeps its engine for as long as it lives. */
  close(): void {
    clearInterval(this.#listening)
    this.#worker?.terminate()
    this.#worker = undefined
    this.#generation++
  }

  /** From the next session on: other workers. */
  use(make: () => WorkerLike, { repeatable = true } = {}): void {
    this.#make = make
    this.#repeatable = repeatable
    this.#crashes = 0
  }

  /** Begins a session, or goes on with a recorded one; with a terminal of this size if there is none. */
  async open(
    lesson: LessonWorld | null,
    seed: string,
    record?: SessionRecord,
    terminal?: Size,
  ): Promise<Answers['open']> {
    this.#lesson = lesson
    this.#seed = seed
    this.#spawn()
    const opened = await this.#call({
      type: 'open',
      seed,
      lesson,
      ...(record && { record }),
      ...(terminal && { terminal }),
    })
    this.#record = opened.record
    this.setSpeed(this.#speed)
    return opened
  }

  /** Plays a record, as far as `until`, in the worker that is there. */
  async replay(record: SessionRecord, until?: number): Promise<Answers['open']> {
    if (!this.#worker) return this.open(this.#lesson, record.seed, record)
    const { seed } = record
    const opened = await this.#call({
      type: 'open',
      seed,
      lesson: this.#lesson,
      record,
      ...(until !== undefined && { until }),
    })
    this.#seed = seed
    this.#record = opened.record
    return opened
  }

  get record(): SessionRecord | undefined {
    return this.#record
  }

  /** With what has been sent so lately that nothing was heard of it yet. */
  recordAndMore(): SessionRecord | undefined {
    const record = this.#record
    if (!record) return undefined
    const more: SessionRecord['inputs'][number][] = []
    for (const { call, sent, recorded } of this.#calls.values())
      if (call.type === 'input' && !recorded && performance.now() - sent < LATELY_MS)
        more.push({ at: record.end, input: call.input })
    return more.length > 0 ? { ...record, inputs: [...record.inputs, ...more] } : record
  }

  input(input: Input): Promise<null> {
    return this.#call({ type: 'input', input })
  }
  openTerminal(columns: number, rows: number): Promise<number> {
    return this.#call({ type: 'terminal', columns, rows })
  }
  closeTerminal(terminal: number): Promise<null> {
    return this.#call({ type: 'closeTerminal', terminal })
  }
  check(exercise: string): Promise<Answers['check']> {
    return this.#call({ type: 'check', exercise })
  }
  askNodes(pod: string): Promise<Answers['askNodes']> {
    return this.#call({ type: 'askNodes', pod })
  }
  preview(port: number, path: string): Promise<Answers['preview']> {
    return this.#call({ type: 'preview', port, path })
  }
  dryRun(text: string): Promise<Answers['dryRun']> {
    return this.#call({ type: 'dryRun', text })
  }
  compareLive(text: string): Promise<Answers['compareLive']> {
    return this.#call({ type: 'compareLive', text })
  }
  skip(ms: number): Promise<null> {
    return this.#call({ type: 'skip', ms })
  }
  step(limitMs: number): Promise<boolean> {
    return this.#call({ type: 'step', limitMs })
  }
  /** The record to this very instant; the copy here lags a little. */
  whole(): Promise<SessionRecord> {
    return this.#call({ type: 'record' })
  }
  hash(): Promise<string> {
    return this.#call({ type: 'hash' })
  }
  setSpeed(speed: number): void {
    this.#speed = speed
    this.#worker?.postMessage({ type: 'speed', speed })
  }
  answerEdit(request: number, text: string | null): void {
    this.#worker?.postMessage({ type: 'edited', request, text })
  }

  #call<C extends Call>(call: C): Promise<Answers[C['type']]> {
    return new Promise((resolve, reject) => {
      const id = this.#next++
      this.#calls.set(id, { call, sent: performance.now(), resolve, reject })
      if (!this.#worker) reject(new Error('the simulator has stopped'))
      else this.#worker.postMessage({ type: 'call', id, call })
    })
  }

  #spawn(): void {
    this.#worker?.terminate()
    this.#calls.clear()
    const generation = ++this.#generation
    this.#worker = this.#make()
    this.#heard = performance.now()
    const mine = (work: (event: Event) => void) => (event: Event) => {
      if (generation === this.#generation) work(event)
    }
    this.#worker.addEventListener(
      'message',
      mine(event => this.#hear((event as MessageEvent<FromWorker>).data)),
    )
    this.#worker.addEventListener(
      'error',
      mine(event => this.#crashed((event as ErrorEvent).message ?? 'worker error')),
    )
  }

  #hear(message: FromWorker): void {
    this.#heard = performance.now()
    switch (message.type) {
      case 'reply':
      case 'refused': {
        const waiting = this.#calls.get(message.id)
        this.#calls.delete(message.id)
        if (message.type === 'reply') waiting?.resolve(message.result)
        else waiting?.reject(new Error(message.message))
        break
      }
      case 'output':
        this.#events.output(message.terminal, message.data)
        break
      case 'file':
        this.#events.file(message.path, message.text)
        break
      case 'edit':
        this.#events.edit(message.request, message.path, message.text)
        break
      case 'view':
        this.#events.view(message.change)
        this.#nextFrame(() => this.#worker?.postMessage({ type: 'drawn' }))
        break
      case 'time':
        if (this.#record) this.#record = { ...this.#record, end: Math.max(this.#record.end, message.now) }
        this.#events.time(message.now)
        break
      case 'ports':
        this.#events.ports(message.ports)
        break
      case 'recorded':
        this.#extend(message.inputs)
        this.#tick(message.inputs)
        this.#events.recorded()
        break
      case 'branched':
        this.#record = message.record
        this.#events.branched()
        break
      case 'caughtUp':
        this.#events.caughtUp()
        break
      case 'terminals':
        this.#events.terminals(message.terminals)
        break
      case 'crash':
        this.#crashed(message.message)
        break
    }
  }

  /** The beat that tells the time may be yet to come, and the record may be kept before it: no record ends before its last input. */
  #extend(inputs: SessionRecord['inputs']): void {
    if (!this.#record) return
    const end = Math.max(this.#record.end, inputs.at(-1)?.at ?? 0)
    this.#record = { ...this.#record, inputs: [...this.#record.inputs, ...inputs], end }
  }

  /** Inputs are recorded before their calls are answered. */
  #tick(inputs: SessionRecord['inputs']): void {
    const texts = inputs.map(line => JSON.stringify(line.input))
    for (const waiting of this.#calls.values()) {
      if (waiting.call.type !== 'input' || waiting.recorded) continue
      const place = texts.indexOf(JSON.stringify(waiting.call.input))
      if (place < 0) continue
      texts.splice(place, 1)
      waiting.recorded = true
    }
  }

  /** A worker that says nothing for long is stuck, unless nobody has looked meanwhile: the page was hidden, or the machine asleep. */
  #listen(): void {
    const now = performance.now()
    const away = document.hidden || now - this.#listened > 2 * LISTEN_MS
    this.#listened = now
    if (away) this.#heard = now
    else if (this.#worker && now - this.#heard > SILENCE_MS) this.#crashed('no answer')
  }

  #crashed(message: string): void {
    console.error(`The simulator failed: ${message}`)
    const waiting = [...this.#calls.values()]
    const opening = waiting.some(w => w.call.type === 'open')
    const lost = waiting.some(w => w.call.type === 'input')
    this.#worker?.terminate()
    this.#worker = undefined
    this.#generation++
    this.#calls.clear()
    for (const { reject } of waiting) reject(new Error(message))
    if (!this.#repeatable) {
      this.#events.lost(message)
      return
    }
    this.#crashes++
    if (opening || this.#crashes > MOST_CRASHES || !this.#record) {
      if (!opening) this.#events.restored('crashedHard', undefined)
      return
    }
    this.#events.replaying()
    this.open(this.#lesson, this.#seed, this.#record).then(
      opened => this.#events.restored(lost ? 'crashedLast' : 'crashed', opened),
      () => this.#events.restored('crashedHard', undefined),
    )
  }
}
