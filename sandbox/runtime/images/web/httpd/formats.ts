/** LogFormat: what a line of the access log says of a request. */
import { MONTHS } from '../../../calendar.ts'
import { byteLength } from '../../../files/tree.ts'
import { type Exchange, hostName } from './exchange.ts'
import { at, type Directive } from './syntax.ts'

export type LogFormat = (x: Exchange) => string

const two = (n: number): string => String(n).padStart(2, '0')
const month = (d: Date): string => MONTHS[d.getUTCMonth()]!.slice(0, 3)

/** `[27/Nov/2026:14:00:00 +0000]` */
export function inLog(ms: number): string {
  const d = new Date(ms)
  return `[${two(d.getUTCDate())}/${month(d)}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000]`
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** `Fri Nov 27 14:00:00.123000 2026`, of the error log. */
export function inErrorLog(ms: number): string {
  const d = new Date(ms)
  return `${DAYS[d.getUTCDay()]} ${month(d)} ${two(d.getUTCDate())} ${d.toISOString().slice(11, 19)}.${String(d.getUTCMilliseconds()).padStart(3, '0')}000 ${d.getUTCFullYear()}`
}

const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&')

type Item = (x: Exchange, argument: string | undefined) => string

const sentHeader = (x: Exchange, name: string): string | undefined =>
  x.sent?.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1]

const headLength = (x: Exchange): number =>
  (x.sent ?? []).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19)

function time(x: Exchange, format: string | undefined): string {
  const d = new Date(x.started)
  if (format === undefined) return inLog(x.started)
  if (format === 'sec') return String(Math.floor(x.started / 1000))
  if (format === 'msec') return String(x.started)
  if (format === 'usec') return String(x.started * 1000)
  const by: Readonly<Record<string, string>> = {
    Y: String(d.getUTCFullYear()),
    m: two(d.getUTCMonth() + 1),
    d: two(d.getUTCDate()),
    H: two(d.getUTCHours()),
    M: two(d.getUTCMinutes()),
    S: two(d.getUTCSeconds()),
    b: month(d),
    a: DAYS[d.getUTCDay()]!,
    z: '+0000',
    T: d.toISOString().slice(11, 19),
    F: d.toISOString().slice(0, 10),
  }
  return format.replace(/%([a-zA-Z])/g, (all, letter: string) => by[letter] ?? all)
}

const ITEMS: Readonly<Record<string, Item>> = {
  h: x => x.ip,
  a: (x, how) => (how === 'c' ? x.request.remote.ip : x.ip),
  l: () => '-',
  u: x => x.user ?? x.claimed ?? '-',
  t: time,
  r: x => escaped(`${x.request.method} ${x.request.target} HTTP/1.1`),
  s: x => String(x.status ?? '-'),
  b: x => String(x.bytes || '-'),
  B: x => String(x.bytes ?? 0),
  D: x => String((x.process.clock.now() - x.started) * 1000),
  T: (x, unit) => {
    const ms = x.process.clock.now() - x.started
    return String(unit === 'ms' ? ms : unit === 'us' ? ms * 1000 : Math.floor(ms / 1000))
  },
  U: x => x.request.path,
  q: x => (x.request.target.includes('?') ? x.request.target.slice(x.request.target.indexOf('?')) : ''),
  m: x => x.request.method,
  H: () => 'HTTP/1.1',
  v: x => x.host.name ?? hostName(x),
  V: x => hostName(x),
  p: (x, which) => String(which === 'remote' ? x.request.remote.port : x.port),
  A: x => x.process.net.ips[0] ?? '-',
  f: x => x.filename || '-',
  P: x => String(x.process.pid),
  k: () => '0',
  X: () => '+',
  L: () => '-',
  R: x => x.handler ?? '-',
  i: (x, name = '') => escaped(x.headers.get(name.toLowerCase()) ?? '-'),
  o: (x, name = '') => escaped(sentHeader(x, name) ?? '-'),
  e: (x, name = '') => x.env.get(name) ?? '-',
  n: () => '-',
  x: () => '-',
  C: (x, name = '') => new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(x.headers.get('cookie') ?? '')?.[1] ?? '-',
  I: x => String(headOf(x) + byteLength(x.request.body)),
  O: x => String(headLength(x) + (x.bytes ?? 0)),
  S: x => String(headOf(x) + byteLength(x.request.body) + headLength(x) + (x.bytes ?? 0)),
}

const headOf = ({ request }: Exchange): number =>
  [...request.headers].reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    request.method.length + request.target.length + 14,
  )

/** @throws ConfigError for a directive of a format that nobody knows */
export function logFormat(d: Directive, format: string): LogFormat {
  const pieces = format
    .split(/(%[<>!,\d]*(?:\{[^}]*\})?(?:\^[a-z]+|[A-Za-z%]))/)
    .filter(Boolean)
    .map(piece => {
      const [, statuses = '', argument, letter = ''] = /^%([<>!,\d]*)(?:\{([^}]*)\})?(.+)$/.exec(piece) ?? []
      if (!letter) return piece.replace(/\\(["nt\\])/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c)
      if (letter === '%') return '%'
      const item = ITEMS[letter]
      if (!item) throw at(d, `Unrecognized LogFormat directive %${letter}`)
      const only = statuses.replace(/[<>]/g, '')
      return (x: Exchange) => {
        if (only && only.replace('!', '').split(',').includes(String(x.status)) === only.startsWith('!')) return '-'
        return item(x, argument)
      }
    })
  return x => pieces.map(piece => (typeof piece === 'string' ? piece : piece(x))).join('')
}
