/** Modes and owners: chmod, chown, chgrp, and how both are written. */
import { tableOf } from '../../containers/container-user.ts'
import type { FileStat } from '../../files/fs.ts'
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, Missing, print, Refusal, Usage } from '../command.ts'
import { each, walk } from './operands.ts'

/** A mode in digits or as `u+x,g=rw`. @param umask what is not meant where nobody is named: `+w` */
export function parseMode(text: string, old: Pick<FileStat, 'type' | 'mode'>, umask = 0): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8)
  let mode = old.mode
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause)
    if (!match) return undefined
    const who = match[1] && !match[1].includes('a') ? match[1] : 'ugo'
    for (const [, op, letters] of match[2]!.matchAll(/([-+=])([rwxXst]*)/g)) {
      let bits = 0
      let mask = 0
      for (const w of who) {
        const shift = w === 'u' ? 6 : w === 'g' ? 3 : 0
        mask |= 7 << shift
        for (const letter of letters!) {
          if (letter === 'r') bits |= 4 << shift
          if (letter === 'w') bits |= 2 << shift
          if (letter === 'x' || (letter === 'X' && (old.type === 'directory' || old.mode & 0o111))) bits |= 1 << shift
          if (letter === 's') bits |= w === 'u' ? 0o4000 : w === 'g' ? 0o2000 : 0
          if (letter === 't') bits |= 0o1000
        }
      }
      if (!match[1]) bits &= ~umask
      mode = op === '+' ? mode | bits : op === '-' ? mode & ~bits : (mode & ~mask) | bits
    }
  }
  return mode
}

/**
 * The mode that mkfifo and mknod are given with `-m`, against which the umask does not count.
 * @param name of what is made @returns undefined where none is given @throws Refusal
 */
export function modeGiven({ flavour }: Call, name: string | undefined, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const mode = parseMode(text, { type: 'file', mode: 0o666 })
  if (mode === undefined) throw new Refusal(flavour === 'gnu' ? 'invalid mode' : `${name}: Invalid argument`)
  return mode
}

export const chmod: Command = async call => {
  // A mode may begin with a dash, so flags are picked by hand.
  const isFlag = (arg: string): boolean => /^-([Rvfc]+|-recursive|-verbose|-changes|-quiet|-silent)$/.test(arg)
  const given = call.args.filter(isFlag)
  const recursive = given.some(arg => /^-(\w*R|-recursive)/.test(arg))
  const verbose = given.some(arg => /^-(\w*v|-verbose)/.test(arg))
  const changes = verbose || given.some(arg => /^-(\w*c|-changes)/.test(arg))
  const [mode, ...names] = call.args.filter(arg => !isFlag(arg))
  if (mode === undefined) throw new Missing('missing operand')
  if (!names.length && call.flavour === 'gnu') throw new Missing(`missing operand after '${mode}'`)
  const told: string[] = []
  const code = await each(
    call,
    names,
    name =>
      walk(call.process, name, recursive, path => {
        const before = call.process.fs.stat(path)
        const bits = parseMode(mode, before, call.process.umask)
        if (bits === undefined)
          throw call.flavour === 'gnu' ? new Usage(`invalid mode: '${mode}'`) : new Refusal(`invalid mode '${mode}'`)
        call.process.fs.chmod(path, bits)
        const shown = (n: number): string =>
          `${(n & 0o7777).toString(8).padStart(4, '0')} (${modeText({ ...before, type: 'file', mode: n }).slice(1)})`
        if (bits !== before.mode && changes)
          told.push(`mode of '${path}' changed from ${shown(before.mode)} to ${shown(bits)}\n`)
        else if (verbose) told.push(`mode of '${path}' retained as ${shown(bits)}\n`)
      }),
    (name, reason) =>
      call.flavour !== 'gnu'
        ? `${name}: ${reason}`
        : call.process.fs.exists(name)
          ? `changing permissions of '${name}': ${reason}`
          : isLink(call.process, name)
            ? `cannot operate on dangling symlink '${name}'`
            : `cannot access '${name}': ${reason}`,
  )
  if (told.length && call.flavour === 'gnu') await print(call, told.join(''))
  return code
}

export const isLink = ({ fs }: Process, path: string): boolean => {
  try {
    return fs.lstat(path).type === 'symlink'
  } catch {
    return false
  }
}

/** An id by number or by name, from /etc/passwd or /etc/group. */
export function idOf(process: Process, text: string, file: '/etc/passwd' | '/etc/group'): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  if (!process.fs.exists(file)) return undefined
  const id = tableOf(process.fs.readFile(file)).find(cells => cells.length > 1 && cells[0] === text)?.[2]
  return id === undefined ? undefined : Number(id)
}

export const TYPE_WORDS: Record<FileStat['type'], string> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  device: 'character special file',
  socket: 'socket',
  fifo: 'fifo',
}

export const TYPE_LETTERS: Record<FileStat['type'], string> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  device: 'c',
  socket: 's',
  fifo: 'p',
}

export function modeText(stat: FileStat): string {
  const bits = [6, 3, 0].map(shift => {
    const b = (stat.mode >> shift) & 7
    return `${b & 4 ? 'r' : '-'}${b & 2 ? 'w' : '-'}${b & 1 ? 'x' : '-'}`
  })
  if (stat.mode & 0o4000) bits[0] = bits[0]!.slice(0, 2) + (stat.mode & 0o100 ? 's' : 'S')
  if (stat.mode & 0o2000) bits[1] = bits[1]!.slice(0, 2) + (stat.mode & 0o010 ? 's' : 'S')
  if (stat.mode & 0o1000) bits[2] = bits[2]!.slice(0, 2) + (stat.mode & 0o001 ? 't' : 'T')
  return TYPE_LETTERS[stat.type] + bits.join('')
}

/** The name of an id, or its number. */
export function nameOf(process: Process, id: number, file: '/etc/passwd' | '/etc/group'): string {
  const line = process.fs.exists(file)
    ? process.fs
        .readFile(file)
        .split('\n')
        .find(l => l.split(':')[2] === String(id))
    : undefined
  return line ? line.split(':')[0]! : String(id)
}
