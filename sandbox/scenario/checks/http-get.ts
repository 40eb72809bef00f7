/** One GET over the simulated network, for checks: as a Pod of the cluster would see it. */
import type { Clock } from '../../clock/clock.ts'
import type { ConnectFailure, Connection, Network, NetworkNamespace } from '../../network/network.ts'
import { unchunked } from '../../network/unchunked.ts'

export interface HttpAnswer {
  /** 0 when no answer came; `error` says why. */
  status: number
  body: string
  /** The Content-Type that came with it. */
  type: string
  error: string
}

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'timed out',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
}
const PATIENCE_MS = 5_000
const STEP_MS = 50
const failed = (error: string): HttpAnswer => ({ status: 0, body: '', type: '', error })

/** @param pause lets real time pass, where who answers is a real process */
export async function httpGet(
  clock: Clock,
  network: Network,
  nodeName: string,
  address: string,
  pause?: (ms: number) => Promise<void>,
): Promise<HttpAnswer> {
  const url = /^(?:http:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(address)
  if (!url) return failed(`"${address}" is no http address`)
  const [, host = '', port = '80', path = '/'] = url
  const from = network.createNamespace({ nodeName, hostname: 'check', hostNetwork: false })
  const ip = /^[\d.]+$/.test(host) ? host : resolve(network, from, host)[0]
  let answer: HttpAnswer | undefined
  if (ip === undefined) answer = failed('could not resolve host')
  else {
    ask(from, { ip, port: Number(port), host, path, agent: 'podlab-check' }, got => (answer = got))
  }
  const deadline = clock.now() + PATIENCE_MS
  await clock.settle()
  while (!answer && clock.now() < deadline) {
    await pause?.(STEP_MS)
    await clock.advance(STEP_MS)
  }
  network.removeNamespace(from)
  return answer ?? failed('timed out')
}

/** Sends one GET from a network namespace; the answer comes as time passes, at most once. */
export function ask(
  from: NetworkNamespace,
  { ip, port, host, path, agent }: { ip: string; port: number; host: string; path: string; agent: string },
  done: (answer: HttpAnswer) => void,
): void {
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${agent}\r\nAccept: */*\r\nConnection: close\r\n\r\n`
  from.connect('TCP', ip, port, result => {
    if ('failure' in result) done(failed(WORDS[result.failure]))
    else converse(result.connection, request, done)
  })
}

/** As a Pod's resolv.conf has it: the namespace's own domain first. */
function resolve(network: Network, from: NetworkNamespace, host: string): readonly string[] {
  const domains = host.endsWith('.') ? [''] : ['.default.svc.cluster.local', '.svc.cluster.local', '.cluster.local', '']
  for (const domain of domains) {
    const found = network.resolver(host.replace(/\.$/, '') + domain, 'A', from)
    if (found !== 'silence' && found?.length) return found
  }
  return []
}

function converse(connection: Connection, request: string, done: (answer: HttpAnswer) => void): void {
  let text = ''
  const finish = (): void => {
    const head = /^HTTP\/1\.[01] (\d{3})[^\n]*\n/.exec(text)
    if (!head) {
      done(failed('no answer in HTTP'))
      return
    }
    const split = /\r?\n\r?\n/.exec(text)
    const body = split ? text.slice(split.index + split[0].length) : ''
    done({
      status: Number(head[1]),
      body: /transfer-encoding: chunked/i.test(text.slice(0, split?.index)) ? unchunked(body) : body,
      type: /\r?\ncontent-type: *([^\r\n]*)/i.exec(text.slice(0, split?.index))?.[1] ?? '',
      error: '',
    })
  }
  connection.onData(data => {
    text += data
    const length = /\r?\ncontent-length: (\d+)/i.exec(text)
    const split = /\r?\n\r?\n/.exec(text)
    if (
      length &&
      split &&
      new TextEncoder().encode(text.slice(split.index + split[0].length)).length >= Number(length[1])
    ) {
      connection.close()
      finish()
    }
  })
  connection.onClose(finish)
  connection.send(request)
}
