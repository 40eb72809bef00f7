/** The Client over a server in the same process: no bytes, no copies; what it returns is the frozen stored object. */

import { systemUser, type UserInfo } from './authentication/user.ts'
import type { Client, DeleteOptions, ListOptions, WatchEvent } from './client.ts'
import { clone } from './formats/json.ts'
import { type KindDef, resourceOf } from './kind.ts'
import { mergePatch } from './patch/merge.ts'
import type { RequestOptions, UpdateOptions } from './requests/options.ts'
import type { ApiServer } from './server.ts'
import { bindPod } from './subresources/binding.ts'
import { evictPod } from './subresources/eviction.ts'
import { updateSubresource } from './subresources/index.ts'
import type { KubeObject, Unsaved } from './types.ts'

interface Place {
  namespace?: string
  name?: string
  generateName?: string
}

const PODS = { plural: 'pods', group: '' }

export class InProcessClient implements Client {
  readonly #server: ApiServer
  readonly #options: RequestOptions
  readonly #ofStatus: UpdateOptions
  written = 0

  constructor(server: ApiServer, user: UserInfo = systemUser('system:apiserver'), fieldManager?: string) {
    this.#server = server
    this.#options = { user, ...(fieldManager && { fieldManager }) }
    this.#ofStatus = { ...this.#options, subresource: 'status' }
  }

  get<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T {
    return this.#server.get(kind, namespace, name)
  }

  find<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string): T | undefined {
    return this.#server.find(kind, namespace, name)
  }

  list<T extends KubeObject>(kind: KindDef<T>, options?: ListOptions): readonly T[] {
    return this.#server.list(kind, options)
  }

  ownedBy<T extends KubeObject>(kind: KindDef<T>, uid: string): readonly T[] {
    return this.#server.store.byIndex<T>(resourceOf(kind), 'owner', uid)
  }

  orphans<T extends KubeObject>(kind: KindDef<T>, namespace: string): readonly T[] {
    return this.ownedBy(kind, `orphan/${namespace}`)
  }

  withLabels<T extends KubeObject>(kind: KindDef<T>, namespace: string, labels: Record<string, string>): readonly T[] {
    const wanted = Object.entries(labels)
    const has = (object: T): boolean => wanted.every(([k, v]) => object.metadata.labels?.[k] === v)
    const first = wanted[0]
    const { store } = this.#server
    if (first && store.hasIndex(resourceOf(kind), 'label')) {
      return store.byIndex<T>(resourceOf(kind), 'label', `${namespace}/${first[0]}=${first[1]}`).filter(has)
    }
    return this.#server.list(kind, { namespace }).filter(has)
  }

  onNode<T extends KubeObject>(kind: KindDef<T>, nodeName: string): readonly T[] {
    return this.#server.store.byIndex<T>(resourceOf(kind), 'node', nodeName)
  }

  /** @throws InFlight while webhooks are asked about it: whoever writes tries again then */
  #write<R>(verb: string, kind: { plural: string; group: string }, at: Place, work: () => R): R {
    const { outside } = this.#server
    this.written++
    const key = (): string =>
      `${this.#options.user?.username} ${verb} ${resourceOf(kind)} ${at.namespace ?? ''}/${at.name ?? at.generateName}`
    return outside.write(key, work)
  }

  create<T extends KubeObject>(kind: KindDef<T>, object: Unsaved<T>): T {
    const { metadata } = object
    return this.#write('create', kind, metadata, () =>
      this.#server.create(kind, metadata.namespace ?? '', object, this.#options),
    )
  }

  give<T extends KubeObject>(kind: KindDef<T>, object: Unsaved<T>): T {
    const { metadata } = object
    // What may have to be tried again must stay as it was.
    const whole = !this.#server.outside.isNeeded
    return this.#write('create', kind, metadata, () =>
      this.#server.create(kind, metadata.namespace ?? '', object, this.#options, whole),
    )
  }

  update<T extends KubeObject>(kind: KindDef<T>, object: T): T {
    const { namespace = '', name } = object.metadata
    return this.#write('update', kind, object.metadata, () =>
      this.#server.update(kind, namespace, name, () => clone(object), this.#options),
    )
  }

  updateStatus<T extends KubeObject>(kind: KindDef<T>, object: T): T {
    const { namespace = '', name, resourceVersion } = object.metadata
    const updated = this.#write('update status of', kind, object.metadata, () =>
      this.#server.update(
        kind,
        namespace,
        name,
        old => ({ ...old, metadata: { ...old.metadata, resourceVersion }, status: object.status }),
        this.#ofStatus,
      ),
    )
    if (updated.metadata.resourceVersion === resourceVersion) this.written--
    return updated
  }

  patch<T extends KubeObject>(
    kind: KindDef<T>,
    namespace: string,
    name: string,
    patch: object,
    subresource?: string,
  ): T {
    const change = (old: object): object => mergePatch(clone(old), patch) as object
    return this.#write(`patch ${subresource ?? ''} of`, kind, { namespace, name }, () => {
      if (subresource && subresource !== 'status') {
        const result = updateSubresource(this.#server, kind, namespace, name, subresource, change, this.#options)
        return subresource === 'scale' ? this.get(kind, namespace, name) : (result as T)
      }
      return this.#server.update(kind, namespace, name, change, {
        ...this.#options,
        ...(subresource && { subresource }),
      })
    })
  }

  delete<T extends KubeObject>(kind: KindDef<T>, namespace: string, name: string, options: DeleteOptions = {}): void {
    this.#write('delete', kind, { namespace, name }, () =>
      this.#server.delete(kind, namespace, name, { ...this.#options, ...options }),
    )
  }

  bind(namespace: string, podName: string, nodeName: string): void {
    const binding = { metadata: { name: podName }, target: { kind: 'Node', name: nodeName } }
    this.#write('bind', PODS, { namespace, name: podName }, () =>
      bindPod(this.#server, namespace, podName, binding, this.#options),
    )
  }

  evict(namespace: string, podName: string, options: DeleteOptions = {}): void {
    this.#write('evict', PODS, { namespace, name: podName }, () =>
      evictPod(this.#server, namespace, podName, options, this.#options),
    )
  }

  watch<T extends KubeObject>(
    kind: KindDef<T>,
    options: { namespace?: string; onNode?: string },
    handler: (event: WatchEvent<T>) => void,
  ): () => void {
    return this.#server.watch(kind, options, handler)
  }

  as(user: string): Client {
    return new InProcessClient(this.#server, systemUser(user))
  }
}
