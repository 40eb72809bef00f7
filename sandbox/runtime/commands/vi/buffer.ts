/** The text being edited: bytes, one character of a string for each, and what can be asked of its lines. */

export class Buffer {
  /** Each character is a byte; what is beyond the end reads as NUL. */
  text = ''
  /** Columns from one stop of the tabulator to the next. */
  tabstop = 8

  get end(): number {
    return this.text.length
  }

  at(place: number): string {
    return this.text[place] ?? '\0'
  }

  lineStart(place: number): number {
    return place > 0 ? this.text.lastIndexOf('\n', place - 1) + 1 : place
  }

  /** Of the newline that ends the line; of the last character where there is none. */
  lineEnd(place: number): number {
    const last = this.end - 1
    if (place >= last) return place
    const found = this.text.indexOf('\n', place)
    return found < 0 ? last : found
  }

  /** The last character of a line before its newline, or the newline of an empty one. */
  lineLast(place: number): number {
    const end = this.lineEnd(place)
    return this.at(end) === '\n' && end > this.lineStart(end) ? end - 1 : end
  }

  previousLine(place: number): number {
    const start = this.lineStart(place)
    return this.lineStart(start > 0 ? start - 1 : start)
  }

  /** The beginning of the next line; the end of this one where it is the last. */
  nextLine(place: number): number {
    const end = this.lineEnd(place)
    return end < this.end - 1 && this.at(end) === '\n' ? end + 1 : end
  }

  /** How many lines end between two places, the last one's own end included. */
  linesBetween(one: number, other: number): number {
    const last = Math.min(this.lineEnd(Math.max(one, other)), this.end - 1)
    let count = 0
    for (
      let at = this.text.indexOf('\n', Math.min(one, other));
      at >= 0 && at <= last;
      at = this.text.indexOf('\n', at + 1)
    )
      count++
    return count
  }

  /** The number of the line of a place, from 1. */
  lineNumber(place: number): number {
    return this.linesBetween(0, place)
  }

  get lineCount(): number {
    return this.linesBetween(0, this.end - 1)
  }

  /** Where a line begins, by its number. */
  line(number: number): number {
    let place = 0
    for (let n = number; n > 1; n--) {
      const next = this.nextLine(place)
      if (next === place) break
      place = next
    }
    return place
  }

  /** The column after a character that begins in a column. */
  columnAfter(character: string, column: number): number {
    if (character === '\t') return this.nextTabstop(column) + 1
    return column + (character < ' ' || character === '\x7f' ? 2 : 1)
  }

  /** The last column before the next stop. */
  nextTabstop(column: number): number {
    return column + this.tabstop - 1 - (column % this.tabstop)
  }

  column(place: number): number {
    let column = 0
    for (let i = this.lineStart(place); i < place; i++) column = this.columnAfter(this.at(i), column)
    return column
  }

  /** The character of a line that covers a column, or the line's end. */
  placeOfColumn(line: number, wanted: number): number {
    let place = this.lineStart(line)
    let column = 0
    while (this.at(place) !== '\n') {
      column = this.columnAfter(this.at(place), column)
      if (column > wanted || place >= this.end) break
      place++
    }
    return place
  }

  /** How many blanks a line begins with. */
  indent(line: number): number {
    let place = line
    while (place < this.end - 1 && (this.at(place) === ' ' || this.at(place) === '\t')) place++
    return place - line
  }

  /** Past the blanks of a line. */
  pastBlanks(place: number): number {
    let at = place
    while (isSpace(this.at(at)) && this.at(at) !== '\n' && at < this.end - 1) at++
    return at
  }
}

export const isSpace = (character: string): boolean => character === ' ' || (character >= '\t' && character <= '\r')
export const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character)
export const isWordPart = (character: string): boolean => /^\w$/.test(character)
/** A printing ASCII character that is neither a blank nor of a number or letter; `_` counts. */
export const isPunctuation = (character: string): boolean =>
  character > ' ' && character < '\x7f' && !/[0-9A-Za-z]/.test(character)
