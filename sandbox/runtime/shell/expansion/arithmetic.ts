/** `$(( … ))`: C's integer expressions on 64-bit numbers, over the text left after expansion. */

import type { Dialect } from '../dialect.ts'

/** What is wrong: nothing may be divided by zero, something is lacking, is too much, or is no number. */
type Wrong = 'divide by zero' | 'operand' | 'left over' | 'digit' | 'exponent' | 'depth' | 'value' | 'assignment'

export class ArithmeticError extends Error {
  readonly wrong: Wrong
  /** The text from where it goes wrong. */
  readonly rest: string
  /** The value of a variable, where that is what cannot be read. */
  readonly within: string | undefined
  constructor(wrong: Wrong, rest = '', within?: string) {
    super(wrong)
    this.wrong = wrong
    this.rest = rest
    this.within = within
  }
}

export interface Variables {
  /** @param key of an element of an array */
  get(name: string, key?: string): string | undefined
  set(name: string, value: string, key?: string): void
}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#\w+|\d+)|([A-Za-z_]\w*)|(\*\*|<<=|>>=|[-+*/%&|^=!<>]=|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^!~<>=?:(),]))/y

interface Token {
  kind: 'number' | 'name' | 'op'
  text: string
  at: number
  /** What stands in brackets after a name. */
  key?: string
}

const PRECEDENCE: Record<string, number> = {
  ',': 1,
  '?': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '<': 10,
  '<=': 10,
  '>': 10,
  '>=': 10,
  '<<': 11,
  '>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
}
const ASSIGNMENT = /^(?:[-+*/%&|^]|<<|>>)?=$/

const truth = (b: boolean): bigint => (b ? 1n : 0n)

function compute(op: string, a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
    case '%':
      if (b === 0n) throw new ArithmeticError('divide by zero')
      return op === '/' ? a / b : a % b
    case '**':
      if (b < 0n) throw new ArithmeticError('exponent')
      return a ** b
    case '<<':
      return a << (b & 63n)
    case '>>':
      return a >> (b & 63n)
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '==':
      return truth(a === b)
    case '!=':
      return truth(a !== b)
    case '<':
      return truth(a < b)
    case '<=':
      return truth(a <= b)
    case '>':
      return truth(a > b)
    case '>=':
      return truth(a >= b)
    case ',':
      return b
    default:
      throw new ArithmeticError('operand')
  }
}

/** Where the bracket that opens at `from` is closed. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '[') depth++
    if (text[i] === ']' && --depth === 0) return i
  }
  return -1
}

/** dash has neither powers nor counting by `++`, nor several expressions in one. */
const BEYOND_DASH: ReadonlySet<string> = new Set(['**', '++', '--', ','])

function tokenize(text: string, dialect: Dialect['name']): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trimStart()) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match || (dialect === 'dash' && BEYOND_DASH.has(match[3] ?? '')))
      throw new ArithmeticError(match?.[3] === ',' ? 'left over' : 'operand', text.slice(at).trimStart())
    if (dialect === 'dash' && match[1]?.includes('#'))
      throw new ArithmeticError('left over', text.slice(at).trimStart())
    const word = (match[1] ?? match[2] ?? match[3])!
    const token: Token = {
      kind: match[1] ? 'number' : match[2] ? 'name' : 'op',
      text: word,
      at: TOKEN.lastIndex - word.length,
    }
    at = TOKEN.lastIndex
    if (token.kind === 'name' && dialect === 'bash' && text[at] === '[') {
      const end = closing(text, at)
      if (end < 0) throw new ArithmeticError('operand', text.slice(token.at))
      token.key = text.slice(at + 1, end)
      at = end + 1
    }
    tokens.push(token)
  }
  return tokens
}

export function evaluate(text: string, variables: Variables, dialect: Dialect['name'] = 'bash', depth = 0): bigint {
  if (depth > 20) throw new ArithmeticError('depth')
  const wrap = (n: bigint): bigint => BigInt.asIntN(64, n)
  const tokens = tokenize(text, dialect)
  if (!tokens.length) return 0n
  let i = 0
  /** What is left from the token at hand; at the end, the last one. */
  const lacking = (): ArithmeticError =>
    new ArithmeticError('operand', text.slice((tokens[i] ?? tokens.at(-1)!).at).trimStart())
  const peek = (op: string): boolean => tokens[i]?.kind === 'op' && tokens[i]!.text === op
  const expect = (op: string): void => {
    if (!peek(op)) throw lacking()
    i++
  }
  const read = ({ text: name, key }: Token): bigint => {
    const value = variables.get(name, key)?.trimStart()
    if (!value) return 0n
    const bare = value.trimEnd()
    if (/^-?\d+$/.test(bare) && !/^-?0\d/.test(bare)) return literal(bare, dialect)
    // To dash a variable is a number, to the others an expression.
    if (dialect === 'dash' && !/^[-+]?(?:0[0-7]*|0[xX][0-9a-fA-F]+)$/.test(bare))
      throw new ArithmeticError('value', value)
    try {
      return evaluate(value, variables, dialect, depth + 1)
    } catch (error) {
      if (error instanceof ArithmeticError) throw new ArithmeticError(error.wrong, error.rest, error.within ?? value)
      throw error
    }
  }
  const write = ({ text: name, key }: Token, value: bigint): bigint => {
    variables.set(name, String(wrap(value)), key)
    return wrap(value)
  }
  /** @param target whether what follows may be given to it: an assignment binds less than any operator */
  const primary = (live: boolean, target = false): bigint => {
    const token = tokens[i]
    if (!token) throw lacking()
    i++
    if (token.kind === 'number') return number(token.text, dialect)
    if (token.kind === 'name') {
      for (const op of ['++', '--']) {
        if (peek(op)) {
          i++
          const old = read(token)
          if (live) write(token, op === '++' ? old + 1n : old - 1n)
          return old
        }
      }
      const next = tokens[i]
      if (target && next?.kind === 'op' && ASSIGNMENT.test(next.text)) {
        i++
        const value = expression(2, live)
        if (!live) return 0n
        return write(token, next.text === '=' ? value : compute(next.text.slice(0, -1), read(token), value))
      }
      return live ? read(token) : 0n
    }
    switch (token.text) {
      case '(': {
        const value = expression(0, live)
        expect(')')
        return value
      }
      case '-':
        return -primary(live)
      case '+':
        return primary(live)
      case '!':
        return truth(primary(live) === 0n)
      case '~':
        return ~primary(live)
      case '++':
      case '--': {
        const name = tokens[i++]
        if (name?.kind !== 'name') throw lacking()
        const value = read(name) + (token.text === '++' ? 1n : -1n)
        return live ? write(name, value) : value
      }
      default:
        i--
        throw lacking()
    }
  }
  const expression = (least: number, live: boolean): bigint => {
    let left = primary(live, least <= 2)
    for (;;) {
      const op = tokens[i]
      if (op?.kind !== 'op') return left
      const precedence = PRECEDENCE[op.text]
      if (precedence === undefined || precedence < Math.max(least, 1)) return left
      i++
      if (op.text === '?') {
        const yes = expression(2, live && left !== 0n)
        expect(':')
        const no = expression(3, live && left === 0n)
        left = left !== 0n ? yes : no
      } else if (op.text === '&&') left = truth(expression(precedence + 1, live && left !== 0n) !== 0n && left !== 0n)
      else if (op.text === '||') {
        const right = expression(precedence + 1, live && left === 0n)
        left = truth(left !== 0n || right !== 0n)
      } else {
        const right = expression(op.text === '**' ? precedence : precedence + 1, live)
        left = live ? wrap(compute(op.text, left, right)) : 0n
      }
    }
  }
  const value = expression(0, true)
  const over = tokens[i]
  if (over)
    throw new ArithmeticError(ASSIGNMENT.test(over.text) ? 'assignment' : 'left over', text.slice(over.at).trimStart())
  return wrap(value)
}

const MOST = 2n ** 63n - 1n

/** Digits that are too many: busybox gives up, dash stays at the largest, bash lets them overflow. */
function literal(text: string, dialect: Dialect['name']): bigint {
  const value = BigInt(text)
  if (value <= MOST && value >= -MOST - 1n) return value
  if (dialect === 'ash') return value < 2n ** 64n ? BigInt.asIntN(64, value) : 0n
  if (dialect === 'dash') return value < 0n ? -MOST - 1n : MOST
  return BigInt.asIntN(64, value)
}

function number(text: string, dialect: Dialect['name']): bigint {
  const based = /^(\d+)#(\w+)$/.exec(text)
  if (based) {
    const value = Number.parseInt(based[2]!, Number(based[1]))
    if (Number.isNaN(value)) throw new ArithmeticError('digit', text)
    return BigInt(value)
  }
  if (/^0\d/.test(text)) {
    if (/[89]/.test(text)) throw new ArithmeticError('digit', text)
    return BigInt(`0o${text.slice(1)}`)
  }
  return literal(text, dialect)
}
