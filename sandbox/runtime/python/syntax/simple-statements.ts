/** The parser of statements that fit on a line: assignments, imports, `return` and its likes. */
import { ExpressionParser } from './expressions.ts'
import { BadSyntax, type Expression, type Name, type Place, type Statement } from './tree.ts'

const AUGMENTED = /^(\+|-|\*|\/|\/\/|%|@|&|\||\^|>>|<<|\*\*)=$/

export class SimpleStatementParser extends ExpressionParser {
  /** Loops around what is being read, within its function. */
  protected loops = 0

  protected simpleLine(): Statement[] {
    const all: Statement[] = [this.#simple()]
    while (this.accept(';')) if (this.token.type !== 'newline') all.push(this.#simple())
    if (this.token.type !== 'newline' && this.token.type !== 'end') throw this.wrong(this.#whyNotOver(all.at(-1)!))
    if (this.token.type === 'newline') this.take()
    return all
  }

  #whyNotOver(last: Statement): string {
    if (last.kind !== 'expression' || last.value.kind !== 'name' || !this.beginsExpression()) return 'invalid syntax'
    const { id } = last.value
    if (id !== 'print' && id !== 'exec') return 'invalid syntax'
    // The whole statement of Python 2 is underlined.
    const tokens: Place[] = []
    while (this.token.type !== 'newline' && this.token.type !== 'end') tokens.push(this.take())
    const end = tokens.at(-1)!
    throw new BadSyntax(`Missing parentheses in call to '${id}'. Did you mean ${id}(...)?`, {
      ...last,
      endLine: end.endLine,
      endColumn: end.endColumn,
    })
  }

  #simple(): Statement {
    const start = this.token
    const { text, type } = start
    if (type === 'name') {
      switch (text) {
        case 'pass':
        case 'break':
        case 'continue':
          this.take()
          if (text !== 'pass' && !this.loops)
            throw new BadSyntax(text === 'break' ? "'break' outside loop" : "'continue' not properly in loop", start)
          return this.from(start, { kind: text as 'pass' | 'break' | 'continue' })
        case 'return': {
          this.take()
          const value = this.beginsExpression() ? this.expressions() : undefined
          const node = this.from(start, { kind: 'return' as const, ...(value && { value }) })
          if (!this.inFunction) throw new BadSyntax("'return' outside function", node)
          return node
        }
        case 'raise': {
          this.take()
          const exception = this.beginsExpression() ? this.expression() : undefined
          const cause = this.accept('from') ? this.expression() : undefined
          return this.from(start, { kind: 'raise' as const, ...(exception && { exception }), ...(cause && { cause }) })
        }
        case 'global':
        case 'nonlocal': {
          this.take()
          const names = [this.identifier()]
          while (this.accept(',')) names.push(this.identifier())
          return this.from(start, { kind: text as 'global' | 'nonlocal', names })
        }
        case 'import':
          return this.#import()
        case 'from':
          return this.#from()
        case 'assert': {
          this.take()
          const test = this.expression()
          if (test.kind === 'tuple' && test.items.length)
            this.later.push({ line: start.line, message: 'assertion is always true, perhaps remove parentheses?' })
          const message = this.accept(',') ? this.expression() : undefined
          return this.from(start, { kind: 'assert' as const, test, ...(message && { message }) })
        }
        case 'del': {
          this.take()
          const targets = this.targets()
          return this.from(start, {
            kind: 'delete' as const,
            targets: targets.kind === 'tuple' ? targets.items : [targets],
          })
        }
      }
    }
    return this.#assignment()
  }

  #assignment(): Statement {
    const start = this.token
    const value = this.expressions()
    if (this.is('=')) {
      const targets = [this.assignable(value)]
      let last = value
      while (this.accept('=')) {
        last = this.expressions()
        if (this.is('=')) targets.push(this.assignable(last))
      }
      return this.from(start, { kind: 'assign' as const, targets, value: last })
    }
    const augmented = this.token.type === 'op' && AUGMENTED.exec(this.token.text)
    if (augmented) {
      this.take()
      return this.from(start, {
        kind: 'augment' as const,
        target: this.assignable(value),
        op: augmented[1]!,
        value: this.expressions(),
      })
    }
    if (this.is(':') && ['name', 'attribute', 'subscript'].includes(value.kind)) {
      this.take()
      const annotation = this.expression()
      const given = this.accept('=') ? this.expressions() : undefined
      return this.from(start, { kind: 'annotate' as const, target: value, annotation, ...(given && { value: given }) })
    }
    return this.from(start, { kind: 'expression' as const, value })
  }

  /** @throws BadSyntax for what nothing can be assigned to */
  protected assignable(target: Expression): Expression {
    switch (target.kind) {
      case 'name':
      case 'attribute':
      case 'subscript':
        return target
      case 'tuple':
      case 'list':
        target.items.forEach(item => void this.assignable(item))
        return target
      case 'starred':
        this.assignable(target.value)
        return target
      case 'call':
        throw new BadSyntax("cannot assign to function call here. Maybe you meant '==' instead of '='?", target)
      case 'constant':
        throw new BadSyntax(
          target.value === null || typeof target.value === 'boolean'
            ? `cannot assign to ${target.value === null ? 'None' : target.value ? 'True' : 'False'}`
            : "cannot assign to literal here. Maybe you meant '==' instead of '='?",
          target,
        )
      default:
        throw new BadSyntax("cannot assign to expression here. Maybe you meant '==' instead of '='?", target)
    }
  }

  #dotted(): string {
    let name = this.identifier()
    while (this.accept('.')) name += `.${this.identifier()}`
    return name
  }

  #import(): Statement {
    const start = this.take()
    const names: { module: string; alias?: Name; top: Name }[] = []
    do {
      const at = this.token
      const module = this.#dotted()
      const top: Name = this.from(at, { kind: 'name' as const, id: module.split('.')[0]!, home: undefined })
      names.push({ module, top, ...(this.accept('as') && { alias: this.name() }) })
    } while (this.accept(','))
    return this.from(start, { kind: 'import' as const, names })
  }

  #from(): Statement {
    const start = this.take()
    let level = 0
    for (;;) {
      if (this.accept('.')) level++
      else if (this.accept('...')) level += 3
      else break
    }
    const module = this.is('import') ? '' : this.#dotted()
    this.expect('import')
    const names: { name: string; alias: Name }[] = []
    const at = this.token
    if (this.accept('*'))
      names.push({ name: '*', alias: this.from(at, { kind: 'name' as const, id: '*', home: undefined }) })
    else {
      const bracket = this.accept('(')
      do {
        if (this.is(')')) break
        const alias = this.name()
        names.push({ name: alias.id, alias: this.accept('as') ? this.name() : alias })
      } while (this.accept(','))
      if (bracket) this.expect(')')
    }
    return this.from(start, { kind: 'from' as const, module, level, names })
  }
}
