/** Commands about the machine, its processes and its users. */
import { commandName } from '../devfs.ts'
import { isErrno } from '../errno.ts'
import { which } from '../exec.ts'
import type { Proc } from '../proc.ts'
import { type Process, SIGNAL_NUMBER, type Signal } from '../process.ts'
import { TestError, testWords } from '../shell/test.ts'
import { COOKED, RAW, terminalOf } from '../terminal.ts'
import { type Call, type Command, complain, options, print, Usage } from './command.ts'
import { strftime } from './date.ts'
import { idOf, nameOf } from './files.ts'
import { lookupHost } from './resolve.ts'

const UNITS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1.5`, `2m`, `infinity`; undefined when it is none. */
export function duration(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY
  const match = /^(\d*\.?\d+|\d+\.?)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined
}

export const sleep: Command = async call => {
  if (!call.args.length) throw new Usage('missing operand')
  let total = 0
  for (const arg of call.args) {
    const ms = duration(arg)
    if (ms === undefined)
      throw new Usage(
        call.flavour === 'gnu'
          ? `invalid time interval '${arg}'\nTry 'sleep --help' for more information.`
          : `invalid number '${arg}'`,
      )
    total += ms
  }
  if (total === Number.POSITIVE_INFINITY) await call.process.block<void>(() => {})
  else await call.process.sleep(total)
}

export const date: Command = async call => {
  const flags = options(call, 'uRI::d:D:s:r:', { utc: 'u', date: 'd', 'iso-8601': 'I', 'rfc-email': 'R' })
  const given = flags.value('d')
  const now = call.process.clock.now()
  const at =
    given === undefined
      ? now
      : given.startsWith('@')
        ? Number(given.slice(1)) * 1000
        : given === 'now'
          ? now
          : Date.parse(
              /[zZ]|[+-]\d\d:?\d\d$/.test(given)
                ? given
                : `${given.replace(' ', 'T')}${/\d:\d/.test(given) ? 'Z' : ''}`,
            )
  if (Number.isNaN(at)) throw new Usage(call.flavour === 'gnu' ? `invalid date '${given}'` : `invalid date '${given}'`)
  const format = flags.rest.find(word => word.startsWith('+'))
  const pattern = format
    ? format.slice(1)
    : flags.has('R')
      ? '%a, %d %b %Y %H:%M:%S +0000'
      : flags.has('I')
        ? '%Y-%m-%d'
        : call.flavour === 'gnu'
          ? '%a %b %e %H:%M:%S UTC %Y'
          : '%a %b %e %H:%M:%S UTC %Y'
  await print(call, `${strftime(pattern, at)}\n`)
}

export const env: Command = async call => {
  const flags = options(call, '+iu:0', { 'ignore-environment': 'i', unset: 'u' })
  const vars: Record<string, string> = flags.has('i') ? {} : { ...call.process.env }
  for (const name of flags.values('u')) delete vars[name]
  const rest = [...flags.rest]
  if (rest[0] === '-') rest.shift()
  while (rest[0]?.includes('=')) {
    const word = rest.shift()!
    vars[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  if (!rest.length)
    return print(
      call,
      Object.entries(vars)
        .map(([k, v]) => `${k}=${v}\n`)
        .join(''),
    )
  return run(call, rest, vars)
}

/** Becomes another program. */
async function run(call: Call, argv: readonly string[], vars?: Record<string, string>): Promise<number> {
  try {
    return await call.process.exec(argv, vars)
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(
      call,
      call.flavour === 'gnu' ? `'${argv[0]}': ${error.message}` : `can't execute '${argv[0]}': ${error.message}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

export const printenv: Command = async call => {
  const { env: vars } = call.process
  if (!call.args.length)
    return print(
      call,
      Object.entries(vars)
        .map(([k, v]) => `${k}=${v}\n`)
        .join(''),
    )
  let code = 0
  for (const name of call.args) {
    if (vars[name] === undefined) code = 1
    else await print(call, `${vars[name]}\n`)
  }
  return code
}

export const id: Command = async call => {
  const flags = options(call, 'ugnGr', { user: 'u', group: 'g', name: 'n', groups: 'G' })
  const { process } = call
  const user = flags.rest[0]
  const uid = user === undefined ? process.uid : idOf(process, user, '/etc/passwd')
  if (uid === undefined) throw new Usage(call.flavour === 'gnu' ? `'${user}': no such user` : `unknown user ${user}`)
  const gid = user === undefined ? process.gid : uid
  const show = (n: number, file: '/etc/passwd' | '/etc/group'): string =>
    flags.has('n') ? nameOf(process, n, file) : String(n)
  const groups = [...new Set([gid, ...process.groups])]
  if (flags.has('u')) return print(call, `${show(uid, '/etc/passwd')}\n`)
  if (flags.has('g')) return print(call, `${show(gid, '/etc/group')}\n`)
  if (flags.has('G')) return print(call, `${groups.map(g => show(g, '/etc/group')).join(' ')}\n`)
  const named = (n: number, file: '/etc/passwd' | '/etc/group'): string => {
    const name = nameOf(process, n, file)
    return name === String(n) ? String(n) : `${n}(${name})`
  }
  const supplementary =
    call.flavour === 'gnu' || process.groups.length
      ? ` groups=${groups.map(g => named(g, '/etc/group')).join(',')}`
      : ''
  await print(call, `uid=${named(uid, '/etc/passwd')} gid=${named(gid, '/etc/group')}${supplementary}\n`)
}

export const whoami: Command = async call => {
  const name = nameOf(call.process, call.process.uid, '/etc/passwd')
  if (/^\d+$/.test(name))
    return complain(call, call.flavour === 'gnu' ? `cannot find name for user ID ${name}` : `unknown uid ${name}`)
  await print(call, `${name}\n`)
  return 0
}

export const hostname: Command = async call => {
  const flags = options(call, 'fsidI')
  const { process } = call
  if (flags.rest.length) return complain(call, 'sethostname: Operation not permitted')
  const hosts = process.fs.exists('/etc/hosts') ? process.fs.readFile('/etc/hosts') : ''
  if (flags.has('i') || flags.has('I')) return print(call, `${process.net.ips.join(' ')}${flags.has('I') ? ' ' : ''}\n`)
  if (flags.has('f') || flags.has('d')) {
    const line = hosts
      .split('\n')
      .map(l => l.replace(/#.*/, '').trim().split(/\s+/))
      .find(words => words.slice(1).includes(process.hostname))
    const full = line?.[1] ?? process.hostname
    return print(call, `${flags.has('d') ? full.slice(full.indexOf('.') + 1) : full}\n`)
  }
  await print(call, `${flags.has('s') ? process.hostname.split('.')[0] : process.hostname}\n`)
  return 0
}

export const uname: Command = call => {
  const flags = options(call, 'amnrspvio', { all: 'a' })
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', call.process.hostname],
    ['r', '6.12.63+deb13-amd64'],
    ['v', '#1 SMP PREEMPT_DYNAMIC Debian 6.12.63-1'],
    ['m', 'x86_64'],
    ['o', call.flavour === 'gnu' ? 'GNU/Linux' : 'Linux'],
  ]
  const letters = ['a', 'm', 'n', 'r', 's', 'v', 'o'].filter(letter => flags.has(letter))
  const shown = flags.has('a') ? parts : parts.filter(([letter]) => (letters.length ? letters : ['s']).includes(letter))
  return print(call, `${shown.map(([, text]) => text).join(' ')}\n`)
}

const clockTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The processes that this one can see, from /proc. */
export function processes(process: Process): Proc[] {
  return [...(process as Proc).world.pids.processes.values()].sort((a, b) => a.pid - b.pid)
}

const commandLine = (p: Proc): string => (p.status ? `[${(p.argv[0] ?? '').split('/').pop()}]` : p.argv.join(' '))

export const ps: Command = call => {
  const all = processes(call.process)
  const user = (p: Proc): string => nameOf(call.process, p.uid, '/etc/passwd')
  const flags = call.args.join('')
  if (call.flavour === 'busybox') {
    const columns = /-?o\s*(\S+)/.exec(call.args.join(' '))?.[1]?.split(',')
    if (columns && call.args.some(arg => arg.startsWith('-o'))) return print(call, table(call, all, columns))
    const rows = all.map(
      p =>
        `${String(p.pid).padStart(5)} ${user(p).padEnd(8).slice(0, 8)} ${clockTime(p.cpuMs).padStart(5)} ${p.status ? `[${commandLine(p).slice(1, -1)}]` : commandLine(p)}`,
    )
    return print(call, `PID   USER     TIME  COMMAND\n${rows.join('\n')}\n`)
  }
  const full = flags.includes('f')
  const aux = flags.includes('u') && !flags.startsWith('-')
  const wanted =
    /o(\S+)/.exec(call.args.find(arg => /^-?[a-zA-Z]*o/.test(arg)) ?? '')?.[1] ??
    (call.args.includes('-o') ? call.args[call.args.indexOf('-o') + 1] : undefined)
  if (wanted) return print(call, table(call, all, wanted.split(',')))
  const start = (p: Proc): string => strftime('%H:%M', p.startedAt)
  if (aux) {
    const rows = all.map(
      p =>
        `${user(p).padEnd(8)} ${String(p.pid).padStart(7)}  0.0  0.0 ${String(Math.round(p.memory / 512)).padStart(6)} ${String(Math.round(p.memory / 1024)).padStart(5)} ${p.fds[0]?.isTerminal ? 'pts/0' : '?    '}    ${p.state}    ${start(p)}   ${clockTime(p.cpuMs)} ${commandLine(p)}`,
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
  const rows = shown.map(p =>
    full
      ? `${user(p).padEnd(8)} ${String(p.pid).padStart(7)} ${String(p.ppid).padStart(7)}  0 ${start(p)} ${(p.fds[0]?.isTerminal ? 'pts/0' : '?').padEnd(8)} ${long(p.cpuMs)} ${commandLine(p)}`
      : `${String(p.pid).padStart(7)} ${(p.fds[0]?.isTerminal ? 'pts/0' : '?').padEnd(8)} ${long(p.cpuMs)} ${commandName(p)}`,
  )
  return print(
    call,
    `${full ? 'UID          PID    PPID  C STIME TTY          TIME CMD' : '    PID TTY          TIME CMD'}\n${rows.join('\n')}\n`,
  )
}

function table(call: Call, all: readonly Proc[], columns: readonly string[]): string {
  const cell = (p: Proc, column: string): string => {
    switch (column.replace(/=.*/, '')) {
      case 'pid':
        return String(p.pid)
      case 'ppid':
        return String(p.ppid)
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
    columns.map(c => (c === 'args' || c === 'cmd' ? 'COMMAND' : c.replace(/=.*/, '').toUpperCase())),
    ...all.map(p => columns.map(c => cell(p, c))),
  ]
  const widths = columns.map((_, i) => Math.max(...rows.map(row => row[i]!.length)))
  return rows
    .map(row => `${row.map((text, i) => (i === row.length - 1 ? text : text.padEnd(widths[i]!))).join(' ')}\n`)
    .join('')
}

const signalOf = (text: string): Signal | undefined => {
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
          .map(p => p.pid)
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
          if (!processes(call.process).some(p => p.pid === pid))
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
  const flags = options(call, 'sflaxo:')
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
  const show = (p: Proc): string => (flags.has('l') || flags.has('a') ? `${p.pid} ${commandLine(p)}` : String(p.pid))
  await print(
    call,
    call.name === 'pgrep'
      ? `${found.map(show).join('\n')}\n`
      : `${found
          .map(p => p.pid)
          .reverse()
          .join(' ')}\n`,
  )
  return 0
}

const MEMORY_TOTAL = 8 * 1024 ** 3

export const free: Command = async call => {
  const flags = options(call, 'bkmghw')
  const unit = flags.has('b') ? 1 : flags.has('m') ? 1024 ** 2 : flags.has('g') ? 1024 ** 3 : 1024
  const used = (call.process as Proc).world.cgroup.memory + 300 * 1024 ** 2
  const n = (bytes: number): string =>
    (flags.has('h') ? `${(bytes / 1024 ** 3).toFixed(1)}G` : String(Math.round(bytes / unit))).padStart(12)
  await print(
    call,
    `              total        used        free      shared  buff/cache   available\nMem:   ${n(MEMORY_TOTAL)}${n(used)}${n(MEMORY_TOTAL - used)}${n(0)}${n(0)}${n(MEMORY_TOTAL - used)}\nSwap:  ${n(0)}${n(0)}${n(0)}\n`,
  )
}

export const uptime: Command = async call => {
  const { clock, fs } = call.process
  const up = fs.exists('/proc/uptime') ? Number(fs.readFile('/proc/uptime').split(' ')[0]) : 0
  const hours = Math.floor(up / 3600)
  const minutes = Math.floor((up % 3600) / 60)
  await print(
    call,
    ` ${strftime('%H:%M:%S', clock.now())} up ${hours ? `${hours}:${String(minutes).padStart(2, '0')}` : `${minutes} min`},  0 users,  load average: 0.00, 0.01, 0.05\n`,
  )
}

export const top: Command = async call => {
  const flags = options(call, 'bn:d:H')
  const times = flags.value('n')
    ? Number(flags.value('n'))
    : flags.has('b') || !call.process.fds[1]?.isTerminal
      ? Number.POSITIVE_INFINITY
      : Number.POSITIVE_INFINITY
  const terminal = terminalOf(call.process.fds[0])
  const delay = Number(flags.value('d') ?? 5) * 1000
  if (terminal && !flags.has('b')) terminal.mode = { ...RAW, signals: true }
  try {
    for (let i = 0; i < times; i++) {
      const { cgroup } = (call.process as Proc).world
      const rows = processes(call.process).map(
        p =>
          `${String(p.pid).padStart(5)} ${String(p.ppid).padStart(5)} ${nameOf(call.process, p.uid, '/etc/passwd').padEnd(8)} ${p.state.padEnd(3)} ${String(Math.round(p.memory / 1024)).padStart(6)}   0%   0% ${commandLine(p)}`,
      )
      const clear = terminal && !flags.has('b') ? '\x1b[H\x1b[J' : ''
      await print(
        call,
        `${clear}Mem: ${Math.round(cgroup.memory / 1024)}K used, ${Math.round((MEMORY_TOTAL - cgroup.memory) / 1024)}K free\nCPU:   0% usr   0% sys   0% nic 100% idle\nLoad average: 0.00 0.01 0.05\n  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n${rows.join('\n')}\n`,
      )
      if (i + 1 >= times) break
      if (terminal && !flags.has('b')) {
        const key = await keyWithin(call.process, delay)
        if (key === 'q') break
      } else await call.process.sleep(delay)
    }
  } finally {
    if (terminal) terminal.mode = { ...COOKED }
  }
}

/** A key pressed within a time, or ''. */
async function keyWithin(process: Process, ms: number): Promise<string> {
  const timer = process.clock.after(ms, () => process.kill(process.pid, 'ALRM'))
  process.on('ALRM', () => {})
  try {
    return await process.read(0, 1)
  } catch (error) {
    if (isErrno(error, 'EINTR')) return ''
    throw error
  } finally {
    process.clock.cancel(timer)
    process.on('ALRM', undefined)
  }
}

export const whichCommand: Command = async call => {
  let code = 0
  for (const name of options(call, 'a').rest) {
    try {
      await print(call, `${which(call.process, name)}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = 1
    }
  }
  return code
}

export const timeout: Command = async call => {
  const flags = options(call, '+s:k:v', { signal: 's', 'kill-after': 'k', foreground: 'v', 'preserve-status': 'v' })
  const rest = [...flags.rest]
  const ms = duration(rest.shift() ?? '')
  if (ms === undefined || !rest.length) throw new Usage('missing operand', 125)
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
      if (status.signal === 'KILL') return 137
      return late ? (call.flavour === 'gnu' ? 124 : 143) : status.code
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}

export const nohup: Command = call => {
  call.process.on('HUP', 'ignore')
  return run(call, call.args)
}

export const nice: Command = call => {
  const flags = options(call, '+n:')
  return flags.rest.length ? run(call, flags.rest) : print(call, '0\n')
}

export const time: Command = async call => {
  const started = call.process.clock.now()
  const child = call.process.spawn({ argv: call.args })
  const { status } = await call.process.wait(child.pid)
  const seconds = (call.process.clock.now() - started) / 1000
  const shown = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`
  await call.process.write(2, `real\t${shown}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`)
  return status.code
}

export const tty: Command = async call => {
  const terminal = call.process.fds[0]?.isTerminal
  await print(call, terminal ? '/dev/pts/0\n' : 'not a tty\n')
  return terminal ? 0 : 1
}

export const stty: Command = async call => {
  const terminal = terminalOf(call.process.fds[0])
  if (!terminal) return complain(call, 'standard input: Not a tty')
  const { size } = terminal
  if (!call.args.length || call.args[0] === '-a')
    return print(
      call,
      `speed 38400 baud; rows ${size.rows}; columns ${size.columns};\n${terminal.mode.canonical ? '' : '-'}icanon ${terminal.mode.echo ? '' : '-'}echo ${terminal.mode.signals ? '' : '-'}isig\n`,
    )
  for (const word of call.args) {
    if (word === 'size') await print(call, `${size.rows} ${size.columns}\n`)
    else if (word === 'raw') terminal.mode = { ...RAW }
    else if (word === 'sane' || word === '-raw' || word === 'cooked') terminal.mode = { ...COOKED }
    else if (word === 'echo' || word === '-echo') terminal.mode = { ...terminal.mode, echo: word === 'echo' }
    else if (word === 'icanon' || word === '-icanon') terminal.mode = { ...terminal.mode, canonical: word === 'icanon' }
    else if (word === 'isig' || word === '-isig') terminal.mode = { ...terminal.mode, signals: word === 'isig' }
    else return complain(call, `invalid argument '${word}'`)
  }
  return 0
}

export const clear: Command = call => print(call, '\x1b[H\x1b[2J')

export const yes: Command = async call => {
  const line = `${call.args.length ? call.args.join(' ') : 'y'}\n`
  const block = line.repeat(Math.max(1, Math.floor(1024 / line.length)))
  for (;;) await print(call, block)
}

export const test: Command = async call => {
  try {
    return testWords(call.process, call.name === '[' ? call.args.slice(0, -1) : call.args) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    return complain(call, error.message, 2)
  }
}

export const nproc: Command = call => print(call, `${(call.process as Proc).kernel.cpu.cores}\n`)

export const mount: Command = async call => {
  const flags = options(call, 'aflnrt:o:vw')
  const type = flags.value('t')
  if (flags.rest.length)
    return complain(call, call.process.uid === 0 ? `permission denied (are you root?)` : 'only root can do that')
  await print(
    call,
    call.process.fs
      .mounts()
      .filter(m => type === undefined || m.type === type)
      .map(
        m => `${SOURCES[m.type] ?? '/dev/vda1'} on ${m.path} type ${m.type} (${m.readOnly ? 'ro' : 'rw'},relatime)\n`,
      )
      .join(''),
  )
  return 0
}

const SOURCES: Record<string, string> = {
  overlay: 'overlay',
  proc: 'proc',
  tmpfs: 'tmpfs',
  devpts: 'devpts',
  sysfs: 'sysfs',
  mqueue: 'mqueue',
  cgroup2: 'cgroup',
}
/** File systems without a size. */
const PSEUDO: ReadonlySet<string> = new Set(['proc', 'sysfs', 'cgroup2'])
const DISK_BYTES = 100 * 1024 ** 3

export const df: Command = call => {
  const flags = options(call, 'hkmPTai', { 'human-readable': 'h' })
  const human = (bytes: number): string => {
    if (!flags.has('h')) return String(Math.ceil(bytes / 1024))
    for (const [unit, size] of [
      ['G', 1024 ** 3],
      ['M', 1024 ** 2],
      ['K', 1024],
    ] as const)
      if (bytes >= size) return `${(bytes / size).toFixed(1)}${unit}`
    return String(bytes)
  }
  const paths = flags.rest
  const mounts = call.process.fs.mounts().filter(m => !PSEUDO.has(m.type))
  const covering = (path: string): (typeof mounts)[number] =>
    mounts
      .filter(m => path === m.path || path.startsWith(m.path === '/' ? '/' : `${m.path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0]!
  const shown = paths.length ? paths.map(covering) : mounts
  const rows = shown.map(m => {
    const size = m.limitBytes ?? (m.type === 'tmpfs' ? 64 * 1024 ** 2 : DISK_BYTES)
    return `${(SOURCES[m.type] ?? '/dev/vda1').padEnd(20)} ${human(size).padStart(9)} ${human(m.usedBytes).padStart(9)} ${human(size - m.usedBytes).padStart(9)} ${String(Math.ceil((m.usedBytes / size) * 100)).padStart(3)}% ${m.path}\n`
  })
  return print(
    call,
    `${flags.has('h') ? 'Filesystem                Size      Used Available Use% Mounted on' : 'Filesystem           1K-blocks      Used Available Use% Mounted on'}\n${rows.join('')}`,
  )
}

export const du: Command = async call => {
  const flags = options(call, 'shkmacxd:', { summarize: 's', 'human-readable': 'h', 'max-depth': 'd' })
  const { fs } = call.process
  const show = (kb: number, path: string): string =>
    `${flags.has('h') ? (kb >= 1024 ? `${(kb / 1024).toFixed(1)}M` : `${kb.toFixed(1)}K`) : kb}\t${path}\n`
  const limit = flags.has('s') ? 0 : Number(flags.value('d') ?? Number.POSITIVE_INFINITY)
  let out = ''
  const visit = (path: string, depth: number): number => {
    const stat = fs.lstat(path)
    let kb = stat.type === 'symlink' ? 0 : Math.ceil(stat.size / 4096) * 4
    if (stat.type === 'directory')
      for (const name of fs.readdir(path)) kb += visit(`${path.replace(/\/$/, '')}/${name}`, depth + 1)
    if (depth <= limit && (stat.type === 'directory' || flags.has('a') || depth === 0)) out += show(kb, path)
    return kb
  }
  for (const path of flags.rest.length ? flags.rest : ['.']) visit(path, 0)
  await print(call, out)
}

export const getent: Command = async call => {
  const [database, key] = call.args
  const { process } = call
  if (database === 'hosts' || database === 'ahosts') {
    const found = await lookupHost(process, key ?? '')
    if (!found.ips.length) return 2
    await print(call, `${found.ips[0]!.padEnd(15)} ${found.name}\n`)
    return 0
  }
  const file = `/etc/${database}`
  if (!process.fs.exists(file)) return 1
  const lines = process.fs
    .readFile(file)
    .split('\n')
    .filter(line => line && (key === undefined || line.startsWith(`${key}:`)))
  await print(call, lines.map(line => `${line}\n`).join(''))
  return lines.length ? 0 : 2
}
