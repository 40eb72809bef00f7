/** `flock`: a command that runs while its file is locked, or a lock of a descriptor of the caller's. */
import { isErrno } from '../../errno.ts'
import { lockFile, unlockFile } from '../../files/locks.ts'
import type { Stream } from '../../processes/process.ts'
import { retain } from '../../processes/streams.ts'
import { type Call, type Command, complain, Missing, numberIn, options, print, Refusal, Usage } from '../command.ts'

const LONG = {
  shared: 's',
  exclusive: 'x',
  unlock: 'u',
  nonblock: 'n',
  nb: 'n',
  timeout: 'w',
  wait: 'w',
  'conflict-exit-code': 'E',
  close: 'o',
  'no-fork': 'F',
  command: 'c',
  verbose: 'verbose',
}

/** What sysexits.h calls them. */
const USAGE = 64
const DATA = 65
const NO_INPUT = 66

export const flock: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(
    call,
    gnu ? '+sexunw:E:oFc' : '+sxnu',
    gnu ? LONG : pick('shared', 'exclusive', 'unlock', 'nonblock'),
  )
  const [place, ...rest] = flags.rest
  if (place === undefined) throw gnu ? new Usage('not enough arguments', USAGE) : new Missing('')
  const { process } = call
  const mode = flags.has('s') ? 'shared' : 'exclusive'
  const conflict = numberIn(flags.value('E'), value => `invalid exit code: '${value}'`, { code: USAGE }) ?? 1
  if (conflict > 255) throw new Refusal('exit code out of range (expected 0 to 255)', USAGE)
  const stream = rest.length ? opened(call, place) : descriptor(call, place)
  if (typeof stream === 'string')
    return complain(call, stream, gnu ? (rest.length ? NO_INPUT : /^\d+$/.test(place) ? DATA : USAGE) : 1)
  const file = stream.file?.identity
  if (!file) return complain(call, gnu ? `${place}: Bad file descriptor` : 'Bad file descriptor', gnu ? DATA : 1)
  const started = process.clock.now()
  if (flags.has('u')) unlockFile(file, stream)
  else {
    const wait = flags.value('w')
    if (wait !== undefined && !/^\d+(?:\.\d*)?$/.test(wait))
      throw new Refusal(`invalid timeout value: '${wait}'`, USAGE)
    const until = flags.has('n') ? started : wait === undefined ? undefined : started + Number(wait) * 1000
    if (!(await lockFile(process, file, stream, mode, until))) {
      const why = flags.has('n') ? 'failed to get lock' : 'timeout while waiting to get lock'
      if (flags.has('verbose')) await complain(call, why)
      return conflict
    }
  }
  if (flags.has('verbose'))
    await print(call, `flock: getting lock took ${((process.clock.now() - started) / 1000).toFixed(6)} seconds\n`)
  return rest.length ? ran(call, rest, flags.has('c'), flags.has('o') ? stream : undefined) : 0
}

const pick = (...names: (keyof typeof LONG)[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, LONG[name]]))

/** A file is made where there is none; a directory can be locked, too. @returns what is wrong, in words */
function opened({ process, flavour }: Call, path: string): Stream | string {
  try {
    if (!process.fs.exists(path)) process.fs.writeFile(path, '')
    const stream = process.fs.open(path, 'r')
    let fd = 3
    while (process.fds[fd]) fd++
    process.fds[fd] = retain(stream)
    return stream
  } catch (error) {
    if (!isErrno(error)) throw error
    return flavour === 'gnu'
      ? `cannot open lock file ${path}: ${error.message}`
      : `can't open '${path}': ${error.message}`
  }
}

function descriptor({ process, flavour }: Call, text: string): Stream | string {
  if (!/^\d+$/.test(text)) return flavour === 'gnu' ? `bad file descriptor: '${text}'` : `invalid number '${text}'`
  return process.fds[Number(text)] ?? (flavour === 'gnu' ? `${text}: Bad file descriptor` : 'Bad file descriptor')
}

/** Runs a command, which has the file open as well unless it is closed to it. */
async function ran(
  call: Call,
  rest: readonly string[],
  isScript: boolean,
  closed: Stream | undefined,
): Promise<number> {
  const { process, flavour } = call
  const [first, second] = rest
  const script = isScript || first === '-c' || first === '--command'
  const words = first === '-c' || first === '--command' ? rest.slice(1) : rest
  if (script && (words.length !== 1 || second === undefined) && !(isScript && words.length === 1))
    return flavour === 'gnu'
      ? complain(call, '-c requires exactly one command argument', USAGE)
      : complain(call, '-c takes only one argument')
  const argv = script ? [process.env.SHELL || '/bin/sh', '-c', words[0]!] : [...words]
  try {
    const fds = Object.fromEntries(Object.entries(process.fds).filter(([, stream]) => stream !== closed))
    const child = process.spawn({ argv, ...(closed && { fds }) })
    return (await process.wait(child.pid)).status.code
  } catch (error) {
    if (!isErrno(error)) throw error
    return flavour === 'gnu'
      ? complain(call, `failed to execute ${argv[0]}: ${error.message}`, error.code === 'ENOENT' ? NO_INPUT + 3 : 126)
      : complain(call, `${argv[0]}: ${error.message}`, 255)
  }
}
