/** `ping`: whether somebody is there. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import {
  type Command,
  complain,
  DECIMAL,
  invalidNumber,
  Missing,
  numberIn,
  options,
  print,
  Refusal,
} from '../command.ts'
import { connect, lookupFailure } from './connect.ts'
import { reverseName } from './dns-reply.ts'
import { ask, lookupHost } from './resolve.ts'

/** How one sort of ping says what it does. Milliseconds have three digits behind the point; the size is that of what is sent, without headers. */
interface Words {
  unknown(host: string, silent: boolean): { complaint: string; code: number }
  begin(host: string, ip: string, size: number): string
  echo(from: string, n: number, ms: number, size: number): string
  summary(sent: number, received: number, lost: number, ms: number): string
  times(min: number, average: number, max: number, deviation: number): string
}

const [ICMP_BYTES, IP_BYTES] = [8, 20]
const three = (ms: number): string => ms.toFixed(3)

const BUSYBOX: Words = {
  unknown: host => ({ complaint: `bad address '${host}'`, code: 1 }),
  begin: (host, ip, size) => `PING ${host} (${ip}): ${size} data bytes\n`,
  echo: (from, n, ms, size) => `${size + ICMP_BYTES} bytes from ${from}: seq=${n} ttl=64 time=${three(ms)} ms\n`,
  summary: (sent, received, lost) =>
    `${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n`,
  times: (min, average, max) => `round-trip min/avg/max = ${three(min)}/${three(average)}/${three(max)} ms\n`,
}

/** Of iputils, which Debian has. */
const IPUTILS: Words = {
  unknown: (host, silent) => ({ complaint: `${host}: ${lookupFailure(silent)}`, code: 2 }),
  begin: (host, ip, size) => `PING ${host} (${ip}) ${size}(${size + ICMP_BYTES + IP_BYTES}) bytes of data.\n`,
  echo: (from, n, ms, size) =>
    `${size + ICMP_BYTES} bytes from ${from}: icmp_seq=${n + 1} ttl=64 time=${three(ms)} ms\n`,
  summary: (sent, received, lost, ms) =>
    `${sent} packets transmitted, ${received} received, ${lost}% packet loss, time ${ms}ms\n${received ? '' : '\n'}`,
  times: (min, average, max, deviation) =>
    `rtt min/avg/max/mdev = ${three(min)}/${three(average)}/${three(max)}/${three(deviation)} ms\n`,
}

/** iputils names who answers, where it was asked for by a name. */
function nameOf(process: Process, host: string, ip: string): string {
  if (host === ip) return ip
  const found = ask(process, reverseName(ip) ?? ip, 'PTR')
  return `${Array.isArray(found) && found[0] ? found[0] : ip} (${ip})`
}

export const ping: Command = async call => {
  const flags = options(call, 'c:i:W:w:qs:46n')
  const { process } = call
  const busybox = call.flavour === 'busybox'
  const words = busybox ? BUSYBOX : IPUTILS
  const host = flags.rest[0]
  if (!host) {
    if (busybox) throw new Missing('missing host operand')
    throw new Refusal('usage error: Destination address required', 2)
  }
  const wrong = busybox ? invalidNumber : (value: string): string => `invalid argument: '${value}'`
  const given = (flag: string, form?: RegExp): number | undefined =>
    numberIn(flags.value(flag), wrong, form ? { form } : {})
  const limit = given('c')
  if (limit === 0 && !busybox) throw new Refusal(`${wrong('0')}: out of range: 1 <= value <= 9223372036854775807`)
  const size = given('s') ?? 56
  const deadlineMs = (given('w') || Number.POSITIVE_INFINITY) * 1000
  const count = limit || Number.POSITIVE_INFINITY
  const { ips, name, silent = false } = await lookupHost(process, host)
  const [ip] = ips
  if (!ip) {
    const { complaint, code } = words.unknown(host, silent)
    return complain(call, complaint, code)
  }
  const interval = (given('i', DECIMAL) ?? 1) * 1000
  const patience = (given('W', DECIMAL) ?? 10) * 1000
  const shown = busybox ? host : name
  const from = busybox ? ip : nameOf(process, host, ip)
  await print(call, words.begin(shown, ip, size))
  let sent = 0
  let interrupted = false
  const times: number[] = []
  const began = process.clock.now()
  process.on('INT', () => {
    interrupted = true
  })
  try {
    for (const until = began + deadlineMs; sent < count && !interrupted && process.clock.now() < until; ) {
      const at = process.clock.now()
      // A refusal is as good as an echo: somebody is there.
      const opened = await connect(process, ip, 7, { timeoutMs: Math.min(patience, interval, until - at) })
      if (!('failure' in opened)) opened.stream.close()
      if (!('failure' in opened) || opened.failure === 'ECONNREFUSED') {
        const ms = Math.max(1, process.clock.now() - at) / 10
        times.push(ms)
        if (!flags.has('q')) await print(call, words.echo(from, sent, ms, size))
      } else if (opened.failure === 'ENETUNREACH')
        return complain(
          call,
          busybox ? 'sendto: Network is unreachable' : 'connect: Network is unreachable',
          busybox ? 1 : 2,
        )
      sent++
      if (sent < count) await process.sleep(Math.max(0, Math.min(at + interval, until) - process.clock.now()))
    }
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
  }
  const received = times.length
  const lost = sent ? Math.round(((sent - received) / sent) * 100) : 0
  const summary = words.summary(sent, received, lost, process.clock.now() - began)
  await print(call, `\n--- ${shown} ping statistics ---\n${summary}${received ? summaryOf(words, times) : ''}`)
  return received ? 0 : 1
}

function summaryOf(words: Words, times: readonly number[]): string {
  const average = times.reduce((a, b) => a + b) / times.length
  const variance = times.reduce((sum, ms) => sum + (ms - average) ** 2, 0) / times.length
  return words.times(Math.min(...times), average, Math.max(...times), Math.sqrt(variance))
}
