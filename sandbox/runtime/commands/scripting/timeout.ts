/** `timeout`: a command that has to end in time. */
import { isErrno } from '../../errno.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { type Command, complain, Missing, options, Usage } from '../command.ts'
import { signalOf } from '../processes/processes.ts'
import { duration } from '../system/time.ts'

export const timeout: Command = async call => {
  const flags = options(call, '+s:k:v', { signal: 's', 'kill-after': 'k', foreground: 'v', 'preserve-status': 'v' })
  const rest = [...flags.rest]
  const given = rest.shift()
  const ms = duration(given ?? '')
  if (given !== undefined && ms === undefined && call.flavour === 'busybox')
    return complain(call, `invalid number '${given}'`)
  if (ms === undefined && call.args.length && call.flavour === 'gnu' && rest.length)
    throw new Usage(`invalid time interval '${given}'`, 125)
  if (ms === undefined || !rest.length) throw new Missing('missing operand', 125)
  const signal = signalOf(flags.value('s') ?? 'TERM') ?? 'TERM'
  let child: Process
  try {
    child = call.process.spawn({ argv: rest })
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(
      call,
      call.flavour === 'gnu'
        ? `failed to run command '${rest[0]}': ${error.message}`
        : `can't execute '${rest[0]}': ${error.message}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
  let late = false
  const timers = ms
    ? [
        call.process.clock.after(ms, () => {
          late = true
          ;(child as Proc).signal(signal)
        }),
      ]
    : []
  const killAfter = duration(flags.value('k') ?? '')
  if (killAfter !== undefined)
    timers.push(call.process.clock.after(ms + killAfter, () => (child as Proc).signal('KILL')))
  call.process.on('TERM', () => (child as Proc).signal('TERM'))
  for (;;) {
    try {
      const { status } = await call.process.wait(child.pid)
      for (const timer of timers) call.process.clock.cancel(timer)
      // busybox has become the command, so it ends as that does; GNU's ends so when nothing but KILL has helped.
      if (status.signal === 'KILL' || (status.signal && call.flavour === 'busybox')) {
        if (status.signal !== 'KILL') call.process.on(status.signal, undefined)
        call.process.kill(call.process.pid, status.signal)
        return status.code
      }
      return late && call.flavour === 'gnu' ? 124 : status.code
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}
