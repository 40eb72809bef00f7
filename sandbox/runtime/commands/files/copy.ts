/** Commands from a path to another: cp, mv, ln. */
import { isErrno } from '../../errno.ts'
import { absolute, basename, normalize } from '../../files/path.ts'
import type { Errno, Process } from '../../processes/process.ts'
import { type Call, type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { removeTree } from './directories.ts'
import { isDirectory } from './operands.ts'

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
  const mode = how.preserve ? stat.mode : stat.mode & ~process.umask
  if (stat.type === 'directory') {
    if (!fs.exists(to)) fs.mkdir(to, { mode })
    for (const name of fs.readdir(from))
      copyTree(process, `${from}/${name}`, `${to}/${name}`, { ...how, follow: false })
  } else fs.writeFile(to, fs.readFile(from), { mode })
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
    throw new Missing(rest.length ? `missing destination file operand after '${rest[0]}'` : 'missing file operand')
  // busybox takes it for a directory, and fails name by name.
  const directory =
    into !== undefined ||
    (intoDirectory && isDirectory(call.process, to)) ||
    (call.flavour !== 'gnu' && names.length > 1)
  if (names.length > 1 && !directory)
    throw new Refusal(`target '${to}': ${call.process.fs.exists(to) ? 'Not a directory' : 'No such file or directory'}`)
  return names.map(name => [name, directory ? `${to.replace(/\/+$/, '')}/${basename(name)}` : to])
}

const resolved = (process: Process, path: string): string => normalize(absolute(process.cwd, path))

/** Whether two names are of one file, as they would be after a link. */
function isSame({ fs }: Process, a: string, b: string): boolean {
  if (!fs.exists(a) || !fs.exists(b)) return false
  const [x, y] = [fs.stat(a), fs.stat(b)]
  return x.type === y.type && x.ino !== undefined && x.ino === y.ino && x.mtime === y.mtime && x.size === y.size
}

/** Which of two names cannot even be looked at; that there is nothing yet where something goes is as it should be. */
function unseenOf({ fs }: Process, from: string, to: string): string | undefined {
  if (!fs.exists(from)) return from
  try {
    fs.lstat(to)
  } catch (error) {
    if (isErrno(error) && error.code !== 'ENOENT') return to
  }
  return undefined
}

const isInside = (process: Process, path: string, dir: string): boolean =>
  `${resolved(process, path)}/`.startsWith(`${resolved(process, dir)}/`)

export const cp: Command = async call => {
  const long = { recursive: 'r', archive: 'a', force: 'f' }
  const flags = options(
    call,
    'rRapfdLPHvnTt:u',
    call.flavour === 'gnu'
      ? { ...long, preserve: 'preserve::', 'no-clobber': 'n', verbose: 'v', update: 'u', 'target-directory': 't' }
      : long,
  )
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
      if (isSame(call.process, from, to)) {
        code = await complain(call, `'${from}' and '${to}' are the same file`)
        continue
      }
      if (isDirectory(call.process, from) && isInside(call.process, to, from)) {
        const into = `'${from}', into itself, '${to}'`
        code = await complain(
          call,
          call.flavour === 'gnu'
            ? `cannot copy a directory, ${into}`
            : `recursion detected, omitting directory '${from}'`,
        )
        continue
      }
      copyTree(call.process, from, to, {
        recursive,
        preserve: flags.has('p') || flags.has('a') || flags.has('preserve'),
        follow: !(flags.has('a') || flags.has('d') || flags.has('P')),
      })
      if (flags.has('v')) await print(call, `'${from}' -> '${to}'\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      const unseen = unseenOf(call.process, from, to)
      code = await complain(
        call,
        unseen === undefined
          ? call.flavour === 'gnu'
            ? `cannot create regular file '${to}': ${error.message}`
            : `can't create '${to}': ${error.message}`
          : `${call.flavour === 'gnu' ? 'cannot' : "can't"} stat '${unseen}': ${error.message}`,
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
      if (isSame(call.process, from, to)) {
        code = await complain(call, `'${from}' and '${to}' are the same file`)
        continue
      }
      try {
        call.process.fs.rename(from, to)
      } catch (error) {
        if (!isErrno(error, 'EXDEV')) throw error
        copyTree(call.process, from, to, { recursive: true, preserve: true, follow: false })
        removeTree(call.process, from)
      }
      if (flags.has('v')) await print(call, `${call.flavour === 'gnu' ? 'renamed ' : ''}'${from}' -> '${to}'\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      const { message } = error
      const unseen = unseenOf(call.process, from, to)
      const wrong =
        call.flavour === 'gnu'
          ? unseen === undefined && error.code !== 'ENOENT'
            ? `cannot move '${from}' to '${to}': ${message}`
            : `cannot stat '${unseen ?? from}': ${message}`
          : unseen === to
            ? `can't stat '${to}': ${message}`
            : `can't rename '${from}': ${message}`
      code = await complain(call, wrong)
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
      code = await complain(call, notLinked(call, { from, to, symbolic: flags.has('s') }, error))
    }
  }
  return code
}

/** Why a link was not made. */
function notLinked(
  { process: { fs }, flavour }: Call,
  { from, to, symbolic }: { from: string; to: string; symbolic: boolean },
  { code, message }: Errno,
): string {
  if (flavour !== 'gnu') return `${symbolic || fs.exists(from) ? to.replace(/^\.\//, '') : from}: ${message}`
  if (symbolic)
    return `failed to create symbolic link '${to}'${!from || code === 'ENAMETOOLONG' ? ` -> '${from}'` : ''}: ${message}`
  const source = fs.find(from)
  if (!source) return `failed to access '${from}': ${message}`
  if (source.type === 'directory') return `${from}: hard link not allowed for directory`
  const plain = ['EEXIST', 'ENOSPC', 'EROFS'].includes(code)
  return `failed to create hard link '${to}'${plain ? '' : ` => '${from}'`}: ${message}`
}
