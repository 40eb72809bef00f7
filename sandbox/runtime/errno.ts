/** Failed system calls, with the C library's words (musl where busybox is meant; both say the same for these). */
import { Errno } from './processes/process.ts'

const WORDS = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENOEXEC: 'Exec format error',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  ENODEV: 'No such device',
  EXDEV: 'Invalid cross-device link',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENOTTY: 'Not a tty',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  EPIPE: 'Broken pipe',
  ENAMETOOLONG: 'File name too long',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Symbolic link loop',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Address not available',
  ENETUNREACH: 'Network is unreachable',
  ECONNRESET: 'Connection reset by peer',
  ETIMEDOUT: 'Operation timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'Host is unreachable',
} as const

export type ErrnoCode = keyof typeof WORDS

const ALL = new Map(Object.entries(WORDS).map(([code, text]) => [code, new Errno(code, text)]))

/**
 * One object per code: asking whether a file exists fails all the time, and a stack trace costs more than the question.
 * All are made at once, since an error keeps alive whatever its stack ran in: here, no process and no world.
 */
export const errno = (code: ErrnoCode): Errno => ALL.get(code)!

export const words = (code: ErrnoCode): string => WORDS[code]

/** Whether a caught error is this failed system call. */
export const isErrno = (error: unknown, code?: ErrnoCode): error is Errno =>
  error instanceof Errno && (code === undefined || error.code === code)
