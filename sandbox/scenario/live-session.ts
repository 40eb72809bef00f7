/** A session as it runs: a cluster, a workstation, the record of what the learner does, and what checks can see. */
import type { Pod } from '../api/types.ts'
import { BOOT_MS, DEFAULT_NODES } from '../cluster/boot.ts'
import { type Cluster, createCluster } from '../cluster.ts'
import type { Containerd, ContainerdOptions } from '../runtime/containers/containerd.ts'
import { type CheckWorld, checkWorldOf } from './checks/check-world.ts'
import { Versions } from './checks/versions.ts'
import { Editor } from './editor.ts'
import { applyFault } from './faults.ts'
import { canonical, Hash } from './hash.ts'
import type { HttpAnswer } from './http-ask.ts'
import { applyManifests } from './lessons/lesson-start.ts'
import type {
  ClusterView,
  Complaint,
  EditRequest,
  Input,
  LiveComparison,
  NodeAnswer,
  PreviewAnswer,
  Session,
  SessionOptions,
  SessionRecord,
} from './session.ts'
import { SHOWN, viewOf } from './view.ts'
import { createWorkstation } from './workstation/programs.ts'
import { withoutPrompts } from './workstation/transcript.ts'
import type { Workstation } from './workstation/workstation.ts'

/** A machine with real processes. They take real time, so it cannot be fast-forwarded, nor copied to try something out. */
export interface RealMachine {
  runtime(options: ContainerdOptions): Containerd
  pause(ms: number): Promise<void>
}

/** How long a page of a forwarded port may take. */
const PREVIEW_MS = 10_000

/** A copy whose time is further ahead than this is thrown away before the next question. */
const STALE_MS = 1000

/** A session, with what the lesson harness and the command line need of it besides. */
export class LiveSession implements Session {
  readonly cluster: Cluster
  readonly workstation: Workstation
  readonly #options: SessionOptions
  readonly #real: RealMachine | undefined
  readonly #replay: () => Promise<LiveSession>
  readonly #nodes: readonly string[]
  readonly #metricsServer: boolean
  readonly #storageClass: boolean
  readonly #start: number
  readonly #inputs: { at: number; input: Input }[] = []
  readonly #commands: string[] = []
  readonly #faults: string[] = []
  readonly #printed = new Map<number, Hash>()
  readonly #outputs: ((terminal: number, data: string) => void)[] = []
  readonly #editor: Editor
  readonly #changes: (() => void)[] = []
  /** Only where a lesson has checks that may ask for it. */
  #versions: Versions | undefined
  /** Takes the answer to the preview that is dispatched next; undefined while a record is replayed. */
  #shown: ((answer: PreviewAnswer) => void) | undefined
  #terminals = 0
  #changed = false
  /** Fraction of a millisecond that is still to pass: the clock counts whole ones. */
  #fraction = 0
  /** A copy on which checks make HTTP requests; dropped as soon as anything happens in this session. */
  #copy: Promise<LiveSession> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #busy = 0

  /** @param replay makes another session with the same history as this one */
  constructor(
    options: SessionOptions,
    real: RealMachine | undefined,
    replay: (session: LiveSession) => Promise<LiveSession>,
  ) {
    this.#options = options
    this.#real = real
    this.#replay = () => replay(this)
    this.#nodes = options.nodes ?? options.lesson?.nodes ?? DEFAULT_NODES
    this.#metricsServer = options.metricsServer ?? options.lesson?.metricsServer ?? false
    this.#storageClass = options.storageClass ?? options.lesson?.storageClass ?? false
    this.cluster = createCluster({
      seed: options.seed,
      nodes: this.#nodes,
      images: options.lesson?.images,
      metricsServer: this.#metricsServer,
      storageClass: this.#storageClass,
      featureGates: options.lesson?.featureGates,
      ...(options.start !== undefined && { start: options.start }),
      ...(real && { runtime: real.runtime }),
    })
    this.#start = this.cluster.clock.now()
    this.#editor = new Editor(
      () => this.workstation,
      (request, text) => this.#atOnce({ type: 'edited', request, text }),
    )
    this.workstation = createWorkstation(this.cluster, {
      onOutput: (terminal, data) => this.#print(terminal, data),
      onFile: path => this.#editor.tellOfFile(path),
      onCommand: line => void this.#commands.push(line),
      onFault: command => this.#fault(command),
      edit: (path, text, done) => this.#editor.ask(path, text, done),
    })
    for (const resource of SHOWN) {
      this.cluster.store.watch(resource, {}, () => this.#noteChange())
    }
  }

  /** Boots the cluster and brings it to the lesson's start. */
  async prepare(): Promise<void> {
    const { lesson } = this.#options
    const { clock } = this.cluster
    await clock.advance(BOOT_MS)
    if (!lesson) return
    await applyManifests(lesson, this.workstation, clock)
    if (!this.#real) await clock.advance(lesson.settleMs)
    for (const [path, text] of Object.entries(lesson.files)) this.#editor.save(path, text)
    await clock.settle()
    if (lesson.exercises.length) {
      const { store, server } = this.cluster
      this.#versions = new Versions(store, server.registry.all(), () => clock.now())
    }
  }

  get now(): number {
    return this.cluster.clock.now()
  }

  dispatch(input: Input): Promise<void> {
    return this.#inTurn(() => {
      this.#apply(input)
      return this.cluster.clock.settle()
    })
  }

  advance(ms: number): Promise<void> {
    return this.#inTurn(() => {
      if (ms > 0) this.#copy = undefined
      const time = ms + this.#fraction
      const whole = Math.floor(time)
      this.#fraction = time - whole
      return this.cluster.clock.advance(whole)
    })
  }

  step(limitMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    return this.#inTurn(() => {
      this.#copy = undefined
      return this.cluster.clock.step(limitMs)
    })
  }

  openTerminal({ columns, rows }: { columns: number; rows: number }): number {
    const terminal = this.#terminals++
    this.#atOnce({ type: 'open', terminal, columns, rows })
    return terminal
  }

  closeTerminal(terminal: number): void {
    this.#atOnce({ type: 'close', terminal })
  }

  onOutput(handler: (terminal: number, data: string) => void): void {
    this.#outputs.push(handler)
  }

  onFile(handler: (path: string, text: string | null) => void): void {
    this.#editor.onFile(handler)
  }

  onEdit(handler: (request: EditRequest) => void): void {
    this.#editor.onEdit(handler)
  }

  onChange(handler: () => void): void {
    this.#changes.push(handler)
  }

  view(): ClusterView {
    return viewOf(this.cluster.store, this.now)
  }

  askNodes(uid: string): Promise<readonly NodeAnswer[] | undefined> {
    return this.#inTurn(async () => {
      const pods = this.cluster.store.list<Pod>('pods')
      const pod = pods.find(p => p.metadata.uid === uid)
      return pod && (await import('../cluster/ask-nodes.ts')).askNodes(this.cluster.client, pod)
    })
  }

  dryRun(text: string): Promise<readonly Complaint[]> {
    return this.#inTurn(async () =>
      (await import('./manifests/dry-run.ts')).dryRun(this.cluster, text, this.#kubeconfig),
    )
  }

  compareLive(text: string): Promise<readonly LiveComparison[]> {
    return this.#inTurn(async () =>
      (await import('./manifests/compare-live.ts')).compareLive(this.cluster, text, this.#kubeconfig),
    )
  }

  get #kubeconfig(): string | undefined {
    return this.workstation.home.read('.kube/config')
  }

  files(): Record<string, string> {
    return this.workstation.files()
  }

  ports(): readonly number[] {
    return this.workstation.ports()
  }

  preview(port: number, path: string): Promise<PreviewAnswer> {
    return this.#inTurn(async () => {
      const { clock } = this.cluster
      let answer: PreviewAnswer | undefined
      this.#shown = got => (answer = got)
      this.#apply({ type: 'preview', port, path })
      const deadline = clock.now() + PREVIEW_MS
      await clock.settle()
      while (!answer && clock.now() < deadline) await clock.advance(50)
      return answer ?? { status: 0, type: '', body: '', error: 'timed out' }
    })
  }

  /** Whether the terminal's shell waits for a command, and how the last one ended. */
  terminalState(terminal: number): { idle: boolean; status: number } {
    return this.workstation.state(terminal)
  }

  check(exercise: string) {
    const found = this.#options.lesson?.exercises.find(e => e.id === exercise)
    if (!found) return Promise.reject(new Error(`the lesson has no exercise "${exercise}"`))
    // CEL is loaded when it is first needed.
    return this.#inTurn(async () => (await import('./checks/checks.ts')).runChecks(found, this.#checkWorld()))
  }

  record(): SessionRecord {
    return {
      version: 1,
      lesson: this.#options.lesson?.id ?? '',
      seed: this.#options.seed,
      start: this.#start,
      nodes: this.#nodes,
      ...(this.#metricsServer && { metricsServer: true as const }),
      ...(this.#storageClass && { storageClass: true as const }),
      inputs: [...this.#inputs],
      end: this.now,
    }
  }

  hash(): string {
    const hash = new Hash().add(canonical(this.cluster.store.snapshot()))
    for (const [terminal, printed] of this.#printed) hash.add(`\n${terminal} ${printed.digest()}`)
    return hash.add(canonical(this.files())).digest()
  }

  /** Serializes everything that moves the clock: an input is applied between two instants, never within one. */
  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    this.#busy++
    const done = this.#turn.then(work)
    this.#turn = done
      .catch(() => {})
      .then(() => {
        this.#busy--
      })
    return done
  }

  /** Applies an input before it returns when the clock is at rest; otherwise as soon as it is. */
  #atOnce(input: Input): void {
    if (!this.#busy) this.#apply(input)
    else void this.#inTurn(() => this.#apply(input))
    void this.#inTurn(() => this.cluster.clock.settle())
  }

  #apply(input: Input): void {
    this.#copy = undefined
    this.#inputs.push({ at: this.now, input })
    const { workstation } = this
    switch (input.type) {
      case 'terminal':
        workstation.input(input.terminal, withoutPrompts(input.data))
        break
      case 'command': {
        // Clears a half-typed line first: Ctrl-E, Ctrl-U.
        const clear = workstation.state(input.terminal).idle ? '\x05\x15' : ''
        workstation.input(input.terminal, `${clear}${input.line.replace(/\n?$/, '\r')}`)
        break
      }
      case 'resize':
        workstation.resize(input.terminal, input.columns, input.rows)
        break
      case 'open':
        this.#terminals = Math.max(this.#terminals, input.terminal + 1)
        workstation.openTerminal(input.terminal, input.columns, input.rows)
        break
      case 'close':
        workstation.closeTerminal(input.terminal)
        break
      case 'file':
        this.#editor.save(input.path, input.text)
        break
      case 'edited':
        this.#editor.answer(input.request, input.text)
        break
      case 'preview': {
        const shown = this.#shown
        this.#shown = undefined
        workstation.get(input.port, input.path, answer => shown?.(answer))
        break
      }
      case 'fault': {
        const problem = this.#fault(input.command)
        if (problem) throw new Error(problem)
      }
    }
  }

  #fault(command: string): string | undefined {
    const problem = applyFault(this.cluster, command)
    if (!problem) this.#faults.push(command.trim().replace(/\s+/g, ' '))
    return problem
  }

  #print(terminal: number, data: string): void {
    let printed = this.#printed.get(terminal)
    if (!printed) this.#printed.set(terminal, (printed = new Hash()))
    printed.add(data)
    for (const handler of this.#outputs) handler(terminal, data)
  }

  #noteChange(): void {
    if (this.#changed || !this.#changes.length) return
    this.#changed = true
    this.cluster.clock.soon(() => {
      this.#changed = false
      for (const handler of this.#changes) handler()
    })
  }

  #checkWorld(): CheckWorld {
    return checkWorldOf({
      cluster: this.cluster,
      versions: this.#versions!,
      commands: this.#commands,
      faults: this.#faults,
      files: this.files(),
      http: url => this.#tryHttp(url),
    })
  }

  /**
   * A request changes a cluster (connections, access logs), so checks ask a copy: this session's record played again. The copy
   * serves further requests as long as nothing happens here; a request that timed out has moved the copy's clock by seconds, and
   * the next one gets a fresh copy. A session with real processes cannot be copied and is asked itself.
   */
  async #tryHttp(url: string): Promise<HttpAnswer> {
    const session: LiveSession = this.#real ? this : await (this.#copy ??= this.#replay())
    const { cluster } = session
    const node =
      this.#nodes.find(name => name !== 'control-plane' && cluster.kubelets.get(name)?.isPowered) ?? this.#nodes[0]!
    const { httpGet } = await import('./checks/http-get.ts')
    const answer = await httpGet(cluster.clock, cluster.network, node, url, this.#real?.pause)
    if (session.now - this.now >= STALE_MS) this.#copy = undefined
    return answer
  }
}
