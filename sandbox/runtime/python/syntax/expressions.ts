/** The parser of expressions: operators by precedence, lambdas, parameters. */
import { PyBytes, PyFloat } from '../objects/values.ts'
import { AtomParser } from './atoms.ts'
import { BadSyntax, type Expression, type Parameter, type Parameters } from './tree.ts'

/** From the weakest to the strongest. */
const BINARY: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
]
const COMPARISONS = new Set(['<', '>', '==', '>=', '<=', '!='])

export class ExpressionParser extends AtomParser {
  #depth = 0
  /** Within a pattern `as` gives a name to a part. */
  protected inPattern = false

  protected another(source: string): ExpressionParser {
    return new ExpressionParser(source, this.file)
  }

  protected expressions(starred = true): Expression {
    const start = this.token
    const first = starred ? this.starred() : this.expression()
    if (!this.is(',')) return first
    const items = [first]
    while (this.accept(',')) {
      if (!this.beginsExpression()) break
      items.push(starred ? this.starred() : this.expression())
    }
    return this.from(start, { kind: 'tuple' as const, items })
  }

  protected starred(): Expression {
    const start = this.token
    if (!this.accept('*')) return this.namedExpression()
    return this.from(start, { kind: 'starred' as const, value: this.binary(0) })
  }

  protected namedExpression(): Expression {
    const start = this.token
    if (start.type === 'name' && this.ahead().text === ':=') {
      const target = this.name()
      this.take()
      return this.from(start, { kind: 'named' as const, target, value: this.expression() })
    }
    const value = this.expression()
    return this.inPattern && this.accept('as')
      ? this.from(start, { kind: 'named' as const, target: this.name(), value })
      : value
  }

  expression(): Expression {
    const start = this.token
    if (++this.#depth > 90) throw new BadSyntax('too many nested parentheses', start)
    try {
      if (this.is('lambda')) return this.#lambda()
      if (this.is('yield')) return this.#yield()
      const body = this.or()
      if (!this.is('if')) return body
      this.take()
      const test = this.or()
      if (!this.is('else')) throw this.wrong("expected 'else' after 'if' expression", this.from(start, {}))
      this.take()
      const otherwise = this.expression()
      return this.from(start, {
        kind: 'choice' as const,
        test,
        body,
        otherwise,
      })
    } finally {
      this.#depth--
    }
  }

  #yield(): Expression {
    const start = this.take()
    if (!this.inFunction) throw new BadSyntax("'yield' outside function", start)
    this.generates = true
    if (this.accept('from')) return this.from(start, { kind: 'yieldFrom' as const, value: this.expression() })
    return this.from(start, { kind: 'yield' as const, ...(this.beginsExpression() && { value: this.expressions() }) })
  }

  #lambda(): Expression {
    const start = this.take()
    const parameters = this.parameters(':', false)
    this.expect(':')
    const { result, generates } = this.scoped(() => this.expression())
    return this.from(start, {
      kind: 'lambda' as const,
      parameters,
      code: this.code('<lambda>', start.line, { result, generates }),
    })
  }

  /** Reads what is in a function of its own. */
  protected scoped<T>(read: () => T, waits = false): { result: T; generates: boolean } {
    const before = { generates: this.generates, inFunction: this.inFunction, waits: this.waits }
    this.generates = false
    this.inFunction = true
    this.waits = waits
    const result = read()
    const { generates } = this
    Object.assign(this, before)
    return { result, generates }
  }

  protected parameters(end: string, annotated: boolean): Parameters {
    const list: Parameter[] = []
    const all: Parameters = { list }
    let kind: Parameter['kind'] = 'either'
    while (!this.is(end)) {
      if (this.accept('**')) {
        all.keywords = this.identifier()
        if (annotated && this.accept(':')) this.expression()
      } else if (this.accept('*')) {
        if (!this.is(',')) {
          all.rest = this.identifier()
          if (annotated && this.accept(':')) this.starred()
        }
        kind = 'keyword'
      } else if (this.accept('/')) for (const each of list) each.kind = 'positional'
      else {
        const at = this.token
        const parameter: Parameter = { name: this.identifier(), kind }
        if (annotated && this.accept(':')) parameter.annotation = this.expression()
        if (this.accept('=')) parameter.fallback = this.expression()
        else if (kind === 'either' && list.at(-1)?.fallback)
          throw new BadSyntax('parameter without a default follows parameter with a default', at)
        if (list.some(p => p.name === parameter.name))
          throw new BadSyntax(`duplicate argument '${parameter.name}' in function definition`, at)
        list.push(parameter)
      }
      if (!this.accept(',')) break
    }
    return all
  }

  protected or(): Expression {
    return this.#logic('or', () => this.#logic('and', () => this.#not()))
  }

  #logic(op: 'and' | 'or', next: () => Expression): Expression {
    const start = this.token
    const first = next()
    if (!this.is(op)) return first
    const values = [first]
    while (this.accept(op)) values.push(next())
    return this.from(start, { kind: 'logic' as const, op, values })
  }

  #not(): Expression {
    const start = this.token
    if (!this.is('not')) return this.#comparison()
    this.take()
    const operand = this.#not()
    return this.from(start, { kind: 'unary' as const, op: 'not', operand })
  }

  #comparison(): Expression {
    const start = this.token
    const left = this.binary(0)
    const ops: string[] = []
    const others: Expression[] = []
    for (;;) {
      const op = this.#comparisonOperator()
      if (!op) break
      ops.push(op)
      others.push(this.binary(0))
      if (op.startsWith('is')) this.#warnOfIdentity(op, others.at(-2) ?? left, others.at(-1)!)
    }
    if (!ops.length) return left
    return this.from(start, {
      kind: 'compare' as const,
      left,
      ops,
      others,
    })
  }

  /** Whoever asks whether something is a literal means whether it equals it. */
  #warnOfIdentity(op: string, a: Expression, b: Expression): void {
    const kind = literalKind(a) ?? literalKind(b)
    const meant = op === 'is' ? '==' : '!='
    if (kind) this.later.push({ line: a.line, message: `"${op}" with '${kind}' literal. Did you mean "${meant}"?` })
  }

  #comparisonOperator(): string | undefined {
    const { type, text } = this.token
    if (type === 'op' && COMPARISONS.has(text)) return this.take().text
    if (this.accept('in')) return 'in'
    if (this.is('not') && this.ahead().text === 'in') {
      this.take()
      this.take()
      return 'not in'
    }
    if (!this.accept('is')) return undefined
    return this.accept('not') ? 'is not' : 'is'
  }

  protected binary(level: number): Expression {
    const ops = BINARY[level]
    if (!ops) return this.#unary()
    const start = this.token
    let left = this.binary(level + 1)
    while (this.token.type === 'op' && ops.includes(this.token.text)) {
      const { text: op, column } = this.take()
      const right = this.binary(level + 1)
      left = this.from(start, {
        kind: 'binary' as const,
        op,
        left,
        right,
        opColumn: column,
      })
    }
    return left
  }

  #unary(): Expression {
    const start = this.token
    if (start.type !== 'op' || !['-', '+', '~'].includes(start.text)) return this.#power()
    this.take()
    const operand = this.#unary()
    return this.from(start, { kind: 'unary' as const, op: start.text, operand })
  }

  #power(): Expression {
    const start = this.token
    const left = this.primary()
    const { column } = this.token
    if (!this.accept('**')) return left
    const right = this.#unary()
    return this.from(start, {
      kind: 'binary' as const,
      op: '**',
      left,
      right,
      opColumn: column,
    })
  }

  /** One pattern of a `case`: no choice by `if`, which is the guard's. */
  protected patternExpression(): Expression {
    const start = this.token
    if (this.accept('*')) return this.from(start, { kind: 'starred' as const, value: this.name() })
    return this.binary(0)
  }
}

/** The class of a literal of which there may be many. */
function literalKind(e: Expression): string | undefined {
  if (e.kind === 'tuple') return e.items.every(item => item.kind === 'constant') ? 'tuple' : undefined
  if (e.kind !== 'constant') return undefined
  const { value } = e
  if (typeof value === 'number' || typeof value === 'bigint') return 'int'
  if (typeof value === 'string') return 'str'
  return value instanceof PyFloat ? 'float' : value instanceof PyBytes ? 'bytes' : undefined
}
