/**
 * The garbage collector: removes what has lost its owners, and deletes or orphans dependents when their owner asks for it
 * by a finalizer. Keeps a graph of who depends on whom, change by change.
 */
import type { Client, EventRecorder, WatchEvent } from '../api/client.ts'
import { InFlight } from '../api/egress/outside.ts'
import { type KindDef, resourceOf } from '../api/kind.ts'
import { customResourceDefinition } from '../api/kinds/customresourcedefinition.ts'
import { isConflict, isNotFound, StatusError } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import { groupOf, type OwnerReference } from './owners.ts'
import { WorkQueue } from './workqueue.ts'

const ORPHAN = 'orphan'
const FOREGROUND = 'foregroundDeletion'
/** Kept for an hour anyhow. */
const IGNORED = new Set(['events', 'events.events.k8s.io'])

export interface GarbageCollectorOptions {
  client: Client
  clock: Clock
  events: EventRecorder
  /** Everything that the API serves at the moment. */
  kinds(): readonly KindDef[]
  onError?(error: unknown): void
}

interface Item {
  kind: KindDef
  namespace: string
  name: string
  uid: string
}

/** A reference is by kind and name, too: the uid alone is nobody. */
const isMeantBy = (ref: OwnerReference, { kind, name }: Item): boolean =>
  ref.name === name && ref.kind === kind.kind && groupOf(ref.apiVersion) === kind.group

/** @returns how to stop it */
export function startGarbageCollector(options: GarbageCollectorOptions): () => void {
  const collector = new GarbageCollector(options)
  return () => collector.stop()
}

class GarbageCollector {
  readonly #client: Client
  readonly #options: GarbageCollectorOptions
  readonly #queue: WorkQueue
  readonly #watched = new Set<string>()
  readonly #stops: (() => void)[] = []
  /** Everything that lives, by uid. */
  readonly #items = new Map<string, Item>()
  /** By the owner's uid, the uids of those that name it. */
  readonly #dependents = new Map<string, Set<string>>()

  constructor(options: GarbageCollectorOptions) {
    this.#options = options
    this.#client = options.client.as('system:serviceaccount:kube-system:generic-garbage-collector')
    this.#queue = new WorkQueue(options.clock, uid => this.#work(uid))
    this.#watchKinds()
    // The kind of a new definition is served by the end of this instant.
    this.#stops.push(
      this.#client.watch(customResourceDefinition, {}, () => options.clock.soon(() => this.#watchKinds())),
    )
  }

  stop(): void {
    this.#queue.stop()
    for (const stop of this.#stops) stop()
  }

  #watchKinds(): void {
    if (this.#queue.stopped) return
    for (const kind of this.#options.kinds()) {
      const resource = resourceOf(kind)
      if (this.#watched.has(resource) || IGNORED.has(resource) || kind.stored) continue
      if (kind.verbs && !kind.verbs.includes('watch')) continue
      this.#watched.add(resource)
      this.#stops.push(this.#client.watch(kind, {}, event => this.#changed(kind, event)))
    }
  }

  #changed(kind: KindDef, { type, object, old }: WatchEvent<KubeObject>): void {
    const { uid, namespace = '', name, ownerReferences, deletionTimestamp, finalizers } = object.metadata
    if (type === 'DELETED') {
      this.#items.delete(uid)
      for (const { uid: owner } of ownerReferences ?? []) {
        this.#unlink(owner, uid)
        // An owner that waits for its dependents looks again.
        if (this.#items.has(owner)) this.#queue.add(owner)
      }
      for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent)
      return
    }
    if (!this.#items.has(uid)) this.#items.set(uid, { kind, namespace, name, uid })
    if (ownerReferences !== old?.metadata.ownerReferences) {
      for (const { uid: owner } of old?.metadata.ownerReferences ?? []) this.#unlink(owner, uid)
      for (const { uid: owner } of ownerReferences ?? []) this.#link(owner, uid)
      for (const { uid: owner } of old?.metadata.ownerReferences ?? [])
        if (this.#items.has(owner)) this.#queue.add(owner)
      if (ownerReferences?.length) this.#queue.add(uid)
    }
    if (deletionTimestamp && (finalizers?.includes(ORPHAN) || finalizers?.includes(FOREGROUND))) this.#queue.add(uid)
  }

  #link(owner: string, uid: string): void {
    const dependents = this.#dependents.get(owner)
    if (dependents) dependents.add(uid)
    else this.#dependents.set(owner, new Set([uid]))
  }

  #unlink(owner: string, uid: string): void {
    const dependents = this.#dependents.get(owner)
    dependents?.delete(uid)
    if (dependents && !dependents.size) this.#dependents.delete(owner)
  }

  #work(uid: string): void {
    const item = this.#items.get(uid)
    const object = item && this.#find(item)
    if (!item || !object) return
    try {
      const { deletionTimestamp, finalizers } = object.metadata
      if (deletionTimestamp && finalizers?.includes(ORPHAN)) this.#orphanDependents(item, object)
      else if (deletionTimestamp && finalizers?.includes(FOREGROUND)) this.#deleteDependentsFirst(item, object)
      else this.#attemptToDelete(item, object)
      this.#queue.forget(uid)
    } catch (error) {
      if (error instanceof InFlight) {
        error.whenAnswered(() => this.#queue.add(uid))
        return
      }
      if (!(error instanceof StatusError)) this.#options.onError?.(error)
      if (isConflict(error) || isNotFound(error)) this.#queue.addAfter(uid, 0)
      else this.#queue.addRateLimited(uid)
    }
  }

  #find(item: Item): KubeObject | undefined {
    const object = this.#client.find(item.kind, item.namespace, item.name)
    return object?.metadata.uid === item.uid ? object : undefined
  }

  /** Dependents as they are now, in an order that does not depend on history. */
  #dependentsOf(uid: string): { item: Item; object: KubeObject }[] {
    const found: { item: Item; object: KubeObject }[] = []
    for (const dependent of this.#dependents.get(uid) ?? []) {
      const item = this.#items.get(dependent)
      const object = item && this.#find(item)
      if (object) found.push({ item, object })
    }
    return found
  }

  #attemptToDelete(item: Item, object: KubeObject): void {
    const { ownerReferences = [], deletionTimestamp, uid } = object.metadata
    // Whoever is on the way out already needs no help, unless it waits for its own dependents.
    if (!ownerReferences.length || deletionTimestamp) return
    const { solid, dangling, waiting } = this.#classify(item, object, ownerReferences)
    if (!dangling.length && !waiting.length) return
    if (solid.length) {
      this.#patch(item, object, { ownerReferences: solid })
      return
    }
    const hasDependents = this.#dependents.has(uid)
    const finalizers = object.metadata.finalizers ?? []
    const propagationPolicy =
      waiting.length && hasDependents
        ? 'Foreground'
        : finalizers.includes(ORPHAN)
          ? 'Orphan'
          : finalizers.includes(FOREGROUND)
            ? 'Foreground'
            : 'Background'
    // Its owner no longer has to wait for one that is itself waited for.
    if (waiting.length && hasDependents) this.#unblock(item, object)
    try {
      this.#client.delete(item.kind, item.namespace, item.name, { propagationPolicy, preconditions: { uid } })
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error
    }
  }

  /** If one of its dependents would block it, a circle must be cut here. */
  #unblock(item: Item, object: KubeObject): void {
    const blocked = this.#dependentsOf(item.uid).some(
      ({ object: { metadata } }) => metadata.deletionTimestamp && metadata.finalizers?.includes(FOREGROUND),
    )
    if (!blocked) return
    const ownerReferences = object.metadata.ownerReferences!.map(({ blockOwnerDeletion: _, ...ref }) => ref)
    this.#patch(item, object, { ownerReferences })
  }

  #classify(item: Item, object: KubeObject, refs: readonly OwnerReference[]) {
    const solid: OwnerReference[] = []
    const dangling: OwnerReference[] = []
    const waiting: OwnerReference[] = []
    for (const ref of refs) {
      const owner = this.#ownerOf(item, object, ref)
      if (!owner) dangling.push(ref)
      else if (owner.metadata.deletionTimestamp && owner.metadata.finalizers?.includes(FOREGROUND)) waiting.push(ref)
      else solid.push(ref)
    }
    return { solid, dangling, waiting }
  }

  /** An owner is looked for where a reference can point: in the dependent's namespace, or outside of all. */
  #ownerOf(item: Item, object: KubeObject, ref: OwnerReference): KubeObject | undefined {
    const owner = this.#items.get(ref.uid)
    if (!owner || !isMeantBy(ref, owner)) {
      // A kind that nobody serves cannot be proven gone.
      return this.#serves(ref) ? undefined : ({ metadata: {} } as KubeObject)
    }
    if (owner.namespace && owner.namespace !== item.namespace) {
      const { apiVersion, kind, name, uid } = ref
      const text = `ownerRef [${apiVersion}/${kind}, namespace: ${item.namespace}, name: ${name}, uid: ${uid}] does not exist in namespace "${item.namespace}"`
      this.#options.events.event(object, 'Warning', 'OwnerRefInvalidNamespace', text)
      return undefined
    }
    return this.#find(owner)
  }

  #serves(ref: OwnerReference): boolean {
    const group = groupOf(ref.apiVersion)
    return this.#options.kinds().some(k => k.kind === ref.kind && k.group === group)
  }

  #orphanDependents(item: Item, object: KubeObject): void {
    for (const { item: dependent, object: held } of this.#dependentsOf(item.uid)) {
      const rest = (held.metadata.ownerReferences ?? []).filter(ref => ref.uid !== item.uid)
      this.#patch(dependent, held, { ownerReferences: rest.length ? rest : null })
    }
    this.#removeFinalizer(item, object, ORPHAN)
  }

  #deleteDependentsFirst(item: Item, object: KubeObject): void {
    const dependents = this.#dependentsOf(item.uid)
    for (const { item: dependent } of dependents) this.#queue.add(dependent.uid)
    const blocking = dependents.some(({ object: { metadata } }) =>
      metadata.ownerReferences?.some(ref => ref.uid === item.uid && ref.blockOwnerDeletion),
    )
    if (!blocking) this.#removeFinalizer(item, object, FOREGROUND)
  }

  #removeFinalizer(item: Item, object: KubeObject, finalizer: string): void {
    const rest = (object.metadata.finalizers ?? []).filter(f => f !== finalizer)
    this.#patch(item, object, { finalizers: rest.length ? rest : null })
  }

  #patch(item: Item, { metadata: { uid } }: KubeObject, metadata: object): void {
    try {
      this.#client.patch(item.kind, item.namespace, item.name, { metadata: { ...metadata, uid } })
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
}
