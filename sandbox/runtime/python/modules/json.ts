/** `json`: as CPython writes it, with its spaces, and reads it, with its errors. */
import { functions, given, intOf } from '../builtins/define.ts'
import { findAttribute } from '../machine/attributes.ts'
import { invoke } from '../machine/calls.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { putItem } from '../machine/subscripts.ts'
import { fromBytes } from '../objects/codecs.ts'
import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { floatText } from '../objects/numbers.ts'
import { typeOf } from '../objects/types.ts'
import {
  isInt,
  isSteps,
  type Keywords,
  PyBytes,
  PyClass,
  PyFloat,
  PyObject,
  plain,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { channelOf, readSome, writeTo } from './streams.ts'

const DecodeError = new PyClass('JSONDecodeError', [errorClass('ValueError')], new Map(), 'json.decoder', true)

interface Style {
  indent: string | undefined
  item: string
  key: string
  sort: boolean
  ascii: boolean
  fallback: Value
}

const quoteJson = (text: string, ascii: boolean): string => {
  const quoted = JSON.stringify(text)
  return ascii ? quoted.replace(/[^\x00-\x7f]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : quoted
}

const DEEPEST = 900

function write(machine: Machine, given: Value, style: Style, depth = 0): string {
  const value = plain(given)
  if (depth > DEEPEST) throw raise('ValueError', 'Circular reference detected')
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') {
    machine.grow(value.length)
    return quoteJson(value, style.ascii)
  }
  if (isInt(value)) return machine.repr(value)
  if (value instanceof PyFloat)
    return Number.isFinite(value.value)
      ? floatText(value.value)
      : Number.isNaN(value.value)
        ? 'NaN'
        : value.value > 0
          ? 'Infinity'
          : '-Infinity'
  const [open, close] =
    style.indent === undefined ? ['', ''] : [`\n${style.indent.repeat(depth + 1)}`, `\n${style.indent.repeat(depth)}`]
  if (value instanceof PyList || value instanceof PyTuple)
    return value.items.length
      ? `[${open}${value.items.map(item => write(machine, item, style, depth + 1)).join(style.item + open)}${close}]`
      : '[]'
  if (value instanceof PyDict) {
    let entries = [...value.entries.values()].map(([key, item]): [string, Value] => [keyText(key), item])
    if (style.sort) entries = entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return entries.length
      ? `{${open}${entries.map(([key, item]) => quoteJson(key, style.ascii) + style.key + write(machine, item, style, depth + 1)).join(style.item + open)}${close}}`
      : '{}'
  }
  if (style.fallback === null) throw typeError(`Object of type ${typeOf(value).name} is not JSON serializable`)
  return write(machine, machine.now(style.fallback, [value]), style, depth)
}

function keyText(given: Value): string {
  const key = plain(given)
  if (typeof key === 'string') return key
  if (key === null) return 'null'
  if (typeof key === 'boolean' || isInt(key)) return String(key)
  if (key instanceof PyFloat) return floatText(key.value)
  throw typeError(`keys must be str, int, float, bool or None, not ${typeOf(key).name}`)
}

function styleOf(fn: string, keywords: Keywords): Style {
  const [, ascii, , , cls, indent = null, separators, fallback = null, sort] = given(fn, [], keywords, [
    '*skipkeys?',
    '*ensure_ascii?',
    '*check_circular?',
    '*allow_nan?',
    '*cls?',
    '*indent?',
    '*separators?',
    '*default?',
    '*sort_keys?',
  ])
  if (cls !== undefined && cls !== null) throw new NotSimulated('json with a class of its own')
  const [item, key] =
    separators instanceof PyTuple ? separators.items.map(String) : [indent === null ? ', ' : ',', ': ']
  return {
    indent: indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(intOf(indent)),
    item: item!,
    key: key!,
    sort: sort === true,
    ascii: ascii !== false,
    fallback,
  }
}

class Reader {
  readonly #text: string
  readonly #machine: Machine
  readonly #hook: Value
  #at = 0

  constructor(machine: Machine, text: string, hook: Value) {
    this.#machine = machine
    this.#text = text
    this.#hook = hook
  }

  fail(message: string, at = this.#at) {
    const before = this.#text.slice(0, at)
    const line = before.split('\n').length
    const column = at - before.lastIndexOf('\n')
    const error = raise(DecodeError, `${message}: line ${line} column ${column} (char ${at})`)
    for (const [name, value] of Object.entries({ msg: message, doc: this.#text, pos: at, lineno: line, colno: column }))
      error.exception.attrs!.set(name, value)
    return error
  }

  all(): Value {
    this.#blank()
    const value = this.#value(0)
    this.#blank()
    if (this.#at < this.#text.length) throw this.fail('Extra data')
    return value
  }

  #blank(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #value(depth: number): Value {
    const text = this.#text
    if (depth > DEEPEST)
      throw raise(
        'RecursionError',
        'maximum recursion depth exceeded while decoding a JSON array from a unicode string',
      )
    const c = text[this.#at]
    if (c === '"') return this.#string()
    if (c === '{') return this.#object(depth)
    if (c === '[') return this.#array(depth)
    for (const [word, value] of [
      ['null', null],
      ['true', true],
      ['false', false],
      ['NaN', new PyFloat(Number.NaN)],
      ['Infinity', new PyFloat(Infinity)],
      ['-Infinity', new PyFloat(-Infinity)],
    ] as [string, Value][])
      if (text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y
    number.lastIndex = this.#at
    const found = number.exec(text)
    if (!found) throw this.fail('Expecting value')
    this.#at += found[0].length
    if (found[1] || found[2]) return new PyFloat(Number(found[0]))
    return Number.isSafeInteger(Number(found[0])) ? Number(found[0]) || 0 : BigInt(found[0])
  }

  #string(): string {
    const start = this.#at
    for (let i = start + 1; i < this.#text.length; i++) {
      const c = this.#text[i]!
      if (c === '\\') i++
      else if (c === '"') {
        this.#at = i + 1
        try {
          return JSON.parse(this.#text.slice(start, i + 1)) as string
        } catch {
          const bad = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.#text.slice(start, i + 1))
          throw bad
            ? this.fail(
                this.#text[start + bad.index + 1] === 'u' ? 'Invalid \\uXXXX escape' : 'Invalid \\escape',
                start + bad.index,
              )
            : this.fail('Invalid control character at', start + 1 + this.#text.slice(start + 1).search(/[\x00-\x1f]/))
        }
      }
    }
    throw this.fail('Unterminated string starting at', start)
  }

  #array(depth: number): Value {
    this.#at++
    const items: Value[] = []
    this.#blank()
    if (this.#text[this.#at] === ']') {
      this.#at++
      return new PyList(items)
    }
    for (;;) {
      items.push(this.#value(depth + 1))
      this.#blank()
      const c = this.#text[this.#at]
      if (c === ']') break
      if (c !== ',') throw this.fail("Expecting ',' delimiter")
      const comma = this.#at++
      this.#blank()
      if (this.#text[this.#at] === ']')
        throw this.fail(
          this.#machine.version[1] >= 13 ? 'Illegal trailing comma before end of array' : 'Expecting value',
          this.#machine.version[1] >= 13 ? comma : this.#at,
        )
    }
    this.#at++
    return new PyList(items)
  }

  #object(depth: number): Value {
    const dict = new PyDict()
    this.#at++
    this.#blank()
    if (this.#text[this.#at] !== '}')
      for (;;) {
        if (this.#text[this.#at] !== '"') throw this.fail('Expecting property name enclosed in double quotes')
        const key = this.#string()
        this.#blank()
        if (this.#text[this.#at] !== ':') throw this.fail("Expecting ':' delimiter")
        this.#at++
        this.#blank()
        putItem(this.#machine, dict, key, this.#value(depth + 1))
        this.#blank()
        const c = this.#text[this.#at]
        if (c === '}') break
        if (c !== ',') throw this.fail("Expecting ',' delimiter")
        const comma = this.#at++
        this.#blank()
        if (this.#text[this.#at] === '}' && this.#machine.version[1] >= 13)
          throw this.fail('Illegal trailing comma before end of object', comma)
      }
    this.#at++
    return this.#hook === null ? dict : this.#machine.now(this.#hook, [dict])
  }
}

function parse(machine: Machine, text: Value, keywords: Keywords): Value {
  const [hook = null] = given('loads', [], keywords, ['*object_hook?'])
  if (!(typeof text === 'string' || text instanceof PyBytes))
    throw typeError(`the JSON object must be str, bytes or bytearray, not ${typeOf(text).name}`)
  return new Reader(machine, typeof text === 'string' ? text : fromBytes(text), hook).all()
}

export const json = (): Record<string, Value> => ({
  JSONDecodeError: DecodeError,
  ...functions({
    dumps: (machine, [value], keywords) => write(machine, value!, styleOf('dumps', keywords)),
    *dump(machine, [value, file], keywords) {
      yield* writeTo(machine, file!, write(machine, value!, styleOf('dump', keywords)), false)
      return null
    },
    loads: (machine, [text], keywords) => parse(machine, text!, keywords),
    *load(machine, [file], keywords) {
      return parse(machine, yield* wholeOf(machine, file!), keywords)
    },
  }),
})

/** All that a file object, or what reads like one, still has. */
function* wholeOf(machine: Machine, file: Value): Steps {
  if (file instanceof PyObject && file.cls.attrs.has('__open__')) return yield* readSome(machine, channelOf(file), -1)
  const read = findAttribute(machine, file, 'read')
  if (read === undefined) throw raise('AttributeError', `'${typeOf(file).name}' object has no attribute 'read'`)
  const result = invoke(machine, isSteps(read) ? yield* read : read, [], NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}
