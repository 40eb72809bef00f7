/** Patterns and matches as programs have them. */
import { intOf, methods } from '../../builtins/define.ts'
import { putItem } from '../../machine/subscripts.ts'
import { PyDict, PyTuple } from '../../objects/containers.ts'
import { raise } from '../../objects/errors.ts'
import * as types from '../../objects/types.ts'
import { isInt, PyBytes, PyClass, PyObject, type Value } from '../../objects/values.ts'
import type { Program } from '../../patterns/compile.ts'
import type { Subject } from '../../patterns/subject.ts'

export const patternClass = new PyClass('Pattern', [types.object], new Map(), 're', true)
export const matchClass = new PyClass('Match', [types.object], new Map(), 're', true)

export interface CompiledPattern {
  bytes: boolean
  program: Program
  flags: number
  source: Value
}

export const patternOf = (value: Value | undefined): CompiledPattern => (value as PyObject).data as CompiledPattern

/** A match: where each group lies in a text. */
export interface Found {
  subject: Subject
  marks: Int32Array
  /** The group that was closed last; 0 for none. */
  last: number
  pattern: PyObject
}

export const foundOf = (value: Value | undefined): Found => (value as PyObject).data as Found

/** @returns undefined for a group that took no part */
export function groupText({ subject, marks }: Found, group: number): string | undefined {
  const to = marks[2 * group + 1]!
  return to < 0 ? undefined : subject.slice(marks[2 * group]!, to)
}

export const wrapped = (pattern: PyObject, text: string | undefined): Value =>
  text === undefined ? null : patternOf(pattern).bytes ? new PyBytes(text) : text

export function matchObject(found: Found, from: number, to: number): PyObject {
  const { subject, marks, last, pattern } = found
  const { names } = patternOf(pattern).program
  const made = new PyObject(matchClass)
  made.data = found
  const spans: PyTuple[] = []
  for (let i = 0; i < marks.length; i += 2) spans.push(new PyTuple([marks[i]!, marks[i + 1]!]))
  const facts: [string, Value][] = [
    ['string', wrapped(pattern, subject.text)],
    ['re', pattern],
    ['pos', from],
    ['endpos', to],
    ['lastindex', last || null],
    ['lastgroup', [...names].find(([, number]) => number === last)?.[0] ?? null],
    ['regs', new PyTuple(spans)],
  ]
  for (const [name, value] of facts) made.attrs!.set(name, value)
  return made
}

function numberOfGroup({ marks, pattern }: Found, key: Value): number {
  const number =
    typeof key === 'string' ? patternOf(pattern).program.names.get(key) : isInt(key) ? intOf(key) : undefined
  if (number === undefined || number < 0 || 2 * number >= marks.length) throw raise('IndexError', 'no such group')
  return number
}

const group = (found: Found, key: Value): Value => wrapped(found.pattern, groupText(found, numberOfGroup(found, key)))

const allGroups = (found: Found, fallback: Value): Value[] =>
  Array.from({ length: found.marks.length / 2 - 1 }, (_, i) => {
    const text = groupText(found, i + 1)
    return text === undefined ? fallback : wrapped(found.pattern, text)
  })

function span(found: Found, key: Value): [number, number] {
  const number = numberOfGroup(found, key)
  return [found.marks[2 * number]!, found.marks[2 * number + 1]!]
}

methods(matchClass, {
  group: (_, [self, ...keys]) => {
    const found = foundOf(self)
    return keys.length < 2 ? group(found, keys[0] ?? 0) : new PyTuple(keys.map(key => group(found, key)))
  },
  groups: (_, [self, fallback = null], keywords) =>
    new PyTuple(allGroups(foundOf(self), keywords.get('default') ?? fallback)),
  groupdict: (machine, [self, fallback = null], keywords) => {
    const found = foundOf(self)
    const all = allGroups(found, keywords.get('default') ?? fallback)
    const dict = new PyDict()
    for (const [name, number] of patternOf(found.pattern).program.names) putItem(machine, dict, name, all[number - 1]!)
    return dict
  },
  start: (_, [self, key = 0]) => span(foundOf(self), key)[0],
  end: (_, [self, key = 0]) => span(foundOf(self), key)[1],
  span: (_, [self, key = 0]) => new PyTuple(span(foundOf(self), key)),
  __getitem__: (_, [self, key]) => group(foundOf(self), key!),
  __repr__: (machine, [self]) => {
    const found = foundOf(self)
    return `<re.Match object; span=(${span(found, 0).join(', ')}), match=${machine.repr(group(found, 0)).slice(0, 50)}>`
  },
})
