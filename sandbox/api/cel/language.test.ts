/**
 * Expressions as Kubernetes 1.36 compiles and evaluates them: testdata/expressions.json holds what its environment
 * (k8s.io/apiserver/pkg/cel/environment, every version of the language, strict costs) said of each, with the
 * variables below: what is wrong with it, or its type, what it may cost, its value or fault, and what it cost.
 */
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import { CompileError, compile } from './language.ts'
import { general } from './runtime/numbers.ts'
import { readDuration, readTimestamp, showDuration, showTimestamp } from './runtime/times.ts'
import {
  BuiltMap,
  Duration,
  isList,
  isMap,
  Optional,
  Timestamp,
  TypeValue,
  typeOfValue,
  Uint,
  type Value,
} from './runtime/values.ts'
import recorded from './testdata/expressions.json' with { type: 'json' }
import { declared, readType, STRING } from './types/types.ts'

interface Answer {
  expression: string
  /** What is wrong with it, with the place. */
  issues?: string
  type?: string
  estimate?: string
  value?: string
  fault?: string
  spent?: string
}

const map = (entries: Record<string, Value>): Value => BuiltMap.of(Object.entries(entries))

const VARIABLES: Record<string, [type: string, value: Value]> = {
  x: ['dyn', map({ a: 1n, s: 'text', l: [1n, 'two'], m: map({ k: 'v' }), n: null, f: 1.5 })],
  i: ['int', 3n],
  u: ['uint', new Uint(4n)],
  d: ['double', 2.5],
  s: ['string', 'hello'],
  b: ['bool', true],
  by: ['bytes', new TextEncoder().encode('abc')],
  ls: ['list(string)', ['a', 'b']],
  li: ['list(int)', [1n, 2n, 3n]],
  ld: ['list(dyn)', [1n, 'q', null]],
  ms: ['map(string, string)', map({ k: 'v' })],
  mi: ['map(string, int)', map({ a: 1n })],
  ts: ['timestamp', readTimestamp('2024-01-02T03:04:05Z')!],
  dur: ['duration', readDuration('90s')!],
  n: ['null_type', null],
}
const variables = new Map(Object.entries(VARIABLES).map(([name, [type]]) => [name, readType(type)]))

function literal(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint) return `${value.value}u`
  if (value instanceof TypeValue) return value.type.name
  if (value instanceof Optional)
    return value.value === undefined ? 'optional.none()' : `optional.of(${literal(value.value)})`
  if (isList(value)) return `[${[...value].map(literal).join(', ')}]`
  if (isMap(value))
    return `{${value
      .keys()
      .map(key => `${literal(key)}: ${literal(value.get(key)!)}`)
      .join(', ')}}`
  return String(value)
}

function show(value: Value): string {
  const type = typeOfValue(value).name
  if (typeof value === 'string') return `string(${value})`
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${type}(${value})`
  if (typeof value === 'number') return `double(${general(value)})`
  if (value === null) return 'null_type(null)'
  if (value instanceof Uint) return `uint(${value.value})`
  if (value instanceof Uint8Array) return `bytes(${new TextDecoder().decode(value)})`
  if (value instanceof Timestamp) return `${type}(${showTimestamp(value)})`
  if (value instanceof Duration) return `${type}(${showDuration(value)})`
  if (value instanceof TypeValue) return `type(${value.type.name})`
  return `${type} ${literal(value)}`
}

function ask(expression: string): Answer {
  const answer: Answer = { expression }
  try {
    const compiled = compile(expression, { variables })
    const { min, max } = compiled.estimate()
    Object.assign(answer, { type: declared(compiled.type), estimate: `${min}..${max}` })
    const { value, cost } = compiled.evaluate(name => VARIABLES[name]?.[1], 10_000_000)
    Object.assign(answer, { value: show(value), spent: String(cost) })
  } catch (error) {
    const { message } = error as Error
    const [, instantiation] = /^program instantiation failed: (.*)/s.exec(message) ?? []
    if (error instanceof CompileError && instantiation === undefined)
      answer.issues = message.replace('compilation failed: ', '')
    else answer.fault = instantiation ?? message
  }
  return answer
}

/** What Kubernetes says otherwise, and why we do not. */
const OTHERWISE: Record<string, string> = {
  '.x': 'the order of a map that is shown',
  'google.protobuf.Timestamp{seconds: 1}': 'messages of protobuf cannot be written as literals',
  'x.?a.b.c': 'an optional chain of several steps costs one step there',
  'type(dyn(type(1)))': 'constants are folded there',
  'li.sortBy(y, x)': 'a key without an order is refused in other words',
  'dyn(type(1)).distinct()': 'a fault of Go itself',
  'dyn(type(1)).flatten()': 'written as it was called',
  'dyn(type(1)).flatten(dyn(type(1)))': 'a fault of Go itself',
  "dyn({'a':1})[dyn([1])]": 'an index that is a constant is refused when the program is made',
}

const answers = recorded as Answer[]

/** Where making the program failed, nobody asks for the type and the estimate of it. */
function asTold(wanted: Answer): Answer {
  const { expression, issues, fault, ...known } = ask(wanted.expression)
  const asked = Object.fromEntries(Object.entries(known).filter(([key]) => wanted[key as keyof Answer] !== undefined))
  return { expression, ...asked, ...(fault !== undefined && { fault }), ...(issues !== undefined && { issues }) }
}

const differ = ({ wanted, answer }: { wanted: Answer; answer: Answer }): boolean => !isDeepStrictEqual(wanted, answer)

it('expressions have the types, costs, values and faults that they have in Kubernetes', () => {
  const differing = answers.map(wanted => ({ wanted, answer: asTold(wanted) })).filter(differ)
  const unexplained = differing.filter(({ wanted }) => !(wanted.expression in OTHERWISE))
  expect(unexplained.map(({ answer }) => answer)).toEqual(unexplained.map(({ wanted }) => wanted))
  expect(differing.map(({ wanted }) => wanted.expression).sort()).toEqual(Object.keys(OTHERWISE).sort())
})

it('a long text that is almost a number, a duration or a quantity is refused at once', () => {
  const text = `${'1'.repeat(50_000)}x`
  const is = (expression: string): unknown =>
    compile(expression, { variables: new Map([['s', STRING]]) }).evaluate(() => text, 10_000_000).value
  expect(is('isQuantity(s)')).toBe(false)
  for (const expression of ['double(s)', 'duration(s)']) expect(() => is(expression)).toThrow('type conversion error')
})

it('space is what Go takes for it, at both ends', () => {
  const trimmed = (text: string): unknown =>
    compile('s.trim()', { variables: new Map([['s', STRING]]) }).evaluate(() => text).value
  expect(['', ' \t ', ' a b\n', '\x85a\u00a0\u3000', '\ufeffa'].map(trimmed)).toEqual(['', '', 'a b', 'a', '\ufeffa'])
})

it('what a loop puts together grows where it is, so a long one takes time in proportion to its length; what it was made of stays', () => {
  const said = (text: string): Value =>
    compile(text, { variables: new Map() }).evaluate(() => undefined, 10_000_000).value
  expect(said('lists.range(60000).map(x, x).filter(x, x > 0).size()')).toBe(59_999n)
  expect(said('lists.range(30000).transformMapEntry(i, x, {i: x}).size()')).toBe(30_000n)
  expect(said('[[1]].all(a, a + [2] == [1, 2] && a == [1])')).toBe(true)
  expect(said('[[1], [2]].map(x, x.map(y, y * 2) + x) == [[2, 1], [4, 2]]')).toBe(true)
})
