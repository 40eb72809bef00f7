/** etcdctl: keys and values, watching them, and how the cluster is. */
import { connect } from '../../../commands/network/connect.ts'
import { byteLength } from '../../../files/tree.ts'
import { type HttpAnswer, responseReader } from '../../../network/http-client.ts'
import type { Process } from '../../../processes/process.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { afterPrefix } from './store.ts'

type Json = { [name: string]: unknown }

interface Kv {
  key: string
  value?: string
}

const encode = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
const decode = (text: string | undefined): string =>
  new TextDecoder().decode(Uint8Array.from(atob(text ?? ''), c => c.charCodeAt(0)))

/** What etcdctl ends with: `Error: …`. */
class Failure extends Error {
  readonly code: number
  constructor(text: string, code = 1) {
    super(text)
    this.code = code
  }
}

const BARE = new Set(
  'prefix keys-only print-value-only from-key prev-kv cluster insecure-transport insecure-skip-tls-verify count-only debug'.split(
    ' ',
  ),
)
const VALUED = new Set(
  'endpoints write-out limit rev order sort-by command-timeout dial-timeout user password cacert cert key consistency'.split(
    ' ',
  ),
)
/** Flags that would change what is answered. */
const UNSIMULATED = ['sort-by', 'user', 'password']
const SHORT: Readonly<Record<string, string>> = { w: 'write-out' }

interface Given {
  words: string[]
  flags: ReadonlyMap<string, string>
}

function read(args: readonly string[]): Given {
  const words: string[] = []
  const flags = new Map<string, string>()
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, long, joined] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? []
    const [, short, attached] = /^-([a-z])=?(.*)$/.exec(word) ?? []
    const name = long ?? (short && SHORT[short])
    if (word === '--') words.push(...rest.splice(0))
    else if (name === undefined && !short) words.push(word)
    else if (name !== undefined && BARE.has(name)) flags.set(name, joined ?? 'true')
    else if (name !== undefined && VALUED.has(name)) flags.set(name, joined ?? (attached || (rest.shift() ?? '')))
    else
      throw new Failure(
        short && !name ? `unknown shorthand flag: '${short}' in ${word}` : `unknown flag: --${name}`,
        128,
      )
  }
  return { words, flags }
}

/** One request to one endpoint. @throws Failure */
async function post(process: Process, endpoint: string, method: string, body: Json): Promise<Json> {
  const [, secure, host = '', port = '2379'] = /^(?:http(s)?:\/\/)?([^:/]+)(?::(\d+))?/.exec(endpoint) ?? []
  if (secure) throw new Failure('endpoints with TLS are not simulated')
  const opened = await connect(process, host, Number(port), { timeoutMs: 5000 })
  if ('failure' in opened) {
    const why = `rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = \\"transport: Error while dialing: dial tcp ${opened.ip ?? host}:${port}: ${opened.failure === 'ECONNREFUSED' ? 'connect: connection refused' : opened.message}\\"`
    if (opened.failure === 'ECONNREFUSED') await process.sleep(5000)
    const now = new Date(process.clock.now()).toISOString()
    await process.write(
      2,
      `{"level":"warn","ts":"${now}","logger":"etcd-client","caller":"v3/retry_interceptor.go:63","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0xc0000c2000/${host}:${port}","attempt":0,"error":"${why}"}\n`,
    )
    throw new Failure('context deadline exceeded')
  }
  const text = JSON.stringify(body)
  let answer: HttpAnswer | undefined
  const reader = responseReader(whole => {
    answer = whole
  })
  opened.connection.send(
    `POST /v3/${method} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\nContent-Length: ${byteLength(text)}\r\n\r\n${text}`,
  )
  while (!answer) {
    const data = await opened.stream.read(process)
    if (!data) {
      reader.end()
      break
    }
    reader.data(data)
  }
  opened.stream.close()
  if (!answer) throw new Failure('rpc error: code = Unavailable desc = error reading from server: EOF')
  const value = JSON.parse(answer.body) as Json
  if (typeof value.error === 'string') throw new Failure(value.error)
  return value
}

/** A table with borders; titles and cells in the middle or on the right, as the tool has them. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]!.length)))
  const line = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+\n`
  const centred = (text: string, width: number): string => {
    const left = Math.floor((width - text.length) / 2)
    return ' '.repeat(left) + text.padEnd(width - left)
  }
  const right = (text: string): boolean => /^(true|false|\d+|\d+ \wB)$/.test(text) || /^\d+(\.\d+)+$/.test(text)
  const cell = (text: string, i: number): string => (right(text) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))
  const head = `|${titles.map((title, i) => ` ${centred(title, widths[i]!)} `).join('|')}|\n`
  return `${line}${head}${line}${rows.map(row => `|${row.map((text, i) => ` ${cell(text, i)} `).join('|')}|\n`).join('')}${line}`
}

const hex = (id: unknown): string => BigInt(String(id)).toString(16)

/** The range that a key, an end and flags mean. */
function range({ words, flags }: Given, what: string): Json {
  const [key, end] = words
  if (words.length > 2 || (key === undefined && !flags.has('prefix') && !flags.has('from-key')))
    throw new Failure(`${what} command needs one argument as key and an optional argument as range_end`, 128)
  if (end !== undefined && (flags.has('prefix') || flags.has('from-key')))
    throw new Failure(
      `too many arguments, only accept one argument when \`--${flags.has('prefix') ? 'prefix' : 'from-key'}\` is set`,
      128,
    )
  const last = flags.has('prefix') ? afterPrefix(key ?? '') : flags.has('from-key') ? '\0' : end
  return { key: encode(key || '\0'), ...(last !== undefined && { range_end: encode(last) }) }
}

/** Numbers of JSON are strings in the gateway, and keys too, whose names etcdctl writes its own way. */
const asJson = (value: Json): string =>
  `${JSON.stringify(value).replace(/"((?:cluster|member)_id|revision|raft_term|create_revision|mod_revision|version|count|deleted)":"(\d+)"/g, '"$1":$2')}\n`

export const etcdctl: CarryingProgram = async (process, tag) => {
  const version = /^v?(\d[\d.]*\d)/.exec(tag)?.[1] ?? '3.6.4'
  try {
    const given = read(process.argv.slice(1))
    const command = given.words.shift()
    await run(process, command, given, version)
    return 0
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await process.write(2, `Error: ${error.message}\n`)
    return error.code
  }
}

async function run(process: Process, command: string | undefined, given: Given, version: string): Promise<void> {
  const { words, flags } = given
  const endpoints = (flags.get('endpoints') ?? process.env.ETCDCTL_ENDPOINTS ?? '127.0.0.1:2379').split(',')
  const ask = (method: string, body: Json): Promise<Json> => post(process, endpoints[0]!, method, body)
  const out = (text: string): Promise<void> => process.write(1, text)
  const unsimulated = UNSIMULATED.find(flag => flags.has(flag))
  if (unsimulated) throw new Failure(`--${unsimulated} is not simulated`)
  const format = flags.get('write-out') ?? 'simple'
  if (!/^(simple|json|table)$/.test(format)) throw new Failure(`the output format ${format} is not simulated`)
  const pair = ({ key, value }: Kv): string => `${decode(key)}\n${decode(value)}\n`
  switch (command) {
    case 'version':
      return out(`etcdctl version: ${version}\nAPI version: ${version.split('.').slice(0, 2).join('.')}\n`)
    case 'put': {
      const [key, value = process.fds[0]?.isTerminal ? undefined : await readAll(process, words.length)] = words
      if (key === undefined || value === undefined || words.length > 2)
        throw new Failure('put command needs 1 argument and input from stdin or 2 arguments', 128)
      const prev = flags.has('prev-kv')
      const answer = await ask('kv/put', { key: encode(key), value: encode(value), ...(prev && { prev_kv: true }) })
      if (format === 'json') return out(asJson(answer))
      return out(`OK\n${answer.prev_kv ? pair(answer.prev_kv as Kv) : ''}`)
    }
    case 'get': {
      const [limit, revision] = [flags.get('limit'), flags.get('rev')]
      const answer = await ask('kv/range', {
        ...range(given, 'get'),
        ...(limit && { limit }),
        ...(revision && { revision }),
        ...(flags.has('keys-only') && { keys_only: true }),
        ...(flags.has('count-only') && { count_only: true }),
        ...(/^desc/i.test(flags.get('order') ?? '') && { sort_order: 'DESCEND' }),
      })
      if (format === 'json') return out(asJson(answer))
      const kvs = (answer.kvs ?? []) as Kv[]
      return out(kvs.map(kv => (flags.has('print-value-only') ? `${decode(kv.value)}\n` : pair(kv))).join(''))
    }
    case 'del': {
      const answer = await ask('kv/deleterange', {
        ...range(given, 'del'),
        ...(flags.has('prev-kv') && { prev_kv: true }),
      })
      if (format === 'json') return out(asJson(answer))
      return out(`${answer.deleted ?? 0}\n${((answer.prev_kvs ?? []) as Kv[]).map(pair).join('')}`)
    }
    case 'compact': {
      const [revision] = words
      if (revision === undefined || words.length > 1) throw new Failure('compact command needs 1 argument', 128)
      await ask('kv/compaction', { revision })
      return out(`compacted revision ${revision}\n`)
    }
    case 'watch': {
      let from: number | undefined = Number(flags.get('rev') ?? 0) || undefined
      const asked = range(given, 'watch')
      for (;;) {
        const answer: Json = await ask('watch', { create_request: { ...asked, ...(from && { start_revision: from }) } })
        const { header, events } = answer.result as { header: Json; events: { type?: string; kv: Kv }[] }
        for (const { type = 'PUT', kv } of events) await out(`${type}\n${pair(kv)}`)
        from = Number(header.revision) + 1
      }
    }
    case 'member': {
      if (words[0] !== 'list') throw new Failure(`member ${words[0] ?? ''} is not simulated`)
      const answer = await ask('cluster/member/list', {})
      const rows = (answer.members as Json[]).map(one => [
        hex(one.ID),
        'started',
        String(one.name),
        (one.peerURLs as string[]).join(','),
        (one.clientURLs as string[]).join(','),
        'false',
      ])
      if (format === 'json') throw new Failure('member list in JSON is not simulated')
      return out(
        format === 'table'
          ? table(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows)
          : rows.map(row => `${row.join(', ')}\n`).join(''),
      )
    }
    case 'endpoint':
      return endpoint(process, given, endpoints, format, out)
    default:
      if (command === undefined) throw new Failure('help is not simulated')
      if (
        /^(alarm|auth|check|defrag|downgrade|elect|lease|lock|make-mirror|migrate|move-leader|role|snapshot|txn|user|help|completion)$/.test(
          command,
        )
      )
        throw new Failure(`${command} is not simulated`)
      throw new Failure(`unknown command "${command}" for "etcdctl"\nRun 'etcdctl --help' for usage.`)
  }
}

async function readAll(process: Process, words: number): Promise<string | undefined> {
  if (words !== 1) return undefined
  let text = ''
  for (;;) {
    const data = await process.read(0)
    if (!data) return text || undefined
    text += data
  }
}

async function endpoint(
  process: Process,
  { words, flags }: Given,
  named: readonly string[],
  format: string,
  out: (text: string) => Promise<void>,
): Promise<void> {
  if (format === 'json') throw new Failure('endpoint in JSON is not simulated')
  let endpoints = named
  if (flags.has('cluster')) {
    const { members } = await post(process, named[0]!, 'cluster/member/list', {})
    endpoints = (members as Json[]).flatMap(one => one.clientURLs as string[])
  }
  if (words[0] === 'health') {
    for (const one of endpoints) {
      await post(process, one, 'kv/range', { key: encode('health') })
      const took = `${(1 + process.random.float() * 4).toFixed(6)}ms`
      await process.write(1, `${one} is healthy: successfully committed proposal: took = ${took}\n`)
    }
    return
  }
  if (words[0] !== 'status') throw new Failure(`endpoint ${words[0] ?? ''} is not simulated`)
  const rows: string[][] = []
  for (const one of endpoints) {
    const { header, version, leader, raftTerm, raftIndex, raftAppliedIndex } = await post(
      process,
      one,
      'maintenance/status',
      {},
    )
    const { member_id: id } = header as Json
    rows.push([
      one,
      hex(id),
      String(version),
      '20 kB',
      String(leader === id),
      'false',
      String(raftTerm),
      String(raftIndex),
      String(raftAppliedIndex),
      '',
    ])
  }
  const titles = [
    'ENDPOINT',
    'ID',
    'VERSION',
    'DB SIZE',
    'IS LEADER',
    'IS LEARNER',
    'RAFT TERM',
    'RAFT INDEX',
    'RAFT APPLIED INDEX',
    'ERRORS',
  ]
  await out(format === 'table' ? table(titles, rows) : rows.map(row => `${row.join(', ')}\n`).join(''))
}
