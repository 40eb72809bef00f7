/** Keeps the Pods of a StatefulSet, each with a name and claims of its own, in order. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { statefulSet as setKind } from '../../api/kinds/statefulset.ts'
import { isAlreadyExists, isNotFound, StatusError } from '../../api/status.ts'
import type { Pod, StatefulSet } from '../../api/types.ts'
import { unlessZero } from '../conditions.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'
import { scaled } from '../intstr.ts'
import { claim, watchOrphans } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { isAvailable, isFinished, isReady, isTerminating, nextAvailability } from '../pods.ts'
import { type History, OF_STATEFUL_SETS, syncHistory, templateOf, truncateHistory } from '../templates/history.ts'
import { claimsAreStale, createClaims, ownClaims } from './claims.ts'
import { identified, newPod, ordinalOf, podName, revisionOf, startOrdinal } from './pods.ts'

export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  for: setKind,
  owns: [podKind],
  watches: [watchOrphans(podKind, setKind, set => set.spec.selector)],
  reconcile,
}

const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isReady(pod)

function reconcile({ namespace, name }: Key, context: ControllerContext): Result | undefined {
  const { client, clock } = context
  const set = client.find(setKind, namespace, name)
  if (!set) return
  const pods = claim(client, podKind, setKind, set, set.spec.selector, {
    wanted: pod => ordinalOf(set, pod) >= 0,
  })
  const history = syncHistory(context, setKind, set, set.status.collisionCount, OF_STATEFUL_SETS)
  const sync = new Sync(context, set, pods, history)
  let failure: unknown
  try {
    if (!set.metadata.deletionTimestamp) sync.run()
  } catch (error) {
    failure = error
  }
  sync.writeStatus()
  truncateHistory(context, set, history, new Set([...sync.pods().map(revisionOf), sync.currentRevision]))
  if (failure) throw failure
  const wait = nextAvailability(sync.pods(), set.spec.minReadySeconds ?? 0, clock.now())
  return wait === undefined ? undefined : { requeueAfter: wait }
}

class Sync {
  readonly context: ControllerContext
  readonly set: StatefulSet
  readonly history: History
  readonly updateRevision: string
  readonly currentRevision: string
  readonly #byOrdinal: Map<number, Pod>
  /** As they were found: what this look makes of them is counted by the next one, which its writes cause. */
  readonly #found: readonly Pod[]
  /** How many of another revision were told to go, which do not count as current any more. */
  #replaced = 0

  constructor(context: ControllerContext, set: StatefulSet, pods: readonly Pod[], history: History) {
    this.context = context
    this.set = set
    this.history = history
    this.updateRevision = history.present.metadata.name
    const known = history.revisions.some(r => r.metadata.name === set.status.currentRevision)
    this.currentRevision = known ? set.status.currentRevision! : this.updateRevision
    this.#found = pods
    this.#byOrdinal = new Map(pods.map(pod => [ordinalOf(set, pod), pod]))
  }

  /** As they are now. */
  pods(): Pod[] {
    return [...this.#byOrdinal.entries()].sort(([a], [b]) => a - b).map(([, pod]) => pod)
  }

  get #ordered(): boolean {
    return this.set.spec.podManagementPolicy !== 'Parallel'
  }

  #isAvailable(pod: Pod | undefined): boolean {
    return (
      Boolean(pod) &&
      pod!.status.phase === 'Running' &&
      isAvailable(pod!, this.set.spec.minReadySeconds ?? 0, this.context.clock.now())
    )
  }

  #isUnavailable(pod: Pod | undefined): boolean {
    return !this.#isAvailable(pod) || isTerminating(pod!)
  }

  run(): void {
    const start = startOrdinal(this.set)
    const end = start + this.set.spec.replicas!
    for (let ordinal = start; ordinal < end; ordinal++) {
      if (this.#replica(ordinal) && this.#ordered) return
    }
    const condemned = [...this.#byOrdinal.keys()].filter(o => o < start || o >= end).sort((a, b) => b - a)
    for (const ordinal of condemned) ownClaims(this.context, this.set, ordinal, this.#byOrdinal.get(ordinal)!)
    const firstSick = this.#firstUnavailable(start, end, condemned)
    for (const ordinal of condemned) {
      if (this.#condemned(ordinal, firstSick) && this.#ordered) return
    }
    if (this.set.spec.updateStrategy?.type !== 'OnDelete') this.#update(start, end)
  }

  #firstUnavailable(start: number, end: number, condemned: readonly number[]): number | undefined {
    for (let ordinal = start; ordinal < end; ordinal++)
      if (this.#isUnavailable(this.#byOrdinal.get(ordinal))) return ordinal
    return [...condemned].reverse().find(ordinal => this.#isUnavailable(this.#byOrdinal.get(ordinal)))
  }

  /** Sees to one Pod that should be there. @returns whether those after it have to wait */
  #replica(ordinal: number): boolean {
    const pod = this.#byOrdinal.get(ordinal)
    if (pod && isFinished(pod)) {
      if (!isTerminating(pod)) this.#delete(ordinal, pod)
      return true
    }
    if (!pod) {
      if (!claimsAreStale(this.context, this.set, ordinal)) this.#create(ordinal)
      return true
    }
    if (pod.status.phase === 'Pending') {
      createClaims(this.context, this.set, ordinal)
      ownClaims(this.context, this.set, ordinal, pod)
    }
    if (isTerminating(pod) || !isRunningAndReady(pod) || !this.#isAvailable(pod)) {
      if (this.#ordered) return true
    }
    this.#identify(ordinal, pod)
    return false
  }

  /** Gives a Pod that was found what marks the set's own, and its claims their owners. */
  #identify(ordinal: number, pod: Pod): void {
    const marked = identified(this.set, ordinal, pod)
    const claimsChanged = ownClaims(this.context, this.set, ordinal, pod)
    if (!marked && !claimsChanged) return
    try {
      if (marked) this.#byOrdinal.set(ordinal, this.context.client.update(podKind, marked))
    } catch (error) {
      this.#failed('Update', ordinal, error)
    }
    this.#succeeded('Update', ordinal)
  }

  #succeeded(verb: 'Create' | 'Update' | 'Delete', ordinal: number): void {
    const text = `${verb} Pod ${podName(this.set, ordinal)} in StatefulSet ${this.set.metadata.name} successful`
    this.context.events.event(this.set, 'Normal', `Successful${verb}`, text)
  }

  /** @throws what went wrong, after an event that says it */
  #failed(verb: 'Create' | 'Update' | 'Delete', ordinal: number, error: unknown): never {
    // That a Pod of another has the name is not said.
    const unsaid = verb === 'Create' && isAlreadyExists(error)
    if (error instanceof StatusError && !unsaid && !isNamespaceTerminating(error)) {
      const head = `${verb} Pod ${podName(this.set, ordinal)} in StatefulSet ${this.set.metadata.name}`
      this.context.events.event(this.set, 'Warning', `Failed${verb}`, `${head} failed error: ${error.message}`)
    }
    throw error
  }

  #condemned(ordinal: number, firstSick: number | undefined): boolean {
    const pod = this.#byOrdinal.get(ordinal)!
    if (isTerminating(pod)) return true
    if (this.#ordered && !this.#isAvailable(pod) && ordinal !== firstSick) return true
    this.#delete(ordinal, pod)
    return true
  }

  /** Replaces Pods of another revision, the last first: one by one, or as many at once as may be unavailable. */
  #update(start: number, end: number): void {
    const { partition = 0, maxUnavailable } = this.set.spec.updateStrategy?.rollingUpdate ?? {}
    if (maxUnavailable !== undefined) {
      this.#updateSeveral(start, end, partition, maxUnavailable)
      return
    }
    for (let ordinal = end - 1; ordinal >= start + partition; ordinal--) {
      const pod = this.#byOrdinal.get(ordinal)
      if (pod && !isTerminating(pod) && revisionOf(pod) !== this.updateRevision) {
        this.#delete(ordinal, pod)
        this.#replaced++
        return
      }
      if (this.#isUnavailable(pod)) return
    }
  }

  /** What is unavailable already counts, whatever its revision. */
  #updateSeveral(start: number, end: number, partition: number, maxUnavailable: number | string): void {
    let allowed = Math.max(1, scaled(maxUnavailable, this.set.spec.replicas!, true))
    for (let ordinal = start; ordinal < end; ordinal++) if (this.#isUnavailable(this.#byOrdinal.get(ordinal))) allowed--
    for (let ordinal = end - 1; ordinal >= start + partition && allowed > 0; ordinal--) {
      const pod = this.#byOrdinal.get(ordinal)
      if (!pod || isTerminating(pod) || revisionOf(pod) === this.updateRevision) continue
      this.#delete(ordinal, pod)
      this.#replaced++
      allowed--
    }
  }

  #create(ordinal: number): void {
    const old = this.history.revisions.find(r => r.metadata.name === this.currentRevision)
    const template = this.#staysBehind(ordinal) && old ? templateOf(old) : this.set.spec.template
    const revision = this.#staysBehind(ordinal) ? this.currentRevision : this.updateRevision
    let pod: Pod
    try {
      createClaims(this.context, this.set, ordinal)
      pod = this.context.client.create(podKind, newPod(this.set, template, revision, ordinal))
    } catch (error) {
      this.#failed('Create', ordinal, error)
    }
    this.#byOrdinal.set(ordinal, pod)
    ownClaims(this.context, this.set, ordinal, pod)
    this.#succeeded('Create', ordinal)
  }

  /** A Pod below the partition comes back as it was. */
  #staysBehind(ordinal: number): boolean {
    const { type, rollingUpdate } = this.set.spec.updateStrategy ?? {}
    if (type === 'OnDelete') return false
    const start = startOrdinal(this.set)
    return ordinal < start + (rollingUpdate?.partition ?? (rollingUpdate ? 0 : (this.set.status.currentReplicas ?? 0)))
  }

  #delete(ordinal: number, pod: Pod): void {
    const { client } = this.context
    const { namespace = '', name } = pod.metadata
    try {
      client.delete(podKind, namespace, name)
    } catch (error) {
      if (!isNotFound(error)) this.#failed('Delete', ordinal, error)
    }
    this.#succeeded('Delete', ordinal)
    const now = client.find(podKind, namespace, name)
    if (now) this.#byOrdinal.set(ordinal, now)
    else this.#byOrdinal.delete(ordinal)
  }

  writeStatus(): void {
    const pods = this.#found
    const { replicas, updateStrategy } = this.set.spec
    const living = pods.filter(pod => !isTerminating(pod))
    const ofRevision = (revision: string): number => living.filter(pod => revisionOf(pod) === revision).length
    const ready = pods.filter(isRunningAndReady).length
    const updated = ofRevision(this.updateRevision)
    let current = ofRevision(this.currentRevision) - this.#replaced
    let currentRevision = this.currentRevision
    const rolling = updateStrategy?.type !== 'OnDelete'
    if (rolling && [updated, ready, pods.length].every(count => count === replicas)) {
      current = updated
      currentRevision = this.updateRevision
    }
    this.context.client.updateStatus(setKind, {
      ...this.set,
      status: {
        observedGeneration: this.set.metadata.generation ?? 0,
        replicas: pods.length,
        ...unlessZero('readyReplicas', ready),
        ...unlessZero('currentReplicas', current),
        ...unlessZero('updatedReplicas', updated),
        currentRevision,
        updateRevision: this.updateRevision,
        collisionCount: this.history.collisions,
        availableReplicas: pods.filter(pod => this.#isAvailable(pod)).length,
        ...(this.set.status.conditions && { conditions: this.set.status.conditions }),
      },
    })
  }
}
