/** `wget`, as busybox has it; GNU's is in wget-gnu.ts. */
import { byteLength } from '../../files/tree.ts'
import { type Command, complain, invalidNumber, Missing, numberIn, type Options, options, print } from '../command.ts'
import { connect } from './connect.ts'
import { type Exchange, exchange, parseUrl } from './exchange.ts'
import { secure } from './https.ts'
import { lookupHost } from './resolve.ts'
import { gnuWget } from './wget-gnu.ts'

const SCHEMES: readonly string[] = ['http', 'https']
/** What stands for a port behind the host of an address. */
const PORT = /^(?:[^@/]*@)?[^:/?#[]+:([^/?#]*)/
const WGET_BELIEVES = 'note: TLS certificate validation not implemented'

export const wget: Command = async call => {
  if (call.flavour === 'gnu') return gnuWget(call)
  const flags = options(call, 'qO:T:SsY:U:cP:t:d:h:', {
    spider: 's',
    timeout: 'T',
    quiet: 'q',
    tries: 't',
    'server-response': 'S',
    'no-check-certificate': 'c',
    'output-document': 'O',
    'post-data': 'd',
    header: 'h',
    'user-agent': 'U',
  })
  const { process } = call
  const quiet = flags.has('q')
  const say = (text: string): Promise<void> => (quiet ? Promise.resolve() : process.write(2, text))
  const seconds = numberIn(flags.value('T'), invalidNumber) ?? 900
  let warned = false
  let location = flags.rest[0]
  if (!location) throw new Missing('missing URL')
  for (let hops = 0; hops < 10; hops++) {
    const url = parseUrl(location)
    if (url.scheme === 'ftp') return complain(call, 'ftp: not simulated', 126)
    if (!SCHEMES.includes(url.scheme)) return complain(call, `not an http or ftp url: ${location}`)
    const port = PORT.exec(location.replace(/^\w+:\/\//, ''))?.[1] ?? '80'
    if (!/^\d+$/.test(port) || Number(port) > 65_535) return complain(call, `bad port '${port}'`)
    const deadline = process.clock.now() + seconds * 1000
    const { ips } = await lookupHost(process, url.host)
    if (!ips.length) return complain(call, `bad address '${url.host}'`)
    await say(`Connecting to ${hostOf(location)} (${ips[0]}:${url.port})\n`)
    const opened = await connect(process, url.host, url.port, { timeoutMs: seconds * 1000 })
    if ('failure' in opened)
      return complain(
        call,
        opened.failure === 'TIMEOUT'
          ? 'download timed out'
          : `can't connect to remote host (${ips[0]}): ${opened.message}`,
      )
    let { connection } = opened
    if (url.scheme === 'https') {
      if (!flags.has('c') && !warned) await process.write(2, `${call.name}: ${WGET_BELIEVES}\n`)
      warned = true
      const secured = await secure(process, connection, url.host, deadline)
      if (secured === 'timeout') return complain(call, 'download timed out')
      if (!secured || 'plain' in secured) return complain(call, 'error getting response: Connection reset by peer')
      connection = secured.connection
    }
    const answer = await exchange(process, connection, url, wgetRequest(flags), deadline)
    if (answer === 'timeout') return complain(call, 'download timed out')
    if (!answer) return complain(call, 'error getting response')
    if (answer.status >= 300 && answer.status < 400 && answer.headers.get('location')) {
      location = new URL(answer.headers.get('location')!, `${url.scheme}://${url.host}:${url.port}${url.target}`).href
      continue
    }
    if (flags.has('S'))
      await process.write(
        2,
        answer.head
          .split('\r\n')
          .map(line => `  ${line}\n`)
          .join(''),
      )
    if (answer.status >= 400) return complain(call, `server returned error: ${answer.head.split('\r\n')[0]}`)
    if (flags.has('s')) return say('remote file exists\n').then(() => 0)
    const file = flags.value('O') ?? (url.target.split('?')[0]!.split('/').pop() || 'index.html')
    if (file === '-') {
      await say('writing to stdout\n')
      await print(call, answer.body)
      await say(`${bar('-', answer.body)}written to stdout\n`)
    } else {
      if (!flags.has('O') && process.fs.exists(file)) return complain(call, `can't open '${file}': File exists`)
      await say(`saving to '${file}'\n`)
      process.fs.writeFile(file, answer.body)
      await say(`${bar(file, answer.body)}'${file}' saved\n`)
    }
    return 0
  }
  return complain(call, 'too many redirections')
}

/** As it stands in the address. */
const hostOf = (address: string): string => /^(?:\w+:\/\/)?(?:[^@/]*@)?([^/?#]+)/.exec(address)![1]!

function bar(name: string, body: string): string {
  const bytes = byteLength(body)
  return bytes ? `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${amount(bytes)}  0:00:00 ETA\n` : ''
}

/** In five places, as its progress shows it. */
const amount = (bytes: number): string =>
  (bytes < 100_000
    ? String(bytes)
    : bytes < 10_240_000
      ? `${Math.floor(bytes / 1024)}k`
      : `${Math.floor(bytes / 1024 ** 2)}M`
  ).padStart(5)

function wgetRequest(flags: Options): Exchange {
  const headers: Record<string, string> = { 'User-Agent': flags.value('U') ?? 'Wget', Connection: 'close' }
  for (const header of flags.values('h')) {
    const at = header.indexOf(':')
    headers[header.slice(0, at).trim()] = header.slice(at + 1).trim()
  }
  const body = flags.value('d')
  if (body === undefined) return { method: flags.has('s') ? 'HEAD' : 'GET', headers }
  headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
  return { method: 'POST', headers, body }
}
