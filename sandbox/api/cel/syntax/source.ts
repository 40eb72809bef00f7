/** The text of an expression, and how what is wrong in it is shown: place, words, the line and a mark under it. */

export interface Place {
  /** From 1; -1 where nothing is known. */
  line: number
  /** From 0, in characters; -1 where nothing is known. */
  column: number
}

export interface Issue extends Place {
  words: string
}

const NOWHERE: Place = { line: -1, column: -1 }
const MAX_ISSUES = 100
const MAX_LINE = 16_384

const isWide = (character: string): boolean => character.codePointAt(0)! > 0x7f

function shown({ line, column, words }: Issue, lines: readonly (readonly string[])[]): string {
  const head = `ERROR: <input>:${line}:${column + 1}: ${words}`
  const characters = lines[line - 1]?.map(c => (c === '\t' ? ' ' : c))
  if (!characters || characters.length > MAX_LINE) return head
  const before = characters.slice(0, column).map(c => (isWide(c) ? '．' : '.'))
  const at = characters[column]
  return `${head}\n | ${characters.join('')}\n | ${before.join('')}${at !== undefined && isWide(at) ? '＾' : '^'}`
}

/** Where the nodes of an expression stand, and what has been found wrong with them. */
export class Source {
  readonly #lines: readonly (readonly string[])[]
  /** By a node's number. */
  readonly #places = new Map<number, Place>()
  #issues: Issue[] = []
  #count = 0
  #next = 1

  constructor(text: string) {
    this.#lines = text ? text.split('\n').map(line => [...line]) : []
  }

  /** A number for a node that stands there. */
  mark(place: Place): number {
    this.#places.set(this.#next, place)
    return this.#next++
  }

  /** The place of a node that turned out to be none is forgotten; its number is given again if it was the last. */
  release(id: number): void {
    this.#places.delete(id)
    if (id === this.#next - 1) this.#next--
  }

  placeOf(id: number): Place {
    return this.#places.get(id) ?? NOWHERE
  }

  report(place: Place, words: string): void {
    this.#count++
    // Of nothing, nothing is shown.
    const shown = this.#lines.length ? place : { ...place, column: -1 }
    if (this.#count <= MAX_ISSUES) this.#issues.push({ ...shown, words })
  }

  reportAt(id: number, words: string): void {
    this.report(this.placeOf(id), words)
  }

  get isFaulty(): boolean {
    return this.#count > 0
  }

  issues(): string {
    const sorted = [...this.#issues].sort((a, b) => a.line - b.line || a.column - b.column)
    const texts = sorted.map(issue => shown(issue, this.#lines))
    if (this.#count > MAX_ISSUES) texts.push(`${this.#count - MAX_ISSUES} more errors were truncated`)
    return texts.join('\n')
  }
}
