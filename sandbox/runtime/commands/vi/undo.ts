/** Changes of the text and how they are taken back: what is typed in a row is one change. */
import type { Buffer } from './buffer.ts'

/** How a change is kept: not at all, on its own, together with the one before, or with what is typed around it. */
export type Keeping = 'never' | 'alone' | 'chained' | 'typed'

interface Change {
  kind: 'inserted' | 'removed'
  chained: boolean
  at: number
  length: number
  /** What was removed. */
  text: string
}

const MOST_TYPED = 256

export class Changes {
  /** Counts up with each change kept and down with each taken back; 0 is the text as it was read or written. */
  modified = 0
  readonly #buffer: Buffer
  #changes: Change[] = []
  /** Typed and not kept yet. */
  #typed: { kind: Change['kind']; at: number; length: number; text: string } | undefined

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  forget(): void {
    this.#changes = []
    this.modified = 0
  }

  insert(place: number, text: string, keeping: Keeping): void {
    this.keepInserted(place, text.length, keeping)
    this.#put(place, text)
  }

  /** What is or will be inserted by `place`, without inserting it. */
  keepInserted(place: number, length: number, keeping: Keeping): void {
    if (keeping === 'typed') this.#typeIn(place, length)
    else if (keeping !== 'never') this.#keep('inserted', place, length, keeping === 'chained')
  }

  /** Opens the text for `text` with nothing kept. */
  #put(place: number, text: string): void {
    const buffer = this.#buffer
    buffer.text = buffer.text.slice(0, place) + text + buffer.text.slice(place)
  }

  /** Puts a text in that is no change of its own. */
  putUnkept(place: number, text: string): void {
    this.#put(place, text)
  }

  /** Writes over characters, as a change of its own that is to be kept by the caller. */
  overwrite(place: number, text: string): void {
    const buffer = this.#buffer
    buffer.text = buffer.text.slice(0, place) + text + buffer.text.slice(place + text.length)
  }

  /**
   * Removes from one character to another, both included.
   * @returns where the text goes on: its last character where nothing follows
   */
  remove(from: number, to: number, keeping: Keeping): number {
    const buffer = this.#buffer
    const size = to - from + 1
    if (keeping === 'typed') this.#typeOut(from, size)
    else if (keeping !== 'never') this.#keep('removed', from, size, keeping === 'chained')
    this.modified--
    if (to + 1 > buffer.end || from < 0 || from >= buffer.end) return from
    this.modified++
    buffer.text = buffer.text.slice(0, from) + buffer.text.slice(to + 1)
    return Math.max(0, Math.min(from, buffer.end - 1))
  }

  /** Something is about to be removed, or has been inserted, at a place. */
  keep(kind: Change['kind'], at: number, length: number, chained: boolean): void {
    this.#keep(kind, at, length, chained)
  }

  #keep(kind: Change['kind'], at: number, length: number, chained: boolean, text?: string): void {
    const { end } = this.#buffer
    // The newline that an emptied text gets anew is not restored.
    const kept = kind === 'removed' && length === end ? length - 1 : length
    this.#changes.push({
      kind,
      chained,
      at,
      length: kept,
      text: kind === 'removed' ? (text ?? this.#buffer.text.slice(at, at + kept)).slice(0, kept) : '',
    })
    this.modified++
  }

  #typeIn(at: number, length: number): void {
    if (length < 1) return
    if (this.#typed?.kind === 'removed') this.settle()
    this.#typed ??= { kind: 'inserted', at, length: 0, text: '' }
    this.#typed.length += length
    if (this.#typed.length >= MOST_TYPED) this.settle()
  }

  #typeOut(at: number, length: number): void {
    if (length !== 1) return
    if (this.#typed?.kind === 'inserted') this.settle()
    this.#typed ??= { kind: 'removed', at, length: 0, text: '' }
    this.#typed.at = at
    this.#typed.length++
    this.#typed.text = this.#buffer.at(at) + this.#typed.text
    if (this.#typed.length >= MOST_TYPED) this.settle()
  }

  /** What was typed so far becomes a change. */
  settle(): void {
    const typed = this.#typed
    if (!typed) return
    this.#typed = undefined
    this.#keep(typed.kind, typed.at, typed.length, false, typed.text)
  }

  /**
   * Takes back the last change and those that it is chained to.
   * @returns where it was, if it was the first of its chain, and what to tell
   */
  undo(): { place: number | undefined; message: string } {
    this.settle()
    for (;;) {
      const change = this.#changes.pop()
      if (!change) return { place: undefined, message: 'Already at oldest change' }
      const { kind, at, length, text, chained } = change
      if (kind === 'removed') this.#put(Math.max(0, at), text.padEnd(length, '\0'))
      else this.remove(at, at + length - 1, 'never')
      const done = kind === 'removed' ? 'restored' : 'deleted'
      const message = `Undo [${this.modified}] ${done} ${length} chars at position ${at}`
      this.modified--
      if (!chained) return { place: at, message }
    }
  }
}
