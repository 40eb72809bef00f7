/** kubectl's dialect of JSONPath: text with {actions}, range and end, filters, slices, unions, recursive descent. */
import { unquoted } from '../../api/formats/go-escapes.ts'
import { toJson } from '../../api/formats/go-json.ts'
import { KubectlError } from '../errors.ts'
import { isRecord, sortedKeys } from '../objects.ts'
import { goValue } from './go.ts'

type Node =
  | { type: 'text'; text: string }
  | { type: 'list'; nodes: Node[] }
  | { type: 'field'; name: string }
  | { type: 'array'; bounds: readonly [number | undefined, number | undefined, number | undefined]; single: boolean }
  | { type: 'filter'; left: Node; operator: string; right?: Node }
  | { type: 'union'; nodes: Node[] }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | { type: 'identifier'; name: string }
  | { type: 'value'; value: unknown }

class Parser {
  readonly #input: string
  #at = 0
  constructor(input: string) {
    this.#input = input
  }

  parse(): Node[] {
    const nodes: Node[] = []
    for (;;) {
      const open = this.#input.indexOf('{', this.#at)
      const text = this.#input.slice(this.#at, open < 0 ? undefined : open)
      if (text) nodes.push({ type: 'text', text })
      if (open < 0) return nodes
      this.#at = open + 1
      nodes.push({ type: 'list', nodes: this.#action() })
    }
  }

  #rest(): string {
    return this.#input.slice(this.#at)
  }
  #peek(): string {
    return this.#input[this.#at] ?? ''
  }

  #action(): Node[] {
    const nodes: Node[] = []
    for (;;) {
      const rest = this.#rest()
      const c = rest[0]
      if (c === undefined || c === '\n' || c === '\r') throw new Error('unclosed action')
      if (rest.startsWith('..')) {
        this.#at += 2
        nodes.push({ type: 'recursive' })
        if (/[\w\u0080-\uffff]/.test(this.#peek()) || this.#peek() === '\\') nodes.push(this.#field())
      } else if (rest.startsWith('[?(')) nodes.push(this.#filter())
      else if (c === '}') {
        this.#at++
        return nodes
      } else if (c === '[') nodes.push(this.#array())
      else if (c === '"' || c === "'") nodes.push({ type: 'text', text: this.#quoted(c) })
      else if (c === '.') {
        this.#at++
        nodes.push(this.#field())
      } else if (c === '@' || c === '$') {
        this.#at++
      } else if (/[-+\d]/.test(c)) nodes.push(this.#number())
      else if (/[\p{L}_]/u.test(c)) {
        const word = /^[\p{L}\p{N}_]*/u.exec(rest)![0]
        this.#at += word.length
        nodes.push(
          word === 'true' || word === 'false'
            ? { type: 'value', value: word === 'true' }
            : { type: 'identifier', name: word },
        )
      } else if (/[ \t]/.test(c)) this.#at++
      else
        throw new Error(
          `unrecognized character in action: U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${c}'`,
        )
    }
  }

  #field(): Node {
    let name = ''
    for (;;) {
      const c = this.#peek()
      if (c === '' || /[\s.[\](){}'",<>=!@$|]/.test(c)) break
      this.#at++
      if (c === '\\') {
        name += this.#peek()
        this.#at++
      } else name += c
    }
    if (name === '*') return { type: 'wildcard' }
    return { type: 'field', name }
  }

  #number(): Node {
    const m = /^[-+]?[\d.]*/.exec(this.#rest())![0]
    this.#at += m.length
    const value = Number(m)
    if (Number.isNaN(value)) throw new Error(`cannot parse number ${m}`)
    return { type: 'value', value }
  }

  #quoted(end: '"' | "'"): string {
    const from = ++this.#at
    // Whatever stands before a backslash, the quote after one is no end.
    for (; this.#peek() !== end || this.#input[this.#at - 1] === '\\'; this.#at++)
      if (this.#peek() === '' || this.#peek() === '\n') throw new Error('unterminated quoted string')
    const text = this.#input.slice(from, this.#at++)
    const said = unquoted(text, end)
    if (said === undefined) throw new Error(`unquote string ${end}${text}${end} error invalid syntax`)
    return said
  }

  #array(): Node {
    let at = this.#at + 1
    let quote = ''
    for (; ; at++) {
      const c = this.#input[at]
      if (c === undefined || c === '\n') throw new Error('unterminated array')
      if (quote) {
        if (c === quote && this.#input[at - 1] !== '\\') quote = ''
      } else if (c === "'" || c === '"') quote = c
      else if (c === ']') break
    }
    const text = this.#input.slice(this.#at + 1, at)
    this.#at = at + 1
    return arrayNode(text)
  }

  #filter(): Node {
    this.#at += 3
    const from = this.#at
    let depth = 1
    let quote = ''
    for (; ; this.#at++) {
      const c = this.#peek()
      if (c === '' || c === '\n') throw new Error('unterminated filter')
      if (quote) {
        if (c === quote && this.#input[this.#at - 1] !== '\\') quote = ''
      } else if (c === "'" || c === '"') quote = c
      else if (c === '(') depth++
      else if (c === ')' && --depth === 0) break
    }
    const text = this.#input.slice(from, this.#at)
    this.#at++
    if (this.#peek() !== ']') throw new Error('unclosed array expect ]')
    this.#at++
    const m = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text)
    const part = (s: string): Node => ({
      type: 'list',
      nodes: new Parser(`{${s}}`).parse().flatMap(n => (n.type === 'list' ? n.nodes : [n])),
    })
    if (!m) return { type: 'filter', left: part(text), operator: 'exists' }
    return { type: 'filter', left: part(m[1]!), operator: m[2]!, right: part(m[3]!) }
  }
}

function arrayNode(text: string): Node {
  if (text === '*') return { type: 'array', bounds: [undefined, undefined, undefined], single: false }
  const parts = splitUnion(text)
  if (parts.length > 1) return { type: 'union', nodes: parts.map(p => arrayNode(p.trim())) }
  const key = /^'([^']*)'$/.exec(text)
  if (key) return { type: 'list', nodes: (new Parser(`{.${key[1]}}`).parse()[0] as { nodes: Node[] }).nodes }
  const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text)
  if (text === '') return { type: 'array', bounds: [0, 1, undefined], single: true }
  if (!slice) throw new Error(`invalid array index ${text}`)
  const number = (s: string | undefined): number | undefined =>
    s === undefined || s === '' || s === ':' ? undefined : Number(s.replace(':', ''))
  return {
    type: 'array',
    bounds: [number(slice[1]), number(slice[2]), number(slice[3])],
    single: slice[2] === undefined && slice[3] === undefined,
  }
}

function splitUnion(text: string): string[] {
  const out: string[] = ['']
  let quoted = false
  for (const c of text) {
    if (c === "'") quoted = !quoted
    if (c === ',' && !quoted) out.push('')
    else out[out.length - 1] += c
  }
  return out
}

class Evaluator {
  readonly #root: unknown
  readonly #allowMissing: boolean
  constructor(root: unknown, allowMissing: boolean) {
    this.#root = root
    this.#allowMissing = allowMissing
  }

  /** The results of each node up to `{end}`; returns where that stands. */
  run(nodes: readonly Node[], from: number, current: unknown, emit: (results: unknown[]) => void): number {
    for (let i = from; i < nodes.length; i++) {
      const node = nodes[i]!
      const word = node.type === 'list' && node.nodes[0]?.type === 'identifier' ? node.nodes[0].name : undefined
      if (word === 'end') return i
      if (word === 'range') {
        const items = this.list((node as { nodes: Node[] }).nodes.slice(1), [current])
        let end = nodes.length
        if (!items.length) end = this.run(nodes, i + 1, undefined, () => {})
        for (const item of items) end = this.run(nodes, i + 1, item, emit)
        // What follows a range without an end is done once more, for what is around it.
        if (end < nodes.length) i = end
        continue
      }
      if (node.type === 'text') emit([node.text])
      else emit(this.list((node as { nodes: Node[] }).nodes, [current]))
    }
    return nodes.length
  }

  list(nodes: readonly Node[], values: unknown[]): unknown[] {
    let current = values
    for (const node of nodes) current = this.#step(node, current)
    return current
  }

  #step(node: Node, values: unknown[]): unknown[] {
    switch (node.type) {
      case 'text':
        return [node.text]
      case 'value':
        return values.map(() => node.value)
      case 'list':
        return this.list(node.nodes, values)
      case 'identifier':
        throw new Error(`unrecognized identifier ${node.name}`)
      case 'field':
        return this.#field(node.name, values)
      case 'wildcard':
        return values.flatMap(v => (Array.isArray(v) ? v : isRecord(v) ? sortedKeys(v).map(k => v[k]) : []))
      case 'recursive':
        return values.flatMap(v => descend(v))
      case 'union':
        return node.nodes.flatMap(n => this.#step(n, values))
      case 'array':
        return values.flatMap(v => this.#array(node, v))
      case 'filter':
        return values.flatMap(v => this.#filter(node, v))
    }
  }

  #field(name: string, values: unknown[]): unknown[] {
    if (!values.length) return values
    const out: unknown[] = []
    for (const v of values) if (isRecord(v) && v[name] !== undefined) out.push(v[name])
    if (!out.length && !this.#allowMissing) throw new Error(`${name} is not found`)
    return out
  }

  #array(node: Extract<Node, { type: 'array' }>, value: unknown): unknown[] {
    if (value === null || value === undefined) return []
    if (!Array.isArray(value)) throw new Error(`${goType(value)} is not array or slice`)
    const n = value.length
    const [a, b, c] = node.bounds
    if (node.single && a !== undefined) {
      const index = a < 0 ? a + n : a
      if (index < 0 || index >= n) {
        throw new Error(`array index out of bounds: index ${index}, length ${n}`)
      }
      return [value[index]]
    }
    const step = c ?? 1
    if (step <= 0) throw new Error('step must be > 0')
    const start = a === undefined ? 0 : a < 0 ? a + n : a
    const end = b === undefined ? n : b < 0 ? b + n : b
    const outside = (index: number): never => {
      throw new Error(`array index out of bounds: index ${index}, length ${n}`)
    }
    if (start !== end && (start < 0 || start >= n)) outside(start)
    if (start !== end && (end < 1 || end > n)) outside(end - 1)
    if (start > end) throw new Error(`starting index ${start} is greater than ending index ${end}`)
    const out: unknown[] = []
    for (let i = Math.max(0, start); i < end; i += step) out.push(value[i])
    return out
  }

  #filter(node: Extract<Node, { type: 'filter' }>, value: unknown): unknown[] {
    if (value === null || value === undefined) return []
    if (!Array.isArray(value)) throw new Error(`${goValue(value)} is not array or slice and cannot be filtered`)
    const lenient = new Evaluator(this.#root, true)
    return value.filter(item => {
      if (node.operator === 'exists') return lenient.list([node.left], [item]).length > 0
      const left = this.list([node.left], [item])
      if (!left.length) return false
      if (left.length > 1) throw new Error('can only compare one element at a time')
      const right = this.list([node.right!], [item])
      if (!right.length) return false
      if (right.length > 1) throw new Error('can only compare one element at a time')
      return compare(left[0], node.operator, right[0])
    })
  }
}

const goType = (v: unknown): string =>
  isRecord(v)
    ? 'map[string]interface {}'
    : typeof v === 'string'
      ? 'string'
      : typeof v === 'boolean'
        ? 'bool'
        : Number.isInteger(v)
          ? 'int64'
          : 'float64'

function compare(a: unknown, operator: string, b: unknown): boolean {
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison')
  const less = (x: unknown, y: unknown): boolean => (x as number) < (y as number)
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return less(a, b)
    case '>':
      return less(b, a)
    case '<=':
      return !less(b, a)
    case '>=':
      return !less(a, b)
    default:
      throw new Error(`unrecognized filter operator ${operator}`)
  }
}

/** A value and everything in it. */
function descend(v: unknown): unknown[] {
  if (Array.isArray(v)) return [v, ...v.flatMap(descend)]
  if (isRecord(v)) return [v, ...sortedKeys(v).flatMap(k => descend(v[k]))]
  return [v]
}

export class JsonPath {
  readonly text: string
  readonly #nodes: readonly Node[]
  /** @throws Error with the parser's words */
  constructor(text: string) {
    this.text = text
    this.#nodes = new Parser(text).parse()
  }

  /** What each action found. @throws Error */
  find(object: unknown, allowMissing = true): unknown[][] {
    const out: unknown[][] = []
    const end = new Evaluator(object, allowMissing).run(this.#nodes, 0, object, r => out.push(r))
    if (end < this.#nodes.length) throw new Error('not in range, nothing to end')
    return out
  }

  print(object: unknown, allowMissing = true): string {
    return this.find(object, allowMissing)
      .map(results => results.map(printed).join(' '))
      .join('')
  }

  printJson(object: unknown, allowMissing = true): string {
    return this.find(object, allowMissing)
      .map(results => `${toJson(results, { indent: '    ' })}\n`)
      .join('')
  }
}

const printed = (v: unknown): string => (typeof v === 'object' ? toJson(v) : goValue(v))

/** `.spec.x`, `spec.x`, `{.spec.x}` all mean the same. */
export function relaxedPath(text: string): string {
  if (!text) return ''
  const m = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text)
  if (!m)
    throw new KubectlError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  return `{.${m[1] ?? m[2]}}`
}
