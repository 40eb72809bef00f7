/** Modules of the library that are written in Python, by name. */
import { type Part, part, within } from '../../../parts.ts'
import { ARGPARSE } from './argparse/index.ts'
import { ASYNCIO } from './asyncio/index.ts'
import { CONTEXTLIB } from './contextlib.ts'
import { CSV } from './csv.ts'
import { DATACLASSES } from './dataclasses.ts'
import { DATETIME } from './datetime.ts'
import { ENUM } from './enum.ts'
import { FNMATCH, GLOB, PATHLIB, SHUTIL, TEMPFILE } from './files.ts'
import { FUTURES } from './futures.ts'
import { HTTP, HTTP_CLIENT } from './http.ts'
import { HTTP_SERVER, SOCKETSERVER } from './http-server.ts'
import { ITERTOOLS } from './itertools.ts'
import { LOGGING } from './logging.ts'
import { QUEUE, SCHED } from './queue.ts'
import { SMALL } from './small.ts'
import { SUBPROCESS } from './subprocess.ts'
import { THREADING } from './threading.ts'
import { COLLECTIONS, FUNCTOOLS, OPERATOR } from './tools.ts'
import { ABC, TYPING } from './typing.ts'
import { URLLIB_ERROR, URLLIB_PARSE, URLLIB_REQUEST } from './urllib.ts'

export const LIBRARY: Readonly<Record<string, string>> = {
  ...SMALL,
  abc: ABC,
  argparse: ARGPARSE,
  asyncio: ASYNCIO,
  collections: COLLECTIONS,
  concurrent: '',
  'concurrent.futures': FUTURES,
  'concurrent.futures.thread': 'from concurrent.futures import ThreadPoolExecutor\n',
  contextlib: CONTEXTLIB,
  csv: CSV,
  dataclasses: DATACLASSES,
  datetime: DATETIME,
  enum: ENUM,
  fnmatch: FNMATCH,
  functools: FUNCTOOLS,
  glob: GLOB,
  http: HTTP,
  'http.client': HTTP_CLIENT,
  'http.server': HTTP_SERVER,
  itertools: ITERTOOLS,
  logging: LOGGING,
  operator: OPERATOR,
  pathlib: PATHLIB,
  queue: QUEUE,
  sched: SCHED,
  shutil: SHUTIL,
  socketserver: SOCKETSERVER,
  subprocess: SUBPROCESS,
  tempfile: TEMPFILE,
  threading: THREADING,
  typing: TYPING,
  urllib: '',
  'urllib.error': URLLIB_ERROR,
  'urllib.parse': URLLIB_PARSE,
  'urllib.request': URLLIB_REQUEST,
}

const rare = part('rare modules of Python', () => import('./rare/index.ts'))

const RARE = [
  'bisect',
  'configparser',
  'copy',
  'decimal',
  'fractions',
  'heapq',
  'hmac',
  'logging.config',
  'logging.handlers',
  'statistics',
  'textwrap',
] as const

/** Modules that are loaded when they are first imported. */
export const LATE: ReadonlyMap<string, Part<string>> = new Map(
  RARE.map(name => [name, within(rare, all => all.RARE[name])]),
)
