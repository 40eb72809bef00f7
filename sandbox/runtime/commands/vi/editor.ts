/** The state of an editing session, and what its commands have in common. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { Buffer } from './buffer.ts'
import { byteOf, isErasing, type Key, type Keyboard } from './keys.ts'
import type { Options } from './options.ts'
import { INVERSE, PLAIN, Screen } from './screen.ts'
import { Changes, type Keeping } from './undo.ts'

export type Mode = 'command' | 'insert' | 'replace'

/** How what a register holds is put back: within a line, as lines, or as a piece with newlines in it. */
export type Extent = 'part' | 'lines' | 'pieces'

/** Names of registers and marks: a letter, and what has none. */
export const UNNAMED = 'D'
export const LINE_AS_IT_WAS = 'U'

/** Who ended the reading of keys: the input did. */
export class NoMoreKeys extends Error {}

export interface Hooks {
  /** Brings bytes to the terminal. */
  flush(bytes: string): Promise<void>
  /** Does what signals ask for, before one waits for a key. */
  attend(editor: Editor): Promise<void>
  perform(editor: Editor, key: Key): Promise<void>
}

const INDICATORS: Readonly<Record<Mode, string>> = { command: '-', insert: 'I', replace: 'R' }
const LONGEST_STATUS = 199
const LONGEST_WARNING = 190
const LONGEST_INPUT = 127
/** What a round of a loop uses of the processor, and how much of the text it moves meanwhile. */
const ROUND_MS = 0.005
const MOVED_PER_MS = 1e7
/** Longer commands are not repeated by `.`. */
const LONGEST_REPEATED = 126

export class Editor {
  readonly process: Process
  readonly keyboard: Keyboard
  readonly buffer = new Buffer()
  readonly changes = new Changes(this.buffer)
  readonly screen: Screen
  readonly options: Options = { autoindent: false, expandtab: false, flash: false, ignorecase: false, showmatch: false }

  /** Where the cursor is in the text. */
  dot = 0
  mode: Mode = 'command'
  /** Where the cursor was when the present command began: a jump from there is remembered. */
  origin = 0
  /** The number before a command; 0 is none. */
  count = 0
  /** Whether the last command could not be done. */
  failed = false

  readonly registers = new Map<string, { text: string; extent: Extent }>()
  register = UNNAMED
  readonly marks = new Map<string, number>()
  /** Where the last two jumps began. */
  jumps: [latest: number | undefined, before: number | undefined] = [undefined, undefined]

  fileName: string | undefined
  otherFileName: string | undefined
  /** Changes of the file are refused: that is its nature, or was asked for. */
  readOnly = { file: false, asked: false }
  files: readonly string[] = []
  fileIndex = 0
  editing = true

  /** The last pattern, after the `/` or `?` that it was searched by. */
  pattern = ''
  /** The last character searched for in a line, and by which command. */
  sought = { character: '', command: '' }

  /** The column that moves up and down go to; the end of each line after `$`. */
  column: number | 'end' = 0
  keepsColumn = false
  /** Where replacing began. */
  replacedFrom = 0
  /** Columns that an automatic indent has put before the cursor. */
  indented = 0
  /** The indent of the next opened line; undefined: that of the line before. */
  nextIndent: number | undefined

  #output = ''
  #message: { text: string; invisible: number } | undefined
  /** Of the status last shown: it is drawn anew only when this differs. */
  #statusSum = 0
  #counted = { modified: -1, lines: 0 }

  /** The command for `.`, its count, and whether keys are being added to it. */
  #repeated = ''
  #repeatedCount = 1
  recording = false
  #replayed: string | undefined

  /** Signals that have come and are not attended to. */
  readonly happened = { interrupt: false, resize: false, stop: false }
  readonly #hooks: Hooks

  constructor(process: Process, keyboard: Keyboard, hooks: Hooks) {
    this.process = process
    this.keyboard = keyboard
    this.#hooks = hooks
    this.screen = new Screen(this.buffer, bytes => this.write(bytes))
  }

  write(bytes: string): void {
    this.#output += bytes
  }

  async flush(): Promise<void> {
    const bytes = this.#output
    this.#output = ''
    if (bytes) await this.#hooks.flush(bytes)
  }

  // Keys

  /** The next key: of the command that is repeated, or of who types. @throws NoMoreKeys */
  async key(): Promise<Key> {
    if (!this.recording) {
      const replayed = this.#replayed
      if (replayed) {
        this.#replayed = replayed.slice(1)
        return replayed[0]!
      }
      this.#replayed = undefined
      return this.#read()
    }
    const key = await this.#read()
    if (this.#repeated.length >= LONGEST_REPEATED) {
      this.recording = false
      this.#repeated = ''
    } else this.#repeated += byteOf(key)
    return key
  }

  async #read(): Promise<Key> {
    for (;;) {
      await this.#hooks.attend(this)
      await this.flush()
      try {
        const key = await this.keyboard.next()
        if (key === undefined) throw new NoMoreKeys()
        return key
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
  }

  /** Lets who watches see something; a signal ends it. */
  async pause(ms: number): Promise<void> {
    await this.flush()
    try {
      await this.process.sleep(ms)
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }

  /**
   * Before each round of what repeats itself: it uses the processor, as long as the text is, and signals are heard.
   * @throws Interrupted
   */
  async work(): Promise<void> {
    const pause = this.process.tick(ROUND_MS + this.buffer.end / MOVED_PER_MS)
    if (!pause) return
    await pause
    await this.#hooks.attend(this)
  }

  /** Does one command, whose key has been read. */
  perform(key: Key): Promise<void> {
    return this.#hooks.perform(this, key)
  }

  get replaying(): boolean {
    return this.#replayed !== undefined
  }

  /** From now on keys belong to the command that `.` repeats. */
  record(key: Key): void {
    this.#repeated = key
    this.#repeatedCount = this.count || 1
    this.recording = true
  }

  /** A command that changes the text is complete. */
  recorded(): void {
    this.register = UNNAMED
    this.recording = false
  }

  replay(): void {
    if (!this.#repeated) return
    if (this.count) this.#repeatedCount = this.count
    this.#replayed = `${this.#repeatedCount}${this.#repeated}`.split('\0')[0]
  }

  /** After an interrupt. */
  forgetKeys(): void {
    this.#replayed = undefined
    this.recording = false
  }

  /** A line typed at the bottom, with its prompt; '' when the prompt was erased. */
  async line(prompt: string): Promise<string> {
    let text = prompt
    this.touchStatus()
    this.screen.clearBottom()
    this.write(text)
    while (text.length < LONGEST_INPUT) {
      const key = await this.key()
      if (key === '\n' || key === '\r' || key === '\x1b') break
      if (isErasing(key)) {
        text = text.slice(0, -1)
        this.screen.clearBottom()
        if (!text) break
        this.write(text)
      } else if (key.length === 1 && key !== '\0') {
        text += key
        this.write(key)
      }
    }
    this.draw()
    return text
  }

  async waitForReturn(): Promise<void> {
    this.write(`${INVERSE}[Hit return to continue]${PLAIN}`)
    for (let key = await this.key(); key !== '\n' && key !== '\r'; ) key = await this.key()
    await this.redraw()
  }

  // The screen

  draw(all = false): void {
    const { size } = this.process.fds[0] ?? {}
    const { screen } = this
    const changed = size !== undefined && (size.columns !== screen.columns || size.rows !== screen.rows)
    if (size) ({ columns: screen.columns, rows: screen.rows } = size)
    screen.draw(this.dot, this.mode !== 'command', all || changed)
    if (!this.keepsColumn) this.column = screen.cursor.column + screen.offset
  }

  async redraw(all = true): Promise<void> {
    this.screen.erase()
    this.touchStatus()
    this.draw(all)
    await this.showStatus()
  }

  /** The status is drawn again whether it has changed or not. */
  touchStatus(): void {
    this.#statusSum = 0
  }

  say(text: string): void {
    this.#message = { text: text.slice(0, LONGEST_STATUS), invisible: 0 }
  }

  warn(text: string): void {
    this.#message = { text: INVERSE + text.slice(0, LONGEST_WARNING) + PLAIN, invisible: INVERSE.length + PLAIN.length }
  }

  /** Says with a sound that a command cannot be done. */
  async fail(): Promise<void> {
    this.failed = true
    if (!this.options.flash) return this.write('\x07')
    this.write(INVERSE)
    await this.redraw()
    await this.pause(100)
    this.write(PLAIN)
    await this.redraw()
  }

  async showStatus(): Promise<void> {
    const message = this.#message
    const text = message?.text ?? this.#status()
    const sum = message ? 0 : [...text].reduce((all, c) => all + c.charCodeAt(0), 0)
    if (!message && this.#statusSum === sum) return
    this.#statusSum = sum
    this.screen.clearBottom()
    this.write(text)
    this.#message = undefined
    if (message && text.length - message.invisible > this.screen.columns - 1) await this.waitForReturn()
    const { row, column } = this.screen.cursor
    this.screen.placeCursor(row, column)
  }

  #status(): string {
    const { buffer, changes } = this
    let line = buffer.lineNumber(this.dot)
    const counted = this.#counted
    if (changes.modified !== counted.modified) {
      counted.lines = line + buffer.linesBetween(this.dot, buffer.end - 1) - 1
      counted.modified = changes.modified
    }
    if (counted.lines <= 0) line = counted.lines = 0
    const percent = counted.lines ? Math.trunc((100 * line) / counted.lines) : 100
    const marks = `${this.isReadOnly ? ' [Readonly]' : ''}${changes.modified ? ' [Modified]' : ''}`
    const text = `${INDICATORS[this.mode]} ${this.fileName ?? 'No file'}${marks} ${line}/${counted.lines} ${percent}%`
    return text.slice(0, Math.min(this.screen.columns, LONGEST_STATUS))
  }

  /** Lines are counted anew: the text is another one. */
  recount(): void {
    this.#counted.modified = -1
  }

  get isReadOnly(): boolean {
    return this.readOnly.file || this.readOnly.asked
  }

  /** The text is as the file has it. */
  unmodified(): void {
    this.changes.modified = 0
    this.recount()
  }

  // Moving by a character or a line, which ends what was being typed

  left(): void {
    this.changes.settle()
    if (this.dot > 0 && this.buffer.at(this.dot - 1) !== '\n') this.dot--
  }

  right(): void {
    this.changes.settle()
    if (this.dot < this.buffer.end - 1 && this.buffer.at(this.dot) !== '\n') this.dot++
  }

  toLineStart(): void {
    this.changes.settle()
    this.dot = this.buffer.lineStart(this.dot)
  }

  toLineEnd(): void {
    this.changes.settle()
    this.dot = this.buffer.lineEnd(this.dot)
  }

  toNextLine(): void {
    this.changes.settle()
    this.dot = this.buffer.nextLine(this.dot)
  }

  toPreviousLine(): void {
    this.changes.settle()
    this.dot = this.buffer.previousLine(this.dot)
  }

  skipBlanks(): void {
    this.dot = this.buffer.pastBlanks(this.dot)
  }

  /** Keeps the cursor within the text, with a sound when it was not. */
  async stayInside(): Promise<void> {
    const { end } = this.buffer
    if (this.dot >= end && end > 0) {
      this.dot = end - 1
      await this.fail()
    }
    if (this.dot < 0) {
      this.dot = 0
      await this.fail()
    }
  }

  // Registers

  /** Copies from one character to another, both included. */
  yank(from: number, to: number, extent: Extent, register = this.register): void {
    const text = this.buffer.text.slice(from, to + 1)
    const nul = text.indexOf('\0')
    this.registers.set(register, { text: nul < 0 ? text : text.slice(0, nul), extent })
  }

  /** Copies and removes what lies between two characters; a newline alone is no part of a line. @returns where it was */
  take(one: number, other: number, extent: Extent, keeping: Keeping = 'alone'): number {
    const from = Math.min(one, other)
    if (!this.copy(one, other, extent)) return from
    return this.changes.remove(from, Math.max(one, other), keeping)
  }

  /** As `take`, and nothing is removed. @returns whether there was something */
  copy(one: number, other: number, extent: Extent): boolean {
    const from = Math.min(one, other)
    if (extent === 'part' && this.buffer.at(from) === '\n') return false
    this.yank(from, Math.max(one, other), extent)
    return true
  }
}
