/** From an awk program's words to its tree: its rules, functions and statements. */
import type { Flavour } from '../command.ts'
import { ExpressionReader } from './expressions.ts'
import type { Expression, Program, Rule, Statement } from './tree.ts'

/** @throws AwkSyntaxError */
export const parseAwk = (source: string, flavour: Flavour): Program => new ProgramReader(source, flavour).program()

class ProgramReader extends ExpressionReader {
  program(): Program {
    const result: Program = { begin: [], rules: [], end: [], functions: new Map(), undefined: [] }
    for (;;) {
      this.separators()
      if (this.peek().type === 'end') {
        // mawk tells of the last first.
        result.undefined = [...this.called].filter(name => !result.functions.has(name)).reverse()
        return result
      }
      if (this.accept('BEGIN')) result.begin.push(this.#block())
      else if (this.accept('END')) result.end.push(this.#block())
      else if (this.accept('function')) {
        const name =
          this.peek().type === 'name' || this.peek().type === 'function' ? this.words[this.at++]!.text : this.fail()
        this.expect('(')
        const params: string[] = []
        while (!this.is(')')) {
          params.push(this.nameHere())
          if (!this.accept(',')) break
          this.newlines()
        }
        this.expect(')')
        this.newlines()
        result.functions.set(name, { params, body: this.#block() })
      } else result.rules.push(this.#rule())
    }
  }

  #rule(): Rule {
    if (this.is('{')) return { action: this.#block() }
    const first = this.expression()
    let pattern: Rule['pattern'] = [first]
    if (this.accept(',')) {
      this.newlines()
      pattern = [first, this.expression()]
    }
    return this.is('{') ? { pattern, action: this.#block() } : { pattern }
  }

  #block(): Statement {
    this.expect('{')
    return this.nested(() => {
      const body: Statement[] = []
      for (;;) {
        this.separators()
        if (this.accept('}')) return { type: 'block', body }
        body.push(this.#statement())
      }
    })
  }

  #end(): void {
    if (this.is('}') || this.peek().type === 'end') return
    if (!this.accept(';') && !this.accept('\n')) this.fail()
    this.newlines()
  }

  #body(): Statement {
    this.newlines()
    if (this.accept(';')) return { type: 'block', body: [] }
    return this.nested(() => this.#statement())
  }

  #statement(): Statement {
    if (this.is('{')) return this.#block()
    if (this.accept('if')) {
      const test = this.#inParentheses()
      const yes = this.#body()
      const back = this.at
      this.separators()
      if (this.accept('else')) return { type: 'if', test, yes, no: this.#body() }
      this.at = back
      return { type: 'if', test, yes }
    }
    if (this.accept('while')) {
      const test = this.#inParentheses()
      return { type: 'while', test, body: this.#body() }
    }
    if (this.accept('do')) {
      const repeated = this.#body()
      this.separators()
      this.expect('while')
      const test = this.#inParentheses()
      this.#end()
      return { type: 'do', test, body: repeated }
    }
    if (this.accept('for')) return this.#forLoop()
    const simple = this.#simpleStatement()
    this.#end()
    return simple
  }

  #inParentheses(): Expression {
    this.expect('(')
    const test = this.nested(() => this.expression())
    this.expect(')')
    return test
  }

  #forLoop(): Statement {
    this.expect('(')
    const [name, word, of, close] = this.words.slice(this.at, this.at + 4)
    if (name?.type === 'name' && word?.text === 'in' && of?.type === 'name' && close?.text === ')') {
      this.at += 4
      return { type: 'each', name: name.text, of: of.text, body: this.#body() }
    }
    const part = <T>(last: string, read: () => T): T | undefined => (this.is(last) ? undefined : read())
    const first = part(';', () => this.#simpleStatement())
    this.expect(';')
    this.newlines()
    const test = part(';', () => this.expression())
    this.expect(';')
    this.newlines()
    const step = part(')', () => this.#simpleStatement())
    this.expect(')')
    return { type: 'for', ...(first && { first }), ...(test && { test }), ...(step && { step }), body: this.#body() }
  }

  #simpleStatement(): Statement {
    for (const type of ['next', 'nextfile', 'break', 'continue'] as const) if (this.accept(type)) return { type }
    for (const type of ['exit', 'return'] as const) {
      if (!this.accept(type)) continue
      return this.is(';') || this.is('\n') || this.is('}') ? { type } : { type, value: this.expression() }
    }
    if (this.accept('delete')) {
      const name = this.nameHere()
      return this.is('[') ? { type: 'delete', name, index: this.subscript() } : { type: 'delete', name }
    }
    if (this.is('print') || this.is('printf')) return this.#printing(this.words[this.at++]!.text as 'print' | 'printf')
    return { type: 'expression', value: this.expression() }
  }

  #printing(type: 'print' | 'printf'): Statement {
    const before = this.noGreater
    this.noGreater = true
    let args: Expression[] = []
    if (!['\n', ';', '}', '>', '>>', '|'].some(text => this.is(text))) args = this.list()
    this.noGreater = before
    if (args.length === 1 && args[0]!.type === 'group') args = args[0].items
    for (const how of ['>', '>>', '|'] as const)
      if (this.accept(how)) return { type, args, how, to: this.concatenation(true) }
    return { type, args }
  }
}
