/** Changes of the text and how they are taken back: what is typed in a row is one change. */
import { mayHold } from '../../kernel/memory.ts'
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
  /** So many insertions of this length at one place, each chained to the one before. */
  times: number
}

const MOST_TYPED = 256
/** What a change takes besides its text. */
const CHANGE_BYTES = 64

export class Changes {
  /** Counts up with each change kept and down with each taken back; 0 is the text as it was read or written. */
  modified = 0
  readonly #buffer: Buffer
  #changes: Change[] = []
  #keptBytes = 0
  /** Typed and not kept yet. */
  #typed: { kind: Change['kind']; at: number; length: number; text: string } | undefined

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  forget(): void {
    this.#changes = []
    this.#keptBytes = 0
    this.modified = 0
  }

  /** @param times how often, as changes chained to each other @throws OutOfMemory */
  insert(place: number, text: string, keeping: Keeping, times = 1): void {
    this.#claim(text.length * times)
    this.keepInserted(place, text.length, keeping, times)
    this.#put(place, text.repeat(times))
  }

  /** What is or will be inserted by `place`, without inserting it. */
  keepInserted(place: number, length: number, keeping: Keeping, times = 1): void {
    if (keeping === 'typed') this.#typeIn(place, length * times)
    else if (keeping !== 'never') this.#keep('inserted', place, length, keeping === 'chained', { times })
  }

  /** Opens the text for `text` with nothing kept. */
  #put(place: number, text: string): void {
    this.#claim(text.length)
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

  /** Asks for room for so many more bytes. @throws OutOfMemory */
  #claim(bytes: number): void {
    mayHold(this.#buffer.end + this.#keptBytes + bytes)
  }

  #keep(
    kind: Change['kind'],
    at: number,
    length: number,
    chained: boolean,
    { text, times = 1 }: { text?: string; times?: number } = {},
  ): void {
    const { end } = this.#buffer
    // The newline that an emptied text gets anew is not restored.
    const kept = kind === 'removed' && length === end ? length - 1 : length
    const removed = kind === 'removed' ? (text ?? this.#buffer.text.slice(at, at + kept)).slice(0, kept) : ''
    this.#claim(CHANGE_BYTES + removed.length)
    this.#keptBytes += CHANGE_BYTES + removed.length
    this.#changes.push({ kind, chained, at, length: kept, text: removed, times })
    this.modified += times
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
    this.#keep(typed.kind, typed.at, typed.length, false, { text: typed.text })
  }

  /**
   * Takes back the last change.
   * @returns where it was, what to tell, and whether the one before belongs to it; undefined where there was none
   */
  undo(): { place: number; message: string; chained: boolean } | undefined {
    this.settle()
    const change = this.#changes.pop()
    if (!change) return undefined
    const { kind, at, length, text, chained, times } = change
    this.#keptBytes -= CHANGE_BYTES + text.length
    if (kind === 'removed') this.#put(Math.max(0, at), text.padEnd(length, '\0'))
    else this.remove(at, at + length * times - 1, 'never')
    const done = kind === 'removed' ? 'restored' : 'deleted'
    // It tells of the first of its insertions, which is the last to be taken back.
    const message = `Undo [${this.modified - times + 1}] ${done} ${length} chars at position ${at}`
    this.modified -= times
    return { place: at, message, chained }
  }
}
