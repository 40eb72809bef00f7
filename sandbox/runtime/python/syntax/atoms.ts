/** The parser of what binds strongest: names, literals, displays and comprehensions, calls, subscripts. */
import { ELLIPSIS, PyFloat, type Value } from '../objects/values.ts'
import type { Token } from './lexer.ts'
import { literal } from './strings.ts'
import { KEYWORDS, TokenReader } from './token-reader.ts'
import {
  BadSyntax,
  type Clause,
  type Expression,
  type FunctionCode,
  type Keyword,
  NotSimulated,
  type Place,
} from './tree.ts'

export abstract class AtomParser extends TokenReader {
  /** Whether the function being read yields. */
  protected generates = false
  protected inFunction = false
  /** Whether that is an `async def`. */
  protected waits = false

  /** One expression, or several as a tuple. */
  protected abstract expressions(starred?: boolean): Expression
  protected abstract expression(): Expression
  /** An expression, or `*` before one. */
  protected abstract starred(): Expression
  protected abstract namedExpression(): Expression
  /** What `or` binds. */
  protected abstract or(): Expression
  /** @param level 0 for what the weakest binary operator binds */
  protected abstract binary(level: number): Expression
  /** A parser of the same kind, for a text of its own. */
  protected abstract another(source: string): AtomParser

  protected beginsExpression(): boolean {
    const { type, text } = this.token
    if (type === 'number' || type === 'string') return true
    if (type === 'name')
      return !KEYWORDS.has(text) || ['None', 'True', 'False', 'not', 'lambda', 'yield', 'await'].includes(text)
    return type === 'op' && ['(', '[', '{', '-', '+', '~', '*', '...', '**'].includes(text)
  }

  protected code(name: string, line: number, more: Partial<FunctionCode>): FunctionCode {
    return { name, line, body: [], generates: false, file: this.file, locals: new Set(), ...more }
  }

  protected primary(): Expression {
    const start = this.token
    if (this.is('await')) return this.#await()
    let value = this.#atom()
    for (;;) {
      const open = this.token.column
      if (this.accept('.')) value = this.from(start, { kind: 'attribute' as const, value, name: this.identifier() })
      else if (this.accept('(')) {
        const { args, keywords } = this.arguments()
        value = this.from(start, { kind: 'call' as const, callee: value, args, keywords, open })
      } else if (this.accept('[')) {
        const index = this.#subscript()
        this.expect(']')
        value = this.from(start, { kind: 'subscript' as const, value, index })
      } else return value
    }
  }

  #await(): Expression {
    const start = this.take()
    const node = this.from(start, { kind: 'await' as const, value: this.primary() })
    if (!this.waits)
      throw new BadSyntax(this.inFunction ? "'await' outside async function" : "'await' outside function", node)
    return node
  }

  /** What stands in a call, with the closing bracket. */
  protected arguments(): { args: Expression[]; keywords: Keyword[] } {
    const args: Expression[] = []
    const keywords: Keyword[] = []
    while (!this.is(')')) {
      const start = this.token
      if (this.accept('**')) keywords.push({ value: this.expression() })
      else if (start.type === 'name' && this.ahead().text === '=' && this.ahead().type === 'op') {
        const name = this.identifier()
        this.take()
        const value = this.expression()
        if (keywords.some(k => k.name === name))
          throw new BadSyntax(`keyword argument repeated: ${name}`, this.from(start, {}))
        keywords.push({ name, value })
      } else {
        const value = this.starred()
        if (this.#beginsClause()) args.push(this.#comprehension(start, 'generator', value))
        else if (keywords.some(k => k.name) && value.kind !== 'starred') throw this.#misplaced()
        else args.push(value)
      }
      if (!this.accept(',')) break
    }
    if (!this.is(')'))
      throw this.beginsExpression() && args.length
        ? this.wrong('invalid syntax. Perhaps you forgot a comma?', {
            ...args.at(-1)!,
            endLine: this.token.endLine,
            endColumn: this.token.endColumn,
          })
        : this.wrong()
    this.take()
    return { args, keywords }
  }

  /** The error is told of where the call ends. */
  #misplaced(): BadSyntax {
    let depth = 1
    while (this.token.type !== 'end') {
      if (this.token.type === 'op') {
        if ('([{'.includes(this.token.text)) depth++
        if (')]}'.includes(this.token.text) && !--depth) break
      }
      this.take()
    }
    return new BadSyntax('positional argument follows keyword argument', this.token)
  }

  #subscript(): Expression {
    const start = this.token
    const one = (): Expression => {
      const at = this.token
      const part = (): Expression | undefined =>
        this.is(':') || this.is(']') || this.is(',') ? undefined : this.starred()
      const lower = part()
      if (!this.is(':')) return lower ?? this.expression()
      this.take()
      const upper = part()
      const step = this.accept(':') ? part() : undefined
      return this.from(at, {
        kind: 'slice' as const,
        ...(lower && { lower }),
        ...(upper && { upper }),
        ...(step && { step }),
      })
    }
    const first = one()
    if (!this.is(',')) return first
    const items = [first]
    while (this.accept(',')) if (!this.is(']')) items.push(one())
    return this.from(start, { kind: 'tuple' as const, items })
  }

  #constant(start: Place, value: Value): Expression {
    return this.from(start, { kind: 'constant' as const, value })
  }

  #atom(): Expression {
    const start = this.token
    const { type, text } = start
    if (type === 'string') {
      const tokens: Token[] = []
      while (this.token.type === 'string') tokens.push(this.take())
      return literal(
        tokens,
        (source, at) => this.within(source, at),
        warning => this.warnings.push(warning),
      )
    }
    if (type === 'number') return this.#constant(start, numberOf(this.take().text))
    if (type === 'name') {
      if (text === 'None' || text === 'True' || text === 'False') {
        this.take()
        return this.#constant(start, text === 'None' ? null : text === 'True')
      }
      return this.name()
    }
    if (this.accept('...')) return this.#constant(start, ELLIPSIS)
    if (this.accept('(')) return this.#parenthesized(start)
    if (this.accept('[')) return this.#items(start, ']', 'list')
    if (this.accept('{')) return this.#braces(start)
    throw this.wrong()
  }

  /** Reads an expression that stands in an f-string. */
  protected within(source: string, at: Place): Expression {
    const inner = this.another(`(${source})`)
    inner.inFunction = this.inFunction
    inner.waits = this.waits
    inner.standAt(at)
    inner.take()
    const value = inner.expressions()
    this.warnings.push(...inner.warnings)
    this.later.push(...inner.later)
    inner.expect(')')
    this.generates ||= inner.generates
    return value
  }

  #parenthesized(start: Token): Expression {
    if (this.accept(')')) return this.from(start, { kind: 'tuple' as const, items: [] })
    const first = this.starred()
    if (this.#beginsClause()) {
      const all = this.#comprehension(start, 'generator', first)
      this.expect(')')
      return { ...all, endLine: this.ahead(-1).endLine, endColumn: this.ahead(-1).endColumn }
    }
    if (!this.is(',')) {
      if (!this.is(')') && this.beginsExpression())
        throw this.wrong('invalid syntax. Perhaps you forgot a comma?', {
          ...first,
          endLine: this.token.endLine,
          endColumn: this.token.endColumn,
        })
      this.expect(')')
      return first
    }
    const items = [first]
    while (this.accept(',')) if (!this.is(')')) items.push(this.starred())
    this.expect(')')
    return this.from(start, { kind: 'tuple' as const, items })
  }

  #items(start: Token, end: string, kind: 'list' | 'set', already?: Expression): Expression {
    const items: Expression[] = already ? [already] : []
    if (!already && !this.is(end)) items.push(this.starred())
    if (items.length && this.#beginsClause()) {
      const all = this.#comprehension(start, kind, items[0]!)
      this.expect(end)
      return { ...all, endLine: this.ahead(-1).endLine, endColumn: this.ahead(-1).endColumn }
    }
    while (this.accept(',')) if (!this.is(end)) items.push(this.starred())
    if (!this.is(end) && this.beginsExpression())
      throw this.wrong('invalid syntax. Perhaps you forgot a comma?', {
        ...items.at(-1)!,
        endLine: this.token.endLine,
        endColumn: this.token.endColumn,
      })
    this.expect(end)
    return this.from(start, { kind, items })
  }

  #braces(start: Token): Expression {
    const keys: (Expression | undefined)[] = []
    const values: Expression[] = []
    while (!this.is('}')) {
      if (this.accept('**')) {
        keys.push(undefined)
        values.push(this.binary(0))
      } else {
        const key = this.starred()
        if (!this.is(':')) {
          if (keys.length) throw this.wrong("':' expected after dictionary key")
          return this.#items(start, '}', 'set', key)
        }
        this.take()
        const value = this.expression()
        if (this.#beginsClause()) {
          const all = this.#comprehension(start, 'dict', value, key)
          this.expect('}')
          return { ...all, endLine: this.ahead(-1).endLine, endColumn: this.ahead(-1).endColumn }
        }
        keys.push(key)
        values.push(value)
      }
      if (!this.accept(',')) break
    }
    this.expect('}')
    return this.from(start, { kind: 'dict' as const, keys, values })
  }

  #beginsClause(): boolean {
    return this.is('for') || (this.is('async') && this.ahead().text === 'for')
  }

  #comprehension(
    start: Place,
    makes: 'list' | 'set' | 'dict' | 'generator',
    result: Expression,
    resultKey?: Expression,
  ): Expression {
    const clauses: Clause[] = []
    while (this.#beginsClause()) {
      const waits = this.accept('async')
      this.take()
      const target = this.targets()
      this.expect('in')
      const source = this.or()
      const conditions: Expression[] = []
      while (this.accept('if')) conditions.push(this.#conditionOf())
      clauses.push({ target, source, conditions, ...(waits && { waits }) })
    }
    const name = { list: '<listcomp>', set: '<setcomp>', dict: '<dictcomp>', generator: '<genexpr>' }[makes]
    const code = this.code(name, start.line, {
      result,
      generates: makes === 'generator',
      ...(resultKey && { resultKey }),
    })
    return this.from(start, { kind: 'comprehension' as const, makes, code, clauses })
  }

  #conditionOf(): Expression {
    const start = this.token
    if (start.type === 'name' && this.ahead().text === ':=') return this.namedExpression()
    return this.or()
  }

  /** What is assigned to, before `in`. */
  protected targets(): Expression {
    const start = this.token
    const first = this.target()
    if (!this.is(',')) return first
    const items = [first]
    while (this.accept(',')) if (!this.is('in') && !this.is('=')) items.push(this.target())
    return this.from(start, { kind: 'tuple' as const, items })
  }

  protected target(): Expression {
    const start = this.token
    if (this.accept('*')) return this.from(start, { kind: 'starred' as const, value: this.primary() })
    return this.primary()
  }
}

function numberOf(text: string): Value {
  const plain = text.replaceAll('_', '')
  if (/j$/i.test(plain)) throw new NotSimulated('complex numbers')
  if (/^0[xob]/i.test(plain) || /^\d+$/.test(plain)) {
    const small = Number(plain)
    return Number.isSafeInteger(small) ? small : BigInt(plain)
  }
  return new PyFloat(Number(plain))
}
