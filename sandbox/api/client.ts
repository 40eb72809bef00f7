/** The client of controllers, scheduler and kubelet: in process, typed, synchronous, never stale. */
import type { KindDef } from './kind.ts'
import type { KubeObject, Unsaved } from './types.ts'

export interface ListOptions {
  namespace?: string
  /** A selector as in a URL: `app=web,tier in (a,b),!old`. */
  labelSelector?: string
  fieldSelector?: string
}

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun?: boolean
}

export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: T
  /** The object before the change, when there was one. */
  old?: T
}

/**
 * Every call either does its whole work at once or throws a StatusError.
 * Objects returned are frozen; change by making a new one: `{ ...pod, status: { ...pod.status, phase } }`.
 */
export interface Client {
  /** How many writes it has sent; statuses that change nothing are not sent. */
  readonly written: number
  /** @throws NotFound */
  get<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T
  find<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T | undefined
  list<T extends KubeObject>(kind: KindDef<T>, options?: ListOptions): readonly T[]
  /** Objects whose controlling ownerReference has this uid. Indexed. */
  ownedBy<T extends KubeObject>(kind: KindDef<T>, uid: string): readonly T[]
  /** Objects of a namespace that nobody controls. Indexed. */
  orphans<T extends KubeObject>(kind: KindDef<T>, namespace: string): readonly T[]
  /** Objects of a namespace that carry all these labels. Indexed where it pays. */
  withLabels<T extends KubeObject>(kind: KindDef<T>, namespace: string, labels: Record<string, string>): readonly T[]
  /** Pods bound to a node. Indexed. */
  onNode<T extends KubeObject>(kind: KindDef<T>, nodeName: string): readonly T[]

  create<T extends KubeObject>(kind: KindDef<T>, object: Unsaved<T>): T
  /** As `create`, of an object made for this alone: it becomes the stored one, and frozen parts of it may be shared. */
  give<T extends KubeObject>(kind: KindDef<T>, object: Unsaved<T>): T
  /** Compare-and-swap on metadata.resourceVersion. @throws Conflict, NotFound, Invalid */
  update<T extends KubeObject>(kind: KindDef<T>, object: T): T
  /** As `update`, for .status alone. An unchanged status writes nothing. */
  updateStatus<T extends KubeObject>(kind: KindDef<T>, object: T): T
  /** A JSON merge patch (RFC 7396), optionally of a subresource. */
  patch<T extends KubeObject>(
    kind: KindDef<T>,
    namespace: string,
    name: string,
    patch: object,
    subresource?: 'status' | 'scale' | 'finalize' | 'approval',
  ): T
  delete<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string, options?: DeleteOptions): void
  /** Binds a Pod to a node, as POST pods/NAME/binding does. */
  bind(namespace: string, podName: string, nodeName: string): void
  /** Asks for a Pod's eviction, as POST pods/NAME/eviction does. @throws TooManyRequests when a disruption budget forbids it */
  evict(namespace: string, podName: string, options?: DeleteOptions): void

  /**
   * Tells of everything that is there (as ADDED), then of every change. The handler may only take note; it must not write.
   * @param options.onNode of Pods: only those that are bound to this node; a binding comes as the change that it is
   */
  watch<T extends KubeObject>(
    kind: KindDef<T>,
    options: { namespace?: string; onNode?: string },
    handler: (event: WatchEvent<T>) => void,
  ): () => void
  /** The same API in another name, as for audit, RBAC and managedFields. */
  as(user: string): Client
}

/** Records core/v1 Events, counting repeats as client-go's recorder does. */
export interface EventRecorder {
  event(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    annotations?: Record<string, string>,
  ): void
  /** About a part of the object: fieldPath is such as `spec.containers{app}`. */
  eventAt(object: KubeObject, fieldPath: string, type: 'Normal' | 'Warning', reason: string, message: string): void
  /** The process that records has ended, and its successor counts anew. */
  forget(): void
}
