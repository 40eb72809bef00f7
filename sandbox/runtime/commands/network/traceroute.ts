/** `traceroute`: on which way somebody is reached. */
import {
  type Call,
  type Command,
  complain,
  invalidNumber,
  Missing,
  numberIn,
  type Options,
  options,
  print,
  Refusal,
} from '../command.ts'
import { connect, lookupFailure } from './connect.ts'
import { lookupHost } from './resolve.ts'

/** `-4FIrv` and the numbers of ports and service types change nothing of what is seen on this network. */
const SPEC = '46FIlnrvf:m:q:p:s:t:w:i:g:z:N:'
const NOT_SIMULATED = [...'6lsigzN']

interface Range {
  option: string
  otherwise: number
  least?: number
  most: number
}

const PORT = 33_434
const LONGEST_WAY = 30
const HIGHEST_TTL = 255
const DAY_SECONDS = 86_400
const MOST_PROBES = { busybox: 2_147_483_647, gnu: 10 }

function settings(call: Call, flags: Options): { first: number; last: number; probes: number; seconds: number } {
  const busybox = call.flavour === 'busybox'
  /** @param beyond what GNU's says of a number that is too great or too small */
  const number = ({ option, otherwise, least = 1, most }: Range, beyond: string): number => {
    const wrong = (value: string): string =>
      busybox ? invalidNumber(value) : `Cannot handle \`-${option}' option with arg \`${value}'`
    const n = numberIn(flags.value(option), wrong, { code: busybox ? 1 : 2 }) ?? otherwise
    if (n >= least && n <= most) return n
    throw busybox ? new Refusal(`number ${n} is not in ${least}..${most} range`) : new Refusal(beyond, 2)
  }
  const last = number({ option: 'm', otherwise: LONGEST_WAY, most: HIGHEST_TTL }, 'max hops cannot be more than 255')
  return {
    last,
    first: number({ option: 'f', otherwise: 1, most: last }, 'first hop out of range'),
    probes: number(
      { option: 'q', otherwise: 3, most: busybox ? MOST_PROBES.busybox : MOST_PROBES.gnu },
      'no more than 10 probes per hop',
    ),
    seconds: number(
      { option: 'w', otherwise: busybox ? 3 : 5, least: busybox ? 1 : 0, most: DAY_SECONDS },
      'bad wait specifications',
    ),
  }
}

/** The way within the cluster is short: the node's bridge, then who is asked, where somebody answers. */
export const traceroute: Command = async call => {
  const flags = options(call, SPEC)
  const wrong = NOT_SIMULATED.find(flag => flags.has(flag))
  if (wrong) throw new Refusal(`-${wrong} is not simulated`)
  const [host, size] = flags.rest
  if (!host) throw new Missing('missing operand')
  if (size !== undefined) throw new Refusal('a size of packets is not simulated')
  const { first, last, probes, seconds } = settings(call, flags)
  const { process } = call
  const { ips, silent } = await lookupHost(process, host)
  const ip = ips[0]
  const busybox = call.flavour === 'busybox'
  if (!ip) {
    if (busybox) return complain(call, `bad address '${host}'`)
    const at = call.args.indexOf(host) + 1
    await process.write(
      2,
      `${host}: ${lookupFailure(silent)}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${at})\n`,
    )
    return 2
  }
  await print(call, `traceroute to ${host} (${ip}), ${last} hops max, ${busybox ? 46 : 60} byte packets\n`)
  const own = process.net.ips[0]!
  const shown = (name: string, address: string): string => (flags.has('n') ? address : `${name} (${address})`)
  const opened = await connect(process, ip, PORT, { timeoutMs: seconds * 1000 })
  if (!('failure' in opened)) opened.stream.close()
  const isThere = !('failure' in opened) || opened.failure === 'ECONNREFUSED'
  const gateway = own.replace(/\d+$/, '1')
  const way = ip === own || ip.startsWith('127.') ? [] : [shown(gateway, gateway)]
  for (let n = first; n <= last; n++) {
    const isEnd = isThere && n > way.length
    const at = isEnd ? shown(host, ip) : way[n - 1]
    await print(call, `${String(n).padStart(2)}${at === undefined ? '' : `  ${at}`}`)
    for (let probe = 0; probe < probes; probe++) {
      // busybox waits for each; the other has sent all of them at once.
      if (at === undefined && (busybox || !probe)) await process.sleep(seconds * 1000)
      await print(call, at === undefined ? '  *' : `  0.00${Math.max(1, 8 - 2 * probe)} ms`)
    }
    await print(call, '\n')
    if (isEnd) break
  }
  return 0
}
