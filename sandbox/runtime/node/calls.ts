/** What a program of the simulated Node asks of its machine: by name, with data; errors go back as data too. */
import { isErrno } from '../errno.ts'

export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>

/** Calls that the kernel knows by another name. */
const SYSCALLS: Readonly<Record<string, string>> = {
  readFile: 'open',
  writeFile: 'open',
  readdir: 'scandir',
  rm: 'unlink',
}

export function answer(calls: Calls, name: string, args: readonly unknown[]): unknown {
  try {
    const call = calls[name]
    if (!call) throw new Error(`no call ${name}`)
    return call(...(args as never[]))
  } catch (error) {
    const { code, message = '' } = error as { code?: string; message?: string }
    if (!isErrno(error)) return { $error: { message, code } }
    // Node puts the C library's words in small letters, and adds the system call.
    const syscall = SYSCALLS[name] ?? name
    const told = `${code}: ${message.charAt(0).toLowerCase()}${message.slice(1)}, ${syscall} '${String(args[0])}'`
    return { $error: { message: told, code, syscall, path: args[0] } }
  }
}
