/** `ps` of busybox and of procps. */

import type { Proc } from '../../processes/proc.ts'
import { commandName } from '../../pseudofs/procfs.ts'
import { type Call, type Command, complain, options, print } from '../command.ts'
import { nameOf } from '../files/modes.ts'
import { strftime } from '../system/date.ts'
import { clockTime } from '../system/time.ts'
import { commandLine, processes } from './processes.ts'

interface Column {
  head: string
  width: number
  right?: boolean
  cell(p: Proc, call: Call): string
}

const long = (ms: number): string => `00:${clockTime(ms).padStart(5, '0')}`
const terminalOf = (p: Proc): string => (p.fds[0]?.isTerminal ? 'pts/0' : '?')
const idsOf = (call: Call) => (call.process as Proc).world.pids
const user = (p: Proc, call: Call): string => nameOf(call.process, p.uid, '/etc/passwd')
const group = (p: Proc, call: Call): string => nameOf(call.process, p.gid, '/etc/group')

/** Since it was started: minutes and seconds, with hours and days where there are some. */
function elapsed(p: Proc): string {
  const seconds = Math.floor((p.clock.now() - p.startedAt) / 1000)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24]
  const short = `${two((seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${days ? `${days}-` : ''}${days || hours ? `${two(hours)}:` : ''}${short}`
}

const pid = (p: Proc, call: Call): string => String(idsOf(call).idOf(p))
const ppid = (p: Proc, call: Call): string => String(idsOf(call).parentOf(p))
const vsz = (p: Proc): string => String(Math.round(p.memory / 512))
const rss = (p: Proc): string => String(Math.round(p.memory / 1024))

/** In the order in which a wrong one is answered. */
const BUSYBOX: Readonly<Record<string, Column>> = {
  user: { head: 'USER', width: 8, cell: user },
  group: { head: 'GROUP', width: 8, cell: group },
  comm: { head: 'COMMAND', width: 16, cell: commandName },
  args: { head: 'COMMAND', width: 256, cell: commandLine },
  pid: { head: 'PID', width: 5, right: true, cell: pid },
  ppid: { head: 'PPID', width: 5, right: true, cell: ppid },
  pgid: { head: 'PGID', width: 5, right: true, cell: p => String(p.group) },
  etime: { head: 'ELAPSED', width: 7, right: true, cell: elapsed },
  nice: { head: 'NI', width: 5, right: true, cell: () => '0' },
  rgroup: { head: 'RGROUP', width: 8, cell: group },
  ruser: { head: 'RUSER', width: 8, cell: user },
  time: { head: 'TIME', width: 6, right: true, cell: p => clockTime(p.cpuMs) },
  tty: { head: 'TT', width: 6, cell: p => (p.fds[0]?.isTerminal ? '136,0' : '?') },
  vsz: { head: 'VSZ', width: 4, right: true, cell: vsz },
  sid: { head: 'SID', width: 5, right: true, cell: p => String(p.group) },
  stat: { head: 'STAT', width: 4, cell: p => p.state },
  rss: { head: 'RSS', width: 4, right: true, cell: rss },
}

const PROCPS: Readonly<Record<string, Column>> = {
  pid: { head: 'PID', width: 7, right: true, cell: pid },
  ppid: { head: 'PPID', width: 7, right: true, cell: ppid },
  pgid: { head: 'PGID', width: 7, right: true, cell: p => String(p.group) },
  sid: { head: 'SID', width: 7, right: true, cell: p => String(p.group) },
  user: { head: 'USER', width: 8, cell: user },
  ruser: { head: 'RUSER', width: 8, cell: user },
  group: { head: 'GROUP', width: 8, cell: group },
  uid: { head: 'UID', width: 5, right: true, cell: p => String(p.uid) },
  gid: { head: 'GID', width: 5, right: true, cell: p => String(p.gid) },
  comm: { head: 'COMMAND', width: 15, cell: p => (p.status ? `${commandName(p)} <defunct>` : commandName(p)) },
  args: { head: 'COMMAND', width: 27, cell: commandLine },
  cmd: { head: 'CMD', width: 27, cell: commandLine },
  stat: { head: 'STAT', width: 4, cell: p => p.state },
  s: { head: 'S', width: 1, cell: p => p.state },
  pcpu: { head: '%CPU', width: 4, right: true, cell: () => '0.0' },
  pmem: { head: '%MEM', width: 4, right: true, cell: () => '0.0' },
  vsz: { head: 'VSZ', width: 6, right: true, cell: vsz },
  rss: { head: 'RSS', width: 5, right: true, cell: rss },
  tty: { head: 'TT', width: 8, cell: terminalOf },
  time: { head: 'TIME', width: 8, right: true, cell: p => long(p.cpuMs) },
  etime: { head: 'ELAPSED', width: 11, right: true, cell: elapsed },
  etimes: {
    head: 'ELAPSED',
    width: 7,
    right: true,
    cell: p => String(Math.floor((p.clock.now() - p.startedAt) / 1000)),
  },
  ni: { head: 'NI', width: 3, right: true, cell: () => '0' },
  nlwp: { head: 'NLWP', width: 4, right: true, cell: () => '1' },
}
const PROCPS_ALSO: Readonly<Record<string, string>> = {
  command: 'args',
  ucmd: 'comm',
  ucomm: 'comm',
  state: 's',
  euser: 'user',
  euid: 'uid',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  vsize: 'vsz',
  rssize: 'rss',
  tt: 'tty',
  tname: 'tty',
  cputime: 'time',
  nice: 'ni',
  thcount: 'nlwp',
}

const PROCPS_USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`

/** What procps is asked for with each `-o`. */
const asked = ({ args }: Call): string[] =>
  args.flatMap((arg, i) => {
    const joined = /^-[a-zA-Z]*o(.*)$/.exec(arg)
    return joined ? [joined[1] || (args[i + 1] ?? '')] : []
  })

/** A column by its name, with a heading of one's own. */
type Wish = readonly [name: string, head?: string]

/** To busybox all that stands behind the first `=` is the heading of the last column, commas and all. */
const wishesOfBusybox = (list: string): Wish[] => {
  const [, first = '', last = '', , head] = /^((?:[^,=]*,)*)([^,=]*)(=([\s\S]*))?$/.exec(list)!
  const names: Wish[] = first
    .split(',')
    .slice(0, -1)
    .map(name => [name])
  return [...names, head === undefined ? [last] : [last, head]]
}

const wishesOfProcps = (list: string): Wish[] =>
  list.split(/[,\s]+/).map(word => {
    const [name = '', head] = word.split('=')
    return head === undefined ? [name] : [name, head]
  })

/** @param widthUnder how wide a column is under a heading of one's own */
function chosen(
  wishes: readonly Wish[],
  find: (name: string) => Column | undefined,
  widthUnder: (head: string, column: Column) => number,
): { columns: Column[] } | { unknown: string } {
  const columns: Column[] = []
  for (const [name, head] of wishes) {
    const column = find(name)
    if (!column) return { unknown: name }
    columns.push(head === undefined ? column : { ...column, head, width: widthUnder(head, column) })
  }
  return { columns }
}

/** @param headsLikeCells whether a heading stands to the right where its cells do */
function table(call: Call, all: readonly Proc[], columns: readonly Column[], headsLikeCells: boolean): string {
  const last = columns.length - 1
  const row = (text: (column: Column) => string, right: (column: Column) => boolean | undefined): string =>
    columns
      .map((column, i) => {
        const cell = text(column)
        return right(column) ? cell.padStart(column.width) : i === last ? cell : cell.padEnd(column.width)
      })
      .join(' ')
  const head = columns.some(c => c.head)
    ? [
        row(
          c => c.head,
          c => headsLikeCells && c.right,
        ).trimEnd(),
      ]
    : []
  const rows = all.map(p =>
    row(
      c => c.cell(p, call).slice(0, headsLikeCells ? undefined : c.width),
      c => c.right,
    ),
  )
  return [...head, ...rows].map(line => `${line}\n`).join('')
}

const busybox: Command = call => {
  // Of these only -o does anything; words without a dash are passed over.
  const lists = options(call, 'Zo:aAdeflT').values('o')
  const all = processes(call.process)
  if (lists.length) {
    const found = chosen(
      lists.flatMap(wishesOfBusybox),
      name => BUSYBOX[name],
      (head, { width }) => head.length || width,
    )
    if ('columns' in found) return print(call, table(call, all, found.columns, false))
    const supported = Object.keys(BUSYBOX).join(',')
    return complain(call, `bad -o argument '${found.unknown}', supported arguments: ${supported}`)
  }
  const rows = all.map(
    p =>
      `${pid(p, call).padStart(5)} ${user(p, call).padEnd(8).slice(0, 8)} ${clockTime(p.cpuMs).padStart(5)} ${commandLine(p)}`,
  )
  return print(call, `PID   USER     TIME  COMMAND\n${rows.join('\n')}\n`)
}

export const ps: Command = async call => {
  if (call.flavour === 'busybox') return busybox(call)
  const all = processes(call.process)
  const flags = call.args.join('')
  const lists = asked(call)
  const found =
    lists.length > 0 &&
    chosen(
      lists.flatMap(wishesOfProcps),
      name => PROCPS[PROCPS_ALSO[name] ?? name],
      (head, { width }) => Math.max(width, head.length),
    )
  if (found && 'unknown' in found) {
    await call.process.write(2, `error: unknown user-defined format specifier "${found.unknown}"\n${PROCPS_USAGE}`)
    return 1
  }
  const picked = flags.replace(/o.*/, '')
  const everybody = /[eAx]/.test(picked)
  const numbers = call.args.flatMap((arg, i) => (/^(-?p|--pid)$/.test(arg) ? (call.args[i + 1] ?? '').split(',') : []))
  const shown = all.filter(p => (numbers.length ? numbers.includes(pid(p, call)) : everybody || isOfCaller(p, call)))
  if (found) return print(call, table(call, shown, found.columns, true))
  if (flags.includes('u') && !flags.startsWith('-')) {
    const start = (p: Proc): string => strftime('%H:%M', p.startedAt)
    const rows = all.map(
      p =>
        `${owner(p, call)} ${pid(p, call).padStart(7)}  0.0  0.0 ${vsz(p).padStart(6)} ${rss(p).padStart(5)} ${terminalOf(p).padEnd(8)} ${p.state.padEnd(4)} ${start(p)}   ${clockTime(p.cpuMs)} ${commandLine(p)}`,
    )
    return print(
      call,
      `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${rows.join('\n')}\n`,
    )
  }
  const [full, longForm] = [picked.includes('f'), picked.includes('l')]
  const line = (p: Proc): string => {
    const ids = `${pid(p, call).padStart(7)} ${ppid(p, call).padStart(7)}  0`
    const rest = `${terminalOf(p).padEnd(8)} ${long(p.cpuMs)}`
    const started = strftime('%H:%M', p.startedAt)
    if (longForm) {
      const mark = `${ppid(p, call) === '0' ? 4 : 0} ${p.state}`
      // Priority, size in pages, and what it waits for.
      const details = `${ids}  80   0 - ${String(Math.round(p.memory / 4096)).padStart(5)} -     `
      return full
        ? `${mark} ${owner(p, call)} ${details} ${started} ${rest} ${commandLine(p)}`
        : `${mark} ${String(p.uid).padStart(5)} ${details} ${rest} ${commandName(p)}`
    }
    return full
      ? `${owner(p, call)} ${ids} ${started} ${rest} ${commandLine(p)}`
      : `${pid(p, call).padStart(7)} ${rest} ${commandName(p)}`
  }
  const head = HEADS[`${full ? 'f' : ''}${longForm ? 'l' : ''}`]
  return print(call, `${head}\n${shown.map(line).join('\n')}\n`)
}

/** By what is shown: all of it (`f`), more of it (`l`). */
const HEADS: Readonly<Record<string, string>> = {
  '': '    PID TTY          TIME CMD',
  f: 'UID          PID    PPID  C STIME TTY          TIME CMD',
  l: 'F S   UID     PID    PPID  C PRI  NI ADDR SZ WCHAN  TTY          TIME CMD',
  fl: 'F S UID          PID    PPID  C PRI  NI ADDR SZ WCHAN  STIME TTY          TIME CMD',
}

/** Names that are too long for their column end in a mark. */
const owner = (p: Proc, call: Call): string =>
  user(p, call)
    .replace(/^(.{7}).{2,}$/, '$1+')
    .padEnd(8)

/** The caller's own on the same terminal; all that have none are of one. */
const isOfCaller = (p: Proc, { process }: Call): boolean =>
  p.uid === process.uid && terminalOf(p) === terminalOf(process as Proc)
