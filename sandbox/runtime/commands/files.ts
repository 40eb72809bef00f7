/** Commands on files: cat, cp, mv, rm, mkdir, ln, chmod … */
import { isErrno } from '../errno.ts'
import type { FileStat } from '../fs.ts'
import { absolute, basename, dirname, normalize } from '../path.ts'
import type { Process } from '../process.ts'
import { type Call, type Command, complain, options, print, Usage } from './command.ts'
import { inputs } from './reading.ts'

/** Does something with each operand; complains of those that fail. */
async function each(
  call: Call,
  names: readonly string[],
  work: (name: string) => void | Promise<void>,
  say: (name: string, reason: string) => string,
): Promise<number> {
  if (!names.length) throw new Usage('missing operand')
  let code = 0
  for (const name of names) {
    try {
      await work(name)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(call, say(name, error.message))
    }
  }
  return code
}

const isDirectory = (process: Process, path: string, follow = true): boolean => {
  try {
    return (follow ? process.fs.stat(path) : process.fs.lstat(path)).type === 'directory'
  } catch {
    return false
  }
}

export const cat: Command = async call => {
  const flags = options(call, 'nAbeEstTuv')
  let code = 0
  let number = 0
  for await (const { stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    let carry = ''
    for (let data = await stream.read(call.process); data; data = await stream.read(call.process)) {
      const pause = call.process.tick()
      if (pause) await pause
      if (!flags.has('n') && !flags.has('e') && !flags.has('E') && !flags.has('A')) {
        await print(call, data)
        continue
      }
      const parts = (carry + data).split('\n')
      carry = parts.pop()!
      const dollar = flags.has('n') ? '' : '$'
      await print(
        call,
        parts.map(line => `${flags.has('n') ? `${String(++number).padStart(6)}\t` : ''}${line}${dollar}\n`).join(''),
      )
    }
    if (carry) await print(call, flags.has('n') ? `${String(++number).padStart(6)}\t${carry}` : carry)
  }
  return code
}

export const mkdir: Command = async call => {
  const flags = options(call, 'pm:v', { parents: 'p', mode: 'm' })
  const mode = flags.value('m')
  return each(
    call,
    flags.rest,
    name => {
      if (flags.has('p') && isDirectory(call.process, name)) return
      call.process.fs.mkdir(name, { recursive: flags.has('p'), ...(mode ? { mode: Number.parseInt(mode, 8) } : {}) })
    },
    (name, reason) =>
      call.flavour === 'gnu'
        ? `cannot create directory '${name}': ${reason}`
        : `can't create directory '${name}': ${reason}`,
  )
}

export const rmdir: Command = call => {
  const flags = options(call, 'p')
  return each(
    call,
    flags.rest,
    name => call.process.fs.rmdir(name),
    (name, reason) => (call.flavour === 'gnu' ? `failed to remove '${name}': ${reason}` : `'${name}': ${reason}`),
  )
}

function removeTree(process: Process, path: string): void {
  const { fs } = process
  if (fs.lstat(path).type !== 'directory') {
    fs.unlink(path)
    return
  }
  for (const name of fs.readdir(path)) removeTree(process, `${path}/${name}`)
  fs.rmdir(path)
}

export const rm: Command = async call => {
  const flags = options(call, 'rRfiv', { recursive: 'r', force: 'f' })
  const recursive = flags.has('r') || flags.has('R')
  if (!flags.rest.length && flags.has('f')) return 0
  let code = 0
  const failed = await each(
    call,
    flags.rest,
    async name => {
      const { fs } = call.process
      try {
        if (fs.lstat(name).type === 'directory' && !recursive) {
          code = await complain(
            call,
            call.flavour === 'gnu' ? `cannot remove '${name}': Is a directory` : `'${name}' is a directory`,
          )
          return
        }
      } catch (error) {
        if (flags.has('f') && isErrno(error, 'ENOENT')) return
        throw error
      }
      removeTree(call.process, name)
    },
    (name, reason) =>
      call.flavour === 'gnu' ? `cannot remove '${name}': ${reason}` : `can't remove '${name}': ${reason}`,
  )
  return failed || code
}

function copyTree(
  process: Process,
  from: string,
  to: string,
  how: { recursive: boolean; preserve: boolean; follow: boolean },
): void {
  const { fs } = process
  const stat = how.follow ? fs.stat(from) : fs.lstat(from)
  if (stat.type === 'symlink') {
    if (fs.exists(to)) fs.unlink(to)
    fs.symlink(fs.readlink(from), to)
    return
  }
  if (stat.type === 'directory') {
    if (!fs.exists(to)) fs.mkdir(to, { mode: stat.mode })
    for (const name of fs.readdir(from))
      copyTree(process, `${from}/${name}`, `${to}/${name}`, { ...how, follow: false })
  } else fs.writeFile(to, fs.readFile(from), { mode: stat.mode })
  if (how.preserve) {
    fs.utimes(to, stat.mtime)
    if (process.uid === 0) fs.chown(to, stat.uid, stat.gid)
  }
}

/** Source and target paths of `cp`, `mv` and `ln`: into a directory, or onto a name. */
function targets(
  call: Call,
  rest: readonly string[],
  into: string | undefined,
  intoDirectory = true,
): [string, string][] {
  const names = [...rest]
  const to = into ?? names.pop()
  if (to === undefined || !names.length)
    throw new Usage(rest.length ? `missing destination file operand after '${rest[0]}'` : 'missing file operand')
  const directory = into !== undefined || (intoDirectory && isDirectory(call.process, to))
  if (names.length > 1 && !directory)
    throw new Usage(call.flavour === 'gnu' ? `target '${to}' is not a directory` : `${to}: Not a directory`)
  return names.map(name => [name, directory ? `${to.replace(/\/+$/, '')}/${basename(name)}` : to])
}

export const cp: Command = async call => {
  const flags = options(call, 'rRapfdLPvnTt:u', { recursive: 'r', archive: 'a', preserve: 'p', force: 'f' })
  const recursive = flags.has('r') || flags.has('R') || flags.has('a')
  let code = 0
  for (const [from, to] of targets(call, flags.rest, flags.value('t'), !flags.has('T'))) {
    try {
      if (isDirectory(call.process, from) && !recursive) {
        code = await complain(
          call,
          call.flavour === 'gnu' ? `-r not specified; omitting directory '${from}'` : `omitting directory '${from}'`,
        )
        continue
      }
      if (flags.has('n') && call.process.fs.exists(to)) continue
      copyTree(call.process, from, to, {
        recursive,
        preserve: flags.has('p') || flags.has('a'),
        follow: !(flags.has('a') || flags.has('d') || flags.has('P')),
      })
      if (flags.has('v')) await print(call, `'${from}' -> '${to}'\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      const missing = !call.process.fs.exists(from)
      code = await complain(
        call,
        missing
          ? call.flavour === 'gnu'
            ? `cannot stat '${from}': ${error.message}`
            : `can't stat '${from}': ${error.message}`
          : call.flavour === 'gnu'
            ? `cannot create regular file '${to}': ${error.message}`
            : `can't create '${to}': ${error.message}`,
      )
    }
  }
  return code
}

export const mv: Command = async call => {
  const flags = options(call, 'fivnTt:', { force: 'f' })
  let code = 0
  for (const [from, to] of targets(call, flags.rest, flags.value('t'), !flags.has('T'))) {
    try {
      if (flags.has('n') && call.process.fs.exists(to)) continue
      try {
        call.process.fs.rename(from, to)
      } catch (error) {
        if (!isErrno(error, 'EXDEV')) throw error
        copyTree(call.process, from, to, { recursive: true, preserve: true, follow: false })
        removeTree(call.process, from)
      }
    } catch (error) {
      if (!isErrno(error)) throw error
      const missing = error.code === 'ENOENT'
      code = await complain(
        call,
        call.flavour === 'gnu'
          ? missing
            ? `cannot stat '${from}': ${error.message}`
            : `cannot move '${from}' to '${to}': ${error.message}`
          : `can't rename '${from}': ${error.message}`,
      )
    }
  }
  return code
}

export const ln: Command = async call => {
  const flags = options(call, 'sfnTvr', { symbolic: 's', force: 'f' })
  const rest = flags.rest.length === 1 ? [flags.rest[0]!, '.'] : flags.rest
  let code = 0
  for (const [from, to] of targets(call, rest, undefined, !flags.has('n') && !flags.has('T'))) {
    try {
      if (flags.has('f')) {
        try {
          call.process.fs.unlink(to)
        } catch (error) {
          if (!isErrno(error, 'ENOENT')) throw error
        }
      }
      if (flags.has('s')) call.process.fs.symlink(from, to)
      else call.process.fs.link(from, to)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(
        call,
        call.flavour === 'gnu'
          ? `failed to create ${flags.has('s') ? 'symbolic' : 'hard'} link '${to}': ${error.message}`
          : `${to}: ${error.message}`,
      )
    }
  }
  return code
}

export const touch: Command = call => {
  const flags = options(call, 'camd:t:r:h', { 'no-create': 'c', date: 'd' })
  const when = flags.value('d')
  return each(
    call,
    flags.rest,
    name => {
      const { fs } = call.process
      if (!fs.exists(name)) {
        if (flags.has('c')) return
        fs.writeFile(name, '')
      }
      const parsed =
        when === undefined
          ? call.process.clock.now()
          : Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(when) ? when : `${when.replace(' ', 'T')}Z`)
      fs.utimes(name, Number.isNaN(parsed) ? call.process.clock.now() : parsed)
    },
    (name, reason) => (call.flavour === 'gnu' ? `cannot touch '${name}': ${reason}` : `${name}: ${reason}`),
  )
}

/** A mode in digits or as `u+x,g=rw`. */
export function parseMode(text: string, old: FileStat): number | undefined {
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
      mode = op === '+' ? mode | bits : op === '-' ? mode & ~bits : (mode & ~mask) | bits
    }
  }
  return mode
}

/** Applies to a path, and to all below it. */
function walk(process: Process, path: string, recursive: boolean, visit: (path: string) => void): void {
  visit(path)
  if (recursive && isDirectory(process, path, false))
    for (const name of process.fs.readdir(path)) walk(process, `${path}/${name}`, true, visit)
}

export const chmod: Command = call => {
  // A mode may begin with a dash, so flags are picked by hand.
  const recursive = call.args.some(arg => /^-(R|-recursive)$/.test(arg))
  const [mode, ...names] = call.args.filter(arg => !/^-(R|v|f|c|-recursive)$/.test(arg))
  if (mode === undefined) throw new Usage('missing operand')
  return each(
    call,
    names,
    name =>
      walk(call.process, name, recursive, path => {
        const bits = parseMode(mode, call.process.fs.stat(path))
        if (bits === undefined) throw new Usage(`invalid mode: '${mode}'`)
        call.process.fs.chmod(path, bits)
      }),
    (name, reason) =>
      call.flavour === 'gnu'
        ? reason.startsWith('No such')
          ? `cannot access '${name}': ${reason}`
          : `changing permissions of '${name}': ${reason}`
        : `${name}: ${reason}`,
  )
}

/** An id by number or by name, from /etc/passwd or /etc/group. */
export function idOf(process: Process, text: string, file: '/etc/passwd' | '/etc/group'): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const line = process.fs.exists(file)
    ? process.fs
        .readFile(file)
        .split('\n')
        .find(l => l.startsWith(`${text}:`))
    : undefined
  return line ? Number(line.split(':')[2]) : undefined
}

export const chown: Command = call => {
  const flags = options(call, 'RhvfcLP', { recursive: 'R' })
  const [owner, ...names] = flags.rest
  if (owner === undefined) throw new Usage('missing operand')
  const [user, group] = call.name === 'chgrp' ? ['', owner] : owner.split(/[:.]/)
  const uid = user ? idOf(call.process, user, '/etc/passwd') : -1
  const gid = group ? idOf(call.process, group, '/etc/group') : -1
  if (uid === undefined) throw new Usage(call.flavour === 'gnu' ? `invalid user: '${owner}'` : `unknown user ${user}`)
  if (gid === undefined)
    throw new Usage(call.flavour === 'gnu' ? `invalid group: '${owner}'` : `unknown group ${group}`)
  return each(
    call,
    names,
    name => walk(call.process, name, flags.has('R'), path => call.process.fs.chown(path, uid, gid)),
    (name, reason) =>
      call.flavour === 'gnu'
        ? reason.startsWith('No such')
          ? `cannot access '${name}': ${reason}`
          : `changing ownership of '${name}': ${reason}`
        : `${name}: ${reason}`,
  )
}

export const readlink: Command = async call => {
  const flags = options(call, 'fenmqsvz')
  let code = 0
  for (const name of flags.rest) {
    try {
      const follow = flags.has('f') || flags.has('e') || flags.has('m') || call.name === 'realpath'
      await print(call, `${follow ? realpath(call.process, name) : call.process.fs.readlink(name)}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = 1
      if (call.name === 'realpath') await complain(call, `${name}: ${error.message}`)
    }
  }
  return code
}

/** Follows every link; the last part need not be there. */
function realpath(process: Process, path: string, depth = 0): string {
  const { fs } = process
  if (depth > 40) return path
  let at = ''
  const parts = normalize(absolute(process.cwd, path)).split('/').filter(Boolean)
  for (const [i, part] of parts.entries()) {
    const next = `${at}/${part}`
    let stat: FileStat
    try {
      stat = fs.lstat(next)
    } catch (error) {
      if (i === parts.length - 1 && isErrno(error, 'ENOENT')) return next
      throw error
    }
    if (stat.type === 'symlink')
      return realpath(process, [absolute(at || '/', fs.readlink(next)), ...parts.slice(i + 1)].join('/'), depth + 1)
    at = next
  }
  return at || '/'
}

export const basenameCommand: Command = call => {
  const [path, suffix] = call.args
  if (path === undefined) throw new Usage('missing operand')
  const name = basename(path)
  return print(call, `${suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`)
}

export const dirnameCommand: Command = call => print(call, call.args.map(path => `${dirname(path)}\n`).join(''))

export const mktemp: Command = async call => {
  const flags = options(call, 'dp:tqu')
  const dir = flags.value('p') ?? (flags.rest[0] && !flags.has('t') ? '' : (call.process.env.TMPDIR ?? '/tmp'))
  const template = flags.rest[0] ?? 'tmp.XXXXXX'
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const name = template.replace(/X{3,}$/, x =>
    [...x].map(() => letters[call.process.random.int(letters.length)]).join(''),
  )
  if (name === template)
    throw new Usage(call.flavour === 'gnu' ? `too few X's in template '${template}'` : `Invalid argument`)
  const path = dir ? `${dir}/${name}` : name
  if (flags.has('d')) call.process.fs.mkdir(path, { mode: 0o700 })
  else call.process.fs.writeFile(path, '', { mode: 0o600 })
  await print(call, `${path}\n`)
}

const TYPE_WORDS: Record<FileStat['type'], string> = {
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

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000000 +0000`

export const stat: Command = async call => {
  const flags = options(call, 'Lc:ft', { format: 'c', dereference: 'L', printf: 'c' })
  return each(
    call,
    flags.rest,
    async name => {
      const s = flags.has('L') ? call.process.fs.stat(name) : call.process.fs.lstat(name)
      const user = nameOf(call.process, s.uid, '/etc/passwd')
      const group = nameOf(call.process, s.gid, '/etc/group')
      const values: Record<string, string> = {
        n: name,
        N: s.type === 'symlink' ? `'${name}' -> '${call.process.fs.readlink(name)}'` : name,
        a: s.mode.toString(8),
        A: modeText(s),
        s: String(s.size),
        u: String(s.uid),
        g: String(s.gid),
        U: user,
        G: group,
        F: s.size === 0 && s.type === 'file' ? 'regular empty file' : TYPE_WORDS[s.type],
        Y: String(Math.floor(s.mtime / 1000)),
        y: stamp(s.mtime),
        X: String(Math.floor(s.mtime / 1000)),
        x: stamp(s.mtime),
        Z: String(Math.floor(s.mtime / 1000)),
        z: stamp(s.mtime),
        i: String(s.ino ?? 0),
        h: String(s.nlink ?? 1),
        b: String(Math.ceil(s.size / 512)),
        B: '512',
        o: '4096',
        '%': '%',
        f: (
          {
            file: 0o100000,
            directory: 0o040000,
            symlink: 0o120000,
            device: 0o020000,
            socket: 0o140000,
            fifo: 0o010000,
          }[s.type] | s.mode
        ).toString(16),
      }
      const format = flags.value('c')
      if (format !== undefined)
        return print(call, `${format.replace(/%([a-zA-Z%])/g, (whole, c: string) => values[c] ?? whole)}\n`)
      const mode = s.mode.toString(8).padStart(4, '0')
      await print(
        call,
        `  File: ${values.N}\n  Size: ${String(s.size).padEnd(10)}\tBlocks: ${values.b!.padEnd(10)} IO Block: 4096   ${values.F}\n` +
          `Device: 0,50\tInode: ${values.i!.padEnd(11)} Links: ${values.h}\nAccess: (${mode}/${values.A})  Uid: (${String(s.uid).padStart(5)}/${user.padStart(8)})   Gid: (${String(s.gid).padStart(5)}/${group.padStart(8)})\n` +
          `Access: ${values.x}\nModify: ${values.y}\nChange: ${values.z}\n`,
      )
    },
    (name, reason) =>
      call.flavour === 'gnu' ? `cannot statx '${name}': ${reason}` : `can't stat '${name}': ${reason}`,
  )
}

const SIZES: Record<string, number> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  M: 1024 ** 2,
  MB: 1e6,
  G: 1024 ** 3,
  GB: 1e9,
}

export function parseSize(text: string): number {
  const match = /^(\d+)([a-zA-Z]*)$/.exec(text)
  const unit = match && (match[2] ? SIZES[match[2]] : 1)
  if (!match || !unit) throw new Usage(`invalid number '${text}'`)
  return Number(match[1]) * unit
}

export const dd: Command = async call => {
  const given = Object.fromEntries(
    call.args.map(arg => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
  )
  const { process } = call
  const size = parseSize(given.bs ?? '512')
  if (given.if === '/dev/zero' && given.of && given.count && !given.seek && !given.conv)
    return allocateByDd(call, given)
  const count = given.count === undefined ? Number.POSITIVE_INFINITY : parseSize(given.count)
  const input = given.if ? process.fs.open(given.if, 'r') : process.fds[0]!
  const output = given.of ? process.fs.open(given.of, given.conv?.includes('notrunc') ? 'rw' : 'w') : process.fds[1]!
  const started = process.clock.now()
  let blocks = 0
  let bytes = 0
  for (let skip = Number(given.skip ?? 0); skip > 0; skip--) await input.read(process, size)
  for (; blocks < count; blocks++) {
    let block = ''
    while (block.length < size) {
      const data = await input.read(process, size - block.length)
      if (!data) break
      block += data
    }
    if (!block) break
    // About a gigabyte a second, as on a good disk.
    const pause = process.tick(block.length / 1_000_000)
    if (pause) await pause
    await output.write(process, block)
    bytes += block.length
  }
  if (given.status !== 'none') {
    const full = Math.floor(bytes / size)
    const partial = bytes % size ? 1 : 0
    const seconds = Math.max(0.001, (process.clock.now() - started) / 1000)
    const human =
      bytes >= 1024 ** 2
        ? ` (${(bytes / 1024 ** 2).toFixed(1)}MB)`
        : bytes >= 1024
          ? ` (${(bytes / 1024).toFixed(1)}KB)`
          : ''
    await process.write(
      2,
      `${full}+${partial} records in\n${full}+${partial} records out\n${bytes} bytes${human} copied, ${seconds.toFixed(6)} seconds, ${(bytes / seconds / 1024 ** 2).toFixed(1)}MB/s\n`,
    )
  }
  if (given.if) input.close()
  if (given.of) output.close()
  return 0
}

export const mkfifo: Command = call =>
  each(
    call,
    options(call, 'm:').rest,
    name => call.process.fs.mkfifo(name),
    (name, reason) => `${name}: ${reason}`,
  )

/** Zeros into a file: nothing that would have to be kept. About a gigabyte a second, as on a good disk. */
async function allocateByDd(call: Call, given: Record<string, string>): Promise<number> {
  const { process } = call
  const [size, count] = [parseSize(given.bs ?? '512'), parseSize(given.count!)]
  const started = process.clock.now()
  process.fs.writeFile(given.of!, '')
  let written = 0
  const step = 256 * 1024 ** 2
  for (let left = size * count; left > 0; left -= step) {
    written += Math.min(step, left)
    await process.compute(Math.max(1, Math.min(step, left) / 1_000_000))
    process.fs.allocate(given.of!, written)
  }
  const seconds = Math.max(0.001, (process.clock.now() - started) / 1000)
  const human = written >= 1024 ** 3 ? `${(written / 1024 ** 3).toFixed(1)}GB` : `${(written / 1024 ** 2).toFixed(1)}MB`
  if (given.status !== 'none')
    await process.write(
      2,
      `${count}+0 records in\n${count}+0 records out\n${written} bytes (${human}) copied, ${seconds.toFixed(6)} seconds, ${(written / seconds / 1024 ** 2).toFixed(1)}MB/s\n`,
    )
  return 0
}

/** fallocate: room for a file, at once. */
export const fallocate: Command = call => {
  const flags = options(call, 'l:o:nv', { length: 'l' })
  const length = flags.value('l')
  const [name] = flags.rest
  if (length === undefined || !name) throw new Usage('no length argument specified')
  const size = parseSize(length.replace(/iB?$/, ''))
  if (!call.process.fs.exists(name)) call.process.fs.writeFile(name, '')
  call.process.fs.allocate(name, size + Number(flags.value('o') ?? 0))
  return 0
}

export const truncate: Command = call => {
  const flags = options(call, 's:c')
  return each(
    call,
    flags.rest,
    name => {
      const { fs } = call.process
      const size = parseSize(flags.value('s') ?? '0')
      if (!fs.exists(name)) fs.writeFile(name, '')
      else if (fs.stat(name).size > size) fs.writeFile(name, size ? fs.readFile(name).slice(0, size) : '')
      fs.allocate(name, size)
    },
    (name, reason) => `${name}: ${reason}`,
  )
}
