/** Keeps one Pod of a DaemonSet on every node that it is meant for. */
import { controllerRevision as revisionKind } from '../api/kinds/controllerrevision.ts'
import { daemonSet as setKind } from '../api/kinds/daemonset.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { requiredNodes } from '../api/node-selection.ts'
import { type Taint, type Toleration, tolerates } from '../api/taints.ts'
import type { DaemonSet, Node, Pod, Unsaved } from '../api/types.ts'
import { unlessZero } from './conditions.ts'
import { type Controller, type ControllerContext, type Key, keyOf, type Result, watch } from './controller.ts'
import {
  type History,
  hashOf,
  isSameTemplate,
  OF_DAEMON_SETS,
  REVISION_HASH,
  syncHistory,
  truncateHistory,
} from './history.ts'
import { scaled } from './intstr.ts'
import { claim, watchOrphans } from './owners.ts'
import { createPod, deletePod, podFromTemplate } from './podcontrol.ts'
import { isAvailable, isReady, isTerminating, nextAvailability } from './pods.ts'

const GENERATION = 'deprecated.daemonset.template.generation'
const POD_GENERATION = 'pod-template-generation'
const BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 15 * 60_000

/** What no daemon minds. */
const TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
]
const HOST_TOLERATION: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
}

const sameNode = (a: Node, b: Node): boolean =>
  a.metadata.labels === b.metadata.labels &&
  a.spec.taints === b.spec.taints &&
  a.spec.unschedulable === b.spec.unschedulable

/** Makes a controller; it remembers how often a daemon has failed on a node. */
export function daemonSetController(): Controller {
  const failures = new Map<string, { count: number; at: number }>()
  return {
    name: 'daemonset-controller',
    for: setKind,
    owns: [podKind],
    watches: [
      watchOrphans(podKind, setKind, set => set.spec.selector),
      // That a node is gone is seen by its Pods.
      watch(nodeKind, ({ type, object, old }, client) =>
        type === 'DELETED' || (old && sameNode(old, object)) ? [] : client.list(setKind).map(keyOf),
      ),
    ],
    reconcile: (key, context) => reconcile(key, context, failures),
  }
}

function reconcile(
  { namespace, name }: Key,
  context: ControllerContext,
  failures: Map<string, { count: number; at: number }>,
): Result | undefined {
  const { client, clock, events } = context
  const set = client.find(setKind, namespace, name)
  if (!set) return
  const { selector } = set.spec
  if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length) {
    events.event(
      set,
      'Warning',
      'SelectingAll',
      'This daemon set is selecting all pods. A non-empty selector is required.',
    )
    return
  }
  // Its history may be gone already, and with it what its Pods are of.
  if (set.metadata.deletionTimestamp) return
  const history = syncHistory(context, setKind, set as never, set.status.collisionCount, OF_DAEMON_SETS)
  const hash = hashOf(history.present)
  adoptDuplicates(context, set, history, hash)
  const sync = new Sync(context, set, hash, failures)
  let failure: unknown
  try {
    sync.run()
  } catch (error) {
    failure = error
  }
  const pods = sync.pods()
  const live = new Set(pods.map(pod => pod.metadata.labels?.[REVISION_HASH] ?? ''))
  truncateHistory(context, set as never, history, live, true)
  sync.writeStatus(history.collisions)
  if (failure) throw failure
  const wait = Math.min(
    sync.retryIn ?? Number.POSITIVE_INFINITY,
    nextAvailability(pods, set.spec.minReadySeconds ?? 0, clock.now()) ?? Number.POSITIVE_INFINITY,
  )
  return Number.isFinite(wait) ? { requeueAfter: wait } : undefined
}

/** Revisions that somebody else has made of the same template: their Pods count as the present one's, and they go. */
function adoptDuplicates({ client }: ControllerContext, set: DaemonSet, history: History, hash: string): void {
  const duplicates = history.revisions.filter(r => r !== history.present && isSameTemplate(r, history.present))
  if (!duplicates.length) return
  for (const pod of claim(client, podKind, setKind, set, set.spec.selector)) {
    const { namespace = '', name, labels } = pod.metadata
    if (labels?.[REVISION_HASH] !== hash && duplicates.some(r => hashOf(r) === labels?.[REVISION_HASH]))
      client.patch(podKind, namespace, name, { metadata: { labels: { [REVISION_HASH]: hash } } })
  }
  for (const { metadata } of duplicates) client.delete(revisionKind, metadata.namespace ?? '', metadata.name)
  history.revisions = history.revisions.filter(r => !duplicates.includes(r))
}

class Sync {
  readonly #context: ControllerContext
  readonly #set: DaemonSet
  readonly #hash: string
  readonly #failures: Map<string, { count: number; at: number }>
  readonly #nodes: readonly Node[]
  retryIn: number | undefined

  constructor(
    context: ControllerContext,
    set: DaemonSet,
    hash: string,
    failures: Map<string, { count: number; at: number }>,
  ) {
    this.#context = context
    this.#set = set
    this.#hash = hash
    this.#failures = failures
    this.#nodes = context.client.list(nodeKind)
  }

  pods(): readonly Pod[] {
    return claim(this.#context.client, podKind, setKind, this.#set, this.#set.spec.selector)
  }

  #byNode(): Map<string, Pod[]> {
    const byNode = new Map<string, Pod[]>()
    for (const pod of this.pods()) {
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

/** The node that a daemon is on, or was made for. */
function nodeOf({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  for (const term of terms ?? []) {
    const field = term.matchFields?.find(f => f.key === 'metadata.name' && f.operator === 'In')
    if (field?.values?.length === 1) return field.values[0]
  }
  return undefined
}

const tolerationsOf = (set: DaemonSet): Toleration[] => {
  const { spec } = set.spec.template
  const own = (spec?.tolerations ?? []) as Toleration[]
  const standard = spec?.hostNetwork ? [...TOLERATIONS, HOST_TOLERATION] : TOLERATIONS
  return [
    ...own,
    ...standard.filter(s => !own.some(o => o.key === s.key && o.effect === s.effect && o.operator === s.operator)),
  ]
}

/** Whether a daemon should be started on a node, and whether one that is there may stay. */
function placeOn(set: DaemonSet, node: Node): { run: boolean; stay: boolean } {
  const spec = set.spec.template.spec!
  const wanted = requiredNodes({ spec } as Pod)
  if ((spec.nodeName && spec.nodeName !== node.metadata.name) || (wanted && !wanted(node)))
    return { run: false, stay: false }
  const tolerations = tolerationsOf(set)
  const untolerated = ((node.spec.taints ?? []) as Taint[]).filter(
    t => t.effect !== 'PreferNoSchedule' && !tolerates(tolerations, t),
  )
  return { run: !untolerated.length, stay: !untolerated.some(t => t.effect === 'NoExecute') }
}

function daemonPod(set: DaemonSet, node: string, hash: string): Unsaved<Pod> {
  const draft = podFromTemplate(set.spec.template, set, setKind)
  const { affinity } = draft.spec
  const field = { key: 'metadata.name', operator: 'In', values: [node] }
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms?.length ? required.nodeSelectorTerms : [{}]
  const generation = set.metadata.annotations?.[GENERATION]
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      labels: { ...draft.metadata.labels, [REVISION_HASH]: hash, ...(generation && { [POD_GENERATION]: generation }) },
    },
    spec: {
      ...draft.spec,
      tolerations: tolerationsOf(set),
      affinity: {
        ...affinity,
        nodeAffinity: {
          ...affinity?.nodeAffinity,
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map(t => ({ ...t, matchFields: [field] })),
          },
        },
      },
    } as Pod['spec'],
  }
}
