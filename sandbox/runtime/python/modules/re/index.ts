/** `re`, over a matcher of our own (`patterns/`). */
import { functions, given, intOf, methods, textOf } from '../../builtins/define.ts'
import { listed } from '../../machine/calls.ts'
import type { Machine } from '../../machine/machine.ts'
import { typeError } from '../../objects/errors.ts'
import { type Keywords, PyBytes, type PyObject, type Value } from '../../objects/values.ts'
import { compile, errorOf, wellFormed } from './compile.ts'
import { foundOf, matchClass, patternClass, patternOf, wrapped } from './objects.ts'
import { expand, parseTemplate } from './template.ts'
import { WORK } from './work.ts'

const FLAGS = {
  NOFLAG: 0,
  IGNORECASE: 2,
  I: 2,
  LOCALE: 4,
  L: 4,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
  UNICODE: 32,
  U: 32,
  VERBOSE: 64,
  X: 64,
  DEBUG: 128,
  ASCII: 256,
  A: 256,
} as const
/** Those that `repr` of a pattern shows. */
const SHOWN = ['IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'UNICODE', 'VERBOSE', 'ASCII'] as const
const SHOWN_LENGTH = 200

/** Arguments of the module's functions, besides the pattern and the flags. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  search: ['string'],
  match: ['string'],
  fullmatch: ['string'],
  findall: ['string'],
  finditer: ['string'],
  sub: ['repl', 'string', 'count?'],
  subn: ['repl', 'string', 'count?'],
  split: ['string', 'maxsplit?'],
}

/** The module's functions are Python's own, and say what is missing as such do. */
function mustHave(name: string, args: readonly Value[], keywords: Keywords): void {
  const wanted = ['pattern', ...TAKES[name]!].filter(each => !each.endsWith('?'))
  const missing = wanted.filter((each, i) => i >= args.length && !keywords.has(each)).map(each => `'${each}'`)
  if (missing.length)
    throw typeError(
      `${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${listed(missing)}`,
    )
}

function shown(machine: Machine, pattern: PyObject): string {
  const { flags, bytes, source } = patternOf(pattern)
  const usual = bytes ? 0 : FLAGS.UNICODE
  const names = SHOWN.filter(name => flags & FLAGS[name] & ~usual).map(name => `re.${name}`)
  const text = machine.repr(source).slice(0, SHOWN_LENGTH)
  return `re.compile(${text}${names.length ? `, ${names.join('|')}` : ''})`
}

methods(patternClass, {
  ...Object.fromEntries(
    Object.entries(WORK).map(([name, run]) => [
      name,
      (machine: Machine, [self, ...args]: Value[], keywords: Keywords) =>
        run(machine, self as PyObject, args, keywords),
    ]),
  ),
  __repr__: (machine, [self]) => shown(machine, self as PyObject),
})

methods(matchClass, {
  expand: (machine, [self, template]) => {
    const found = foundOf(self)
    const text = template instanceof PyBytes ? template.text : textOf(template, 'template')
    const parts = wellFormed(machine, template!, text, () => parseTemplate(text, found.pattern))
    return wrapped(found.pattern, expand(parts, found))
  },
})

const SPECIAL = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g

export const re = (machine: Machine): Record<string, Value> => ({
  ...FLAGS,
  Pattern: patternClass,
  Match: matchClass,
  error: errorOf(machine),
  PatternError: errorOf(machine),
  ...functions({
    compile: (_, args, keywords) => {
      const [source, flags] = given('compile', args, keywords, ['pattern', 'flags?'])
      return compile(machine, source!, flags === undefined ? 0 : intOf(flags))
    },
    escape: (_, [text]) =>
      text instanceof PyBytes
        ? new PyBytes(text.text.replace(SPECIAL, '\\$&'))
        : textOf(text, 'pattern').replace(SPECIAL, '\\$&'),
    purge: () => null,
    ...Object.fromEntries(
      Object.entries(WORK).map(([name, run]) => [
        name,
        (_: Machine, args: Value[], keywords: Keywords) => {
          const names = TAKES[name]!
          mustHave(name, args, keywords)
          const [source, ...rest] = given(name, args, keywords, ['pattern', ...names, 'flags?'])
          const flags = rest.pop()
          const pattern = compile(machine, source!, flags === undefined ? 0 : intOf(flags))
          while (rest.at(-1) === undefined) rest.pop()
          return run(machine, pattern, rest as Value[], new Map())
        },
      ]),
    ),
  }),
})
