/** The files that Apache logs to, and how a line of the error log begins. */
import { isErrno } from '../../../errno.ts'
import type { Process, Stream } from '../../../processes/process.ts'
import type { Level } from './exchange.ts'
import { inErrorLog } from './formats.ts'
import { ConfigError } from './syntax.ts'

export const errorHead = (process: Process, module: string, level: Level): string =>
  `[${inErrorLog(process.clock.now())}] [${module}:${level}] [pid ${process.pid}:tid ${process.pid}] `

/** Files of logs, each opened once; those of the image are its process's own outputs. */
export class Logs {
  readonly #process: Process
  readonly #open = new Map<string, Stream>()
  constructor(process: Process) {
    this.#process = process
  }

  /** @throws ConfigError */
  open(path: string, what: string): Stream {
    const known = this.#open.get(path)
    if (known) return known
    const [, fd] = /^\/(?:proc\/self\/fd|dev\/fd)\/([12])$/.exec(path) ?? []
    const own = fd ?? { '/dev/stdout': 1, '/dev/stderr': 2 }[path]
    let stream: Stream
    try {
      stream = own === undefined ? this.#process.fs.open(path, 'a') : this.#process.fds[Number(own)]!
    } catch (error) {
      if (!isErrno(error)) throw error
      const number = { ENOENT: 2, EACCES: 13, EROFS: 30, EISDIR: 21 }[error.code] ?? 5
      throw new ConfigError(`(${number})${error.message}: AH00091: httpd: could not open ${what} ${path}.`)
    }
    this.#open.set(path, stream)
    return stream
  }

  write(path: string, text: string): void {
    void this.open(path, 'log').write(this.#process, text)
  }

  close(): void {
    this.#open.clear()
  }
}
