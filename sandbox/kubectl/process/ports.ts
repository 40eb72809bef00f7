/** port-forward: ports of this machine that lead into a Pod. */
import type { NodeProxy, RemoteConnection } from '../../api/egress/node-proxy.ts'
import type { Pod } from '../../api/types.ts'
import type { Api } from '../../http/api.ts'
import type { ApiRequest } from '../../http/exchange.ts'
import type { Process } from '../../runtime/processes/process.ts'
import type { Forwarding, Lead } from '../io.ts'
import { bindWords } from '../node/bind-words.ts'
import { asking } from './asking.ts'
import { Inbox } from './inbox.ts'

/** Ports of this machine that lead into a Pod. What comes through them needs no process to wake up. */
export async function forward(
  process: Process,
  api: Api,
  request: ApiRequest,
  leads: readonly Lead[],
): Promise<Forwarding> {
  const {
    asked: { pod },
    nodes,
  } = await asking(process, api, request)
  const events = new Inbox<{ lead: number; error?: string }>(process, () => {})
  const bound = leads.map(({ address, local, remote }, lead) => {
    try {
      const listener = process.net.listen(
        'TCP',
        local,
        connection => {
          events.push({ lead })
          joinPod(nodes, pod, remote, connection, error => events.push({ lead, error }))
        },
        address,
      )
      return { port: listener.port }
    } catch (error) {
      const words = bindWords(error)
      if (!words) throw error
      return { error: words }
    }
  })
  return { bound, next: async () => (await events.next())! }
}

function joinPod(
  nodes: NodeProxy,
  pod: Pod,
  port: number,
  local: RemoteConnection,
  fail: (words: string) => void,
): void {
  const early: string[] = []
  let remote: RemoteConnection | undefined
  let gone = false
  local.onData(data => (remote ? remote.send(data) : early.push(data)))
  local.onClose(() => {
    gone = true
    remote?.close()
  })
  const joined = (result: { connection: RemoteConnection } | { error: string }): void => {
    if ('error' in result) {
      local.close()
      fail(result.error)
      return
    }
    remote = result.connection
    remote.onData(data => local.send(data))
    remote.onClose(() => local.close())
    for (const data of early.splice(0)) remote.send(data)
    if (gone) remote.close()
  }
  try {
    nodes.portForward(pod, port, joined)
  } catch (error) {
    joined({ error: (error as Error).message })
  }
}
