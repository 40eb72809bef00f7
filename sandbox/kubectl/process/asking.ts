/** Requests that reach through to a Pod: what they are about, once the server has nothing against them. */
import type { NodeProxy } from '../../api/egress/node-proxy.ts'
import type { Outcome } from '../../api/egress/outside.ts'
import type { Api } from '../../http/api.ts'
import type { ApiRequest } from '../../http/exchange.ts'
import { refusal } from '../../http/handler.ts'
import { type ConnectRequest, connecting } from '../../http/proxy/connect.ts'
import type { Process } from '../../runtime/processes/process.ts'
import { Refused } from '../io.ts'

interface Asked {
  asked: ConnectRequest
  nodes: NodeProxy
}

/** What a request for exec, attach or port-forward is about. @throws Refused with the server's answer */
export async function asking(process: Process, api: Api, request: ApiRequest): Promise<Asked> {
  let outcome: Outcome<Asked> | undefined
  let wake: ((found: Outcome<Asked>) => void) | undefined
  const work = (): Asked => {
    const asked = connecting(api.server, request)
    if (!asked || !api.nodes) throw new Error('not simulated: no connection to a node')
    if (asked.subresource !== 'portforward') api.nodes.checkConnect(asked.pod, asked.container, asked.subresource)
    return { asked, nodes: api.nodes }
  }
  api.server.outside.carry(work, found => {
    outcome = found
    wake?.(found)
  })
  outcome ??= await process.block<Outcome<Asked>>(woken => {
    wake = woken
  })
  if ('value' in outcome) return outcome.value
  const { status, body } = refusal(outcome.error)
  throw new Refused(status, String(body))
}
