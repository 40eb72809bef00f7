/** The scrollback of a terminal, as far back as it is worth keeping. */
export class Scrollback {
  readonly #limit: number
  #pieces: string[] = []
  #length = 0

  constructor(limit = 400_000) {
    this.#limit = limit
  }

  add(data: string): void {
    this.#pieces.push(data)
    this.#length += data.length
    // Cut seldom: joining at every piece would cost as much as all that is kept.
    if (this.#length > 2 * this.#limit) this.#shorten()
  }

  text(): string {
    this.#shorten()
    return this.#pieces[0]!
  }

  /** What there is, which is then no longer kept. */
  take(): string {
    const text = this.text()
    this.#pieces = []
    this.#length = 0
    return text
  }

  #shorten(): void {
    const text = latest(this.#pieces.join(''), this.#limit)
    this.#pieces = [text]
    this.#length = text.length
  }
}

/** The end of a text, from the beginning of a line on. */
export function latest(text: string, limit: number): string {
  if (text.length <= limit) return text
  const newline = text.indexOf('\n', text.length - limit)
  return text.slice(newline < 0 ? text.length - limit : newline + 1)
}
