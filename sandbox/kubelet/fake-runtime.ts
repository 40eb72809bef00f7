/**
 * A runtime for the kubelet's tests, with no processes: a container's args say what it does. `exit CODE MS` ends by itself,
 * `stubborn` minds no TERM; otherwise TERM ends it with 143. `FILE TEXT` pairs are files; commands run by exec look at those.
 */
import type { Clock } from '../clock/clock.ts'
import type {
  Container,
  ContainerConfig,
  ContainerRuntime,
  ContainerState,
  DialResult,
  ExecSession,
  ImageInfo,
  LogLine,
  Sandbox,
} from '../runtime/cri.ts'
import { RuntimeError } from '../runtime/cri.ts'
import type { ExitStatus, Signal } from '../runtime/processes/process.ts'
import { SIGNAL_NUMBER } from '../runtime/processes/process.ts'

class FakeContainer implements Container {
  readonly stopSignal: Signal = 'TERM'
  readonly files = new Map<string, string>()
  readonly output: LogLine[] = []
  readonly id: string
  readonly config: ContainerConfig
  readonly image: ImageInfo
  readonly #clock: Clock
  state: ContainerState = { state: 'created' }
  memoryBytes = 0
  #exits: ((status: ExitStatus) => void)[] = []

  constructor(clock: Clock, id: string, config: ContainerConfig, image: ImageInfo) {
    this.#clock = clock
    this.id = id
    this.config = config
    this.image = image
  }

  readonly logs = {
    lines: (from = 0) => this.output.slice(from),
    follow: () => () => {},
    ended: false,
  }

  start(): void {
    const [command, ...args] = this.config.command ?? []
    if (command === 'missing') throw new RuntimeError('Unknown', 'exec: "missing": executable file not found in $PATH')
    this.state = { state: 'running', startedAt: this.#clock.now() }
    const exit = args.indexOf('exit')
    if (exit >= 0) {
      const [code, ms] = [Number(args[exit + 1]), Number(args[exit + 2] ?? 0)]
      this.#clock.after(ms, () => this.end({ code }))
    }
    const message = args.indexOf('message')
    if (message >= 0) this.files.set('/dev/termination-log', args[message + 1]!)
  }

  end(status: ExitStatus): void {
    if (this.state.state !== 'running') return
    this.state = { state: 'exited', startedAt: this.state.startedAt, finishedAt: this.#clock.now(), status }
    this.logs.ended = true
    for (const handler of this.#exits) handler(status)
  }

  kill(signal: Signal): void {
    const stubborn = this.config.command?.includes('stubborn')
    if (signal === 'KILL' || !stubborn) this.end({ code: 128 + SIGNAL_NUMBER[signal], signal })
  }

  onExit(handler: (status: ExitStatus) => void): void {
    this.#exits.push(handler)
  }

  exec({ argv }: { argv: readonly string[] }): ExecSession {
    const [command, path = ''] = argv
    const found = command !== 'cat' || this.files.has(path)
    return {
      writeStdin() {},
      closeStdin() {},
      resize() {},
      signal() {},
      close() {},
      onOutput: handler => {
        if (!found) handler('stderr', `cat: can't open '${path}': No such file or directory\n`)
      },
      onExit: handler => {
        if (command !== 'hang') this.#clock.after(1, () => handler({ code: found ? 0 : 1 }))
      },
    }
  }

  attach(): ExecSession {
    return { ...this.exec({ argv: ['attach'] }), onExit: handler => this.onExit(handler) }
  }
  readFile(path: string): string | undefined {
    return this.files.get(path)
  }
  usage() {
    return { cpuMs: 0, memoryBytes: this.memoryBytes, writableBytes: 0 }
  }
}

export class FakeRuntime implements ContainerRuntime {
  readonly version = 'containerd://2.1.0'
  readonly clock: Clock
  readonly containers: FakeContainer[] = []
  readonly local = new Set(['busybox:1.36', 'nginx:1.27'])
  /** What the registry answers for an image that is not on the node. */
  registry: (name: string) => ImageInfo | RuntimeError = name => fakeImage(name)
  dial: DialResult = { ok: true, status: 200 }
  sandboxes = 0

  constructor(clock: Clock) {
    this.clock = clock
  }

  load(): undefined {
    return undefined
  }

  image(name: string): ImageInfo | undefined {
    return this.local.has(name) ? fakeImage(name) : undefined
  }
  images(): readonly ImageInfo[] {
    return [...this.local].map(fakeImage)
  }
  pull(name: string, done: Parameters<ContainerRuntime['pull']>[1]): void {
    const ms = 1200
    this.clock.after(ms, () => {
      const answer = this.registry(name)
      if (answer instanceof RuntimeError) done({ error: answer, ms })
      else {
        this.local.add(name)
        done({ image: answer, ms })
      }
    })
  }
  createSandbox(): Sandbox {
    const n = ++this.sandboxes
    return { id: `sandbox-${n}`, ips: [`10.244.${n >> 8}.${n & 255}`] }
  }
  removeSandbox(): void {}
  createContainer(_sandbox: Sandbox, config: ContainerConfig): Container {
    const container = new FakeContainer(this.clock, `c${this.containers.length}`, config, fakeImage(config.image))
    this.containers.push(container)
    return container
  }
  removeContainer(): void {}
  httpGet(_target: unknown, _timeout: number, done: (result: DialResult) => void): void {
    this.clock.after(1, () => done(this.dial))
  }
  tcpDial = this.httpGet
  grpcHealth = this.httpGet
  connect(): void {}

  /** The latest run of a container, by its name. */
  find(name: string): FakeContainer {
    const found = this.containers.findLast(c => c.config.name === name)
    if (!found) throw new Error(`no container ${name}`)
    return found
  }
}

const fakeImage = (name: string): ImageInfo => ({
  name: `docker.io/library/${name}`,
  id: `sha256:${name}`,
  digest: `docker.io/library/${name.split(':')[0]}@sha256:0`,
  bytes: 1000,
  user: '',
})
