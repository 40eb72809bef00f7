/** A TCP probe: a connection is success. */
import type { NodeContext } from '../node-context.ts'
import type { Task } from '../task.ts'
import type { ContainerSpec, ProbeSpec } from '../types.ts'
import { broken, dialled, failure, type ProbeOutcome, success } from './outcome.ts'
import { resolvePort } from './port.ts'

export function* probeTcp(
  node: NodeContext,
  container: ContainerSpec,
  podIP: string,
  probe: ProbeSpec,
): Task<ProbeOutcome> {
  const port = resolvePort(probe.tcpSocket!.port, container)
  if (typeof port === 'string') return broken(port)
  const ip = probe.tcpSocket!.host || podIP
  const result = yield* dialled(done => node.runtime.tcpDial({ ip, port }, (probe.timeoutSeconds ?? 1) * 1000, done))
  return result.ok ? success() : failure(result.error)
}
