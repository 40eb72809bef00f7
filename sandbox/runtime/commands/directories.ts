/** Commands that make and remove: mkdir, rmdir, rm, unlink. */
import { isErrno } from '../errno.ts'
import type { Process } from '../process.ts'
import { type Command, complain, options, print } from './command.ts'
import { each, isDirectory } from './operands.ts'

export const mkdir: Command = async call => {
  const flags = options(call, 'pm:v', { parents: 'p', mode: 'm' })
  const mode = flags.value('m')
  return each(
    call,
    flags.rest,
    async name => {
      if (flags.has('p') && isDirectory(call.process, name)) return
      call.process.fs.mkdir(name, { recursive: flags.has('p'), ...(mode ? { mode: Number.parseInt(mode, 8) } : {}) })
      if (flags.has('v'))
        await print(
          call,
          call.flavour === 'gnu' ? `mkdir: created directory '${name}'\n` : `created directory: '${name}'\n`,
        )
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

export function removeTree(process: Process, path: string): void {
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
      if (flags.has('v')) await print(call, `removed '${name}'\n`)
    },
    (name, reason) =>
      call.flavour === 'gnu' ? `cannot remove '${name}': ${reason}` : `can't remove '${name}': ${reason}`,
  )
  return failed || code
}
