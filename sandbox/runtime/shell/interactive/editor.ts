/** Editing a line on a raw terminal: cursor keys, history, search, completion. */
import { columnsOf, width } from './columns.ts'

export interface Completion {
  /** Where the word that is completed begins. */
  from: number
  candidates: readonly string[]
}

export type Completer = (line: string, cursor: number) => Completion | Promise<Completion>

export interface EditorOptions {
  history: string[]
  complete: Completer
  columns(): number
  write(data: string): Promise<void>
  read(): Promise<string>
}

const HISTORY_LIMIT = 1000

const KEY = /^(?:\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|\x1b[bfd.\x7f]|[\s\S])/u

const MOVES: Record<string, string> = {
  '\x1b[A': 'up',
  '\x1bOA': 'up',
  '\x10': 'up',
  '\x1b[B': 'down',
  '\x1bOB': 'down',
  '\x0e': 'down',
  '\x1b[C': 'right',
  '\x1bOC': 'right',
  '\x06': 'right',
  '\x1b[D': 'left',
  '\x1bOD': 'left',
  '\x02': 'left',
  '\x1b[H': 'home',
  '\x1bOH': 'home',
  '\x1b[1~': 'home',
  '\x01': 'home',
  '\x1b[F': 'end',
  '\x1bOF': 'end',
  '\x1b[4~': 'end',
  '\x05': 'end',
  '\x1b[3~': 'delete',
  '\x1bb': 'word-left',
  '\x1b[1;5D': 'word-left',
  '\x1bf': 'word-right',
  '\x1b[1;5C': 'word-right',
  '\x1b\x7f': 'kill-word',
  '\x17': 'kill-word',
  '\x1bd': 'kill-next',
  '\x0b': 'kill-end',
  '\x15': 'kill-start',
  '\x19': 'yank',
  '\x0c': 'clear',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\t': 'complete',
  '\x12': 'search',
}

const visible = (text: string): string => text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')

export class LineEditor {
  readonly #options: EditorOptions
  #typed = ''
  #text = ''
  #cursor = 0
  #prompt = ''
  #shownRow = 0
  #past = 0
  #draft = ''
  #killed = ''
  #pasting = false
  #tabs = 0

  constructor(options: EditorOptions) {
    this.#options = options
  }

  remember(line: string): void {
    const { history } = this.#options
    if (!line.trim() || history.at(-1) === line) return
    history.push(line)
    if (history.length > HISTORY_LIMIT) history.splice(0, history.length - HISTORY_LIMIT)
  }

  /** The next line, without its newline; '\x03' after Ctrl-C; undefined at the end of input. */
  async line(prompt: string): Promise<string | undefined> {
    this.#prompt = prompt
    this.#text = ''
    this.#cursor = 0
    this.#shownRow = 0
    this.#past = this.#options.history.length
    await this.#options.write(prompt)
    for (;;) {
      if (!this.#typed) {
        this.#typed = await this.#options.read()
        if (!this.#typed) return undefined
      }
      const key = KEY.exec(this.#typed)![0]
      // An escape sequence cut in two by the transport is completed by what comes next.
      if (key === '\x1b' && this.#typed.length === 1) {
        this.#typed += await this.#options.read()
        if (this.#typed.length > 1) continue
      }
      this.#typed = this.#typed.slice(key.length)
      if (key !== '\t') this.#tabs = 0
      if (key === '\x1b[200~' || key === '\x1b[201~') {
        this.#pasting = key === '\x1b[200~'
        continue
      }
      if (key === '\r' || key === '\n') return this.#enter()
      if (key === '\x03') {
        await this.#toEnd()
        await this.#options.write('^C\n')
        return '\x03'
      }
      if (key === '\x04') {
        if (!this.#text) {
          await this.#options.write('\n')
          return undefined
        }
        this.#delete(1)
        await this.#draw()
        continue
      }
      const move = this.#pasting && key === '\t' ? undefined : MOVES[key]
      if (move === 'search') {
        if (await this.#search()) return this.#enter()
      } else if (move) await this.#apply(move)
      else if (key >= ' ' || key === '\t') await this.#insert(key)
    }
  }

  async #enter(): Promise<string> {
    await this.#toEnd()
    await this.#options.write('\n')
    return this.#text
  }

  async #toEnd(): Promise<void> {
    if (this.#cursor === this.#text.length) return
    this.#cursor = this.#text.length
    await this.#draw()
  }

  async #insert(key: string): Promise<void> {
    // What was pasted or typed ahead is taken in one go.
    let text = key
    for (;;) {
      const next = /^[^\x00-\x1f\x7f]+/u.exec(this.#typed)?.[0]
      if (!next) break
      text += next
      this.#typed = this.#typed.slice(next.length)
    }
    const atEnd = this.#cursor === this.#text.length
    this.#text = this.#text.slice(0, this.#cursor) + text + this.#text.slice(this.#cursor)
    this.#cursor += text.length
    const columns = this.#options.columns()
    const fits = width(visible(this.#prompt) + this.#text) < columns
    if (atEnd && fits) await this.#options.write(text)
    else await this.#draw()
  }

  #delete(count: number): string {
    const gone = this.#text.slice(this.#cursor, this.#cursor + count)
    this.#text = this.#text.slice(0, this.#cursor) + this.#text.slice(this.#cursor + count)
    return gone
  }

  #wordStart(): number {
    return this.#text.slice(0, this.#cursor).replace(/\S+\s*$/, '').length
  }

  #wordEnd(): number {
    return this.#cursor + (/^\s*\S+/.exec(this.#text.slice(this.#cursor))?.[0].length ?? 0)
  }

  #back(to: number): string {
    const count = this.#cursor - to
    this.#cursor = to
    return this.#delete(count)
  }

  async #apply(move: string): Promise<void> {
    switch (move) {
      case 'left':
        this.#cursor -= this.#cursor ? stepBack(this.#text, this.#cursor) : 0
        break
      case 'right':
        this.#cursor += stepAhead(this.#text, this.#cursor)
        break
      case 'home':
        this.#cursor = 0
        break
      case 'end':
        this.#cursor = this.#text.length
        break
      case 'word-left':
        this.#cursor = this.#wordStart()
        break
      case 'word-right':
        this.#cursor = this.#wordEnd()
        break
      case 'backspace':
        if (this.#cursor) this.#back(this.#cursor - stepBack(this.#text, this.#cursor))
        break
      case 'delete':
        this.#delete(stepAhead(this.#text, this.#cursor))
        break
      case 'kill-word':
        this.#killed = this.#back(this.#wordStart())
        break
      case 'kill-next':
        this.#killed = this.#delete(this.#wordEnd() - this.#cursor)
        break
      case 'kill-end':
        this.#killed = this.#delete(this.#text.length)
        break
      case 'kill-start':
        this.#killed = this.#back(0)
        break
      case 'yank':
        return this.#insert(this.#killed)
      case 'clear':
        await this.#options.write('\x1b[H\x1b[2J')
        this.#shownRow = 0
        break
      case 'up':
      case 'down':
        this.#recall(move === 'up' ? -1 : 1)
        break
      case 'complete':
        return this.#complete()
    }
    await this.#draw()
  }

  #recall(by: number): void {
    const { history } = this.#options
    const to = this.#past + by
    if (to < 0 || to > history.length) return
    if (this.#past === history.length) this.#draft = this.#text
    this.#past = to
    this.#text = to === history.length ? this.#draft : history[to]!
    this.#cursor = this.#text.length
  }

  async #complete(): Promise<void> {
    const { from, candidates } = await this.#options.complete(this.#text, this.#cursor)
    if (!candidates.length) return
    const word = this.#text.slice(from, this.#cursor)
    let common = candidates[0]!
    for (const candidate of candidates) while (!candidate.startsWith(common)) common = common.slice(0, -1)
    const done = candidates.length === 1 && !/[/=]$/.test(common) ? `${common} ` : common
    if (done.length > word.length || (candidates.length === 1 && done !== word)) {
      this.#text = this.#text.slice(0, from) + done + this.#text.slice(this.#cursor)
      this.#cursor = from + done.length
      this.#tabs = 0
      return this.#draw()
    }
    if (++this.#tabs < 2) return
    await this.#options.write(
      `\n${columnsOf(
        candidates.map(c => c.replace(/^.*\/(?=.)/, '')),
        this.#options.columns(),
      )}`,
    )
    this.#shownRow = 0
    await this.#options.write(this.#prompt)
    await this.#draw()
  }

  /** Ctrl-R. Whether the line found is to be run at once. */
  async #search(): Promise<boolean> {
    const { history, write } = this.#options
    let query = ''
    let at = history.length
    const before = { text: this.#text, cursor: this.#cursor }
    const prompt = this.#prompt
    const find = (from: number): number => {
      for (let i = Math.min(from, history.length - 1); i >= 0; i--) if (history[i]!.includes(query)) return i
      return -1
    }
    let failed = false
    for (;;) {
      const hit = history[at] ?? ''
      this.#prompt = `(${failed ? 'failed ' : ''}reverse-i-search)\`${query}': `
      this.#text = query ? hit : ''
      this.#cursor = Math.max(0, this.#text.indexOf(query))
      await this.#draw()
      if (!this.#typed) this.#typed = await this.#options.read()
      if (!this.#typed) return false
      const key = KEY.exec(this.#typed)![0]
      if (key === '\x12' || key === '\x7f' || key === '\b' || (key >= ' ' && key.length === 1)) {
        this.#typed = this.#typed.slice(key.length)
        if (key === '\x7f' || key === '\b') query = query.slice(0, -1)
        else if (key !== '\x12') query += key
        const found = find(key === '\x12' ? at - 1 : at)
        failed = found < 0
        if (found >= 0) at = found
        continue
      }
      const cancelled = key === '\x03' || key === '\x07'
      if (cancelled) this.#typed = this.#typed.slice(key.length)
      if (cancelled) {
        this.#text = before.text
        this.#cursor = before.cursor
      } else this.#cursor = this.#text.length
      await write('\r\x1b[J')
      this.#shownRow = 0
      this.#prompt = prompt
      await this.#draw()
      if (key === '\r' || key === '\n') {
        this.#typed = this.#typed.slice(1)
        return true
      }
      return false
    }
  }

  /** Shows prompt, line and cursor again, over as many rows as they take. */
  async #draw(): Promise<void> {
    const columns = this.#options.columns()
    const lastPromptLine = visible(this.#prompt).split('\n').pop()!
    const shownPrompt = this.#prompt.split('\n').pop()!
    const total = width(lastPromptLine) + width(this.#text)
    const target = width(lastPromptLine) + width(this.#text.slice(0, this.#cursor))
    let out = this.#shownRow ? `\x1b[${this.#shownRow}A` : ''
    out += `\r\x1b[J${shownPrompt}${this.#text}`
    if (total && total % columns === 0) out += '\n'
    const up = Math.floor(total / columns) - Math.floor(target / columns)
    if (up) out += `\x1b[${up}A`
    out += '\r'
    if (target % columns) out += `\x1b[${target % columns}C`
    this.#shownRow = Math.floor(target / columns)
    await this.#options.write(out)
  }
}

const stepBack = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at - 1] ?? '') ? 2 : 1)
const stepAhead = (text: string, at: number): number =>
  at >= text.length ? 0 : /[\ud800-\udbff]/.test(text[at]!) ? 2 : 1
