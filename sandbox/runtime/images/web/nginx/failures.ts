/** How nginx tells of a system call that has failed: `open() "/x" failed (2: No such file or directory)`. */
import { isErrno } from '../../../errno.ts'
import type { Errno } from '../../../processes/process.ts'

const NUMBERS: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EACCES: 13,
  ENOTDIR: 20,
  EISDIR: 21,
  ENOSPC: 28,
  EROFS: 30,
  ELOOP: 40,
}

/** How a call fails; undefined when it goes well. */
export function errorOf(call: () => void): Errno | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    return error
  }
}

export const described = ({ code, message }: Errno): string => `${NUMBERS[code] ?? 5}: ${message}`

/** @param call with what it was asked of: `mkdir() "/x"` */
export const failure = (call: string, error: Errno): string => `${call} failed (${described(error)})`

export const openFailure = (path: string, error: Errno): string => failure(`open() "${path}"`, error)
