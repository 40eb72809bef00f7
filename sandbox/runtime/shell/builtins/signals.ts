/** Builtins that deal with signals: trap and kill. */
import { isErrno } from '../../errno.ts'
import { SIGNAL_NUMBER, type Signal } from '../../processes/process.ts'
import { ShellError } from '../control.ts'
import type { Dialect } from '../dialect.ts'
import { singleQuoted } from '../expansion/quoting.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out, quote } from './builtin.ts'

/** What is no signal of the system and can be trapped all the same. */
type Trapped = Signal | 'EXIT' | 'ERR' | 'RETURN' | 'DEBUG'

const signalName = (word: string): Signal | 'EXIT' | undefined => {
  if (word === '0' || word === 'EXIT') return 'EXIT'
  const bare = word.toUpperCase().replace(/^SIG/, '')
  if (/^\d+$/.test(bare))
    return (Object.keys(SIGNAL_NUMBER) as Signal[]).find(name => SIGNAL_NUMBER[name] === Number(bare))
  if (bare === 'POLL') return 'IO'
  return bare in SIGNAL_NUMBER ? (bare as Signal) : undefined
}

const trappable = (shell: Shell, word: string): Trapped | undefined => {
  const name = word.toUpperCase()
  if (name === 'ERR' && shell.dialect.name !== 'dash') return 'ERR'
  if ((name === 'RETURN' || name === 'DEBUG') && shell.dialect.name === 'bash') return name
  if (name.startsWith('SIG') && shell.dialect.name === 'dash') return undefined
  return signalName(word)
}

/** What is no signal has a handler, and nothing of the process changes. */
const NO_SIGNAL: ReadonlySet<string> = new Set(['EXIT', 'ERR', 'RETURN', 'DEBUG', 'KILL', 'STOP'])

export const trap: Builtin = async (shell, args) => {
  const bash = shell.dialect.name === 'bash'
  if (!bash && /^-[^-]/.test(args[0] ?? '')) {
    const illegal = shell.dialect.name === 'ash' ? 'illegal' : 'Illegal'
    throw new ShellError(shell.of('trap', `${illegal} option -${args[0]![1]}`))
  }
  if (bash && args[0] === '-l') return listSignals(shell, undefined)
  const show = !args.length || (bash && args[0] === '-p')
  const words = args[0] === '--' || (bash && args[0] === '-p') ? args.slice(1) : args
  if (show) {
    const full = (signal: string): string => (bash && signal in SIGNAL_NUMBER ? `SIG${signal}` : signal)
    const shown = (action: string): string => (bash ? singleQuoted(action) : quote(action))
    const asked = words.map(word => trappable(shell, word))
    const lines = [...shell.traps]
      .filter(([signal]) => !words.length || asked.includes(signal as Trapped))
      .map(([signal, action]) => `trap -- ${shown(action)} ${full(signal)}\n`)
    await out(shell, lines.join(''))
    return 0
  }
  const lone = words.length === 1
  const action = lone ? '-' : words[0]!
  for (const word of lone ? words : words.slice(1)) {
    const signal = trappable(shell, word)
    if (!signal) {
      if (shell.dialect.name === 'dash') await shell.process.write(2, `trap: ${word}: bad trap\n`)
      else await shell.complainOf('trap', `${word}: invalid signal specification`)
      return 1
    }
    if (action === '-') shell.traps.delete(signal)
    else shell.traps.set(signal, action)
    if (NO_SIGNAL.has(signal)) continue
    shell.process.on(
      signal as Signal,
      action === '-' ? undefined : action === '' ? 'ignore' : () => shell.pending.push(signal as Signal),
    )
  }
  return 0
}

/** How `kill` refuses: the words of each shell, and the status that comes with them. */
interface KillWords {
  status: number
  usage: string
  noSignal: string
  notAProcess(word: string): string
  notASignal(word: string): string
  noSuchJob(word: string): string
  failed(word: string, why: string): string
}

const KILL_WORDS: Readonly<Record<Dialect['name'], KillWords>> = {
  ash: {
    status: 1,
    usage: 'you need to specify whom to kill',
    noSignal: "bad signal name 's'",
    notAProcess: word => `invalid number '${word}'`,
    notASignal: word => `bad signal name '${word}'`,
    noSuchJob: word => `${word}: no such job`,
    failed: (word, why) => `can't kill pid ${word}: ${why}`,
  },
  dash: {
    status: 2,
    usage: 'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
    noSignal: 'kill: No arg for -s option',
    notAProcess: word => `kill: Illegal number: ${word}`,
    notASignal: word => `kill: Illegal option -${word[0]}`,
    noSuchJob: word => `kill: No such job: ${word}`,
    failed: (_word, why) => `kill: ${why}\n`,
  },
  bash: {
    status: 1,
    usage: 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
    noSignal: 'kill: -s: option requires an argument',
    notAProcess: word => `kill: ${word}: arguments must be process or job IDs`,
    notASignal: word => `kill: ${word}: invalid signal specification`,
    noSuchJob: word => `kill: ${word}: no such job`,
    failed: (word, why) => `kill: (${word}) - ${why}`,
  },
}

/** The real-time signals of Linux, as they are listed: from both ends. */
const realTime = Array.from({ length: 31 }, (_, i): [number, string] => {
  const n = 34 + i
  const name = n === 34 ? 'RTMIN' : n === 64 ? 'RTMAX' : n <= 49 ? `RTMIN+${n - 34}` : `RTMAX-${64 - n}`
  return [n, name]
})

async function listSignals(shell: Shell, word: string | undefined): Promise<number> {
  if (word === undefined) {
    const names = Object.entries(SIGNAL_NUMBER).map(([name, n]): [number, string] => [n, name])
    const numbered = (n: number, name: string): string => `${String(n).padStart(2)}) ${name}`
    const polled = (name: string): string => (name === 'IO' ? 'POLL' : name)
    switch (shell.dialect.name) {
      case 'dash': {
        // What it has no name for it shows by number.
        const shown = [
          ...names.map(([n, name]) => (n === 16 ? '16' : name)),
          '32',
          '33',
          ...realTime.map(([, name]) => name),
        ]
        await out(shell, `${['0', ...shown].join('\n')}\n`)
        return 0
      }
      case 'ash': {
        const all: [number, string][] = [...names, [34, 'RTMIN'], [64, 'RTMAX']]
        await out(shell, all.map(([n, name]) => `${numbered(n, polled(name))}\n`).join(''))
        return 0
      }
      default: {
        const all = [...names, ...realTime].map(([n, name]) => numbered(n, `SIG${name}`))
        const rows: string[] = []
        while (all.length) rows.push(all.splice(0, 5).join('\t'))
        // A row that is not full ends with the tab after its last.
        await out(shell, `${rows.map((row, i) => (i === rows.length - 1 ? `${row}\t` : row)).join('\n')}\n`)
        return 0
      }
    }
  }
  const isNumber = /^\d+$/.test(word)
  if (!isNumber && shell.dialect.name === 'dash') throw new ShellError(`kill: Illegal number: ${word}`)
  const name = signalName(isNumber ? String(Number(word) & 127) : word)
  await out(shell, `${isNumber ? name : SIGNAL_NUMBER[name as Signal]}\n`)
  return 0
}

export const kill: Builtin = async (shell, args) => {
  const said = KILL_WORDS[shell.dialect.name]
  // In busybox it is the program that speaks, by the name that it was started as.
  const complain = (message: string): Promise<void> =>
    shell.dialect.name === 'ash' && !shell.interactive
      ? shell.process.write(2, `${shell.process.argv[0]!.replace(/^-|.*\//g, '')}: ${message}\n`)
      : shell.complain(message)
  const words = [...args]
  if (words[0] === '-l') return listSignals(shell, words[1])
  let asked = 'TERM'
  if (words[0] === '-s' && words.length === 1) {
    await complain(said.noSignal)
    return said.status
  }
  if (words[0] === '-s' || words[0] === '-n') asked = words.splice(0, 2)[1] ?? ''
  else if ((words.length > 1 ? /^-./ : /^-[A-Za-z]/).test(words[0] ?? '') && words[0] !== '--')
    asked = words.shift()!.slice(1)
  const signal = signalName(asked)
  if (words[0] === '--') words.shift()
  if (!signal) {
    await complain(said.notASignal(asked))
    return said.status
  }
  if (!words.length) {
    if (shell.dialect.name === 'bash') await shell.process.write(2, `${said.usage}\n`)
    else await complain(said.usage)
    return shell.dialect.name === 'ash' ? 1 : 2
  }
  let code = 0
  for (const word of words) {
    const job = word.startsWith('%') ? shell.jobs.find(word) : undefined
    if (word.startsWith('%') && !job) {
      if (shell.dialect.name === 'ash') await shell.complainOf('kill', said.noSuchJob(word))
      else await complain(said.noSuchJob(word))
      return shell.dialect.name === 'bash' ? 1 : 2
    }
    // dash asks for a group of the job's own, which there is with job control only.
    const grouped = shell.interactive || shell.dialect.name === 'dash'
    const pid = job ? (grouped ? -(shell.interactive ? job.group : job.pid) : job.pid) : Number(word || Number.NaN)
    if (Number.isNaN(pid)) {
      await complain(said.notAProcess(word))
      code = said.status
      continue
    }
    const failed = send(shell, pid, signal)
    if (!failed) continue
    await complain(said.failed(word, failed))
    code = 1
  }
  return code
}

/** Why a signal could not be sent; `0` only asks whether it could. */
function send(shell: Shell, pid: number, signal: Signal | 'EXIT'): string | undefined {
  try {
    if (signal !== 'EXIT') shell.process.kill(pid, signal)
    else if (pid > 0 && !shell.process.fs.exists(`/proc/${pid}`)) return 'No such process'
    return undefined
  } catch (error) {
    if (!isErrno(error, 'ESRCH') && !isErrno(error, 'EPERM')) throw error
    return error.message
  }
}
