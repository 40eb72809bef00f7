/** How functions and methods that are made here are written down, and how they read their arguments. */
import { raise, typeError } from '../objects/errors.ts'
import { bool, bytes, float, int, str, typeOf } from '../objects/types.ts'
import {
  isInt,
  type Keywords,
  type Native,
  PyBuiltin,
  type PyClass,
  PyFloat,
  plain,
  type Value,
} from '../objects/values.ts'

export type Natives = Readonly<Record<string, Native>>

/** Classes of numbers and texts. */
const SCALARS = new Set<PyClass>([int, float, str, bytes, bool])

export function methods(cls: PyClass, natives: Natives): void {
  const plainly = SCALARS.has(cls)
  for (const [name, run] of Object.entries(natives))
    cls.attrs.set(name, new PyBuiltin(name, run, name !== '__new__', plainly && name !== '__new__'))
}

/** @param plainly whether they see numbers and texts alone, whatever their class */
export const functions = (natives: Natives, plainly = false): Record<string, Value> =>
  Object.fromEntries(Object.entries(natives).map(([name, run]) => [name, new PyBuiltin(name, run, false, plainly)]))

/** Arguments by place or by name; undefined where one was not given. @param names with a `?` where one may be missing */
export function given(
  fn: string,
  args: readonly Value[],
  keywords: Keywords,
  names: readonly string[],
): (Value | undefined)[] {
  const plain = names.map(name => name.replace(/[?*]/g, ''))
  const positional = names.filter(name => !name.startsWith('*')).length
  if (args.length > positional)
    throw typeError(`${fn}() takes at most ${positional} argument${positional === 1 ? '' : 's'} (${args.length} given)`)
  const all: (Value | undefined)[] = plain.map((_, i) => (i < positional ? args[i] : undefined))
  for (const [name, value] of keywords) {
    const at = plain.indexOf(name)
    if (at < 0) throw typeError(`${fn}() got an unexpected keyword argument '${name}'`)
    if (all[at] !== undefined)
      throw typeError(`argument for ${fn}() given by name ('${name}') and position (${at + 1})`)
    all[at] = value
  }
  names.forEach((name, i) => {
    if (all[i] === undefined && !name.includes('?'))
      throw typeError(`${fn}() missing required argument '${plain[i]}' (pos ${i + 1})`)
  })
  return all
}

export function textOf(given: Value | undefined, what: string): string {
  const value = plain(given ?? null)
  if (typeof value === 'string') return value
  throw typeError(`${what} must be str, not ${typeOf(value).name}`)
}

/** Whole numbers, also where they are booleans. */
export function intOf(given: Value): number {
  const value = plain(given)
  if (isInt(value)) return Number(value)
  throw typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer`)
}

export function numberOf(given: Value): number {
  const value = plain(given)
  if (value instanceof PyFloat) return value.value
  if (isInt(value)) return Number(value)
  throw typeError(`must be real number, not ${typeOf(value).name}`)
}

export const valueError = (message: string) => raise('ValueError', message)
