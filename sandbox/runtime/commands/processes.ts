/** Commands about processes: ps, kill, killall, pkill, pidof, pgrep. */
import { commandName } from '../devfs.ts'
import type { Proc } from '../proc.ts'
import { type Process, SIGNAL_NUMBER, type Signal } from '../process.ts'
import { type Call, type Command, complain, options, print, Usage } from './command.ts'
import { strftime } from './date.ts'
import { nameOf } from './modes.ts'
import { clockTime } from './time.ts'

/** The processes that this one can see, from /proc. */
export function processes(process: Process): Proc[] {
  return (process as Proc).world.pids.all()
}

export const commandLine = (p: Proc): string =>
  p.status ? `[${(p.argv[0] ?? '').split('/').pop()}]` : p.argv.join(' ')

export const ps: Command = call => {
  const { pids } = (call.process as Proc).world
  const all = processes(call.process)
  const user = (p: Proc): string => nameOf(call.process, p.uid, '/etc/passwd')
  const flags = call.args.join('')
  if (call.flavour === 'busybox') {
    const columns = /-?o\s*(\S+)/.exec(call.args.join(' '))?.[1]?.split(',')
    if (columns && call.args.some(arg => arg.startsWith('-o'))) return print(call, table(call, all, columns))
    const rows = all.map(
      p =>
        `${String(pids.idOf(p)).padStart(5)} ${user(p).padEnd(8).slice(0, 8)} ${clockTime(p.cpuMs).padStart(5)} ${p.status ? `[${commandLine(p).slice(1, -1)}]` : commandLine(p)}`,
    )
    return print(call, `PID   USER     TIME  COMMAND\n${rows.join('\n')}\n`)
  }
  const full = flags.includes('f')
  /** Names that are too long for their column. */
  const owner = (p: Proc): string =>
    user(p)
      .replace(/^(.{7}).{2,}$/, '$1+')
      .padEnd(8)
  const aux = flags.includes('u') && !flags.startsWith('-')
  const wanted =
    /o(\S+)/.exec(call.args.find(arg => /^-?[a-zA-Z]*o/.test(arg)) ?? '')?.[1] ??
    (call.args.includes('-o') ? call.args[call.args.indexOf('-o') + 1] : undefined)
  if (wanted) return print(call, table(call, all, wanted.split(',')))
  const start = (p: Proc): string => strftime('%H:%M', p.startedAt)
  if (aux) {
    const rows = all.map(
      p =>
        `${owner(p)} ${String(pids.idOf(p)).padStart(7)}  0.0  0.0 ${String(Math.round(p.memory / 512)).padStart(6)} ${String(Math.round(p.memory / 1024)).padStart(5)} ${p.fds[0]?.isTerminal ? 'pts/0' : '?    '}    ${p.state}    ${start(p)}   ${clockTime(p.cpuMs)} ${commandLine(p)}`,
    )
    return print(
      call,
      `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${rows.join('\n')}\n`,
    )
  }
  const long = (ms: number): string => `00:${clockTime(ms).padStart(5, '0')}`
  const shown =
    flags.includes('e') || flags.includes('A') || flags.includes('x')
      ? all
      : all.filter(p => p.fds[0]?.isTerminal || p === call.process)
  const ids = (p: Proc): string => `${String(pids.idOf(p)).padStart(7)} ${String(pids.parentOf(p)).padStart(7)}  0`
  const tty = (p: Proc): string => (p.fds[0]?.isTerminal ? 'pts/0' : '?').padEnd(8)
  /** Priority, size in pages, and what it waits for. */
  const details = (p: Proc): string =>
    `${'80'.padStart(3)}   0 - ${String(Math.round(p.memory / 4096)).padStart(5)} -     `
  const mark = (p: Proc): string => `${pids.parentOf(p) ? 0 : 4} ${p.state[0]}`
  const line = (p: Proc): string => {
    const rest = `${tty(p)} ${long(p.cpuMs)}`
    if (!flags.includes('l'))
      return full
        ? `${owner(p)} ${ids(p)} ${start(p)} ${rest} ${commandLine(p)}`
        : `${String(pids.idOf(p)).padStart(7)} ${rest} ${commandName(p)}`
    return full
      ? `${mark(p)} ${owner(p)} ${ids(p)} ${details(p)} ${start(p)} ${rest} ${commandLine(p)}`
      : `${mark(p)} ${String(p.uid).padStart(5)} ${ids(p)} ${details(p)} ${rest} ${commandName(p)}`
  }
  return print(call, `${HEADS[`${full ? 'f' : ''}${flags.includes('l') ? 'l' : ''}`]}\n${shown.map(line).join('\n')}\n`)
}

/** By what is shown: all of it (`f`), more of it (`l`). */
const HEADS: Readonly<Record<string, string>> = {
  '': '    PID TTY          TIME CMD',
  f: 'UID          PID    PPID  C STIME TTY          TIME CMD',
  l: 'F S   UID     PID    PPID  C PRI  NI ADDR SZ WCHAN  TTY          TIME CMD',
  fl: 'F S UID          PID    PPID  C PRI  NI ADDR SZ WCHAN  STIME TTY          TIME CMD',
}

function table(call: Call, all: readonly Proc[], columns: readonly string[]): string {
  const { pids } = (call.process as Proc).world
  const cell = (p: Proc, column: string): string => {
    switch (column.replace(/=.*/, '')) {
      case 'pid':
        return String(pids.idOf(p))
      case 'ppid':
        return String(pids.parentOf(p))
      case 'pgid':
        return String(p.group)
      case 'user':
        return nameOf(call.process, p.uid, '/etc/passwd')
      case 'uid':
        return String(p.uid)
      case 'comm':
        return commandName(p)
      case 'stat':
      case 'state':
      case 's':
        return p.state
      case 'time':
        return clockTime(p.cpuMs)
      case 'rss':
        return String(Math.round(p.memory / 1024))
      case 'vsz':
        return String(Math.round(p.memory / 512))
      case 'tty':
        return p.fds[0]?.isTerminal ? 'pts/0' : '?'
      default:
        return commandLine(p)
    }
  }
  const rows = [
    columns.map(c => (c === 'args' || c === 'cmd' || c === 'comm' ? 'COMMAND' : c.replace(/=.*/, '').toUpperCase())),
    ...all.map(p => columns.map(c => cell(p, c))),
  ]
  const widths = columns.map((_, i) => Math.max(...rows.map(row => row[i]!.length)))
  return rows
    .map(row => `${row.map((text, i) => (i === row.length - 1 ? text : text.padEnd(widths[i]!))).join(' ')}\n`)
    .join('')
}

export const signalOf = (text: string): Signal | undefined => {
  const bare = text.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare))
    return (Object.keys(SIGNAL_NUMBER) as Signal[]).find(name => SIGNAL_NUMBER[name] === Number(bare))
  return bare in SIGNAL_NUMBER ? (bare as Signal) : undefined
}

/** `kill`, `killall` and `pkill`: a signal to processes by pid or by name. */
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
          .filter(
            p =>
              p !== call.process &&
              !p.status &&
              (call.name === 'pkill' ? commandLine(p).includes(word) : commandName(p) === word),
          )
          .map(p => (call.process as Proc).world.pids.idOf(p))
      : [Number(word)]
    if (byName && !pids.length) {
      code = 1
      if (call.name === 'killall')
        await complain(call, call.flavour === 'gnu' ? `${word}: no process found` : `${word}: no process killed`)
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
  const flags = options(call, call.name === 'pgrep' ? 'flaxon' : 'sxo:')
  const found = processes(call.process).filter(
    p =>
      p !== call.process &&
      !p.status &&
      flags.rest.some(word =>
        call.name === 'pgrep'
          ? (flags.has('f') ? commandLine(p) : commandName(p)).includes(word)
          : commandName(p) === word.split('/').pop(),
      ),
  )
  if (!found.length) return 1
  // The oldest or the newest of them.
  if (call.name === 'pgrep' && flags.has('o')) found.splice(1)
  else if (call.name === 'pgrep' && flags.has('n')) found.splice(0, found.length - 1)
  const show = (p: Proc): string =>
    flags.has('l') || flags.has('a') ? `${pids.idOf(p)} ${commandLine(p)}` : String(pids.idOf(p))
  await print(
    call,
    call.name === 'pgrep'
      ? `${found.map(show).join('\n')}\n`
      : `${found
          .map(p => (call.process as Proc).world.pids.idOf(p))
          .reverse()
          .join(' ')}\n`,
  )
  return 0
}
