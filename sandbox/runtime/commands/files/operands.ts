/** What commands on files share. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { type Call, complain, Missing } from '../command.ts'

/** Does something with each operand; complains of those that fail. */
export async function each(
  call: Call,
  names: readonly string[],
  work: (name: string) => void | Promise<void>,
  say: (name: string, reason: string) => string,
): Promise<number> {
  if (!names.length) throw new Missing('missing operand')
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

export const isDirectory = (process: Process, path: string, follow = true): boolean => {
  try {
    return (follow ? process.fs.stat(path) : process.fs.lstat(path)).type === 'directory'
  } catch {
    return false
  }
}

/** Applies to a path, and to all below it. */
export function walk(process: Process, path: string, recursive: boolean, visit: (path: string) => void): void {
  visit(path)
  if (recursive && isDirectory(process, path, false))
    for (const name of process.fs.readdir(path)) walk(process, `${path}/${name}`, true, visit)
}
