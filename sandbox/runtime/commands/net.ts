/** Commands that talk over the network: wget, curl, ping, ip, netstat. */
import type { Connection } from '../../network/network.ts'
import { isErrno } from '../errno.ts'
import { type HttpAnswer, responseReader } from '../http-client.ts'
import type { Proc } from '../proc.ts'
import type { Process } from '../process.ts'
import { REASONS } from '../serving.ts'
import { type Call, type Command, complain, type Options, options, print, Usage } from './command.ts'
import { connect } from './connect.ts'
import { curlTls, secure } from './https.ts'
import { lookupHost } from './resolve.ts'

interface Url {
  scheme: string
  host: string
  port: number
  target: string
}

function parseUrl(text: string): Url {
  const match = /^(?:(\w+):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?/.exec(text)
  if (!match) throw new Usage(`bad address '${text}'`)
  const scheme = match[1]?.toLowerCase() ?? 'http'
  const rest = match[4] ?? '/'
  return {
    scheme,
    host: match[2]!.replace(/^\[|\]$/g, ''),
    port: Number(match[3] ?? (scheme === 'https' ? 443 : 80)),
    target: rest.startsWith('/') ? rest : `/${rest}`,
  }
}

interface Exchange {
  method: string
  headers: Record<string, string>
  body?: string
}

/** One request over an open connection; 'timeout' when it takes longer than `deadline`. @param live see responseReader */
async function exchange(
  process: Process,
  connection: Connection,
  url: Url,
  request: Exchange,
  deadline: number | undefined,
  live?: (piece: string) => Promise<void>,
): Promise<HttpAnswer | undefined | 'timeout'> {
  const host = url.port === (url.scheme === 'https' ? 443 : 80) ? url.host : `${url.host}:${url.port}`
  const headers: Record<string, string> = { Host: host, ...request.headers }
  if (request.body !== undefined) headers['Content-Length'] ??= String(new TextEncoder().encode(request.body).length)
  let news = (): void => {}
  let answer: { got: HttpAnswer | undefined | 'timeout' } | undefined
  let pieces = ''
  const timer =
    deadline === undefined
      ? undefined
      : process.clock.after(deadline - process.clock.now(), () => {
          answer ??= { got: 'timeout' }
          news()
        })
  const reader = responseReader(
    got => {
      answer ??= { got }
      news()
    },
    live &&
      (piece => {
        pieces += piece
        news()
      }),
  )
  connection.onData(reader.data)
  connection.onClose(reader.end)
  connection.send(
    `${request.method} ${url.target} HTTP/1.1\r\n${Object.entries(headers)
      .map(([k, v]) => `${k}: ${v}\r\n`)
      .join('')}\r\n${request.body ?? ''}`,
  )
  try {
    for (;;) {
      if (pieces) {
        const text = pieces
        pieces = ''
        await live?.(text)
      } else if (answer) return answer.got
      else
        await process.block<void>(wake => {
          news = wake
        })
    }
  } finally {
    process.clock.cancel(timer)
    connection.close()
  }
}

const WGET_BELIEVES = 'note: TLS certificate validation not implemented'

export const wget: Command = async call => {
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
  const seconds = Number(flags.value('T') ?? 900)
  let warned = false
  let location = flags.rest[0]
  if (!location) throw new Usage('missing URL')
  for (let hops = 0; hops < 10; hops++) {
    const url = parseUrl(location)
    const deadline = process.clock.now() + seconds * 1000
    const { ips } = await lookupHost(process, url.host)
    if (!ips.length) return complain(call, `bad address '${url.host}'`)
    await say(`Connecting to ${url.host} (${ips[0]}:${url.port})\n`)
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
        `  HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? ''}\n${[...answer.headers].map(([k, v]) => `  ${k}: ${v}\n`).join('')}`,
      )
    if (answer.status >= 400)
      return complain(call, `server returned error: HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? ''}`)
    if (flags.has('s')) return say('remote file exists\n').then(() => 0)
    const file = flags.value('O') ?? (url.target.split('?')[0]!.split('/').pop() || 'index.html')
    if (file === '-') {
      await say('writing to stdout\n')
      await print(call, answer.body)
      await say(
        `-                    100% |${'*'.repeat(32)}| ${String(answer.body.length).padStart(5)}  0:00:00 ETA\nwritten to stdout\n`,
      )
    } else {
      if (!flags.has('O') && process.fs.exists(file)) return complain(call, `can't open '${file}': File exists`)
      await say(`saving to '${file}'\n`)
      process.fs.writeFile(file, answer.body)
      await say(
        `${file.padEnd(20)} 100% |${'*'.repeat(32)}| ${String(answer.body.length).padStart(5)}  0:00:00 ETA\n'${file}' saved\n`,
      )
    }
    return 0
  }
  return complain(call, 'too many redirections')
}

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

const CURL_LONG = {
  silent: 's',
  'show-error': 'S',
  output: 'o',
  include: 'i',
  head: 'I',
  request: 'X',
  header: 'H',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  location: 'L',
  fail: 'f',
  'max-time': 'm',
  verbose: 'v',
  insecure: 'k',
  'write-out': 'w',
  'connect-timeout': 'c',
  'user-agent': 'A',
  'remote-name': 'O',
  user: 'u',
  cookie: 'b',
  get: 'G',
  retry: 'r',
  'retry-delay': 'y',
  'fail-with-body': 'f',
  'no-progress-meter': 's',
  'no-buffer': 'N',
  'http1.1': '0',
  resolve: 'R',
  disable: 'q',
  globoff: 'g',
  interface: 'n',
  ipv4: '4',
  ipv6: '6',
  compressed: 'z',
  noproxy: 'x',
  'retry-connrefused': 'z',
  'retry-all-errors': 'z',
  'retry-max-time': 'y',
  cacert: '9',
  'oauth2-bearer': '8',
}

export const curl: Command = async call => {
  const flags = options(call, 'sSo:iIX:H:d:Lfm:vkw:c:A:Ou:b:Gr:y:N0gR:qn:46zx:9:8:', CURL_LONG)
  const { process } = call
  const fail = async (code: number, message: string): Promise<number> => {
    if (!flags.has('s') || flags.has('S')) await process.write(2, `curl: (${code}) ${message}\n`)
    return code
  }
  if (!flags.rest.length) {
    await process.write(2, "curl: try 'curl --help' or 'curl --manual' for more information\n")
    return 2
  }
  let code = 0
  for (const given of flags.rest) code = await curlOne(call, flags, given, fail)
  return code
}

async function curlOne(
  call: Call,
  flags: ReturnType<typeof options>,
  given: string,
  fail: (code: number, message: string) => Promise<number>,
): Promise<number> {
  const { process } = call
  const started = process.clock.now()
  const maxMs = flags.value('m') ? Number(flags.value('m')) * 1000 : undefined
  const connectMs = flags.value('c') ? Number(flags.value('c')) * 1000 : maxMs
  const headers: Record<string, string> = { 'User-Agent': flags.value('A') ?? 'curl/8.14.1', Accept: '*/*' }
  for (const header of flags.values('H')) {
    const at = header.indexOf(':')
    const name = header.slice(0, at).trim()
    const old = Object.keys(headers).find(key => key.toLowerCase() === name.toLowerCase())
    if (old) delete headers[old]
    headers[name] = header.slice(at + 1).trim()
  }
  const bearer = flags.value('8')
  if (bearer !== undefined) headers.Authorization ??= `Bearer ${bearer}`
  const data = flags.values('d').map(text => (text.startsWith('@') ? process.fs.readFile(text.slice(1)) : text))
  const body = data.length && !flags.has('G') ? data.join('&') : undefined
  if (body !== undefined) headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
  let location = data.length && flags.has('G') ? `${given}?${data.join('&')}` : given
  for (let hops = 0; hops < 50; hops++) {
    const url = parseUrl(location)
    if (url.scheme !== 'http' && url.scheme !== 'https') return fail(1, `Protocol "${url.scheme}" not supported`)
    const opened = await connect(process, url.host, url.port, connectMs === undefined ? {} : { timeoutMs: connectMs })
    const took = process.clock.now() - started
    if ('failure' in opened) {
      if (opened.failure === 'ENOTFOUND') return fail(6, `Could not resolve host: ${url.host}`)
      if (opened.failure === 'TIMEOUT')
        return fail(28, `${opened.resolving ? 'Resolving' : 'Connection'} timed out after ${took} milliseconds`)
      return fail(
        7,
        `Failed to connect to ${url.host} port ${url.port} after ${took} ms: ${opened.failure === 'ECONNREFUSED' ? "Couldn't connect to server" : opened.message}`,
      )
    }
    let { connection } = opened
    if (url.scheme === 'https') {
      const secured = await curlTls(
        process,
        connection,
        url.host,
        flags,
        maxMs === undefined ? undefined : started + maxMs,
      )
      if (secured === 'timeout') return fail(28, 'SSL connection timeout')
      if ('code' in secured) {
        connection.close()
        return fail(secured.code, secured.words)
      }
      connection = secured.connection
    }
    const method = flags.value('X') ?? (flags.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST')
    if (flags.has('v'))
      await process.write(
        2,
        `*   Trying ${opened.ip}:${url.port}...\n* Connected to ${url.host} (${opened.ip}) port ${url.port}\n> ${method} ${url.target} HTTP/1.1\n> Host: ${url.host}\n${Object.entries(
          headers,
        )
          .map(([k, v]) => `> ${k}: ${v}\n`)
          .join('')}> \n`,
      )
    const simple = !['i', 'I', 'o', 'O', 'L'].some(flag => flags.has(flag))
    const answer = await exchange(
      process,
      connection,
      url,
      { method, headers: { ...headers, Connection: 'close' }, ...(body === undefined ? {} : { body }) },
      maxMs === undefined ? undefined : started + maxMs,
      simple ? piece => print(call, piece) : undefined,
    )
    if (answer === 'timeout')
      return fail(28, `Operation timed out after ${process.clock.now() - started} milliseconds with 0 bytes received`)
    if (!answer) return fail(52, 'Empty reply from server')
    const head = `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? ''}\r\n${[...answer.headers].map(([k, v]) => `${k.replace(/(^|-)\w/g, c => c.toUpperCase())}: ${v}\r\n`).join('')}\r\n`
    if (flags.has('v')) await process.write(2, head.replaceAll('\r\n', '\n').replace(/^/gm, '< '))
    if (flags.has('L') && answer.status >= 300 && answer.status < 400 && answer.headers.get('location')) {
      location = new URL(answer.headers.get('location')!, `${url.scheme}://${url.host}:${url.port}${url.target}`).href
      continue
    }
    if (answer.status >= 400 && flags.has('f')) return fail(22, `The requested URL returned error: ${answer.status}`)
    const file = flags.value('o') ?? (flags.has('O') ? url.target.split('?')[0]!.split('/').pop() : undefined)
    const text = (flags.has('i') || flags.has('I') ? head : '') + (flags.has('I') ? '' : answer.body)
    if (file && file !== '-') {
      try {
        const stream = process.fs.open(file, 'w')
        await stream.write(process, text)
        stream.close()
      } catch (error) {
        if (!isErrno(error)) throw error
        return fail(23, 'client returned ERROR on write')
      }
    } else await print(call, text)
    const values: Record<string, string> = {
      http_code: String(answer.status),
      response_code: String(answer.status),
      time_total: ((process.clock.now() - started) / 1000).toFixed(6),
      remote_ip: opened.ip,
      size_download: String(answer.body.length),
      url_effective: location,
    }
    const format = flags.value('w')
    if (format)
      await print(
        call,
        format
          .replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
          .replaceAll('\\n', '\n')
          .replaceAll('\\t', '\t'),
      )
    return 0
  }
  return fail(47, 'Maximum (50) redirects followed')
}

export const ping: Command = async call => {
  const flags = options(call, 'c:i:W:w:qs:46n')
  const { process } = call
  const host = flags.rest[0]
  if (!host) throw new Usage('missing host operand')
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
  if (!host) throw new Usage('missing operand')
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

export const ip: Command = async call => {
  const [object = '', verb = ''] = call.args.filter(arg => !arg.startsWith('-'))
  if (/^(l|a|r)/.test(object) && CHANGES.has(verb) && !mayAdministerNetwork(call.process)) {
    await call.process.write(
      2,
      `${call.flavour === 'busybox' ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted\n`,
    )
    return 2
  }
  const { ips } = call.process.net
  if (/^(a|l)/.test(object) && !CHANGES.has(verb)) {
    return print(
      call,
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n` +
        `2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue \n    link/ether ${mac(ips[0]!)} brd ff:ff:ff:ff:ff:ff\n${ips.map(a => `    inet ${a}/24 brd ${a.replace(/\d+$/, '255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`).join('')}`,
    )
  }
  if (/^r/.test(object) && !CHANGES.has(verb)) {
    const gateway = ips[0]!.replace(/\d+$/, '1')
    return print(
      call,
      `default via ${gateway} dev eth0 \n${ips[0]!.replace(/\d+$/, '0')}/24 dev eth0 scope link  src ${ips[0]} \n`,
    )
  }
  return complain(call, `${`${object} ${verb}`.trim() || 'this'} is not simulated`)
}

/** What needs the right to change the network. */
const CHANGES = new Set(['add', 'change', 'del', 'delete', 'flush', 'replace', 'set'])

const mayAdministerNetwork = (process: Process): boolean =>
  process.uid === 0 && ((process as Proc).world.capabilities?.has('NET_ADMIN') ?? true)

const mac = (address: string): string =>
  `de:ad:${address
    .split('.')
    .map(n => Number(n).toString(16).padStart(2, '0'))
    .join(':')}`

export const netstat: Command = call => {
  const rows = call.process.net.listeners()
  const udp = call.args.some(arg => /^-[a-z]*u/.test(arg))
  const tcp = call.args.some(arg => /^-[a-z]*t/.test(arg)) || !udp
  const shown = rows.filter(row => (row.protocol === 'TCP' ? tcp : udp || !tcp))
  if (call.name === 'ss')
    return print(
      call,
      `Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n${shown.map(r => `${r.protocol.toLowerCase().padEnd(5)} ${(r.protocol === 'TCP' ? 'LISTEN' : 'UNCONN').padEnd(6)} 0      511    ${`${r.address}:${r.port}`.padStart(18)}       0.0.0.0:*   \n`).join('')}`,
    )
  return print(
    call,
    `Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n${shown.map(r => `${r.protocol.toLowerCase().padEnd(5)}      0      0 ${`${r.address}:${r.port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${r.protocol === 'TCP' ? 'LISTEN' : ''}\n`).join('')}`,
  )
}
