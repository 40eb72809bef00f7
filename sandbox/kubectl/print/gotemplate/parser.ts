/** Makes a tree of a template's tokens. */
import { unquoted } from '../../../api/formats/go-escapes.ts'
import { FUNCTIONS } from './functions.ts'
import { Lexer, type Token } from './lexer.ts'
import { type Arg, type At, type Node, type Pipe, TemplateError } from './tree.ts'

export class Parser {
  readonly #input: string
  readonly #lexer: Lexer
  readonly #tokens: Token[]
  #i = 0
  /** How many `range`s are open. */
  #ranges = 0
  /** Those that may be used where the reading is. */
  #variables = ['$']
  readonly definitions = new Map<string, Node[]>()

  constructor(input: string) {
    this.#input = input
    this.#lexer = new Lexer(input)
    this.#tokens = this.#lexer.tokens()
  }

  parse(): Node[] {
    const { nodes, ended } = this.#list()
    if (ended) this.#fail(`unexpected {{${ended}}}`)
    return nodes
  }

  #fail(words: string, pos = this.#tokens[this.#i]?.pos ?? this.#input.length): never {
    return this.#lexer.fail(pos, words)
  }
  /** What a literal says. */
  #said({ text, pos }: Token): string {
    const within = text.slice(1, -1)
    if (text[0] === '`') return within
    return unquoted(within, text[0] as '"' | "'") ?? this.#fail('invalid syntax', pos)
  }
  #character(token: Token): number {
    const [first = '', more] = this.#said(token)
    if (more !== undefined) this.#fail(`malformed character constant: ${token.text}`, token.pos)
    return first.codePointAt(0)!
  }
  #next(): Token {
    return this.#tokens[this.#i++] ?? this.#fail('unexpected EOF')
  }
  #skipSpace(): Token | undefined {
    while (this.#tokens[this.#i]?.kind === 'space') this.#i++
    return this.#tokens[this.#i]
  }
  #close(): void {
    const t = this.#skipSpace()
    if (t?.kind !== 'close') this.#fail(`unexpected <${t?.text ?? 'EOF'}> in action`)
    this.#i++
  }

  #list(): { nodes: Node[]; ended?: string } {
    const nodes: Node[] = []
    while (this.#i < this.#tokens.length) {
      const t = this.#next()
      if (t.kind === 'text') {
        nodes.push({ type: 'text', text: t.text })
        continue
      }
      const word = this.#skipSpace()
      if (word?.kind === 'word') {
        if (word.text === 'end' || word.text === 'else') {
          this.#i++
          if (word.text === 'end') this.#close()
          return { nodes, ended: word.text }
        }
        const control = this.#control(word.text)
        if (control) {
          nodes.push(control)
          continue
        }
      }
      if (word?.kind === 'close') this.#fail('missing value for command')
      const pipe = this.#pipe('command')
      this.#close()
      nodes.push({ type: 'action', pipe })
    }
    return { nodes }
  }

  #control(word: string): Node | undefined {
    if (word === 'if' || word === 'with' || word === 'range') {
      this.#i++
      return this.#branch(word)
    }
    if (word === 'break' || word === 'continue') {
      if (!this.#ranges) this.#fail(`{{${word}}} outside {{range}}`)
      this.#i++
      this.#close()
      return { type: word }
    }
    if (word === 'define' || word === 'block' || word === 'template') {
      this.#i++
      const t = this.#skipSpace()
      if (t?.kind !== 'string') this.#fail(`unexpected "${t?.text}" in ${word} clause`)
      this.#i++
      const name = this.#said(t!)
      const pipe = this.#skipSpace()?.kind === 'close' ? undefined : this.#pipe(word)
      this.#close()
      if (word === 'template') return { type: 'template', name, pipe }
      const outside = this.#variables
      this.#variables = ['$']
      const { nodes, ended } = this.#list()
      this.#variables = outside
      if (ended !== 'end') this.#fail('unexpected EOF')
      this.definitions.set(name, nodes)
      return word === 'block' ? { type: 'template', name, pipe } : { type: 'define', name, body: nodes }
    }
    return undefined
  }

  #branch(type: 'if' | 'with' | 'range'): Node {
    if (this.#skipSpace()?.kind === 'close') this.#fail(`missing value for ${type}`)
    const outside = [...this.#variables]
    const pipe = this.#pipe(type)
    this.#close()
    if (type === 'range') this.#ranges++
    const { nodes: body, ended } = this.#list()
    if (type === 'range') this.#ranges--
    let otherwise: Node[] = []
    if (ended === 'else') {
      const t = this.#skipSpace()
      if (t?.kind === 'word' && (t.text === 'if' || t.text === 'with')) {
        this.#i++
        otherwise = [this.#branch(t.text)]
      } else {
        this.#close()
        const rest = this.#list()
        if (rest.ended !== 'end') this.#fail('unexpected EOF')
        otherwise = rest.nodes
      }
    } else if (ended !== 'end') this.#fail('unexpected EOF')
    this.#variables = outside
    return { type, pipe, body, otherwise }
  }

  #pipe(context: string): Pipe {
    const pipe: Pipe = { variables: [], declares: false, commands: [] }
    const start = this.#i
    // Variables count as declared only if := or = follows.
    const names: string[] = []
    for (;;) {
      const t = this.#skipSpace()
      if (t?.kind !== 'variable') break
      this.#i++
      names.push(t.text)
      const sign = this.#skipSpace()
      if (sign?.text === ',' && context === 'range') {
        this.#i++
        continue
      }
      if (sign?.text === ':=' || sign?.text === '=') {
        this.#i++
        pipe.variables = names
        pipe.declares = sign.text === ':='
        this.#variables.push(...names)
      }
      break
    }
    if (!pipe.variables.length) this.#i = start
    for (;;) {
      pipe.commands.push(this.#command(context))
      const t = this.#skipSpace()
      if (t?.kind === 'sign' && t.text === '|') {
        this.#i++
        continue
      }
      return pipe
    }
  }

  #command(context: string): Arg[] {
    const args: Arg[] = []
    const from = this.#skipSpace()?.pos ?? 0
    for (;;) {
      const t = this.#skipSpace()
      if (!t || t.kind === 'close' || (t.kind === 'sign' && (t.text === '|' || t.text === ')'))) break
      args.push(this.#operand(context))
    }
    if (!args.length) this.#fail(`missing value for ${context}`)
    const first = args[0]!
    if (first.kind === 'literal' && first.value === null) {
      const at = this.#where(from, 'nil')
      throw new TemplateError(
        `template: output:${at.line}:${at.column}: executing "output" at <nil>: nil is not a command`,
      )
    }
    if (first.kind === 'function')
      first.at = { ...first.at, text: this.#input.slice(from, this.#tokens[this.#i]?.pos).trim() }
    return args
  }

  #where(pos: number, text: string): At {
    const before = this.#input.slice(0, pos)
    return { line: before.split('\n').length, column: pos - (before.lastIndexOf('\n') + 1), text }
  }

  #operand(context: string): Arg {
    const t = this.#next()
    const fields = (): string[] => {
      const path: string[] = []
      while (this.#tokens[this.#i]?.kind === 'field') path.push(this.#next().text.slice(1))
      return path
    }
    switch (t.kind) {
      case 'field': {
        const path = [t.text.slice(1), ...fields()]
        // A chain is told by the place of its second link.
        return {
          kind: 'field',
          path,
          at: this.#where(path.length > 1 ? t.pos + t.text.length : t.pos, `.${path.join('.')}`),
        }
      }
      case 'variable': {
        if (!this.#variables.includes(t.text)) this.#fail(`undefined variable ${JSON.stringify(t.text)}`, t.pos)
        const path = fields()
        return { kind: 'variable', name: t.text, path, at: this.#where(t.pos, [t.text, ...path].join('.')) }
      }
      case 'string':
        return { kind: 'literal', value: this.#said(t) }
      case 'char':
        return { kind: 'literal', value: this.#character(t) }
      case 'number':
        return { kind: 'literal', value: Number(t.text.replaceAll('_', '')) }
      case 'word': {
        if (t.text === '.') return { kind: 'dot' }
        if (t.text === 'true' || t.text === 'false') return { kind: 'literal', value: t.text === 'true' }
        if (t.text === 'nil') return { kind: 'literal', value: null, nil: true }
        if (!(t.text in FUNCTIONS) && t.text !== 'and' && t.text !== 'or')
          this.#fail(`function ${JSON.stringify(t.text)} not defined`, t.pos)
        return { kind: 'function', name: t.text, at: this.#where(t.pos, t.text) }
      }
      case 'sign':
        if (t.text === '(') {
          const pipe = this.#pipe('parenthesized pipeline')
          const close = this.#skipSpace()
          if (close?.text !== ')') this.#fail('unclosed left paren')
          this.#i++
          const path = fields()
          return { kind: 'pipe', pipe, path, at: this.#where(t.pos, '(…)') }
        }
    }
    return this.#fail(`unexpected <${t.text}> in ${context}`, t.pos)
  }
}
