/** One GET over the simulated network, as of who waits for nothing but its answer: a check, or the learner's browser. */
import type { ConnectFailure, Connection, NetworkNamespace } from '../network/network.ts'
import { unchunked } from '../network/unchunked.ts'

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
export const failed = (error: string): HttpAnswer => ({ status: 0, body: '', type: '', error })

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
