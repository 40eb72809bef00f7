/** From an awk program's words to its tree: recursive descent over POSIX's grammar. */
import type { Flavour } from '../command.ts'
import { AwkSyntaxError, type Token, tokens } from './lexer.ts'
import type { Expression, Program, Rule, Statement, Target } from './tree.ts'

const isTarget = (e: Expression): e is Target => e.type === 'variable' || e.type === 'element' || e.type === 'field'

/** How deep parentheses and blocks may nest. */
const MAX_DEPTH = 200

export function parseAwk(source: string, flavour: Flavour): Program {
  const words = tokens(source, flavour)
  /** What is called, in the order of the text. */
  const called = new Set<string>()
  let at = 0
  let depth = 0
  /** In `print a > b` the sign is a redirection. */
  let noGreater = false

  const peek = (): Token => words[at]!
  const fail = (): never => {
    throw new AwkSyntaxError('Unexpected token', peek().line, peek().text)
  }
  const is = (text: string): boolean =>
    peek().text === text && (peek().type === 'sign' || peek().type === 'word' || peek().type === 'newline')
  const accept = (text: string): boolean => is(text) && !!++at
  const expect = (text: string): void => {
    if (!accept(text)) fail()
  }
  const newlines = (): void => {
    while (accept('\n'));
  }
  const nameHere = (): string => (peek().type === 'name' ? words[at++]!.text : fail())
  const nested = <T>(run: () => T): T => {
    if (++depth > MAX_DEPTH) fail()
    const before = noGreater
    noGreater = false
    const result = run()
    noGreater = before
    depth--
    return result
  }

  function program(): Program {
    const result: Program = { begin: [], rules: [], end: [], functions: new Map(), undefined: [] }
    for (;;) {
      while (accept('\n') || accept(';'));
      if (peek().type === 'end') {
        // mawk tells of the last first.
        result.undefined = [...called].filter(name => !result.functions.has(name)).reverse()
        return result
      }
      if (accept('BEGIN')) result.begin.push(block())
      else if (accept('END')) result.end.push(block())
      else if (accept('function')) {
        const name = peek().type === 'name' || peek().type === 'function' ? words[at++]!.text : fail()
        expect('(')
        const params: string[] = []
        while (!is(')')) {
          params.push(nameHere())
          if (!accept(',')) break
          newlines()
        }
        expect(')')
        newlines()
        result.functions.set(name, { params, body: block() })
      } else result.rules.push(rule())
    }
  }

  function rule(): Rule {
    if (is('{')) return { action: block() }
    const first = expression()
    let pattern: Rule['pattern'] = [first]
    if (accept(',')) {
      newlines()
      pattern = [first, expression()]
    }
    return is('{') ? { pattern, action: block() } : { pattern }
  }

  function block(): Statement {
    expect('{')
    return nested(() => {
      const body: Statement[] = []
      for (;;) {
        while (accept('\n') || accept(';'));
        if (accept('}')) return { type: 'block', body }
        body.push(statement())
      }
    })
  }

  /** After a simple statement comes its end, which a brace may stand for. */
  function end(): void {
    if (is('}') || peek().type === 'end') return
    if (!accept(';') && !accept('\n')) fail()
    newlines()
  }

  function body(): Statement {
    newlines()
    if (accept(';')) return { type: 'block', body: [] }
    return nested(statement)
  }

  function statement(): Statement {
    if (is('{')) return block()
    if (accept('if')) {
      const test = inParentheses()
      const yes = body()
      const back = at
      while (accept('\n') || accept(';'));
      if (accept('else')) return { type: 'if', test, yes, no: body() }
      at = back
      return { type: 'if', test, yes }
    }
    if (accept('while')) {
      const test = inParentheses()
      return { type: 'while', test, body: body() }
    }
    if (accept('do')) {
      const repeated = body()
      while (accept('\n') || accept(';'));
      expect('while')
      const test = inParentheses()
      end()
      return { type: 'do', test, body: repeated }
    }
    if (accept('for')) return forLoop()
    const simple = simpleStatement()
    end()
    return simple
  }

  const inParentheses = (): Expression => {
    expect('(')
    const test = nested(expression)
    expect(')')
    return test
  }

  function forLoop(): Statement {
    expect('(')
    const [name, word, of, close] = words.slice(at, at + 4)
    if (name?.type === 'name' && word?.text === 'in' && of?.type === 'name' && close?.text === ')') {
      at += 4
      return { type: 'each', name: name.text, of: of.text, body: body() }
    }
    const part = <T>(last: string, read: () => T): T | undefined => (is(last) ? undefined : read())
    const first = part(';', simpleStatement)
    expect(';')
    newlines()
    const test = part(';', expression)
    expect(';')
    newlines()
    const step = part(')', simpleStatement)
    expect(')')
    return { type: 'for', ...(first && { first }), ...(test && { test }), ...(step && { step }), body: body() }
  }

  function simpleStatement(): Statement {
    for (const type of ['next', 'nextfile', 'break', 'continue'] as const) if (accept(type)) return { type }
    for (const type of ['exit', 'return'] as const) {
      if (!accept(type)) continue
      return is(';') || is('\n') || is('}') ? { type } : { type, value: expression() }
    }
    if (accept('delete')) {
      const name = nameHere()
      return is('[') ? { type: 'delete', name, index: subscript() } : { type: 'delete', name }
    }
    if (is('print') || is('printf')) return printing(words[at++]!.text as 'print' | 'printf')
    return { type: 'expression', value: expression() }
  }

  function printing(type: 'print' | 'printf'): Statement {
    const before = noGreater
    noGreater = true
    let args: Expression[] = []
    if (!['\n', ';', '}', '>', '>>', '|'].some(is)) args = list()
    noGreater = before
    if (args.length === 1 && args[0]!.type === 'group') args = args[0].items
    for (const how of ['>', '>>', '|'] as const) if (accept(how)) return { type, args, how, to: concatenation(true) }
    return { type, args }
  }

  function list(): Expression[] {
    const items = [expression()]
    while (accept(',')) {
      newlines()
      items.push(expression())
    }
    return items
  }

  function subscript(): Expression[] {
    expect('[')
    const index = nested(list)
    expect(']')
    return index
  }

  function expression(): Expression {
    if (++depth > MAX_DEPTH) fail()
    const left = choice()
    depth--
    const operator = peek().text
    if (peek().type === 'sign' && /^[-+*/%^]?=$/.test(operator) && isTarget(left)) {
      at++
      newlines()
      return { type: 'assign', to: left, operator: operator.slice(0, -1), value: expression() }
    }
    return left
  }

  function choice(): Expression {
    const test = or()
    if (!accept('?')) return test
    newlines()
    const yes = expression()
    newlines()
    expect(':')
    newlines()
    return { type: 'choice', test, yes, no: expression() }
  }

  function or(): Expression {
    let left = and()
    while (accept('||')) {
      newlines()
      left = { type: 'or', left, right: and() }
    }
    return left
  }

  function and(): Expression {
    let left = membership()
    while (accept('&&')) {
      newlines()
      left = { type: 'and', left, right: membership() }
    }
    return left
  }

  function membership(): Expression {
    let left = matching()
    while (accept('in')) left = { type: 'in', index: left.type === 'group' ? left.items : [left], name: nameHere() }
    return left
  }

  function matching(): Expression {
    let left = comparison()
    for (;;) {
      if (accept('~')) left = { type: 'match', negated: false, left, right: comparison() }
      else if (accept('!~')) left = { type: 'match', negated: true, left, right: comparison() }
      else return left
    }
  }

  function comparison(): Expression {
    let left = concatenation(false)
    for (;;) {
      if (is('|') && words[at + 1]?.text === 'getline' && words[at + 1]?.type === 'word') {
        at += 2
        left = { type: 'getline', from: left, by: '|', ...targetHere() }
        continue
      }
      const operator = ['<', '<=', '==', '!=', '>=', ...(noGreater ? [] : ['>'])].find(is)
      if (!operator) return left
      at++
      left = { type: 'binary', operator, left, right: concatenation(false) }
    }
  }

  /** Whether what comes next can stand after another value, which makes the two one text. */
  function startsOperand(): boolean {
    const { type, text } = peek()
    if (['number', 'string', 'regexp', 'name', 'function', 'builtin'].includes(type)) return true
    return type === 'sign' && ['$', '!', '(', '-', '+', '++', '--'].includes(text)
  }

  function concatenation(destination: boolean): Expression {
    let left = additive()
    while (startsOperand() && !is('-') && !is('+') && !(destination && is('|')))
      left = { type: 'binary', operator: ' ', left, right: additive() }
    return left
  }

  function additive(): Expression {
    let left = multiplicative()
    for (;;) {
      const operator = ['+', '-'].find(is)
      if (!operator) return left
      at++
      left = { type: 'binary', operator, left, right: multiplicative() }
    }
  }

  function multiplicative(): Expression {
    let left = unary()
    for (;;) {
      const operator = ['*', '/', '%'].find(is)
      if (!operator) return left
      at++
      left = { type: 'binary', operator, left, right: unary() }
    }
  }

  function unary(): Expression {
    for (const operator of ['!', '-', '+'] as const)
      if (accept(operator)) return { type: 'unary', operator, of: unary() }
    return power()
  }

  function power(): Expression {
    const left = postfix()
    if (!accept('^')) return left
    // `2^-1`, and from right to left.
    const right = is('-') || is('+') || is('!') ? unary() : power()
    return { type: 'binary', operator: '^', left, right }
  }

  function postfix(): Expression {
    const of = primary()
    if (isTarget(of)) {
      if (accept('++')) return { type: 'step', to: of, by: 1, before: false }
      if (accept('--')) return { type: 'step', to: of, by: -1, before: false }
    }
    return of
  }

  const targetHere = (): { to?: Target } => {
    if (peek().type !== 'name' && !is('$')) return {}
    const to = primary()
    return isTarget(to) ? { to } : fail()
  }

  function primary(): Expression {
    const token = peek()
    switch (token.type) {
      case 'number':
        at++
        return { type: 'number', value: Number(token.text) }
      case 'string':
        at++
        return { type: 'string', value: token.text }
      case 'regexp':
        at++
        return { type: 'regexp', source: token.text }
      case 'name':
        at++
        return is('[')
          ? { type: 'element', name: token.text, index: subscript() }
          : { type: 'variable', name: token.text }
      case 'function':
      case 'builtin': {
        at++
        // `length` alone needs no parentheses.
        if (token.type === 'builtin' && !is('(')) {
          if (token.text !== 'length') fail()
          return { type: 'builtin', name: 'length', args: [] }
        }
        expect('(')
        newlines()
        const args = nested(() => (is(')') ? [] : list()))
        newlines()
        expect(')')
        if (token.type === 'function') called.add(token.text)
        return { type: token.type === 'function' ? 'call' : 'builtin', name: token.text, args }
      }
      default:
    }
    if (accept('$')) {
      if (accept('++')) return { type: 'field', of: { type: 'step', to: targetOf(primary()), by: 1, before: true } }
      if (accept('--')) return { type: 'field', of: { type: 'step', to: targetOf(primary()), by: -1, before: true } }
      if (accept('-')) return { type: 'field', of: { type: 'unary', operator: '-', of: primary() } }
      return { type: 'field', of: primary() }
    }
    if (accept('++')) return { type: 'step', to: targetOf(primary()), by: 1, before: true }
    if (accept('--')) return { type: 'step', to: targetOf(primary()), by: -1, before: true }
    if (accept('(')) {
      const items = nested(list)
      expect(')')
      return items.length === 1 ? items[0]! : { type: 'group', items }
    }
    if (accept('getline')) {
      const to = targetHere()
      return accept('<') ? { type: 'getline', from: primary(), by: '<', ...to } : { type: 'getline', ...to }
    }
    return fail()
  }

  const targetOf = (e: Expression): Target => (isTarget(e) ? e : fail())

  return program()
}
