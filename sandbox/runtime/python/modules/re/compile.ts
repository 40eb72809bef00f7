/** From a text to a pattern, or the error that tells what is wrong with it. */

import { valueError } from '../../builtins/define.ts'
import type { Machine } from '../../machine/machine.ts'
import { PyDict } from '../../objects/containers.ts'
import { errorClass, raise, typeError } from '../../objects/errors.ts'
import { quote } from '../../objects/show.ts'
import { PyBytes, PyClass, PyObject, type Raised, type Value } from '../../objects/values.ts'
import { compile as compileProgram } from '../../patterns/compile.ts'
import { type Language, parsePattern, TooLarge, UnknownName } from '../../patterns/parse.ts'
import { BadPattern, FLAG } from '../../patterns/tree.ts'
import { NotSimulated } from '../../syntax/tree.ts'
import { type CompiledPattern, patternClass } from './objects.ts'

/** By its new name; it was `error` before 3.13. */
const newError = new PyClass('PatternError', [errorClass('Exception')], new Map(), 're', true)
const oldError = new PyClass('error', [errorClass('Exception')], new Map(), 're', true)

export const errorOf = ({ version }: Machine): PyClass => (version[1] < 13 ? oldError : newError)

/** Patterns that a program has compiled, as CPython keeps them. */
const known = new WeakMap<Machine, Map<string, PyObject>>()
const MOST_KNOWN = 512
/** Steps that it takes, for each character of a pattern. */
const STEPS = 20

export function compile(machine: Machine, source: Value, flags: number): PyObject {
  if (source instanceof PyObject && source.cls === patternClass) {
    if (flags) throw valueError('cannot process flags argument with a compiled pattern')
    return source
  }
  const bytes = source instanceof PyBytes
  if (!bytes && typeof source !== 'string') throw typeError('first argument must be string or compiled pattern')
  const text = bytes ? source.text : source
  const cache = known.get(machine) ?? new Map<string, PyObject>()
  known.set(machine, cache)
  const key = `${bytes ? 'b' : 's'}${flags} ${text}`
  const before = cache.get(key)
  if (before) return before
  mayHave(flags, bytes)
  machine.step(text.length * STEPS)
  const made = new PyObject(patternClass)
  const parsed = wellFormed(machine, source, text, () => parsePattern(text, flags, language(bytes)))
  const program = compileProgram(parsed)
  made.data = { bytes, program, flags: parsed.flags, source } satisfies CompiledPattern
  const names = new PyDict()
  for (const [name, number] of parsed.names) names.entries.set(`s${name}`, [name, number])
  const facts: Record<string, Value> = {
    pattern: source,
    flags: parsed.flags,
    groups: parsed.groups,
    groupindex: names,
  }
  for (const [name, value] of Object.entries(facts)) made.attrs!.set(name, value)
  if (cache.size >= MOST_KNOWN) cache.delete(cache.keys().next().value!)
  cache.set(key, made)
  return made
}

const language = (bytes: boolean): Language => ({ bytes, quote })

function mayHave(flags: number, bytes: boolean): void {
  if (flags & 128) throw new NotSimulated('re.DEBUG')
  if (bytes && flags & FLAG.unicode) throw valueError('cannot use UNICODE flag with a bytes pattern')
  if (!bytes && flags & FLAG.locale) throw valueError('cannot use LOCALE flag with a str pattern')
  if (flags & FLAG.ascii && flags & (FLAG.unicode | FLAG.locale))
    throw valueError(`ASCII and ${flags & FLAG.locale ? 'LOCALE' : 'UNICODE'} flags are incompatible`)
}

/** What `read` makes of a pattern, or of what matches are replaced by. @throws Raised PatternError */
export function wellFormed<T>(machine: Machine, source: Value, text: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof TooLarge) throw raise('OverflowError', 'the repetition number is too large')
    if (error instanceof UnknownName) throw new NotSimulated(`the character's name in \\N{${error.message}}`)
    if (error instanceof BadPattern) throw patternError(machine, source, text, error)
    throw error
  }
}

function patternError(machine: Machine, source: Value, text: string, { message, position }: BadPattern): Raised {
  const before = position === undefined ? '' : [...text].slice(0, position).join('')
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  const where = text.includes('\n') ? ` (line ${line}, column ${column})` : ''
  const error = raise(errorOf(machine), position === undefined ? message : `${message} at position ${position}${where}`)
  const facts: [string, Value][] = [
    ['msg', message],
    ['pattern', source],
    ['pos', position ?? null],
    ['lineno', position === undefined ? null : line],
    ['colno', position === undefined ? null : column],
  ]
  for (const [name, value] of facts) error.exception.attrs!.set(name, value)
  return error
}
