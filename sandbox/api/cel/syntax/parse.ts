/** From text to an expression: what ANTLR's tree says, with macros taken apart. */
import { TerminalNode } from 'antlr4ng'
import { Uint, type Value } from '../runtime/values.ts'
import type { Call, Entry, Expr, Field } from './ast.ts'
import { RULES, SYMBOLS } from './grammar.ts'
import { bytesLiteral, intLiteral, LiteralFault, stringLiteral, uintLiteral } from './literals.ts'
import { type Expander, findMacro, MacroFault, type Macros } from './macros.ts'
import { RESERVED } from './reserved.ts'
import { Source } from './source.ts'
import { type Token, type Tree, treeOf } from './tree.ts'

export interface Parsed {
  expr: Expr
  source: Source
}

const MAX_CHARACTERS = 100_000
const MAX_DEPTH = 250
/** Operators as functions. */
const OPERATORS: Readonly<Record<string, string>> = {
  '+': '_+_',
  '/': '_/_',
  '==': '_==_',
  '>': '_>_',
  '>=': '_>=_',
  in: '@in',
  '<': '_<_',
  '<=': '_<=_',
  '%': '_%_',
  '*': '_*_',
  '!=': '_!=_',
  '-': '_-_',
}
/** Rules whose nodes count as levels. */
const LEVELS = new Set(['expr', 'relation', 'calc', 'select', 'call', 'index'])

class TooDeep extends Error {}
const NOWHERE = { line: -1, column: -1 }

const ruleOf = (tree: Tree): string => RULES[tree.ruleIndex]!
const symbolOf = ({ type }: Token): string => SYMBOLS[type] ?? 'EOF'
const nodes = (tree: Tree): (Tree | Token)[] =>
  tree.children.map(child => (child instanceof TerminalNode ? child.symbol : (child as Tree)))
const isTree = (node: Tree | Token): node is Tree => 'ruleIndex' in node
const trees = (tree: Tree | undefined, rule: string): Tree[] =>
  tree ? nodes(tree).filter((n): n is Tree => isTree(n) && ruleOf(n) === rule) : []
const tokens = (tree: Tree | undefined, ...symbols: string[]): Token[] =>
  tree ? nodes(tree).filter((n): n is Token => !isTree(n) && symbols.includes(symbolOf(n))) : []
const tokenOf = (tree: Tree | undefined, ...symbols: string[]): Token | undefined => tokens(tree, ...symbols)[0]
const treeIn = (tree: Tree | undefined, rule: string): Tree | undefined => trees(tree, rule)[0]

/** What a node of the grammar turned out to be. */
type Form = [form: string, tree: Tree]

/** Down to the first node that is more than the one below it. */
function formOf(start: Tree | undefined): Form | undefined {
  let tree = start
  while (tree) {
    const rule = ruleOf(tree)
    switch (rule) {
      case 'start':
        tree = treeIn(tree, 'expr')
        break
      case 'expr':
        if (tokenOf(tree, 'QUESTIONMARK')) return ['conditional', tree]
        tree = treeIn(tree, 'conditionalOr')
        break
      case 'conditionalOr':
        if (tokenOf(tree, 'LOGICAL_OR')) return ['or', tree]
        tree = treeIn(tree, 'conditionalAnd')
        break
      case 'conditionalAnd':
        if (tokenOf(tree, 'LOGICAL_AND')) return ['and', tree]
        tree = treeIn(tree, 'relation')
        break
      case 'relation':
        if (treeIn(tree, 'relation')) return ['relation', tree]
        tree = treeIn(tree, 'calc')
        break
      case 'calc':
        if (treeIn(tree, 'calc')) return ['calc', tree]
        tree = treeIn(tree, 'unary')
        break
      case 'unary':
        if (tokenOf(tree, 'EXCLAM')) return ['not', tree]
        if (tokenOf(tree, 'MINUS')) return ['negate', tree]
        if (!treeIn(tree, 'member')) return ['unary', tree]
        tree = treeIn(tree, 'member')
        break
      case 'member':
        if (tokenOf(tree, 'LBRACKET')) return ['index', tree]
        if (tokenOf(tree, 'LPAREN')) return ['call', tree]
        if (treeIn(tree, 'member')) return ['select', tree]
        tree = treeIn(tree, 'primary')
        break
      case 'primary':
        if (treeIn(tree, 'literal')) tree = treeIn(tree, 'literal')
        else if (tokenOf(tree, 'LBRACKET')) return ['list', tree]
        else if (tokenOf(tree, 'LBRACE')) return [tokenOf(tree, 'IDENTIFIER') ? 'struct' : 'map', tree]
        else if (tokenOf(tree, 'IDENTIFIER')) return [tokenOf(tree, 'LPAREN') ? 'global' : 'ident', tree]
        else if (treeIn(tree, 'expr')) tree = treeIn(tree, 'expr')
        else return undefined
        break
      default:
        return [rule, tree]
    }
  }
  return undefined
}

class Parser {
  readonly source: Source
  readonly #macros: Macros
  #depth = 0
  constructor(source: Source, macros: Macros) {
    this.source = source
    this.#macros = macros
  }

  expr(tree: Tree | undefined): Expr {
    const found = formOf(tree)
    if (!found) return this.#unspecified()
    const [form, node] = found
    if (!LEVELS.has(form === 'conditional' ? 'expr' : form)) return this.#form(form, node)
    if (++this.#depth > MAX_DEPTH) throw new TooDeep()
    const made = this.#form(form, node)
    this.#depth--
    return made
  }

  #form(form: string, tree: Tree): Expr {
    switch (form) {
      case 'conditional':
        return this.#conditional(tree)
      case 'or':
        return this.#logic(tree, '_||_', 'conditionalAnd', 'LOGICAL_OR')
      case 'and':
        return this.#logic(tree, '_&&_', 'relation', 'LOGICAL_AND')
      case 'relation':
      case 'calc':
        return this.#binary(tree, form)
      case 'not':
        return this.#unary(tree, '!_', tokens(tree, 'EXCLAM'))
      case 'negate':
        return this.#unary(tree, '-_', tokens(tree, 'MINUS'))
      case 'select':
        return this.#select(tree)
      case 'call':
        return this.#memberCall(tree)
      case 'index':
        return this.#index(tree)
      case 'global':
      case 'ident':
        return this.#named(tree, form)
      case 'list':
        return this.#list(tree)
      case 'map':
        return this.#map(tree)
      case 'struct':
        return this.#struct(tree)
      case 'literal':
        return this.#literal(tree)
      default:
        return this.#unspecified()
    }
  }

  #at = (token: Token | null | undefined): number =>
    this.source.mark(token ? { line: token.line, column: token.column } : NOWHERE)
  #begins = (tree: Tree): number => this.#at(tree.start)

  /** Only where something is wrong already. */
  #unspecified(): Expr {
    if (!this.source.isFaulty) this.source.report(NOWHERE, 'unknown parse element encountered: <<nil>>')
    return { kind: 'unspecified', id: this.source.mark(NOWHERE) }
  }

  #fault(id: number, words: string): Expr {
    this.source.reportAt(id, words)
    return { kind: 'unspecified', id }
  }

  #call(id: number, name: string, args: Expr[], target?: Expr): Expr {
    const macro = findMacro(name, args.length, target !== undefined, this.#macros)
    const expanded = macro && this.#expanded(macro, id, args, target)
    return expanded ?? ({ kind: 'call', id, name, target, args } satisfies Call)
  }

  #expanded(expand: Expander, id: number, args: Expr[], target?: Expr): Expr | undefined {
    try {
      const made = expand(this.source, id, args, target)
      if (made) this.source.release(id)
      return made
    } catch (error) {
      if (!(error instanceof MacroFault)) throw error
      const place = this.source.placeOf(error.id)
      this.source.release(id)
      this.source.report(place, error.message)
      return { kind: 'unspecified', id: this.source.mark(place) }
    }
  }

  #conditional(tree: Tree): Expr {
    const [condition, then] = trees(tree, 'conditionalOr')
    const test = this.expr(condition)
    const id = this.#at(tokenOf(tree, 'QUESTIONMARK'))
    return this.#call(id, '_?_:_', [test, this.expr(then), this.expr(treeIn(tree, 'expr'))])
  }

  /** Long chains become a balanced tree. */
  #logic(tree: Tree, name: string, rule: string, operator: string): Expr {
    const [first, ...rest] = trees(tree, rule)
    const terms = [this.expr(first)]
    const ids: number[] = []
    for (const [i, token] of tokens(tree, operator).entries()) {
      const next = rest[i]
      if (!next)
        return this.#fault(this.#begins(tree), `unexpected character, wanted '${name === '_||_' ? '||' : '&&'}'`)
      terms.push(this.expr(next))
      ids.push(this.#at(token))
    }
    const balanced = (low: number, high: number): Expr => {
      const middle = (low + high + 1) >> 1
      const left = middle === low ? terms[middle]! : balanced(low, middle - 1)
      const right = middle === high ? terms[middle + 1]! : balanced(middle + 1, high)
      return { kind: 'call', id: ids[middle]!, name, target: undefined, args: [left, right] }
    }
    return ids.length ? balanced(0, ids.length - 1) : terms[0]!
  }

  #binary(tree: Tree, rule: string): Expr {
    const [left, right] = trees(tree, rule)
    const operator = nodes(tree).find((n): n is Token => !isTree(n) && OPERATORS[n.text ?? ''] !== undefined)
    if (!operator) return this.#fault(this.#begins(tree), 'operator not found')
    const first = this.expr(left)
    const id = this.#at(operator)
    return this.#call(id, OPERATORS[operator.text!]!, [first, this.expr(right)])
  }

  #unary(tree: Tree, name: string, operators: readonly Token[]): Expr {
    const member = treeIn(tree, 'member')
    if (operators.length % 2 === 0) return this.expr(member)
    const id = this.#at(operators[0])
    return this.#call(id, name, [this.expr(member)])
  }

  #identifier(tree: Tree | undefined): { name: string; token: Token } | undefined {
    const token = tokenOf(tree, 'IDENTIFIER', 'ESC_IDENTIFIER')
    if (!tree || !token) return undefined
    if (symbolOf(token) === 'IDENTIFIER') return { name: token.text!, token }
    this.#fault(this.#begins(tree), "unsupported syntax: '`'")
    return { name: '', token }
  }

  #select(tree: Tree): Expr {
    const operand = this.expr(treeIn(tree, 'member'))
    const dot = tokenOf(tree, 'DOT')
    const field = this.#identifier(treeIn(tree, 'escapeIdent'))
    if (!dot || !field) return { kind: 'unspecified', id: this.#begins(tree) }
    if (!tokenOf(tree, 'QUESTIONMARK'))
      return { kind: 'select', id: this.#at(dot), operand, field: field.name, test: false }
    const name: Expr = { kind: 'literal', id: this.#at(field.token), value: field.name }
    return { kind: 'call', id: this.#at(dot), name: '_?._', target: undefined, args: [operand, name] }
  }

  #memberCall(tree: Tree): Expr {
    const target = this.expr(treeIn(tree, 'member'))
    const name = tokenOf(tree, 'IDENTIFIER')
    if (!name) return { kind: 'unspecified', id: this.#begins(tree) }
    const id = this.#at(tokenOf(tree, 'LPAREN'))
    return this.#call(id, name.text!, this.#arguments(tree), target)
  }

  #arguments = (tree: Tree): Expr[] => trees(treeIn(tree, 'exprList'), 'expr').map(arg => this.expr(arg))

  #index(tree: Tree): Expr {
    const target = this.expr(treeIn(tree, 'member'))
    const id = this.#at(tokenOf(tree, 'LBRACKET'))
    const index = this.expr(treeIn(tree, 'expr'))
    return this.#call(id, tokenOf(tree, 'QUESTIONMARK') ? '_[?_]' : '_[_]', [target, index])
  }

  #named(tree: Tree, form: 'global' | 'ident'): Expr {
    const token = tokenOf(tree, 'IDENTIFIER')!
    const name = token.text!
    if (RESERVED.has(name)) return this.#fault(this.#begins(tree), `reserved identifier: ${name}`)
    const full = `${tokenOf(tree, 'DOT') ? '.' : ''}${name}`
    if (form === 'ident') return { kind: 'ident', id: this.#at(token), name: full }
    const id = this.#at(tokenOf(tree, 'LPAREN'))
    return this.#call(id, full, this.#arguments(tree))
  }

  #list(tree: Tree): Expr {
    const id = this.#at(tokenOf(tree, 'LBRACKET'))
    const items = trees(treeIn(tree, 'listInit'), 'optExpr')
    const elements = items.map(item => this.expr(treeIn(item, 'expr')))
    const optional = new Set(items.flatMap((item, i) => (tokenOf(item, 'QUESTIONMARK') ? [i] : [])))
    return { kind: 'list', id, elements, optional }
  }

  #map(tree: Tree): Expr {
    const id = this.#at(tokenOf(tree, 'LBRACE'))
    const list = treeIn(tree, 'mapInitializerList')
    const [keys, values] = [trees(list, 'optExpr'), trees(list, 'expr')]
    const colons = tokens(list, 'COLON')
    const entries: Entry[] = []
    for (const [i, colon] of colons.entries()) {
      const [key, value] = [keys[i], values[i]]
      if (!key || !value) return { kind: 'map', id, entries: [] }
      const own = this.#at(colon)
      const optional = tokenOf(key, 'QUESTIONMARK') !== undefined
      entries.push({ id: own, key: this.expr(treeIn(key, 'expr')), value: this.expr(value), optional })
    }
    return { kind: 'map', id, entries }
  }

  #struct(tree: Tree): Expr {
    const brace = tokenOf(tree, 'LBRACE')
    const id = this.#at(brace)
    const path = tokens(tree, 'IDENTIFIER').map(token => token.text)
    const isAbsolute = nodes(tree)[0] === tokenOf(tree, 'DOT')
    const list = treeIn(tree, 'fieldInitializerList')
    const [names, values, colons] = [trees(list, 'optField'), trees(list, 'expr'), tokens(list, 'COLON')]
    const fields: Field[] = []
    const type = `${isAbsolute ? '.' : ''}${path.join('.')}`
    for (const [i, field] of names.entries()) {
      const [colon, value] = [colons[i], values[i]]
      if (!colon || !value) return { kind: 'struct', id, type, fields: [] }
      const own = this.#at(colon)
      const name = this.#identifier(treeIn(field, 'escapeIdent'))?.name ?? ''
      fields.push({ id: own, name, value: this.expr(value), optional: tokenOf(field, 'QUESTIONMARK') !== undefined })
    }
    return { kind: 'struct', id, type, fields }
  }

  #literal(tree: Tree): Expr {
    const id = this.#begins(tree)
    const token = tokens(tree, 'NUM_INT', 'NUM_UINT', 'NUM_FLOAT', 'STRING', 'BYTES', 'CEL_TRUE', 'CEL_FALSE', 'NUL')[0]
    if (!token) return { kind: 'unspecified', id }
    try {
      return { kind: 'literal', id, value: literal(token, tokenOf(tree, 'MINUS') !== undefined) }
    } catch (error) {
      if (error instanceof LiteralFault) return this.#fault(id, error.message)
      throw error
    }
  }
}

const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new LiteralFault(`invalid ${what} literal`)
  return value
}

function literal(token: Token, negative: boolean): Value {
  const text = token.text ?? ''
  switch (symbolOf(token)) {
    case 'NUM_INT':
      return must(intLiteral(text, negative), 'int')
    case 'NUM_UINT':
      return new Uint(must(uintLiteral(text.slice(0, -1)), 'uint'))
    case 'NUM_FLOAT': {
      const value = Number(text)
      return must(Number.isFinite(value) ? (negative ? -value : value) : undefined, 'double')
    }
    case 'STRING':
      return stringLiteral(text)
    case 'BYTES':
      return bytesLiteral(text.slice(1))
    case 'NUL':
      return null
    default:
      return symbolOf(token) === 'CEL_TRUE'
  }
}

/** What is wrong with it is in the source. */
export function parse(text: string, macros: Macros = {}): Parsed {
  const source = new Source(text)
  const nothing: Expr = { kind: 'unspecified', id: 0 }
  const size = [...text].length
  if (size > MAX_CHARACTERS) {
    source.report(NOWHERE, `expression code point size exceeds limit: size: ${size}, limit ${MAX_CHARACTERS}`)
    return { expr: nothing, source }
  }
  const tree = treeOf(text, source)
  if (!tree) return { expr: nothing, source }
  try {
    return { expr: new Parser(source, macros).expr(tree), source }
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    source.report(NOWHERE, 'max recursion depth exceeded')
    return { expr: nothing, source }
  }
}
