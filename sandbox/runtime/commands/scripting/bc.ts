/** `bc`: reckoning with as many digits as one likes. Statements that are expressions and assignments; no functions of one's own. */
import { type Call, type Command, complain, options, print } from '../command.ts'
import { lines } from '../text/reading.ts'

/** digits / 10^scale */
interface Num {
  digits: bigint
  scale: number
}

class Wrong extends Error {}

const power = (scale: number): bigint => 10n ** BigInt(scale)
const whole = (digits: bigint): Num => ({ digits, scale: 0 })
const rescaled = ({ digits, scale }: Num, to: number): bigint =>
  to >= scale ? digits * power(to - scale) : digits / power(scale - to)

const FUNCTIONS = ['sqrt', 'length', 'scale']

class Reckoner {
  readonly #variables = new Map<string, Num>()
  scale = 0
  #ibase = 10
  #obase = 10
  #tokens: string[] = []
  #at = 0

  /** Runs one line. @returns what it prints; undefined when it is to end */
  run(line: string): string | undefined {
    let out = ''
    for (const statement of line.replace(/#.*/, '').split(';')) {
      const text = statement.trim()
      if (!text) continue
      if (text === 'quit' || text === 'halt') return undefined
      const [, label] = /^"(.*)"$/s.exec(text) ?? []
      if (label !== undefined) {
        out += label
        continue
      }
      if (/^(if|while|for|define|print|read)\b/.test(text)) throw new Wrong(`${text.split(/\W/)[0]} is not simulated`)
      this.#tokens = text.match(/[0-9A-F]*\.?[0-9A-F]+\.?|[a-z_][a-z0-9_]*|[-+*/%^]=|[<>=!]=|\S/g) ?? []
      this.#at = 0
      const isAssignment = /^[a-z_]\w*\s*[-+*/%^]?=(?!=)/.test(text)
      const value = this.#assignment()
      if (this.#at < this.#tokens.length) throw new Wrong('syntax error')
      if (!isAssignment) out += `${this.#shown(value)}\n`
    }
    return out
  }

  #next(): string | undefined {
    return this.#tokens[this.#at]
  }

  #take(...wanted: string[]): string | undefined {
    const token = this.#next()
    if (token === undefined || !wanted.includes(token)) return undefined
    this.#at++
    return token
  }

  #assignment(): Num {
    const name = this.#next()
    const operator = this.#tokens[this.#at + 1]
    if (!name || !/^[a-z_]/.test(name) || !operator || !/^[-+*/%^]?=$/.test(operator)) return this.#comparison()
    this.#at += 2
    const given = this.#assignment()
    const value = operator === '=' ? given : this.#apply(operator[0]!, this.#get(name), given)
    const n = Number(value.digits / power(value.scale))
    if (name === 'scale') this.scale = n
    else if (name === 'ibase') this.#ibase = n
    else if (name === 'obase') this.#obase = n
    else this.#variables.set(name, value)
    return value
  }

  #get(name: string): Num {
    if (name === 'scale') return whole(BigInt(this.scale))
    if (name === 'ibase') return whole(BigInt(this.#ibase))
    if (name === 'obase') return whole(BigInt(this.#obase))
    return this.#variables.get(name) ?? whole(0n)
  }

  #comparison(): Num {
    let left = this.#sum()
    for (let op = this.#take('<', '>', '<=', '>=', '==', '!='); op; op = this.#take('<', '>', '<=', '>=', '==', '!=')) {
      const right = this.#sum()
      const to = Math.max(left.scale, right.scale)
      const [a, b] = [rescaled(left, to), rescaled(right, to)]
      const holds = { '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b, '==': a === b, '!=': a !== b }[op]
      left = whole(holds ? 1n : 0n)
    }
    return left
  }

  #sum(): Num {
    let left = this.#product()
    for (let op = this.#take('+', '-'); op; op = this.#take('+', '-')) left = this.#apply(op, left, this.#product())
    return left
  }

  #product(): Num {
    let left = this.#power()
    for (let op = this.#take('*', '/', '%'); op; op = this.#take('*', '/', '%'))
      left = this.#apply(op, left, this.#power())
    return left
  }

  #power(): Num {
    const base = this.#unary()
    return this.#take('^') ? this.#apply('^', base, this.#power()) : base
  }

  #unary(): Num {
    if (!this.#take('-')) return this.#atom()
    const { digits, scale } = this.#unary()
    return { digits: -digits, scale }
  }

  #atom(): Num {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new Wrong('syntax error')
    if (token === '(') {
      const value = this.#assignment()
      if (!this.#take(')')) throw new Wrong('syntax error')
      return value
    }
    if (FUNCTIONS.includes(token) && this.#take('(')) {
      const argument = this.#assignment()
      if (!this.#take(')')) throw new Wrong('syntax error')
      return this.#call(token, argument)
    }
    if (/^[a-z_]/.test(token)) {
      if (this.#next() === '(') throw new Wrong(`the function ${token} is not simulated`)
      return this.#get(token)
    }
    if (!/^[0-9A-F.]+$/.test(token)) throw new Wrong('syntax error')
    return this.#number(token)
  }

  #number(token: string): Num {
    const [before = '', after = ''] = token.split('.')
    if (this.#ibase === 10) return { digits: BigInt(`${before || 0}${after}`), scale: after.length }
    let digits = 0n
    for (const digit of before) digits = digits * BigInt(this.#ibase) + BigInt(Number.parseInt(digit, 16))
    if (after) throw new Wrong('fractions in other bases are not simulated')
    return whole(digits)
  }

  #call(name: string, argument: Num): Num {
    if (name === 'scale') return whole(BigInt(argument.scale))
    if (name === 'length') return whole(BigInt(String(argument.digits).replace('-', '').length))
    if (argument.digits < 0n) throw new Wrong('negative number')
    const to = Math.max(this.scale, argument.scale)
    return { digits: root(rescaled(argument, 2 * to)), scale: to }
  }

  #apply(operator: string, a: Num, b: Num): Num {
    const to = Math.max(a.scale, b.scale)
    switch (operator) {
      case '+':
        return { digits: rescaled(a, to) + rescaled(b, to), scale: to }
      case '-':
        return { digits: rescaled(a, to) - rescaled(b, to), scale: to }
      case '*': {
        const product = { digits: a.digits * b.digits, scale: a.scale + b.scale }
        const kept = Math.min(product.scale, Math.max(this.scale, a.scale, b.scale))
        return { digits: rescaled(product, kept), scale: kept }
      }
      case '/':
        return this.#divide(a, b, this.scale)
      case '%': {
        const quotient = this.#divide(a, b, this.scale)
        const scale = Math.max(this.scale + b.scale, a.scale)
        const product = { digits: quotient.digits * b.digits, scale: quotient.scale + b.scale }
        return { digits: rescaled(a, scale) - rescaled(product, scale), scale }
      }
      default: {
        const exponent = Number(b.digits / power(b.scale))
        if (exponent < 0) return this.#divide(whole(1n), this.#apply('^', a, whole(BigInt(-exponent))), this.scale)
        if (exponent > 100_000) throw new Wrong('such great powers are not simulated')
        const raised = { digits: a.digits ** BigInt(exponent), scale: a.scale * exponent }
        const kept = Math.min(raised.scale, Math.max(this.scale, a.scale))
        return { digits: rescaled(raised, kept), scale: kept }
      }
    }
  }

  #divide(a: Num, b: Num, scale: number): Num {
    if (b.digits === 0n) throw new Wrong('divide by zero')
    return { digits: (a.digits * power(scale + b.scale)) / (b.digits * power(a.scale)), scale }
  }

  #shown({ digits, scale }: Num): string {
    const sign = digits < 0n ? '-' : ''
    const absolute = digits < 0n ? -digits : digits
    if (this.#obase !== 10) {
      if (scale) throw new Wrong('fractions in other bases are not simulated')
      return sign + absolute.toString(this.#obase).toUpperCase()
    }
    const text = String(absolute).padStart(scale + 1, '0')
    if (!scale || !absolute) return absolute ? sign + text : '0'
    const before = text.slice(0, -scale)
    return `${sign}${before === '0' ? '' : before}.${text.slice(-scale)}`
  }
}

/** The integer below the square root. */
function root(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2))
  for (;;) {
    const better = (x + n / x) >> 1n
    if (better >= x) return x
    x = better
  }
}

async function all(call: Call, reckoner: Reckoner, source: AsyncGenerator<string>): Promise<number | 'quit'> {
  for await (const line of source) {
    try {
      const out = reckoner.run(line.replace(/\n$/, ''))
      if (out === undefined) return 'quit'
      if (out) await print(call, out)
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      const unknown = error.message.endsWith('simulated')
      await complain(
        call,
        error.message === 'syntax error' && call.flavour === 'busybox' ? 'bad expression' : error.message,
      )
      if (unknown) return 126
      if (call.flavour === 'busybox') return 1
    }
  }
  return 0
}

export const bc: Command = async call => {
  const flags = options(call, 'ilsqw', { mathlib: 'l', quiet: 'q' })
  const reckoner = new Reckoner()
  if (flags.has('l')) reckoner.scale = 20
  for (const file of [...flags.rest, '-']) {
    const stream = file === '-' ? call.process.fds[0]! : call.process.fs.open(file, 'r')
    const ended = await all(call, reckoner, lines(call.process, stream))
    if (ended !== 0) return ended === 'quit' ? 0 : ended
  }
  return 0
}
