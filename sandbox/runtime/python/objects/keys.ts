/** What keys of dicts and members of sets are equal by: 1, 1.0 and True are one, tuples are by what is in them. */
import type { Machine } from '../machine/machine.ts'
import { PyDict, PyList, PySet, PyTuple } from './containers.ts'
import { typeError } from './errors.ts'
import { frozenset, typeOf } from './types.ts'
import { Instance, PyBytes, PyFloat, PyScalar, type Value } from './values.ts'

export function keyOf(machine: Machine, value: Value): unknown {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'bigint') return `i${value}`
  if (value instanceof PyBytes) return `b${value.text}`
  if (value instanceof Instance && !value.cls.builtin) {
    const own = value.cls.find('__hash__')
    const equal = value.cls.mro.find(cls => cls.attrs.has('__eq__') && !cls.builtin)
    if (
      equal &&
      (own === undefined ||
        own === null ||
        !value.cls.mro.slice(0, value.cls.mro.indexOf(equal) + 1).some(cls => cls.attrs.has('__hash__')))
    )
      throw unhashable(value)
    if (equal && own !== undefined && own !== null) return sameAs(machine, value, machine.now(own, [value]))
  }
  if (value instanceof PyScalar) return keyOf(machine, value.value)
  if (value instanceof PyTuple) return `t${value.items.map(item => named(machine, keyOf(machine, item))).join(',')}`
  if (value instanceof PySet && value.cls.is(frozenset))
    return `f${[...value.entries.keys()]
      .map(key => named(machine, key))
      .sort()
      .join(',')}`
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) throw unhashable(value)
  return value
}

const unhashable = (value: Value) => typeError(`unhashable type: '${typeOf(value).name}'`)

/** Within a text that stands for a tuple, objects have numbers. */
function named(machine: Machine, key: unknown): string {
  if (typeof key === 'string') return `${key.length}:${key}`
  if (typeof key === 'number') return `n${Object.is(key, -0) ? 0 : key}`
  return key === null ? 'N' : `o${machine.idOf(key as Value)}`
}

/** Whoever hashes by its own `__hash__` is the same key as the first that is equal to it. */
function sameAs(machine: Machine, value: Value, hash: Value): unknown {
  const alike = machine.hashed.get(String(hash)) ?? []
  const found = alike.find(other => other === value || machine.equal(other, value))
  if (found !== undefined) return found
  alike.push(value)
  machine.hashed.set(String(hash), alike)
  return value
}
