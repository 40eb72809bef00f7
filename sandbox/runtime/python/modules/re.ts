/** `re`: Python's expressions, as JavaScript's. */
import { functions, given, intOf, methods, textOf } from '../builtins/define.ts'
import { invoke } from '../machine/calls.ts'
import { over } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { putItem } from '../machine/subscripts.ts'
import { errorClass, raise } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import {
  isSteps,
  PyBytes,
  PyClass,
  PyDict,
  PyList,
  PyObject,
  PyTuple,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'

const FLAGS = {
  IGNORECASE: 2,
  I: 2,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
  VERBOSE: 64,
  X: 64,
  ASCII: 256,
  A: 256,
  UNICODE: 32,
  U: 32,
} as const

const patternClass = new PyClass('Pattern', [types.object], new Map(), 're', true)
const matchClass = new PyClass('Match', [types.object], new Map(), 're', true)
const errorOf = new PyClass('PatternError', [errorClass('Exception')], new Map(), 're', true)

interface Pattern {
  source: string
  flags: number
  regexp: RegExp
  bytes: boolean
}

interface Match {
  found: RegExpExecArray
  text: string
  pattern: Value
}

function compile(machine: Machine, source: Value, flags: number): PyObject {
  if (source instanceof PyObject && source.cls === patternClass) return source
  const bytes = source instanceof PyBytes
  const text = bytes ? source.text : textOf(source, 'first argument')
  let all = flags
  let plain = text.replace(/^\(\?([aimsux]+)\)/, (_, letters: string) => {
    for (const letter of letters) all |= FLAGS[letter.toUpperCase() as keyof typeof FLAGS] ?? 0
    return ''
  })
  if (all & 64)
    plain = plain.replace(/\\[\s\S]|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, part => (/^[\s#]/.test(part) ? '' : part))
  const translated = plain.replace(
    /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]])*\]|\(\?P<|\(\?P=(\w+)\)|\$|\(\?#[^)]*\)|\{,(?=\d+\})/g,
    (part, name?: string) => {
      if (part === '{,') return '{0,'
      if (part === '(?P<') return '(?<'
      if (name !== undefined) return `\\k<${name}>`
      if (part === '\\A') return '(?<![\\s\\S])'
      if (part === '\\Z') return '(?![\\s\\S])'
      if (part === '$') return all & 8 ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))'
      if (part.startsWith('(?#')) return ''
      // A bracket that comes first in a set stands for itself.
      return part.startsWith('[')
        ? part.replace(/^(\[\^?)\]/, '$1\\]').replace(/(?<!\\)\[(?!^)/g, (c, at: number) => (at ? '\\[' : c))
        : part
    },
  )
  try {
    const regexp = new RegExp(translated, `dg${all & 2 ? 'i' : ''}${all & 8 ? 'm' : ''}${all & 16 ? 's' : ''}`)
    const made = new PyObject(patternClass)
    made.data = { source: text, flags: all, regexp, bytes } satisfies Pattern
    made.attrs!.set('pattern', source)
    made.attrs!.set('flags', all | 32)
    return made
  } catch {
    const wrong = faultOf(text)
    if (wrong === undefined) throw new NotSimulated(`the pattern ${machine.repr(source)}`)
    throw raise(errorOf, wrong)
  }
}

/** What is wrong with a pattern, where it is one of the two usual mistakes. */
function faultOf(pattern: string): string | undefined {
  if (/^[*+?]/.test(pattern)) return 'nothing to repeat at position 0'
  const plain = pattern.replace(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]])*\]/g, part => '.'.repeat(part.length))
  const open: number[] = []
  for (let i = 0; i < plain.length; i++) {
    if (plain[i] === '(') open.push(i)
    else if (plain[i] === ')' && open.pop() === undefined) return `unbalanced parenthesis at position ${i}`
  }
  return open.length ? `missing ), unterminated subpattern at position ${open.at(-1)}` : undefined
}

/** `(a+)+` and its like: where no match is, each further character doubles the time, and nothing can interrupt it. */
const REPEATED_TWICE =
  /\((?:\?:|\?P<\w+>)?(?:\\.|\[\^?\]?(?:\\.|[^\]])*\]|[^\\()[\]|])(?:[+*]|\{\d*,\})\??\)(?:[+*]|\{\d*,\d*\})/
const MOST_REPEATED = 20

/** Letters and digits beyond ASCII are such in Python's classes, and not in JavaScript's. @throws NotSimulated */
function mayRead(pattern: Pattern, text: string): string {
  if (text.length > MOST_REPEATED && REPEATED_TWICE.test(pattern.source))
    throw new NotSimulated(`a repetition of nothing but a repetition in texts of more than ${MOST_REPEATED} characters`)
  if (pattern.bytes || pattern.flags & FLAGS.ASCII || !/\\[wWdDbB]/.test(pattern.source)) return text
  if (/(?![\0-\x7f])[\p{L}\p{N}]/u.test(text))
    throw new NotSimulated('\\w, \\d and \\b in texts with letters beyond ASCII')
  return text
}

const patternOf = (value: Value): Pattern => (value as PyObject).data as Pattern
const raw = (value: Value): string =>
  value instanceof PyBytes ? value.text : textOf(value, 'expected string or bytes-like object; it')

function matchAt(pattern: Value, text: string, at: number, how: 'search' | 'match' | 'fullmatch'): Value {
  const { regexp } = patternOf(pattern)
  const sticky =
    how === 'search'
      ? regexp
      : new RegExp(
          how === 'fullmatch' ? `(?:${regexp.source})(?![\\s\\S])` : regexp.source,
          `${regexp.flags.replace('g', '')}y`,
        )
  sticky.lastIndex = at
  const found = sticky.exec(mayRead(patternOf(pattern), text))
  return found ? matchObject(pattern, text, found) : null
}

function matchObject(pattern: Value, text: string, found: RegExpExecArray): PyObject {
  const made = new PyObject(matchClass)
  made.data = { found, text, pattern } satisfies Match
  made.attrs!.set('string', text)
  made.attrs!.set('re', pattern)
  made.attrs!.set(
    'lastindex',
    Math.max(
      0,
      found.findLastIndex((group, i) => i > 0 && group !== undefined),
    ) || null,
  )
  return made
}

const wrap = (pattern: Value, text: string | undefined): Value =>
  text === undefined ? null : patternOf(pattern).bytes ? new PyBytes(text) : text

function everyMatch(machine: Machine, pattern: Value, text: string): RegExpExecArray[] {
  const all = [...mayRead(patternOf(pattern), text).matchAll(patternOf(pattern).regexp)] as RegExpExecArray[]
  machine.step(all.length + text.length / 1000)
  return all
}

function groupOf(match: Match, key: Value): string | undefined {
  if (typeof key === 'string') {
    if (!match.found.groups || !(key in match.found.groups)) throw raise('IndexError', 'no such group')
    return match.found.groups[key]
  }
  const at = intOf(key)
  if (at < 0 || at >= match.found.length) throw raise('IndexError', 'no such group')
  return match.found[at]
}

const expand = (template: string, match: Match): string =>
  template.replace(/\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g, (all, name?: string, number?: string, other?: string) => {
    if (other !== undefined) return { n: '\n', t: '\t', r: '\r', '\\': '\\' }[other] ?? all
    const key = name ?? number!
    return groupOf(match, /^\d+$/.test(key) ? Number(key) : key) ?? ''
  })

function* substitute(machine: Machine, pattern: Value, by: Value, text: string, most: number): Steps<[string, number]> {
  let result = ''
  let last = 0
  let count = 0
  for (const found of everyMatch(machine, pattern, text)) {
    if (most && count >= most) break
    result += text.slice(last, found.index)
    if (typeof by === 'string' || by instanceof PyBytes) result += expand(raw(by), { found, text, pattern })
    else {
      const answer = invoke(machine, by, [matchObject(pattern, text, found)], NO_KEYWORDS)
      result += raw(isSteps(answer) ? yield* answer : answer)
    }
    last = found.index + found[0].length
    count++
  }
  return [result + text.slice(last), count]
}

/** What patterns can do; the module's functions of the same names compile their first argument. */
const work: Record<
  string,
  (machine: Machine, pattern: Value, args: Value[], keywords: ReadonlyMap<string, Value>) => Value | Steps
> = {
  search: (_, pattern, [text, at]) => matchAt(pattern, raw(text!), at === undefined ? 0 : intOf(at), 'search'),
  match: (_, pattern, [text, at]) => matchAt(pattern, raw(text!), at === undefined ? 0 : intOf(at), 'match'),
  fullmatch: (_, pattern, [text]) => matchAt(pattern, raw(text!), 0, 'fullmatch'),
  findall(machine, pattern, [text]) {
    const all = everyMatch(machine, pattern, raw(text!))
    return new PyList(
      all.map(found =>
        found.length === 1
          ? wrap(pattern, found[0])
          : found.length === 2
            ? wrap(pattern, found[1] ?? '')
            : new PyTuple([...found].slice(1).map(g => wrap(pattern, g ?? ''))),
      ),
    )
  },
  finditer(machine, pattern, [text]) {
    const plain = raw(text!)
    const all = everyMatch(machine, pattern, plain)
    return over(
      'callable_iterator',
      all.map(found => matchObject(pattern, plain, found)),
    )
  },
  *sub(machine, pattern, args, keywords) {
    const [by, text, most] = given('sub', args, new Map(keywords), ['repl', 'string', 'count?'])
    return wrap(
      pattern,
      (yield* substitute(machine, pattern, by!, raw(text!), most === undefined ? 0 : intOf(most)))[0],
    )
  },
  *subn(machine, pattern, [by, text]) {
    const [result, count] = yield* substitute(machine, pattern, by!, raw(text!), 0)
    return new PyTuple([wrap(pattern, result), count])
  },
  split(machine, pattern, args, keywords) {
    const [given_, most] = given('split', args, new Map(keywords), ['string', 'maxsplit?'])
    const text = raw(given_!)
    const parts: Value[] = []
    let last = 0
    for (const found of everyMatch(machine, pattern, text)) {
      if (most !== undefined && intOf(most) && parts.length >= intOf(most)) break
      parts.push(wrap(pattern, text.slice(last, found.index)), ...found.slice(1).map(g => wrap(pattern, g)))
      last = found.index + found[0].length
    }
    return new PyList([...parts, wrap(pattern, text.slice(last))])
  },
}

methods(patternClass, {
  ...Object.fromEntries(
    Object.entries(work).map(([name, run]) => [
      name,
      (machine: Machine, [self, ...args]: Value[], keywords: ReadonlyMap<string, Value>) =>
        run(machine, self!, args, keywords),
    ]),
  ),
  __repr__: (machine, [self]) => `re.compile(${machine.repr((self as PyObject).attrs!.get('pattern')!)})`,
})

const matchOf = (value: Value | undefined): Match => (value as PyObject).data as Match
const span = (match: Match, group: Value | undefined): [number, number] => {
  const { indices } = match.found
  const found = typeof group === 'string' ? indices?.groups?.[group] : indices?.[group === undefined ? 0 : intOf(group)]
  return found ?? [-1, -1]
}
methods(matchClass, {
  group: (_, [self, ...keys]) => {
    const match = matchOf(self)
    const one = (key: Value): Value => wrap(match.pattern, groupOf(match, key))
    return keys.length < 2 ? one(keys[0] ?? 0) : new PyTuple(keys.map(one))
  },
  groups: (_, [self, fallback = null]) =>
    new PyTuple(
      [...matchOf(self).found].slice(1).map(g => (g === undefined ? fallback : wrap(matchOf(self).pattern, g))),
    ),
  groupdict: (machine, [self, fallback = null]) => {
    const dict = new PyDict()
    for (const [name, text] of Object.entries(matchOf(self).found.groups ?? {}))
      putItem(machine, dict, name, text === undefined ? fallback : wrap(matchOf(self).pattern, text))
    return dict
  },
  start: (_, [self, group]) => span(matchOf(self), group)[0],
  end: (_, [self, group]) => span(matchOf(self), group)[1],
  span: (_, [self, group]) => new PyTuple(span(matchOf(self), group)),
  expand: (_, [self, template]) => expand(String(template), matchOf(self)),
  __getitem__: (_, [self, key]) => wrap(matchOf(self).pattern, groupOf(matchOf(self), key!)),
  __repr__: (machine, [self]) =>
    `<re.Match object; span=(${span(matchOf(self), 0).join(', ')}), match=${machine.repr(matchOf(self).found[0])}>`,
})

export const re = (): Record<string, Value> => ({
  ...FLAGS,
  Pattern: patternClass,
  Match: matchClass,
  error: errorOf,
  PatternError: errorOf,
  ...functions({
    compile: (machine, args, keywords) => {
      const [source, flags] = given('compile', args, keywords, ['pattern', 'flags?'])
      return compile(machine, source!, flags === undefined ? 0 : intOf(flags))
    },
    escape: (_, [text]) => String(text).replace(/[^\w\s!"%',/:;<=>@`-]|[ #&~-]/g, c => `\\${c}`),
    purge: () => null,
    ...Object.fromEntries(
      Object.entries(work).map(([name, run]) => [
        name,
        (machine: Machine, [source, ...args]: Value[], keywords: Map<string, Value>) => {
          const takes = name.startsWith('sub') ? 2 : 1
          const flags =
            keywords.get('flags') ?? (name.startsWith('sub') || name === 'split' ? args[takes + 1] : args[takes])
          keywords = new Map([...keywords].filter(([key]) => key !== 'flags'))
          const bare = flags !== undefined && !name.startsWith('sub') && name !== 'split' ? args.slice(0, takes) : args
          return run(machine, compile(machine, source!, flags === undefined ? 0 : intOf(flags)), bare, keywords)
        },
      ]),
    ),
  }),
})
