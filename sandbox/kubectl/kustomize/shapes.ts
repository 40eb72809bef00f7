/** The fields of a kustomization, as Go's types have them, and how its decoder refuses what does not fit. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { KubectlError } from '../errors.ts'
import { isRecord, type Obj, sortedKeys } from '../objects.ts'

type Shape = 'string' | 'bool' | 'int' | 'int64' | { list: Shape } | { map: Shape } | Struct
interface Struct {
  struct: string
  fields: Readonly<Record<string, Shape>>
}

const words = (names: string): Record<string, Shape> =>
  Object.fromEntries(names.split(' ').map(name => [name, 'string' as const]))
const struct = (name: string, fields: Record<string, Shape>): Struct => ({ struct: name, fields })
const STRINGS: Shape = { list: 'string' }
const PAIRS: Shape = { map: 'string' }

const ID = words('group version kind name namespace')
const FIELD_SPEC = struct('FieldSpec', { ...words('group version kind path'), create: 'bool' })
const SELECTOR = struct('Selector', { ...ID, ...words('annotationSelector labelSelector') })
const FIELD_OPTIONS = struct('FieldOptions', {
  ...words('delimiter encoding'),
  index: 'int',
  create: 'bool',
})
const PATCH = struct('Patch', { ...words('path patch'), target: SELECTOR, options: { map: 'bool' } })
const IMAGE = struct('Image', words('name newName tagSuffix newTag digest'))
const GENERATOR_OPTIONS = struct('GeneratorOptions', {
  labels: PAIRS,
  annotations: PAIRS,
  disableNameSuffixHash: 'bool',
  immutable: 'bool',
})
const GENERATOR: Record<string, Shape> = {
  ...words('namespace name behavior env'),
  literals: STRINGS,
  files: STRINGS,
  envs: STRINGS,
  options: GENERATOR_OPTIONS,
}
const LABEL = struct('Label', {
  pairs: PAIRS,
  includeSelectors: 'bool',
  includeTemplates: 'bool',
  fields: { list: FIELD_SPEC },
})
const REPLACEMENT = struct('ReplacementField', {
  path: 'string',
  source: struct('SourceSelector', { ...ID, fieldPath: 'string', options: FIELD_OPTIONS }),
  targets: {
    list: struct('TargetSelector', {
      select: SELECTOR,
      reject: { list: SELECTOR },
      fieldPaths: STRINGS,
      options: FIELD_OPTIONS,
    }),
  },
})

const KUSTOMIZATION = struct('Kustomization', {
  ...words('apiVersion kind namespace namePrefix nameSuffix'),
  metadata: struct('ObjectMeta', { ...words('name namespace'), labels: PAIRS, annotations: PAIRS }),
  resources: STRINGS,
  bases: STRINGS,
  components: STRINGS,
  commonLabels: PAIRS,
  labels: { list: LABEL },
  commonAnnotations: PAIRS,
  images: { list: IMAGE },
  imageTags: { list: IMAGE },
  replicas: { list: struct('Replica', { name: 'string', count: 'int64' }) },
  patches: { list: PATCH },
  patchesStrategicMerge: STRINGS,
  patchesJson6902: { list: PATCH },
  configMapGenerator: { list: struct('ConfigMapArgs', GENERATOR) },
  secretGenerator: { list: struct('SecretArgs', { ...GENERATOR, type: 'string' }) },
  generatorOptions: GENERATOR_OPTIONS,
  replacements: { list: REPLACEMENT },
  vars: {
    list: struct('Var', {
      name: 'string',
      objref: struct('Target', { ...ID, apiVersion: 'string' }),
      fieldref: struct('FieldSelector', { fieldpath: 'string', fieldPath: 'string' }),
    }),
  },
  sortOptions: struct('SortOptions', {
    order: 'string',
    legacySortOptions: struct('LegacySortOptions', { orderFirst: STRINGS, orderLast: STRINGS }),
  }),
  buildMetadata: STRINGS,
})

/** They need programs, charts or schemas of one's own. */
const NOT_SIMULATED = new Set([
  'transformers',
  'generators',
  'validators',
  'helmCharts',
  'helmGlobals',
  'helmChartInflationGenerator',
  'configurations',
  'crds',
  'openapi',
])

const typeName = (shape: Shape): string => {
  if (typeof shape === 'string') return shape
  if ('list' in shape) return `[]${typeName(shape.list)}`
  return 'map' in shape ? `map[string]${typeName(shape.map)}` : `types.${shape.struct}`
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

const isOf = (value: unknown, shape: Shape): boolean => {
  if (shape === 'string') return typeof value === 'string'
  if (shape === 'bool') return typeof value === 'boolean'
  if (shape === 'int' || shape === 'int64') return Number.isInteger(value)
  return 'list' in shape ? Array.isArray(value) : isRecord(value)
}

const refuse = (words: string): never => {
  throw new KubectlError(`invalid Kustomization: json: ${words}`)
}

/** @param within the struct that is being read, and the names of the fields that lead to the value */
function check(value: Obj, shape: Shape, within: string, path: readonly string[]): void {
  if (value === null || value === undefined) return
  if (!isOf(value, shape)) {
    const what = typeof value === 'number' && shape !== 'string' && isOf(0, shape) ? `number ${value}` : kindOf(value)
    const where = path.length ? `Go struct field ${within}.${path.join('.')} of type` : 'Go value of type'
    refuse(`cannot unmarshal ${what} into ${where} ${typeName(shape)}`)
  }
  if (typeof shape === 'string') return
  if ('list' in shape) for (const one of value) check(one, shape.list, within, path)
  else if ('map' in shape) for (const one of Object.values(value)) check(one, shape.map, within, path)
  else
    for (const key of sortedKeys(value)) {
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
      if (field) check(value[key], field, shape.struct, [...path, key])
      else if (!path.length && NOT_SIMULATED.has(key))
        throw new KubectlError(`not simulated: ${key} in a kustomization`)
      else refuse(`unknown field ${goQuote(key)}`)
    }
}

/** @throws KubectlError with the words of Go's decoder */
export const checkShape = (kustomization: Obj): void => check(kustomization, KUSTOMIZATION, '', [])
