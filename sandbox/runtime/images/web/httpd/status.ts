/** mod_status: the page of /server-status, and its short form for exporters. */
import type { Exchange } from './exchange.ts'
import { type Answer, escaped } from './reply.ts'

export interface Counts {
  accesses: number
  bytes: number
  /** Milliseconds that requests have taken. */
  duration: number
  active: number
  accepted: number
  began: number
  restarted: number
  generation: number
  built: string
}

/** Threads of the workers that are there, and the places for more. */
const THREADS = 75
const PLACES = 400

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function stamp(ms: number): string {
  const d = new Date(ms)
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/.exec(d.toUTCString())!
  return `${DAYS[d.getUTCDay()]}, ${day}-${month}-${year} ${time} UTC`
}

function lasting(seconds: number): string {
  const units: readonly [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ]
  const first = units.findIndex(([n]) => n)
  return (first < 0 ? units.slice(3) : units.slice(first))
    .map(([n, name]) => `${n} ${name}${n === 1 ? '' : 's'}`)
    .join(' ')
}

const number = (n: number): string => String(Number(n.toPrecision(6))).replace(/^0\./, '.')

function places(): string {
  return `${'W'}${'_'.repeat(THREADS - 1)}${'.'.repeat(PLACES - THREADS)}`
}

export function statusPage(x: Exchange, counts: Counts): Answer {
  const now = x.process.clock.now()
  const up = Math.max(0, Math.floor((now - counts.began) / 1000))
  const host = (x.request.headers.get('host') ?? x.host.name ?? '').replace(/:\d+$/, '')
  const { accesses, bytes, duration, generation, built } = counts
  const per = (what: number, by: number): number => (by ? what / by : 0)
  if (/(^|&)auto\b/.test(x.args)) {
    const rows: [string, string | number][] = [
      ['ServerVersion', x.host.signature],
      ['ServerMPM', 'event'],
      ['Server Built', built],
      ['CurrentTime', stamp(now)],
      ['RestartTime', stamp(counts.restarted)],
      ['ParentServerConfigGeneration', generation],
      ['ParentServerMPMGeneration', generation - 1],
      ['ServerUptimeSeconds', up],
      ['ServerUptime', lasting(up)],
      ['Load1', '0.00'],
      ['Load5', '0.00'],
      ['Load15', '0.00'],
      ['Total Accesses', accesses],
      ['Total kBytes', Math.floor(bytes / 1024)],
      ['Total Duration', duration],
      ['CPUUser', 0],
      ['CPUSystem', 0],
      ['CPUChildrenUser', 0],
      ['CPUChildrenSystem', 0],
      ['Uptime', up],
      ['ReqPerSec', number(per(accesses, up))],
      ['BytesPerSec', number(per(bytes, up))],
      ['BytesPerReq', number(per(bytes, accesses))],
      ['DurationPerReq', number(per(duration, accesses))],
      ['BusyWorkers', 1],
      ['GracefulWorkers', 0],
      ['IdleWorkers', THREADS - 1],
      ['Processes', 3],
      ['Stopping', 0],
      ['ConnsTotal', counts.active],
      ['ConnsAsyncWriting', 0],
      ['ConnsAsyncKeepAlive', 0],
      ['ConnsAsyncClosing', 0],
      ['Scoreboard', places()],
    ]
    return {
      status: 200,
      body: `${host}\n${rows.map(([name, value]) => `${name}: ${value}\n`).join('')}`,
      headers: [['Content-Type', 'text/plain; charset=ISO-8859-1']],
    }
  }
  const lines = [`Server Version: ${escaped(x.host.signature)}`, 'Server MPM: event', `Server Built: ${built}\n`]
  const facts = [
    `Current Time: ${stamp(now)}`,
    `Restart Time: ${stamp(counts.restarted)}`,
    `Parent Server Config. Generation: ${generation}`,
    `Parent Server MPM Generation: ${generation - 1}`,
    `Server uptime:  ${lasting(up)}`,
    'Server load: 0.00 0.00 0.00',
    `Total accesses: ${accesses} - Total Traffic: ${Math.floor(bytes / 1024)} kB - Total Duration: ${duration}`,
    'CPU Usage: u0 s0 cu0 cs0',
    `${number(per(accesses, up))} requests/sec - ${Math.floor(per(bytes, up))} B/second - ${Math.floor(per(bytes, accesses))} B/request - ${number(per(duration, accesses))} ms/request`,
    `1 requests currently being processed, 0 workers gracefully restarting, ${THREADS - 1} idle workers`,
  ]
  const board = places()
    .match(/.{1,64}/g)!
    .join('\n')
  return {
    status: 200,
    body: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html><head>\n<title>Apache Status</title>\n</head><body>\n<h1>Apache Server Status for ${escaped(host)} (via ${x.process.net.ips[0]})</h1>\n\n<dl>${lines.map(line => `<dt>${line}</dt>\n`).join('')}</dl><hr /><dl>\n${facts.map(fact => `<dt>${fact}</dt>\n`).join('')}</dl>\n<pre>${board}</pre>\n</body></html>\n`,
    headers: [['Content-Type', 'text/html; charset=ISO-8859-1']],
  }
}
