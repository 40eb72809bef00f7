/** Asking cluster DNS: nslookup and dig. */
import type { NameAnswer, RecordType } from '../../../network/network.ts'
import type { Process } from '../../processes/process.ts'
import { type Command, complain, Missing, print, Usage } from '../command.ts'
import { ask as askServers, candidates, resolvConf, waitForSilence } from './resolve.ts'

/** When somebody has answered. */
const known = (answer: NameAnswer): readonly string[] | undefined => (answer === 'silence' ? undefined : answer)

export const nslookup: Command = async call => {
  const args = call.args.filter(arg => !arg.startsWith('-'))
  const [name, server] = args
  if (!name) throw new Missing('missing operand')
  const { process } = call
  const { nameserver } = resolvConf(process)
  const at = server ?? nameserver
  if (askServers(process, name, 'A', server) === 'silence') {
    await waitForSilence(process)
    await print(call, ';; connection timed out; no servers could be reached\n\n')
    return 1
  }
  const out = `Server:\t\t${at}\nAddress:\t${at}${call.flavour === 'busybox' ? ':53' : '#53'}\n\n`
  const reverse = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name)
  if (reverse) {
    const arpa = `${reverse[4]}.${reverse[3]}.${reverse[2]}.${reverse[1]}.in-addr.arpa`
    const names = known(askServers(process, arpa, 'PTR', server))
    await print(
      call,
      `${out}${names?.length ? names.map(n => `${arpa}\tname = ${n}\n`).join('') : `** server can't find ${arpa}: NXDOMAIN\n`}\n`,
    )
    return names?.length ? 0 : 1
  }
  const found = call.flavour === 'busybox' ? lookUpAll(process, name, server) : lookUpFirst(process, name, server)
  await print(call, out + found.text)
  return found.code
}

const named = (name: string, ips: readonly string[]): string =>
  ips.map(ip => `Name:\t${name}\nAddress: ${ip}\n`).join('')

/**
 * Busybox puts a name without a dot before each domain of the search list, asks for all of these, for both kinds of addresses, and shows each reply.
 * Names that do not exist are a failure, although another one does: in a Pod a short name always ends with 1.
 */
function lookUpAll(process: Process, name: string, server: string | undefined): { text: string; code: number } {
  const { search } = resolvConf(process)
  const names = name.includes('.') || !search.length ? [name] : search.map(domain => `${name}.${domain}`)
  let text = ''
  let code = 0
  for (const type of ['A', 'AAAA'] as const)
    for (const asked of names) {
      const ips = known(askServers(process, asked.replace(/\.$/, ''), type, server))
      if (!ips) code = 1
      text += `${ips ? named(asked, ips) : `** server can't find ${asked}: NXDOMAIN\n`}\n`
    }
  return { text, code }
}

/** Others try one after the other until one exists. */
function lookUpFirst(process: Process, name: string, server: string | undefined): { text: string; code: number } {
  const names = candidates(process, name)
  for (const asked of names) {
    const ips = known(askServers(process, asked, 'A', server))
    if (ips) return { text: `${named(asked, ips)}\n`, code: 0 }
  }
  return { text: `** server can't find ${names.at(-1)}: NXDOMAIN\n\n`, code: 1 }
}

const TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'SRV', 'CNAME', 'PTR'])
/** Types that may be asked for, and of which cluster DNS has none. */
const EMPTY_TYPES: ReadonlySet<string> = new Set(['ANY', 'MX', 'NS', 'SOA', 'TXT'])
/** Seconds for which cluster DNS lets its answers be kept. */
const TTL = 30

interface Question {
  name: string
  type: string
}

interface Wanted {
  questions: Question[]
  server: string | undefined
  settings: Map<string, boolean>
}

function readDig(args: readonly string[]): Wanted {
  const wanted: Wanted = { questions: [], server: undefined, settings: new Map() }
  let type: string | undefined
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    const last = wanted.questions.at(-1)
    if (word.startsWith('@')) wanted.server = word.slice(1)
    else if (word.startsWith('+')) {
      const name = word.slice(1).split('=')[0]!
      wanted.settings.set(
        name.replace(/^no(?=all$|answer$|tcp$|search$|comments$|stats$|question$|cmd$)/, ''),
        !name.startsWith('no') || name === 'noall',
      )
      if (name === 'noall') wanted.settings.set('all', false)
    } else if (word === '-x') {
      const octets = (args[++i] ?? '').split('.')
      wanted.questions.push({ name: `${octets.reverse().join('.')}.in-addr.arpa`, type: 'PTR' })
    } else if (word === '-t') type = args[++i]?.toUpperCase()
    else if (word === '-p' || word === '-c' || word === '-b') i++
    else if (word === '-4' || word === '-6') continue
    else if (word.startsWith('-')) throw new Usage(`Invalid option: ${word}`)
    else if (last && (TYPES.has(word.toUpperCase()) || EMPTY_TYPES.has(word.toUpperCase())))
      last.type = word.toUpperCase()
    else if (word.toUpperCase() !== 'IN') wanted.questions.push({ name: word, type: type ?? 'A' })
  }
  return wanted
}

/** The records that answer a question, a CNAME first where there is one; undefined: no such name. */
function ask(process: Process, name: string, type: string, server?: string): string[] | undefined {
  const line = (owner: string, of: string, data: string): string => `${owner}.\t\t${TTL}\tIN\t${of}\t${data}`
  const alias = type === 'A' || type === 'AAAA' ? known(askServers(process, name, 'CNAME', server))?.[0] : undefined
  const found = known(askServers(process, name, (TYPES.has(type) ? type : 'A') as RecordType, server))
  if (!found) return undefined
  const dotted = (data: string): string => (type === 'A' || type === 'AAAA' || data.endsWith('.') ? data : `${data}.`)
  const records = TYPES.has(type) ? found.map(data => line(alias ?? name, type, dotted(data))) : []
  return alias ? [line(name, 'CNAME', `${alias}.`), ...records] : records
}

export const dig: Command = async call => {
  const { process } = call
  const { questions, server, settings } = readDig(call.args)
  const { nameserver } = resolvConf(process)
  const on = (name: string): boolean => settings.get(name) ?? settings.get('all') ?? true
  if (!questions.length) return complain(call, 'asking for the root servers is not simulated')
  for (const { name, type } of questions) {
    if (askServers(process, name, 'A', server) === 'silence') {
      await process.sleep(15_000)
      const at = server ?? nameserver
      await print(
        call,
        `${`;; communications error to ${at}#53: timed out\n`.repeat(3)}\n; <<>> DiG 9.18.33 <<>> ${call.args.join(' ')}\n;; global options: +cmd\n;; no servers could be reached\n`,
      )
      return 9
    }
    const names = settings.get('search') ? candidates(process, name) : [name.replace(/\.$/, '')]
    const asked = names.find(n => ask(process, n, type, server)) ?? names.at(-1)!
    const answer = ask(process, asked, type, server)
    if (settings.get('short')) {
      await print(call, (answer ?? []).map(line => `${line.split('\t').at(-1)}\n`).join(''))
      continue
    }
    let out = on('cmd') ? `\n; <<>> DiG 9.18.33 <<>> ${call.args.join(' ')}\n;; global options: +cmd\n` : ''
    if (on('comments')) {
      const status = answer ? 'NOERROR' : 'NXDOMAIN'
      out += `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${process.random.int(65_536)}\n;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer?.length ?? 0}, AUTHORITY: 0, ADDITIONAL: 1\n;; WARNING: recursion requested but not available\n\n`
    }
    if (on('question')) out += `;; QUESTION SECTION:\n;${asked}.\t\tIN\t${type}\n\n`
    if (on('answer') && answer?.length)
      out += `${on('comments') ? ';; ANSWER SECTION:\n' : ''}${answer.join('\n')}\n${on('comments') ? '\n' : ''}`
    if (on('stats')) {
      const at = server ?? nameserver
      out += `;; Query time: 1 msec\n;; SERVER: ${at}#53(${at}) (${settings.get('tcp') ? 'TCP' : 'UDP'})\n;; WHEN: ${new Date(process.clock.now()).toUTCString()}\n;; MSG SIZE  rcvd: ${40 + asked.length * 2}\n\n`
    }
    await print(call, out)
  }
  return 0
}
