/** Values of MongoDB's shell: reading them as they are typed, showing them as mongosh does. */

export type Value = null | boolean | number | string | ObjectId | Value[] | { [name: string]: Value }

export interface ObjectId {
  $oid: string
}

export const isObjectId = (value: Value | undefined): value is ObjectId =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.$oid === 'string'

/** What is typed cannot be understood. */
export class Unreadable extends Error {}

/** Reads values one after the other: JSON, and names without quotes, other quotes, ObjectId('…'), a comma too many. */
export class Reader {
  readonly #text: string
  #at: number

  constructor(text: string, at = 0) {
    this.#text = text
    this.#at = at
  }

  get at(): number {
    this.#space()
    return this.#at
  }

  #space(): void {
    this.#at += /^\s*/.exec(this.#text.slice(this.#at))![0].length
  }

  eats(sign: string): boolean {
    this.#space()
    if (!this.#text.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }

  #match(pattern: RegExp): string | undefined {
    this.#space()
    const found = pattern.exec(this.#text.slice(this.#at))?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  word(): string | undefined {
    return this.#match(/^[\w$]+/)
  }

  value(): Value {
    if (this.eats('{')) return this.#object()
    if (this.eats('[')) {
      const items: Value[] = []
      while (!this.eats(']')) {
        items.push(this.value())
        if (!this.eats(',') && this.#text[this.at] !== ']') throw new Unreadable()
      }
      return items
    }
    const quoted = this.#match(/^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/)
    if (quoted !== undefined) return unquoted(quoted)
    const number = this.#match(/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i)
    if (number !== undefined) return Number(number)
    const word = this.word()
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null' || word === 'undefined') return null
    if (
      (word === 'ObjectId' || word === 'ISODate' || word === 'NumberInt' || word === 'NumberLong') &&
      this.eats('(')
    ) {
      const inner = this.value()
      if (!this.eats(')')) throw new Unreadable()
      return word === 'ObjectId' ? { $oid: String(inner) } : inner
    }
    throw new Unreadable()
  }

  #object(): { [name: string]: Value } {
    const fields: { [name: string]: Value } = {}
    while (!this.eats('}')) {
      const quoted = this.#match(/^("[^"]*"|'[^']*')/)
      const name = quoted === undefined ? this.#match(/^[\w$.]+/) : quoted.slice(1, -1)
      if (name === undefined || !this.eats(':')) throw new Unreadable()
      fields[name] = this.value()
      if (!this.eats(',') && this.#text[this.at] !== '}') throw new Unreadable()
    }
    return fields
  }
}

const unquoted = (text: string): string =>
  text.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c))

const WIDTH = 72

/** As Node's inspect shows it: short ones on a line. */
export function show(value: Value | undefined, indent = ''): string {
  if (value === undefined) return ''
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  if (isObjectId(value)) return `ObjectId('${value.$oid}')`
  if (!Array.isArray(value) && typeof value.$date === 'number')
    return `ISODate('${new Date(value.$date).toISOString()}')`
  const inner = `${indent}  `
  const isArray = Array.isArray(value)
  const parts = isArray
    ? value.map(item => show(item, inner))
    : Object.entries(value).map(
        ([name, field]) => `${/^[\w$]+$/.test(name) ? name : `'${name}'`}: ${show(field, inner)}`,
      )
  const [open, close] = isArray ? '[]' : '{}'
  if (!parts.length) return open + close!
  const line = `${open} ${parts.join(', ')} ${close}`
  const nested = !isArray || value.some(item => typeof item === 'object' && item !== null)
  if (line.length + indent.length <= WIDTH && !line.includes('\n') && !(isArray && nested && parts.length > 1))
    return line
  return `${open}\n${parts.map(part => `${inner}${part}`).join(',\n')}\n${indent}${close}`
}
