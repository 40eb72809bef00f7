/** Overload resolution at run time, and the error when no overload takes the values. */
import type { Type } from '../types/types.ts'
import { BuiltMap, CelError, isList, isMap, noSuchOverload, typeOfValue, type Value } from './values.ts'

export const matches = (param: Type, value: Value): boolean => {
  if (param.kind === 'dyn' || param.kind === 'parameter') return true
  const type = typeOfValue(value)
  if (type.kind !== param.kind || type.name !== param.name) return false
  if (param.kind === 'opaque' && param.name === 'optional_type') return true
  if (param.kind === 'list' && isList(value)) return value.length === 0 || matches(param.params[0]!, value[0]!)
  if (param.kind === 'map' && isMap(value)) {
    const key = value instanceof BuiltMap ? value.firstKey() : value.keys()[0]
    return key === undefined || (matches(param.params[0]!, key) && matches(param.params[1]!, value.get(key)!))
  }
  return true
}

const NUMBERS = 'double int uint'
/** Which types can be before an operator, or in a call like one; what comes after is not spoken of. */
const TRAITS: Readonly<Record<string, string>> = {
  '_+_': `bytes duration list string timestamp ${NUMBERS}`,
  '_-_': `duration timestamp ${NUMBERS}`,
  '_*_': NUMBERS,
  '_/_': NUMBERS,
  '_%_': 'int uint',
  '_<_': `bool bytes duration string timestamp ${NUMBERS}`,
  '_<=_': `bool bytes duration string timestamp ${NUMBERS}`,
  '_>_': `bool bytes duration string timestamp ${NUMBERS}`,
  '_>=_': `bool bytes duration string timestamp ${NUMBERS}`,
  size: 'bytes list map string',
  matches: 'string',
  sort: 'list',
  '@sortByAssociatedKeys': 'list',
}
const PLAIN = new Set(['-_', '!_', '@in', 'startsWith', 'endsWith', 'contains'])

/** What cel-go says where nothing takes these values. */
export function unfit(name: string, values: readonly Value[]): CelError {
  const types = values.map(value => typeOfValue(value))
  const able = TRAITS[name]
  if (able) {
    const isAble = able.split(' ').includes(types[0]!.kind)
    return isAble ? noSuchOverload() : new CelError(`no such overload: ${name}`)
  }
  if (PLAIN.has(name)) return noSuchOverload()
  return new CelError(`no such overload: ${name}(${types.map(t => t.name).join(', ')})`)
}
