/**
 * Errors of an applied configuration before anything is decoded: types, unknown fields and the keys of lists, in the
 * words of structured-merge-diff, which reports all at once.
 */
import { isObject } from '../formats/json.ts'
import type { Type } from '../schema/index.ts'
import { childShape, itemShape, itemStep, keyDefault, printPath, type Shape } from './field-set.ts'

type Expected = 'map' | 'list' | 'string' | 'numeric' | 'boolean' | 'any scalar' | 'anything'

const SCALARS: Partial<Record<Type['is'], Expected>> = {
  string: 'string',
  bytes: 'string',
  int32: 'numeric',
  int64: 'numeric',
  double: 'numeric',
  boolean: 'boolean',
  quantity: 'any scalar',
  // Its schema names no type.
  intOrString: 'anything',
  time: 'any scalar',
  microTime: 'any scalar',
}

function expectedOf(type: Type | undefined): Expected {
  if (!type || type.is === 'any') return 'anything'
  if (type.is === 'list') return 'list'
  if (type.is === 'map') return 'map'
  // A schema within a schema may be a list or a truth, too.
  if (type.is === 'object') return type.type.id.startsWith('apiextensions/v1.JSONSchemaPropsOr') ? 'anything' : 'map'
  return SCALARS[type.is]!
}

/** In the order of the document. */
export function typedFaults(shape: Shape, value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return []
  const expected = expectedOf(shape.type)
  const found = mismatch(expected, value)
  if (found) return [`${path}: ${found}`]
  if (expected === 'list') return listFaults(shape, value as unknown[], path)
  if (expected !== 'map') return []
  return Object.entries(value).flatMap(([key, item]) => {
    const child = childShape(shape, key)
    const here = `${path}.${key}`
    const isKnown = child.type || (shape.type?.is === 'object' && shape.type.type.preserveUnknown)
    return isKnown ? typedFaults(child, item, here) : [`${here}: field not declared in schema`]
  })
}

function listFaults(shape: Shape, items: readonly unknown[], path: string): string[] {
  const { list } = shape
  const faults: string[] = []
  const seen = new Set<string>()
  for (const [i, item] of items.entries()) {
    let step = `[${i}]`
    if (list?.type === 'map' || list?.type === 'set') {
      const why = list.type === 'map' ? noKey(shape, item, list.keys) : noValue(item)
      // What has no name cannot be looked into, nor what follows it.
      if (why) return [...faults, `${path}: element ${i}: ${why}`]
      step = printPath(itemStep(shape, item)!)
      if (seen.has(step)) faults.push(`${path}: duplicate entries for key ${step}`)
      seen.add(step)
    }
    faults.push(...typedFaults(itemShape(shape), item, path + step))
  }
  return faults
}

function noKey({ type }: Shape, item: unknown, keys: readonly string[]): string | undefined {
  if (item === null) return 'associative list with keys may not have a null element'
  if (!isObject(item)) return 'associative list with keys may not have non-map elements'
  if (keys.some(key => item[key] !== undefined || keyDefault(type, key) !== undefined)) return undefined
  const named = keys.map(key => JSON.stringify(key)).join(' ')
  return `associative list with keys has an element that omits all key fields [${named}] (and doesn't have default values for any key fields)`
}

function noValue(item: unknown): string | undefined {
  if (item === null) return "associative list without keys has an element that's an explicit null"
  if (Array.isArray(item)) return 'not supported: associative list with lists as elements'
  return isObject(item) ? "associative list without keys has an element that's a map type" : undefined
}

function mismatch(expected: Expected, value: unknown): string | undefined {
  switch (expected) {
    case 'anything':
      return undefined
    case 'map':
      return isObject(value) ? undefined : `expected map, got &{${printed(value)}}`
    case 'list':
      return Array.isArray(value) ? undefined : `expected list, got &{${printed(value)}}`
    case 'string':
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${inGo(value)}}`
    case 'numeric':
      return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goType(value)}`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected boolean, got &{${printed(value)}}`
    case 'any scalar':
      return typeof value === 'object' ? `expected any scalar, got &{${printed(value)}}` : undefined
  }
}

const GO_TYPES: Readonly<Record<string, string>> = { string: 'string', number: 'float64', boolean: 'bool' }
const goType = (value: unknown): string =>
  Array.isArray(value) ? '[]interface {}' : (GO_TYPES[typeof value] ?? 'map[string]interface {}')

/** A number as Go prints one of floating point. */
function float(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** As Go's %v prints it. */
function printed(value: unknown): string {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return float(value)
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`
  if (!isObject(value)) return String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, item]) => `${key}:${printed(item)}`).join(' ')}]`
}

/** As Go's %#v prints it. */
function inGo(value: unknown): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'number') return float(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(inGo).join(', ')}}`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[string]interface {}{${entries.map(([key, item]) => `${JSON.stringify(key)}:${inGo(item)}`).join(', ')}}`
}
