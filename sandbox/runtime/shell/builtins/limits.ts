/** `ulimit`: what containerd gives every container, until the shell changes it for itself and its children. */
import { RESOURCE_LIMITS, UNLIMITED } from '../../kernel/rlimits.ts'
import type { Dialect } from '../dialect.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out } from './builtin.ts'

/** What a process may use, and up to where it may raise that itself; as `ulimit` counts them. */
export interface LimitPair {
  soft: string
  hard: string
}

/** The kernel's letter for a resource, the words of the shell, and in units of how many bytes it counts. */
type Row = readonly [resource: string, words: string, unit?: number]

const KB = 1024
const BLOCK = 512

/** In the order of each shell's list, by its own letters. */
const ROWS: Readonly<Record<Dialect['name'], Readonly<Record<string, Row>>>> = {
  ash: {
    c: ['c', 'core file size (blocks)', BLOCK],
    d: ['d', 'data seg size (kb)', KB],
    e: ['e', 'scheduling priority'],
    f: ['f', 'file size (blocks)', BLOCK],
    i: ['i', 'pending signals'],
    l: ['l', 'max locked memory (kb)', KB],
    m: ['m', 'max memory size (kb)', KB],
    n: ['n', 'open files'],
    q: ['q', 'POSIX message queues (bytes)'],
    r: ['r', 'real-time priority'],
    s: ['s', 'stack size (kb)', KB],
    t: ['t', 'cpu time (seconds)'],
    u: ['p', 'max user processes'],
    v: ['v', 'virtual memory (kb)', KB],
    x: ['w', 'file locks'],
  },
  dash: {
    t: ['t', 'time(seconds)'],
    f: ['f', 'file(blocks)', BLOCK],
    d: ['d', 'data(kbytes)', KB],
    s: ['s', 'stack(kbytes)', KB],
    c: ['c', 'coredump(blocks)', BLOCK],
    m: ['m', 'memory(kbytes)', KB],
    l: ['l', 'locked memory(kbytes)', KB],
    p: ['p', 'process'],
    n: ['n', 'nofiles'],
    v: ['v', 'vmemory(kbytes)', KB],
    w: ['w', 'locks'],
    r: ['r', 'rtprio'],
  },
  bash: {
    R: ['R', 'real-time non-blocking time  (microseconds'],
    c: ['c', 'core file size              (blocks', KB],
    d: ['d', 'data seg size               (kbytes', KB],
    e: ['e', 'scheduling priority                 ('],
    f: ['f', 'file size                   (blocks', KB],
    i: ['i', 'pending signals                     ('],
    l: ['l', 'max locked memory           (kbytes', KB],
    m: ['m', 'max memory size             (kbytes', KB],
    n: ['n', 'open files                          ('],
    p: ['pipe', 'pipe size                (512 bytes'],
    q: ['q', 'POSIX message queues         (bytes'],
    r: ['r', 'real-time priority                  ('],
    s: ['s', 'stack size                  (kbytes', KB],
    t: ['t', 'cpu time                   (seconds'],
    u: ['p', 'max user processes                  ('],
    v: ['v', 'virtual memory              (kbytes', KB],
    x: ['w', 'file locks                          ('],
  },
}

/** How large a pipe is written at once; it cannot be changed. */
const PIPE: LimitPair = { soft: '8', hard: '8' }

function current(shell: Shell, [resource, , unit = 1]: Row): LimitPair {
  if (resource === 'pipe') return PIPE
  const changed = shell.limits.get(resource)
  if (changed) return changed
  const { soft, hard = UNLIMITED } = RESOURCE_LIMITS[resource]!
  const counted = (n: number | typeof UNLIMITED): string => (n === UNLIMITED ? n : String(n / unit))
  return { soft: counted(soft), hard: counted(hard) }
}

const amount = (text: string): number => (text === UNLIMITED ? Number.POSITIVE_INFINITY : Number(text))

/** With what a list names a limit. */
function label({ dialect }: Shell, letter: string, words: string): string {
  if (dialect.name === 'dash') return `${words.padEnd(20)} `
  if (dialect.name === 'ash') return `${words.padEnd(32)}(-${letter}) `
  return `${words}${words.endsWith('(') ? '' : ', '}-${letter}) `
}

export const ulimit: Builtin = async (shell, args) => {
  const { name } = shell.dialect
  const rows = ROWS[name]
  const flags = args
    .filter(arg => /^-./.test(arg))
    .join('')
    .replaceAll('-', '')
  const letters = flags.replace(/[HS]/g, '')
  const [wanted, ...more] = args.filter(arg => !/^-./.test(arg))
  const which = flags.includes('H') && !flags.includes('S') ? 'hard' : 'soft'
  if (letters.includes('a')) {
    const lines = Object.entries(rows).map(([l, row]) => `${label(shell, l, row[1])}${current(shell, row)[which]}\n`)
    await out(shell, lines.join(''))
    return 0
  }
  for (const letter of letters) {
    if (rows[letter]) continue
    if (name === 'ash') await shell.process.write(2, `ulimit: invalid option -- '${letter}'\n`)
    else
      await shell.complain(name === 'dash' ? `ulimit: Illegal option -${letter}` : `ulimit: -${letter}: invalid option`)
    if (name === 'bash') await shell.process.write(2, 'ulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]\n')
    return name === 'ash' ? 1 : 2
  }
  if (name === 'dash' && more.length) {
    await shell.complain('ulimit: too many arguments')
    return 2
  }
  const chosen = letters || 'f'
  // An amount is for the last that is named.
  const shown = wanted === undefined ? chosen : chosen.slice(0, -1)
  for (const letter of shown) {
    const row = rows[letter]!
    await out(shell, `${chosen.length > 1 ? label(shell, letter, row[1]) : ''}${current(shell, row)[which]}\n`)
  }
  return wanted === undefined ? 0 : change(shell, rows[chosen.at(-1)!]!, wanted, flags)
}

/** busybox' shell calls itself by its applet's name where the rest of busybox speaks. */
const ofApplet = (shell: Shell, message: string): Promise<void> => shell.process.write(2, `sh: ${message}\n`)

async function change(shell: Shell, row: Row, wanted: string, flags: string): Promise<number> {
  const { name } = shell.dialect
  const [resource, words] = row
  const was = current(shell, row)
  const value = name === 'bash' && (wanted === 'hard' || wanted === 'soft') ? was[wanted] : wanted
  if (!/^\d+$|^unlimited$/.test(value)) {
    if (name === 'ash') await ofApplet(shell, `invalid number '${wanted}'`)
    else await shell.complain(name === 'dash' ? 'ulimit: bad number' : `ulimit: ${wanted}: invalid number`)
    return name === 'dash' ? 2 : 1
  }
  const both = /[HS]/.test(flags) === false
  const next: LimitPair = {
    soft: both || flags.includes('S') ? value : was.soft,
    hard: both || flags.includes('H') ? value : was.hard,
  }
  // Nobody in a container may raise what is the highest, nor go above it.
  if (amount(next.hard) > amount(was.hard) || amount(next.soft) > amount(next.hard)) {
    const why = 'Operation not permitted'
    if (name === 'ash') await ofApplet(shell, `error setting limit: ${why}`)
    else if (name === 'dash') await shell.complain(`ulimit: error setting limit (${why})`)
    else await shell.complain(`ulimit: ${words.split(/ {2,}/)[0]}: cannot modify limit: ${why}`)
    return name === 'dash' ? 2 : 1
  }
  shell.limits.set(resource, next)
  return 0
}
