/** Commands on paths themselves: readlink, realpath, basename, dirname, mktemp. */
import { isErrno } from '../../errno.ts'
import type { FileStat } from '../../files/fs.ts'
import { absolute, basename, dirname, normalize } from '../../files/path.ts'
import type { Process } from '../../processes/process.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'

export const readlink: Command = async call => {
  const flags = options(call, 'fenmqsvz')
  if (call.name === 'readlink' && call.flavour === 'busybox' && flags.rest.length !== 1) throw new Missing('')
  if (!flags.rest.length) throw new Missing('missing operand')
  let code = 0
  for (const name of flags.rest) {
    try {
      const follow = flags.has('f') || flags.has('e') || flags.has('m') || call.name === 'realpath'
      const real = follow ? realpath(call.process, name) : call.process.fs.readlink(name)
      // busybox wants the last part to be there, too.
      if (call.name === 'realpath' && call.flavour === 'busybox') call.process.fs.lstat(real)
      if (flags.has('e')) call.process.fs.lstat(real)
      await print(call, `${real}\n`)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = 1
      if (call.name === 'realpath') await complain(call, `${name}: ${error.message}`)
    }
  }
  return code
}

/** Follows every link; the last part need not be there. */
export function realpath(process: Process, path: string, depth = 0): string {
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
  const flags = options(call, '+as:z', { multiple: 'a', suffix: 's' })
  const several = flags.has('a') || flags.has('s')
  const [path, own] = flags.rest
  if (path === undefined) throw new Missing('missing operand')
  if (!several && flags.rest.length > 2 && call.flavour === 'gnu') throw new Missing(`extra operand '${flags.rest[2]}'`)
  const suffix = several ? flags.value('s') : own
  const named = (of: string): string => {
    const name = basename(of)
    return `${suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`
  }
  return print(call, (several ? flags.rest : [path]).map(named).join(''))
}

export const dirnameCommand: Command = call => {
  if (!call.args.length || (call.flavour === 'busybox' && call.args.length > 1)) throw new Missing('missing operand')
  return print(call, call.args.map(path => `${dirname(path)}\n`).join(''))
}

export const mktemp: Command = async call => {
  const flags = options(call, 'dp:tqu')
  const dir = flags.value('p') ?? (flags.rest[0] && !flags.has('t') ? '' : (call.process.env.TMPDIR ?? '/tmp'))
  const template = flags.rest[0] ?? 'tmp.XXXXXX'
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const name = template.replace(/X{3,}$/, x =>
    [...x].map(() => letters[call.process.random.int(letters.length)]).join(''),
  )
  if (name === template)
    throw new Refusal(call.flavour === 'gnu' ? `too few X's in template '${template}'` : '(null): Invalid argument')
  const path = dir ? `${dir}/${name}` : name
  try {
    if (flags.has('d')) call.process.fs.mkdir(path, { mode: 0o700 })
    else call.process.fs.writeFile(path, '', { mode: 0o600 })
  } catch (error) {
    if (!isErrno(error) || call.flavour === 'busybox') throw error
    const what = flags.has('d') ? 'directory' : 'file'
    throw new Refusal(`failed to create ${what} via template '${dir ? `${dir}/` : ''}${template}': ${error.message}`)
  }
  await print(call, `${path}\n`)
}
