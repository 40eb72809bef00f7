/** HTTP and plain dialling from a node, outside any process: the kubelet's probes. Errors are in Go's words. */
import type { Clock, Timer } from '../../clock/clock.ts'
import { chunkEnd } from '../../network/chunk-end.ts'
import type { ConnectFailure, Connection, NetworkNamespace } from '../../network/network.ts'
import { startTls } from '../../network/tls.ts'
import type { DialResult, HttpTarget } from '../cri.ts'
import { byteLength } from '../files/tree.ts'

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: 'connect: connection refused',
  ETIMEDOUT: 'connect: connection timed out',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
}

/** A node knows no names but its own: the cluster's are known in Pods alone. */
const ownAddress = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host)

const isName = (host: string): boolean => /[a-z]/i.test(host) && !host.includes(':') && host !== 'localhost'

/** Why there is no connection, as Go tells it; of this machine it tells the address that was tried first. */
function dialError({ ip, port }: { ip: string; port: number }, failure: ConnectFailure): string {
  if (isName(ip)) return `dial tcp: lookup ${ip} on 127.0.0.53:53: no such host`
  return `dial tcp ${addressOf({ ip: ip === 'localhost' ? '::1' : ip, port })}: ${WORDS[failure]}`
}

/** Connects, or fails at `timeoutMs`; without an end to that, when the machine gives up. */
export function dial(
  clock: Clock,
  net: NetworkNamespace,
  target: { ip: string; port: number },
  timeoutMs: number,
  done: (result: { connection: Connection } | { error: string; timedOut?: boolean }) => void,
): void {
  let over = false
  const address = addressOf(target)
  const timer = later(clock, timeoutMs, () => {
    over = true
    giveUp()
    done({ error: `dial tcp ${address}: i/o timeout`, timedOut: true })
  })
  const giveUp = net.connect('TCP', ownAddress(target.ip), target.port, result => {
    if (over) return
    clock.cancel(timer)
    done('connection' in result ? result : { error: dialError(target, result.failure) })
  })
}

/** Never where there is no end to that time. */
export const later = (clock: Clock, ms: number, task: () => void): Timer | undefined =>
  Number.isFinite(ms) ? clock.after(ms, task) : undefined

export interface HttpAnswer {
  readonly status: number
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>
  /** The status line and the headers, as they were sent. */
  readonly head: string
  readonly body: string
}

const LINE_END = /\r?\n/
const HEAD_END = /\r?\n\r?\n/

const BROKEN = 'net/http: HTTP/1.x transport connection broken: '

/** What Go says of the first line of an answer that is none; undefined of a good one. */
function malformed(line: string): string | undefined {
  const [version = '', status] = /^([^ ]*) +(.*)$/.exec(line)?.slice(1) ?? []
  if (status === undefined) return `malformed HTTP response ${JSON.stringify(line)}`
  const code = status.split(' ')[0]!
  if (!/^\d{3}$/.test(code)) return `malformed HTTP status code ${JSON.stringify(code)}`
  if (!/^HTTP\/\d\.\d$/.test(version)) return `malformed HTTP version ${JSON.stringify(version)}`
  return undefined
}

/** Most who ask want no headers. */
class Answer implements HttpAnswer {
  readonly status: number
  readonly body: string
  readonly head: string

  constructor(status: number, head: string, body: string) {
    this.status = status
    this.body = body
    this.head = head
  }

  get headers(): ReadonlyMap<string, string> {
    const [, ...lines] = this.head.split(LINE_END)
    return new Map(
      lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
  }
}

/** What one who asks was answered last: many servers say the same to their probes in the same second. */
interface LastAnswer {
  text: string
  answer: HttpAnswer | undefined
}
const LONGEST_KNOWN = 16_000

/** What is sent without a body, whatever its headers say of one. */
const hasNoBody = (status: number): boolean => status === 204 || status === 304

/** What the head of an answer says of the body. */
interface Head {
  readonly status: number
  readonly text: string
  /** Where the body begins. */
  readonly end: number
  /** In bytes; undefined where it goes on to the last chunk, or to the end of the connection. */
  readonly length: number | undefined
  readonly chunked: boolean
}

/** @returns undefined of what is no head, or not yet */
function headOf(text: string): Head | undefined {
  const gap = HEAD_END.exec(text)
  if (!gap) return undefined
  const head = text.slice(0, gap.index)
  const status = /^HTTP\/\d\.\d +(\d{3})(?!\S)/.exec(head)?.[1]
  if (!Number(status)) return undefined
  const length = /\ncontent-length: *(\d+)/i.exec(head)?.[1]
  return {
    status: Number(status),
    text: head,
    end: gap.index + gap[0].length,
    length: length === undefined ? undefined : Number(length),
    chunked: /\ntransfer-encoding: *chunked/i.test(head),
  }
}

/**
 * Collects one response; tells when it is complete, or why it is none, in Go's words.
 * @param live gets the pieces of a body that has no length as they come; without it they are collected like any other
 * @param isHead whether only the headers were asked for
 * @param last is kept up to date; the same text again is the same answer
 */
export function responseReader(
  done: (answer: HttpAnswer | undefined, why?: string) => void,
  live?: (piece: string) => void,
  isHead = false,
  last?: LastAnswer,
): {
  data(text: string): void
  end(): void
} {
  /** All of it until the head has come, then the body. */
  let buffer = ''
  let head: Head | undefined
  let over = false
  const chunksEnded = chunkEnd()
  /** No fewer bytes than the body has: halves of one character count as more than the whole. */
  let received = 0
  const finish = (answer: HttpAnswer | undefined, why?: string): void => {
    if (over) return
    over = true
    done(answer, why)
  }
  /** The first line tells at once; whatever else is missing, only the end does. */
  const refuse = (ended: boolean): void => {
    const newline = buffer.indexOf('\n')
    const why = newline < 0 ? undefined : malformed(buffer.slice(0, newline).replace(/\r$/, ''))
    if (why) finish(undefined, `${BROKEN}${why}`)
    else if (ended) finish(undefined, buffer ? `${BROKEN}unexpected EOF` : 'EOF')
  }
  /** @param piece of the body, which is looked at once: a long body comes in many */
  const readBody = ({ status, text, length, chunked }: Head, piece: string, ended: boolean): HttpAnswer | undefined => {
    const streaming = live !== undefined && length === undefined && status === 200
    if (!streaming) buffer += piece
    else if (piece) live(piece)
    const isComplete = (): boolean => {
      if (chunked) return chunksEnded(piece)
      if (length === undefined) return false
      received += byteLength(piece)
      return received >= length && byteLength(buffer) >= length
    }
    const whole = isHead || hasNoBody(status) || isComplete()
    return ended || whole ? new Answer(status, text, streaming ? '' : buffer) : undefined
  }
  const read = (piece: string, ended: boolean): void => {
    if (over) return
    if (head) {
      const answer = readBody(head, piece, ended)
      if (answer) finish(answer)
      return
    }
    buffer += piece
    if (!ended && last?.answer && buffer === last.text) {
      finish(last.answer)
      return
    }
    head = headOf(buffer)
    if (!head) {
      refuse(ended)
      return
    }
    const sent = buffer
    buffer = ''
    const answer = readBody(head, sent.slice(head.end), ended)
    if (!answer) return
    if (last && !ended && sent.length < LONGEST_KNOWN) Object.assign(last, { text: sent, answer })
    finish(answer)
  }
  return {
    data: piece => read(piece, false),
    end: () => read('', true),
  }
}

export function httpGet(
  clock: Clock,
  net: NetworkNamespace,
  target: HttpTarget,
  timeoutMs: number,
  done: (result: DialResult) => void,
): void {
  new Get(clock, target, done).start(net, timeoutMs)
}

/** One request from a node, with one limit for connection and answer. */
class Get {
  readonly #clock: Clock
  readonly #target: HttpTarget
  readonly #done: (result: DialResult) => void
  #timer: Timer | undefined
  #giveUp: (() => void) | undefined
  #opened: Connection | undefined
  #last: LastAnswer | undefined
  #over = false

  constructor(clock: Clock, target: HttpTarget, done: (result: DialResult) => void) {
    this.#clock = clock
    this.#target = target
    this.#done = done
  }

  start(net: NetworkNamespace, timeoutMs: number): void {
    this.#last = lastAnswerOf(net)
    const { ip, port } = this.#target
    this.#timer = later(this.#clock, timeoutMs, () => this.#tooLate())
    this.#giveUp = net.connect('TCP', ownAddress(ip), port, result => {
      if (this.#over) return
      if ('connection' in result) this.#ask(result.connection)
      else this.#fail(dialError(this.#target, result.failure))
    })
  }

  #ask(opened: Connection): void {
    this.#opened = opened
    const { scheme, ip } = this.#target
    if (scheme === 'HTTP') {
      this.#send(opened)
      return
    }
    // The kubelet believes any certificate.
    startTls(opened, ip, secured => {
      if (!secured) this.#fail('EOF')
      else if ('connection' in secured) this.#send(secured.connection)
      else this.#fail(noTls(secured.plain))
    })
  }

  #send(connection: Connection): void {
    const told = (answer: HttpAnswer | undefined, why = 'EOF'): void =>
      answer ? this.#answered(answer) : this.#fail(why)
    const reader = responseReader(told, undefined, false, this.#last)
    connection.onData(reader.data)
    connection.onClose(reader.end)
    connection.send(requestFor(this.#target))
  }

  #answered(answer: HttpAnswer): void {
    const { status, body } = answer
    const location = status >= 300 && status < 400 ? answer.headers.get('location') : undefined
    this.#finish({ ok: true, status, body, location })
  }

  #tooLate(): void {
    if (!this.#opened) this.#giveUp?.()
    this.#fail(
      this.#opened
        ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
        : 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    )
  }

  #fail(why: string): void {
    const target = this.#target
    this.#finish({
      ok: false,
      error: `Get "${target.scheme.toLowerCase()}://${addressOf(target)}${pathOf(target)}": ${why}`,
    })
  }

  #finish(outcome: DialResult): void {
    if (this.#over) return
    this.#over = true
    this.#clock.cancel(this.#timer)
    this.#opened?.close()
    this.#done(outcome)
  }
}

const addressOf = ({ ip, port }: { ip: string; port: number }): string => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`

const pathOf = ({ path }: HttpTarget): string => (path.startsWith('/') ? path : `/${path}`)

/** Of each machine that has asked. */
const lastAnswers = new WeakMap<NetworkNamespace, LastAnswer>()

function lastAnswerOf(net: NetworkNamespace): LastAnswer {
  let last = lastAnswers.get(net)
  if (!last) lastAnswers.set(net, (last = { text: '', answer: undefined }))
  return last
}

/** Of targets that are asked again and again, as a probe's is. */
const requests = new WeakMap<HttpTarget, string>()

function requestFor(target: HttpTarget): string {
  let text = requests.get(target)
  if (text === undefined) {
    // In one piece: a text that is put together is taken apart and joined anew by whoever looks it up.
    text = [`GET ${pathOf(target)} HTTP/1.1`, ...headerLines(target), '', ''].join('\r\n')
    requests.set(target, text)
  }
  return text
}

/** What Go says when somebody answers its TLS with something else. */
export const noTls = (plain: string): string =>
  plain.startsWith('HTTP/')
    ? 'http: server gave HTTP response to HTTPS client'
    : 'tls: first record does not look like a TLS handshake'

function headerLines(target: HttpTarget): string[] {
  const headers = new Map([
    ['User-Agent', 'kube-probe/1.36'],
    ['Accept', '*/*'],
  ])
  let host = addressOf(target)
  for (const { name, value } of target.headers) name === 'Host' ? (host = value) : headers.set(name, value)
  const last = headers.get('Connection') ?? 'close'
  headers.delete('Connection')
  return [['Host', host], ...headers, ['Connection', last]].flatMap(([name, value]) =>
    value === '' ? [] : [`${name}: ${value}`],
  )
}
