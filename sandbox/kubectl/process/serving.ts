/** HTTP at a port of the machine: each connection is answered by a process of its own, so that one may wait and others not. */
import type { Connection } from '../../network/network.ts'
import { byteLength } from '../../runtime/files/tree.ts'
import {
  forever,
  GO_BAD_REQUEST,
  type HttpRequest,
  httpDate,
  REASONS,
  RequestReader,
} from '../../runtime/network/serving.ts'
import type { Process } from '../../runtime/processes/process.ts'
import type { Answering, Io, Pieces, Reply, Serving } from '../io.ts'
import { bindWords } from '../node/bind-words.ts'
import { Inbox } from './inbox.ts'

/** @param ioOf what a process works with */
export function serve(
  process: Process,
  address: string,
  port: number,
  answer: Answering,
  ioOf: (process: Process) => Io,
): Serving | { error: string } {
  // Nobody waits for those that have done their work.
  process.on('CHLD', 'ignore')
  const accept = (connection: Connection): void => {
    process.spawn({
      argv: process.argv,
      program: async own => {
        await converse(own, process.pid, connection, asked => answer(asked, ioOf(own)))
        return 0
      },
    })
  }
  try {
    const listener = process.net.listen('TCP', port, accept, address)
    return { port: listener.port, forever: () => forever(process) }
  } catch (error) {
    const words = bindWords(error)
    if (!words) throw error
    return { error: words }
  }
}

/** @param server the process that listens: when it has gone, so has the connection */
async function converse(
  process: Process,
  server: number,
  connection: Connection,
  answer: (asked: Parameters<Answering>[0]) => Promise<Reply>,
): Promise<void> {
  const inbox = new Inbox<string>(process, () => connection.close())
  const reader = new RequestReader(connection.remote)
  let streaming: Pieces | undefined
  connection.onData(data => inbox.push(data))
  connection.onClose(() => {
    inbox.end()
    // A stream may have nothing to say for long, and would not notice.
    streaming?.cancel()
  })
  while (process.ppid === server) {
    const request = await nextRequest(inbox, reader)
    if (!request) break
    if (request === 'unreadable') {
      connection.send(GO_BAD_REQUEST)
      break
    }
    const { method, target, headers, body } = request
    const reply = await answer({
      method,
      target,
      headers: Object.fromEntries(headers),
      body,
      from: connection.remote.ip,
    })
    const keep = headers.get('connection')?.toLowerCase() !== 'close' && typeof reply.body === 'string'
    connection.send(head(reply, process.clock.now(), keep))
    if (typeof reply.body === 'string') connection.send(method === 'HEAD' ? '' : reply.body)
    else {
      streaming = reply.body
      for await (const piece of streaming.chunks()) {
        if (process.ppid !== server) break
        connection.send(piece)
      }
    }
    if (!keep) break
  }
  connection.close()
}

async function nextRequest(
  inbox: Inbox<string>,
  reader: RequestReader,
): Promise<HttpRequest | 'unreadable' | undefined> {
  for (;;) {
    const request = reader.next()
    if (request) return request
    const data = await inbox.next()
    if (data === undefined) return undefined
    reader.push(data)
  }
}

function head({ status, headers, body }: Reply, now: number, keep: boolean): string {
  const own = {
    ...(!('Date' in headers) && { Date: httpDate(now) }),
    ...(typeof body === 'string' && !('Content-Length' in headers) && { 'Content-Length': String(byteLength(body)) }),
    ...(!keep && { Connection: 'close' }),
  }
  const lines = Object.entries({ ...headers, ...own }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${lines.join('')}\r\n`
}
