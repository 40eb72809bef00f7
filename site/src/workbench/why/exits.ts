/** Explanations of how a container ended: exit codes, signals, limits. */
import type { Words } from '../../words/words.ts'
import type { Container, Status } from './case.ts'

export type Terminated = NonNullable<NonNullable<Status['state']>['terminated']>

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

interface Ending {
  ended: Terminated
  container: Container
  /** Whether it is to be started again. */
  restarts: boolean
  /** How to get at what it said. */
  logs: string
}

export function exitText({ ended, container, restarts, logs }: Ending, w: Words['why']): string {
  const { exitCode, reason } = ended
  const limit = container.resources?.limits?.memory
  if (reason === 'OOMKilled') return limit ? w.exitOom(String(limit)) : w.exitOomNode
  if (reason === 'ContainerStatusUnknown') return w.exitUnknown
  if (reason === 'StartError' || reason === 'ContainerCannotRun') return w.exit128
  if (exitCode === 0) return restarts ? w.exitOk : w.exitOkDone
  if (exitCode === 126) return w.exit126
  if (exitCode === 127) return w.exit127
  const signal = SIGNALS[exitCode - 128]
  return signal ? w.exitSignal(exitCode, signal, w.signals[signal] ?? '') : w.exitError(exitCode, logs)
}
