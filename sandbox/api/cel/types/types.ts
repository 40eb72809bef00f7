/** Types of CEL: how they are made, called, compared. */

export type TypeKind =
  | 'dyn'
  | 'error'
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'duration'
  | 'timestamp'
  | 'list'
  | 'map'
  | 'object'
  | 'opaque'
  | 'type'
  | 'parameter'

export interface Type {
  readonly kind: TypeKind
  /** As it is at run time, too. */
  readonly name: string
  readonly params: readonly Type[]
}

const simple = (kind: TypeKind, name: string = kind): Type => ({ kind, name, params: [] })

export const DYN = simple('dyn')
/** As dyn, under another name: what may stand in an attribute. */
export const ANY = simple('dyn', 'any')
export const ERROR = simple('error', '!error!')
export const NULL = simple('null', 'null_type')
export const BOOL = simple('bool')
export const INT = simple('int')
export const UINT = simple('uint')
export const DOUBLE = simple('double')
export const STRING = simple('string')
export const BYTES = simple('bytes')
export const DURATION = simple('duration', 'google.protobuf.Duration')
export const TIMESTAMP = simple('timestamp', 'google.protobuf.Timestamp')
export const TYPE = simple('type')

export const listOf = (element: Type): Type => ({ kind: 'list', name: 'list', params: [element] })
export const mapOf = (key: Type, value: Type): Type => ({ kind: 'map', name: 'map', params: [key, value] })
export const objectType = (name: string): Type => simple('object', name)
export const opaque = (name: string, ...params: Type[]): Type => ({ kind: 'opaque', name, params })
export const optionalOf = (value: Type): Type => opaque('optional_type', value)
export const typeOf = (type: Type): Type => ({ kind: 'type', name: 'type', params: [type] })
export const parameter = (name: string): Type => simple('parameter', name)

export const isDyn = ({ kind }: Type): boolean => kind === 'dyn'
export const isOptional = ({ kind, name }: Type): boolean => kind === 'opaque' && name === 'optional_type'
/** What an optional holds; other types are themselves. */
export const unwrapped = (type: Type): Type => (isOptional(type) ? type.params[0]! : type)

/** Types that can be named. */
export const TYPE_NAMES: ReadonlyMap<string, Type> = new Map([
  ['bool', BOOL],
  ['bytes', BYTES],
  ['double', DOUBLE],
  ['google.protobuf.Duration', DURATION],
  ['int', INT],
  ['list', listOf(DYN)],
  ['map', mapOf(DYN, DYN)],
  ['null_type', NULL],
  ['string', STRING],
  ['google.protobuf.Timestamp', TIMESTAMP],
  ['type', TYPE],
  ['uint', UINT],
  ['optional_type', optionalOf(DYN)],
])

/** What cel-go calls them in what it says. */
export function shown(type: Type): string {
  switch (type.kind) {
    case 'null':
      return 'null'
    case 'duration':
    case 'timestamp':
      return type.kind
    default:
      return type.params.length ? `${type.name}(${type.params.map(shown).join(', ')})` : type.name
  }
}

/** With its name as it is declared, not as it is shown in errors. */
export const declared = (type: Type): string => {
  if (!type.params.length) return type.name
  return `${type.name}(${type.params.map(declared).join(', ')})`
}

/** @param byName whether parameters are told apart */
function same(a: Type, b: Type, byName: boolean): boolean {
  if (a === b) return true
  if (a.kind !== b.kind || a.params.length !== b.params.length) return false
  if ((byName || a.kind !== 'parameter') && a.name !== b.name) return false
  return a.params.every((param, i) => same(param, b.params[i]!, byName))
}
export const isExact = (a: Type, b: Type): boolean => same(a, b, true)
export const isEquivalent = (a: Type, b: Type): boolean => same(a, b, false)

const NAMED: Readonly<Record<string, Type>> = {
  dyn: DYN,
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  duration: DURATION,
  timestamp: TIMESTAMP,
  null_type: NULL,
}

/** Reads `map(string, list(A))`; a single capital is a parameter, a name with a dot an object. */
export function readType(text: string): Type {
  const [, name = '', inner] = /^([^(]+)(?:\((.*)\))?$/.exec(text.trim())!
  const params = inner === undefined ? [] : splitTypes(inner).map(readType)
  if (name === 'list') return listOf(params[0]!)
  if (name === 'map') return mapOf(params[0]!, params[1]!)
  if (name === 'type') return typeOf(params[0]!)
  if (/^[A-Z]$/.test(name)) return parameter(name)
  if (name === 'optional_type' || name.startsWith('net.')) return opaque(name, ...params)
  return NAMED[name] ?? objectType(name)
}

export function splitTypes(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    const c = text[i]
    if (c === '(') depth++
    else if (c === ')') depth--
    else if ((c === ',' && depth === 0) || c === undefined) {
      if (text.slice(from, i).trim()) found.push(text.slice(from, i))
      from = i + 1
    }
  }
  return found
}
