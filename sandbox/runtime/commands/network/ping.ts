/** `ping` and `traceroute`: whether somebody is there, and on which way. */
import { isErrno } from '../../errno.ts'
import { type Command, complain, Missing, options, print } from '../command.ts'
import { connect } from './connect.ts'
import { lookupHost } from './resolve.ts'

export const ping: Command = async call => {
  const flags = options(call, 'c:i:W:w:qs:46n')
  const { process } = call
  const host = flags.rest[0]
  if (!host) throw new Missing('missing host operand')
  const { ips } = await lookupHost(process, host)
  if (!ips.length) return complain(call, `bad address '${host}'`)
  const count = Number(flags.value('c') ?? Number.POSITIVE_INFINITY)
  const interval = Number(flags.value('i') ?? 1) * 1000
  const patience = Number(flags.value('W') ?? 10) * 1000
  await print(call, `PING ${host} (${ips[0]}): 56 data bytes\n`)
  let received = 0
  let sent = 0
  let interrupted = false
  const times: number[] = []
  process.on('INT', () => {
    interrupted = true
  })
  try {
    while (sent < count && !interrupted) {
      const at = process.clock.now()
      // A refusal is as good as an echo: somebody is there.
      const opened = await connect(process, ips[0]!, 7, { timeoutMs: Math.min(patience, interval) })
      const alive = !('failure' in opened) || opened.failure === 'ECONNREFUSED'
      if (!('failure' in opened)) opened.stream.close()
      const ms = Math.max(1, process.clock.now() - at) / 10
      if (alive) {
        received++
        times.push(ms)
        if (!flags.has('q')) await print(call, `64 bytes from ${ips[0]}: seq=${sent} ttl=64 time=${ms.toFixed(3)} ms\n`)
      }
      if ('failure' in opened && opened.failure === 'ENETUNREACH')
        return complain(call, 'sendto: Network is unreachable')
      sent++
      if (sent < count) await process.sleep(Math.max(0, interval - (process.clock.now() - at)))
    }
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
  }
  const lost = sent ? Math.round(((sent - received) / sent) * 100) : 0
  let out = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n`
  if (times.length)
    out += `round-trip min/avg/max = ${Math.min(...times).toFixed(3)}/${(times.reduce((a, b) => a + b) / times.length).toFixed(3)}/${Math.max(...times).toFixed(3)} ms\n`
  await print(call, out)
  return received ? 0 : 1
}

/** The way within the cluster is short: the node's bridge, then who is asked, where somebody answers. */
export const traceroute: Command = async call => {
  const host = call.args.filter(arg => !arg.startsWith('-'))[0]
  if (!host) throw new Missing('missing operand')
  const { process } = call
  const { ips } = await lookupHost(process, host)
  const ip = ips[0]
  if (!ip) return complain(call, `bad address '${host}'`)
  await print(call, `traceroute to ${host} (${ip}), 30 hops max, 46 byte packets\n`)
  const own = process.net.ips[0]!
  const hop = (n: number, at: string): string => `${String(n).padStart(2)}  ${at}  0.008 ms  0.006 ms  0.005 ms\n`
  const opened = await connect(process, ip, 33_434, { timeoutMs: 5000 })
  if (!('failure' in opened)) opened.stream.close()
  const there = !('failure' in opened) || opened.failure === 'ECONNREFUSED'
  const gateway = own.replace(/\d+$/, '1')
  await print(call, ip === own ? hop(1, `${host} (${ip})`) : hop(1, `${gateway} (${gateway})`))
  if (there) return ip === own ? 0 : print(call, hop(2, `${host} (${ip})`)).then(() => 0)
  for (let n = 2; n <= 30; n++) {
    await process.sleep(5000)
    await print(call, `${String(n).padStart(2)}  *  *  *\n`)
  }
  return 0
}
