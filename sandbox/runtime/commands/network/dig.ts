/** `dig`: a question to a name server, and everything that its reply says. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, print, Refusal } from '../command.ts'
import { strftime } from '../system/date.ts'
import { isQueryType, query, type Reply, type ResourceRecord, replyBytes, reverseName } from './dns-reply.ts'
import { candidates, hasOldBind, lookupHost, resolvConf } from './resolve.ts'

const VERSION = '9.18.33'
const OLD_VERSION = '9.9.5-9+deb8u19-Debian'
const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`
/** Flags of what is shown and asked, and whether they hold where nothing is said. */
const SETTINGS: Readonly<Record<string, boolean>> = {
  additional: true,
  answer: true,
  authority: true,
  cmd: true,
  comments: true,
  cookie: true,
  edns: true,
  question: true,
  recurse: true,
  search: false,
  short: false,
  stats: true,
  tcp: false,
}
/** What `+all` and `+noall` mean. */
const SHOWN = ['additional', 'answer', 'authority', 'cmd', 'comments', 'question', 'stats']
const OTHER_NAMES: Readonly<Record<string, string>> = { rec: 'recurse', vc: 'tcp', defname: 'search' }
/** Flags with a number behind an equals sign, and what complaints call it. The size of datagrams changes nothing here. */
const AMOUNTS: Readonly<Record<string, string>> = {
  time: 'timeout',
  timeout: 'timeout',
  tries: 'tries',
  retry: 'retries',
  bufsize: 'buffer size',
}
const SECONDS = 5
const RETRIES = 2
const [DATAGRAM, OLD_DATAGRAM] = [1232, 4096]
/** An option for the size of datagrams, and in it a cookie that the server sends back as it came. */
const [EDNS_BYTES, COOKIE_BYTES] = [11, 12]

interface Wanted {
  questions: { name: string; type: string }[]
  server: string | undefined
  settings: Map<string, boolean>
  amounts: Map<string, number>
}

function readArguments(args: readonly string[]): Wanted {
  const wanted: Wanted = { questions: [], server: undefined, settings: new Map(), amounts: new Map() }
  let type: string | undefined
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    const last = wanted.questions.at(-1)
    if (word.startsWith('@')) wanted.server = word.slice(1)
    else if (word.startsWith('+')) readSetting(wanted, word)
    else if (word === '-x') wanted.questions.push({ name: reverseName(args[++i] ?? '') ?? '', type: 'PTR' })
    else if (word === '-t') type = args[++i]?.toUpperCase()
    else if (word === '-q') wanted.questions.push({ name: args[++i] ?? '', type: type ?? 'A' })
    else if (word === '-p' && args[i + 1] !== '53') throw new Refusal('-p: other ports than 53 are not simulated')
    else if (word === '-c' && args[i + 1]?.toUpperCase() !== 'IN') throw new Refusal('-c: not simulated')
    else if (word === '-p' || word === '-c' || word === '-b') i++
    else if (word === '-4' || word === '-r') continue
    else if (word.startsWith('-')) throw new Refusal(`${word}: not simulated`)
    else if (isQueryType(word)) {
      if (last) last.type = word.toUpperCase()
      else type = word.toUpperCase()
    } else if (word.toUpperCase() !== 'IN') wanted.questions.push({ name: word, type: type ?? 'A' })
  }
  if (type) for (const question of wanted.questions) if (question.type === 'A') question.type = type
  return wanted
}

class InvalidOption extends Error {}

class NotANumber extends Error {
  constructor(called: string, given: string) {
    super(`invalid ${called} '${given}': not a valid number\ndig: Couldn't parse ${called}\n`)
  }
}

function readSetting({ settings, amounts }: Wanted, word: string): void {
  const [name = '', amount] = word.slice(1).split('=')
  if (name in AMOUNTS) {
    if (amount === undefined) throw new InvalidOption(word)
    if (!/^\d+$/.test(amount)) throw new NotANumber(AMOUNTS[name]!, amount)
    amounts.set(name, Number(amount))
    return
  }
  const negated = name.startsWith('no')
  const bare = negated ? name.slice(2) : name
  const known = OTHER_NAMES[bare] ?? bare
  if (known === 'all') for (const shown of SHOWN) settings.set(shown, !negated)
  else if (known in SETTINGS) settings.set(known, !negated)
  else if (KNOWN_TO_DIG.has(known)) throw new Refusal(`${word}: not simulated`)
  else throw new InvalidOption(word)
}

/** What the real one has besides. */
const KNOWN_TO_DIG: ReadonlySet<string> = new Set(
  'aaflag aaonly adflag badcookie besteffort cdflag class crypto dns64prefix dnssec do ednsflags ednsnegotiation ednsopt expandaaaa expire fail header-only https https-get https-plain https-plain-get identify idnin idnout ignore keepalive keepopen mapped multiline ndots nsid nssearch onesoa padding qid qr raflag rdflag rrcomments showsearch split subnet tcflag tls tls-ca tls-certfile tls-hostname tls-keyfile trace ttlid ttlunits unknownformat yaml zflag'.split(
    ' ',
  ),
)

export const dig: Command = async call => {
  const { process } = call
  let wanted: Wanted
  const old = hasOldBind(process)
  const version = old ? OLD_VERSION : VERSION
  if (call.args[0] === '-v') return process.write(2, `DiG ${version}\n`).then(() => 0)
  try {
    wanted = readArguments(call.args)
  } catch (error) {
    if (error instanceof NotANumber) return process.write(2, error.message).then(() => 10)
    if (!(error instanceof InvalidOption)) throw error
    await process.write(2, `Invalid option: ${error.message}\n${USAGE}`)
    return 1
  }
  const { questions, server, settings } = wanted
  const on = (name: string): boolean => settings.get(name) ?? (name === 'cookie' && old ? false : SETTINGS[name]!)
  if (!questions.length) throw new Refusal('asking for the root servers is not simulated')
  const [at] = server === undefined ? [resolvConf(process).nameserver] : (await lookupHost(process, server)).ips
  if (at === undefined) {
    await process.write(2, `dig: couldn't get address for '${server}': not found\n`)
    return 1
  }
  const greeting =
    on('cmd') && !on('short') ? `\n; <<>> DiG ${version} <<>> ${call.args.join(' ')}\n;; global options: +cmd\n` : ''
  let code = 0
  for (const [n, { name, type }] of questions.entries()) {
    const found = ask(process, name, type, on('search'), server && at)
    if (found === 'silence') {
      await tellSilence(call, wanted, at, n === 0 ? greeting : '')
      code = 9
    } else if (on('short')) await print(call, found.reply.answer.map(({ data }) => `${data}\n`).join(''))
    else
      await print(
        call,
        (n === 0 ? greeting : '') + shown(process, { ...found, type }, on, at, old ? OLD_DATAGRAM : DATAGRAM),
      )
  }
  return code
}

/** The first name of the search list that exists, where that is looked at, or else the last. */
function ask(
  process: Process,
  name: string,
  type: string,
  search: boolean,
  server: string | undefined,
): { asked: string; reply: Reply } | 'silence' {
  const names = search ? candidates(process, name) : [name.replace(/\.$/, '')]
  for (const [i, asked] of names.entries()) {
    const reply = query(process, asked, type, server)
    if (reply === 'silence') return reply
    if (reply.status === 'NOERROR' || i === names.length - 1) return { asked, reply }
  }
  return 'silence'
}

async function tellSilence(call: Call, { amounts, settings }: Wanted, at: string, greeting: string): Promise<void> {
  const tries = Math.max(1, amounts.get('tries') ?? (amounts.get('retry') ?? RETRIES) + 1)
  const seconds = amounts.get('time') ?? amounts.get('timeout') ?? SECONDS
  const short = settings.get('short')
  for (let i = 0; i < tries; i++) {
    await call.process.sleep(seconds * 1000)
    await print(call, `;; communications error to ${at}#53: timed out\n`)
  }
  await print(call, `${short ? '' : greeting};; no servers could be reached\n`)
}

/** Columns as bind's library sets them: by tabs, with at least one blank. */
function columns(cells: readonly (readonly [at: number, text: string])[]): string {
  let line = ''
  let at = 0
  for (const [to, text] of cells) {
    if (at > 0 || line) {
      const wanted = Math.max(to, at + 1)
      const tabs = Math.floor(wanted / 8) - Math.floor(at / 8)
      line += '\t'.repeat(tabs) + ' '.repeat(wanted - (tabs ? Math.floor(wanted / 8) * 8 : at))
      at = wanted
    }
    line += text
    at += text.length
  }
  return `${line}\n`
}

const recordLine = ({ name, type, ttl, data }: ResourceRecord): string =>
  columns([
    [0, `${name}.`],
    [24, String(ttl)],
    [32, 'IN'],
    [40, type],
    [48, data],
  ])

function shown(
  process: Process,
  { asked, type, reply }: { asked: string; type: string; reply: Reply },
  on: (setting: string) => boolean,
  server: string,
  datagram: number,
): string {
  const edns = on('edns')
  const cookie = edns && on('cookie')
  const comments = on('comments')
  const { answer, authority, additional, authoritative, status } = reply
  let text = ''
  if (comments) {
    text += ';; Got answer:\n'
    if (/\.local\.?$/.test(asked))
      text +=
        ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n'
    const flags = ['qr', authoritative && 'aa', on('recurse') && 'rd', !authoritative && 'ra'].filter(Boolean).join(' ')
    text += `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${process.random.int(65_536)}\n;; flags: ${flags}; QUERY: 1, ANSWER: ${answer.length}, AUTHORITY: ${authority.length}, ADDITIONAL: ${additional.length + Number(edns)}\n`
    if (authoritative && on('recurse')) text += ';; WARNING: recursion requested but not available\n'
    text += '\n'
    if (edns) text += `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${datagram}\n`
    if (cookie)
      text += `; COOKIE: ${Array.from({ length: 16 }, () => process.random.int(16).toString(16)).join('')} (echoed)\n`
  }
  if (on('question')) {
    const line = columns([
      [0, `${asked}.`],
      [32, 'IN'],
      [40, type],
    ])
    text += comments ? `;; QUESTION SECTION:\n;${line}\n` : `;${line}`
  }
  for (const [name, records] of [
    ['answer', answer],
    ['authority', authority],
    ['additional', additional],
  ] as const) {
    if (!on(name) || !records.length) continue
    const lines = records.map(recordLine).join('')
    text += comments ? `;; ${name.toUpperCase()} SECTION:\n${lines}\n` : lines
  }
  if (on('stats')) {
    const bytes = replyBytes(asked, reply) + (edns ? EDNS_BYTES : 0) + (cookie ? COOKIE_BYTES : 0)
    const when = strftime('%a %b %d %H:%M:%S UTC %Y', process.clock.now())
    text += `;; Query time: 1 msec\n;; SERVER: ${server}#53(${server}) (${on('tcp') ? 'TCP' : 'UDP'})\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${bytes}\n\n`
  }
  return text
}
