/** Reading line by line, as text arrives: a filter at the end of an endless pipe shows each line at once. */
import { isErrno } from '../../errno.ts'
import { mayHold } from '../../kernel/memory.ts'
import type { Process, Stream } from '../../processes/process.ts'
import type { Call } from '../command.ts'
import { beforeColon } from '../gnu-quoting.ts'

/** Each line with its newline (or what else ends it); the last may lack it. */
export async function* lines(process: Process, stream: Stream, end = '\n'): AsyncGenerator<string> {
  let rest = ''
  for (;;) {
    const data = await stream.read(process)
    if (!data) break
    const pause = process.tick()
    if (pause) await pause
    rest += data
    let from = 0
    for (let at = rest.indexOf(end); at >= 0; at = rest.indexOf(end, from)) {
      yield rest.slice(from, at + 1)
      from = at + 1
    }
    rest = rest.slice(from)
  }
  if (rest) yield rest
}

const AT_ONCE = 65_536

/** All that a stream has to give, held in the process's memory meanwhile: of one that never ends, more than there is. */
export async function readAll(process: Process, stream: Stream): Promise<string> {
  const parts: string[] = []
  let held = 0
  let counted = 0
  for (let data = await stream.read(process, AT_ONCE); data; data = await stream.read(process, AT_ONCE)) {
    parts.push(data)
    held += data.length
    if (held <= AT_ONCE) continue
    mayHold(held)
    process.memory += held - counted
    counted = held
  }
  process.memory -= counted
  return parts.join('')
}

export interface Input {
  name: string
  stream: Stream
}

/** Those of busybox's tools that say the name and what is wrong with it; the others say that they can't open it. */
const NAMES_THE_FILE: ReadonlySet<string> = new Set(
  'base32 base64 cut head wc grep rev sort nl sed tac paste fold expand unexpand comm hexdump hd od shuf'.split(' '),
)

/** Tools of GNU's that are none of coreutils', and show names as they are. */
const SHOWS_AS_IT_IS: ReadonlySet<string> = new Set('grep egrep fgrep sed diff cmp hexdump hd awk tar gzip'.split(' '))

export const shownBeforeColon = ({ flavour, name: command }: Call, name: string): string =>
  flavour === 'gnu' && !SHOWS_AS_IT_IS.has(command) ? beforeColon(name) : name

const openMessage = (call: Call, name: string, reason: string): string => {
  if (call.flavour === 'gnu' && ['head', 'tail', 'split'].includes(call.name))
    return `cannot open '${name}' for reading: ${reason}`
  if (call.flavour === 'gnu' && call.name === 'tac') return `failed to open '${name}' for reading: ${reason}`
  if (call.flavour === 'gnu' && call.name === 'rev') return `cannot open ${name}: ${reason}`
  if (call.flavour === 'gnu' && call.name === 'sed') return `can't read ${name}: ${reason}`
  if (call.flavour === 'gnu' && call.name === 'tar') return `${name}: Cannot open: ${reason}`
  if (call.name === 'sort -c') return call.flavour === 'gnu' ? `open failed: ${name}: ${reason}` : `${name}: ${reason}`
  if (call.flavour === 'gnu' && call.name === 'sort') return `cannot read: ${beforeColon(name)}: ${reason}`
  if (call.flavour === 'busybox' && !NAMES_THE_FILE.has(call.name)) return `can't open '${name}': ${reason}`
  return `${shownBeforeColon(call, name)}: ${reason}`
}

/** What is said of a directory that was to be read; busybox's grep passes it by. */
function directoryMessage(call: Call, name: string): string | undefined {
  const { flavour, name: command } = call
  if (flavour === 'busybox') {
    if (command === 'tac' || command === 'hexdump') return `${name}: Is a directory`
    if (/^(md5|sha\d+)sum$/.test(command)) return `can't read '${name}': Is a directory`
    if (/^[ef]?grep$/.test(command)) return undefined
    if (command === 'head') return `${name}: Input/output error`
    return `${command === 'wc' ? name : 'read error'}: Is a directory`
  }
  if (command === 'base64' || command === 'base32') return 'read error: Is a directory'
  if (command === 'tac') return `${beforeColon(name)}: read error: Is a directory`
  if (command === 'sort') return `read failed: ${beforeColon(name)}: Is a directory`
  if (command === 'head' || command === 'tail') return `error reading '${name}': Is a directory`
  return `${command === 'sed' ? `read error on ${name}` : shownBeforeColon(call, name)}: Is a directory`
}

/** The files named, or standard input; a file that cannot be read is complained of and skipped. */
export async function* inputs(
  call: Call,
  names: readonly string[],
  failed: () => void = () => {},
  /** Says nothing of what cannot be read. */
  silent = false,
  /** What is done with a directory, before it is complained of. */
  asDirectory?: (name: string) => Promise<void>,
): AsyncGenerator<Input> {
  const { process } = call
  const say = async (text: string): Promise<void> => {
    if (!silent) await process.write(2, `${call.name.split(' ')[0]}: ${text}\n`)
    failed()
  }
  for (const name of names.length ? names : ['-']) {
    if (name === '-') {
      yield { name: 'standard input', stream: process.fds[0]! }
      continue
    }
    let stream: Stream
    try {
      stream = process.fs.open(name, 'r')
      if (process.fs.stat(name).type === 'directory') {
        const said = directoryMessage(call, name)
        if (asDirectory) await asDirectory(name)
        if (said) await say(said)
        continue
      }
    } catch (error) {
      if (!isErrno(error)) throw error
      await say(openMessage(call, name, error.message))
      continue
    }
    try {
      yield { name, stream }
    } finally {
      stream.close()
    }
  }
}

/** All of the inputs as one text. */
export async function allText(call: Call, names: readonly string[], failed?: () => void): Promise<string> {
  let text = ''
  for await (const { stream } of inputs(call, names, failed)) text += await readAll(call.process, stream)
  return text
}
