/** mod_rewrite: conditions and rules, of the server and of directories. */
import { type Exchange, variable } from './exchange.ts'
import { patternOf } from './redirects.ts'
import { at, type Directive, words } from './syntax.ts'

interface Condition {
  test: (x: Exchange, captures: Captures) => string
  holds: (x: Exchange, text: string) => RegExpExecArray | boolean
  not: boolean
  or: boolean
}

interface Flags {
  status?: number
  last?: boolean
  end?: boolean
  chain?: boolean
  next?: boolean
  skip?: number
  proxy?: boolean
  appendQuery?: boolean
  discardQuery?: boolean
  /** The query begins at the last `?`. */
  lastQuery?: boolean
  noEscape?: boolean
  /** What captures bring is escaped; a space then is this. */
  escaped?: '+' | '%20'
  insensitive?: boolean
  handler?: string
  type?: string
  env: string[]
  cookies: string[]
}

export interface Rule {
  /** The pattern as it stands in the file. */
  written: string
  pattern: RegExp
  not: boolean
  to: string
  flags: Flags
  conditions: readonly Condition[]
}

/** The conditions that stand before the next rule. */
export type Pending = Condition[]

const TESTS: Readonly<Record<string, (x: Exchange, path: string) => boolean>> = {
  '-f': (x, path) => typeOf(x, path) === 'file',
  '-d': (x, path) => typeOf(x, path) === 'directory',
  '-e': (x, path) => typeOf(x, path) !== undefined,
  '-F': (x, path) => typeOf(x, path) === 'file',
  '-s': (x, path) => typeOf(x, path) === 'file' && x.process.fs.stat(path).size > 0,
  '-l': (x, path) => x.process.fs.exists(path) && x.process.fs.lstat(path).type === 'symlink',
  '-h': (x, path) => x.process.fs.exists(path) && x.process.fs.lstat(path).type === 'symlink',
  '-x': (x, path) => typeOf(x, path) === 'file' && (x.process.fs.stat(path).mode & 0o111) !== 0,
}

const typeOf = ({ process: { fs } }: Exchange, path: string): string | undefined =>
  path && fs.exists(path) ? fs.stat(path).type : undefined

/** `RewriteCond test pattern [flags]` @throws ConfigError */
export function condition(d: Directive): Condition {
  const [test, pattern, said = ''] = words(d.args)
  if (test === undefined || pattern === undefined) throw at(d, `RewriteCond: bad argument line '${d.args}'`)
  if (said && !/^\[.*\]$/.test(said)) throw at(d, 'RewriteCond: bad flag delimiters')
  let [or, insensitive] = [false, false]
  for (const flag of said
    .replace(/^\[|\]$/g, '')
    .split(',')
    .filter(Boolean)) {
    if (/^(OR|ornext)$/i.test(flag)) or = true
    else if (/^(NC|nocase)$/i.test(flag)) insensitive = true
    else if (!/^(NV|novary)$/i.test(flag)) throw at(d, `RewriteCond: unknown flag '${flag}'`)
  }
  if (test === 'expr') throw at(d, "'RewriteCond expr' is not simulated")
  const not = pattern.startsWith('!')
  return {
    test: (x, captures) => expand(x, test, captures),
    holds: holding(d, not ? pattern.slice(1) : pattern, insensitive),
    not,
    or,
  }
}

function holding(d: Directive, pattern: string, insensitive: boolean): Condition['holds'] {
  const test = TESTS[pattern]
  if (test) return (x, text) => test(x, text)
  const [, sign, other = ''] = /^(<=|>=|<|>|=)(.*)$/s.exec(pattern) ?? []
  if (sign) {
    const wanted = /^".*"$/.test(other) ? other.slice(1, -1) : other
    const fold = (text: string): string => (insensitive ? text.toLowerCase() : text)
    return (x, text) => {
      const [a, b] = [fold(text), fold(expand(x, wanted, EMPTY))]
      return sign === '=' ? a === b : sign === '<' ? a < b : sign === '>' ? a > b : sign === '<=' ? a <= b : a >= b
    }
  }
  const [, numeric, bound = ''] = /^-(eq|ne|lt|le|gt|ge)\s*(.*)$/.exec(pattern) ?? []
  if (numeric) {
    return (_, text) => {
      const [a, b] = [Number.parseInt(text, 10) || 0, Number.parseInt(bound, 10) || 0]
      const signs = { eq: a === b, ne: a !== b, lt: a < b, le: a <= b, gt: a > b, ge: a >= b }
      return signs[numeric as keyof typeof signs]
    }
  }
  const regex = compiled(d, 'RewriteCond', pattern, insensitive)
  return (_, text) => regex.exec(text) ?? false
}

const compiled = (d: Directive, what: string, pattern: string, insensitive: boolean): RegExp =>
  patternOf(d, pattern, `${what}: cannot compile regular expression '${pattern}'`, insensitive)

/** `RewriteRule pattern to [flags]` @throws ConfigError */
export function rule(d: Directive, conditions: Pending): Rule {
  const [pattern, to, said = ''] = words(d.args)
  if (pattern === undefined || to === undefined) throw at(d, `RewriteRule: bad argument line '${d.args}'`)
  if (said && !/^\[.*\]$/.test(said)) throw at(d, 'RewriteRule: bad flag delimiters')
  const flags: Flags = { env: [], cookies: [] }
  for (const flag of said
    .replace(/^\[|\]$/g, '')
    .split(',')
    .filter(Boolean))
    readFlag(d, flag.trim(), flags)
  const not = pattern.startsWith('!')
  return {
    written: pattern,
    pattern: compiled(d, 'RewriteRule', not ? pattern.slice(1) : pattern, flags.insensitive ?? false),
    not,
    to,
    flags,
    conditions: conditions.splice(0),
  }
}

const WORDS: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 }

function readFlag(d: Directive, flag: string, flags: Flags): void {
  const [name = '', value = ''] = flag.split(/=(.*)/s)
  switch (name.toLowerCase()) {
    case 'r':
    case 'redirect': {
      const status = value ? (WORDS[value] ?? Number(value)) : 302
      if (!(status >= 100 && status <= 999))
        throw at(d, `RewriteRule: invalid HTTP response code '${value}' for flag 'R'`)
      flags.status = status
      return
    }
    case 'f':
    case 'forbidden':
      flags.status = 403
      return
    case 'g':
    case 'gone':
      flags.status = 410
      return
    case 'l':
    case 'last':
      flags.last = true
      return
    case 'end':
      flags.last = flags.end = true
      return
    case 'c':
    case 'chain':
      flags.chain = true
      return
    case 'n':
    case 'next':
      flags.next = true
      return
    case 's':
    case 'skip':
      flags.skip = Number(value)
      return
    case 'p':
    case 'proxy':
      flags.proxy = true
      return
    case 'qsa':
    case 'qsappend':
      flags.appendQuery = true
      return
    case 'qsd':
    case 'qsdiscard':
      flags.discardQuery = true
      return
    case 'ne':
    case 'noescape':
      flags.noEscape = true
      return
    case 'nc':
    case 'nocase':
      flags.insensitive = true
      return
    case 'e':
    case 'env':
      flags.env.push(value)
      return
    case 'co':
    case 'cookie':
      flags.cookies.push(value)
      return
    case 'h':
    case 'handler':
      flags.handler = value
      return
    case 't':
    case 'type':
      flags.type = value
      return
    case 'qsl':
    case 'qslast':
      flags.lastQuery = true
      return
    case 'b':
      if (value) throw at(d, 'RewriteRule: B with a list is not simulated')
      flags.escaped ??= '+'
      return
    case 'bnp':
    case 'backrefnoplus':
      flags.escaped = '%20'
      return
    // Paths are handed on to aliases in any case, path info is found anew, and there are no requests within requests.
    case 'pt':
    case 'passthrough':
    case 'dpi':
    case 'discardpath':
    case 'ns':
    case 'nosubreq':
      return
    default:
      throw at(d, `RewriteRule: unknown flag '${flag}'`)
  }
}

interface Captures {
  rule: readonly (string | undefined)[]
  condition: readonly (string | undefined)[]
}

const EMPTY: Captures = { rule: [], condition: [] }

const plainly = (text: string): string => text

/** All but letters, digits and `_`. */
const escapedAs =
  (space: string) =>
  (text: string): string =>
    [...new TextEncoder().encode(text)]
      .map(byte => {
        const c = String.fromCharCode(byte)
        return /\w/.test(c) ? c : c === ' ' ? space : `%${byte.toString(16).padStart(2, '0')}`
      })
      .join('')

/** A text with `$1`, `%1` and `%{NAME}` in it. @param captured makes of a capture what is put in */
const expand = (x: Exchange, text: string, { rule, condition }: Captures, captured = plainly): string =>
  text.replace(/\\(.)|\$(\d)|%(\d)|%\{([^}]+)\}/g, (_, plain?: string, r?: string, c?: string, name = '') =>
    plain !== undefined
      ? plain
      : r !== undefined
        ? captured(rule[Number(r)] ?? '')
        : c !== undefined
          ? captured(condition[Number(c)] ?? '')
          : variable(x, name),
  )

/** What rules have come to: nothing, another path, an answer, a server behind. */
export type Outcome = { path: string } | { status: number; location?: string } | { proxy: string } | undefined

/** So often rules may begin again, and so long a path may become meanwhile. */
const MOST_ROUNDS = 10_000
const LONGEST = 1_000_000

/**
 * Runs rules over a path.
 * @param start what the rules look at: of a directory, the path without the directory's
 * @param based puts in front of a path that has been rewritten what was taken off
 */
export function run(rules: readonly Rule[], x: Exchange, start: string, based: (path: string) => string): Outcome {
  let path = start
  let changed = false
  let rounds = 0
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i]!
    const captures = matches(rule, x, path)
    if (!captures) {
      while (rules[i]?.flags.chain) i++
      continue
    }
    const { flags } = rule
    for (const env of flags.env) {
      const [name = '', value = ''] = expand(x, env, captures).split(/:(.*)/s)
      if (name.startsWith('!')) x.env.delete(name.slice(1))
      else x.env.set(name, value)
    }
    for (const cookie of flags.cookies) x.always.push(['Set-Cookie', cookieText(expand(x, cookie, captures))])
    if (flags.handler) x.handler = flags.handler
    if (flags.type) x.type = flags.type
    if (flags.end) x.ended = true
    const refused = flags.status !== undefined && (flags.status < 300 || flags.status >= 400)
    if (refused) return { status: flags.status! }
    if (rule.to !== '-') {
      const whole = expand(x, rule.to, captures, flags.escaped && escapedAs(flags.escaped))
      const mark = flags.lastQuery ? whole.lastIndexOf('?') : whole.indexOf('?')
      const target = mark < 0 ? whole : whole.slice(0, mark)
      const query = mark < 0 ? undefined : whole.slice(mark + 1)
      const before = x.args
      if (query !== undefined) x.args = flags.appendQuery && before ? `${query}${query && '&'}${before}` : query
      else if (flags.discardQuery) x.args = ''
      changed = true
      const elsewhere = /^[a-z][a-z\d+.-]*:\/\//i.test(target)
      if (elsewhere && !flags.proxy) return { status: flags.status ?? 302, location: withArgs(x, target, flags) }
      if (flags.proxy) return { proxy: target + (x.args && `?${x.args}`) }
      path = target
      if (flags.status !== undefined) return { status: flags.status, location: withArgs(x, based(path), flags) }
    } else if (flags.status !== undefined) return { status: flags.status, location: withArgs(x, based(path), flags) }
    if (flags.skip) i += flags.skip
    if (flags.next) {
      if (++rounds >= MOST_ROUNDS || path.length > LONGEST) {
        x.note(
          'rewrite',
          'error',
          `AH02596: RewriteRule '${rule.written}' and URI '${x.uri}' exceeded maximum number of rounds (${MOST_ROUNDS}) via the [N] flag`,
        )
        return { status: 500 }
      }
      i = -1
    } else if (flags.last) break
  }
  return changed ? { path: based(path) } : undefined
}

const withArgs = (x: Exchange, path: string, { noEscape }: Flags): string =>
  (noEscape ? path : encodeURI(path).replaceAll('%25', '%')) + (x.args && `?${x.args}`)

function cookieText(text: string): string {
  const [name = '', value = '', domain = '', , path = '/'] = text.split(':')
  return `${name}=${value}; path=${path}${domain && `; domain=${domain}`}`
}

function matches({ pattern, not, conditions }: Rule, x: Exchange, path: string): Captures | undefined {
  const match = pattern.exec(path)
  if (Boolean(match) === not) return undefined
  let captured: readonly (string | undefined)[] = []
  const ruleCaptures = match ?? []
  for (let i = 0; i < conditions.length; i++) {
    const one = conditions[i]!
    const found = one.holds(x, one.test(x, { rule: ruleCaptures, condition: captured }))
    const holds = Boolean(found) !== one.not
    if (holds && typeof found === 'object') captured = found
    // One of those that are joined by OR is enough.
    if (holds) while (conditions[i]?.or) i++
    else if (!one.or) return undefined
  }
  return { rule: ruleCaptures, condition: captured }
}
