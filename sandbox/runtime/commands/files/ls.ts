/** `ls`. */
import { isErrno } from '../../errno.ts'
import type { FileStat } from '../../files/fs.ts'
import { columnsOf } from '../../shell/interactive/columns.ts'
import { type Call, type Command, complain, options, print } from '../command.ts'
import { modeText, nameOf } from './modes.ts'

interface Entry {
  name: string
  path: string
  stat: FileStat
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const SIX_MONTHS_MS = 15_768_000_000

function shortDate(ms: number, now: number): string {
  const date = new Date(ms)
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`
  if (ms > now || now - ms > SIX_MONTHS_MS) return `${day}  ${date.getUTCFullYear()}`
  return `${day} ${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`
}

export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  let unit = ''
  for (const next of ['K', 'M', 'G', 'T']) {
    if (value < 1024) break
    value /= 1024
    unit = next
  }
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${unit}`
}

export const ls: Command = async call => {
  const flags = options(call, 'laA1dhrtSRFinpgsLcHCxTeXmB', {
    all: 'a',
    'almost-all': 'A',
    recursive: 'R',
    color: 'T',
    'full-time': 'e',
    directory: 'd',
    'human-readable': 'h',
    inode: 'i',
    size: 's',
    reverse: 'r',
    'group-directories-first': 'group-directories-first',
    'ignore-backups': 'B',
  })
  const { fs } = call.process
  const terminal = call.process.fds[1]?.isTerminal ?? false
  let code = 0
  const statOf = (path: string, operand: boolean): FileStat =>
    flags.has('L') || (operand && !flags.has('l') && !flags.has('d')) ? fs.stat(path) : fs.lstat(path)
  const files: Entry[] = []
  const dirs: Entry[] = []
  for (const name of flags.rest.length ? flags.rest : ['.']) {
    try {
      let stat: FileStat
      try {
        stat = statOf(name, true)
      } catch (error) {
        // busybox follows what is named, unless it is to show the link itself.
        if (flags.has('L') || call.flavour === 'busybox') throw error
        stat = fs.lstat(name)
      }
      const target =
        stat.type === 'symlink' && !flags.has('d') && !flags.has('l') && fs.exists(name) ? fs.stat(name) : stat
      ;(target.type === 'directory' && !flags.has('d') ? dirs : files).push({ name, path: name, stat: target })
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(
        call,
        call.flavour === 'gnu' ? `cannot access '${name}': ${error.message}` : `${name}: ${error.message}`,
        call.flavour === 'gnu' ? 2 : 1,
      )
    }
  }
  await show(call, sorted(files, flags), flags, terminal)
  const headings = dirs.length + files.length > 1 || flags.rest.length > 1 || flags.has('R')
  let first = !files.length
  const showDirectory = async (dir: Entry): Promise<void> => {
    let names: string[]
    try {
      names = [...fs.readdir(dir.path)]
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(
        call,
        call.flavour === 'gnu'
          ? `cannot open directory '${dir.name}': ${error.message}`
          : `can't open '${dir.name}': ${error.message}`,
        call.flavour === 'gnu' ? 2 : 1,
      )
      return
    }
    if (flags.has('a')) names.unshift('.', '..')
    else if (!flags.has('A')) names = names.filter(name => !name.startsWith('.'))
    if (flags.has('B')) names = names.filter(name => !name.endsWith('~'))
    const entries = names.map(name => ({
      name,
      path: `${dir.path}/${name}`,
      stat: statOf(`${dir.path}/${name}`, false),
    }))
    if (headings) await print(call, `${first ? '' : '\n'}${dir.name}:\n`)
    first = false
    if (flags.has('l') || flags.has('s'))
      await print(call, `total ${entries.reduce((sum, e) => sum + blocks(e.stat), 0)}\n`)
    await show(call, sorted(entries, flags), flags, terminal)
    if (flags.has('R'))
      for (const entry of entries)
        if (entry.stat.type === 'directory' && entry.name !== '.' && entry.name !== '..')
          await showDirectory({ ...entry, name: `${dir.name.replace(/\/$/, '')}/${entry.name}` })
  }
  for (const dir of sorted(dirs, flags)) await showDirectory(dir)
  return code
}

/** In KiB. A directory in memory takes none. */
const blocks = ({ type, size }: FileStat): number =>
  type === 'file' ? Math.ceil(size / 4096) * 4 : type === 'directory' ? Math.floor(size / 4096) * 4 : 0

function sorted(entries: Entry[], flags: ReturnType<typeof options>): Entry[] {
  const by = flags.has('t')
    ? (a: Entry, b: Entry) => b.stat.mtime - a.stat.mtime
    : flags.has('S')
      ? (a: Entry, b: Entry) => b.stat.size - a.stat.size
      : () => 0
  const ending = ({ name }: Entry): string => (name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : '')
  const byEnding = (a: Entry, b: Entry): number =>
    !flags.has('X') || ending(a) === ending(b) ? 0 : ending(a) < ending(b) ? -1 : 1
  const out = [...entries].sort(
    (a, b) => by(a, b) || byEnding(a, b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
  if (flags.has('r')) out.reverse()
  if (!flags.has('group-directories-first')) return out
  const isDirectory = (e: Entry): boolean => e.stat.type === 'directory'
  return [...out.filter(isDirectory), ...out.filter(e => !isDirectory(e))]
}

/** Where a link leads, as it is shown: nothing where that is nobody's business, which is said. */
async function leadsTo(call: Call, { name, path }: Entry): Promise<string> {
  try {
    return ` -> ${call.process.fs.readlink(path)}`
  } catch (error) {
    if (!isErrno(error)) throw error
    const gnu = call.flavour === 'gnu'
    await complain(
      call,
      gnu ? `cannot read symbolic link '${name}': ${error.message}` : `${name}: cannot read link: ${error.message}`,
    )
    return ''
  }
}

async function show(
  call: Call,
  entries: readonly Entry[],
  flags: ReturnType<typeof options>,
  terminal: boolean,
): Promise<void> {
  if (!entries.length) return
  const mark = (e: Entry): string => {
    if (e.stat.type === 'directory' && (flags.has('F') || flags.has('p'))) return '/'
    if (!flags.has('F')) return ''
    return e.stat.type === 'symlink' ? '@' : e.stat.type === 'fifo' ? '|' : e.stat.mode & 0o111 ? '*' : ''
  }
  const sizes = entries.map(e => (flags.has('h') ? humanSize(blocks(e.stat) * 1024) : String(blocks(e.stat))))
  const widestSize = call.flavour === 'busybox' ? 6 : Math.max(...sizes.map(size => size.length))
  const inode = (e: Entry): string =>
    (flags.has('i') ? `${String(e.stat.ino ?? 0).padStart(7)} ` : '') +
    (flags.has('s') ? `${sizes[entries.indexOf(e)]!.padStart(widestSize)} ` : '')
  if (!flags.has('l') && !flags.has('n')) {
    const names = entries.map(e => inode(e) + e.name + mark(e))
    if (flags.has('m')) return print(call, `${names.join(', ')}\n`)
    return print(
      call,
      (terminal || flags.has('C')) && !flags.has('1')
        ? columnsOf(names, call.process.fds[1]?.size?.columns ?? 80)
        : `${names.join('\n')}\n`,
    )
  }
  const rows = entries.map(e => {
    const numeric = flags.has('n')
    return {
      e,
      links: String(e.stat.nlink ?? 1),
      user: numeric ? String(e.stat.uid) : nameOf(call.process, e.stat.uid, '/etc/passwd'),
      group: numeric ? String(e.stat.gid) : nameOf(call.process, e.stat.gid, '/etc/group'),
      size: e.stat.type === 'device' ? '1,   3' : flags.has('h') ? humanSize(e.stat.size) : String(e.stat.size),
    }
  })
  const widest = (key: 'links' | 'user' | 'group' | 'size'): number => Math.max(...rows.map(row => row[key].length))
  const busybox = call.flavour === 'busybox'
  const w = busybox
    ? { links: 4, user: 8, group: 8, size: 9 }
    : { links: widest('links'), user: widest('user'), group: widest('group'), size: widest('size') }
  const now = call.process.clock.now()
  const targets = new Map<Entry, string>()
  for (const e of entries) if (e.stat.type === 'symlink') targets.set(e, await leadsTo(call, e))
  const text = rows.map(({ e, links, user, group, size }) => {
    const target = targets.get(e) ?? ''
    const date = flags.has('e')
      ? new Date(e.stat.mtime).toISOString().slice(0, 19).replace('T', ' ') + (busybox ? ' +0000' : '.000000000 +0000')
      : shortDate(e.stat.mtime, now)
    const owner = flags.has('g') ? '' : `${user.padEnd(w.user)} `
    return `${inode(e)}${modeText(e.stat)} ${links.padStart(w.links)} ${owner}${group.padEnd(w.group)} ${size.padStart(w.size)} ${date} ${e.name}${mark(e)}${target}\n`
  })
  return print(call, text.join(''))
}
