/** The files that nginx logs to: of the image both are links to the container's own output. */
import { isErrno } from '../../../errno.ts'
import type { Process, Stream } from '../../../process.ts'
import type { Level } from './exchange.ts'
import { openFailure } from './failures.ts'
import { inErrorLog } from './stamps.ts'
import { ConfigError } from './syntax.ts'

const LEVELS: readonly Level[] = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

export const passes = (level: Level, least: string): boolean => LEVELS.indexOf(level) >= LEVELS.indexOf(least as Level)

export interface Logs {
  /** @throws ConfigError when there is no such place */
  open(path: string): Stream
  write(path: string, text: string): void
  /** `nginx -s reopen`: files that have been moved away are made anew. */
  reopen(): void
}

const OWN: Readonly<Record<string, 1 | 2>> = { '/dev/stdout': 1, '/dev/stderr': 2, stderr: 2 }

function linkOf({ fs }: Process, path: string): string {
  try {
    return fs.readlink(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return path
  }
}

export function logsOf(process: Process): Logs {
  const opened = new Map<string, Stream>()
  const open = (path: string): Stream => {
    let stream = opened.get(path)
    if (stream) return stream
    const own = OWN[path] ?? OWN[linkOf(process, path)]
    try {
      stream = own ? process.fds[own]! : process.fs.open(path, 'a')
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new ConfigError(openFailure(path, error))
    }
    opened.set(path, stream)
    return stream
  }
  return {
    open,
    // What handlers write goes straight to the streams: their process is waiting for signals meanwhile.
    write: (path, text) => void open(path).write(process, text),
    reopen: () => opened.clear(),
  }
}

export const errorLine = (process: Process, level: Level, text: string): string =>
  `${inErrorLog(process.clock.now())} [${level}] ${process.pid}#${process.pid}: ${text}\n`
