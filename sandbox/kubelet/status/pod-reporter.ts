/** Reports of a Pod's status to the API: the status at each sync, and as much of it as may be published yet. */
import { deepEqual as equal } from '../../api/formats/json.ts'
import type { NodeContext } from '../node-context.ts'
import { Deadline, EXCEEDED } from '../pods/deadline.ts'
import type { Instance, PodRuntime } from '../pods/instances.ts'
import type { Eviction } from '../pods/worker-host.ts'
import type { ProbeManager } from '../probes/manager.ts'
import type { PodResize } from '../resources/resize.ts'
import { type ContainerSpec, type ContainerStatus, named, type Pod, type PodStatus, type Refusal } from '../types.ts'
import { podReadyToStartContainers, withCondition } from './conditions.ts'
import { podStatus, shouldAllContainersRestart, withoutEnd } from './status.ts'
import { terminatePod } from './terminate.ts'

export interface PodReporterOptions {
  node: NodeContext
  runtime: PodRuntime
  resize: PodResize
  probes: ProbeManager
  /** Why containers did not start, by name. */
  reasons: Map<string, Refusal>
  /** Asks for another look, when the Pod's time is up. */
  wake(): void
  write(pod: Pod, status: PodStatus): void
}

/** What the worker knows of its Pod besides. */
export interface Standing {
  eviction: Eviction | undefined
  /** It is no longer in the API. */
  isGone: boolean
  /** Only its removal is left. */
  isTerminated: boolean
}

export class PodReporter {
  readonly #options: PodReporterOptions
  /** What the API was told last; it holds a terminal phase back. */
  #published: PodStatus | undefined
  #status: PodStatus | undefined
  /** Where the Pod has one. */
  #deadline: Deadline | undefined

  constructor(options: PodReporterOptions) {
    this.#options = options
  }

  /** What was last settled on; undefined before the first look. */
  get status(): PodStatus | undefined {
    return this.#status
  }

  container(pod: Pod, name: string): ContainerStatus | undefined {
    const { containerStatuses = [], initContainerStatuses = [] } = this.#status ?? pod.status
    return named(containerStatuses, name) ?? named(initContainerStatuses, name)
  }

  /** Whether somebody else has written the status since. */
  isOverwritten(pod: Pod, before: Pod): boolean {
    return this.#published !== undefined && pod.status !== before.status && !equal(pod.status, this.#published)
  }

  /** Makes the status anew and publishes it. A terminal phase is held back until nothing can run any more. */
  report(pod: Pod, { eviction, isGone, isTerminated }: Standing, podIsTerminal = false): PodStatus {
    const { node, runtime, resize, probes, reasons } = this.#options
    const past = this.#pastDeadline(pod)
    if (past) node.podEvent(pod, 'Normal', past.reason, past.message)
    // Once nothing runs, the exit codes have the last word: who ended well while being evicted has succeeded.
    const evicted = past ?? (podIsTerminal ? undefined : eviction)
    const input = {
      pod,
      runtime,
      reasons,
      old: this.#status ?? pod.status,
      restartingAll: false,
      resourcesOf: (instance: Instance) => resize.actual(instance),
      allocatedOf: (container: ContainerSpec) => resize.allocated(container),
      podIsTerminal,
      hostIP: node.ip,
      now: node.clock.timestamp(),
      probes,
      resizeConditions: resize.conditions(),
      evicted,
      disruption: eviction?.disruption,
    }
    input.restartingAll = shouldAllContainersRestart(pod, input)
    const made = podStatus(input)
    const status = isTerminated ? terminatePod(pod, made) : made
    this.#publish(pod, status, isTerminated ? status : withoutEnd(status, pod.status), isGone)
    probes.observe()
    return status
  }

  #publish(pod: Pod, status: PodStatus, published: PodStatus, isGone: boolean): void {
    this.#status = status
    this.#published = published
    if (!isGone && !equal(published, pod.status)) this.#options.write(pod, published)
  }

  /**
   * The sandbox has come up in the middle of a sync: of all that has changed, only this condition is told at once; addresses
   * and containers are told at the next look, however long the sync takes.
   */
  reportSandbox(pod: Pod, { isGone }: Standing): void {
    const before = this.#status ?? pod.status
    const now = this.#options.node.clock.timestamp()
    const ready = podReadyToStartContainers(true)
    const status = { ...before, conditions: withCondition(before.conditions, ready, pod.metadata.generation, now) }
    this.#publish(pod, status, withoutEnd(status, pod.status), isGone)
  }

  /** At each look a kubelet tells of a deadline that has passed, also where the status stays as it is. */
  repeatDeadline(pod: Pod): void {
    const { reason, message } = this.#status ?? {}
    if (reason === EXCEEDED.reason && message) this.#options.node.podEvent(pod, 'Normal', reason, message)
  }

  stop(): void {
    this.#deadline?.cancel()
  }

  #pastDeadline(pod: Pod): Refusal | undefined {
    if (pod.spec.activeDeadlineSeconds === undefined) return undefined
    const { node, wake } = this.#options
    this.#deadline ??= new Deadline(node.clock, wake)
    return this.#deadline.passed(pod, (this.#status ?? pod.status).startTime)
  }
}
