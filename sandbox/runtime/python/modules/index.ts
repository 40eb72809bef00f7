/** The modules that a program can import: made here, or written in Python over those. What is missing is refused by name. */

import { LATE, LIBRARY } from '../library/index.ts'
import type { Machine } from '../machine/machine.ts'
import type { Steps, Value } from '../objects/values.ts'
import { base64 } from './base64.ts'
import { binascii } from './binascii.ts'
import { collections } from './collections.ts'
import { hashlib } from './hashlib.ts'
import { io } from './io.ts'
import { json } from './json.ts'
import { math } from './math.ts'
import { os, path } from './os.ts'
import { random } from './random/index.ts'
import { re } from './re/index.ts'
import { signal } from './signal.ts'
import { socket } from './socket.ts'
import { struct } from './struct.ts'
import { subprocess } from './subprocess.ts'
import { support } from './support.ts'
import { sys } from './sys.ts'
import { thread } from './thread.ts'
import { time } from './time.ts'
import { tracebackModule } from './traceback.ts'
import { zlib } from './zlib.ts'

export type MakeModule = (machine: Machine) => Record<string, Value>

export const moduleMakers: Readonly<Record<string, MakeModule>> = {
  sys,
  os,
  'os.path': path,
  time,
  json,
  math,
  random,
  re,
  signal,
  socket,
  io,
  base64,
  binascii,
  hashlib,
  struct,
  traceback: tracebackModule,
  _collections: collections,
  _subprocess: subprocess,
  _thread: thread,
  zlib,
  _support: support,
}

export const hasLibraryFile = (name: string): boolean => LIBRARY[name] !== undefined || LATE.has(name)

/** The text of a module of the library. One that few import is fetched first. */
export function* libraryFile(machine: Machine, name: string): Steps<string | undefined> {
  const late = LATE.get(name)
  if (!late) return LIBRARY[name]
  const loading = late.load()
  if (loading) yield* machine.wait(() => loading.then(() => null))
  return late.now
}

/** What CPython's own library has, so that a module which is missing here is not taken for one of somebody else's. */
export const STANDARD: ReadonlySet<string> = new Set(
  'abc argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 calendar cmath cmd code codecs collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg cProfile csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap multiprocessing netrc numbers operator optparse os pathlib pdb pickle pkgutil platform plistlib poplib posix pprint profile pty pwd py_compile queue quopri random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tarfile tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'.split(
    ' ',
  ),
)
