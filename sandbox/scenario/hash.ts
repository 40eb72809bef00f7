/** A fingerprint of a history: of everything stored and everything printed. The same in every JavaScript engine. */

/** MurmurHash3's mixing over UTF-16 units, in two lanes; fed piece by piece, so pieces may be cut anywhere. */
export class Hash {
  #a = 0x9747b28c
  #b = 0x3c6ef372
  #length = 0

  add(text: string): this {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x85ebca6b)
      b = (b << 13) | (b >>> 19)
    }
    this.#a = a
    this.#b = b
    this.#length += text.length
    return this
  }

  /** 16 hexadecimal digits; more may be added afterwards. */
  digest(): string {
    const finish = (h: number): string => {
      let x = h ^ this.#length
      x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
      return ((x ^ (x >>> 16)) >>> 0).toString(16).padStart(8, '0')
    }
    return finish(this.#a) + finish(Math.imul(this.#b, 5) + 0xe6546b64)
  }
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonical(item ?? null)}`
    return `[${text}]`
  }
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key]
    if (item !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonical(item)}`
  }
  return `{${text}}`
}
