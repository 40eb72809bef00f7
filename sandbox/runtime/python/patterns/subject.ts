/** What a pattern is tried on. */

/** A text as characters. */
export class Subject {
  readonly text: string
  /** Where characters beyond sixteen bits are in it. */
  readonly #codes: Int32Array | undefined
  readonly length: number

  constructor(text: string) {
    this.text = text
    this.#codes = /[\ud800-\udbff][\udc00-\udfff]/.test(text)
      ? Int32Array.from(text as Iterable<string>, c => c.codePointAt(0)!)
      : undefined
    this.length = this.#codes?.length ?? text.length
  }

  at(place: number): number {
    return this.#codes ? this.#codes[place]! : this.text.charCodeAt(place)
  }

  slice(from: number, to: number): string {
    if (!this.#codes) return this.text.slice(from, to)
    let text = ''
    for (let i = from; i < to; i += 4096)
      text += String.fromCodePoint(...this.#codes.subarray(i, Math.min(to, i + 4096)))
    return text
  }

  /** @returns -1 where it is not to be found */
  find(text: string, from: number): number {
    if (!this.#codes) return this.text.indexOf(text, from)
    const wanted = text.charCodeAt(0)
    let at = from
    while (at < this.length && this.#codes[at] !== wanted) at++
    return at < this.length ? at : -1
  }
}
