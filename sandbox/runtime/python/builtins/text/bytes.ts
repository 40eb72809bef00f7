/** The methods of `bytes`. */
import { collect } from '../../machine/iterate.ts'
import { decode } from '../../objects/codecs.ts'
import { typeError } from '../../objects/errors.ts'
import * as types from '../../objects/types.ts'
import { isSteps, type Native, PyBuiltin, PyBytes, type Value } from '../../objects/values.ts'
import { given, intOf, methods, textOf, valueError } from '../define.ts'
import { byCharacters, replaced } from './long.ts'
import { partition, splitter, strip } from './parts.ts'
import { affix, countIn, finder, wantedIn, within } from './search.ts'

function textIn(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${types.typeOf(value ?? null).name}'`)
}

const BLANKS = ' \t\n\r\x0b\f'

const stripper =
  (from: 'both' | 'left' | 'right'): Native =>
  (_, [bytes, given = null]) =>
    new PyBytes(strip(textIn(bytes), given === null ? BLANKS : textIn(given), from))

export function installBytes(): void {
  methods(types.bytes, {
    decode: (_, args, keywords) => {
      const [, encoding, errors] = given('decode', args, keywords, ['self', 'encoding?', 'errors?'])
      return decode((args[0] as PyBytes).text, encoding, errors)
    },
    *hex(machine, [bytes, by]) {
      const between = by === undefined ? '' : textOf(by, 'sep')
      const hex = byCharacters(machine, textIn(bytes), c => between + c.charCodeAt(0).toString(16).padStart(2, '0'))
      return (isSteps(hex) ? yield* hex : hex).slice(between.length)
    },
    split: splitter(false, text => new PyBytes(text)),
    rsplit: splitter(true, text => new PyBytes(text)),
    strip: stripper('both'),
    lstrip: stripper('left'),
    rstrip: stripper('right'),
    startswith: affix('startswith', (text, prefix) => text.startsWith(prefix)),
    endswith: affix('endswith', (text, suffix) => text.endsWith(suffix)),
    find: finder(false, false),
    index: finder(false, true),
    rfind: finder(true, false),
    rindex: finder(true, true),
    count: (_, args) => {
      const [text, from] = within(textIn(args[0]), args)
      return countIn(text.slice(from), wantedIn(args, 'count'))
    },
    upper: (_, [bytes]) => new PyBytes(textIn(bytes).replace(/[a-z]+/g, letters => letters.toUpperCase())),
    lower: (_, [bytes]) => new PyBytes(textIn(bytes).replace(/[A-Z]+/g, letters => letters.toLowerCase())),
    partition: (_, [bytes, by]) => partition(textIn(bytes), textIn(by), false, text => new PyBytes(text)),
    rpartition: (_, [bytes, by]) => partition(textIn(bytes), textIn(by), true, text => new PyBytes(text)),
    removeprefix: (_, [bytes, prefix]) =>
      textIn(bytes).startsWith(textIn(prefix)) ? new PyBytes(textIn(bytes).slice(textIn(prefix).length)) : bytes!,
    removesuffix: (_, [bytes, suffix]) =>
      textIn(suffix) && textIn(bytes).endsWith(textIn(suffix))
        ? new PyBytes(textIn(bytes).slice(0, -textIn(suffix).length))
        : bytes!,
    isdigit: (_, [bytes]) => /^[0-9]+$/.test(textIn(bytes)),
    isalpha: (_, [bytes]) => /^[a-zA-Z]+$/.test(textIn(bytes)),
    isalnum: (_, [bytes]) => /^[a-zA-Z0-9]+$/.test(textIn(bytes)),
    *replace(machine, [bytes, from, to, count = -1]) {
      const made = replaced(machine, textIn(bytes), textIn(from), textIn(to), intOf(count))
      return new PyBytes(typeof made === 'string' ? made : yield* made)
    },
    *join(machine, [separator, items = null]) {
      const all = (yield* collect(machine, items)).map(item => textIn(item))
      machine.allocate(all.reduce((sum, { length }) => sum + length, all.length * textIn(separator).length))
      return new PyBytes(all.join(textIn(separator)))
    },
    __len__: (_, [bytes]) => (bytes as PyBytes).text.length,
  })
  types.bytes.attrs.set(
    'fromhex',
    new PyBuiltin('fromhex', (_, [text]) => {
      const hex = textOf(text, 'fromhex() argument')
      const plain = hex.replace(/\s+/g, '')
      const wrong = hex.search(/[^0-9a-fA-F\s]/)
      if (wrong >= 0 || plain.length % 2)
        throw valueError(`non-hexadecimal number found in fromhex() arg at position ${wrong >= 0 ? wrong : hex.length}`)
      return new PyBytes(plain.replace(/../g, two => String.fromCharCode(Number.parseInt(two, 16))))
    }),
  )
}
