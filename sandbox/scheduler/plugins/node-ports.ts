/** Host ports that are still free. */
import type { Pod } from '../../api/types.ts'
import { type Plugin, refuse } from '../framework.ts'
import { requestsOf } from '../requests.ts'

const REFUSAL = refuse("node(s) didn't have free ports for the requested pod ports")
const ANY = '0.0.0.0'

const overlap = (a: string, b: string): boolean => a === ANY || b === ANY || a === b

const clash = (a: Pod, b: Pod): boolean =>
  requestsOf(a).hostPorts.some(p =>
    requestsOf(b).hostPorts.some(q => p.protocol === q.protocol && p.port === q.port && overlap(p.ip, q.ip)),
  )

export const nodePorts: Plugin = {
  name: 'NodePorts',
  prepare(pod) {
    const { hostPorts } = requestsOf(pod)
    if (!hostPorts.length) return
    return {
      filter: node =>
        hostPorts.some(({ protocol, port, ip }) =>
          node.hostPorts.get(`${protocol}/${port}`)?.some(taken => overlap(ip, taken)),
        )
          ? REFUSAL
          : undefined,
    }
  },
  wakes: (event, pod) => event.type === 'NodeAdded' || (event.type === 'PodDeleted' && clash(event.pod, pod)),
}
