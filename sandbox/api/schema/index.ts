/**
 * The schema: what fields each type has, what may stand in them, and how they merge. Enough for decoding, patching and
 * ownership; the words that explain a field are in `descriptions.ts`, loaded when asked for.
 */
import { TYPES } from './generated/types.ts'

export type Scalar =
  | 'string'
  | 'int32'
  | 'int64'
  | 'double'
  | 'boolean'
  /** base64 text */
  | 'bytes'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microTime'
  /** Any JSON at all. */
  | 'any'

export type Type =
  | { is: Scalar }
  | { is: 'list'; of: Type }
  | { is: 'map'; of: Type }
  | { is: 'object'; type: ObjectType }

export interface Field {
  name: string
  type: Type
  required: boolean
  /** Kept when zero: 0, '' and false say something. */
  pointer: boolean
  /** Written even when nobody set it. */
  always: boolean
  /** Left out when empty although required. */
  omitEmpty: boolean
  /** As Go's error messages call its type. */
  goType: string
  /** How a strategic merge treats the list; undefined: it is replaced. key '' merges by value. */
  merge?: { key: string }
  /** A strategic merge keeps only the keys that the patch names. */
  retainKeys: boolean
  /** A strategic merge takes the patch's object instead of merging it. */
  replaced?: true
  /** How server-side apply owns it: entries by keys, values, or the whole. */
  list?: { type: 'map'; keys: readonly string[] } | { type: 'set' } | { type: 'atomic' } | { type: 'granular' }
  /** What it is when it is not given, where the schema says so. */
  default?: string | number
}

export interface ObjectType {
  /** `core/v1.Container`. */
  id: string
  /** `Container`. */
  name: string
  /** `v1.Container`, as Go calls it. */
  goName: string
  fields: ReadonlyMap<string, Field>
  /** Fields that nobody knows are kept rather than dropped (custom resources that ask for it). */
  preserveUnknown?: boolean
}

const LETTERS: Record<string, Scalar> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  f: 'double',
  b: 'boolean',
  B: 'bytes',
  q: 'quantity',
  x: 'intOrString',
  t: 'time',
  u: 'microTime',
  a: 'any',
}

const lines = TYPES.split('\n')
const indexOf = new Map(
  lines.map((line, i) => [line.slice(0, line.indexOf(' ') < 0 ? undefined : line.indexOf(' ')), i]),
)
const read: (ObjectType | undefined)[] = []

function typeAt(i: number): ObjectType {
  const known = read[i]
  if (known) return known
  const [id, ...words] = lines[i]!.split(' ')
  const fields = new Map<string, Field>()
  const name = id!.slice(id!.indexOf('.') + 1)
  const type: ObjectType = {
    id: id!,
    name,
    goName: `${id!.slice(id!.indexOf('/') + 1, id!.indexOf('.'))}.${name}`,
    fields,
  }
  read[i] = type
  for (const word of words) {
    const field = parseField(word, type)
    fields.set(field.name, field)
  }
  return type
}

/** `ports=[@165~containerPort^containerPort,protocol`: see go-facts.ts for what follows the shape. */
const WORD = /^([^=!]+)(!?)=([[{]*)(?:@(\d+)|(\w))(.*)$/

function parseField(word: string, owner: ObjectType): Field {
  const [, name, required, nesting, reference, letter, flags] = WORD.exec(word)!
  let made: Type | undefined
  /** Types speak of each other in circles, so what a field refers to is read when it is first needed. */
  const type = (): Type => {
    if (made) return made
    let shape: Type = reference ? { is: 'object', type: typeAt(Number(reference)) } : { is: LETTERS[letter!]! }
    for (const bracket of [...nesting!].reverse()) shape = { is: bracket === '[' ? 'list' : 'map', of: shape }
    return (made = shape)
  }
  const merge = /~(\w*)/.exec(flags!)
  const list = /\^([\w,]+)/.exec(flags!)?.[1]
  const declared = /:([^~%$^*+=]+)/.exec(flags!)?.[1]
  const otherwise = /=(\w+)$/.exec(flags!)?.[1]
  return {
    name: name!,
    get type() {
      return type()
    },
    required: required !== '',
    pointer: flags!.startsWith('*'),
    always: /^\*?\+/.test(flags!) || name === 'metadata',
    omitEmpty: flags!.startsWith('-'),
    get goType() {
      return declared ? qualified(declared, owner) : goTypeOf(type())
    },
    ...(merge && { merge: { key: merge[1]! } }),
    retainKeys: flags!.includes('%'),
    ...(flags!.includes('$') && { replaced: true }),
    ...(otherwise && { default: otherwise }),
    ...(list && {
      list:
        list === 'set' || list === 'atomic' || list === 'granular'
          ? { type: list }
          : { type: 'map', keys: list.split(',') },
    }),
  }
}

/** A named type is called by its package: `Protocol` in core/v1 is v1.Protocol. */
const BUILT_IN = /^(?:string|bool|int32|int64|float64|byte)$/
const qualified = (name: string, owner: ObjectType): string =>
  name.replace(/[\w.]+(?=$|\])/g, part =>
    part.includes('.') || BUILT_IN.test(part) ? part : `${owner.goName.slice(0, owner.goName.indexOf('.'))}.${part}`,
  )

const GO_NAMES: Record<Scalar, string> = {
  string: 'string',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  boolean: 'bool',
  bytes: '[]uint8',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  any: 'runtime.RawExtension',
}

export function goTypeOf(type: Type): string {
  if (type.is === 'list') return `[]${goTypeOf(type.of)}`
  if (type.is === 'map') return `map[string]${goTypeOf(type.of)}`
  return type.is === 'object' ? type.type.goName : GO_NAMES[type.is]
}

/** `core/v1.Pod`, `meta/v1.DeleteOptions`; undefined for a type that no kind speaks of. */
export function typeNamed(id: string): ObjectType | undefined {
  const i = indexOf.get(id)
  return i === undefined ? undefined : typeAt(i)
}

/** In a custom resource's schema a schema may also be a list of schemas or of names, or true or false. */
export const isUnion = ({ id }: ObjectType): boolean => id.startsWith('apiextensions/v1.JSONSchemaPropsOr')

/** What an object is that stands where such a union may be. */
export const heldBy = (type: ObjectType): ObjectType =>
  isUnion(type) ? typeNamed('apiextensions/v1.JSONSchemaProps')! : type

export interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

/** A group's package: the first part of its name (`rbac.authorization.k8s.io` → rbac), core for the one without a name. */
const packageOf = (group: string): string => (group ? group.split('.')[0]! : 'core')

/** The type of a kind of the published API; custom resources bring their own. */
export const schemaOf = ({ group, version, kind }: GroupVersionKind): ObjectType | undefined =>
  group === '' || !group.includes('.') || group.endsWith('.k8s.io')
    ? typeNamed(`${packageOf(group)}/${version}.${kind}`)
    : undefined

/** The ids of all types, as OpenAPI lists them. */
export const typeIds = (): readonly string[] => [...indexOf.keys()]
