/** Reads: one object, a list at the present or an earlier revision, a watch. */
import { RevisionGone, type Store, type StoreEvent } from '../store/store.ts'
import type { ListOptions, WatchEvent } from './client.ts'
import { type KindDef, resourceOf } from './kind.ts'
import type { WatchOptions } from './requests/options.ts'
import { asSeen, selection } from './requests/selection.ts'
import { gone, notFound } from './status.ts'
import type { KubeObject } from './types.ts'

export class ApiReader {
  readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  find<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T | undefined {
    if (kind.computed)
      return kind.computed.list().find(o => o.metadata.name === name && (o.metadata.namespace ?? '') === namespace)
    return this.store.get(resourceOf(kind), kind.namespaced ? namespace : '', name) as T | undefined
  }

  /** @throws NotFound */
  get<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T {
    const object = this.find(kind, namespace, name)
    if (!object) throw notFound(kind.computed ? { ...kind, plural: kind.computed.called } : kind, name)
    return object
  }

  /** @throws BadRequest for selectors that make no sense */
  list<T extends KubeObject>(kind: KindDef<T>, options: ListOptions = {}): readonly T[] {
    const resource = resourceOf(kind)
    const namespace = kind.namespaced ? options.namespace || undefined : undefined
    const { computed } = kind
    if (!computed && !options.labelSelector && !options.fieldSelector) return this.store.list<T>(resource, namespace)
    const inPlace = (): readonly T[] =>
      computed
        ? computed.list().filter(o => namespace === undefined || o.metadata.namespace === namespace)
        : this.store.list<T>(resource, namespace)
    if (!options.labelSelector && !options.fieldSelector) return inPlace()
    const wanted = selection(kind, options)
    if (wanted.name !== undefined && namespace !== undefined) {
      const object = this.find(kind, namespace, wanted.name)
      return object && wanted.includes(object) ? [object] : []
    }
    return inPlace().filter(object => wanted.includes(object))
  }

  /** A list as it was at an earlier revision. @throws Expired when that is no longer known */
  listAt<T extends KubeObject>(kind: KindDef<T>, options: ListOptions, revision: number): readonly T[] {
    if (revision >= this.store.revision || kind.computed) return this.list(kind, options)
    const namespace = kind.namespaced ? options.namespace || undefined : undefined
    const all = orExpired(
      () => this.store.listAt<T>(resourceOf(kind), revision, namespace),
      () => 'The resourceVersion for the provided list is too old.',
    )
    const wanted = selection(kind, options)
    return all.filter(object => wanted.includes(object))
  }

  /** @throws BadRequest for selectors that make no sense */
  checkSelectors(kind: KindDef, options: ListOptions): void {
    if (options.labelSelector || options.fieldSelector) selection(kind, options)
  }

  /** Handlers are called within the write; they may only take note, not write. @throws Expired when `since` is no longer remembered */
  watch<T extends KubeObject>(
    kind: KindDef<T>,
    options: WatchOptions,
    handler: (event: WatchEvent<T>, revision: number) => void,
  ): () => void {
    const resource = resourceOf(kind)
    const namespace = kind.namespaced ? options.namespace || undefined : undefined
    const wanted = options.labelSelector || options.fieldSelector ? selection(kind, options) : undefined
    const { onNode } = options
    if (options.since === undefined) {
      const present = onNode === undefined ? this.list(kind, options) : this.store.byIndex<T>(resource, 'node', onNode)
      for (const object of present) handler({ type: 'ADDED', object }, this.store.revision)
    }
    const notify = wanted
      ? (event: StoreEvent<T>) => {
          const seen = asSeen(event, wanted)
          if (seen) handler(seen, event.revision)
        }
      : (event: StoreEvent<T>) => handler(event, event.revision)
    const { since } = options
    const under = onNode === undefined ? undefined : { index: 'node', key: onNode }
    return orExpired(
      () => this.store.watch(resource, { namespace, since, under }, notify),
      oldest => `too old resource version: ${since} (${oldest})`,
    )
  }
}

/** @throws Expired where the store no longer remembers */
function orExpired<R>(read: () => R, words: (oldest: number) => string): R {
  try {
    return read()
  } catch (error) {
    throw error instanceof RevisionGone ? gone(words(error.oldest)) : error
  }
}
