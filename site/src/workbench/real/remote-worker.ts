/**
 * The cluster's process in a WebContainer, to be talked to as if it were the page's worker. What belongs to the container
 * itself is done here: terminals are its shells, ports are its servers, and its time is the wall's.
 */
import type { WebContainerProcess } from '@webcontainer/api'
import type { WorkerLike } from '../engine.ts'
import type { Answers, FromWorker, Size, ToWorker } from '../rpc.ts'
import { decoder, encode } from './lines.ts'
import type { Container, Ports } from './real-node.ts'

/** Where things are, below the container's working directory. */
const PLACES = { own: '.podlab', host: '.podlab/host.mjs', bin: '.podlab/bin', home: 'learner' } as const

/** What the process says beside what a worker says. */
export type FromProcess =
  | FromWorker
  /** It is there. */
  | { type: 'hello' }
  /** A port that is not for looking at. */
  | { type: 'own'; port: number }

/** A shell that ends at once again and again is not started for ever. */
const MOST_SHELLS = 20

interface Shell {
  process: WebContainerProcess | undefined
  writer: WritableStreamDefaultWriter<string> | undefined
  /** Typed before it was there to read it. */
  early: string
  size: { cols: number; rows: number }
}

export class RemoteWorker implements WorkerLike {
  /** Settles when the process has said its first word, or has ended without one. */
  readonly started: Promise<void>
  readonly #container: Container
  readonly #ports: Ports
  readonly #own = new Set<number>()
  readonly #shells = new Map<number, Shell>()
  readonly #handlers: { type: string; handler: (event: Event) => void }[] = []
  /** What was said before somebody listened. */
  #early: Event[] | undefined = []
  #process: WebContainerProcess | undefined
  #writer: WritableStreamDefaultWriter<string> | undefined
  #waiting: ToWorker[] = []
  /** Calls that ask for a first terminal. */
  readonly #opening = new Map<number, Size>()
  #over = false
  #begun = 0
  #shown = ''
  #lastWords = ''
  #hello!: () => void
  #failed!: (error: Error) => void

  constructor(container: Container, ports: Ports) {
    this.#container = container
    this.#ports = ports
    this.started = new Promise((resolve, reject) => {
      this.#hello = resolve
      this.#failed = reject
    })
    this.started.catch(() => {})
    ports.onChange(() => this.#showPorts())
    this.#run().catch(error => this.#crash(error instanceof Error ? error.message : String(error)))
  }

  get #env(): Record<string, string> {
    const { workdir, path } = this.#container
    return {
      PATH: `${workdir}/${PLACES.bin}:${path}`,
      KUBECONFIG: `${workdir}/${PLACES.own}/kubeconfig`,
    }
  }

  async #run(): Promise<void> {
    const process = await this.#container.spawn('node', [PLACES.host], { env: this.#env })
    this.#process = process
    if (this.#over) return process.kill()
    this.#writer = process.input.getWriter()
    const told = decoder<FromProcess>('process', {
      message: message => this.#hear(message),
      noise: line => {
        if (line) this.#lastWords = line
      },
    })
    void process.output.pipeTo(new WritableStream({ write: told })).catch(() => {})
    for (const message of this.#waiting.splice(0)) this.#send(message)
    const code = await process.exit
    this.#crash(`the cluster's process ended with ${code}${this.#lastWords && `: ${this.#lastWords}`}`)
  }

  #send(message: ToWorker): void {
    if (this.#writer) void this.#writer.write(encode('page', message)).catch(() => {})
    else this.#waiting.push(message)
  }

  #crash(message: string): void {
    if (this.#over) return
    this.#failed(new Error(message))
    this.#emit(Object.assign(new Event('error'), { message }))
  }

  #hear(message: FromProcess): void {
    if (message.type === 'hello') this.#hello()
    else if (message.type === 'own') {
      this.#own.add(message.port)
      this.#showPorts()
    } else if (message.type !== 'ports') this.#tell(this.#withShell(message))
  }

  /** A world has been opened: its first terminal is one of ours. */
  #withShell(message: FromWorker): FromWorker {
    if (message.type !== 'reply') return message
    const size = this.#opening.get(message.id)
    this.#opening.delete(message.id)
    if (!size) return message
    const result = message.result as Answers['open']
    return { ...message, result: { ...result, terminals: [this.#openShell(size.columns, size.rows)] } }
  }

  #tell(data: FromWorker): void {
    if (!this.#over) this.#emit(new MessageEvent('message', { data }))
  }

  #emit(event: Event): void {
    if (this.#early) this.#early.push(event)
    else for (const { type, handler } of this.#handlers) if (type === event.type) handler(event)
  }

  #showPorts(): void {
    const open = [...this.#ports.open].filter(([port]) => !this.#own.has(port)).sort(([a], [b]) => a - b)
    // A server in another's place may have another address.
    if (open.join() === this.#shown) return
    this.#shown = open.join()
    this.#tell({ type: 'ports', ports: open.map(([port]) => port) })
  }

  addEventListener(type: string, handler: (event: Event) => void): void {
    this.#handlers.push({ type, handler })
    if (type !== 'error') return
    // Both kinds are listened to by now.
    const early = this.#early ?? []
    this.#early = undefined
    for (const event of early) this.#emit(event)
  }

  postMessage(message: ToWorker): void {
    // Real processes keep real time.
    if (message.type === 'speed') return
    if (message.type === 'call') this.#answer(message)
    else this.#send(message)
  }

  #answer(message: Extract<ToWorker, { type: 'call' }>): void {
    const { id, call } = message
    const answer = (result: unknown): void => this.#tell({ type: 'reply', id, result })
    if (call.type === 'skip') answer(null)
    else if (call.type === 'step') answer(false)
    else if (call.type === 'open' && call.terminal) {
      const { terminal, ...rest } = call
      this.#opening.set(id, terminal)
      this.#send({ ...message, call: rest })
    } else if (call.type === 'terminal') answer(this.#openShell(call.columns, call.rows))
    else if (call.type === 'closeTerminal') {
      this.#closeShell(call.terminal)
      answer(null)
    } else if (call.type === 'input' && this.#typed(call.input)) answer(null)
    else this.#send(message)
  }

  /** Whether an input was for a shell. */
  #typed(input: Extract<Extract<ToWorker, { type: 'call' }>['call'], { type: 'input' }>['input']): boolean {
    if (input.type !== 'terminal' && input.type !== 'command' && input.type !== 'resize') return false
    const shell = this.#shells.get(input.terminal)
    if (input.type === 'resize') {
      if (shell) shell.size = { cols: input.columns, rows: input.rows }
      shell?.process?.resize({ cols: input.columns, rows: input.rows })
    } else {
      const data = input.type === 'terminal' ? input.data : `${input.line.trimEnd().replaceAll('\n', '\r')}\r`
      if (shell?.writer) void shell.writer.write(data).catch(() => {})
      else if (shell) shell.early += data
    }
    return true
  }

  #openShell(cols: number, rows: number): number {
    const terminal = this.#begun++
    const shell: Shell = { process: undefined, writer: undefined, early: '', size: { cols, rows } }
    this.#shells.set(terminal, shell)
    const run = async (): Promise<void> => {
      for (let n = 0; n < MOST_SHELLS && this.#shells.get(terminal) === shell; n++) {
        const process = await this.#container.spawn('jsh', [], {
          cwd: PLACES.home,
          env: this.#env,
          terminal: shell.size,
        })
        if (this.#shells.get(terminal) !== shell) return process.kill()
        shell.process = process
        shell.writer = process.input.getWriter()
        if (shell.early) void shell.writer.write(shell.early).catch(() => {})
        shell.early = ''
        const write = (data: string): void => this.#tell({ type: 'output', terminal, data })
        void process.output.pipeTo(new WritableStream({ write })).catch(() => {})
        await process.exit
        shell.writer = undefined
      }
    }
    run().catch(error => this.#crash(error instanceof Error ? error.message : String(error)))
    return terminal
  }

  #closeShell(terminal: number): void {
    this.#shells.get(terminal)?.process?.kill()
    this.#shells.delete(terminal)
  }

  terminate(): void {
    this.#over = true
    for (const terminal of [...this.#shells.keys()]) this.#closeShell(terminal)
    this.#process?.kill()
  }
}
