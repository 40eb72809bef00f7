/** The functions of text/template and those that kubectl adds. */
import { base64Fault, decodeBase64 } from '../../../api/formats/go-base64.ts'
import { isRecord } from '../../objects.ts'
import { goValue } from '../go.ts'

/** What an absent key gives: printed as `<no value>`. */
export const ABSENT = Symbol('no value')

export const truth = (v: unknown): boolean => {
  if (v === ABSENT || v === null || v === undefined) return false
  if (Array.isArray(v)) return v.length > 0
  if (isRecord(v)) return Object.keys(v).length > 0
  return !!v
}

export const shown = (v: unknown): string => (v === ABSENT || v === null || v === undefined ? '<no value>' : goValue(v))

const kindOf = (v: unknown): string =>
  v === ABSENT || v === null
    ? 'invalid'
    : typeof v === 'number'
      ? Number.isInteger(v)
        ? 'int'
        : 'float'
      : Array.isArray(v)
        ? 'slice'
        : typeof v

function equal(a: unknown, b: unknown): boolean {
  if (kindOf(a) === 'slice' || kindOf(a) === 'object' || kindOf(b) === 'slice' || kindOf(b) === 'object')
    throw new Error('non-comparable type')
  if (kindOf(a) === 'invalid' || kindOf(b) === 'invalid') return kindOf(a) === kindOf(b)
  if (kindOf(a) !== kindOf(b)) throw new Error('incompatible types for comparison')
  return a === b
}
function less(a: unknown, b: unknown): boolean {
  if (kindOf(a) !== kindOf(b)) throw new Error('incompatible types for comparison')
  if (typeof a !== 'number' && typeof a !== 'string') throw new Error('invalid type for comparison')
  return a < (b as typeof a)
}

/** Go's name of a value's type. */
const typeOf = (v: unknown): string => {
  if (v === ABSENT || v === null || v === undefined) return '<nil>'
  if (typeof v === 'number') return Number.isInteger(v) ? 'int64' : 'float64'
  if (typeof v === 'boolean') return 'bool'
  if (Array.isArray(v)) return '[]interface {}'
  return isRecord(v) ? 'map[string]interface {}' : 'string'
}

const hex = (n: number): string => n.toString(16)
const wholeNumber = (format: (n: number) => string) => (v: unknown) =>
  Number.isInteger(v) ? format(v as number) : undefined
const anyNumber = (format: (n: number, precision: number) => string) => (v: unknown, precision?: string) =>
  typeof v === 'number' ? format(v, precision ? Number(precision) : 6) : undefined
const exponent = (n: number, precision: number): string => n.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2')

/** What each verb makes of a value; undefined where it is of no such type. */
const VERBS: Readonly<Record<string, (v: unknown, precision?: string) => string | undefined>> = {
  v: v => (v === ABSENT || v === null ? '<nil>' : goValue(v)),
  s: (v, precision) =>
    typeof v === 'number' || typeof v === 'boolean'
      ? undefined
      : (VERBS.v!(v) as string).slice(0, precision ? Number(precision) : undefined),
  q: v => (typeof v === 'string' ? JSON.stringify(v) : undefined),
  T: typeOf,
  t: v => (typeof v === 'boolean' ? String(v) : undefined),
  d: wholeNumber(String),
  b: wholeNumber(n => n.toString(2)),
  o: wholeNumber(n => n.toString(8)),
  c: wholeNumber(n => String.fromCodePoint(n)),
  U: wholeNumber(n => `U+${hex(n).toUpperCase().padStart(4, '0')}`),
  x: v =>
    typeof v === 'string'
      ? [...new TextEncoder().encode(v)].map(byte => hex(byte).padStart(2, '0')).join('')
      : wholeNumber(hex)(v),
  X: v => VERBS.x!(v)?.toUpperCase(),
  f: anyNumber((n, precision) => n.toFixed(precision)),
  e: anyNumber(exponent),
  g: anyNumber(n => goValue(n)),
}

function sprintf(format: unknown, args: readonly unknown[]): string {
  let i = 0
  const text = String(format).replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?(.|$)/gsu,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (!verb) return '%!(NOVERB)'
      if (i >= args.length) return `%!${verb}(MISSING)`
      const v = args[i++]
      const s = VERBS[verb]?.(v, precision) ?? `%!${verb}(${typeOf(v)}=${goValue(v)})`
      if (!width) return s
      return flags.includes('-') ? s.padEnd(Number(width)) : s.padStart(Number(width), flags.includes('0') ? '0' : ' ')
    },
  )
  const extra = args.slice(i).map(a => `${typeOf(a)}=${goValue(a)}`)
  return extra.length ? `${text}%!(EXTRA ${extra.join(', ')})` : text
}

/** Blanks stand between operands when neither is a string. */
const print = (args: readonly unknown[]): string =>
  args
    .map(
      (a, i) =>
        (i > 0 && typeof a !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') +
        (a === ABSENT ? '<nil>' : goValue(a)),
    )
    .join('')

const escapeHtml = (s: string): string =>
  s.replace(
    /[&<>"'\0]/g,
    c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\ufffd' })[c]!,
  )

function index(value: unknown, keys: readonly unknown[]): unknown {
  let v = value
  for (const key of keys) {
    if (v === ABSENT || v === null || v === undefined) throw new Error('index of untyped nil')
    if (Array.isArray(v) || typeof v === 'string') {
      if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${typeof key}`)
      if (key < 0 || key >= v.length) throw new Error(`error calling index: index out of range: ${key}`)
      v = typeof v === 'string' ? v.charCodeAt(key) : v[key]
    } else if (isRecord(v)) v = v[String(key)] ?? ABSENT
    else throw new Error(`can't index item of type ${typeof v === 'boolean' ? 'bool' : 'int64'}`)
  }
  return v
}

export const FUNCTIONS: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  not: v => !truth(v),
  len: v => {
    if (typeof v === 'string') return new TextEncoder().encode(v).length
    if (Array.isArray(v)) return v.length
    if (isRecord(v)) return Object.keys(v).length
    throw new Error(
      v === ABSENT || v === null
        ? 'error calling len: reflect: call of reflect.Value.Type on zero Value'
        : `error calling len: len of type ${typeof v === 'boolean' ? 'bool' : 'int'}`,
    )
  },
  index: (v, ...keys) => index(v, keys),
  slice: (v, a = 0, b) => (v as string | unknown[]).slice(a as number, b as number | undefined),
  print: (...a) => print(a),
  println: (...a) => `${a.map(x => goValue(x)).join(' ')}\n`,
  printf: (f, ...a) => sprintf(f, a),
  html: (...a) => escapeHtml(print(a)),
  js: (...a) => JSON.stringify(print(a)).slice(1, -1),
  urlquery: (...a) => encodeURIComponent(print(a)).replaceAll('%20', '+'),
  eq: (a, ...b) => b.some(x => equal(a, x)),
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => less(a, b),
  le: (a, b) => less(a, b) || equal(a, b),
  gt: (a, b) => !(less(a, b) || equal(a, b)),
  ge: (a, b) => !less(a, b),
  call: () => {
    throw new Error('error calling call: non-function')
  },
  exists: (v, ...keys) => {
    try {
      return index(v, keys) !== ABSENT
    } catch {
      return false
    }
  },
  base64decode: v => base64Decoded(String(v)),
}

/** @throws Error that tells the first byte which does not belong there */
function base64Decoded(text: string): string {
  const bytes = decodeBase64(text)
  if (!bytes) throw new Error(`error calling base64decode: base64 decode failed: ${base64Fault(text)}`)
  return new TextDecoder().decode(bytes)
}
