/** Kinds made of CustomResourceDefinitions. */
import { present } from '../../parts.ts'
import { since } from '../formats/duration.ts'
import { clone, deepEqual } from '../formats/json.ts'
import type { Cell, Column, Draft, KindDef } from '../kind.ts'
import { forbidden } from '../status.ts'
import type { CustomResourceDefinition, KubeObject } from '../types.ts'
import { byMaturity } from '../version-order.ts'
import type { Converter } from './conversion.ts'
import { readPath } from './path.ts'
import { ruleWarnings } from './rules.ts'
import { prune, type StructuralSchema, setDefaults } from './structural.ts'
import { validateCustom, validateCustomStatus, validateCustomUpdate } from './validate.ts'

interface PrinterColumn {
  name: string
  type: string
  format?: string
  description?: string
  priority?: number
  jsonPath: string
}

interface Version {
  deprecated?: boolean
  deprecationWarning?: string
  name: string
  served: boolean
  storage: boolean
  schema?: { openAPIV3Schema?: StructuralSchema }
  subresources?: {
    status?: object
    scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath?: string }
  }
  additionalPrinterColumns?: readonly PrinterColumn[]
  selectableFields?: readonly { jsonPath: string }[]
}

const NAME: Column<KubeObject> = { name: 'Name', format: 'name', cell: o => o.metadata.name }
/** What is said of a column that says nothing of itself. */
const WHERE = 'Custom resource definition column (in JSONPath format)'
const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }

function cell({ type, jsonPath }: PrinterColumn, object: KubeObject, now: number): Cell {
  const value = readPath(object, jsonPath)[0]
  if (value === undefined || value === null) return null
  if (type === 'date')
    return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? since(value, now) : '<invalid>'
  if (type === 'integer' || type === 'number') return typeof value === 'number' ? value : null
  if (type === 'boolean') return typeof value === 'boolean' ? value : null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const columns = (list: readonly PrinterColumn[] | undefined): Column<KubeObject>[] => [
  NAME,
  ...(list?.length ? list : [AGE]).map(c => ({
    name: c.name,
    type: c.type as 'string',
    format: c.format ?? '',
    ...(c !== AGE && { description: c.description || `${WHERE}: ${c.jsonPath}` }),
    priority: c.priority ?? 0,
    cell: (object: KubeObject, now: number) => cell(c, object, now),
  })),
]

/** What clients of a deprecated version are told where its author says nothing: the newest version to turn to, if one is newer. */
function deprecation({ group, names, versions }: CustomResourceDefinition['spec'], name: string): string {
  const newer = versions.filter(v => v.served && !v.deprecated && byMaturity(v.name, name) < 0).map(v => v.name)
  const instead = newer.sort(byMaturity)[0]
  return `${group}/${name} ${names.kind} is deprecated${instead ? `; use ${group}/${instead} ${names.kind}` : ''}`
}

/** One per version that is served; all versions share what is stored. */
export function kindsOf(definition: CustomResourceDefinition, convert: Converter): KindDef[] {
  const { group, names, scope } = definition.spec
  const versions = (definition.spec.versions ?? []) as Version[]
  const make = (version: Version, as?: KindDef): KindDef => {
    const schema = version.schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }
    const scale = version.subresources?.scale
    const scalePaths = scale && {
      spec: scale.specReplicasPath,
      status: scale.statusReplicasPath,
      ...(scale.labelSelectorPath && { selector: scale.labelSelectorPath }),
    }
    const custom = { schema, namespaced: scope === 'Namespaced', scale: scalePaths }
    const into = (to: Version) => (objects: readonly Draft[]) => {
      const own = to.schema?.openAPIV3Schema
      // What another version has kept and this one does not know is not shown.
      return convert(objects, to.name).map((object, i) => (object === objects[i] ? object : fitted(own, object)))
    }
    return {
      group,
      version: version.name,
      kind: names.kind,
      plural: names.plural,
      ...(names.singular && { singular: names.singular }),
      ...(names.shortNames && { shortNames: names.shortNames }),
      ...(names.categories && { categories: names.categories }),
      ...(names.listKind && { listKind: names.listKind }),
      namespaced: scope === 'Namespaced',
      ...(version.deprecated && {
        deprecated: version.deprecationWarning ?? deprecation(definition.spec, version.name),
      }),
      subresources: [
        ...(version.subresources?.status ? (['status'] as const) : []),
        ...(scale ? (['scale'] as const) : []),
      ],
      custom: true,
      statusAlone: true,
      structural: schema,
      ...(scalePaths && { scalePaths }),
      setDefaults: draft => setDefaults(schema, draft),
      // A property may be called so too, which costs a look and no more.
      ...(JSON.stringify(schema).includes('"default":') && { read: filledIn(schema) }),
      prepareForCreate: draft => {
        if (isTerminating(definition))
          throw forbidden({ group, plural: names.plural }, draft.metadata.name ?? '', CLOSED)
        // The server empties the status of what has that subresource; a custom kind then has none at all.
        if (version.subresources?.status) delete draft.status
      },
      checks: present({
        validate: object => validateCustom(custom, object),
        validateUpdate: (object, old) => validateCustomUpdate(custom, object, old),
        validateStatusUpdate: (object, old) => validateCustomStatus(custom, object, old),
        warnings: (object, old) => ruleWarnings(schema, object, old),
      }),
      hasGeneration: (object, old) => !deepEqual(contentOf(object, version), contentOf(old, version)),
      columns: columns(version.additionalPrinterColumns),
      ...(version.selectableFields?.length && {
        selectableFields: (object: KubeObject) =>
          Object.fromEntries(
            version.selectableFields!.map(f => [f.jsonPath.slice(1), String(readPath(object, f.jsonPath)[0] ?? '')]),
          ),
      }),
      // Who had other versions may have kept objects in them.
      ...((versions.length > 1 || definition.metadata.generation !== 1) && { convert: into(version) }),
      ...(as && {
        stored: {
          as,
          toStored: (object: Draft) => into(storage!)([named(object, version)])[0],
          fromStored: (object: Draft) => into(version)([object])[0],
        },
      }),
    }
  }
  const named = (object: Draft, version: Version): Draft => ({
    ...object,
    apiVersion: `${group}/${version.name}`,
    kind: names.kind,
  })
  const storage = versions.find(v => v.storage)
  if (!storage) return []
  const main = make(storage)
  return versions.filter(v => v.served).map(v => (v === storage ? main : make(v, main)))
}

/** Defaults that came after an object was kept are seen when it is read; kept objects are frozen, so each is looked at once. */
function filledIn(schema: StructuralSchema): (object: KubeObject) => KubeObject {
  const known = new WeakMap<KubeObject, KubeObject>()
  return object => {
    let seen = known.get(object)
    if (!seen) {
      const draft = clone(object)
      setDefaults(schema, draft)
      seen = deepEqual(draft, object) ? object : draft
      known.set(object, seen)
    }
    return seen
  }
}

function fitted(schema: StructuralSchema | undefined, object: Draft): Draft {
  if (!schema) return object
  const kept = prune(schema, object, []) as Draft
  setDefaults(schema, kept)
  return kept
}

const CLOSED = 'create not allowed while custom resource definition is terminating'
const isTerminating = ({ status }: CustomResourceDefinition): boolean =>
  status?.conditions?.some(c => c.type === 'Terminating' && c.status === 'True') ?? false

/** Everything counts as spec, but metadata and a status of its own. */
function contentOf(object: KubeObject, version: Version): object {
  const { metadata: _metadata, ...rest } = object
  if (version.subresources?.status) delete rest.status
  return rest
}
