/** Allocation of the node's resources: which Pods it takes, and whether a Pod that is there may have more. */
import { qosClass } from '../../api/kinds/pod/qos.ts'
import type { Missing } from '../eviction/preemption.ts'
import { life } from '../life-part.ts'
import type { NodeReporter } from '../node/node-reporter.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import { foreignConditions } from '../status/status.ts'
import type { Running } from '../task.ts'
import type { ContainerSpec, Pod, PodStatus, Refusal } from '../types.ts'
import { isTerminalPhase } from '../types.ts'
import type { Objection } from './admission.ts'

export interface AllocationHost {
  readonly node: NodeContext
  readonly reporter: NodeReporter
  /** By Pod uid. */
  readonly workers: ReadonlyMap<string, PodWorker>
  readonly isRunning: boolean
  writeStatus(pod: Pod, status: PodStatus): void
}

export class Allocation {
  readonly #host: AllocationHost
  #makingRoom = false
  /** Others are being put out for that Pod. */
  #room: Running | undefined
  /** Those who have come while room is being made for another Pod. */
  #waiting: PodWorker[] = []

  constructor(host: AllocationHost) {
    this.#host = host
  }

  /** The Pod's life begins, at once or when others have made room for it, or it is refused. */
  admit(worker: PodWorker): void {
    if (!this.#isWanted(worker)) return
    if (this.#makingRoom) {
      this.#waiting.push(worker)
      return
    }
    const { pod } = worker
    const known =
      worker.runtime.instances.length > 0 || isTerminalPhase(pod.status.phase) || pod.metadata.deletionTimestamp
    const refusal = known ? undefined : this.#refusal(worker)
    if (!refusal) worker.accept()
    else if (refusal.missing.length && life.now.isCritical(pod)) this.#makeRoom(worker, refusal.missing)
    else this.#reject(worker, refusal)
  }

  /** The kubelet's process ends. */
  stop(): void {
    this.#room?.cancel()
    this.#room = undefined
    this.#makingRoom = false
    this.#waiting = []
  }

  /** Why a Pod cannot have the resources that its containers want now. */
  resizeRefusal(worker: PodWorker, wanted: readonly ContainerSpec[]): Refusal | undefined {
    return life.now.resizeRefusal(worker.pod, wanted, this.#others(worker), this.#host.node.allocatable)
  }

  #isWanted(worker: PodWorker): boolean {
    return this.#host.isRunning && this.#host.workers.get(worker.pod.metadata.uid) === worker
  }

  #refusal(worker: PodWorker): Objection | undefined {
    const { pod } = worker
    const { node, reporter } = this.#host
    const { pressures } = reporter
    if (life.now.refusedUnderPressure(pod, pressures))
      return { reason: 'Evicted', message: `The node had condition: [${pressures.join(' ')}]. `, missing: [] }
    return life.now.admit(pod, this.#others(worker), reporter.node, node.allocatable)
  }

  /** Puts out others for a critical Pod, and takes it when they have gone; until then nobody else is taken. */
  #makeRoom(worker: PodWorker, missing: readonly Missing[]): void {
    const { node, workers } = this.#host
    this.#makingRoom = true
    this.#room = life.now.makeRoom({
      node,
      pod: worker.pod,
      missing,
      others: this.#others(worker).map(pod => workers.get(pod.metadata.uid)!),
      isWanted: () => this.#isWanted(worker),
      take: () => worker.accept(),
      refuse: refusal => this.#reject(worker, refusal),
      done: () => {
        this.#makingRoom = false
        const waiting = this.#waiting
        this.#waiting = []
        for (const next of waiting) this.admit(next)
      },
    })
  }

  /** Pods that hold resources of the node, with what they hold: those that have been taken before this one. */
  #others(worker: PodWorker): Pod[] {
    const others: Pod[] = []
    for (const other of this.#host.workers.values()) {
      const holds = other.stage === 'syncing' || other.stage === 'terminating'
      // One that was taken at this instant has no status yet; one of a kubelet before this one is taken anew.
      const taken = other.isAccepted || other.pod.status.startTime
      if (other !== worker && holds && taken && !isTerminalPhase(other.pod.status.phase)) {
        others.push(other.resize.allocatedPod(other.pod))
      }
    }
    return others
  }

  #reject(worker: PodWorker, { reason, message }: Refusal): void {
    const { pod } = worker
    const { node } = this.#host
    node.podEvent(pod, 'Warning', reason, message)
    const foreign = foreignConditions(pod.status)
    worker.refuse()
    this.#host.writeStatus(pod, {
      ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
      phase: 'Failed',
      ...(foreign.length && { conditions: foreign }),
      reason,
      message: `Pod was rejected: ${message}`,
      startTime: node.clock.timestamp(),
      qosClass: qosClass(pod.spec),
    } as PodStatus)
  }
}
