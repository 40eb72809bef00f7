/** Commands about processes: kill, killall, pidof. */

import type { Proc } from '../../processes/proc.ts'
import { type Process, SIGNAL_NUMBER, type Signal } from '../../processes/process.ts'
import { commandName } from '../../pseudofs/procfs.ts'
import { type Command, complain, options, print, Usage } from '../command.ts'

/** The processes that this one can see, from /proc. */
export function processes(process: Process): Proc[] {
  return (process as Proc).world.pids.all()
}

export const commandLine = (p: Proc): string =>
  p.status ? `[${(p.argv[0] ?? '').split('/').pop()}]` : p.argv.join(' ')

export const signalOf = (text: string): Signal | undefined => {
  const bare = text.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare))
    return (Object.keys(SIGNAL_NUMBER) as Signal[]).find(name => SIGNAL_NUMBER[name] === Number(bare))
  return bare in SIGNAL_NUMBER ? (bare as Signal) : undefined
}

/** `kill` and `killall`: a signal to processes by pid or by name. */
export const kill: Command = async call => {
  const words = [...call.args]
  let signal: Signal | '0' | undefined = 'TERM'
  const flag = words[0]
  if (flag === '-l')
    return print(
      call,
      `${Object.entries(SIGNAL_NUMBER)
        .map(([name, n]) => `${String(n).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    )
  if (flag && /^-[^-]/.test(flag) && words.length > 1) {
    words.shift()
    const name = flag === '-s' || flag === '-n' ? words.shift()! : flag.slice(1)
    signal = name === '0' ? '0' : /^[qfex]$/.test(name) ? 'TERM' : signalOf(name)
    if (!signal) return complain(call, `bad signal name '${name}'`)
  }
  let code = 0
  const byName = call.name !== 'kill'
  for (const word of words) {
    const pids = byName
      ? processes(call.process)
          .filter(p => p !== call.process && !p.status && commandName(p) === word)
          .map(p => (call.process as Proc).world.pids.idOf(p))
      : [Number(word)]
    if (byName && !pids.length) {
      code = await complain(call, call.flavour === 'gnu' ? `${word}: no process found` : `${word}: no process killed`)
    }
    for (const pid of pids) {
      try {
        if (Number.isNaN(pid)) throw new Usage(`invalid number '${word}'`)
        if (signal === '0') {
          if (!processes(call.process).some(p => (call.process as Proc).world.pids.idOf(p) === pid))
            throw Object.assign(new Error('No such process'), { code: 'ESRCH' })
        } else call.process.kill(pid, signal)
      } catch (error) {
        const failure = error as { code?: unknown; message: string }
        if (failure.code !== 'ESRCH' && failure.code !== 'EPERM') throw error
        code = await complain(call, `can't kill pid ${pid}: ${failure.message}`)
      }
    }
  }
  return code
}

export const pidof: Command = async call => {
  const { pids } = (call.process as Proc).world
  const names = options(call, 'sxo:').rest.map(word => word.split('/').pop())
  const found = processes(call.process).filter(p => p !== call.process && !p.status && names.includes(commandName(p)))
  if (!found.length) return 1
  return print(
    call,
    `${found
      .map(p => pids.idOf(p))
      .reverse()
      .join(' ')}\n`,
  ).then(() => 0)
}
