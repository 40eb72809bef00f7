/** Keys of a document in YAML that JSON cannot have: go-yaml reads them all the same, and the way to JSON ends there. */
import type { Document } from 'yaml'
import { goQuote } from '../../api/formats/go-escapes.ts'

/** What is read here of the parser's nodes, by their shape: the parser itself may not be loaded yet. */
interface Collection {
  items: readonly unknown[]
}
interface Pair {
  key: unknown
  value: unknown
}
interface Resolving {
  resolve(document: Document): unknown
}
interface Readable {
  toJS(document: Document, options: { mapAsMap: true }): unknown
}

const has = <T>(node: unknown, key: keyof T & string): node is T =>
  typeof node === 'object' && node !== null && key in node

/**
 * `{{ .Values.name }}`, left in a manifest, is a map as a key.
 * @returns what go-yaml and what makes JSON of it say of the first such key
 */
export function keyFault(document: Document): string | undefined {
  const resolved = (node: unknown): unknown => (has<Resolving>(node, 'resolve') ? node.resolve(document) : node)
  const plain = (node: unknown): unknown =>
    has<Readable>(node, 'toJS') ? node.toJS(document, { mapAsMap: true }) : node
  const first = (node: unknown, told: (pair: Pair) => string | undefined): string | undefined => {
    if (!has<Collection>(node, 'items')) return undefined
    for (const item of node.items) {
      const found = has<Pair>(item, 'key')
        ? (first(item.key, told) ?? told(item) ?? first(item.value, told))
        : first(item, told)
      if (found !== undefined) return found
    }
    return undefined
  }
  let empty = false
  const collection = ({ key }: Pair): string | undefined => {
    const node = resolved(key)
    empty ||= has<{ value: unknown }>(node, 'value') && node.value === null
    return has<Collection>(node, 'items') ? `yaml: invalid map key: ${inGo(plain(node))}` : undefined
  }
  const nothing = ({ key, value }: Pair): string | undefined => {
    const node = resolved(key)
    if (!has<{ value: unknown }>(node, 'value') || node.value !== null) return undefined
    const told = plain(value) ?? null
    return `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${told === null ? '<nil>' : inGo(told)}`
  }
  return first(document.contents, collection) ?? (empty ? first(document.contents, nothing) : undefined)
}

/** As Go's `%#v` writes what go-yaml has read; of a map the keys in order. */
function inGo(value: unknown): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return goQuote(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(inGo).join(', ')}}`
  if (!(value instanceof Map)) return String(value)
  const entries = [...value].map(([key, item]) => [inGo(key), inGo(item)] as const)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[interface {}]interface {}{${entries.map(([key, item]) => `${key}:${item}`).join(', ')}}`
}
