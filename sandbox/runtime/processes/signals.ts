/** What a signal does to a process, and which processes it reaches. */
import type { Proc } from './proc.ts'
import type { Process, Signal } from './process.ts'

/**
 * What a program wants to be done at a signal.
 * @param from who sent it; 0 when they are of another PID namespace, or nobody
 * @param receiver whom it has reached: processes may share their handlers
 */
export type Disposition = ((from: number, receiver: Process) => void) | 'ignore'

const IGNORED_BY_DEFAULT: ReadonlySet<Signal> = new Set(['CHLD', 'CONT', 'URG', 'WINCH'])
const STOPPING: ReadonlySet<Signal> = new Set(['STOP', 'TSTP', 'TTIN', 'TTOU'])

/** @param outside sent by the runtime rather than by a process that PID 1 is the ancestor of */
export function effectOf(
  signal: Signal,
  wanted: Disposition | undefined,
  isInit: boolean,
  outside: boolean,
): 'nothing' | 'stops' | 'kills' | Exclude<Disposition, 'ignore'> {
  const inexorable = signal === 'KILL' || signal === 'STOP'
  if (wanted && !inexorable) return wanted === 'ignore' ? 'nothing' : wanted
  if (IGNORED_BY_DEFAULT.has(signal)) return 'nothing'
  // The first process of a PID namespace is spared whatever it has no handler for, unless it comes from outside.
  if (isInit && !(outside && inexorable)) return 'nothing'
  return STOPPING.has(signal) ? 'stops' : 'kills'
}

/** Whom `kill` means: one by its number, 0 the sender's group, -1 all but itself and the first, -n a group. */
export function receivers(sender: Proc, pid: number): Proc[] {
  const { pids } = sender.world
  if (pid > 0) {
    const one = pids.processes.get(pid)
    return one ? [one] : []
  }
  const all = [...pids.processes.values()]
  if (pid === -1) return all.filter(p => p !== pids.init && p !== sender)
  const group = pid === 0 ? sender.group : -pid
  return all.filter(p => p.world.pids === pids && p.group === group)
}
