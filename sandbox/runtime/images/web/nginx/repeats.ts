/**
 * Requests that come again word for word, as probes do. What one was answered is given to the next from the same address, as
 * long as what was looked at among the files is as it was; of the log only what tells of time and connection is written anew.
 */
import { isErrno } from '../../../errno.ts'
import type { FileStat } from '../../../files/fs.ts'
import type { HttpRequest, HttpResponse } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import type { Exchange } from './exchange.ts'
import type { Scope } from './scope.ts'

/** What a request has made nginx look at, and what was there. */
export interface Look {
  path: string
  stat: FileStat | undefined
  /** Of a file that was read. */
  text?: string
}

/** What is there; undefined too where one may not look. */
export function look(x: Exchange, path: string): FileStat | undefined {
  const stat = statOf(x.process, path)
  if (!x.looks.some(seen => seen.path === path)) x.looks.push({ path, stat })
  return stat
}

/** @throws Errno */
export function read(x: Exchange, path: string): string {
  const text = x.process.fs.readFile(path)
  const known = x.looks.find(seen => seen.path === path)
  if (known) known.text = text
  else x.looks.push({ path, stat: statOf(x.process, path), text })
  return text
}

function statOf({ fs }: Process, path: string): FileStat | undefined {
  try {
    return fs.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

function isAsItWas(process: Process, { path, stat: was, text }: Look): boolean {
  const is = statOf(process, path)
  if (!is || !was) return is === was
  if (is.type !== was.type || is.mode !== was.mode) return false
  // Of directories nothing is told but that they are there.
  if (is.type === 'directory') return true
  // Who might read it then may read it now.
  const isSame = is.mtime === was.mtime && is.size === was.size && is.uid === was.uid && is.gid === was.gid
  return isSame && (text === undefined || is.text === text)
}

/** An exchange whose answer is given again. */
export class Repeat {
  readonly response: HttpResponse
  readonly ip: string
  readonly exchange: Exchange
  #lines: readonly { path: string; of: (x: Exchange) => string }[] | undefined

  constructor(exchange: Exchange, response: HttpResponse) {
    this.exchange = exchange
    this.response = response
    this.ip = exchange.request.remote.ip
  }

  /** What is logged of it, and where. */
  get lines(): readonly { path: string; of: (x: Exchange) => string }[] {
    this.#lines ??= this.exchange.scope.accessLogs.map(({ path, format }) => ({
      path,
      of: format.again?.(this.exchange) ?? format.of,
    }))
    return this.#lines
  }
}

const MOST = 8

export class Repeats {
  readonly #process: Process
  readonly #known = new Map<object, Repeat>()

  constructor(process: Process) {
    this.#process = process
  }

  find({ words, remote }: HttpRequest): Repeat | undefined {
    const repeat = words && this.#known.get(words)
    return repeat && repeat.ip === remote.ip && repeat.exchange.looks.every(seen => isAsItWas(this.#process, seen))
      ? repeat
      : undefined
  }

  /** @returns what is to be sent */
  remember(x: Exchange, response: HttpResponse): HttpResponse {
    const { words } = x.request
    if (!words || x.once || x.scope.accessLogs.some(({ when }) => when)) return response
    if (this.#known.size >= MOST) this.#known.clear()
    const repeat = new Repeat(x, shared(x.scope, response))
    this.#known.set(words, repeat)
    return repeat.response
  }
}

/** The last of each scope's: of one configuration thousands of servers give the same, which is put together once for all. */
const last = new WeakMap<Scope, HttpResponse>()

function shared(scope: Scope, response: HttpResponse): HttpResponse {
  const known = last.get(scope)
  if (known && saysTheSame(known, response)) return known
  response.written = { second: Number.NaN, server: undefined, method: '', keep: false, text: '' }
  last.set(scope, response)
  return response
}

const saysTheSame = (a: HttpResponse, b: HttpResponse): boolean =>
  a.status === b.status &&
  a.reason === b.reason &&
  a.server === b.server &&
  a.body === b.body &&
  JSON.stringify(a.headers) === JSON.stringify(b.headers)
