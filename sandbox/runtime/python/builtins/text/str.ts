/** The methods of `str`. */
import { collect } from '../../machine/iterate.ts'
import type { Machine } from '../../machine/machine.ts'
import { encode } from '../../objects/codecs.ts'
import { PyDict } from '../../objects/containers.ts'
import { typeError } from '../../objects/errors.ts'
import { lengthOf } from '../../objects/format.ts'
import { UNPRINTABLE } from '../../objects/show.ts'
import * as types from '../../objects/types.ts'
import { isInt, isSteps, type Native, PyBuiltin, plain, type Steps, type Value } from '../../objects/values.ts'
import { given, intOf, methods, textOf } from '../define.ts'
import { byCharacters, changed, LINES, replaced, WORDS } from './long.ts'
import { lines, partition, splitter, strip, WHITE } from './parts.ts'
import { affix, countIn, finder, within } from './search.ts'
import { formatText } from './template.ts'

const self = (args: readonly Value[]): string => args[0] as string

const mapped =
  (fn: (text: string) => Value): Native =>
  (_, args) =>
    fn(self(args))

const padder =
  (place: (text: string, missing: number, fill: string) => string): Native =>
  (machine, args) => {
    const text = self(args)
    const fill = args[2] === undefined ? ' ' : args[2]
    if (typeof fill !== 'string')
      throw typeError(`The fill character must be a unicode character, not ${types.typeOf(fill).name}`)
    if (lengthOf(fill) !== 1) throw typeError('The fill character must be exactly one character long')
    const missing = intOf(args[1]!) - lengthOf(text)
    machine.allocate(missing)
    return missing > 0 ? place(text, missing, fill) : text
  }

const LETTER = /\p{L}/u
const title = (machine: Machine, text: string): string | Steps<string> =>
  changed(machine, text, part => part.replace(/\p{L}+/gu, capital), WORDS)
const capital = (text: string): string => (text ? text[0]!.toUpperCase() + text.slice(1).toLowerCase() : '')
const every = (pattern: RegExp): Native => mapped(text => text !== '' && pattern.test(text))

export function installStr(): void {
  methods(types.str, {
    upper: mapped(text => text.toUpperCase()),
    lower: mapped(text => text.toLowerCase()),
    casefold: mapped(text => text.toLowerCase().replaceAll('ß', 'ss')),
    title: (machine, args) => title(machine, self(args)),
    capitalize: mapped(capital),
    swapcase: (machine, args) =>
      byCharacters(machine, self(args), c => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())),
    strip: (_, args) => strip(self(args), args[1], 'both'),
    lstrip: (_, args) => strip(self(args), args[1], 'left'),
    rstrip: (_, args) => strip(self(args), args[1], 'right'),
    split: splitter(false, text => text),
    rsplit: splitter(true, text => text),
    splitlines: (machine, args, keywords) =>
      lines(machine, self(args), given('splitlines', args, keywords, ['self', 'keepends?'])[1] === true),
    *join(machine, [separator, items = null]) {
      const all = (yield* collect(machine, items)).map(plain)
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
      const old = textOf(from, 'replace() argument 1')
      return replaced(
        machine,
        self(args),
        old,
        textOf(to, 'replace() argument 2'),
        count === undefined ? -1 : intOf(count),
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
      return countIn(text.slice(from), textOf(args[1], 'count() argument 1'))
    },
    center: padder((text, missing, fill) => {
      const left = Math.floor(missing / 2) + (missing & (lengthOf(text) + missing) & 1)
      return fill.repeat(left) + text + fill.repeat(missing - left)
    }),
    ljust: padder((text, missing, fill) => text + fill.repeat(missing)),
    rjust: padder((text, missing, fill) => fill.repeat(missing) + text),
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
    isdigit: every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]+$/u),
    isdecimal: every(/^\p{Nd}+$/u),
    isnumeric: every(/^\p{N}+$/u),
    isalpha: every(/^\p{L}+$/u),
    isalnum: every(/^[\p{L}\p{N}]+$/u),
    isspace: every(new RegExp(`^${WHITE}+$`)),
    isupper: mapped(text => LETTER.test(text) && text === text.toUpperCase()),
    islower: mapped(text => LETTER.test(text) && text === text.toLowerCase()),
    *istitle(machine, args) {
      const titled = title(machine, self(args))
      return LETTER.test(self(args)) && self(args) === (isSteps(titled) ? yield* titled : titled)
    },
    isidentifier: every(/^[\p{L}_][\p{L}\p{N}_]*$/u),
    isascii: mapped(text => !/[^\x00-\x7f]/.test(text)),
    isprintable: mapped(text => !UNPRINTABLE.test(text)),
    expandtabs: (machine, args) => {
      const size = args[1] === undefined ? 8 : intOf(args[1])
      machine.allocate(self(args).length + size * countIn(self(args), '\t'))
      const expanded = (line: string): string =>
        line.split('\t').reduce((all, part, i) => (i ? all + ' '.repeat(size - (all.length % size)) : '') + part, '')
      return changed(machine, self(args), part => part.split('\n').map(expanded).join('\n'), LINES)
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
      byCharacters(machine, text as string, c => {
        const entry = (table as PyDict).entries.get(c.codePointAt(0)!)
        if (!entry) return c
        if (entry[1] === null) return ''
        return isInt(entry[1]) ? String.fromCodePoint(Number(entry[1])) : machine.str(entry[1])
      }),
    __len__: mapped(lengthOf),
  })
  types.str.attrs.set(
    'maketrans',
    new PyBuiltin('maketrans', (_, [from = null, to, gone]) => maketrans(from, to, gone)),
  )
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
