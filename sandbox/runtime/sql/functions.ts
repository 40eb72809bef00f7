/** Functions of one row, by name; those of many rows are in `select.ts`. */
import { dateTime, moment } from './surroundings.ts'
import type { Value } from './values.ts'
import { toNumber } from './values.ts'

/** Who asks, and when. */
export interface Circumstances {
  now: number
  /** Who has come, with where from in MySQL. */
  user: string
  /** As whom the server knows them. */
  account: string
  /** From where; absent: through the server's socket. */
  address: { ip: string; port: number | undefined } | undefined
  startedAt: number
  database: string | undefined
  version: string
  connection: number
  random(): number
}

const text = (value: Value): string | null => (value === null ? null : String(value))

/** Nothing comes of nothing. */
const of =
  (f: (...args: string[]) => Value) =>
  (args: readonly Value[]): Value =>
    args.includes(null) ? null : f(...args.map(String))

const ofNumbers =
  (f: (...args: number[]) => number) =>
  (args: readonly Value[]): Value =>
    args.includes(null) ? null : f(...args.map(arg => toNumber(arg)!))

const round = (x: number, digits = 0): number => {
  const unit = 10 ** digits
  return (Math.sign(x) * Math.round(Math.abs(x) * unit)) / unit
}

/** Longer texts are nothing, as beyond what a packet holds. */
const LONGEST = 1_000_000

type SqlFunction = (args: readonly Value[], circumstances: Circumstances) => Value

const now: SqlFunction = (_args, c) => dateTime(c.now)
const concat = (args: readonly Value[]): Value => (args.includes(null) ? null : args.map(String).join(''))

/** Sizes as PostgreSQL tells them: each unit from ten thousand of the one below on. */
function pretty(bytes: number): string {
  let [size, unit] = [bytes, 0]
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  while (Math.abs(size) >= 10_240 && unit < units.length - 1) {
    size = Math.round(size / 1024)
    unit++
  }
  return `${size} ${units[unit]}`
}

const ofOne =
  (f: (x: number) => Value) =>
  ([arg = null]: readonly Value[]): Value =>
    arg === null ? null : f(toNumber(arg)!)

/** Version 4: of chance alone. */
function uuid({ random }: Circumstances): string {
  const digit = (most: number): string => Math.floor(random() * most).toString(16)
  const digits = (n: number): string => Array.from({ length: n }, () => digit(16)).join('')
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${'89ab'[Math.floor(random() * 4)]}${digits(3)}-${digits(12)}`
}

export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  now,
  current_timestamp: now,
  sysdate: now,
  localtime: now,
  clock_timestamp: now,
  current_date: (_args, c) => dateTime(c.now).slice(0, 10),
  curdate: (_args, c) => dateTime(c.now).slice(0, 10),
  curtime: (_args, c) => dateTime(c.now).slice(11),
  unix_timestamp: (_args, c) => Math.floor(c.now / 1000),
  version: (_args, c) => c.version,
  database: (_args, c) => c.database ?? null,
  current_database: (_args, c) => c.database ?? null,
  current_catalog: (_args, c) => c.database ?? null,
  current_schema: () => 'public',
  user: (_args, c) => c.user,
  current_user: (_args, c) => c.account,
  session_user: (_args, c) => c.user,
  system_user: (_args, c) => c.user,
  schema: (_args, c) => c.database ?? null,
  connection_id: (_args, c) => c.connection,
  pg_backend_pid: (_args, c) => c.connection,
  inet_server_addr: (_args, c) => (c.address ? c.address.ip : null),
  inet_server_port: (_args, c) => (c.address ? 5432 : null),
  inet_client_addr: (_args, c) => (c.address ? c.address.ip : null),
  inet_client_port: (_args, c) => c.address?.port ?? null,
  pg_is_in_recovery: () => false,
  pg_postmaster_start_time: (_args, c) => moment(c.startedAt),
  pg_size_pretty: ofOne(pretty),
  gen_random_uuid: (_args, c) => uuid(c),
  uuid: (_args, c) => uuid(c),
  rand: (_args, c) => c.random(),
  random: (_args, c) => c.random(),
  concat,
  concat_ws: ([separator = '', ...rest]) =>
    separator === null ? null : rest.filter(value => value !== null).join(String(separator)),
  upper: of(s => s.toUpperCase()),
  ucase: of(s => s.toUpperCase()),
  lower: of(s => s.toLowerCase()),
  lcase: of(s => s.toLowerCase()),
  length: of(s => new TextEncoder().encode(s).length),
  char_length: of(s => [...s].length),
  trim: of(s => s.replace(/^ +| +$/g, '')),
  ltrim: of(s => s.replace(/^ +/, '')),
  rtrim: of(s => s.replace(/ +$/, '')),
  reverse: of(s => [...s].reverse().join('')),
  repeat: of((s, n) => (s.length * Number(n) > LONGEST ? null : s.repeat(Math.max(0, Math.floor(Number(n)) || 0)))),
  replace: of((s, from, to) => (from ? s.replaceAll(from, to!) : s)),
  left: of((s, n) => [...s].slice(0, Number(n)).join('')),
  right: of((s, n) => (Number(n) > 0 ? [...s].slice(-Number(n)).join('') : '')),
  substring: of((s, from, count) => part(s, Number(from), count)),
  substr: of((s, from, count) => part(s, Number(from), count)),
  abs: ofNumbers(Math.abs),
  ceil: ofNumbers(Math.ceil),
  ceiling: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  round: ofNumbers(round),
  mod: ofNumbers((a, b) => a % b),
  power: ofNumbers((a, b) => a ** b),
  pow: ofNumbers((a, b) => a ** b),
  sqrt: ofNumbers(Math.sqrt),
  coalesce: args => args.find(value => value !== null) ?? null,
  ifnull: args => args.find(value => value !== null) ?? null,
  nullif: ([a = null, b = null]) => (text(a) === text(b) ? null : a),
  greatest: args => (args.includes(null) ? null : args.reduce((a, b) => (a! < b! ? b : a))),
  least: args => (args.includes(null) ? null : args.reduce((a, b) => (a! > b! ? b : a))),
  if: ([condition = null, yes = null, no = null]) => (toNumber(condition) ? yes : no),
}

function part(s: string, from: number, count: string | undefined): string {
  const all = [...s]
  const begin = from > 0 ? from - 1 : from < 0 ? Math.max(0, all.length + from) : all.length
  return all.slice(begin, count === undefined ? undefined : begin + Math.max(0, Number(count))).join('')
}

const NONE = [0, 0] as const
/** Of what says when it is, a server takes how many digits of a second. */
const CLOCK = [0, 1] as const
const ONE = [1, 1] as const
const TWO = [2, 2] as const
const ANY = [1, Number.POSITIVE_INFINITY] as const

/** How many arguments a function takes, at least and at most. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  now: CLOCK,
  current_timestamp: CLOCK,
  sysdate: CLOCK,
  localtime: CLOCK,
  clock_timestamp: NONE,
  current_date: NONE,
  curdate: NONE,
  curtime: CLOCK,
  unix_timestamp: [0, 1],
  version: NONE,
  database: NONE,
  schema: NONE,
  system_user: NONE,
  current_database: NONE,
  current_schema: NONE,
  user: NONE,
  current_user: NONE,
  session_user: NONE,
  connection_id: NONE,
  inet_server_addr: NONE,
  inet_server_port: NONE,
  inet_client_addr: NONE,
  inet_client_port: NONE,
  pg_is_in_recovery: NONE,
  pg_postmaster_start_time: NONE,
  gen_random_uuid: NONE,
  uuid: NONE,
  current_catalog: NONE,
  pg_backend_pid: NONE,
  rand: [0, 1],
  random: NONE,
  concat: ANY,
  concat_ws: [2, ANY[1]],
  repeat: TWO,
  replace: [3, 3],
  left: TWO,
  right: TWO,
  substring: [2, 3],
  substr: [2, 3],
  round: [1, 2],
  mod: TWO,
  power: TWO,
  pow: TWO,
  coalesce: ANY,
  ifnull: TWO,
  nullif: TWO,
  greatest: ANY,
  least: ANY,
  if: [3, 3],
  count: [0, ANY[1]],
  group_concat: ANY,
  string_agg: TWO,
}

/** Whether so many arguments can be given; what is not in the table takes one. */
export function takes(name: string, count: number): boolean {
  const [least, most] = COUNTS[name] ?? ONE
  return count >= least && count <= most
}

/** Functions of windows alone. */
export const OF_WINDOWS = new Set(
  'row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value'.split(' '),
)

export const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'group_concat', 'string_agg'])
