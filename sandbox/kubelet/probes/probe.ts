/** One probe: by exec, HTTP, TCP or gRPC. */
import type { DialResult } from '../../runtime/cri.ts'
import type { Instance } from '../instances.ts'
import type { NodeContext } from '../node-context.ts'
import type { Task } from '../task.ts'
import type { ProbeSpec } from '../types.ts'
import { probeExec } from './exec.ts'
import { probeGrpc } from './grpc.ts'
import { probeHttp } from './http.ts'
import { probeTcp } from './tcp.ts'

export interface ProbeOutcome {
  /** Unknown: the probe itself did not work, and its result is thrown away. */
  result: 'success' | 'warning' | 'failure' | 'unknown'
  output: string
  error?: string
}

export const failure = (output: string): ProbeOutcome => ({ result: 'failure', output })
export const success = (output = ''): ProbeOutcome => ({ result: 'success', output })
export const broken = (error: string): ProbeOutcome => ({ result: 'unknown', output: '', error })

/** Waits for what a dial of the runtime found. */
export function* dialled(start: (done: (result: DialResult) => void) => void): Task<DialResult> {
  return (yield resume => start(resume)) as DialResult
}

export function* runProbe(node: NodeContext, run: Instance, podIP: string, probe: ProbeSpec): Task<ProbeOutcome> {
  if (probe.exec) return yield* probeExec(node, run.container, run.spec, probe)
  if (probe.httpGet) return yield* probeHttp(node, run.spec, podIP, probe)
  if (probe.tcpSocket) return yield* probeTcp(node, run.spec, podIP, probe)
  if (probe.grpc) return yield* probeGrpc(node, podIP, probe)
  return broken('missing probe handler')
}
