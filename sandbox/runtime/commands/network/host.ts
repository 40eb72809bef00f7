/** `host`: what a name server says of a name, in a sentence for each record. */
import { type Command, complain, options, print, Refusal } from '../command.ts'
import { isQueryType, query, type Reply, type ResourceRecord, reverseName } from './dns-reply.ts'
import { candidates, lookupHost, resolvConf } from './resolve.ts'

const TRIES = 2
const PATIENCE_MS = 5000
/** What is asked of a name where no type is named. */
const USUAL = ['A', 'AAAA', 'MX']

const SENTENCES: Readonly<Record<string, string>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  NS: 'name server',
  PTR: 'domain name pointer',
  SOA: 'has SOA record',
  SRV: 'has SRV record',
}

const sentence = ({ name, type, data }: ResourceRecord): string => `${name} ${SENTENCES[type]} ${data}\n`

export const host: Command = async call => {
  const flags = options(call, 't:c:N:W:R:rTU46avdClw')
  for (const flag of ['a', 'v', 'd', 'C', 'l', 'w', 'N', 'c'])
    if (flags.has(flag)) throw new Refusal(`-${flag} is not simulated`)
  const { process } = call
  const [given, where] = flags.rest
  if (given === undefined) throw new Refusal('a name is needed')
  const wanted = flags.value('t')?.toUpperCase()
  if (wanted !== undefined && !isQueryType(wanted)) return complain(call, `invalid type: ${flags.value('t')}\n`, 2)
  const server = where === undefined ? undefined : (await lookupHost(process, where)).ips[0]
  if (where !== undefined && server === undefined)
    return complain(call, `couldn't get address for '${where}': not found`)
  const at = server ?? resolvConf(process).nameserver
  if (server !== undefined) await print(call, `Using domain server:\nName: ${where}\nAddress: ${at}#53\nAliases: \n\n`)
  const reverse = reverseName(given)
  const first = reverse ? 'PTR' : (wanted ?? USUAL[0]!)
  let found: { name: string; reply: Reply } | undefined
  for (const name of reverse ? [reverse] : candidates(process, given)) {
    const reply = query(process, name, first, server)
    if (reply === 'silence') {
      for (let n = 0; n < TRIES; n++) {
        await process.sleep(PATIENCE_MS)
        await print(call, `;; communications error to ${at}#53: timed out\n`)
      }
      return print(call, ';; no servers could be reached\n').then(() => 1)
    }
    found = { name, reply }
    if (reply.status === 'NOERROR') break
  }
  if (found?.reply.status !== 'NOERROR')
    return print(call, `Host ${reverse ? `${reverse}.` : given} not found: 3(NXDOMAIN)\n`).then(() => 1)
  const { name, reply } = found
  if (wanted && !reply.answer.length) return print(call, `${name} has no ${wanted} record\n`).then(() => 0)
  await print(call, reply.answer.map(sentence).join(''))
  return wanted || reverse ? 0 : tellTheRest(call, name, reply, server)
}

/** The other types, of the name that the first reply ended at. */
const tellTheRest = async (
  call: Parameters<Command>[0],
  name: string,
  { answer }: Reply,
  server: string | undefined,
): Promise<number> => {
  const end = answer.reduce((at, { type, data }) => (type === 'CNAME' ? data.slice(0, -1) : at), name)
  let code = 0
  for (const type of USUAL.slice(1)) {
    const reply = query(call.process, end, type, server)
    if (reply === 'silence') continue
    if (reply.status === 'NXDOMAIN') {
      await print(call, `Host ${end} not found: 3(NXDOMAIN)\n`)
      code = 1
    } else
      await print(
        call,
        reply.answer
          .filter(record => record.type === type)
          .map(sentence)
          .join(''),
      )
  }
  return code
}
