/** `timeout`: a command that has to end in time. */
import { isErrno } from '../../errno.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { type Command, complain, Missing, options, Refusal, Usage } from '../command.ts'
import { signalOf } from '../processes/processes.ts'
import { duration } from '../system/time.ts'

const LONG = {
  signal: 's',
  'kill-after': 'k',
  verbose: 'v',
  foreground: 'foreground',
  'preserve-status': 'preserve-status',
}

export const timeout: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? '+s:k:v' : '+s:k:', gnu ? LONG : {})
  const [given, ...rest] = flags.rest
  if (given === undefined || !rest.length) throw new Missing('missing operand', gnu ? 125 : 1)
  const interval = (text: string): number => {
    const length = duration(text)
    if (length !== undefined) return length
    throw gnu ? new Usage(`invalid time interval '${text}'`, 125) : new Refusal(`invalid number '${text}'`)
  }
  const killAfter = flags.has('k') ? interval(flags.value('k')!) : undefined
  const named = flags.value('s') ?? 'TERM'
  const signal = signalOf(named)
  if (!signal) throw gnu ? new Usage(`'${named}': invalid signal`, 125) : new Refusal(`unknown signal '${named}'`)
  const ms = interval(given)
  const sent: string[] = []
  let child: Process
  try {
    child = call.process.spawn({ argv: rest })
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(
      call,
      gnu ? `failed to run command '${rest[0]}': ${error.message}` : `can't execute '${rest[0]}': ${error.message}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
  let late = false
  const timers = ms
    ? [
        call.process.clock.after(ms, () => {
          late = true
          sent.push(signal)
          ;(child as Proc).signal(signal)
        }),
      ]
    : []
  if (killAfter !== undefined)
    timers.push(
      call.process.clock.after(ms + killAfter, () => {
        sent.push('KILL')
        ;(child as Proc).signal('KILL')
      }),
    )
  call.process.on('TERM', () => (child as Proc).signal('TERM'))
  for (;;) {
    try {
      const { status } = await call.process.wait(child.pid)
      for (const timer of timers) call.process.clock.cancel(timer)
      if (flags.has('v'))
        for (const each of sent) await complain(call, `sending signal ${each} to command '${rest[0]}'`)
      // busybox has become the command, so it ends as that does; GNU's ends so when nothing but KILL has helped.
      if (status.signal === 'KILL' || (status.signal && call.flavour === 'busybox')) {
        if (status.signal !== 'KILL') call.process.on(status.signal, undefined)
        call.process.kill(call.process.pid, status.signal)
        return status.code
      }
      return late && gnu && !flags.has('preserve-status') ? 124 : status.code
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}
