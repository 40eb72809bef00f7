/** Go's text/template, as far as templates for -o go-template can use it. */
import { isRecord, sortedKeys } from '../../objects.ts'
import { goValue } from '../go.ts'
import { ABSENT, FUNCTIONS, shown, truth } from './functions.ts'
import { Parser } from './parser.ts'
import { type Arg, type At, type Node, type Pipe, TemplateError } from './tree.ts'

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
