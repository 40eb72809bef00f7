/**
 * The probes of one Pod. Each probe has its own beat, counted from when the Pod's containers were first to be started;
 * a timer exists only while a run is there to be probed.
 */
import type { Timer } from '../../clock/clock.ts'
import type { NodeContext } from '../node-context.ts'
import type { ProbeResults } from '../pods/actions.ts'
import type { Instance } from '../pods/instances.ts'
import type { ReadinessView } from '../status/status.ts'
import { type Running, run } from '../task.ts'
import type { ContainerKind, ContainerSpec, ContainerStatus, Pod, ProbeSpec } from '../types.ts'
import { initContainersOf, isRestartableInit } from '../types.ts'
import type { HttpProbe } from './http.ts'
import { runProbe } from './probe.ts'

type ProbeType = 'Liveness' | 'Readiness' | 'Startup'

interface Worker extends HttpProbe {
  type: ProbeType
  kind: ContainerKind
  container: ContainerSpec
  /** From where the beats are counted. */
  origin: number
  /** The run that is probed. */
  target?: Instance
  timer?: Timer | undefined
  probing?: Running | undefined
  /** A verdict has been given; nothing to do until there is another run. */
  onHold: boolean
  last?: boolean
  inARow: number
  /** What the probe has agreed on for the present run. */
  result?: boolean | undefined
}

export interface ProbeOwner {
  readonly pod: Pod
  podIP(): string
  latest(name: string): Instance | undefined
  /** Whether the container counts as started, by the last status. */
  hasStarted(name: string): boolean
  changed(): void
}

export class ProbeManager implements ProbeResults, ReadinessView {
  readonly #node: NodeContext
  readonly #owner: ProbeOwner
  readonly #workers: Worker[] = []
  #stopped: readonly ProbeType[] = []

  constructor(node: NodeContext, owner: ProbeOwner) {
    this.#node = node
    this.#owner = owner
  }

  /** From now on the Pod is probed. */
  start(pod: Pod): void {
    if (this.#workers.length) return
    for (const container of initContainersOf(pod)) if (isRestartableInit(container)) this.#startAll('init', container)
    for (const container of pod.spec.containers) this.#startAll('container', container)
  }

  #startAll(kind: ContainerKind, container: ContainerSpec): void {
    const { startupProbe, readinessProbe, livenessProbe } = container
    if (startupProbe) this.#startOne('Startup', kind, container, startupProbe)
    if (readinessProbe) this.#startOne('Readiness', kind, container, readinessProbe)
    if (livenessProbe) this.#startOne('Liveness', kind, container, livenessProbe)
  }

  #startOne(type: ProbeType, kind: ContainerKind, container: ContainerSpec, probe: ProbeSpec): void {
    const origin = this.#node.clock.now()
    this.#workers.push({ type, kind, container, probe, origin, onHold: false, inARow: 0 })
  }

  liveness(id: string): boolean | undefined {
    return this.#resultOf('Liveness', id)
  }

  startup(id: string): boolean | undefined {
    return this.#resultOf('Startup', id)
  }

  started(status: ContainerStatus): boolean {
    if (!status.state?.running) return false
    const worker = this.#worker('Startup', status.name)
    return !worker || this.#resultOf('Startup', status.containerID ?? '') === true
  }

  ready(status: ContainerStatus): boolean {
    const worker = this.#worker('Readiness', status.name)
    return !worker || this.#resultOf('Readiness', status.containerID ?? '') === true
  }

  /** Called after each status: new runs are taken up, and what is not ready yet is looked at without waiting for the beat. */
  observe(): void {
    for (const worker of this.#workers) {
      if (this.#stopped.includes(worker.type)) continue
      const current = this.#owner.latest(worker.container.name)
      if (current !== worker.target) this.#take(worker, current)
      if (worker.target?.state !== 'running') {
        this.#pause(worker)
        continue
      }
      const impatient = worker.type === 'Readiness' && worker.result !== true && this.#mayProbe(worker)
      if (impatient && !worker.probing) {
        worker.origin = this.#node.clock.now()
        this.#pause(worker)
        if (worker.origin >= this.#earliest(worker)) {
          this.#probe(worker)
          continue
        }
      }
      this.#schedule(worker)
    }
  }

  /** A Pod that is going away is not restarted by its probes; readiness is still looked at. */
  stopLivenessAndStartup(): void {
    this.#stop(['Liveness', 'Startup'])
  }

  stop(): void {
    this.#stop(['Liveness', 'Startup', 'Readiness'])
  }

  #stop(types: readonly ProbeType[]): void {
    this.#stopped = [...this.#stopped, ...types]
    for (const worker of this.#workers) if (this.#stopped.includes(worker.type)) this.#pause(worker, true)
  }

  #worker(type: ProbeType, name: string): Worker | undefined {
    return this.#workers.find(w => w.type === type && w.container.name === name)
  }

  #resultOf(type: ProbeType, id: string): boolean | undefined {
    const worker = this.#workers.find(w => w.type === type && w.target?.id === id)
    // A liveness probe that has not failed counts as good; there is nothing to restart yet.
    return worker?.result
  }

  #take(worker: Worker, target: Instance | undefined): void {
    this.#pause(worker, true)
    if (target) worker.target = target
    else delete worker.target
    worker.onHold = false
    worker.inARow = 0
    delete worker.last
    worker.http = undefined
    worker.result = worker.type === 'Liveness' ? true : worker.type === 'Readiness' ? false : undefined
  }

  #pause(worker: Worker, breakOff = false): void {
    this.#node.clock.cancel(worker.timer)
    worker.timer = undefined
    if (!breakOff) return
    worker.probing?.cancel()
    worker.probing = undefined
  }

  #earliest({ target, probe }: Worker): number {
    return Math.floor((target?.startedAt ?? 0) / 1000) * 1000 + (probe.initialDelaySeconds ?? 0) * 1000
  }

  /** Other probes wait for the startup probe, which itself ends once the container has started. */
  #mayProbe({ type, container }: Worker): boolean {
    const started = this.#owner.hasStarted(container.name)
    return type === 'Startup' ? !started : started
  }

  #schedule(worker: Worker): void {
    if (worker.timer || worker.probing || worker.onHold || !this.#mayProbe(worker)) return
    const { clock } = this.#node
    const period = (worker.probe.periodSeconds ?? 10) * 1000
    const from = Math.max(clock.now() + 1, this.#earliest(worker))
    const at = worker.origin + Math.ceil((from - worker.origin) / period) * period
    worker.timer = clock.after(at - clock.now(), () => {
      worker.timer = undefined
      if (worker.target?.state === 'running' && !worker.onHold && this.#mayProbe(worker)) this.#probe(worker)
    })
  }

  #probe(worker: Worker): void {
    const target = worker.target!
    const { clock } = this.#node
    let done = false
    const probing = run(
      clock,
      runProbe(this.#node, target, this.#owner.podIP(), worker),
      ({ result, output, error }) => {
        done = true
        worker.probing = undefined
        if (worker.target !== target) return
        const event = (reason: string, message: string): void =>
          this.#node.containerEvent(this.#owner.pod, worker.kind, target.name, 'Warning', reason, message)
        if (result === 'unknown')
          event('Unhealthy', `${worker.type} probe errored and resulted in unknown state: ${error}`)
        else {
          if (result === 'failure') event('Unhealthy', `${worker.type} probe failed: ${output}`)
          if (result === 'warning') event('ProbeWarning', `${worker.type} probe warning: ${output}`)
          this.#judge(worker, result !== 'failure')
        }
        if (target.state === 'running') this.#schedule(worker)
      },
    )
    if (!done) worker.probing = probing
  }

  #judge(worker: Worker, good: boolean): void {
    worker.inARow = worker.last === good ? worker.inARow + 1 : 1
    worker.last = good
    const threshold = good ? (worker.probe.successThreshold ?? 1) : (worker.probe.failureThreshold ?? 3)
    if (worker.inARow < threshold) return
    const changed = worker.result !== good
    worker.result = good
    if ((worker.type === 'Liveness' && !good) || worker.type === 'Startup') {
      worker.onHold = true
      worker.inARow = 0
    }
    if (changed) this.#owner.changed()
  }
}
