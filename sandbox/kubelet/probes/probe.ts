/** One probe: by exec, HTTP, TCP or gRPC. */

import type { NodeContext } from '../node-context.ts'
import type { Instance } from '../pods/instances.ts'
import type { Task } from '../task.ts'
import type { ProbeSpec } from '../types.ts'
import { probeExec } from './exec.ts'
import { probeGrpc } from './grpc.ts'
import { type HttpProbe, probeHttp } from './http.ts'
import { broken, type ProbeOutcome } from './outcome.ts'
import { probeTcp } from './tcp.ts'

export const runProbe = (node: NodeContext, run: Instance, podIP: string, asking: HttpProbe): Task<ProbeOutcome> =>
  asking.probe.httpGet ? probeHttp(node, run.spec, podIP, asking) : runOther(node, run, podIP, asking.probe)

function* runOther(node: NodeContext, run: Instance, podIP: string, probe: ProbeSpec): Task<ProbeOutcome> {
  if (probe.exec) return yield* probeExec(node, run.container, run.spec, probe)
  if (probe.tcpSocket) return yield* probeTcp(node, run.spec, podIP, probe)
  if (probe.grpc) return yield* probeGrpc(node, podIP, probe)
  return broken('missing probe handler')
}
