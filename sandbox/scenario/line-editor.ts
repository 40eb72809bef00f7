/** Editing a command line with the keys that fingers remember: arrows, history, Ctrl-R, Tab. Knows nothing of shells. */
import { displayWidth, lastGraphemeLength } from './width.ts'

/** What Tab may insert: the text from `start` to the cursor is replaced by one of the candidates. */
export interface Completion {
  start: number
  candidates: readonly string[]
}

export interface LineEditorOptions {
  prompt: string
  columns: number
  /** Earlier lines, oldest first. */
  history: readonly string[]
}

/** What a key led to. */
export type Outcome =
  | { kind: 'more'; output: string }
  | { kind: 'line'; output: string; line: string }
  /** Ctrl-C: the line is given up. */
  | { kind: 'interrupt'; output: string }
  /** Ctrl-D on an empty line. */
  | { kind: 'end'; output: string }
  /** Tab: the caller finds completions and hands them to `complete`. */
  | { kind: 'complete'; output: string }

const ESC = '\x1b'
const KEYS: Record<string, string> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x05': 'end',
  '\x06': 'right',
  '\x08': 'backspace',
  '\x7f': 'backspace',
  '\x0b': 'kill-right',
  '\x0c': 'clear',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'swap',
  '\x15': 'kill-left',
  '\x17': 'kill-word',
  '\x19': 'yank',
}
/** What follows an Escape. */
const SEQUENCES: Record<string, string> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[7~': 'home',
  '[4~': 'end',
  '[8~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  f: 'word-right',
  b: 'word-left',
  d: 'kill-word-right',
  '\x7f': 'kill-word',
}

export class LineEditor {
  line = ''
  cursor = 0
  readonly #prompt: string
  readonly #promptWidth: number
  columns: number
  readonly #history: readonly string[]
  #at: number
  #draft = ''
  #killed = ''
  #escape: string | undefined
  #search: { query: string; from: number; before: string } | undefined
  #tabs = 0
  /** The row of the cursor, counted from the prompt's. */
  #row = 0

  constructor({ prompt, columns, history }: LineEditorOptions) {
    this.#prompt = prompt
    this.#promptWidth = displayWidth(prompt.replaceAll(/\x1b\[[\d;]*m/g, ''))
    this.columns = columns
    this.#history = history
    this.#at = history.length
  }

  /** The prompt as it first appears. */
  start(): string {
    return this.#prompt
  }

  /** One character as the terminal sends it. */
  key(key: string): Outcome {
    if (this.#escape !== undefined) return this.#inEscape(key)
    if (key === ESC) {
      this.#escape = ''
      return more('')
    }
    if (this.#search) return this.#inSearch(key)
    if (key !== '\t') this.#tabs = 0
    if (key === '\r' || key === '\n')
      return { kind: 'line', output: `${this.#moveTo(this.line.length)}\n`, line: this.line }
    if (key === '\x03') return { kind: 'interrupt', output: `${this.#moveTo(this.line.length)}^C\n` }
    if (key === '\x04') {
      if (!this.line) return { kind: 'end', output: '\n' }
      return more(this.#do('delete'))
    }
    if (key === '\t') return { kind: 'complete', output: '' }
    const action = KEYS[key]
    if (action) return more(this.#do(action))
    if (key < ' ') return more('')
    return more(this.#insert(key))
  }

  /** The caller's answer to Tab. */
  complete({ start, candidates }: Completion): string {
    if (!candidates.length) return '\x07'
    const typed = this.line.slice(start, this.cursor)
    const common = commonPrefix(candidates)
    const only = candidates.length === 1
    if (common.length > typed.length || only) {
      this.#tabs = 0
      const text = only && !/[/=:]$/.test(common) ? `${common} ` : common
      const rest = this.line.slice(this.cursor)
      this.line = this.line.slice(0, start) + text + rest
      this.cursor = start + text.length
      return this.#redraw()
    }
    if (++this.#tabs < 2) return '\x07'
    return `${this.#moveTo(this.line.length)}\n${inColumns(candidates, this.columns)}${this.#afresh()}`
  }

  #inEscape(key: string): Outcome {
    const sequence = this.#escape! + key
    const unfinished = sequence === '[' || sequence === 'O' || /^\[[\d;]*$/.test(sequence)
    this.#escape = unfinished ? sequence : undefined
    if (unfinished) return more('')
    if (this.#search) this.#search = undefined
    const action = SEQUENCES[sequence]
    return more(action ? this.#do(action) : '')
  }

  #do(action: string): string {
    const { line, cursor } = this
    switch (action) {
      case 'home':
        return this.#moveTo(0)
      case 'end':
        return this.#moveTo(line.length)
      case 'left':
        return this.#moveTo(cursor - lastGraphemeLength(line.slice(0, cursor)))
      case 'right':
        return this.#moveTo(cursor + (line.codePointAt(cursor)! > 0xffff ? 2 : 1))
      case 'word-left':
        return this.#moveTo(line.slice(0, cursor).replace(/\S+\s*$/, '').length)
      case 'word-right':
        return this.#moveTo(cursor + /^\s*\S*/.exec(line.slice(cursor))![0].length)
      case 'backspace':
        return this.#cut(cursor - lastGraphemeLength(line.slice(0, cursor)), cursor)
      case 'delete':
        return this.#cut(cursor, Math.min(line.length, cursor + (line.codePointAt(cursor)! > 0xffff ? 2 : 1)))
      case 'kill-left':
        return this.#kill(0, cursor)
      case 'kill-right':
        return this.#kill(cursor, line.length)
      case 'kill-word':
        return this.#kill(line.slice(0, cursor).replace(/\S+\s*$/, '').length, cursor)
      case 'kill-word-right':
        return this.#kill(cursor, cursor + /^\s*\S*/.exec(line.slice(cursor))![0].length)
      case 'yank':
        return this.#insert(this.#killed)
      case 'swap': {
        if (cursor < 1 || line.length < 2) return ''
        const at = Math.min(cursor, line.length - 1)
        this.line = line.slice(0, at - 1) + line[at] + line[at - 1] + line.slice(at + 1)
        this.cursor = at + 1
        return this.#redraw()
      }
      case 'clear':
        return `\x1b[H\x1b[2J${this.#afresh()}`
      case 'up':
        return this.#recall(this.#at - 1)
      case 'down':
        return this.#recall(this.#at + 1)
      default: {
        this.#search = { query: '', from: this.#history.length - 1, before: line }
        return this.#redraw()
      }
    }
  }

  #recall(at: number): string {
    if (at < 0 || at > this.#history.length) return ''
    if (this.#at === this.#history.length) this.#draft = this.line
    this.#at = at
    this.line = this.#history[at] ?? this.#draft
    this.cursor = this.line.length
    return this.#redraw()
  }

  /** Ctrl-R: back through history by what the line contains. */
  #inSearch(key: string): Outcome {
    const search = this.#search!
    if (key === '\x07' || key === '\x03') {
      this.#search = undefined
      this.line = search.before
      this.cursor = this.line.length
      return more(this.#redraw())
    }
    if (key === '\x12') search.from--
    else if (key === '\x7f' || key === '\b') {
      search.query = search.query.slice(0, -1)
      search.from = this.#history.length - 1
    } else if (key >= ' ') search.query += key
    else {
      this.#search = undefined
      const redrawn = this.#redraw()
      const outcome = this.key(key)
      return { ...outcome, output: redrawn + outcome.output }
    }
    for (let i = Math.min(search.from, this.#history.length - 1); i >= 0; i--) {
      const at = search.query ? this.#history[i]!.lastIndexOf(search.query) : -1
      if (at < 0) continue
      search.from = i
      this.line = this.#history[i]!
      this.cursor = at
      this.#at = i
      break
    }
    return more(this.#redraw())
  }

  #insert(text: string): string {
    const atEnd = this.cursor === this.line.length
    this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor)
    this.cursor += text.length
    const before = this.#promptWidth + displayWidth(this.line.slice(0, -text.length || undefined))
    // Typing at the end of a line that does not wrap needs no redrawing.
    if (atEnd && (before % this.columns) + displayWidth(text) < this.columns) return text
    return this.#redraw()
  }

  #cut(from: number, to: number): string {
    if (from >= to) return ''
    this.line = this.line.slice(0, from) + this.line.slice(to)
    this.cursor = from
    return this.#redraw()
  }

  #kill(from: number, to: number): string {
    if (from < to) this.#killed = this.line.slice(from, to)
    return this.#cut(from, to)
  }

  #moveTo(at: number): string {
    const to = Math.max(0, Math.min(this.line.length, at))
    if (to === this.cursor && !this.#search) return ''
    this.cursor = to
    return this.#redraw()
  }

  /** The line from a fresh row. */
  #afresh(): string {
    this.#row = 0
    return this.#redraw()
  }

  #redraw(): string {
    const prompt = this.#search ? `(reverse-i-search)\`${this.#search.query}': ` : this.#prompt
    const width = this.#search ? displayWidth(prompt) : this.#promptWidth
    const end = width + displayWidth(this.line)
    const here = width + displayWidth(this.line.slice(0, this.cursor))
    const up = this.#row
    const endRow = Math.floor(end / this.columns)
    const row = Math.floor(here / this.columns)
    this.#row = row
    const back = endRow - row
    const column = here % this.columns
    // A line that fills its row to the end leaves the cursor there; one more character makes it wrap.
    const wrap = end > 0 && end % this.columns === 0 ? ' \r' : ''
    return `${up ? `\x1b[${up}A` : ''}\r\x1b[J${prompt}${this.line}${wrap}${back ? `\x1b[${back}A` : ''}\r${column ? `\x1b[${column}C` : ''}`
  }
}

const more = (output: string): Outcome => ({ kind: 'more', output })

const commonPrefix = (words: readonly string[]): string => {
  let prefix = words[0] ?? ''
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1)
  return prefix
}

/** As bash lists candidates: down the columns. */
function inColumns(words: readonly string[], columns: number): string {
  const shown = words.map(word => word.replace(/^.*\/(?=.)/, ''))
  const width = Math.max(...shown.map(displayWidth)) + 2
  const across = Math.max(1, Math.floor(columns / width))
  const rows = Math.ceil(shown.length / across)
  let text = ''
  for (let row = 0; row < rows; row++) {
    const cells = shown.filter((_, i) => i % rows === row)
    text += `${cells.map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat(width - displayWidth(cell)))).join('')}\n`
  }
  return text
}
