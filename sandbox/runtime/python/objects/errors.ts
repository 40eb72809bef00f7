/** Python's exceptions: their classes, and how they are thrown from here. */
import { type ErrnoCode, words } from '../../errno.ts'
import { builtinClass, object } from './types.ts'
import { PyClass, PyException, Raised, type Value } from './values.ts'

/** Class: its base. */
const TREE: readonly [string, string][] = [
  ['Exception', 'BaseException'],
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ...[
    'ArithmeticError',
    'AssertionError',
    'AttributeError',
    'BufferError',
    'EOFError',
    'ImportError',
    'LookupError',
    'MemoryError',
    'NameError',
    'OSError',
    'ReferenceError',
    'RuntimeError',
    'StopIteration',
    'StopAsyncIteration',
    'SyntaxError',
    'SystemError',
    'TypeError',
    'ValueError',
    'Warning',
  ].map((name): [string, string] => [name, 'Exception']),
  ['ZeroDivisionError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['FloatingPointError', 'ArithmeticError'],
  ['ModuleNotFoundError', 'ImportError'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['UnboundLocalError', 'NameError'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ...[
    'BlockingIOError',
    'ChildProcessError',
    'ConnectionError',
    'FileExistsError',
    'FileNotFoundError',
    'InterruptedError',
    'IsADirectoryError',
    'NotADirectoryError',
    'PermissionError',
    'ProcessLookupError',
    'TimeoutError',
  ].map((name): [string, string] => [name, 'OSError']),
  ...['BrokenPipeError', 'ConnectionAbortedError', 'ConnectionRefusedError', 'ConnectionResetError'].map(
    (name): [string, string] => [name, 'ConnectionError'],
  ),
  ...['DeprecationWarning', 'UserWarning', 'RuntimeWarning', 'FutureWarning'].map((name): [string, string] => [
    name,
    'Warning',
  ]),
]

export const BaseException = builtinClass('BaseException', [object])

export const ERRORS: ReadonlyMap<string, PyClass> = TREE.reduce(
  (all, [name, base]) => {
    all.set(name, builtinClass(name, [all.get(base)!]))
    return all
  },
  new Map([['BaseException', BaseException]]),
)

/** Of both kinds: what catches exceptions catches groups of them. */
function groupClasses(all: Map<string, PyClass>): void {
  const base = builtinClass('BaseExceptionGroup', [all.get('BaseException')!])
  all.set('BaseExceptionGroup', base)
  all.set('ExceptionGroup', builtinClass('ExceptionGroup', [base, all.get('Exception')!]))
}
groupClasses(ERRORS as Map<string, PyClass>)

export const errorClass = (name: string): PyClass => ERRORS.get(name)!

/** An error to be thrown: `throw raise('ValueError', '…')`. */
export const raise = (name: string | PyClass, ...args: Value[]): Raised =>
  new Raised(new PyException(name instanceof PyClass ? name : errorClass(name), args))

export const typeError = (message: string): Raised => raise('TypeError', message)

/** errno → its number, and the class that stands for it. */
const SYSTEM: Partial<Record<ErrnoCode | 'EAI_NONAME', [number, string]>> = {
  EPERM: [1, 'PermissionError'],
  ENOENT: [2, 'FileNotFoundError'],
  ESRCH: [3, 'ProcessLookupError'],
  EINTR: [4, 'InterruptedError'],
  EIO: [5, 'OSError'],
  ENOEXEC: [8, 'OSError'],
  EBADF: [9, 'OSError'],
  ECHILD: [10, 'ChildProcessError'],
  EAGAIN: [11, 'BlockingIOError'],
  ENOMEM: [12, 'OSError'],
  EACCES: [13, 'PermissionError'],
  EBUSY: [16, 'OSError'],
  EEXIST: [17, 'FileExistsError'],
  EXDEV: [18, 'OSError'],
  ENOTDIR: [20, 'NotADirectoryError'],
  EISDIR: [21, 'IsADirectoryError'],
  EINVAL: [22, 'OSError'],
  ENOTTY: [25, 'OSError'],
  EFBIG: [27, 'OSError'],
  ENOSPC: [28, 'OSError'],
  ESPIPE: [29, 'OSError'],
  EROFS: [30, 'OSError'],
  EPIPE: [32, 'BrokenPipeError'],
  ENOTEMPTY: [39, 'OSError'],
  ELOOP: [40, 'OSError'],
  EADDRINUSE: [98, 'OSError'],
  EADDRNOTAVAIL: [99, 'OSError'],
  ENETUNREACH: [101, 'OSError'],
  ECONNRESET: [104, 'ConnectionResetError'],
  ETIMEDOUT: [110, 'TimeoutError'],
  ECONNREFUSED: [111, 'ConnectionRefusedError'],
  EHOSTUNREACH: [113, 'OSError'],
}

/** glibc's words, where they differ from those of the simulation's table. */
const GLIBC: Partial<Record<string, string>> = {
  ENOTTY: 'Inappropriate ioctl for device',
  EBUSY: 'Device or resource busy',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ELOOP: 'Too many levels of symbolic links',
}

export function osError(code: string, ...files: Value[]): Raised {
  const [number, name] = SYSTEM[code as ErrnoCode] ?? [5, 'OSError']
  const error = raise(name, number, GLIBC[code] ?? words(code as ErrnoCode) ?? code)
  error.exception.attrs!.set('filename', files[0] ?? null)
  if (files.length > 1) error.exception.attrs!.set('filename2', files[1]!)
  return error
}

/** The class of an OSError that is made with such a number. */
export const classOfErrno = (number: number): PyClass | undefined => {
  const found = Object.values(SYSTEM).find(([n]) => n === number)
  return found && errorClass(found[1])
}

export const errnoNumbers = (): [string, number][] => Object.entries(SYSTEM).map(([name, [number]]) => [name, number])
