/**
 * A command run in a container beside its first process: `kubectl exec`. It lasts until nobody holds its output any
 * more: what the command leaves in the background keeps it open, as it does a real one.
 */
import type { ExecSession } from '../cri.ts'
import type { Kernel, PidSpace } from '../kernel/kernel.ts'
import type { Proc } from '../processes/proc.ts'
import type { ExitStatus, Stream } from '../processes/process.ts'
import { Inbox, nullStream, sink } from '../processes/streams.ts'
import { Terminal } from '../processes/terminal.ts'

export function execSession(options: {
  kernel: Kernel
  pids: PidSpace
  tty: boolean
  stdin: boolean
  start(fds: Record<number, Stream>): Proc
}): ExecSession {
  let onOutput: ((stream: 'stdout' | 'stderr', data: string) => void) | undefined
  // What comes before somebody listens is kept.
  const early: ['stdout' | 'stderr', string][] = []
  const output = (stream: 'stdout' | 'stderr', data: string): void => {
    if (onOutput) onOutput(stream, data)
    else early.push([stream, data])
  }
  const terminal = options.tty
    ? new Terminal({ kernel: options.kernel, pids: options.pids, onOutput: data => output('stdout', data) })
    : undefined
  const inbox = options.stdin && !terminal ? new Inbox() : undefined
  let status: ExitStatus | undefined
  const held = new Set<'stdout' | 'stderr'>(terminal ? [] : ['stdout', 'stderr'])
  const onExits: ((status: ExitStatus) => void)[] = []
  const ended = (): void => {
    if (status && !held.size) for (const handler of onExits.splice(0)) handler(status)
  }
  const outputAs = (stream: 'stdout' | 'stderr'): Stream =>
    sink(
      data => output(stream, data),
      () => {
        held.delete(stream)
        ended()
      },
    )
  const fds: Record<number, Stream> = terminal
    ? { 0: terminal, 1: terminal, 2: terminal }
    : { 0: inbox ?? nullStream, 1: outputAs('stdout'), 2: outputAs('stderr') }
  const process = options.start(fds)
  process.onEnd(end => {
    status = end
    ended()
  })
  if (terminal) terminal.foreground = process.group
  return {
    writeStdin: data => (terminal ? terminal.input(data) : inbox?.push(data)),
    closeStdin: () => (terminal ? undefined : inbox?.end()),
    resize: (columns, rows) => terminal?.resize(columns, rows),
    signal: signal => process.signal(signal, true),
    onOutput(handler) {
      onOutput = handler
      for (const [stream, data] of early.splice(0)) handler(stream, data)
    },
    onExit(handler) {
      onExits.push(handler)
      ended()
    },
    close() {
      terminal?.hangUp()
      inbox?.end()
    },
  }
}
