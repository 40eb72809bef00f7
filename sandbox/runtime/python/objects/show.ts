/** `repr` and `str` of values. */
import type { Machine } from '../machine/machine.ts'
import { PyDict, PyList, PyRange, PySet, PySlice, PyTuple } from './containers.ts'
import { floatText, intText } from './numbers.ts'
import { dict, frozenset, list, set, typeOf } from './types.ts'
import {
  Instance,
  PyBuiltin,
  PyBytes,
  PyClass,
  PyException,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyMethod,
  PyModule,
  PyScalar,
  Singleton,
  type Value,
} from './values.ts'

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** What is not shown as it is: quotes, the backslash, and what is neither a blank nor printable. */
const UNSHOWN = /[\\'"\p{C}\p{Z}]/gu
/** What `str.isprintable` does not hold of. */
export const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/u

export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text.replace(UNSHOWN, c => {
    if (c === "'" || c === '"') return c === mark ? `\\${c}` : c
    if (c === ' ') return c
    const code = c.codePointAt(0)!
    const hex = code.toString(16)
    if (code < 256) return ESCAPES[c] ?? `\\x${hex.padStart(2, '0')}`
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
  })
  return mark + inner + mark
}

/** A text with escapes in the place of what is not ASCII. */
export const asciiOnly = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, c => {
    const code = c.codePointAt(0)!
    const hex = code.toString(16)
    return code < 256 ? `\\x${hex}` : code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
  })

function quoteBytes(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text.replace(/[\\\n\r\t'"\x00-\x1f\x7f-\xff]/g, c => {
    if (c === "'" || c === '"') return c === mark ? `\\${c}` : c
    return ESCAPES[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return `b${mark}${inner}${mark}`
}

export function qualified(cls: PyClass): string {
  const own = cls.attrs.get('__qualname__')
  const name = typeof own === 'string' ? own : cls.name
  return cls.module === 'builtins' ? name : `${cls.module}.${name}`
}

export function str(machine: Machine, value: Value): string {
  if (typeof value === 'string') return value
  if (value instanceof Instance) {
    const own = value.cls.find('__str__')
    if (own !== undefined) return text(machine, own, value, '__str__')
    if (value instanceof PyScalar && !value.cls.find('__repr__')) return str(machine, value.value)
    if (value instanceof PyException && !value.cls.mro.some(cls => !cls.builtin && cls.attrs.has('__repr__')))
      return exceptionText(machine, value)
  }
  return repr(machine, value)
}

function text(machine: Machine, fn: Value, value: Value, name: string): string {
  const result = machine.now(fn, [value])
  if (typeof result !== 'string')
    throw machine.raise('TypeError', `${name} returned non-string (type ${typeOf(result).name})`)
  return result
}

function exceptionText(machine: Machine, { cls, args, attrs }: PyException): string {
  const number = args[0]
  if (cls.mro.some(c => c.name === 'OSError') && args.length >= 2 && !cls.find('__str__')) {
    const file = attrs!.get('filename') ?? null
    const second = attrs!.get('filename2')
    const names =
      file === null ? '' : `: ${repr(machine, file)}${second === undefined ? '' : ` -> ${repr(machine, second)}`}`
    const head = cls.name === 'URLError' ? '' : `[Errno ${str(machine, number!)}] `
    return `${head}${str(machine, args[1]!)}${names}`
  }
  if (cls.mro.some(c => c.name === 'KeyError') && args.length === 1) return repr(machine, args[0]!)
  if (args.length === 0) return ''
  return args.length === 1 ? str(machine, args[0]!) : repr(machine, new PyTuple(args))
}

export function repr(machine: Machine, value: Value): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
    case 'bigint':
      return intText(value, machine.mostDigits)
    case 'string':
      return quote(value)
  }
  if (value instanceof PyFloat) return floatText(value.value)
  if (value instanceof PyBytes) return quoteBytes(value.text)
  if (value instanceof Instance) {
    const own = value.cls.find('__repr__')
    if (own !== undefined) return text(machine, own, value, '__repr__')
    if (value instanceof PyTuple || value instanceof PyList || value instanceof PyDict || value instanceof PySet)
      return container(machine, value)
    if (value instanceof PyException)
      return `${value.cls.name}(${value.args.map(arg => repr(machine, arg)).join(', ')})`
    if (value instanceof PyScalar) return repr(machine, value.value)
    if (value instanceof PyFunction) return `<function ${value.qualname} at ${machine.address(value)}>`
  }
  if (value instanceof PyClass) {
    const meta = value.meta?.find('__repr__') ?? value.find('__class_repr__')
    return meta === undefined ? `<class '${qualified(value)}'>` : text(machine, meta, value, '__repr__')
  }
  if (value instanceof PyBuiltin) return value.method ? `<method '${value.name}'>` : `<built-in function ${value.name}>`
  if (value instanceof PyMethod) {
    if (value.fn instanceof PyBuiltin)
      return `<built-in method ${value.fn.name} of ${typeOf(value.self).name} object at ${machine.address(value.self)}>`
    const name = value.fn instanceof PyFunction ? value.fn.qualname : '?'
    return `<bound method ${name} of ${repr(machine, value.self)}>`
  }
  if (value instanceof PyModule) {
    const file = value.attrs.get('__file__')
    return `<module '${value.name}'${typeof file === 'string' ? ` from ${quote(file)}` : ' (built-in)'}>`
  }
  if (value instanceof PyRange)
    return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`
  if (value instanceof PySlice)
    return `slice(${[value.start, value.stop, value.step].map(v => repr(machine, v)).join(', ')})`
  if (value instanceof PyGenerator)
    return `<${value.kind.replace(' ', '_')} object ${value.name} at ${machine.address(value)}>`
  if (value instanceof Singleton) return value.shown
  const cls = typeOf(value)
  return `<${cls.builtin && cls.module === 'builtins' ? cls.name : qualified(cls)} object at ${machine.address(value)}>`
}

/** All that is in a container, counted as it grows. */
function shownAll<T>(machine: Machine, items: Iterable<T>, show: (item: T) => string): string {
  const all: string[] = []
  for (const item of items) {
    const text = show(item)
    machine.grow(text.length)
    all.push(text)
  }
  return all.join(', ')
}

function container(machine: Machine, value: PyTuple | PyList | PyDict | PySet): string {
  if (machine.showing.includes(value))
    return value instanceof PyDict ? '{...}' : value instanceof PyList ? '[...]' : '(...)'
  machine.showing.push(value)
  try {
    const wrap = (base: PyClass, text: string): string =>
      value.cls === base || !/^(defaultdict|OrderedDict|Counter|deque)$/.test(value.cls.name)
        ? text
        : `${value.cls.name}(${text})`
    if (value instanceof PyTuple)
      return `(${shownAll(machine, value.items, item => repr(machine, item))}${value.items.length === 1 ? ',' : ''})`
    if (value instanceof PyList) return wrap(list, `[${shownAll(machine, value.items, item => repr(machine, item))}]`)
    if (value instanceof PyDict) {
      const pair = ([key, item]: [Value, Value]): string => `${repr(machine, key)}: ${repr(machine, item)}`
      return wrap(dict, `{${shownAll(machine, value.entries.values(), pair)}}`)
    }
    const items = shownAll(machine, value.entries.values(), item => repr(machine, item))
    if (value.cls.is(frozenset)) return items ? `frozenset({${items}})` : 'frozenset()'
    return items ? `{${items}}` : `${set.name}()`
  } finally {
    machine.showing.pop()
  }
}
