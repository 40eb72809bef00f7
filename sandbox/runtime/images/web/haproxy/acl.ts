/** haproxy's conditions: `acl NAME CRITERION VALUES`, and `if A !B || C` of what depends on them. */
import { contains } from '../nginx/addresses.ts'

/** What a condition can ask of a connection or a request. */
export interface Seen {
  ip: string
  port: number
  secure: boolean
  /** Absent in mode tcp. */
  request?: { method: string; path: string; query: string; headers: ReadonlyMap<string, string> }
  /** How many servers of a backend can be used. */
  usable(backend: string): number
}

export type Condition = (seen: Seen) => boolean

type Match = 'str' | 'beg' | 'end' | 'sub' | 'reg' | 'dom' | 'dir' | 'ip' | 'int' | 'found' | 'bool'

const MATCHES: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  str: (value, wanted) => value === wanted,
  beg: (value, wanted) => value.startsWith(wanted),
  end: (value, wanted) => value.endsWith(wanted),
  sub: (value, wanted) => value.includes(wanted),
  dom: (value, wanted) => `.${value}.`.includes(`.${wanted.replace(/^\.|\.$/g, '')}.`),
  dir: (value, wanted) => `/${value}/`.includes(`/${wanted.replace(/^\/|\/$/g, '')}/`),
  ip: (value, wanted) => contains(wanted, value),
  int: compareNumbers,
}

function compareNumbers(value: string, wanted: string): boolean {
  const [, sign = 'eq', from, to] = /^(?:(eq|ge|gt|le|lt) )?(\d+)(?::(\d+))?$/.exec(wanted) ?? []
  const [n, a] = [Number(value), Number(from)]
  if (to !== undefined) return n >= a && n <= Number(to)
  return { eq: n === a, ge: n >= a, gt: n > a, le: n <= a, lt: n < a }[sign]!
}

/** What is fetched by the name of a criterion; undefined where there is nothing. */
const FETCHES: Readonly<Record<string, (seen: Seen, argument: string) => string | undefined>> = {
  path: ({ request }) => request?.path,
  url: ({ request }) => request && request.path + (request.query && `?${request.query}`),
  method: ({ request }) => request?.method,
  hdr: ({ request }, name) => request?.headers.get(name.toLowerCase()),
  'req.hdr': ({ request }, name) => request?.headers.get(name.toLowerCase()),
  url_param: ({ request }, name) => (request ? (new URLSearchParams(request.query).get(name) ?? undefined) : undefined),
  cook: ({ request }, name) => request && cookieOf(request.headers, name),
  'req.cook': ({ request }, name) => request && cookieOf(request.headers, name),
  src: ({ ip }) => ip,
  dst_port: ({ port }) => String(port),
  nbsrv: ({ usable }, name) => String(usable(name)),
  ssl_fc: ({ secure }) => (secure ? '1' : '0'),
  always_true: () => '1',
  always_false: () => '0',
}

export const cookieOf = (headers: ReadonlyMap<string, string>, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(headers.get('cookie') ?? '')?.[1]

const KINDS: Readonly<Record<string, Match>> = {
  src: 'ip',
  dst_port: 'int',
  nbsrv: 'int',
  ssl_fc: 'bool',
  always_true: 'bool',
  always_false: 'bool',
}

/** What a value in a text is: `%[src]`, `%[req.hdr(host)]`. @throws Error */
export function fetchOf(expression: string): (seen: Seen) => string | undefined {
  const [, name = '', argument = ''] = /^([\w.]+)(?:\(([^)]*)\))?$/.exec(expression) ?? []
  const fetch = FETCHES[name]
  if (!fetch) throw new Error(`unknown fetch method '${name || expression}' in sample expression '${expression}'`)
  return seen => fetch(seen, argument)
}

/** @throws Error */
function patternOf(text: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(text, ignoreCase ? 'i' : '')
  } catch {
    throw new Error(`regex '${text}' is invalid`)
  }
}

/** @throws Error with what haproxy says of it */
export function readCriterion([expression = '', ...rest]: readonly string[]): Condition {
  const [, whole = '', argument = ''] = /^([\w.]+)(?:\(([^)]*)\))?$/.exec(expression) ?? []
  const [, base = whole, suffix] = FETCHES[whole] ? [] : (/^(.*)_(str|beg|end|sub|reg|dom|dir|ip)$/.exec(whole) ?? [])
  const fetch = FETCHES[base]
  if (!fetch) throw new Error(`unknown fetch method '${whole || expression}' in ACL expression '${expression}'`)
  let match: Match = (suffix as Match | undefined) ?? KINDS[base] ?? 'str'
  let ignoreCase = false
  const values = [...rest]
  while (values[0]?.startsWith('-')) {
    const flag = values.shift()!
    if (flag === '--') break
    if (flag === '-i') ignoreCase = true
    else if (flag === '-m') {
      const wanted = values.shift() ?? ''
      if (!MATCHES[wanted] && !/^(reg|found|bool)$/.test(wanted))
        throw new Error(`unknown matching method '${wanted}' in ACL expression '${expression}'`)
      match = wanted as Match
    } else throw new Error(`flag '${flag}' of ACLs is not simulated`)
  }
  if (match === 'bool') return seen => fetch(seen, argument) === '1'
  if (match === 'found' || (!values.length && match === 'str')) return seen => fetch(seen, argument) !== undefined
  if (match === 'reg') {
    const patterns = values.map(text => patternOf(text, ignoreCase))
    return seen => {
      const value = fetch(seen, argument)
      return value !== undefined && patterns.some(one => one.test(value))
    }
  }
  const folded = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  const wanted = match === 'int' ? [values.join(' ')] : values.map(folded)
  return seen => {
    const value = fetch(seen, argument)
    return value !== undefined && wanted.some(one => MATCHES[match]!(folded(value), one))
  }
}

const PREDEFINED: Readonly<Record<string, Condition>> = {
  TRUE: () => true,
  FALSE: () => false,
  HTTP: ({ request }) => request !== undefined,
  LOCALHOST: ({ ip }) => ip.startsWith('127.'),
  METH_GET: ({ request }) => /^(GET|HEAD)$/.test(request?.method ?? ''),
  METH_HEAD: ({ request }) => request?.method === 'HEAD',
  METH_POST: ({ request }) => request?.method === 'POST',
  METH_PUT: ({ request }) => request?.method === 'PUT',
  METH_DELETE: ({ request }) => request?.method === 'DELETE',
  METH_OPTIONS: ({ request }) => request?.method === 'OPTIONS',
}

/** `if A !B || { path /c }`. @throws Error */
export function readCondition(words: readonly string[], acls: ReadonlyMap<string, readonly Condition[]>): Condition {
  const [keyword, ...terms] = words
  if (keyword === undefined) return () => true
  if (keyword !== 'if' && keyword !== 'unless') throw new Error(`expecting 'if' or 'unless', got '${keyword}'`)
  const ways: Condition[][] = [[]]
  for (let i = 0; i < terms.length; i++) {
    let term = terms[i]!
    if (term === '||' || term.toLowerCase() === 'or') {
      ways.push([])
      continue
    }
    const negated = term.startsWith('!')
    if (negated) term = term.slice(1) || terms[++i] || ''
    let condition: Condition
    if (term === '{') {
      const end = terms.indexOf('}', i)
      if (end < 0) throw new Error("missing closing '}' in condition")
      condition = readCriterion(terms.slice(i + 1, end))
      i = end
    } else {
      const named = acls.get(term)
      const known = named ? (seen: Seen) => named.some(one => one(seen)) : PREDEFINED[term]
      if (!known) throw new Error(`no such ACL : '${term}'`)
      condition = known
    }
    ways.at(-1)!.push(negated ? seen => !condition(seen) : condition)
  }
  const holds: Condition = seen => ways.some(way => way.every(one => one(seen)))
  return keyword === 'if' ? holds : seen => !holds(seen)
}
