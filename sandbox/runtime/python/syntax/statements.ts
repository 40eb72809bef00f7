/** The parser of statements that have blocks, by their indentation, and of whole files. */
import { patternOf } from './patterns.ts'
import { settle } from './scope.ts'
import { SimpleStatementParser } from './simple-statements.ts'
import {
  BadSyntax,
  type Case,
  type Expression,
  type FunctionCode,
  type Handler,
  type Name,
  type Place,
  type Statement,
} from './tree.ts'

/** A whole file. @throws BadSyntax, NotSimulated */
export function parseModule(source: string, file: string): FunctionCode {
  return new StatementParser(source, file).module()
}

/** One expression, as `eval` wants it. */
export function parseExpression(source: string, file: string): FunctionCode {
  return new StatementParser(source.trim(), file).single()
}

class StatementParser extends SimpleStatementParser {
  module(): FunctionCode {
    const body: Statement[] = []
    while (this.token.type !== 'end') {
      if (this.token.type === 'newline') this.take()
      else body.push(...this.#statement())
    }
    const warnings = [...this.warnings, ...this.later]
    const code = this.code('<module>', 1, { body, ...(warnings.length && { warnings }) })
    settle(code)
    return code
  }

  single(): FunctionCode {
    const result = this.expressions()
    if (this.token.type === 'newline') this.take()
    if (this.token.type !== 'end') throw this.wrong()
    const code = this.code('<module>', 1, { result })
    settle(code)
    return code
  }

  #statement(): Statement[] {
    const { type, text } = this.token
    if (type === 'indent')
      throw new BadSyntax(
        'unexpected indent',
        { ...this.token, column: this.token.endColumn, endColumn: this.token.endColumn + 1 },
        'IndentationError',
      )
    if (type === 'op' && text === '@') return [this.#decorated()]
    if (type === 'name') {
      const compound = this.#compound(text)
      if (compound) return [compound]
    }
    return this.simpleLine()
  }

  #compound(word: string): Statement | undefined {
    const start = this.token
    switch (word) {
      case 'if':
        return this.#if()
      case 'while': {
        this.take()
        const test = this.namedExpression()
        const body = this.#loop("'while' statement", start)
        return this.from(start, { kind: 'while' as const, test, body, otherwise: this.#else() })
      }
      case 'for': {
        this.take()
        const target = this.assignable(this.targets())
        this.expect('in')
        const source = this.expressions()
        const body = this.#loop("'for' statement", start)
        return this.from(start, { kind: 'for' as const, target, source, body, otherwise: this.#else() })
      }
      case 'def':
        return this.#def([])
      case 'class':
        return this.#class([])
      case 'try':
        return this.#try()
      case 'with':
        return this.#with()
      case 'match':
        return this.#match()
      case 'async':
        return this.#async()
      default:
        return undefined
    }
  }

  #loop(what: string, start: Place): Statement[] {
    this.loops++
    const body = this.#block(what, start)
    this.loops--
    return body
  }

  #else(): Statement[] {
    const start = this.token
    return this.accept('else') ? this.#block("'else' statement", start) : []
  }

  #block(what: string, start: Place): Statement[] {
    this.expect(':')
    if (this.token.type !== 'newline') return this.simpleLine()
    while (this.token.type === 'newline') this.take()
    if (this.token.type !== 'indent')
      throw new BadSyntax(
        `expected an indented block after ${what} on line ${start.line}`,
        this.token,
        'IndentationError',
      )
    this.take()
    const body: Statement[] = []
    while (this.token.type !== 'dedent' && this.token.type !== 'end') {
      if (this.token.type === 'newline') this.take()
      else body.push(...this.#statement())
    }
    if (this.token.type === 'dedent') this.take()
    return body
  }

  #if(): Statement {
    const start = this.take()
    const test = this.namedExpression()
    if (this.is('='))
      throw new BadSyntax("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", {
        ...test,
        endLine: this.token.endLine,
        endColumn: this.token.endColumn + 2,
      })
    const body = this.#block(`'${start.text}' statement`, start)
    const otherwise = this.is('elif') ? [this.#if()] : this.#else()
    return this.from(start, { kind: 'if' as const, test, body, otherwise })
  }

  #decorated(): Statement {
    const decorators: Expression[] = []
    while (this.accept('@')) {
      decorators.push(this.namedExpression())
      while (this.token.type === 'newline') this.take()
    }
    if (this.is('class')) return this.#class(decorators)
    return this.accept('async') ? this.#def(decorators, true) : this.#def(decorators)
  }

  #async(): Statement {
    const start = this.take()
    if (this.is('def')) return this.#def([], true)
    if (!this.is('for') && !this.is('with')) throw this.wrong()
    const { text } = this.token
    const statement = this.#compound(text) as Extract<Statement, { kind: 'for' | 'with' }>
    if (!this.waits) throw new BadSyntax(`'async ${text}' outside async function`, this.upTo(start))
    return { ...statement, waits: true }
  }

  #def(decorators: Expression[], waits = false): Statement {
    const start = this.expect('def')
    const target = this.name()
    this.expect('(')
    const parameters = this.parameters(')', true)
    this.expect(')')
    if (this.accept('->')) this.expression()
    const loops = this.loops
    this.loops = 0
    const { result: body, generates } = this.scoped(() => this.#block('function definition', start), waits)
    this.loops = loops
    const code = this.code(target.id, start.line, { body, generates, ...(waits && { waits }) })
    return this.from(start, { kind: 'def' as const, code, parameters, decorators, name_: target })
  }

  #class(decorators: Expression[]): Statement {
    const start = this.expect('class')
    const target = this.name()
    const { args: bases, keywords } = this.accept('(') ? this.arguments() : { args: [], keywords: [] }
    const outside = { inFunction: this.inFunction, loops: this.loops }
    this.inFunction = false
    this.loops = 0
    const body = this.#block('class definition', start)
    this.inFunction = outside.inFunction
    this.loops = outside.loops
    const code = this.code(target.id, start.line, { body })
    return this.from(start, {
      kind: 'class' as const,
      code,
      bases,
      keywords,
      decorators,
      name: target.id,
      home: undefined,
      name_: target,
    })
  }

  #try(): Statement {
    const start = this.take()
    const body = this.#block("'try' statement", start)
    const handlers: Handler[] = []
    while (this.is('except')) {
      const at = this.take()
      const ofGroup = this.accept('*')
      if (handlers.length && ofGroup !== !!handlers[0]!.ofGroup)
        throw this.wrong("cannot have both 'except' and 'except*' on the same 'try'", this.from(at, {}))
      if (ofGroup && this.is(':')) throw this.wrong('expected one or more exception types')
      const type = this.is(':') ? undefined : this.expressions(false)
      const name = this.accept('as') ? this.name() : undefined
      handlers.push(
        this.from(at, {
          ...(ofGroup && { ofGroup }),
          ...(type && { type }),
          ...(name && { name }),
          body: this.#block(ofGroup ? "'except*' statement" : "'except' statement", at),
        }),
      )
    }
    const otherwise = this.#else()
    const at = this.token
    const last = this.accept('finally') ? this.#block("'finally' statement", at) : []
    if (!handlers.length && !last.length) throw this.wrong("expected 'except' or 'finally' block")
    return this.from(start, { kind: 'try' as const, body, handlers, otherwise, finally: last })
  }

  #with(): Statement {
    const start = this.take()
    const before = this.position
    const items: { context: Expression; target?: Expression }[] = []
    const some = (end: string): void => {
      do {
        if (this.is(end)) break
        const context = this.expression()
        items.push({ context, ...(this.accept('as') && { target: this.assignable(this.target()) }) })
      } while (this.accept(','))
    }
    if (this.accept('(')) {
      try {
        some(')')
        this.expect(')')
        if (!this.is(':')) throw this.wrong()
      } catch (error) {
        if (!(error instanceof BadSyntax)) throw error
        // The bracket belonged to the first expression.
        items.length = 0
        this.position = before
        some(':')
      }
    } else some(':')
    return this.from(start, { kind: 'with' as const, items, body: this.#block("'with' statement", start) })
  }

  /** `match` and `case` are words like others where they begin no such statement. */
  #match(): Statement | undefined {
    const start = this.token
    const next = this.ahead()
    if (next.type === 'newline' || (next.type === 'op' && !['(', '[', '{', '-', '*'].includes(next.text)))
      return undefined
    const before = this.position
    this.take()
    try {
      const subject = this.expressions()
      if (!this.is(':') || this.ahead().type !== 'newline') throw this.wrong()
      const cases: Case[] = []
      this.take()
      while (this.nextIs('newline')) this.take()
      if (!this.nextIs('indent') || this.ahead().text !== 'case') throw this.wrong()
      this.take()
      while (this.is('case')) {
        const at = this.take()
        const pattern = patternOf(this.expressionsAsPattern())
        const guard = this.accept('if') ? this.namedExpression() : undefined
        cases.push({ pattern, ...(guard && { guard }), body: this.#block("'case' statement", at) })
        while (this.nextIs('newline')) this.take()
      }
      if (this.nextIs('dedent')) this.take()
      return this.from(start, { kind: 'match' as const, subject, cases })
    } catch (error) {
      if (!(error instanceof BadSyntax) || this.position > before + 40) throw error
      this.position = before
      return undefined
    }
  }

  /** Patterns look like expressions, but for `as`, which is read as a choice of names. */
  protected expressionsAsPattern(): { value: Expression; alias?: Name } {
    // The `if` of a guard must not be read as a choice.
    this.inPattern = true
    const value = this.targetsOfCase()
    this.inPattern = false
    return { value, ...(this.accept('as') && { alias: this.name() }) }
  }

  protected targetsOfCase(): Expression {
    const start = this.token
    const one = (): Expression => this.patternExpression()
    const first = one()
    if (!this.is(',')) return first
    const items = [first]
    while (this.accept(',')) if (!this.is(':')) items.push(one())
    return this.from(start, { kind: 'tuple' as const, items })
  }
}
