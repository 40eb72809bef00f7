/** The plugins of admission, asked one after the other about a request. */

import { ADMIN } from '../authentication/user.ts'
import { type Draft, type KindDef, resourceOf } from '../kind.ts'
import type { RequestOptions, UpdateOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest, GroupVersionKind } from './admission.ts'

type Step = (request: AdmissionRequest, server: ApiServer) => void

interface Steps {
  admit: readonly Step[]
  validate: readonly Step[]
}

export class AdmissionChain {
  readonly #server: ApiServer
  readonly #plugins: readonly AdmissionPlugin[]
  readonly #steps = new WeakMap<KindDef, Map<string, Steps>>()

  constructor(server: ApiServer, plugins: readonly AdmissionPlugin[]) {
    this.#server = server
    this.#plugins = plugins
  }

  request(
    operation: AdmissionRequest['operation'],
    kind: KindDef,
    namespace: string,
    name: string,
    options: UpdateOptions,
    object?: Draft,
    old?: KubeObject,
  ): AdmissionRequest {
    // All of one shape, since everything that is written passes all plugins.
    return {
      operation,
      kind,
      requestKind: options.asKind ?? kind,
      subresource: options.subresource ?? '',
      namespace: kind.namespaced ? namespace : '',
      name,
      isNameMade: false,
      object,
      old,
      user: options.user ?? ADMIN,
      // Nobody but who asks by HTTP can be warned.
      fromOutside: options.warn !== undefined,
      dryRun: options.dryRun ?? false,
      fieldManager: options.fieldManager || undefined,
      objectKind: undefined,
      changedFromOutside: false,
      again: false,
      warn: options.warn ? text => options.warn!(text) : WITHOUT_A_WORD,
    }
  }

  /** Most plugins are there for one or two kinds. */
  #stepsFor({ kind, subresource }: AdmissionRequest): Steps {
    let ofKind = this.#steps.get(kind)
    if (!ofKind) this.#steps.set(kind, (ofKind = new Map()))
    let steps = ofKind.get(subresource)
    if (!steps) {
      const resource = resourceOf(kind)
      const what = subresource ? [`${resource}/${subresource}`, `${resource}/*`] : [resource]
      const plugins = this.#plugins.filter(
        ({ of }) => !of || of.includes(`*.${kind.group}`) || what.some(each => of.includes(each)),
      )
      steps = {
        admit: plugins.flatMap(({ admit }) => admit ?? []),
        validate: plugins.flatMap(({ validate }) => validate ?? []),
      }
      ofKind.set(subresource, steps)
    }
    return steps
  }

  admit(request: AdmissionRequest): void {
    const { admit } = this.#stepsFor(request)
    for (let i = 0; i < admit.length; i++) admit[i]!(request, this.#server)
    if (!request.changedFromOutside) return
    // Whoever came before has not seen what webhooks and policies have made of the object.
    request.again = true
    for (let i = 0; i < admit.length; i++) admit[i]!(request, this.#server)
  }

  validate(request: AdmissionRequest): void {
    const { validate } = this.#stepsFor(request)
    for (let i = 0; i < validate.length; i++) validate[i]!(request, this.#server)
  }

  /**
   * Asks admission about a request that stores nothing itself: exec, attach, eviction …
   * @param what it brings with it
   * @param check what has to be true of it once admission has changed it
   */
  connect(
    operation: 'CREATE' | 'CONNECT',
    kind: KindDef,
    namespace: string,
    name: string,
    subresource: string,
    options: RequestOptions,
    what: { object: Draft; objectKind: GroupVersionKind },
    check?: () => void,
  ): void {
    const request = this.request(operation, kind, namespace, name, { ...options, subresource }, what.object)
    request.objectKind = what.objectKind
    this.admit(request)
    check?.()
    this.validate(request)
  }

  deletion(kind: KindDef, object: KubeObject, options: RequestOptions): void {
    const { namespace = '', name } = object.metadata
    const request = this.request('DELETE', kind, namespace, name, options, undefined, object)
    this.admit(request)
    this.validate(request)
  }
}

const WITHOUT_A_WORD = (): void => {}
