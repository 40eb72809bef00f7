/** Reads what an author has written in YAML; what is wrong is told with file, line and remedy. */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'

export interface Problem {
  file: string
  line: number
  message: string
  remedy: string
}

export const describeProblem = (p: Problem): string => `${p.file}:${p.line}: ${p.message}. ${p.remedy}`

interface Scalars {
  string: string
  number: number
  boolean: boolean
}

/** Walks a YAML document and notes what is wrong with the line where it stands. */
export class Reader {
  readonly problems: Problem[] = []
  readonly document: Document
  readonly #file: string
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.#file = file
    this.document = parseDocument(text, { lineCounter: this.#lines })
    for (const error of this.document.errors) {
      const line = this.#lines.linePos(error.pos[0]).line
      this.problems.push({
        file,
        line,
        message: error.message.split('\n')[0]!.replace(/ at line .*/, ''),
        remedy: 'Correct the YAML',
      })
    }
  }

  complain(node: unknown, message: string, remedy: string): void {
    const offset = (node as Node | undefined)?.range?.[0]
    this.problems.push({
      file: this.#file,
      line: offset === undefined ? 1 : this.#lines.linePos(offset).line,
      message,
      remedy,
    })
  }

  map(node: unknown, what: string, keys: readonly string[]): YAMLMap | undefined {
    if (!isMap(node)) {
      this.complain(node, `${what} has to be a map`, `Its keys are ${keys.join(', ')}`)
      return undefined
    }
    for (const pair of node.items as Pair<Node, Node>[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      if (!keys.includes(key)) this.complain(pair.key, `${what} has no key "${key}"`, `Its keys are ${keys.join(', ')}`)
    }
    return node
  }

  value<K extends keyof Scalars>(map: YAMLMap | undefined, key: string, type: K): Scalars[K] | undefined {
    const value: unknown = map?.get(key)
    if (value !== undefined && typeof value !== type)
      this.complain(map?.get(key, true), `"${key}" has to be a ${type}`, 'Correct it')
    return typeof value === type ? (value as Scalars[K]) : undefined
  }

  items(map: YAMLMap | undefined, key: string): readonly unknown[] {
    const node = map?.get(key, true)
    if (node === undefined) return []
    if (isSeq(node)) return node.items
    this.complain(node, `"${key}" has to be a list`, 'Begin each item with "- "')
    return []
  }

  strings(map: YAMLMap | undefined, key: string): string[] {
    return this.items(map, key).flatMap(item => {
      if (isScalar(item) && typeof item.value === 'string') return [item.value]
      this.complain(item, `"${key}" holds something that is no text`, 'Every item is one word')
      return []
    })
  }

  /** The "id" of an item; told to be unique when `seen` is given. */
  id(map: YAMLMap | undefined, seen?: Set<string>): string | undefined {
    const id = this.value(map, 'id', 'string')
    if (!map) return undefined
    if (!id || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      this.complain(map, `"${id ?? ''}" is no id`, 'Use small letters, digits and hyphens, as in run-nginx')
      return undefined
    }
    if (seen?.has(id)) this.complain(map, `the id "${id}" stands here twice`, 'Give this one another id')
    seen?.add(id)
    return id
  }
}
