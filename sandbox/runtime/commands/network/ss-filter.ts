/** What `ss` shows of the sockets: the states and the expressions behind its options. */
import type { SocketRow } from './socket-table.ts'

/** A filter that is none, or one that is not simulated. */
export class WrongFilter extends Error {}

export type Test = (row: SocketRow) => boolean

/** As `ss` prints them. */
export const SHOWN: Readonly<Record<SocketRow['state'], string>> = {
  ESTABLISHED: 'ESTAB',
  FIN_WAIT2: 'FIN-WAIT-2',
  CLOSE_WAIT: 'CLOSE-WAIT',
  TIME_WAIT: 'TIME-WAIT',
  LISTEN: 'LISTEN',
  UNCONN: 'UNCONN',
}

const STATES = Object.keys(SHOWN) as SocketRow['state'][]
const but = (...left: readonly SocketRow['state'][]): SocketRow['state'][] => STATES.filter(one => !left.includes(one))

/** Names of states, with those in which no socket here ever is. */
const NAMED: Readonly<Record<string, readonly SocketRow['state'][]>> = {
  all: STATES,
  connected: but('LISTEN', 'UNCONN'),
  synchronized: but('LISTEN', 'UNCONN'),
  bucket: ['TIME_WAIT'],
  big: but('TIME_WAIT'),
  established: ['ESTABLISHED'],
  estab: ['ESTABLISHED'],
  'syn-sent': [],
  'syn-recv': [],
  'fin-wait-1': [],
  'fin-wait-2': ['FIN_WAIT2'],
  'time-wait': ['TIME_WAIT'],
  unconnected: ['UNCONN'],
  unconn: ['UNCONN'],
  closed: ['UNCONN'],
  'close-wait': ['CLOSE_WAIT'],
  'last-ack': [],
  listening: ['LISTEN'],
  listen: ['LISTEN'],
  closing: [],
}

export interface Filter {
  /** Undefined where the options decide. */
  states?: ReadonlySet<SocketRow['state']>
  test: Test
}

/**
 * Reads `state NAME`, `exclude NAME` and the expression behind them.
 * @param standard the states that the options have chosen
 * @throws a WrongFilter
 */
export function readFilter(words: readonly string[], standard: readonly SocketRow['state'][]): Filter {
  let states: Set<SocketRow['state']> | undefined
  let at = 0
  for (; words[at] === 'state' || words[at] === 'exclude'; at += 2) {
    const name = words[at + 1] ?? ''
    const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
    if (!named) throw new WrongFilter(`ss: wrong state name: ${name}`)
    if (words[at] === 'state') states = new Set([...(states ?? []), ...named])
    else {
      states ??= new Set(standard)
      for (const state of named) states.delete(state)
    }
  }
  const tokens = words
    .slice(at)
    .join(' ')
    .replace(/([()]|!=|[<>=]=?|!)/g, ' $1 ')
    .split(/\s+/)
    .filter(Boolean)
  const test = tokens.length ? either(tokens) : () => true
  if (tokens.length) throw new WrongFilter(`ss: bison bellows (while parsing filter): "syntax error!" Sorry.`)
  return { ...(states && { states }), test }
}

function either(tokens: string[]): Test {
  let test = both(tokens)
  while (tokens[0] === 'or' || tokens[0] === '||' || tokens[0] === '|') {
    tokens.shift()
    const [left, right] = [test, both(tokens)]
    test = row => left(row) || right(row)
  }
  return test
}

function both(tokens: string[]): Test {
  let test = single(tokens)
  for (;;) {
    const joined = ['and', '&&', '&'].includes(tokens[0] ?? '')
    if (joined) tokens.shift()
    // Two conditions beside each other both have to hold.
    else if (!tokens.length || [')', 'or', '|', '||'].includes(tokens[0]!)) return test
    const [left, right] = [test, single(tokens)]
    test = row => left(row) && right(row)
  }
}

function single(tokens: string[]): Test {
  const word = tokens.shift()
  if (word === 'not' || word === '!') {
    const test = single(tokens)
    return row => !test(row)
  }
  if (word === '(') {
    const test = either(tokens)
    if (tokens.shift() !== ')')
      throw new WrongFilter('ss: bison bellows (while parsing filter): "syntax error!" Sorry.')
    return test
  }
  if (word === 'dport' || word === 'sport') return port(tokens, word === 'dport' ? 'remote' : 'local')
  if (word === 'dst' || word === 'src') {
    if (tokens[0] === '=' || tokens[0] === '==') tokens.shift()
    return address(tokens.shift() ?? '', word === 'dst' ? 'remote' : 'local')
  }
  throw new WrongFilter(`Error: an inet prefix is expected rather than "${word ?? ''}".\nCannot parse dst/src address.`)
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
}
const WORDS: Readonly<Record<string, string>> = {
  eq: '=',
  '==': '=',
  neq: '!=',
  ne: '!=',
  lt: '<',
  gt: '>',
  le: '<=',
  leq: '<=',
  ge: '>=',
  geq: '>=',
}

function port(tokens: string[], side: 'local' | 'remote'): Test {
  const sign = WORDS[tokens[0]!] ?? tokens[0] ?? ''
  const compare = COMPARE[sign]
  if (compare) tokens.shift()
  const wanted = (tokens.shift() ?? '').replace(/^.*:/, '')
  if (!/^\d+$/.test(wanted)) throw new WrongFilter(`ss: names of ports in filters are not simulated: "${wanted}"`)
  return row => (compare ?? COMPARE['=']!)(row[side]?.port ?? 0, Number(wanted))
}

/** `10.0.0.0/8`, `10.1.2.3:80`, `:80` or `[::ffff:10.1.2.3]:80`. */
function address(text: string, side: 'local' | 'remote'): Test {
  const [, bracketed, plain = '', bits, wanted] = /^(?:\[(.*)\]|([\d.*]*))(?:\/(\d+))?(?::(\d+|\*))?$/.exec(text) ?? []
  const ip = (bracketed ?? plain).replace(/^::ffff:/, '')
  const number = ip && ip !== '*' ? numberOf(ip) : undefined
  if (!text || (ip && ip !== '*' && number === undefined))
    throw new WrongFilter(`Error: an inet prefix is expected rather than "${text}".\nCannot parse dst/src address.`)
  const size = 2 ** (32 - Number(bits ?? 32))
  return row => {
    const place = row[side] ?? { ip: '0.0.0.0', port: 0 }
    if (wanted !== undefined && wanted !== '*' && place.port !== Number(wanted)) return false
    return number === undefined || Math.floor((numberOf(place.ip) ?? 0) / size) === Math.floor(number / size)
  }
}

function numberOf(ip: string): number | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(ip)) return undefined
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}
