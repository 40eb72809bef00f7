/** Command lines of database clients, and what they read. */
import type { Process } from '../../../processes/process.ts'
import { terminalOf } from '../../../processes/terminal.ts'

export interface Words {
  /** Of `-h host`, `-hhost`, `--host host` or `--host=host`. */
  value(short: string, long: string): string | undefined
  has(short: string, long: string): boolean
  /** All values of a flag that may come several times. */
  all(short: string, long: string): readonly string[]
  rest: readonly string[]
}

/**
 * @param flags letters that take a value, and those whose value only ever stands right behind them; whether the first word
 * that is no flag ends them
 */
export function words(args: readonly string[], flags: { values: string; joined: string; stops?: true }): Words {
  const found: { name: string; value?: string }[] = []
  const rest: string[] = []
  const queue = [...args]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [, long, , value] = /^--([\w-]+)(=([\s\S]*))?$/.exec(word) ?? []
    if (long !== undefined) {
      if (value !== undefined) found.push({ name: long, value })
      else if (LONG.has(long)) found.push({ name: long, value: queue.shift() ?? '' })
      else found.push({ name: long })
    } else if (/^-\w/.test(word)) {
      let letters = word.slice(1)
      while (letters) {
        const name = letters[0]!
        letters = letters.slice(1)
        if (flags.joined.includes(name)) {
          found.push(letters ? { name, value: letters } : { name })
          letters = ''
        } else if (flags.values.includes(name)) {
          found.push({ name, value: letters || (queue.shift() ?? '') })
          letters = ''
        } else found.push({ name })
      }
    } else {
      rest.push(word)
      if (flags.stops) rest.push(...queue.splice(0))
    }
  }
  return wordsOf(found, rest)
}

/** Flags that have been read, to be asked for. */
export function wordsOf(found: readonly { name: string; value?: string }[], rest: readonly string[]): Words {
  const all = (short: string, long: string): string[] =>
    found.flatMap(({ name, value }) => ((name === short || name === long) && value !== undefined ? [value] : []))
  return {
    rest,
    all,
    value: (short, long) => all(short, long).at(-1),
    has: (short, long) => found.some(({ name }) => name === short || name === long),
  }
}

/** Long flags that take a value, also without an equals sign. */
const LONG = new Set(
  'host port user database execute username dbname command file eval sh-exec url queue routing-key body count authenticationDatabase'.split(
    ' ',
  ),
)

export async function readAll(process: Process): Promise<string> {
  let text = ''
  for (let data = await process.read(0); data; data = await process.read(0)) text += data
  return text
}

export async function* readLines(process: Process): AsyncGenerator<string> {
  let text = ''
  for (let data = await process.read(0); data; data = await process.read(0)) {
    text += data
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end)
      text = text.slice(end + 1)
    }
  }
  if (text) yield text
}

/** Asks for something that nobody else should read. */
export async function readSecret(process: Process, question: string): Promise<string> {
  const input = process.fds[0]
  const terminal = input && terminalOf(input)
  await process.write(2, question)
  if (terminal) terminal.mode = { ...terminal.mode, echo: false }
  try {
    return (await process.read(0)).replace(/\r?\n$/, '')
  } finally {
    if (terminal) terminal.mode = { ...terminal.mode, echo: true }
    await process.write(2, '\n')
  }
}
