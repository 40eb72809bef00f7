/** The API server: what a request does to the store; how it reads is in `reader.ts`. Speaks of kinds and objects; `http/` speaks of URLs and bytes. */
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { Store } from '../store/store.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission/admission.ts'
import { AdmissionChain } from './admission/chain.ts'
import { asksWebhooks, dynamicPopulations } from './admission/dynamic.ts'
import { admissionPlugins } from './admission/index.ts'
import { serveAggregation } from './aggregation/index.ts'
import { managedFields } from './apply/index.ts'
import type { Writer } from './apply/managed-fields.ts'
import { managerOf, NOBODY, noteWrite, withOwners } from './apply/owners.ts'
import { ADMIN } from './authentication/user.ts'
import type { DeleteOptions } from './client.ts'
import { serveCustomResources } from './custom/index.ts'
import { isFinished, planDeletion, preconditionFailed } from './deletion.ts'
import { Outside } from './egress/outside.ts'
import type { FeatureGate } from './feature-gates.ts'
import { invalidObject } from './fields.ts'
import { clone, deepEqual } from './formats/json.ts'
import { addIndexes } from './indexes.ts'
import { checkRevision, keepSystemFields, ownNamespace, refuseOtherLife, refuseOtherName } from './kept.ts'
import { apiVersionOf, type Checks, type Draft, type KindContext, type KindDef, resourceOf } from './kind.ts'
import { ApiReader } from './reader.ts'
import { Registry } from './registry.ts'
import type { Change, RequestOptions, UpdateOptions } from './requests/options.ts'
import { alsoEmptyWithin } from './schema/left-empty.ts'
import { alreadyExists, nameTaken, StatusError } from './status.ts'
import type { KubeObject } from './types.ts'
import { updateAllButStatus, updateStatus } from './update.ts'

export interface ApiServerOptions {
  clock: Clock
  random: Random
  store: Store
  kinds: readonly KindDef[]
  admission?: readonly AdmissionPlugin[]
  featureGates?: readonly FeatureGate[]
  /** Whoever is authenticated may do anything, as by --authorization-mode=AlwaysAllow. */
  alwaysAllow?: boolean
}

export class ApiServer extends ApiReader {
  readonly clock: Clock
  readonly random: Random
  readonly registry: Registry
  readonly context: KindContext
  readonly #dryContext: KindContext
  /** Where webhooks are. */
  readonly outside: Outside
  readonly dynamic: ReturnType<typeof dynamicPopulations>
  readonly #admission: AdmissionChain
  readonly alwaysAllow: boolean

  constructor({
    clock,
    random,
    store,
    kinds,
    admission = admissionPlugins,
    featureGates = [],
    alwaysAllow = false,
  }: ApiServerOptions) {
    super(store)
    this.alwaysAllow = alwaysAllow
    this.clock = clock
    this.random = random
    this.#admission = new AdmissionChain(this, admission)
    this.registry = new Registry([])
    this.dynamic = dynamicPopulations(store)
    this.outside = new Outside({ clock, random, asksWebhooks: () => asksWebhooks(this) })
    const context = (dryRun: boolean): KindContext => ({
      dryRun,
      get now() {
        return clock.timestamp()
      },
      uid: () => random.uuid(),
      opened: gate => featureGates.includes(gate),
      find: (resource, namespace, name) => store.get<KubeObject>(resource, namespace, name),
      list: (resource, namespace) => store.list<KubeObject>(resource, namespace),
    })
    this.context = context(false)
    this.#dryContext = context(true)
    for (const kind of kinds) this.addKind(kind)
    serveCustomResources(this)
    serveAggregation(this)
  }

  addKind(kind: KindDef): void {
    this.registry.add(kind)
    addIndexes(this.store, resourceOf(kind))
  }

  /** @param given the object was made for this alone and need not be copied */
  create<T extends KubeObject>(
    kind: KindDef<T>,
    namespace: string,
    object: object,
    options: RequestOptions = {},
    given = false,
  ): T {
    if (given) return this.#create(kind, namespace, object, options, undefined) as T
    const copy = clone(object)
    // Only what came over the wire can have been sent empty.
    if (options.fieldManager) alsoEmptyWithin(copy, object)
    return this.#create(kind, namespace, copy, options, object) as T
  }

  /** @param sent what was asked for, as it came */
  #create(
    kind: KindDef,
    namespace: string,
    draft: Draft,
    options: RequestOptions,
    sent: object | undefined,
  ): KubeObject {
    const meta: Draft = (draft.metadata ??= {})
    ownNamespace(kind, namespace, meta)
    draft.apiVersion = apiVersionOf(kind)
    draft.kind = kind.kind
    meta.uid = this.random.uuid()
    meta.creationTimestamp = this.clock.timestamp()
    for (let i = 0; i < NOT_OF_NEW.length; i++) if (NOT_OF_NEW[i]! in meta) delete meta[NOT_OF_NEW[i]!]
    if ('resourceVersion' in meta) {
      if (/^\d+$/.test(meta.resourceVersion) && Number(meta.resourceVersion))
        throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created')
      delete meta.resourceVersion
    }
    const made = !meta.name && meta.generateName ? this.#freeName(kind, namespace, String(meta.generateName)) : ''
    kind.setDefaults?.(draft, this.context)
    // Recorded before admission: what admission adds has no manager.
    if (options.fieldManager && !options.applied)
      managedFields.now.recordUpdate(kind, undefined, draft, this.#writer(kind, options, options.fieldManager))
    const request = this.#admission.request(
      'CREATE',
      kind,
      namespace,
      meta.name || meta.generateName || '',
      options,
      draft,
    )
    request.isNameMade = made !== ''
    this.#admission.admit(request)
    // Mutating admission sees the object without its generated name, and may set another.
    if (made) meta.name ||= made
    request.name = meta.name ?? ''
    if (kind.hasGeneration) meta.generation = 1
    if (kind.subresources?.includes('status') && !(kind.plural === 'nodes' && kind.group === '')) draft.status = {}
    kind.prepareForCreate?.(draft, this.context)
    const checks = checksOf(kind, options)
    this.#refuseInvalid(kind, draft, checks?.validate?.(draft, this.#contextOf(options)))
    if (options.warn) for (const text of checks?.warnings?.(draft, undefined) ?? []) options.warn(text)
    this.#admission.validate(request)
    const name: string = meta.name
    const present = this.find(kind, namespace, name)
    if (present) {
      const error = meta.generateName ? nameTaken(kind, name) : alreadyExists(kind, name)
      if (present.metadata.deletionTimestamp)
        error.status.message = error.message = `object is being deleted: ${error.message}`
      throw error
    }
    if (options.dryRun) return draft
    const manager = options.fieldManager ? undefined : managerOf(request.user)
    return this.#put(kind, draft, undefined, manager, '', sent)
  }

  #writer(kind: KindDef, { asKind }: RequestOptions, manager: string, subresource = ''): Writer {
    return { manager, subresource, now: this.clock.timestamp(), as: asKind, versions: this.registry.versionsOf(kind) }
  }

  /** A generated name; drawn again when it is taken, up to 8 times in all. */
  #freeName(kind: KindDef, namespace: string, prefix: string): string {
    const draw = (): string => `${prefix.slice(0, 58)}${this.random.suffix()}`
    let name = draw()
    for (let tries = 1; tries < 8 && this.find(kind, namespace, name); tries++) name = draw()
    return name
  }

  /** @throws NotFound, Conflict, Invalid and what admission says */
  update<T extends KubeObject>(
    kind: KindDef<T>,
    namespace: string,
    name: string,
    change: Change,
    options: UpdateOptions = {},
  ): T {
    return this.#update(kind, namespace, name, change, options) as T
  }

  #update(kind: KindDef, namespace: string, name: string, change: Change, options: UpdateOptions): KubeObject {
    const kept = this.get(kind, namespace, name)
    const own = options.fieldManager ? withOwners(kind, kept) : kept
    const old: KubeObject = kind.convert ? kind.convert([own])[0] : own
    const draft: Draft = change(old)
    const meta: Draft = (draft.metadata ??= {})
    ownNamespace(kind, namespace, meta)
    refuseOtherName(draft, name)
    if (meta.uid && meta.uid !== old.metadata.uid && !options.patch) throw preconditionFailed(kind, old, meta.uid)
    draft.apiVersion = apiVersionOf(kind)
    draft.kind = kind.kind
    const ofStatus = options.subresource === 'status'
    // Defaults are set on all that a client sends, even on what a status update ignores.
    if (!ofStatus || options.fieldManager) kind.setDefaults?.(draft, this.context)
    this.#noteManager(kind, draft, old, options)
    options.limit?.(draft, old)
    const request = this.#admitUpdate(kind, namespace, draft, old, options)
    checkRevision(kind, old, meta)
    refuseOtherLife(kind, old, meta)
    keepSystemFields(meta, old)
    const checks = checksOf(kind, options)
    const errors = ofStatus
      ? updateStatus(kind, draft, old, checks, this.context)
      : updateAllButStatus(kind, draft, old, checks, this.context, this.#contextOf(options), options)
    this.#refuseInvalid(kind, draft, errors)
    const manager = options.fieldManager ? undefined : managerOf(request.user)
    return this.#finishUpdate(kind, namespace, draft, kept, old, options, request, manager)
  }

  /** Before admission: what admission changes has no manager. */
  #noteManager(kind: KindDef, draft: Draft, old: KubeObject, options: UpdateOptions): void {
    const { applied, fieldManager, subresource } = options
    if (applied) return
    if (fieldManager)
      managedFields.now.recordUpdate(kind, old, draft, this.#writer(kind, options, fieldManager, subresource))
    else if (old.metadata.managedFields) draft.metadata.managedFields = old.metadata.managedFields
    else delete draft.metadata.managedFields
  }

  /** Lets admission change the draft, or the view of it that a subresource shows. @returns what validating admission is asked later */
  #admitUpdate(
    kind: KindDef,
    namespace: string,
    draft: Draft,
    old: KubeObject,
    options: UpdateOptions,
  ): AdmissionRequest {
    const { view } = options
    const shown = view ?? { object: draft, old }
    const { name } = old.metadata
    const request = this.#admission.request('UPDATE', kind, namespace, name, options, shown.object, shown.old)
    if (view) request.objectKind = view.objectKind
    this.#admission.admit(request)
    view?.take(draft)
    return request
  }

  #contextOf({ dryRun }: RequestOptions): KindContext {
    return dryRun ? this.#dryContext : this.context
  }

  /** Writes a change that a subresource has prepared and checked itself; CAS, watch and finalizers as for any update. Admission only looks on. */
  replace(kind: KindDef, old: KubeObject, change: Draft, options: UpdateOptions = {}): KubeObject {
    const { namespace = '', name } = old.metadata
    const draft: Draft = { ...change, metadata: { ...change.metadata } }
    const request = options.admitted
      ? undefined
      : this.#admission.request('UPDATE', kind, namespace, name, options, draft, old)
    // A binding is the system's own: nobody manages what it sets.
    const manager =
      options.subresource === 'binding' ? NOBODY : (options.fieldManager ?? managerOf(options.user ?? ADMIN))
    return this.#finishUpdate(kind, namespace, draft, old, old, options, request, manager)
  }

  /**
   * @param kept the object as the store has it
   * @param request what admission is asked once more; undefined when something else has been admitted that brings this with it
   * @param manager who is to be noted as its writer; undefined when the draft says it
   */
  #finishUpdate(
    kind: KindDef,
    namespace: string,
    draft: Draft,
    kept: KubeObject,
    old: KubeObject,
    options: UpdateOptions,
    request: AdmissionRequest | undefined,
    manager: string | undefined,
  ): KubeObject {
    if (options.warn && !options.subresource)
      for (const text of kind.checks?.now.warnings?.(draft, old) ?? []) options.warn(text)
    if (request) this.#admission.validate(request)
    const { name, resourceVersion } = old.metadata
    draft.metadata.resourceVersion = resourceVersion
    const finished = isFinished(old, draft)
    if (!finished && deepEqual(draft, old)) return old
    if (options.dryRun) return draft
    if (!finished) return this.#put(kind, draft, kept, manager, options.subresource)
    // The last finalizer is gone, and so the object goes too; the caller gets it as it would have been.
    this.#remove(kind, namespace, name)
    return draft
  }

  /** @param manager who is noted as the writer; undefined where the draft's own managedFields say all */
  #put(
    kind: KindDef,
    draft: Draft,
    old: KubeObject | undefined,
    manager: string | undefined,
    subresource = '',
    sent?: object,
  ): KubeObject {
    // Events are many, and nobody asks for their managers.
    const note =
      manager === undefined || (kind.plural === 'events' && !kind.custom)
        ? undefined
        : (now: KubeObject): void => {
            const made = sent && { object: sent, context: this.context }
            noteWrite(kind, old, now, { manager, subresource, now: this.clock.timestamp() }, made)
          }
    return this.store.put<KubeObject>(resourceOf(kind), draft, old?.metadata.resourceVersion ?? '', note)
  }

  #remove(kind: KindDef, namespace: string, name: string): KubeObject {
    const place = kind.namespaced ? namespace : ''
    const note = (last: KubeObject, old: KubeObject): void =>
      noteWrite(kind, old, last, { manager: NOBODY, subresource: '', now: '' })
    return this.store.remove<KubeObject>(resourceOf(kind), place, name, undefined, note)!
  }

  /** Returns the object as it is afterwards, and whether it has gone. */
  delete(
    kind: KindDef,
    namespace: string,
    name: string,
    options: DeleteOptions & RequestOptions = {},
  ): { object: KubeObject; removed: boolean } {
    const object = this.get(kind, namespace, name)
    if (!options.admitted) this.#admission.deletion(kind, object, options)
    // A dry run stores nothing, so managed fields have to be worked out now.
    const seen = options.dryRun ? withOwners(kind, object) : object
    const plan = planDeletion(kind, seen, options, this.clock.now(), at => this.clock.timestamp(at))
    if (plan.action === 'pending') return { object, removed: false }
    if (plan.action === 'update') {
      const marked =
        options.dryRun || deepEqual(plan.object, object) ? plan.object : this.#put(kind, plan.object, object, NOBODY)
      if (!plan.thenRemove) return { object: marked, removed: false }
      if (options.dryRun) return { object: marked, removed: true }
    }
    if (options.dryRun) return { object, removed: true }
    return { object: this.#remove(kind, namespace, name), removed: true }
  }

  deleteCollection(kind: KindDef, objects: readonly KubeObject[], options: DeleteOptions & RequestOptions = {}): void {
    // All webhooks are asked before the first deletion, so that none has to wait when some are gone.
    if (!options.admitted) this.outside.askAhead(objects, object => this.#admission.deletion(kind, object, options))
    for (const { namespace = '', name } of objects.map(o => o.metadata)) this.delete(kind, namespace, name, options)
  }

  /** As `AdmissionChain.connect`. */
  admitConnect(...asked: Parameters<AdmissionChain['connect']>): void {
    this.#admission.connect(...asked)
  }

  #refuseInvalid(kind: KindDef, draft: Draft, errors: ReturnType<NonNullable<Checks['validate']>> | undefined): void {
    if (errors?.length) throw invalidObject(kind.kind, kind.group, draft.metadata.name ?? '', errors)
  }
}

/** Metadata that only the server sets; dropped from what a client creates. */
const NOT_OF_NEW = ['deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink'] as const

const checksOf = (kind: KindDef, { asKind }: RequestOptions): Checks | undefined =>
  ((asKind?.checksOfClients as KindDef['checks']) ?? kind.checks)?.now
