/** `expr`. */
import { type Call, type Command, Missing, print, Refusal, Usage } from '../command.ts'
import { regexp } from '../text/regexp.ts'

/** Precedence from low to high, as POSIX has it. */
const LEVELS = [['|'], ['&'], ['=', '==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%'], [':']]

export const expr: Command = async call => {
  const words = [...call.args]
  if (!words.length) {
    throw call.flavour === 'gnu' ? new Missing('missing operand', 2) : new Refusal('too few arguments', 2)
  }
  const value = level(call, words, 0)
  if (words.length) throw new Usage('syntax error', 2)
  await print(call, `${value}\n`)
  return value === '' || value === '0' ? 1 : 0
}

function level(call: Call, words: string[], depth: number): string {
  if (depth === LEVELS.length) return operand(call, words)
  let left = level(call, words, depth + 1)
  while (words.length && LEVELS[depth]!.includes(words[0]!)) {
    const op = words.shift()!
    left = apply(call, op, left, level(call, words, depth + 1))
  }
  return left
}

function operand(call: Call, words: string[]): string {
  const word = words.shift()
  if (word === undefined)
    throw call.flavour === 'gnu'
      ? new Refusal(`syntax error: missing argument after '${call.args.at(-1)}'`, 2)
      : new Usage('syntax error', 2)
  if (word === '(') {
    const value = level(call, words, 0)
    if (words.shift() !== ')') throw new Usage('syntax error', 2)
    return value
  }
  // Whatever the next one is, it is meant as it stands.
  if (word === '+' && words.length && call.flavour === 'gnu') return words.shift()!
  if (word === 'length' && words.length) return String([...words.shift()!].length)
  if (word === 'substr' && words.length >= 3) {
    const [text, from, length] = words.splice(0, 3)
    return text!.slice(Number(from) - 1, Number(from) - 1 + Number(length))
  }
  if (word === 'index' && words.length >= 2) {
    const [text, set] = words.splice(0, 2)
    return String([...text!].findIndex(c => set!.includes(c)) + 1)
  }
  if (word === 'match' && words.length >= 2) {
    const [text, pattern] = words.splice(0, 2)
    return apply(call, ':', text!, pattern!)
  }
  return word
}

const isNumber = (text: string): boolean => /^-?\d+$/.test(text)
const nothing = (text: string): boolean => text === '' || text === '0'

function apply(call: Call, op: string, a: string, b: string): string {
  if (op === '|') return nothing(a) ? b || '0' : a
  if (op === '&') return nothing(a) || nothing(b) ? '0' : a
  if (op === ':') {
    const match = new RegExp(`^(?:${regexp(b, 'basic').source})`).exec(a)
    const group = match?.[1]
    return /\\\(/.test(b) ? (group ?? '') : String(match?.[0].length ?? 0)
  }
  if ('+-*/%'.includes(op)) {
    if (!isNumber(a) || !isNumber(b))
      throw new Refusal(call.flavour === 'gnu' ? 'non-integer argument' : 'non-numeric argument', 2)
    const [x, y] = [BigInt(a), BigInt(b)]
    if ('/%'.includes(op) && y === 0n) throw new Refusal('division by zero', 2)
    return String(op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : op === '/' ? x / y : x % y)
  }
  const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
  const holds = {
    '=': order === 0,
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }[op]
  return holds ? '1' : '0'
}
