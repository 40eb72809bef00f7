/** `test` and `[`: questions about files, texts and numbers. */

import { mountCovering } from '../../commands/files/disks.ts'
import type { FileStat } from '../../files/fs.ts'
import type { Process } from '../../processes/process.ts'
import type { Shell } from '../shell.ts'

/** A question that makes no sense: which word is wrong with it, and how; each shell says so in its own words. */
export class TestError extends Error {
  readonly wrong: 'operand' | 'number' | 'argument' | 'parenthesis' | 'bracket'
  readonly word: string
  constructor(wrong: TestError['wrong'], word = '') {
    super(`${word}: ${wrong}`)
    this.wrong = wrong
    this.word = word
  }
}

/** @param question the words between the brackets */
export async function complainOfTest(
  shell: Shell,
  name: string,
  error: TestError,
  question: readonly string[],
): Promise<void> {
  const complaint = shell.dialect.test(name, error, question)
  if (shell.dialect.name === 'ash' && !shell.interactive)
    await shell.process.write(2, `${shell.applet}: ${complaint}\n`)
  else await shell.complain(complaint)
}

const stat = (process: Process, path: string, follow = true): FileStat | undefined => {
  try {
    return follow ? process.fs.stat(path) : process.fs.lstat(path)
  } catch {
    return undefined
  }
}

/** Whether it lies on a file system that nobody can write to. */
function isReadOnly(process: Process, path: string): boolean {
  try {
    return /^ro\b/.test(mountCovering(process, path).options)
  } catch {
    return false
  }
}

/** Whether a question is decided by the bits of the mode alone where root asks it, as busybox does, or by the kernel. */
export type Asks = 'mode' | 'kernel'

const may = (process: Process, path: string, bit: number, asks: Asks = 'kernel'): boolean => {
  const s = stat(process, path)
  if (!s) return false
  if (bit === 2 && asks === 'kernel' && s.type !== 'device' && isReadOnly(process, path)) return false
  if (process.uid === 0) return bit !== 1 || s.type === 'directory' || (s.mode & 0o111) !== 0
  const shift = s.uid === process.uid ? 6 : s.gid === process.gid || process.groups.includes(s.gid) ? 3 : 0
  return ((s.mode >> shift) & bit) !== 0
}

export function testUnary(
  process: Process,
  op: string,
  value: string,
  isSet: (name: string) => boolean,
  asks?: Asks,
): boolean {
  switch (op) {
    case '-n':
      return value !== ''
    case '-z':
      return value === ''
    case '-e':
    case '-a':
      return stat(process, value) !== undefined
    case '-f':
      return stat(process, value)?.type === 'file'
    case '-d':
      return stat(process, value)?.type === 'directory'
    case '-s':
      return (stat(process, value)?.size ?? 0) > 0
    case '-L':
    case '-h':
      return stat(process, value, false)?.type === 'symlink'
    case '-p':
      return stat(process, value)?.type === 'fifo'
    case '-S':
      return stat(process, value)?.type === 'socket'
    case '-c':
      return stat(process, value)?.type === 'device'
    case '-b':
      return false
    case '-r':
      return may(process, value, 4)
    case '-w':
      return may(process, value, 2, asks)
    case '-x':
      return may(process, value, 1)
    case '-O':
      return stat(process, value)?.uid === process.uid
    case '-G':
      return stat(process, value)?.gid === process.gid
    case '-u':
      return ((stat(process, value)?.mode ?? 0) & 0o4000) !== 0
    case '-g':
      return ((stat(process, value)?.mode ?? 0) & 0o2000) !== 0
    case '-k':
      return ((stat(process, value)?.mode ?? 0) & 0o1000) !== 0
    case '-t':
      return process.fds[Number(value)]?.isTerminal ?? false
    case '-v':
      return isSet(value)
    default:
      throw new TestError('operand', op)
  }
}

const number = (text: string): number => {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError('number', text)
  return Number(text)
}

export const BINARY = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
])

/** dash has no `==`. */
export const BINARY_OF_DASH: ReadonlySet<string> = new Set([...BINARY].filter(operator => operator !== '=='))

export function testBinary(process: Process, left: string, op: string, right: string): boolean {
  switch (op) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-eq':
      return number(left) === number(right)
    case '-ne':
      return number(left) !== number(right)
    case '-lt':
      return number(left) < number(right)
    case '-le':
      return number(left) <= number(right)
    case '-gt':
      return number(left) > number(right)
    case '-ge':
      return number(left) >= number(right)
    case '-nt':
      return (stat(process, left)?.mtime ?? -1) > (stat(process, right)?.mtime ?? -1)
    case '-ot':
      return (stat(process, left)?.mtime ?? -1) < (stat(process, right)?.mtime ?? -1)
    case '-ef': {
      const [a, b] = [stat(process, left), stat(process, right)]
      return a !== undefined && b !== undefined && a.ino === b.ino
    }
    default:
      throw new TestError('operand', op)
  }
}

/** The words between `[` and `]`. */
export function testWords(
  process: Process,
  words: readonly string[],
  isSet: (name: string) => boolean = () => false,
  binary: ReadonlySet<string> = BINARY,
  asks: Asks = 'kernel',
): boolean {
  let at = 0
  const rest = (): number => words.length - at
  const or = (): boolean => {
    let value = and()
    while (words[at] === '-o') {
      at++
      const right = and()
      value ||= right
    }
    return value
  }
  const and = (): boolean => {
    let value = not()
    while (words[at] === '-a') {
      at++
      const right = not()
      value &&= right
    }
    return value
  }
  const not = (): boolean => {
    if (words[at] === '!' && rest() > 1) {
      at++
      return !not()
    }
    return primary()
  }
  const primary = (): boolean => {
    const word = words[at]
    if (word === undefined) throw new TestError('argument', words[at - 1])
    if (rest() >= 3 && binary.has(words[at + 1]!)) {
      at += 3
      return testBinary(process, word, words[at - 2]!, words[at - 1]!)
    }
    if (word === '(' && rest() >= 3) {
      at++
      const value = or()
      if (words[at] !== ')') throw new TestError('parenthesis')
      at++
      return value
    }
    // Of two words alone the second is what is asked about, whatever it looks like.
    const plain = words.length === 2 || (words[at + 1] !== '-a' && words[at + 1] !== '-o')
    if (rest() >= 2 && /^-[a-zA-Z]$/.test(word) && plain) {
      at += 2
      return testUnary(process, word, words[at - 1]!, isSet, asks)
    }
    // An operator with nothing after it.
    if (rest() === 2 && binary.has(words[at + 1]!)) throw new TestError('argument', words[at + 1])
    at++
    return word !== ''
  }
  if (!words.length) return false
  const value = or()
  if (at < words.length) throw new TestError('operand', words[at])
  return value
}
