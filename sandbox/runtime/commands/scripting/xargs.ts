/** `xargs`: commands with words of standard input. */
import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, type Options, options, Refusal, Usage } from '../command.ts'
import { readAll } from '../text/reading.ts'
import { unescapeText } from './text.ts'

/** Words as a shell would take them apart, though without expanding anything. @returns undefined when a quote is left open */
function quotedWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"' || c === "'") {
      const end = text.indexOf(c, i + 1)
      if (end < 0 || text.slice(i, end).includes('\n')) return undefined
      word = (word ?? '') + text.slice(i + 1, end)
      i = end
    } else if (c === '\\') word = (word ?? '') + (text[++i] ?? '')
    else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + c
  }
  if (word !== undefined) words.push(word)
  return words
}

const LONG_OPTIONS = {
  null: '0',
  'max-args': 'n',
  'max-lines': 'L',
  'max-procs': 'P',
  'max-chars': 's',
  'no-run-if-empty': 'r',
  replace: 'i',
  delimiter: 'd',
  eof: 'E',
  'arg-file': 'a',
  verbose: 't',
  exit: 'x',
  interactive: 'p',
  'open-tty': 'o',
} as const

/** How many words a command gets at most. */
function countOf({ flavour }: Call, flags: Options): number {
  for (const flag of ['n', 'L', 's', 'P']) {
    const value = flags.value(flag)
    if (value === undefined) continue
    const least = flag === 'P' ? 0 : 1
    if (!/^-?\d+$/.test(value))
      throw flavour === 'gnu'
        ? new Usage(`invalid number "${value}" for -${flag} option`)
        : new Refusal(`invalid number '${value}'`)
    if (Number(value) < least)
      throw flavour === 'gnu'
        ? new Usage(`value ${value} for -${flag} option should be >= ${least}`)
        : new Refusal(`number ${value} is not in ${least}..2147483647 range`)
  }
  return Number(
    flags.value('n') ??
      flags.value('L') ??
      (flags.has('l') ? flags.value('l') || '1' : undefined) ??
      Number.POSITIVE_INFINITY,
  )
}

function opened({ process, flavour }: Call, file: string): Stream {
  try {
    return process.fs.open(file, 'r')
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refusal(
      flavour === 'gnu'
        ? `Cannot open input file '${file}': ${error.message}`
        : `can't open '${file}': ${error.message}`,
    )
  }
}

/** What stands before the word that ends the input. */
const untilMark = (text: string, mark: string | undefined): string => {
  if (!mark) return text
  const at = text.search(new RegExp(`(?<!\\S)${mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\S)`))
  return at < 0 ? text : text.slice(0, at)
}

export const xargs: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
    ? options(call, '+n:I:0rtP:d:L:l::i::s:xE:e::a:op', LONG_OPTIONS)
    : options(call, '+n:I:0rtP:i::s:xE:a:op', { 'no-run-if-empty': 'r' })
  for (const flag of ['o', 'p']) if (flags.has(flag)) throw new Refusal(`-${flag} is not simulated`)
  const per = countOf(call, flags)
  const file = flags.value('a')
  const input = file === undefined ? call.process.fds[0]! : opened(call, file)
  const text = untilMark(await readAll(call.process, input), flags.value('E'))
  const replace = flags.has('i') ? flags.value('i') || '{}' : flags.value('I')
  const words = flags.has('0')
    ? text.split('\0').filter(Boolean)
    : replace || flags.has('L') || flags.has('l')
      ? text
          .split('\n')
          .map(l => l.trim())
          .filter(Boolean)
      : flags.value('d')
        ? text.replace(/\n$/, '').split(unescapeText(flags.value('d')!, false).text)
        : quotedWords(text)
  if (words === undefined)
    return complain(
      call,
      call.flavour === 'gnu'
        ? `unmatched ${/'/.test(text) ? 'single' : 'double'} quote; by default quotes are special to xargs unless you use the -0 option`
        : `unmatched ${/'/.test(text) ? 'single' : 'double'} quote`,
    )
  const command = flags.rest.length ? flags.rest : ['echo']
  const runs: string[][] = []
  if (replace) for (const word of words) runs.push(command.map(part => part.replaceAll(replace, word)))
  else {
    for (let i = 0; i < words.length; i += per) {
      runs.push([...command, ...words.slice(i, i + per)])
      if (per === Number.POSITIVE_INFINITY) break
    }
    if (!words.length && !flags.has('r')) runs.push([...command])
  }
  let code = 0
  for (const argv of runs) {
    if (flags.has('t')) await call.process.write(2, `${argv.join(' ')}\n`)
    try {
      const child = call.process.spawn({ argv, fds: { 0: call.process.fs.open('/dev/null', 'r') } })
      const { status } = await call.process.wait(child.pid)
      if (status.code === 255) return complain(call, `${argv[0]}: exited with status 255; aborting`, 124)
      if (status.code) code = 123
    } catch (error) {
      if (!isErrno(error)) throw error
      return complain(call, `${argv[0]}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
    }
  }
  return code
}
