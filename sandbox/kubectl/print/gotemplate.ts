/** Go's text/template, as far as templates for -o go-template can use it. */
import { isRecord, sortedKeys } from '../objects.ts'
import { goValue } from './go.ts'

export class TemplateError extends Error {
  /** What had been written before it. */
  written = ''
}

/** What an absent key gives: printed as `<no value>`. */
const ABSENT = Symbol('no value')

type Node =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: Pipe }
  | { type: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { type: 'define'; name: string; body: Node[] }
  | { type: 'template'; name: string; pipe?: Pipe }
  | { type: 'break' | 'continue' }

interface Pipe {
  variables: string[]
  declares: boolean
  commands: Arg[][]
}

interface At {
  line: number
  column: number
  text: string
}
type Arg =
  | { kind: 'dot' }
  | { kind: 'literal'; value: unknown; nil?: boolean }
  | { kind: 'field'; path: string[]; at: At }
  | { kind: 'variable'; name: string; path: string[]; at: At }
  | { kind: 'function'; name: string; at: At }
  | { kind: 'pipe'; pipe: Pipe; path: string[]; at: At }

interface Token {
  kind: 'text' | 'open' | 'close' | 'field' | 'variable' | 'word' | 'string' | 'char' | 'number' | 'sign' | 'space'
  text: string
  pos: number
}

const SIGNS = [':=', '=', '|', '(', ')', ',']

class Lexer {
  readonly #input: string
  constructor(input: string) {
    this.#input = input
  }
  fail(pos: number, words: string): never {
    throw new TemplateError(`template: output:${this.#input.slice(0, pos).split('\n').length}: ${words}`)
  }

  tokens(): Token[] {
    const input = this.#input
    const out: Token[] = []
    let at = 0
    let trim = false
    for (;;) {
      const open = input.indexOf('{{', at)
      let text = input.slice(at, open < 0 ? undefined : open)
      if (trim) text = text.replace(/^[ \t\r\n]+/, '')
      if (open < 0) {
        if (text) out.push({ kind: 'text', text, pos: at })
        return out
      }
      const trimLeft = /^-[ \t\r\n]/.test(input.slice(open + 2, open + 4))
      if (trimLeft) text = text.replace(/[ \t\r\n]+$/, '')
      if (text) out.push({ kind: 'text', text, pos: at })
      at = open + 2 + (trimLeft ? 2 : 0)
      const comment = /^\/\*[\s\S]*?\*\/([ \t\r\n]+-)?\}\}/.exec(input.slice(at))
      if (comment) {
        at += comment[0].length
        trim = !!comment[1]
        continue
      }
      if (input.startsWith('/*', at)) this.fail(at, 'unclosed comment')
      out.push({ kind: 'open', text: '', pos: open + 2 })
      ;[at, trim] = this.#inside(at, out)
    }
  }

  #inside(from: number, out: Token[]): [number, boolean] {
    const input = this.#input
    let at = from
    let depth = 0
    for (;;) {
      const rest = input.slice(at)
      const close = /^(?:[ \t\r\n]+-)?\}\}/.exec(rest)
      if (close) {
        if (depth) this.fail(at, 'unclosed left paren')
        out.push({ kind: 'close', text: '', pos: at })
        return [at + close[0].length, close[0].includes('-')]
      }
      if (!rest) this.fail(at, 'unclosed action')
      const m =
        /^(?<space>[ \t\r\n]+)|^(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|^(?<variable>\$[\p{L}\p{N}_]*)|^(?<number>[-+]?(?:0[xX][\da-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+))|^(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|^(?<char>'(?:[^'\\\n]|\\.)+')|^(?<word>\.|[\p{L}_][\p{L}\p{N}_]*)/u.exec(
          rest,
        )
      if (m?.groups) {
        const [kind, text] = Object.entries(m.groups).find(([, v]) => v !== undefined)! as [Token['kind'], string]
        out.push({ kind, text, pos: at })
        at += text.length
        continue
      }
      const sign = SIGNS.find(s => rest.startsWith(s))
      if (!sign) {
        if (rest[0] === '"') this.fail(at, 'unterminated quoted string')
        if (rest[0] === '`') this.fail(at, 'unterminated raw quoted string')
        if (rest[0] === ':') this.fail(at, 'expected :=')
        this.fail(
          at,
          `unexpected ${rest.startsWith('}') ? '"}"' : JSON.stringify(rest[0])} in ${rest.startsWith('}') ? 'operand' : 'command'}`,
        )
      }
      if (sign === '(') depth++
      if (sign === ')' && --depth < 0) this.fail(at, 'unexpected right paren')
      out.push({ kind: 'sign', text: sign!, pos: at })
      at += sign!.length
    }
  }
}

const unquote = (s: string): string =>
  s[0] === '`'
    ? s.slice(1, -1)
    : s
        .slice(1, -1)
        .replace(/\\(u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)/g, (_, e: string) =>
          e.length > 1
            ? String.fromCharCode(Number.parseInt(e.slice(1), 16))
            : (({ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' } as Record<string, string>)[e] ?? e),
        )

class Parser {
  readonly #input: string
  readonly #lexer: Lexer
  readonly #tokens: Token[]
  #i = 0
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
      this.#i++
      this.#close()
      return { type: word }
    }
    if (word === 'define' || word === 'block' || word === 'template') {
      this.#i++
      const t = this.#skipSpace()
      if (t?.kind !== 'string') this.#fail(`unexpected "${t?.text}" in ${word} clause`)
      this.#i++
      const name = unquote(t!.text)
      const pipe = this.#skipSpace()?.kind === 'close' ? undefined : this.#pipe(word)
      this.#close()
      if (word === 'template') return { type: 'template', name, pipe }
      const { nodes, ended } = this.#list()
      if (ended !== 'end') this.#fail('unexpected EOF')
      this.definitions.set(name, nodes)
      return word === 'block' ? { type: 'template', name, pipe } : { type: 'define', name, body: nodes }
    }
    return undefined
  }

  #branch(type: 'if' | 'with' | 'range'): Node {
    if (this.#skipSpace()?.kind === 'close') this.#fail(`missing value for ${type}`)
    const pipe = this.#pipe(type)
    this.#close()
    const { nodes: body, ended } = this.#list()
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
        const path = fields()
        return { kind: 'variable', name: t.text, path, at: this.#where(t.pos, [t.text, ...path].join('.')) }
      }
      case 'string':
        return { kind: 'literal', value: unquote(t.text) }
      case 'char':
        return { kind: 'literal', value: unquote(t.text).codePointAt(0)! }
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

const truth = (v: unknown): boolean => {
  if (v === ABSENT || v === null || v === undefined) return false
  if (Array.isArray(v)) return v.length > 0
  if (isRecord(v)) return Object.keys(v).length > 0
  return !!v
}

const shown = (v: unknown): string => (v === ABSENT || v === null || v === undefined ? '<no value>' : goValue(v))

const kindOf = (v: unknown): string =>
  v === ABSENT || v === null
    ? 'invalid'
    : typeof v === 'number'
      ? Number.isInteger(v)
        ? 'int'
        : 'float'
      : Array.isArray(v)
        ? 'slice'
        : typeof v

function equal(a: unknown, b: unknown): boolean {
  if (kindOf(a) === 'slice' || kindOf(a) === 'object' || kindOf(b) === 'slice' || kindOf(b) === 'object')
    throw new Error('non-comparable type')
  if (kindOf(a) === 'invalid' || kindOf(b) === 'invalid') return kindOf(a) === kindOf(b)
  if (kindOf(a) !== kindOf(b)) throw new Error('incompatible types for comparison')
  return a === b
}
function less(a: unknown, b: unknown): boolean {
  if (kindOf(a) !== kindOf(b)) throw new Error('incompatible types for comparison')
  if (typeof a !== 'number' && typeof a !== 'string') throw new Error('invalid type for comparison')
  return a < (b as typeof a)
}

function sprintf(format: unknown, args: readonly unknown[]): string {
  let i = 0
  const text = String(format).replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?([%a-zA-Z])/g,
    (whole, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (i >= args.length) return `%!${verb}(MISSING)`
      const v = args[i++]
      let s: string
      if (verb === 'q') s = JSON.stringify(String(v))
      else if (verb === 'd' && Number.isInteger(v)) s = String(v)
      else if (verb === 'f' && typeof v === 'number') s = v.toFixed(precision ? Number(precision) : 6)
      else if (verb === 'x' && typeof v === 'number') s = v.toString(16)
      else if (verb === 't' && typeof v === 'boolean') s = String(v)
      else if (verb === 'v' || (verb === 's' && typeof v !== 'number' && typeof v !== 'boolean'))
        s = v === ABSENT || v === null ? '<nil>' : goValue(v)
      else if (verb === 'T') s = typeof v
      else
        s = `%!${verb}(${typeof v === 'number' ? (Number.isInteger(v) ? 'int64' : 'float64') : typeof v === 'boolean' ? 'bool' : 'string'}=${goValue(v)})`
      if (precision && verb === 's') s = s.slice(0, Number(precision))
      if (width)
        s = flags.includes('-') ? s.padEnd(Number(width)) : s.padStart(Number(width), flags.includes('0') ? '0' : ' ')
      return whole ? s : s
    },
  )
  return i < args.length
    ? `${text}%!(EXTRA ${args
        .slice(i)
        .map(a => `${typeof a === 'number' ? 'int64' : typeof a}=${goValue(a)}`)
        .join(', ')})`
    : text
}

/** Blanks stand between operands when neither is a string. */
const print = (args: readonly unknown[]): string =>
  args
    .map(
      (a, i) =>
        (i > 0 && typeof a !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') +
        (a === ABSENT ? '<nil>' : goValue(a)),
    )
    .join('')

const escapeHtml = (s: string): string =>
  s.replace(
    /[&<>"'\0]/g,
    c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\ufffd' })[c]!,
  )

function index(value: unknown, keys: readonly unknown[]): unknown {
  let v = value
  for (const key of keys) {
    if (v === ABSENT || v === null || v === undefined) throw new Error('index of untyped nil')
    if (Array.isArray(v) || typeof v === 'string') {
      if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${typeof key}`)
      if (key < 0 || key >= v.length) throw new Error(`error calling index: index out of range: ${key}`)
      v = typeof v === 'string' ? v.charCodeAt(key) : v[key]
    } else if (isRecord(v)) v = v[String(key)] ?? ABSENT
    else throw new Error(`can't index item of type ${typeof v === 'boolean' ? 'bool' : 'int64'}`)
  }
  return v
}

const FUNCTIONS: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  not: v => !truth(v),
  len: v => {
    if (typeof v === 'string') return new TextEncoder().encode(v).length
    if (Array.isArray(v)) return v.length
    if (isRecord(v)) return Object.keys(v).length
    throw new Error(
      v === ABSENT || v === null
        ? 'error calling len: reflect: call of reflect.Value.Type on zero Value'
        : `error calling len: len of type ${typeof v === 'boolean' ? 'bool' : 'int'}`,
    )
  },
  index: (v, ...keys) => index(v, keys),
  slice: (v, a = 0, b) => (v as string | unknown[]).slice(a as number, b as number | undefined),
  print: (...a) => print(a),
  println: (...a) => `${a.map(x => goValue(x)).join(' ')}\n`,
  printf: (f, ...a) => sprintf(f, a),
  html: (...a) => escapeHtml(print(a)),
  js: (...a) => JSON.stringify(print(a)).slice(1, -1),
  urlquery: (...a) => encodeURIComponent(print(a)).replaceAll('%20', '+'),
  eq: (a, ...b) => b.some(x => equal(a, x)),
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => less(a, b),
  le: (a, b) => less(a, b) || equal(a, b),
  gt: (a, b) => !(less(a, b) || equal(a, b)),
  ge: (a, b) => !less(a, b),
  call: () => {
    throw new Error('error calling call: non-function')
  },
  exists: (v, ...keys) => {
    try {
      return index(v, keys) !== ABSENT
    } catch {
      return false
    }
  },
  base64decode: v => {
    try {
      return new TextDecoder().decode(Uint8Array.from(atob(String(v)), c => c.charCodeAt(0)))
    } catch {
      throw new Error('error calling base64decode: illegal base64 data at input byte 0')
    }
  },
}

class Loop extends Error {
  readonly kind: 'break' | 'continue'
  constructor(kind: 'break' | 'continue') {
    super(kind)
    this.kind = kind
  }
}

interface Scope {
  variables: Map<string, unknown>
  up?: Scope
}

export class GoTemplate {
  readonly #nodes: readonly Node[]
  readonly #definitions: ReadonlyMap<string, Node[]>
  readonly #allowMissing: boolean
  #out = ''

  /** @throws TemplateError in the words of text/template */
  constructor(text: string, allowMissing = true) {
    this.#allowMissing = allowMissing
    const parser = new Parser(text)
    this.#nodes = parser.parse()
    this.#definitions = parser.definitions
  }

  /** @throws TemplateError */
  run(data: unknown): string {
    this.#out = ''
    try {
      this.#walk(this.#nodes, data, { variables: new Map([['$', data]]) })
    } catch (e) {
      if (e instanceof TemplateError) e.written = this.#out
      throw e
    }
    return this.#out
  }

  #walk(nodes: readonly Node[], dot: unknown, scope: Scope): void {
    for (const node of nodes) {
      switch (node.type) {
        case 'text':
          this.#out += node.text
          break
        case 'action': {
          const v = this.#pipe(node.pipe, dot, scope)
          if (!node.pipe.variables.length) this.#out += shown(v)
          break
        }
        case 'if':
        case 'with': {
          const inner: Scope = { variables: new Map(), up: scope }
          const v = this.#pipe(node.pipe, dot, inner)
          if (truth(v)) this.#walk(node.body, node.type === 'with' ? v : dot, inner)
          else this.#walk(node.otherwise, dot, inner)
          break
        }
        case 'range':
          this.#range(node, dot, scope)
          break
        case 'template': {
          const body = this.#definitions.get(node.name)
          if (!body)
            throw new TemplateError(
              `template: output:1:11: executing "output" at <{{template ${JSON.stringify(node.name)}}}>: template ${JSON.stringify(node.name)} not defined`,
            )
          const v = node.pipe ? this.#pipe(node.pipe, dot, scope) : null
          this.#walk(body, v, { variables: new Map([['$', v]]) })
          break
        }
        case 'break':
        case 'continue':
          throw new Loop(node.type)
      }
    }
  }

  #range(node: Extract<Node, { body: Node[]; pipe: Pipe }>, dot: unknown, scope: Scope): void {
    const outer: Scope = { variables: new Map(), up: scope }
    const v = this.#pipe(node.pipe, dot, outer, false)
    const items: [unknown, unknown][] = Array.isArray(v)
      ? v.map((x, i) => [i, x])
      : isRecord(v)
        ? sortedKeys(v).map(k => [k, v[k]])
        : typeof v === 'number'
          ? Array.from({ length: v }, (_, i) => [i, i])
          : []
    if (!Array.isArray(v) && !isRecord(v) && typeof v !== 'number' && truth(v))
      throw new TemplateError(
        `template: output:1:8: executing "output" at <${this.#textOf(node.pipe)}>: range can't iterate over ${goValue(v)}`,
      )
    if (!items.length) {
      this.#walk(node.otherwise, dot, outer)
      return
    }
    for (const [key, value] of items) {
      const inner: Scope = { variables: new Map(), up: outer }
      const names = node.pipe.variables
      if (names.length === 1) inner.variables.set(names[0]!, value)
      if (names.length === 2) {
        inner.variables.set(names[0]!, key)
        inner.variables.set(names[1]!, value)
      }
      try {
        this.#walk(node.body, value, inner)
      } catch (e) {
        if (!(e instanceof Loop)) throw e
        if (e.kind === 'break') break
      }
    }
  }

  #textOf(pipe: Pipe): string {
    const first = pipe.commands[0]?.[0]
    return first && 'at' in first ? first.at.text : '.'
  }

  #pipe(pipe: Pipe, dot: unknown, scope: Scope, assign = true): unknown {
    let value: unknown
    pipe.commands.forEach((command, i) => {
      value = this.#command(command, dot, scope, i > 0 ? [value] : [])
    })
    if (assign)
      for (const name of pipe.variables) {
        if (pipe.declares) scope.variables.set(name, value)
        else {
          let s: Scope | undefined = scope
          while (s && !s.variables.has(name)) s = s.up
          ;(s ?? scope).variables.set(name, value)
        }
      }
    return value
  }

  #command(args: readonly Arg[], dot: unknown, scope: Scope, last: readonly unknown[]): unknown {
    const first = args[0]!
    if (first.kind === 'function') {
      if (first.name === 'and' || first.name === 'or') {
        let v: unknown
        for (const a of [...args.slice(1).map(x => () => this.#arg(x, dot, scope)), ...last.map(x => () => x)]) {
          v = a()
          if (truth(v) === (first.name === 'or')) return v
        }
        return v
      }
      const values = [...args.slice(1).map(a => this.#arg(a, dot, scope)), ...last]
      try {
        return FUNCTIONS[first.name]!(...values)
      } catch (e) {
        if (e instanceof TemplateError) throw e
        const words = (e as Error).message
        this.#fail(first.at, words.startsWith('error calling') ? words : `error calling ${first.name}: ${words}`)
      }
    }
    if (args.length > 1 || last.length) {
      const at =
        'at' in first
          ? first.at
          : { line: 1, column: 2, text: first.kind === 'literal' ? JSON.stringify(first.value) : '.' }
      this.#fail(
        at,
        first.kind === 'field'
          ? `${first.path.at(-1)} is not a method but has arguments`
          : `can't give argument to non-function ${at.text}`,
      )
    }
    return this.#arg(first, dot, scope)
  }

  #fail(at: At, words: string): never {
    throw new TemplateError(`template: output:${at.line}:${at.column}: executing "output" at <${at.text}>: ${words}`)
  }

  #arg(arg: Arg, dot: unknown, scope: Scope): unknown {
    switch (arg.kind) {
      case 'dot':
        return dot
      case 'literal':
        return arg.value
      case 'field':
        return this.#fields(dot, arg.path, arg.at)
      case 'variable': {
        let s: Scope | undefined = scope
        while (s && !s.variables.has(arg.name)) s = s.up
        if (!s) throw new TemplateError(`template: output:${arg.at.line}: undefined variable "${arg.name}"`)
        return this.#fields(s.variables.get(arg.name), arg.path, arg.at)
      }
      case 'pipe':
        return this.#fields(this.#pipe(arg.pipe, dot, scope), arg.path, arg.at)
      case 'function':
        return this.#command([arg], dot, scope, [])
    }
  }

  #fields(value: unknown, path: readonly string[], at: At): unknown {
    let v = value
    for (const [i, name] of path.entries()) {
      if (v === ABSENT || v === null || v === undefined) {
        if (i === 0 && v !== ABSENT) this.#fail(at, `nil data; no entry for key ${JSON.stringify(name)}`)
        return ABSENT
      }
      if (!isRecord(v)) this.#fail(at, `can't evaluate field ${name} in type interface {}`)
      v = (v as Record<string, unknown>)[name]
      if (v !== undefined) continue
      if (!this.#allowMissing) this.#fail(at, `map has no entry for key ${JSON.stringify(name)}`)
      v = ABSENT
    }
    return v
  }
}
