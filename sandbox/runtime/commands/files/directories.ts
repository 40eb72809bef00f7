/** Commands that make and remove: mkdir, rmdir, rm, unlink. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, complain, options, print, Refusal } from '../command.ts'
import { parseMode, TYPE_WORDS } from './modes.ts'
import { each, isDirectory } from './operands.ts'

export const mkdir: Command = async call => {
  const flags = options(call, 'pm:v', { parents: 'p', mode: 'm' })
  const given = flags.value('m')
  const mode =
    given === undefined ? undefined : parseMode(given, { type: 'directory', mode: 0o777 }, call.process.umask)
  if (given !== undefined && mode === undefined) throw new Refusal(`invalid mode '${given}'`)
  const notMade = (path: string, reason: string): string =>
    `${call.flavour === 'gnu' ? 'cannot' : "can't"} create directory '${path}': ${reason}`
  let code = 0
  const failed = await each(
    call,
    flags.rest,
    async name => {
      if (flags.has('p') && isDirectory(call.process, name)) return
      const made = flags.has('v') && flags.has('p') ? missingAbove(call, name) : [name]
      const how = mode === undefined ? {} : { mode }
      if (flags.has('p')) {
        const missing = makeAll(call, name, how)
        if (missing) {
          code = await complain(call, notMade(missing.path, missing.reason))
          return
        }
      } else call.process.fs.mkdir(name, how)
      if (!flags.has('v')) return
      for (const path of made)
        await print(
          call,
          call.flavour === 'gnu' ? `mkdir: created directory '${path}'\n` : `created directory: '${path}'\n`,
        )
    },
    notMade,
  )
  return failed || code
}

/** Makes a directory and those that lead to it. @returns which one could not be made, and why */
function makeAll(
  { process, flavour }: Call,
  path: string,
  how: { mode?: number },
): { path: string; reason: string } | undefined {
  const parts = path.match(/\/*[^/]+\/*/g) ?? [path]
  let at = ''
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1
    at += part
    if (isDirectory(process, at)) continue
    try {
      process.fs.mkdir(at, last ? how : {})
    } catch (error) {
      if (!isErrno(error)) throw error
      return {
        // busybox leaves the slash behind it.
        path: flavour === 'gnu' ? at.replace(/(?<=[^/])\/+$/, '') : at,
        reason: error.code === 'EEXIST' && !last ? 'Not a directory' : error.message,
      }
    }
  }
  return undefined
}

const PATH_MAX = 4096

/** A directory that does not exist, and those above it, uppermost first; busybox leaves the slashes behind each. */
function missingAbove({ process: { fs }, flavour }: Call, path: string): string[] {
  const missing: string[] = []
  // The kernel takes no path that is longer.
  if (path.length >= PATH_MAX) return missing
  const above = flavour === 'gnu' ? /\/*[^/]+\/*$/ : /[^/]+\/*$/
  for (let at = path; at && !fs.exists(at); at = at.replace(above, '')) missing.unshift(at)
  return missing
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

export function removeTree(
  process: Process,
  path: string,
  removed: (path: string, isDirectory: boolean) => void = () => {},
): void {
  const { fs } = process
  if (fs.lstat(path).type !== 'directory') {
    fs.unlink(path)
    removed(path, false)
    return
  }
  for (const name of fs.readdir(path)) removeTree(process, `${path}/${name}`, removed)
  fs.rmdir(path)
  removed(path, true)
}

export const rm: Command = async call => {
  const flags = options(call, 'rRfivdI', {
    recursive: 'r',
    force: 'f',
    verbose: 'v',
    dir: 'd',
    'preserve-root': 'preserve-root',
    'no-preserve-root': 'no-preserve-root',
  })
  const gnu = call.flavour === 'gnu'
  const recursive = flags.has('r') || flags.has('R')
  if (!flags.rest.length && flags.has('f')) return 0
  let code = 0
  const failed = await each(
    call,
    flags.rest,
    async name => {
      const { fs } = call.process
      const last = name.replace(/\/+$/, '').split('/').pop()
      if (recursive && (last === '.' || last === '..')) {
        code = await complain(
          call,
          gnu ? `refusing to remove '.' or '..' directory: skipping '${name}'` : `refusing to remove '.' or '..'`,
        )
        return
      }
      if (recursive && gnu && /^\/+$/.test(name) && !flags.has('no-preserve-root')) {
        await complain(call, "it is dangerous to operate recursively on '/'")
        code = await complain(call, 'use --no-preserve-root to override this failsafe')
        return
      }
      try {
        const { type } = fs.lstat(name)
        if (type === 'directory' && flags.has('d') && !recursive) {
          fs.rmdir(name)
          return
        }
        if (type === 'directory' && !recursive) {
          code = await complain(call, gnu ? `cannot remove '${name}': Is a directory` : `'${name}' is a directory`)
          return
        }
        if (flags.has('i') && !flags.has('f')) {
          const what = gnu ? `remove ${TYPE_WORDS[type]} '${name}'? ` : `remove '${name}'? `
          await call.process.write(2, `${call.name}: ${what}`)
          if (!/^[yY]/.test(await call.process.read(0))) return
        }
      } catch (error) {
        if (!isErrno(error)) throw error
        if (flags.has('f') && (error.code === 'ENOENT' || (gnu && error.code === 'ENOTDIR'))) return
        if (gnu || error.code === 'ENOENT' || call.name !== 'rm') throw error
        code = await complain(call, `can't stat '${name}': ${error.message}`)
        return
      }
      const removed: string[] = []
      removeTree(call.process, name, (path, isDirectory) =>
        removed.push(`removed ${isDirectory && gnu ? 'directory ' : ''}'${path}'\n`),
      )
      if (flags.has('v')) await print(call, removed.join(''))
    },
    (name, reason) =>
      `${gnu ? 'cannot' : "can't"} ${call.name !== 'unlink' ? 'remove' : gnu ? 'unlink' : 'remove file'} '${name}': ${reason}`,
  )
  return failed || code
}
