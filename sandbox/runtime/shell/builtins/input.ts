/** `read` and `getopts`: what a shell takes in, word by word. */
import { isErrno } from '../../errno.ts'
import { SIGNAL_NUMBER } from '../../processes/process.ts'
import { Fields } from '../expansion/fields.ts'
import type { Shell } from '../shell.ts'
import { setArray } from '../variables/arrays.ts'
import type { Builtin } from './builtin.ts'

interface Line {
  text: string
  /** Positions that a backslash protects from being split. */
  literal: Set<number>
  complete: boolean
}

async function readLine(
  shell: Shell,
  fd: number,
  raw: boolean,
  max: number | undefined,
  delimiter: string,
): Promise<Line> {
  const line: Line = { text: '', literal: new Set(), complete: false }
  for (;;) {
    if (max !== undefined && line.text.length >= max) return { ...line, complete: true }
    const c = await shell.process.read(fd, 1)
    if (!c) return line
    if (c === delimiter) return { ...line, complete: true }
    if (c === '\\' && !raw) {
      const next = await shell.process.read(fd, 1)
      if (next === '\n') continue
      line.literal.add(line.text.length)
      line.text += next
    } else line.text += c
  }
}

/** The options of `read` in each shell. */
const READ_OPTIONS = { ash: 'dnprstu', dash: 'pr', bash: 'adeinNprstu' } as const

interface ReadNumber {
  form: RegExp
  /** What is said of something else. */
  ash: string
  bash: string
}

const COUNT: ReadNumber = { form: /^\d+$/, ash: 'invalid count', bash: 'invalid number' }

/** Options of `read` with a number. */
const READ_NUMBERS: Readonly<Record<string, ReadNumber>> = {
  n: COUNT,
  N: COUNT,
  t: { form: /^(?:\d+\.?\d*|\.\d+)$/, ash: 'invalid timeout', bash: 'invalid timeout specification' },
  u: { form: /^\d+$/, ash: 'invalid file descriptor', bash: 'invalid file descriptor specification' },
}

async function refuseReadNumber(shell: Shell, { ash, bash }: ReadNumber, given: string): Promise<number> {
  if (shell.dialect.name === 'bash') return shell.complain(`read: ${given}: ${bash}`).then(() => 1)
  return shell.complainOf('read', ash).then(() => 2)
}

export const read: Builtin = async (shell, args) => {
  const words = [...args]
  let raw = false
  let prompt = ''
  let delimiter = '\n'
  const numbers = new Map<string, number>()
  let array: string | undefined
  while (words[0]?.startsWith('-') && words[0].length > 1) {
    const word = words.shift()!
    if (word === '--') break
    for (let i = 1; i < word.length; i++) {
      const letter = word[i]!
      const value = (): string => {
        const inline = word.slice(i + 1)
        i = word.length
        return inline || (words.shift() ?? '')
      }
      if (!READ_OPTIONS[shell.dialect.name].includes(letter)) return refuseReadOption(shell, letter)
      const number = READ_NUMBERS[letter]
      if (number) {
        const given = value()
        if (!number.form.test(given)) return refuseReadNumber(shell, number, given)
        numbers.set(letter, Number(given))
        if (letter === 'N') delimiter = ''
      } else if (letter === 'r') raw = true
      else if (letter === 'p') prompt = value()
      else if (letter === 'd') delimiter = value() || '\0'
      else if (letter === 'a') array = value()
      // What stands in the line at first is for a person at a terminal.
      else if (letter === 'i') value()
    }
  }
  const max = numbers.get('N') ?? numbers.get('n')
  const timeout = numbers.get('t')
  const fd = numbers.get('u') ?? 0
  if (prompt && shell.process.fds[fd]?.isTerminal) await shell.process.write(2, prompt)
  let line: Line | 'timeout'
  try {
    line =
      timeout === undefined
        ? await readLine(shell, fd, raw, max, delimiter)
        : await within(shell, timeout * 1000, () => readLine(shell, fd, raw, max, delimiter))
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
    return 128 + SIGNAL_NUMBER[shell.pending[0] ?? 'INT']
  }
  const names = words.length ? words : ['REPLY']
  if (line === 'timeout') {
    for (const name of names) shell.set(name, '')
    return shell.dialect.name === 'bash' ? 142 : 1
  }
  if (array !== undefined) setArray(shell, array, splitWords(shell, line))
  else assignWords(shell, names, line, words.length > 0)
  return line.complete ? 0 : 1
}

async function refuseReadOption(shell: Shell, letter: string): Promise<number> {
  if (shell.dialect.name === 'bash') {
    await shell.complain(`read: -${letter}: invalid option`)
    await shell.process.write(2, READ_USAGE)
  } else await shell.complainOf('read', `${shell.dialect.name === 'ash' ? 'illegal' : 'Illegal'} option -${letter}`)
  return 2
}

const READ_USAGE =
  'read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n'

/** All words of a line. */
function splitWords(shell: Shell, { text }: Line): string[] {
  const fields = new Fields(shell.get('IFS'))
  fields.split(text)
  return fields.finish().map(field => field.text)
}

/** `mapfile`: each line an element. */
export const mapfile: Builtin = async (shell, args) => {
  const trim = args.includes('-t')
  const name = args.findLast(arg => !arg.startsWith('-')) ?? 'MAPFILE'
  const values: string[] = []
  for (;;) {
    const line = await readLine(shell, 0, true, undefined, '\n')
    if (line.complete || line.text) values.push(line.complete && !trim ? `${line.text}\n` : line.text)
    if (!line.complete) break
  }
  setArray(shell, name, values)
  return 0
}

function assignWords(shell: Shell, names: readonly string[], line: Line, split: boolean): void {
  const ifs = shell.get('IFS') ?? ' \t\n'
  const blank = (i: number): boolean =>
    ' \t\n'.includes(line.text[i]!) && ifs.includes(line.text[i]!) && !line.literal.has(i)
  const separator = (i: number): boolean => ifs.includes(line.text[i]!) && !line.literal.has(i)
  if (!split && shell.dialect.name === 'bash') {
    shell.set(names[0]!, line.text)
    return
  }
  let at = 0
  const end = line.text.length
  while (at < end && blank(at)) at++
  for (const [i, name] of names.entries()) {
    if (i === names.length - 1) {
      let stop = end
      while (stop > at && blank(stop - 1)) stop--
      // A single separator at the very end belongs to nothing.
      const rest = line.text.slice(at, stop)
      const inner = [...rest].filter((_, k) => separator(at + k) && !blank(at + k))
      shell.set(name, inner.length === 1 && separator(stop - 1) ? rest.slice(0, -1) : rest)
      continue
    }
    const from = at
    while (at < end && !separator(at)) at++
    shell.set(name, line.text.slice(from, at))
    while (at < end && blank(at)) at++
    if (at < end && separator(at) && !blank(at)) at++
    while (at < end && blank(at)) at++
  }
}

/** Gives up reading after a time: an alarm interrupts it. */
async function within<T>(shell: Shell, ms: number, work: () => Promise<T>): Promise<T | 'timeout'> {
  const { process } = shell
  let late = false
  const callOff = process.alarm(ms)
  process.on('ALRM', () => {
    late = true
  })
  try {
    return await work()
  } catch (error) {
    if (late && isErrno(error, 'EINTR')) return 'timeout'
    throw error
  } finally {
    callOff()
    process.on('ALRM', undefined)
  }
}

export const getopts: Builtin = async (shell, args) => {
  if (args.length < 2) {
    if (shell.dialect.name === 'bash')
      await shell.process.write(2, 'getopts: usage: getopts optstring name [arg ...]\n')
    else if (shell.dialect.name === 'ash') await shell.complainOf('getopts', 'usage: getopts optstring var [arg]')
    else await shell.complain('getopts: Usage: getopts optstring var [arg...]')
    return 2
  }
  const [spec = '', name = 'opt', ...given] = args
  const words = args.length > 2 ? given : shell.params
  const silent = spec.startsWith(':')
  let index = Number(shell.get('OPTIND') ?? 1)
  const setIndex = (value: number, at: number): void => {
    shell.set('OPTIND', String(value))
    shell.getoptsAt = at
  }
  const word = words[index - 1]
  const at = shell.getoptsAt || 1
  if (word === undefined || word === '-' || !word.startsWith('-') || word === '--') {
    if (word === '--') setIndex(index + 1, 0)
    shell.set(name, '?')
    return 1
  }
  const letter = word[at]!
  const known = letter !== ':' && spec.includes(letter)
  const last = at + 1 >= word.length
  shell.unset('OPTARG')
  if (!known) {
    setIndex(last ? index + 1 : index, last ? 0 : at + 1)
    shell.set(name, '?')
    if (silent) shell.set('OPTARG', letter)
    else await illegal(shell, `Illegal option -${letter}`, `illegal option -- ${letter}`)
    return 0
  }
  if (spec[spec.indexOf(letter) + 1] !== ':') {
    setIndex(last ? index + 1 : index, last ? 0 : at + 1)
    shell.set(name, letter)
    return 0
  }
  const value = last ? words[index++] : word.slice(at + 1)
  if (value === undefined) {
    setIndex(index, 0)
    shell.set(name, silent ? ':' : '?')
    if (silent) shell.set('OPTARG', letter)
    else await illegal(shell, `No arg for -${letter} option`, `option requires an argument -- ${letter}`)
    return 0
  }
  setIndex(index + 1, 0)
  shell.set('OPTARG', value)
  shell.set(name, letter)
  return 0
}

const illegal = (shell: Shell, plain: string, bash: string): Promise<void> =>
  shell.process.write(2, shell.dialect.name === 'bash' ? `${shell.name}: ${bash}\n` : `${plain}\n`)
