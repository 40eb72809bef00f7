/** The methods of `str` and `bytes`. */
import { bytesOfText, textOfBytes } from '../../bytes.ts'
import { getAttribute } from '../machine/attributes.ts'
import { formatOf } from '../machine/evaluate.ts'
import { collect } from '../machine/iterate.ts'
import type { Machine } from '../machine/machine.ts'
import { PLACE, sizeOf } from '../machine/memory.ts'
import { getItem } from '../machine/subscripts.ts'
import { raise, typeError } from '../objects/errors.ts'
import { lengthOf } from '../objects/format.ts'
import { UNPRINTABLE } from '../objects/show.ts'
import * as types from '../objects/types.ts'
import {
  isInt,
  isSteps,
  type Native,
  PyBuiltin,
  PyBytes,
  PyDict,
  PyList,
  PyTuple,
  type Value,
} from '../objects/values.ts'
import { SPACES } from '../patterns/characters.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { given, intOf, methods, textOf, valueError } from './define.ts'

const self = (args: readonly Value[]): string => args[0] as string

const mapped =
  (fn: (text: string) => Value): Native =>
  (_, args) =>
    fn(self(args))

const WHITE = `[${SPACES}]`
const LEADING = new RegExp(`^${WHITE}+`)
const TRAILING = new RegExp(`${WHITE}+$`)

function strip(text: string, chars: Value | undefined, from: 'both' | 'left' | 'right'): string {
  let all = text
  if (chars === undefined || chars === null) {
    if (from !== 'right') all = all.replace(LEADING, '')
    return from === 'left' ? all : all.replace(TRAILING, '')
  }
  const set = new Set([...(chars as string)])
  const letters = [...all]
  let start = 0
  let end = letters.length
  if (from !== 'right') while (start < end && set.has(letters[start]!)) start++
  if (from !== 'left') while (end > start && set.has(letters[end - 1]!)) end--
  return letters.slice(start, end).join('')
}

function split(text: string, separator: Value | undefined, most: number, right: boolean): string[] {
  if (separator === undefined || separator === null) {
    const words = text.split(new RegExp(`${WHITE}+`)).filter(Boolean)
    if (most < 0 || words.length <= most + 1) return words
    const trimmed = strip(text, null, 'both')
    const pattern = new RegExp(right ? `^(.*\\S)${WHITE}+(\\S+)$` : `^(\\S+)${WHITE}+(.*)$`, 's')
    const parts: string[] = []
    let rest = trimmed
    for (let i = 0; i < most; i++) {
      const [, a = '', b = ''] = pattern.exec(rest) ?? []
      parts[right ? 'unshift' : 'push'](right ? b : a)
      rest = right ? a : b
    }
    return right ? [rest, ...parts] : [...parts, rest]
  }
  const by = separator as string
  if (by === '') throw valueError('empty separator')
  const parts = text.split(by)
  if (most < 0 || parts.length <= most + 1) return parts
  return right
    ? [parts.slice(0, parts.length - most).join(by), ...parts.slice(parts.length - most)]
    : [...parts.slice(0, most), parts.slice(most).join(by)]
}

/** Texts that are shorter take no room worth counting before. */
const LONG = 100_000
/** Of what there is more than this, nobody can have it. */
const TOO_MANY_BYTES = 2 ** 28

/** What comes of it that a text holds another so often, where each time takes `bytes`; counted until it is too many. */
function bytesOfParts(text: string, part: string, bytes: number, most = -1): number {
  if (bytes <= 0 || text.length < LONG) return 0
  const enough = Math.min(most < 0 ? Infinity : most, TOO_MANY_BYTES / bytes)
  if (part === '') return Math.min(text.length + 1, enough) * bytes
  let count = 0
  for (let at = text.indexOf(part); at >= 0 && count < enough; at = text.indexOf(part, at + part.length)) count++
  return count * bytes
}

/** Room for the parts of a long text, before they are made. */
function allocateParts(machine: Machine, text: string, separator: Value | undefined, most: number): void {
  const by = typeof separator === 'string' && separator ? separator : ' '
  machine.allocate(text.length < LONG ? 0 : text.length + bytesOfParts(text, by, sizeOf('') + PLACE, most))
}

/** Room for what a replacement makes of a long text. */
const allocateReplaced = (machine: Machine, text: string, from: string, to: string, most = -1): void =>
  machine.allocate(text.length + bytesOfParts(text, from, to.length - from.length, most))

const splitter =
  (right: boolean, make: (text: string) => Value): Native =>
  (machine, args, keywords) => {
    const [, separator, most] = given(right ? 'rsplit' : 'split', args, keywords, ['self', 'sep?', 'maxsplit?'])
    const text = (v: Value | undefined): Value | undefined => (v instanceof PyBytes ? v.text : v)
    allocateParts(machine, text(args[0]) as string, text(separator), most === undefined ? -1 : intOf(most))
    return new PyList(
      split(text(args[0]) as string, text(separator), most === undefined ? -1 : intOf(most), right).map(make),
    )
  }

/** Where to look, of the two optional ends. */
function within(text: string, args: readonly Value[]): [string, number] {
  const clamp = (v: Value | undefined, otherwise: number): number =>
    v === undefined || v === null
      ? otherwise
      : Number(v) < 0
        ? Math.max(0, Number(v) + text.length)
        : Math.min(Number(v), text.length)
  const from = clamp(args[2], 0)
  return [text.slice(0, clamp(args[3], text.length)), from]
}

const finder =
  (last: boolean, strict: boolean): Native =>
  (_, args) => {
    const raw = args[0] instanceof PyBytes ? args[0].text : self(args)
    const wanted = args[1] instanceof PyBytes ? args[1].text : textOf(args[1], 'must be str, not')
    const [text, from] = within(raw, args)
    const found = last ? text.lastIndexOf(wanted) : text.indexOf(wanted, from)
    const at = found < from ? -1 : found
    if (at < 0 && strict) throw valueError('substring not found')
    if (at < 0 || args[0] instanceof PyBytes || !/[\ud800-\udbff]/.test(raw)) return at
    if (args.length > 2) throw new NotSimulated('searching in a part of a text with characters beyond 16 bits')
    return lengthOf(raw.slice(0, at))
  }

const affix =
  (name: string, test: (text: string, affix: string) => boolean): Native =>
  (_, args) => {
    const raw = args[0] instanceof PyBytes ? args[0].text : self(args)
    const [text, from] = within(raw, args)
    const all = args[1] instanceof PyTuple ? args[1].items : [args[1]!]
    return all.some(each => {
      const wanted = each instanceof PyBytes ? each.text : typeof each === 'string' ? each : undefined
      if (wanted === undefined)
        throw typeError(`${name} first arg must be str or a tuple of str, not ${types.typeOf(each).name}`)
      return test(text.slice(from), wanted)
    })
  }

const padder =
  (name: string, place: (text: string, missing: number, fill: string) => string): Native =>
  (machine, args) => {
    const text = self(args)
    const fill = args[2] === undefined ? ' ' : textOf(args[2], `${name}() argument 2`)
    const missing = intOf(args[1]!) - lengthOf(text)
    machine.allocate(missing)
    return missing > 0 ? place(text, missing, fill) : text
  }

const LETTER = /\p{L}/u
const title = (text: string): string =>
  text.replace(/\p{L}+/gu, word => word[0]!.toUpperCase() + word.slice(1).toLowerCase())
const capital = (text: string): string => (text ? text[0]!.toUpperCase() + text.slice(1).toLowerCase() : '')
const lines = (text: string, keep: boolean): Value => {
  const all =
    text.match(/[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? []
  if (all.at(-1) === '') all.pop()
  return new PyList(keep ? all : all.map(line => line.replace(/(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])$/, '')))
}

export function codec(name: Value | undefined): 'utf-8' | 'ascii' | 'latin-1' {
  const plain = String(name ?? 'utf-8')
    .toLowerCase()
    .replace(/_/g, '-')
  if (plain === 'utf-8' || plain === 'utf8') return 'utf-8'
  if (plain === 'ascii' || plain === 'us-ascii') return 'ascii'
  if (plain === 'latin-1' || plain === 'latin1' || plain === 'iso-8859-1') return 'latin-1'
  throw raise('LookupError', `unknown encoding: ${String(name)}`)
}

export function encode(text: string, encoding?: Value, errors: Value = 'strict'): PyBytes {
  const name = codec(encoding)
  if (name === 'utf-8') return new PyBytes(binary(bytesOfText(text)))
  const limit = name === 'ascii' ? 128 : 256
  return new PyBytes(
    [...text]
      .map((c, at) => {
        if (c.codePointAt(0)! < limit) return c
        if (errors === 'ignore') return ''
        if (errors === 'replace') return '?'
        throw raise(
          'UnicodeEncodeError',
          `'${name}' codec can't encode character '\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}' in position ${at}: ordinal not in range(${limit})`,
        )
      })
      .join(''),
  )
}

const binary = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}

export function decode(bytes: string, encoding?: Value, errors: Value = 'strict'): string {
  const name = codec(encoding)
  if (name === 'latin-1') return bytes
  if (!/[\x80-\xff]/.test(bytes)) return bytes
  const text = textOfBytes(Uint8Array.from(bytes, c => c.charCodeAt(0)))
  const bad = /[\udc80-\udcff]/u.exec(text)
  if (name === 'utf-8' && (!bad || errors === 'surrogateescape')) return text
  if (errors === 'ignore') return text.replace(/[\udc80-\udcff]/gu, '')
  if (errors === 'replace') return text.replace(/[\udc80-\udcff]/gu, '\ufffd')
  const at = name === 'ascii' ? bytes.search(/[\x80-\xff]/) : bytesOfText(text.slice(0, bad!.index)).length
  const byte = bytes.charCodeAt(at).toString(16)
  throw raise(
    'UnicodeDecodeError',
    name === 'ascii'
      ? `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`
      : `'utf-8' codec can't decode byte 0x${byte} in position ${at}: invalid start byte`,
  )
}

/** What streams and files carry, as bytes, and back. */
export const toBytes = (text: string): PyBytes => encode(text)
export const fromBytes = (bytes: PyBytes): string => decode(bytes.text, 'utf-8', 'surrogateescape')

/** `'{} {name!r:>8}'.format(…)` */
export function formatText(
  machine: Machine,
  template: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string {
  let next = 0
  let result = ''
  const replace = (text: string): string => text.replace(/\{(\w*)\}/g, (_, name: string) => machine.str(lookUp(name)))
  const lookUp = (name: string): Value => {
    if (name === '' || /^\d+$/.test(name)) {
      const at = name === '' ? next++ : Number(name)
      if (at >= args.length) throw raise('IndexError', `Replacement index ${at} out of range for positional args tuple`)
      return args[at]!
    }
    const found = keywords.get(name)
    if (found === undefined) throw raise('KeyError', name)
    return found
  }
  for (let i = 0; i < template.length; ) {
    const c = template[i]!
    if ((c === '{' || c === '}') && template[i + 1] === c) {
      result += c
      i += 2
    } else if (c === '}') throw valueError("Single '}' encountered in format string")
    else if (c === '{') {
      let depth = 1
      let end = i + 1
      for (; end < template.length && depth; end++) depth += template[end] === '{' ? 1 : template[end] === '}' ? -1 : 0
      if (depth) throw valueError("Single '{' encountered in format string")
      const [, path = '', conversion, spec = ''] =
        /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/s.exec(template.slice(i + 1, end - 1)) ?? []
      const [, name = '', rest = ''] = /^(\w*)(.*)$/s.exec(path)!
      let value = lookUp(name)
      for (const [, attribute, index] of rest.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
        const found =
          attribute !== undefined
            ? getAttribute(machine, value, attribute)
            : getItem(machine, value, /^\d+$/.test(index!) ? Number(index) : index!)
        value = isSteps(found) ? machine.finish(found) : found
      }
      if (conversion) value = conversion === 's' ? machine.str(value) : machine.repr(value)
      result += formatOf(machine, value, replace(spec))
      i = end
    } else {
      result += c
      i++
    }
  }
  return result
}

const every = (pattern: RegExp): Native => mapped(text => text !== '' && pattern.test(text))

export function installText(): void {
  methods(types.str, {
    upper: mapped(text => text.toUpperCase()),
    lower: mapped(text => text.toLowerCase()),
    casefold: mapped(text => text.toLowerCase().replaceAll('ß', 'ss')),
    title: mapped(title),
    capitalize: mapped(capital),
    swapcase: mapped(text => [...text].map(c => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')),
    strip: (_, args) => strip(self(args), args[1], 'both'),
    lstrip: (_, args) => strip(self(args), args[1], 'left'),
    rstrip: (_, args) => strip(self(args), args[1], 'right'),
    split: splitter(false, text => text),
    rsplit: splitter(true, text => text),
    splitlines: (_, args, keywords) =>
      lines(self(args), given('splitlines', args, keywords, ['self', 'keepends?'])[1] === true),
    *join(machine, [separator, items = null]) {
      const all = yield* collect(machine, items)
      all.forEach((item, at) => {
        if (typeof item !== 'string')
          throw typeError(`sequence item ${at}: expected str instance, ${types.typeOf(item).name} found`)
      })
      machine.allocate(
        (all as readonly string[]).reduce((sum, { length }) => sum + length, all.length * (separator as string).length),
      )
      return (all as readonly string[]).join(separator as string)
    },
    replace: (machine, args, keywords) => {
      const [, from, to, count] = given('replace', args, keywords, ['self', 'old', 'new', 'count?'])
      const most = count === undefined ? -1 : intOf(count)
      const text = self(args)
      allocateReplaced(machine, text, textOf(from, 'replace() argument 1'), textOf(to, 'replace() argument 2'), most)
      if (most < 0)
        return text.replaceAll(textOf(from, 'replace() argument 1'), () => textOf(to, 'replace() argument 2'))
      const parts = text.split(from as string)
      return (
        parts.slice(0, most + 1).join(to as string) +
        parts
          .slice(most + 1)
          .map(p => (from as string) + p)
          .join('')
      )
    },
    startswith: affix('startswith', (text, prefix) => text.startsWith(prefix)),
    endswith: affix('endswith', (text, suffix) => text.endsWith(suffix)),
    find: finder(false, false),
    rfind: finder(true, false),
    index: finder(false, true),
    rindex: finder(true, true),
    count: (_, args) => {
      const [text, from] = within(self(args), args)
      return text.slice(from).split(textOf(args[1], 'must be str')).length - 1
    },
    center: padder('center', (text, missing, fill) => {
      const left = Math.floor(missing / 2) + (missing & (lengthOf(text) + missing) & 1)
      return fill.repeat(left) + text + fill.repeat(missing - left)
    }),
    ljust: padder('ljust', (text, missing, fill) => text + fill.repeat(missing)),
    rjust: padder('rjust', (text, missing, fill) => fill.repeat(missing) + text),
    zfill: (machine, args) => {
      machine.allocate(intOf(args[1]!))
      const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(self(args))!
      return sign + digits.padStart(intOf(args[1]!) - sign.length, '0')
    },
    partition: (_, args) => partition(self(args), textOf(args[1], 'must be str'), false),
    rpartition: (_, args) => partition(self(args), textOf(args[1], 'must be str'), true),
    removeprefix: (_, args) =>
      self(args).startsWith(args[1] as string) ? self(args).slice((args[1] as string).length) : self(args),
    removesuffix: (_, args) =>
      args[1] && self(args).endsWith(args[1] as string) ? self(args).slice(0, -(args[1] as string).length) : self(args),
    isdigit: every(/^\p{Nd}+$/u),
    isdecimal: every(/^\p{Nd}+$/u),
    isnumeric: every(/^\p{N}+$/u),
    isalpha: every(/^\p{L}+$/u),
    isalnum: every(/^[\p{L}\p{N}]+$/u),
    isspace: every(new RegExp(`^${WHITE}+$`)),
    isupper: mapped(text => LETTER.test(text) && text === text.toUpperCase()),
    islower: mapped(text => LETTER.test(text) && text === text.toLowerCase()),
    istitle: mapped(text => LETTER.test(text) && text === title(text)),
    isidentifier: every(/^[\p{L}_][\p{L}\p{N}_]*$/u),
    isascii: mapped(text => !/[^\x00-\x7f]/.test(text)),
    isprintable: mapped(text => !UNPRINTABLE.test(text)),
    expandtabs: (_, args) => {
      const size = args[1] === undefined ? 8 : intOf(args[1])
      return self(args)
        .split('\n')
        .map(line =>
          line.split('\t').reduce((all, part, i) => (i ? all + ' '.repeat(size - (all.length % size)) : '') + part, ''),
        )
        .join('\n')
    },
    encode: (_, args, keywords) => {
      const [, encoding, errors] = given('encode', args, keywords, ['self', 'encoding?', 'errors?'])
      return encode(self(args), encoding, errors)
    },
    format: (machine, [text, ...args], keywords) => formatText(machine, text as string, args, keywords),
    format_map: (machine, [text, mapping]) =>
      formatText(
        machine,
        text as string,
        [],
        new Map([...(mapping as PyDict).entries.values()].map(([k, v]) => [String(k), v])),
      ),
    translate: (machine, [text, table]) =>
      [...(text as string)]
        .map(c => {
          const entry = (table as PyDict).entries.get(c.codePointAt(0)!)
          if (!entry) return c
          return entry[1] === null
            ? ''
            : isInt(entry[1])
              ? String.fromCodePoint(Number(entry[1]))
              : machine.str(entry[1])
        })
        .join(''),
    __len__: mapped(lengthOf),
  })
  types.str.attrs.set(
    'maketrans',
    new PyBuiltin('maketrans', (_, [from = null, to, gone]) => maketrans(from, to, gone)),
  )
  methods(types.bytes, {
    decode: (_, args, keywords) => {
      const [, encoding, errors] = given('decode', args, keywords, ['self', 'encoding?', 'errors?'])
      return decode((args[0] as PyBytes).text, encoding, errors)
    },
    hex: (_, [bytes]) =>
      Array.from((bytes as PyBytes).text, c => c.charCodeAt(0).toString(16).padStart(2, '0')).join(''),
    split: splitter(false, text => new PyBytes(text)),
    rsplit: splitter(true, text => new PyBytes(text)),
    strip: (_, args) => new PyBytes(strip((args[0] as PyBytes).text, (args[1] as PyBytes | undefined)?.text, 'both')),
    rstrip: (_, args) => new PyBytes(strip((args[0] as PyBytes).text, (args[1] as PyBytes | undefined)?.text, 'right')),
    lstrip: (_, args) => new PyBytes(strip((args[0] as PyBytes).text, (args[1] as PyBytes | undefined)?.text, 'left')),
    startswith: affix('startswith', (text, prefix) => text.startsWith(prefix)),
    endswith: affix('endswith', (text, suffix) => text.endsWith(suffix)),
    find: finder(false, false),
    index: finder(false, true),
    upper: (_, [bytes]) => new PyBytes((bytes as PyBytes).text.toUpperCase()),
    lower: (_, [bytes]) => new PyBytes((bytes as PyBytes).text.toLowerCase()),
    replace: (machine, [bytes, from, to]) => {
      allocateReplaced(machine, (bytes as PyBytes).text, (from as PyBytes).text, (to as PyBytes).text)
      return new PyBytes((bytes as PyBytes).text.replaceAll((from as PyBytes).text, () => (to as PyBytes).text))
    },
    *join(machine, [separator, items = null]) {
      const all = yield* collect(machine, items)
      return new PyBytes(all.map(item => (item as PyBytes).text).join((separator as PyBytes).text))
    },
    __len__: (_, [bytes]) => (bytes as PyBytes).text.length,
  })
}

function maketrans(from: Value, to: Value | undefined, gone: Value | undefined): PyDict {
  const table = new PyDict()
  const put = (c: string | number, value: Value): void => {
    const code = typeof c === 'string' ? c.codePointAt(0)! : c
    table.entries.set(code, [code, value])
  }
  if (from instanceof PyDict) for (const [key, value] of from.entries.values()) put(key as string | number, value)
  else {
    const targets = [...textOf(to, 'maketrans() argument 2')]
    for (const [i, c] of [...(from as string)].entries()) put(c, targets[i]!.codePointAt(0)!)
    for (const c of (gone as string | undefined) ?? '') put(c, null)
  }
  return table
}

function partition(text: string, by: string, last: boolean): Value {
  if (!by) throw valueError('empty separator')
  const at = last ? text.lastIndexOf(by) : text.indexOf(by)
  if (at < 0) return new PyTuple(last ? ['', '', text] : [text, '', ''])
  return new PyTuple([text.slice(0, at), by, text.slice(at + by.length)])
}
