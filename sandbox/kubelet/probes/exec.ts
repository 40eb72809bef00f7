/** Running a command in a container and waiting for its end, for probes and hooks. */

import { goDuration } from '../../api/formats/duration.ts'
import type { Container } from '../../runtime/cri.ts'
import type { ExitStatus } from '../../runtime/processes/process.ts'
import { expand } from '../containers/expansion.ts'
import type { NodeContext } from '../node-context.ts'
import { rpcText } from '../node-context.ts'
import { type Task, within } from '../task.ts'
import type { ContainerSpec, ProbeSpec } from '../types.ts'
import type { ProbeOutcome } from './outcome.ts'

const OUTPUT_MAX = 10 * 1024

export type ExecOutcome =
  /** No status: the time was up. */
  { status: ExitStatus | undefined; stdout: string; stderr: string; output: string } | { error: unknown }

export function* execCommand(
  node: NodeContext,
  container: Container,
  argv: readonly string[],
  timeoutMs = Number.POSITIVE_INFINITY,
): Task<ExecOutcome> {
  let stdout = ''
  let stderr = ''
  let output = ''
  let session: ReturnType<Container['exec']>
  try {
    session = container.exec({ argv })
  } catch (error) {
    return { error }
  }
  session.onOutput((stream, data) => {
    if (stream === 'stdout') stdout += data
    else stderr += data
    if (output.length < OUTPUT_MAX) output += data
  })
  const wait = (answer: (status: ExitStatus) => void): (() => void) => {
    session.onExit(answer)
    return () => {
      session.signal('KILL')
      session.close()
    }
  }
  const status = Number.isFinite(timeoutMs)
    ? yield* within(node.clock, timeoutMs, wait)
    : ((yield resume => wait(resume)) as ExitStatus)
  return { status, stdout, stderr, output: output.slice(0, OUTPUT_MAX) }
}

/** Exit code 0 is success. The command sees only those variables whose values are written in the spec. */
export function* probeExec(
  node: NodeContext,
  container: Container,
  spec: ContainerSpec,
  probe: ProbeSpec,
): Task<ProbeOutcome> {
  const fixed = new Map((spec.env ?? []).filter(e => !e.valueFrom).map(e => [e.name, e.value ?? '']))
  const argv = (probe.exec?.command ?? []).map(word => expand(word, name => fixed.get(name)))
  const timeout = (probe.timeoutSeconds ?? 1) * 1000
  const outcome = yield* execCommand(node, container, argv, timeout)
  if ('error' in outcome) return { result: 'unknown', output: '', error: rpcText(outcome.error) }
  if (!outcome.status) {
    return {
      result: 'failure',
      output: `command timed out: "${argv.join(' ')}" timed out after ${goDuration(timeout)}`,
    }
  }
  return { result: outcome.status.code === 0 ? 'success' : 'failure', output: outcome.output }
}
