/** The expressions of an awk program, by how strongly their operators bind: recursive descent over POSIX's grammar. */
import { TokenReader } from './token-reader.ts'
import type { Expression, Target } from './tree.ts'

const isTarget = (e: Expression): e is Target => e.type === 'variable' || e.type === 'element' || e.type === 'field'

export class ExpressionReader extends TokenReader {
  /** What is called, in the order of the text. */
  protected readonly called = new Set<string>()

  protected list(): Expression[] {
    const items = [this.expression()]
    while (this.accept(',')) {
      this.newlines()
      items.push(this.expression())
    }
    return items
  }

  protected subscript(): Expression[] {
    this.expect('[')
    const index = this.nested(() => this.list())
    this.expect(']')
    return index
  }

  protected expression(): Expression {
    const left = this.deeper(() => this.#choice())
    const operator = this.peek().text
    if (this.peek().type === 'sign' && /^[-+*/%^]?=$/.test(operator) && isTarget(left)) {
      this.at++
      this.newlines()
      return { type: 'assign', to: left, operator: operator.slice(0, -1), value: this.expression() }
    }
    return left
  }

  #choice(): Expression {
    const test = this.#or()
    if (!this.accept('?')) return test
    this.newlines()
    const yes = this.expression()
    this.newlines()
    this.expect(':')
    this.newlines()
    return { type: 'choice', test, yes, no: this.expression() }
  }

  #or(): Expression {
    let left = this.#and()
    while (this.accept('||')) {
      this.newlines()
      left = { type: 'or', left, right: this.#and() }
    }
    return left
  }

  #and(): Expression {
    let left = this.#membership()
    while (this.accept('&&')) {
      this.newlines()
      left = { type: 'and', left, right: this.#membership() }
    }
    return left
  }

  #membership(): Expression {
    let left = this.#matching()
    while (this.accept('in'))
      left = { type: 'in', index: left.type === 'group' ? left.items : [left], name: this.nameHere() }
    return left
  }

  #matching(): Expression {
    let left = this.#comparison()
    for (;;) {
      if (this.accept('~')) left = { type: 'match', negated: false, left, right: this.#comparison() }
      else if (this.accept('!~')) left = { type: 'match', negated: true, left, right: this.#comparison() }
      else return left
    }
  }

  #comparison(): Expression {
    let left = this.concatenation(false)
    for (;;) {
      if (this.is('|') && this.words[this.at + 1]?.text === 'getline' && this.words[this.at + 1]?.type === 'word') {
        this.at += 2
        left = { type: 'getline', from: left, by: '|', ...this.targetHere() }
        continue
      }
      const operator = ['<', '<=', '==', '!=', '>=', ...(this.noGreater ? [] : ['>'])].find(text => this.is(text))
      if (!operator) return left
      this.at++
      left = { type: 'binary', operator, left, right: this.concatenation(false) }
    }
  }

  #startsOperand(): boolean {
    const { type, text } = this.peek()
    if (['number', 'string', 'regexp', 'name', 'function', 'builtin'].includes(type)) return true
    return type === 'sign' && ['$', '!', '(', '-', '+', '++', '--'].includes(text)
  }

  protected concatenation(destination: boolean): Expression {
    let left = this.#additive()
    while (this.#startsOperand() && !this.is('-') && !this.is('+') && !(destination && this.is('|')))
      left = { type: 'binary', operator: ' ', left, right: this.#additive() }
    return left
  }

  #additive(): Expression {
    let left = this.#multiplicative()
    for (;;) {
      const operator = ['+', '-'].find(text => this.is(text))
      if (!operator) return left
      this.at++
      left = { type: 'binary', operator, left, right: this.#multiplicative() }
    }
  }

  #multiplicative(): Expression {
    let left = this.#unary()
    for (;;) {
      const operator = ['*', '/', '%'].find(text => this.is(text))
      if (!operator) return left
      this.at++
      left = { type: 'binary', operator, left, right: this.#unary() }
    }
  }

  #unary(): Expression {
    for (const operator of ['!', '-', '+'] as const)
      if (this.accept(operator)) return { type: 'unary', operator, of: this.#unary() }
    return this.#power()
  }

  #power(): Expression {
    const left = this.#postfix()
    if (!this.accept('^')) return left
    // `2^-1`, and from right to left.
    const right = this.is('-') || this.is('+') || this.is('!') ? this.#unary() : this.#power()
    return { type: 'binary', operator: '^', left, right }
  }

  #postfix(): Expression {
    const of = this.#primary()
    if (isTarget(of)) {
      if (this.accept('++')) return { type: 'step', to: of, by: 1, before: false }
      if (this.accept('--')) return { type: 'step', to: of, by: -1, before: false }
    }
    return of
  }

  protected targetHere(): { to?: Target } {
    if (this.peek().type !== 'name' && !this.is('$')) return {}
    const to = this.#primary()
    return isTarget(to) ? { to } : this.fail()
  }

  #primary(): Expression {
    const token = this.peek()
    switch (token.type) {
      case 'number':
        this.at++
        return { type: 'number', value: Number(token.text) }
      case 'string':
        this.at++
        return { type: 'string', value: token.text }
      case 'regexp':
        this.at++
        return { type: 'regexp', source: token.text }
      case 'name':
        this.at++
        return this.is('[')
          ? { type: 'element', name: token.text, index: this.subscript() }
          : { type: 'variable', name: token.text }
      case 'function':
      case 'builtin': {
        this.at++
        // `length` alone needs no parentheses.
        if (token.type === 'builtin' && !this.is('(')) {
          if (token.text !== 'length') this.fail()
          return { type: 'builtin', name: 'length', args: [] }
        }
        this.expect('(')
        this.newlines()
        const args = this.nested(() => (this.is(')') ? [] : this.list()))
        this.newlines()
        this.expect(')')
        if (token.type === 'function') this.called.add(token.text)
        return { type: token.type === 'function' ? 'call' : 'builtin', name: token.text, args }
      }
      default:
    }
    if (this.accept('$')) {
      if (this.accept('++'))
        return { type: 'field', of: { type: 'step', to: this.#targetOf(this.#primary()), by: 1, before: true } }
      if (this.accept('--'))
        return { type: 'field', of: { type: 'step', to: this.#targetOf(this.#primary()), by: -1, before: true } }
      if (this.accept('-')) return { type: 'field', of: { type: 'unary', operator: '-', of: this.#primary() } }
      return { type: 'field', of: this.#primary() }
    }
    if (this.accept('++')) return { type: 'step', to: this.#targetOf(this.#primary()), by: 1, before: true }
    if (this.accept('--')) return { type: 'step', to: this.#targetOf(this.#primary()), by: -1, before: true }
    if (this.accept('(')) {
      const items = this.nested(() => this.list())
      this.expect(')')
      return items.length === 1 ? items[0]! : { type: 'group', items }
    }
    if (this.accept('getline')) {
      const to = this.targetHere()
      return this.accept('<') ? { type: 'getline', from: this.#primary(), by: '<', ...to } : { type: 'getline', ...to }
    }
    return this.fail()
  }

  #targetOf(e: Expression): Target {
    return isTarget(e) ? e : this.fail()
  }
}
