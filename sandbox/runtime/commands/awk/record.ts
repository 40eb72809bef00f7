/** The record at hand, `$0`, and its fields: each is worked out from the other when it is first needed. */
import { fromOutside, toText, type Value } from './values.ts'

export interface RecordSettings {
  /** FS */
  separator(): string
  /** OFS */
  joiner(): string
  /** CONVFMT */
  format(): string
  /** Up to which whole numbers are shown as such. */
  most: number
  cut(text: string, by: string): string[]
}

export class Record {
  #whole: Value = ''
  #fields: Value[] = []
  #split = true
  #joined = true
  readonly #settings: RecordSettings

  constructor(settings: RecordSettings) {
    this.#settings = settings
  }

  set(text: string): void {
    this.#whole = fromOutside(text)
    this.#split = false
    this.#joined = true
  }

  get count(): number {
    this.#splitNow()
    return this.#fields.length
  }

  set count(n: number) {
    this.#splitNow()
    while (this.#fields.length < n) this.#fields.push('')
    this.#fields.length = n
    this.#joined = false
  }

  get(index: number): Value {
    if (index === 0) {
      if (!this.#joined) {
        const format = this.#settings.format()
        this.#whole = this.#fields
          .map(field => toText(field, format, this.#settings.most))
          .join(this.#settings.joiner())
        this.#joined = true
      }
      return this.#whole
    }
    this.#splitNow()
    return this.#fields[index - 1]
  }

  put(index: number, value: Value): void {
    if (index === 0) {
      this.set(toText(value, this.#settings.format(), this.#settings.most))
      return
    }
    if (index > this.count) this.count = index
    this.#fields[index - 1] = value
    this.#joined = false
  }

  #splitNow(): void {
    if (this.#split) return
    this.#split = true
    this.#fields = this.#settings
      .cut(toText(this.#whole, this.#settings.format()), this.#settings.separator())
      .map(fromOutside)
  }
}
