/** The files that nginx logs to: of the image both are links to the container's own output. */
import { isErrno } from '../../../errno.ts'
import type { Process, Stream } from '../../../processes/process.ts'
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
  /** `nginx -s reopen`: files that have been moved away are made anew. @returns what is wrong with those that stay as they are */
  reopen(): string[]
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
  const openAnew = (path: string): Stream => {
    const own = OWN[path] ?? OWN[linkOf(process, path)]
    try {
      const stream = own ? process.fds[own]! : process.fs.open(path, 'a')
      opened.set(path, stream)
      return stream
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new ConfigError(openFailure(path, error))
    }
  }
  const open = (path: string): Stream => opened.get(path) ?? openAnew(path)
  return {
    open,
    // What handlers write goes straight to the streams: their process is waiting for signals meanwhile.
    write: (path, text) => void open(path).write(process, text).catch(lost),
    reopen: () => [...opened.keys()].flatMap(path => failureOf(() => openAnew(path))),
  }
}

/** A line that could not be written is missing, and nobody is told. */
function lost(error: unknown): void {
  if (!isErrno(error)) throw error
}

function failureOf(open: () => Stream): string[] {
  try {
    open()
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [error.message]
  }
}

export const errorLine = (process: Process, level: Level, text: string): string =>
  `${inErrorLog(process.clock.now())} [${level}] ${process.pid}#${process.pid}: ${text}\n`
