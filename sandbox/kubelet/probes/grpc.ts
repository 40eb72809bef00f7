/** A gRPC probe: the health protocol's SERVING is success. */
import type { NodeContext } from '../node-context.ts'
import type { Task } from '../task.ts'
import type { ProbeSpec } from '../types.ts'
import { dialled, failure, type ProbeOutcome, success } from './outcome.ts'

export function* probeGrpc(node: NodeContext, podIP: string, probe: ProbeSpec): Task<ProbeOutcome> {
  const { port, service } = probe.grpc!
  const timeout = (probe.timeoutSeconds ?? 1) * 1000
  const target = { ip: podIP, port, service: service ?? '' }
  const result = yield* dialled(done => node.runtime.grpcHealth(target, timeout, done))
  if (!result.ok) return failure(result.error)
  if (result.body && result.body !== 'SERVING') return failure(`service unhealthy (responded with "${result.body}")`)
  return success('service healthy')
}
