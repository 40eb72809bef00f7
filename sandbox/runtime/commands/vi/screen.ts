/** What stands on the terminal: lines of the text from one on, each as far as it fits, and the cursor among them. */
import type { Buffer } from './buffer.ts'

export const CLEAR_LINE = '\x1b[K'
export const INVERSE = '\x1b[7m'
export const PLAIN = '\x1b[m'

export class Screen {
  rows = 24
  columns = 80
  /** Where the topmost line begins. */
  top = 0
  /** Columns that have gone out at the left. */
  offset = 0
  /** Where the cursor was last put, from 0. */
  cursor = { row: 0, column: 0 }
  #shown: string[] = []
  #shownOffset = 0
  readonly #buffer: Buffer
  readonly #write: (bytes: string) => void

  constructor(buffer: Buffer, write: (bytes: string) => void) {
    this.#buffer = buffer
    this.#write = write
  }

  /** The end of the bottom line. */
  get bottom(): number {
    let line = this.top
    for (let i = 0; i < this.rows - 2; i++) line = this.#buffer.nextLine(line)
    return this.#buffer.lineEnd(line)
  }

  erase(): void {
    this.#write('\x1b[H\x1b[J')
    this.#shown = []
  }

  placeCursor(row: number, column: number): void {
    const r = Math.max(0, Math.min(row, this.rows - 1))
    const c = Math.max(0, Math.min(column, this.columns - 1))
    this.#write(`\x1b[${r + 1};${c + 1}H`)
  }

  /** The line for messages, empty. */
  clearBottom(): void {
    this.placeCursor(this.rows - 1, 0)
    this.#write(CLEAR_LINE)
  }

  /** Draws what has changed, or all. @param typing whether characters are being inserted */
  draw(place: number, typing: boolean, all: boolean): void {
    this.#follow(place, typing)
    const buffer = this.#buffer
    let line = this.top
    for (let row = 0; row < this.rows - 1; row++) {
      const text = this.#line(line)
      if (line < buffer.end) {
        const end = buffer.text.indexOf('\n', line)
        line = (end < 0 ? buffer.end - 1 : end) + 1
      }
      const shown = this.#shown[row] ?? ''.padEnd(this.columns)
      if (all || this.offset !== this.#shownOffset) this.#put(row, 0, text)
      else if (text !== shown) {
        let first = 0
        let last = this.columns - 1
        while (text[first] === shown[first]) first++
        while (last > first && text[last] === shown[last]) last--
        this.#put(row, first, text.slice(first, last + 1))
      }
      this.#shown[row] = text
    }
    this.#shownOffset = this.offset
    this.placeCursor(this.cursor.row, this.cursor.column)
  }

  #put(row: number, column: number, text: string): void {
    this.placeCursor(row, column)
    this.#write(text)
  }

  /** Moves what is shown so that a place is on it. */
  #follow(place: number, typing: boolean): void {
    const buffer = this.#buffer
    const line = buffer.lineStart(place)
    const half = Math.floor((this.rows - 1) / 2)
    const from = (start: number, away: number): void => {
      this.top = start
      if (away > half) for (let i = 0; i < half; i++) this.top = buffer.previousLine(this.top)
    }
    if (line < this.top) from(line, buffer.linesBetween(line, this.top))
    else {
      const { bottom } = this
      if (line > bottom) {
        const away = buffer.linesBetween(bottom, line)
        if (away > half) from(line, away)
        else for (let i = 0; i < away - 1; i++) this.top = buffer.nextLine(this.top)
      }
    }
    let row = 0
    let at = this.top
    for (; row < this.rows - 1 && at !== line; row++) at = buffer.nextLine(at)
    let column = 0
    for (; ; at++, column++) {
      if (buffer.at(at) === '\n') break
      column = buffer.columnAfter(buffer.at(at), column) - 1
      // What is typed before a tab goes where the tab begins.
      if (typing && at === place - 1 && buffer.at(place) === '\t') {
        column++
        break
      }
      if (at >= place) break
    }
    if (column < this.offset) this.offset = column
    if (column >= this.columns + this.offset) this.offset = column - this.columns + 1
    if (place === line && buffer.at(place) === '\t') this.offset = 0
    this.cursor = { row, column: column - this.offset }
  }

  /** A line as its row shows it: tabs as blanks, control characters as ^X, what is no ASCII as dots. */
  #line(start: number): string {
    const buffer = this.#buffer
    let text = start < buffer.end ? '' : '~'
    const needed = this.offset + this.columns
    for (let i = start; i < buffer.end && text.length < needed; i++) {
      const c = buffer.at(i)
      if (c === '\n') break
      if (c === '\t') text = text.padEnd(buffer.nextTabstop(text.length) + 1)
      else if (c < ' ') text += `^${String.fromCharCode(c.charCodeAt(0) + 64)}`
      else text += c === '\x7f' ? '^?' : c > '\x7f' ? '.' : c
    }
    return text.slice(this.offset, needed).padEnd(this.columns)
  }
}
