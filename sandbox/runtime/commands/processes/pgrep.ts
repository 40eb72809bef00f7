/** pgrep and pkill: processes found by an expression, shown or sent a signal. */

import { isErrno } from '../../errno.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Signal } from '../../processes/process.ts'
import { commandName } from '../../pseudofs/procfs.ts'
import { type Call, type Command, complain, Missing, type Options, options, print, Refusal, Usage } from '../command.ts'
import { BadRegexp, regexp } from '../text/regexp.ts'
import { find, PASSWD } from '../users/user-tables.ts'
import { commandLine, processes, signalOf } from './processes.ts'

const LONG = {
  full: 'f',
  exact: 'x',
  newest: 'n',
  oldest: 'o',
  inverse: 'v',
  parent: 'P',
  'ignore-case': 'i',
  count: 'c',
}

function expressionOf(call: Call, flags: Options): RegExp | undefined {
  const [pattern, ...more] = flags.rest
  const gnu = call.flavour === 'gnu'
  if (more.length) throw gnu ? new Usage('only one pattern can be provided', 2) : new Missing('')
  if (pattern === undefined) {
    if (['P', 'u', 'U'].some(flag => flags.has(flag))) return undefined
    throw gnu ? new Usage('no matching criteria specified', 2) : new Missing('')
  }
  try {
    return regexp(flags.has('x') ? `^(${pattern})$` : pattern, 'extended', flags.has('i') ? 'i' : '')
  } catch (error) {
    if (!(error instanceof BadRegexp)) throw error
    throw new Refusal(gnu ? `regex error: ${error.message}` : `bad regex '${pattern}': ${error.message}`, gnu ? 2 : 1)
  }
}

/** Those that are meant, never the command itself. */
function chosen(call: Call, flags: Options): Proc[] {
  const expression = expressionOf(call, flags)
  const { pids } = (call.process as Proc).world
  const numbers = (flag: string): string[] => flags.value(flag)?.split(',') ?? []
  const parents = numbers('P').map(Number)
  const users = [...numbers('u'), ...numbers('U')].map(name => Number(find(call.process, PASSWD, name)?.[2] ?? name))
  const found = processes(call.process).filter(p => {
    if (p === call.process || p.status) return false
    const fits =
      (!expression || expression.test(flags.has('f') ? commandLine(p) : commandName(p))) &&
      (!parents.length || parents.includes(pids.parentOf(p))) &&
      (!users.length || users.includes(p.uid))
    return fits !== flags.has('v')
  })
  if (flags.has('o')) return found.slice(0, 1)
  return flags.has('n') ? found.slice(-1) : found
}

export const pgrep: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? 'flanovxciP:u:U:d:' : 'flanovxP:', {
    ...LONG,
    ...(gnu && { 'list-name': 'l', 'list-full': 'a', delimiter: 'd', euid: 'u', uid: 'U' }),
  })
  const found = chosen(call, flags)
  const { pids } = (call.process as Proc).world
  const row = (p: Proc): string => {
    const words = flags.has('a') || (flags.has('l') && flags.has('f') && !gnu) ? commandLine(p) : commandName(p)
    return flags.has('a') || flags.has('l') ? `${pids.idOf(p)} ${words}` : String(pids.idOf(p))
  }
  if (flags.has('c')) await print(call, `${found.length}\n`)
  else if (found.length) await print(call, `${found.map(row).join(flags.value('d') ?? '\n')}\n`)
  return found.length ? 0 : 1
}

export const pkill: Command = async call => {
  // The signal is a flag like no other: a name or a number behind a dash.
  const at = call.args.findIndex(arg => arg === '-0' || (/^-./.test(arg) && signalOf(arg.slice(1)) !== undefined))
  const args = call.args.filter((_, i) => i !== at)
  const gnu = call.flavour === 'gnu'
  const flags = options({ ...call, args }, gnu ? 'fnovxeciP:u:U:' : 'fnovxeP:', {
    ...LONG,
    ...(gnu && { signal: 'signal:', echo: 'e', euid: 'u', uid: 'U' }),
  })
  const name = at >= 0 ? call.args[at]!.slice(1) : (flags.value('signal') ?? 'TERM')
  const signal: Signal | '0' | undefined = name === '0' ? '0' : signalOf(name)
  if (!signal) return complain(call, `bad signal name '${name}'`)
  const found = chosen(call, flags)
  const { process } = call
  const { pids } = (process as Proc).world
  let code = found.length ? 0 : 1
  for (const p of found) {
    const pid = pids.idOf(p)
    try {
      // None at all only asks whether it could be sent.
      if (signal !== '0') process.kill(pid, signal)
      if (flags.has('e')) await print(call, `${commandName(p)} killed (pid ${pid})\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(
        call,
        gnu ? `killing pid ${pid} failed: ${error.message}` : `can't kill pid ${pid}: ${error.message}`,
      )
    }
  }
  if (flags.has('c')) await print(call, `${found.length}\n`)
  return code
}
