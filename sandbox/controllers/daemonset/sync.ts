/** One reconciliation of a DaemonSet: a daemon on each of its nodes, none elsewhere, and old ones made new a few at a time. */
import { daemonSet as setKind } from '../../api/kinds/daemonset.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { DaemonSet, Node, Pod } from '../../api/types.ts'
import { unlessZero } from '../conditions.ts'
import type { ControllerContext } from '../controller.ts'
import { scaled } from '../intstr.ts'
import { claim } from '../owners.ts'
import { createPod, deletePod } from '../podcontrol.ts'
import { isAvailable, isFinished, isReady, isTerminating } from '../pods.ts'
import { REVISION_HASH } from '../templates/history.ts'
import { daemonPod } from './new-pod.ts'
import { nodeOf, placeOn } from './placement.ts'

const BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 15 * 60_000

/** How often a daemon has failed on a node, and when last, by the set's uid and the node's name. */
export type Failures = Map<string, { count: number; at: number }>

export class Sync {
  readonly #context: ControllerContext
  readonly #set: DaemonSet
  readonly #hash: string
  readonly #failures: Failures
  readonly #nodes: readonly Node[]
  retryIn: number | undefined

  constructor(context: ControllerContext, set: DaemonSet, hash: string, failures: Failures) {
    this.#context = context
    this.#set = set
    this.#hash = hash
    this.#failures = failures
    this.#nodes = context.client.list(nodeKind)
  }

  pods(): readonly Pod[] {
    return claim(this.#context.client, podKind, setKind, this.#set, this.#set.spec.selector)
  }

  /** Without what has ended and is being deleted: nothing is left to be done about it, and another may take its place. */
  #byNode(): Map<string, Pod[]> {
    const byNode = new Map<string, Pod[]>()
    for (const pod of this.pods()) {
      if (isFinished(pod) && isTerminating(pod)) continue
      const node = nodeOf(pod)
      if (node !== undefined) byNode.set(node, [...(byNode.get(node) ?? []), pod])
    }
    return byNode
  }

  get #surge(): number {
    return this.#rolling
      ? scaled(this.#set.spec.updateStrategy?.rollingUpdate?.maxSurge, this.#desired().length, true)
      : 0
  }

  get #rolling(): boolean {
    return this.#set.spec.updateStrategy?.type !== 'OnDelete'
  }

  #desired(): Node[] {
    return this.#nodes.filter(node => placeOn(this.#set, node).run)
  }

  run(): void {
    this.#manage()
    if (this.#rolling) this.#roll()
  }

  #manage(): void {
    const byNode = this.#byNode()
    for (const node of this.#nodes) {
      const pods = byNode.get(node.metadata.name)
      const { run, stay } = placeOn(this.#set, node)
      if (run && !pods) this.#create(node.metadata.name)
      else if (stay) this.#tidy(node.metadata.name, pods ?? [], run)
      else for (const pod of pods ?? []) if (!isTerminating(pod)) this.#delete(pod)
    }
    // Daemons that were bound for a node that is gone would wait for ever.
    const names = new Set(this.#nodes.map(n => n.metadata.name))
    for (const [name, pods] of byNode) {
      if (names.has(name)) continue
      for (const pod of pods) if (!pod.spec.nodeName && !isTerminating(pod)) this.#delete(pod)
    }
  }

  /** Removes what has ended and what is too many on one node. */
  #tidy(node: string, pods: readonly Pod[], run: boolean): void {
    const { events } = this.#context
    const running: Pod[] = []
    for (const pod of pods) {
      if (isTerminating(pod)) continue
      const { namespace, name } = pod.metadata
      if (pod.status.phase === 'Failed') {
        if (this.#backsOff(node)) continue
        events.event(
          this.#set,
          'Warning',
          'FailedDaemonPod',
          `Found failed daemon pod ${namespace}/${name} on node ${node}, will try to kill it`,
        )
        this.#delete(pod)
      } else if (pod.status.phase === 'Succeeded') {
        events.event(
          this.#set,
          'Normal',
          'SucceededDaemonPod',
          `Found succeeded daemon pod ${namespace}/${name} on node ${node}, will try to delete it`,
        )
        this.#delete(pod)
      } else running.push(pod)
    }
    running.sort(boundAndOldestFirst)
    if (!this.#surge) {
      for (const pod of running.slice(1)) this.#delete(pod)
      return
    }
    if (!running.length && run) this.#create(node)
    const [fresh, ...moreFresh] = running.filter(pod => this.#isNew(pod))
    const [stale, ...moreStale] = running.filter(pod => !this.#isNew(pod))
    for (const pod of [...moreFresh, ...moreStale]) this.#delete(pod)
    if (fresh && stale && (!isReady(stale) || this.#isAvailable(fresh))) this.#delete(stale)
  }

  #backsOff(node: string): boolean {
    const key = `${this.#set.metadata.uid}/${node}`
    const now = this.#context.clock.now()
    const last = this.#failures.get(key)
    const pause = last ? Math.min(BACKOFF_MS * 2 ** (last.count - 1), MAX_BACKOFF_MS) : 0
    if (last && now < last.at + pause) {
      const left = last.at + pause - now
      this.retryIn = Math.min(this.retryIn ?? left, left)
      return true
    }
    this.#failures.set(key, { count: last && now - last.at < 2 * MAX_BACKOFF_MS ? last.count + 1 : 1, at: now })
    return false
  }

  #isNew(pod: Pod): boolean {
    return pod.metadata.labels?.[REVISION_HASH] === this.#hash
  }

  #isAvailable(pod: Pod): boolean {
    return isAvailable(pod, this.#set.spec.minReadySeconds ?? 0, this.#context.clock.now())
  }

  #roll(): void {
    const desired = this.#desired().length
    const { maxUnavailable = 1 } = this.#set.spec.updateStrategy?.rollingUpdate ?? {}
    const surge = this.#surge
    if (surge > 0) this.#rollBySurge(surge)
    else this.#rollInPlace(Math.max(1, scaled(maxUnavailable, desired, true)))
  }

  #rollInPlace(maxUnavailable: number): void {
    let unavailable = 0
    const useless: Pod[] = []
    const candidates: Pod[] = []
    for (const pods of this.#byNode().values()) {
      const living = pods.filter(pod => !isTerminating(pod))
      const [pod] = living
      if (living.length !== 1 || !pod) unavailable++
      else if (this.#isNew(pod)) unavailable += Number(!this.#isAvailable(pod))
      else if (this.#isAvailable(pod)) candidates.push(pod)
      else {
        useless.push(pod)
        unavailable++
      }
    }
    for (const pod of [...useless, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))]) this.#delete(pod)
  }

  #rollBySurge(maxSurge: number): void {
    let surging = 0
    const now: string[] = []
    const candidates: string[] = []
    for (const [node, pods] of this.#byNode()) {
      const living = pods.filter(pod => !isTerminating(pod))
      const fresh = living.find(pod => this.#isNew(pod))
      const stale = living.find(pod => !this.#isNew(pod))
      if (!stale) continue
      if (!fresh) (this.#isAvailable(stale) ? candidates : now).push(node)
      else if (this.#isAvailable(fresh)) this.#delete(stale)
      else surging++
    }
    for (const node of [...now, ...candidates.slice(0, Math.max(0, maxSurge - surging))]) this.#create(node)
  }

  #create(node: string): void {
    createPod(this.#context, this.#set, daemonPod(this.#set, node, this.#hash))
  }

  #delete(pod: Pod): void {
    deletePod(this.#context, this.#set, pod)
  }

  writeStatus(collisionCount: number): void {
    const byNode = this.#byNode()
    let [desired, current, misscheduled, ready, updated, available] = [0, 0, 0, 0, 0, 0]
    for (const node of this.#nodes) {
      const pods = (byNode.get(node.metadata.name) ?? []).sort(boundAndOldestFirst)
      if (!placeOn(this.#set, node).run) {
        if (pods.length) misscheduled++
        continue
      }
      desired++
      const [pod] = pods
      if (!pod) continue
      current++
      if (isReady(pod)) ready++
      if (this.#isAvailable(pod)) available++
      if (this.#isNew(pod)) updated++
    }
    this.#context.client.updateStatus(setKind, {
      ...this.#set,
      status: {
        currentNumberScheduled: current,
        numberMisscheduled: misscheduled,
        desiredNumberScheduled: desired,
        numberReady: ready,
        observedGeneration: this.#set.metadata.generation ?? 0,
        ...unlessZero('updatedNumberScheduled', updated),
        ...unlessZero('numberAvailable', available),
        ...unlessZero('numberUnavailable', desired - available),
        ...(collisionCount && { collisionCount }),
        ...(this.#set.status.conditions && { conditions: this.#set.status.conditions }),
      },
    })
  }
}

const boundAndOldestFirst = (a: Pod, b: Pod): number => {
  const bound = Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName))
  if (bound) return bound
  const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp]
  return x < y ? -1 : x > y ? 1 : a.metadata.name < b.metadata.name ? -1 : 1
}
