/** Host ports that are still free. */
import { type Plugin, refuse } from '../framework.ts'
import { requestsOf } from '../requests.ts'

const REFUSAL = refuse("node(s) didn't have free ports for the requested pod ports")
const ANY = '0.0.0.0'

export const nodePorts: Plugin = {
  name: 'NodePorts',
  prepare(pod) {
    const { hostPorts } = requestsOf(pod)
    if (!hostPorts.length) return
    return {
      filter: node =>
        hostPorts.some(({ protocol, port, ip }) =>
          node.hostPorts.get(`${protocol}/${port}`)?.some(taken => ip === ANY || taken === ANY || taken === ip),
        )
          ? REFUSAL
          : undefined,
    }
  },
  wakes: event => event.type === 'NodeAdded' || event.type === 'PodDeleted',
}
