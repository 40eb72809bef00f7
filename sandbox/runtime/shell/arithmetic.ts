/** `$(( … ))`: C's integer expressions on 64-bit numbers, over the text left after expansion. */

export class ArithmeticError extends Error {}

export interface Variables {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#\w+|\d+)|([A-Za-z_]\w*)|(\*\*|<<=|>>=|[-+*/%&|^=!<>]=|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^!~<>=?:(),]))/y

type Token = { kind: 'number' | 'name' | 'op'; text: string } | undefined

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
      if (b < 0n) throw new ArithmeticError('exponent less than 0')
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
      throw new ArithmeticError('arithmetic syntax error')
  }
}

export function evaluate(text: string, variables: Variables, depth = 0): bigint {
  if (depth > 20) throw new ArithmeticError('expression recursion level exceeded')
  const wrap = (n: bigint): bigint => BigInt.asIntN(64, n)
  const tokens: NonNullable<Token>[] = []
  let at = 0
  while (text.slice(at).trim()) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) throw new ArithmeticError('arithmetic syntax error')
    tokens.push({ kind: match[1] ? 'number' : match[2] ? 'name' : 'op', text: (match[1] ?? match[2] ?? match[3])! })
    at = TOKEN.lastIndex
  }
  if (!tokens.length) return 0n
  let i = 0
  const peek = (op: string): boolean => tokens[i]?.kind === 'op' && tokens[i]!.text === op
  const expect = (op: string): void => {
    if (!peek(op)) throw new ArithmeticError('arithmetic syntax error')
    i++
  }
  const read = (name: string): bigint => {
    const value = variables.get(name)?.trim()
    if (!value) return 0n
    return /^-?\d+$/.test(value) && !/^-?0\d/.test(value) ? BigInt(value) : evaluate(value, variables, depth + 1)
  }
  const write = (name: string, value: bigint): bigint => {
    variables.set(name, String(wrap(value)))
    return wrap(value)
  }
  const primary = (live: boolean): bigint => {
    const token = tokens[i++]
    if (!token) throw new ArithmeticError('arithmetic syntax error')
    if (token.kind === 'number') return number(token.text)
    if (token.kind === 'name') {
      for (const op of ['++', '--']) {
        if (peek(op)) {
          i++
          const old = read(token.text)
          if (live) write(token.text, op === '++' ? old + 1n : old - 1n)
          return old
        }
      }
      const next = tokens[i]
      if (next?.kind === 'op' && ASSIGNMENT.test(next.text)) {
        i++
        const value = expression(2, live)
        if (!live) return 0n
        return write(token.text, next.text === '=' ? value : compute(next.text.slice(0, -1), read(token.text), value))
      }
      return live ? read(token.text) : 0n
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
        if (name?.kind !== 'name') throw new ArithmeticError('arithmetic syntax error')
        const value = read(name.text) + (token.text === '++' ? 1n : -1n)
        return live ? write(name.text, value) : value
      }
      default:
        throw new ArithmeticError('arithmetic syntax error')
    }
  }
  const expression = (least: number, live: boolean): bigint => {
    let left = primary(live)
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
  if (i < tokens.length) throw new ArithmeticError('arithmetic syntax error')
  return wrap(value)
}

function number(text: string): bigint {
  const based = /^(\d+)#(\w+)$/.exec(text)
  if (based) {
    const value = Number.parseInt(based[2]!, Number(based[1]))
    if (Number.isNaN(value)) throw new ArithmeticError('arithmetic syntax error')
    return BigInt(value)
  }
  if (/^0\d/.test(text)) {
    if (/[89]/.test(text)) throw new ArithmeticError('arithmetic syntax error')
    return BigInt(`0o${text.slice(1)}`)
  }
  return BigInt(text)
}
