/** `nslookup`: bind's, which tries the search list until a name exists, and busybox', which shows the reply to each name. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, Missing, print, Refusal, Usage, WrongOption } from '../command.ts'
import { isQueryType, query, type Reply, type ResourceRecord, reverseName, zoneHead } from './dns-reply.ts'
import { candidates, hasOldBind, resolvConf } from './resolve.ts'

const TRIES = 3
const PATIENCE_MS = 5000

export const nslookup: Command = call => (call.flavour === 'busybox' ? ofBusybox(call) : ofBind(call))

interface Asked {
  host: string
  server: string | undefined
  /** undefined: addresses, of both kinds. */
  type: string | undefined
}

/** @param strange what becomes of an option that there is not */
async function read(call: Call, strange: (option: string) => Promise<void>): Promise<Asked> {
  const words: string[] = []
  let type: string | undefined
  for (const word of call.args) {
    if (!word.startsWith('-')) {
      words.push(word)
      continue
    }
    const [name = '', value] = word.replace(/^--?/, '').split('=')
    if (['type', 'querytype', 'q', 'query', 'ty', 'qu'].includes(name) && value !== undefined) {
      if (isQueryType(value)) type = value.toUpperCase()
      else if (call.flavour === 'busybox') throw new Usage(`invalid query type "${value}"`)
      else await print(call, `unknown query type: ${value}\n`)
    } else if (
      ['debug', 'd2', 'port', 'po', 'vc', 'norecurse', 'norec', 'nosearch', 'class', 'cl', 'domain'].includes(name)
    )
      throw new Refusal(`-${name} is not simulated`)
    else if (!['timeout', 'retry', 't', 'ret'].includes(name)) await strange(name)
  }
  const [host, server] = words
  if (host === undefined) {
    if (call.flavour === 'busybox') throw new Missing('missing operand')
    throw new Refusal('its prompt is not simulated')
  }
  return { host, server, type }
}

const showAddresses = (records: readonly ResourceRecord[]): string =>
  records.map(({ name, data }) => `Name:\t${name}\nAddress: ${data}\n`).join('')

/** @param last of a name: bind's ends with a dot */
function show(records: readonly ResourceRecord[], last: '.' | ''): string {
  const dotted = (data: string): string => data.replace(/\.$/, last)
  return records
    .map(record => {
      const { name, type, data } = record
      if (type === 'A' || type === 'AAAA') return showAddresses([record])
      if (type === 'CNAME') return `${name}\tcanonical name = ${dotted(data)}\n`
      if (type === 'PTR') return `${name}\tname = ${dotted(data)}\n`
      if (type === 'NS') return `${name}\tnameserver = ${dotted(data)}\n`
      return type === 'SRV' ? `${name}\tservice = ${dotted(data)}\n` : zoneHead(record)
    })
    .join('')
}

async function ofBind(call: Call): Promise<number> {
  const { process } = call
  const { host, server, type } = await read(call, option => print(call, `*** Invalid option: ${option}\n`))
  const at = server ?? resolvConf(process).nameserver
  // Who answers from what it has itself does not look further, which is only said of servers that were not asked for.
  const old = hasOldBind(process)
  const remark = ({ authoritative }: Reply): string =>
    authoritative && server === undefined && !old ? `;; Got recursion not available from ${at}\n` : ''
  const reverse = reverseName(host)
  const names = reverse ? [reverse] : candidates(process, host)
  let text = ''
  for (const [i, name] of names.entries()) {
    const reply = query(process, name, reverse ? 'PTR' : (type ?? 'A'), server)
    if (reply === 'silence') {
      for (let n = 0; n < TRIES; n++) {
        await process.sleep(PATIENCE_MS)
        if (!old) text += `;; communications error to ${at}#53: timed out\n`
      }
      return print(call, `${text};; ${old ? 'connection timed out; ' : ''}no servers could be reached\n\n`).then(
        () => 1,
      )
    }
    text += remark(reply)
    if (reply.status === 'NXDOMAIN' && i < names.length - 1) continue
    if (!reverse) text += `Server:\t\t${at}\nAddress:\t${at}#53\n\n`
    if (reply.status === 'NXDOMAIN')
      return print(call, `${text}** server can't find ${reverse ?? host.replace(/\.$/, '')}: NXDOMAIN\n\n`).then(
        () => 1,
      )
    if (!reverse && !reply.authoritative && reply.answer.length) text += 'Non-authoritative answer:\n'
    const rest = reverse || type ? undefined : secondQuestion(process, name, reply, server)
    const empty = !reply.answer.length && !rest?.reply.answer.length
    text += show(reply.answer, '.') + (rest ? remark(rest.reply) : '')
    if (rest?.reply.status === 'NXDOMAIN') text += `** server can't find ${rest.name}: NXDOMAIN\n`
    else if (rest) text += showAddresses(rest.reply.answer.filter(record => record.type === 'AAAA'))
    if (empty) text += `*** Can't find ${type ? host : name}: No answer\n`
    return print(call, `${text}\n`).then(() => (rest?.reply.status === 'NXDOMAIN' ? 1 : 0))
  }
  return 1
}

/** Addresses of version 6, of the name that the first reply ended at. */
function secondQuestion(
  process: Process,
  name: string,
  { answer }: Reply,
  server: string | undefined,
): { name: string; reply: Reply } | undefined {
  const end = answer.reduce((at, { type, data }) => (type === 'CNAME' ? data.slice(0, -1) : at), name)
  const reply = query(process, end, 'AAAA', server)
  return reply === 'silence' ? undefined : { name: end, reply }
}

/**
 * Busybox puts a name without a dot before each domain of the search list, asks for all of these, for both kinds of addresses, and shows each reply.
 * Names that do not exist are a failure, although another one does: in a Pod a short name always ends with 1.
 */
async function ofBusybox(call: Call): Promise<number> {
  const { process } = call
  const { host, server, type } = await read(call, () => {
    throw new WrongOption('')
  })
  const { search, nameserver } = resolvConf(process)
  const at = server ?? nameserver
  const reverse = type ? undefined : reverseName(host)
  // The search list is read with the servers, and neither is when a server is named.
  const isWhole = reverse || server || host.includes('.') || !search.length
  const names = isWhole ? [reverse ?? host] : search.map(domain => `${host}.${domain}`)
  let text = `Server:\t\t${at}\nAddress:\t${at}:53\n\n`
  let code = 0
  for (const kind of reverse ? ['PTR'] : type ? [type] : ['A', 'AAAA'])
    for (const asked of names) {
      const reply = query(process, asked.replace(/\.$/, ''), kind, server)
      if (reply === 'silence') {
        await process.sleep(PATIENCE_MS)
        return print(call, ';; connection timed out; no servers could be reached\n\n').then(() => 1)
      }
      if (reply.status === 'NXDOMAIN') code = 1
      text += `${reply.status === 'NXDOMAIN' ? `** server can't find ${asked}: NXDOMAIN\n` : show(reply.answer, '')}\n`
    }
  return print(call, text).then(() => code)
}
