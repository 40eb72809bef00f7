/** How a container ended, in the reader's words: exit codes, signals, limits. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'

type Pod = ClusterView['pods'][number]
type Container = Pod['spec']['containers'][number]
type State = NonNullable<NonNullable<Pod['status']['containerStatuses']>[number]['state']>
export type Terminated = NonNullable<State['terminated']>

const SIGNALS: Record<number, string> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
}

export function exitText(ended: Terminated, container: Container, restarts: boolean, w: Words['why']): string {
  const { exitCode, reason } = ended
  const limit = container.resources?.limits?.memory
  if (reason === 'OOMKilled') return limit ? w.exitOom(String(limit)) : w.exitOomNode
  if (reason === 'ContainerStatusUnknown') return w.exitUnknown
  if (reason === 'StartError' || reason === 'ContainerCannotRun') return w.exit128
  if (exitCode === 0) return restarts ? w.exitOk : w.exitOkDone
  if (exitCode === 126) return w.exit126
  if (exitCode === 127) return w.exit127
  const signal = SIGNALS[exitCode - 128]
  return signal ? w.exitSignal(exitCode, signal, w.signals[signal] ?? '') : w.exitError(exitCode)
}
