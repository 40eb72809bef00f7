/** exec and attach: sessions in a container, as messages of numbered channels. */
import type { ExitResult, RemoteSession } from '../../api/egress/node-proxy.ts'
import type { Api } from '../../http/api.ts'
import type { ApiRequest } from '../../http/exchange.ts'
import { refusal } from '../../http/handler.ts'
import type { Process } from '../../runtime/processes/process.ts'
import { type Channel, ERROR, RESIZE, Refused, STDERR, STDIN, STDOUT } from '../io.ts'
import { asking } from './asking.ts'
import { Inbox } from './inbox.ts'

/** The Status that ends a session. */
const ending = ({ code, error }: ExitResult): string =>
  JSON.stringify(
    error !== undefined
      ? { status: 'Failure', message: error, reason: 'InternalError' }
      : code === 0
        ? { status: 'Success' }
        : {
            status: 'Failure',
            reason: 'NonZeroExitCode',
            details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
          },
  )

/** What a client says whose connection was broken off. */
const CUT = 'error reading from error stream: next reader: websocket: close 1006 (abnormal closure): unexpected EOF'

/** exec and attach, as the socket of http/ would carry them. */
export async function openChannel(process: Process, api: Api, request: ApiRequest): Promise<Channel> {
  const { asked, nodes } = await asking(process, api, request)
  if (asked.subresource === 'portforward') throw new Error('a port is not a channel')
  const { tty } = asked
  let session: RemoteSession
  try {
    session = asked.subresource === 'exec' ? nodes.exec(asked.pod, asked) : nodes.attach(asked.pod, asked)
  } catch (error) {
    const { status, body } = refusal(error)
    throw new Refused(status, String(body))
  }
  const queue = new Inbox<{ channel: number; data: string }>(process, () => close())
  const forget = api.availability.opened(() => {
    session.close()
    queue.push({ channel: ERROR, data: CUT })
    queue.end()
  })
  const close = (): void => {
    forget()
    session.close()
  }
  session.onOutput((stream, data) => queue.push({ channel: stream === 'stdout' || tty ? STDOUT : STDERR, data }))
  session.onExit(result => {
    forget()
    queue.push({ channel: ERROR, data: ending(result) })
    queue.end()
  })
  return {
    receive: () => queue.next(),
    send(channel, data) {
      if (channel === STDIN) session.writeStdin(data)
      else if (channel === RESIZE) {
        const { Width, Height } = JSON.parse(data) as { Width: number; Height: number }
        session.resize(Width, Height)
      }
    },
    end: channel => channel === STDIN && session.closeStdin(),
    close,
  }
}
