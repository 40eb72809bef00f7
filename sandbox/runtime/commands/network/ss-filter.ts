/** What `ss` shows of the sockets: the states and the expressions behind its options. */
import { parseIPv4 } from '../../../network/addresses.ts'
import { Refusal } from '../command.ts'
import type { SocketRow } from './socket-table.ts'

/** A filter that is none, in the words of `ss`. */
export class WrongFilter extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

const syntaxError = (): WrongFilter =>
  new WrongFilter('ss: bison bellows (while parsing filter): "syntax error!" Sorry.', 255)
const wrong = (what: string): WrongFilter => new WrongFilter(`Error: ${what}.\nCannot parse dst/src address.`)
const noPrefix = (word: string): WrongFilter => wrong(`an inet prefix is expected rather than "${word}"`)

/** A filter is read and applied by functions within functions, as deep as it is long. */
const MOST_WORDS = 500
/** Conditions about what no socket here has. */
const NOT_SIMULATED = new Set(['dev', 'fwmark', 'cgroup', 'autobound'])

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
 * @throws a WrongFilter, or a Refusal of what is not simulated
 */
export function readFilter(words: readonly string[], standard: readonly SocketRow['state'][]): Filter {
  let states: Set<SocketRow['state']> | undefined
  let at = 0
  for (; words[at] === 'state' || words[at] === 'exclude'; at += 2) {
    const name = words[at + 1]
    if (name === undefined) throw new WrongFilter('Command line is not complete. Try option "help"', 255)
    const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
    if (!named) throw new WrongFilter(`ss: wrong state name: ${name}`, 255)
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
  if (tokens.length > MOST_WORDS) throw new Refusal(`filters of more than ${MOST_WORDS} words are not simulated`)
  const test = tokens.length ? either(tokens) : () => true
  if (tokens.length) throw syntaxError()
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
    if (tokens.shift() !== ')') throw syntaxError()
    return test
  }
  if (word === 'dport' || word === 'sport') return port(tokens, word === 'dport' ? 'remote' : 'local')
  if (word === 'dst' || word === 'src') {
    if (EQUALS.has(tokens[0]!)) tokens.shift()
    const wanted = tokens.shift()
    if (!isOperand(wanted)) throw syntaxError()
    return address(wanted, word === 'dst' ? 'remote' : 'local')
  }
  if (!isOperand(word)) throw syntaxError()
  if (NOT_SIMULATED.has(word)) throw new Refusal(`"${word}" in filters is not simulated`)
  throw noPrefix(word)
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
}
const EQUALS = new Set(['=', '==', 'eq'])
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

const SIGNS = new Set(['(', ')', '!', 'not', 'and', '&', '&&', 'or', '|', '||'])
/** Whether a word is an address or a port, and no part of the grammar. */
const isOperand = (word: string | undefined): word is string =>
  word !== undefined && !SIGNS.has(word) && !Object.hasOwn(COMPARE, word) && !Object.hasOwn(WORDS, word)

const portName = (name: string): Error =>
  /^[a-z]/i.test(name)
    ? new Refusal(`names of ports in filters are not simulated: "${name}"`)
    : wrong(`"${name}" does not look like a port`)

function port(tokens: string[], side: 'local' | 'remote'): Test {
  const word = tokens[0] ?? ''
  const sign = Object.hasOwn(WORDS, word) ? WORDS[word]! : word
  const compare = Object.hasOwn(COMPARE, sign) ? COMPARE[sign]! : undefined
  if (compare) tokens.shift()
  const wanted = tokens.shift()
  if (!isOperand(wanted)) throw syntaxError()
  const number = wanted.slice(wanted.lastIndexOf(':') + 1)
  if (!/^\d+$/.test(number)) throw portName(number)
  return row => (compare ?? COMPARE['=']!)(row[side]?.port ?? 0, Number(number))
}

/** `10.0.0.0/8`, `10.1.2.3:80`, `:80` or `[::ffff:10.1.2.3]:80`. */
function address(text: string, side: 'local' | 'remote'): Test {
  const [, whole = '', wanted] = /^(\[[^\]]*\](?:\/\d+)?|[^:]*)(?::(.*))?$/.exec(text) ?? []
  const [, bracketed, plain = '', bits = '32'] = /^(?:\[(.*)\]|([^/]*))(?:\/(\d+))?$/.exec(whole) ?? [
    '',
    undefined,
    whole,
  ]
  const ip = (bracketed ?? plain).replace(/^::ffff:/, '')
  if (bracketed !== undefined && ip.includes(':'))
    throw new Refusal('addresses of version 6 in filters are not simulated')
  const isAny = ip === '*' || (ip === '' && wanted !== undefined)
  const number = isAny ? undefined : parseIPv4(ip)
  if (/^\d{1,3}(\.\d{1,3}){0,2}$/.test(ip)) throw new Refusal('beginnings of addresses in filters are not simulated')
  if ((!isAny && number === undefined) || Number(bits) > 32) throw noPrefix(whole)
  if (wanted !== undefined && !/^(\d+|\*)$/.test(wanted)) throw portName(wanted)
  const size = 2 ** (32 - Number(bits))
  return row => {
    const place = row[side] ?? { ip: '0.0.0.0', port: 0 }
    if (wanted !== undefined && wanted !== '*' && place.port !== Number(wanted)) return false
    return number === undefined || Math.floor((parseIPv4(place.ip) ?? 0) / size) === Math.floor(number / size)
  }
}
