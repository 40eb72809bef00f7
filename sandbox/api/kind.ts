/** One description per kind: everything the server, its discovery, its tables and its clients need to know of it. */

import type { Part } from '../parts.ts'
import type { StructuralSchema } from './custom/structural.ts'
import type { FeatureGate } from './feature-gates.ts'
import type { FieldError } from './fields.ts'
import type { KubeObject } from './types.ts'

export type Subresource =
  | 'status'
  | 'scale'
  | 'log'
  | 'exec'
  | 'attach'
  | 'portforward'
  | 'proxy'
  | 'eviction'
  | 'binding'
  | 'ephemeralcontainers'
  | 'resize'
  | 'token'
  | 'finalize'
  | 'approval'

export type Cell = string | number | boolean | null

/** A printer column, as in pkg/printers/internalversion. */
export interface Column<T> {
  name: string
  /** OpenAPI type of the cells; 'string' when absent. */
  type?: 'string' | 'integer' | 'boolean' | 'date'
  format?: string
  description?: string
  /** 0 is always shown; above, with -o wide only. */
  priority?: number
  cell(object: T, now: number): Cell
}

/** What a description may ask of the world while it fills in or checks an object. */
export interface KindContext {
  /** RFC 3339, virtual. */
  now: string
  uid(): string
  /** Whether somebody has opened the gate; a new cluster's are closed. */
  opened(gate: FeatureGate): boolean
  /** Nothing is kept of what is asked for. */
  dryRun: boolean
  /** Another object as it is now, for checks across objects. */
  find(resource: string, namespace: string, name: string): KubeObject | undefined
  list(resource: string, namespace?: string): readonly KubeObject[]
}

/** An object while it is being prepared: not frozen, possibly incomplete. */
// biome-ignore lint/suspicious/noExplicitAny: defaults walk into parts that the published types mark optional at every level
export type Draft = any

/** Written as a method so that a description of one kind passes for a description of any. */
type Compare<T> = { compare(object: T, old: T): boolean }['compare']

/** What is asked of an object before it is kept. */
export interface Checks<T extends KubeObject = KubeObject> {
  validate?(object: T, context: KindContext): FieldError[]
  /** Everything that must hold of a change: `validate` is not asked as well. Without it, `validate` is asked alone. */
  validateUpdate?(object: T, old: T, context: KindContext): FieldError[]
  validateStatusUpdate?(object: T, old: T): FieldError[]
  /** Everything that must hold of a change through a subresource; without it, `validate` is asked. */
  validateSubresource?: { readonly [S in Subresource]?: (object: Draft, old: Draft) => FieldError[] }
  /** Texts for the Warning header. */
  warnings?(object: T, old: T | undefined): string[]
}

export interface KindDef<T extends KubeObject = KubeObject> {
  /** '' for core. */
  group: string
  version: string
  kind: string
  plural: string
  singular?: string
  shortNames?: readonly string[]
  categories?: readonly string[]
  namespaced: boolean
  subresources?: readonly Subresource[]
  /** Verbs offered; all the usual ones when absent. */
  verbs?: readonly string[]

  /** Fills in what the client left out; the order is that of the published defaults. May change the draft only. */
  setDefaults?(draft: Draft, context: KindContext): void
  /** metadata.uid, namespace and creationTimestamp are already there. Clears what a client may not set (status of what has a status subresource is cleared for it) and starts fields. */
  prepareForCreate?(draft: Draft, context: KindContext): void
  prepareForUpdate?(draft: Draft, old: T, context: KindContext): void
  prepareForStatusUpdate?(draft: Draft, old: T, context: KindContext): void
  /** Loaded before the first request that writes such an object. What the control plane makes of itself at boot has them present. */
  checks?: Part<Checks<T>>
  /** What is asked of clients who write in this version, instead of `checks`: the control plane's own are known to be right. */
  checksOfClients?: Part<Checks<never>>
  /** Metadata that a change of the status leaves as it was. */
  keptInStatus?: ReadonlySet<string>
  /** Through the status nothing else can be changed, metadata neither. */
  statusAlone?: boolean
  /** A PUT of what is not there makes it. */
  createOnUpdate?: boolean

  /** The text of the Warning header that every request for this kind gets. */
  deprecated?: string

  columns: readonly Column<T>[]
  /** Fields that --field-selector knows, besides metadata.name and metadata.namespace. */
  selectableFields?(object: T): Record<string, string>
  /** Seconds of grace that a deletion gets when the client names none; absent: removed at once. */
  defaultGracePeriod?(object: T): number | undefined
  /** What the first deletion makes of an object, whatever it asks for; who follows such objects then sees to it that it goes. */
  markForDeletion?(object: T, now: string): Draft
  /** metadata.generation counts changes of the spec; true where the published kind does so, a function where more than the spec counts. */
  hasGeneration?: boolean | Compare<T>
  /**
   * Set on a further version of a kind (autoscaling/v1 beside v2, events.k8s.io beside core): what clients send in it is
   * converted and kept as the other, and converted back in answers. Defaults, validation and storage are those of `as`.
   */
  stored?: {
    as: KindDef
    toStored(object: Draft): Draft
    fromStored(object: Draft): Draft
    /** What a field selector calls the fields of `as`, where the names differ. */
    fieldLabels?: Readonly<Record<string, string>>
  }
  /** Brings objects that are kept in another version into this one; those that are in it stay who they are. */
  convert?(objects: readonly Draft[]): Draft[]
  /** Objects that are nowhere kept, but made when somebody asks for them. Such a kind offers `get` and `list` only. */
  computed?: {
    list(): readonly T[]
    /** What a name that is not among them is said to be of. */
    called: string
  }
  /** Made by a CustomResourceDefinition. */
  custom?: boolean
  /** What changes of clients leave as it was, so that nobody can be said to manage it. */
  ownerless?: readonly string[]
  /** What clients see of an object that was kept before the definition was what it is now. */
  read?(object: KubeObject): KubeObject
  /** The structural schema of a custom kind. */
  structural?: StructuralSchema
  /** `WidgetList` when absent. */
  listKind?: string
  /** Where a custom kind's scale subresource finds its numbers, as JSON paths. */
  scalePaths?: { spec: string; status: string; selector?: string }
  /** Propagation of a deletion that names none: 'Background' when absent. */
  defaultPropagation?: 'Background' | 'Foreground' | 'Orphan'
}

const NOTHING: { readonly [K in keyof Required<KindDef>]: undefined } = {
  group: undefined,
  version: undefined,
  kind: undefined,
  plural: undefined,
  singular: undefined,
  shortNames: undefined,
  categories: undefined,
  namespaced: undefined,
  subresources: undefined,
  verbs: undefined,
  setDefaults: undefined,
  prepareForCreate: undefined,
  prepareForUpdate: undefined,
  prepareForStatusUpdate: undefined,
  checks: undefined,
  checksOfClients: undefined,
  keptInStatus: undefined,
  statusAlone: undefined,
  createOnUpdate: undefined,
  deprecated: undefined,
  columns: undefined,
  selectableFields: undefined,
  defaultGracePeriod: undefined,
  markForDeletion: undefined,
  hasGeneration: undefined,
  stored: undefined,
  convert: undefined,
  computed: undefined,
  custom: undefined,
  ownerless: undefined,
  read: undefined,
  structural: undefined,
  listKind: undefined,
  scalePaths: undefined,
  defaultPropagation: undefined,
}

/**
 * Gives a description its type; freezes it, since the whole server shares it. All descriptions are objects of one shape, whatever
 * they say: every request reads a dozen properties of its kind, which is several times slower where each kind has a shape of its own.
 */
export const defineKind = <T extends KubeObject>(definition: KindDef<T>): KindDef<T> =>
  Object.freeze({ ...NOTHING, ...definition })

/** `apps/v1`, or `v1` for core. */
export const apiVersionOf = (k: { group: string; version: string }): string =>
  k.group ? `${k.group}/${k.version}` : k.version

/** The key under which the store holds a kind: `deployments.apps`, `pods`. Versions of one kind share it. */
export const resourceOf = (k: { group: string; plural: string }): string =>
  k.group ? `${k.plural}.${k.group}` : k.plural
