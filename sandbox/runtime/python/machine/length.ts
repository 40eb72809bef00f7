/** How many members a value says that it has. */
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { PyClass, type Steps, type Value } from '../objects/values.ts'
import { invoke } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

export function lengthOf(machine: Machine, value: Value): Value | Steps {
  const own = typeOf(value).find('__len__') ?? (value instanceof PyClass ? value.find('__class_len__') : undefined)
  if (own === undefined) throw typeError(`object of type '${typeOf(value).name}' has no len()`)
  return invoke(machine, own, [value], NO_KEYWORDS)
}
