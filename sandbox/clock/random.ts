/** Seeded chance: the only place where anything random comes from. */

/** The letters of Kubernetes' generated names: no vowels and no look-alikes, so no words appear. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Strings that stay for long are made of codes: joined from pieces they would keep the pieces. */
const HEX_CODES = Array.from('0123456789abcdef', c => c.charCodeAt(0))
const DASH = '-'.charCodeAt(0)
const FOUR = '4'.charCodeAt(0)
/** Of the one that is being made. */
const uuidCodes: number[] = new Array(36).fill(0)

export class Random {
  #a: number
  #b: number
  #c: number
  #d: number
  readonly #seed: string

  constructor(seed: string | number) {
    this.#seed = String(seed)
    let h = 2166136261
    const word = (): number => {
      h = Math.imul(h ^ (h >>> 16), 2246822507)
      h = Math.imul(h ^ (h >>> 13), 3266489909)
      return (h ^= h >>> 16) >>> 0
    }
    for (let i = 0; i < this.#seed.length; i++) h = Math.imul(h ^ this.#seed.charCodeAt(i), 16777619)
    this.#a = word()
    this.#b = word()
    this.#c = word()
    this.#d = 1
    for (let i = 0; i < 12; i++) this.uint32()
  }

  /** A stream of its own for one part of the world, so that one part's draws never shift another's. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`)
  }

  /** What is drawn within `work` leaves no trace: for looking what would happen. */
  aside<T>(work: () => T): T {
    const [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d]
    try {
      return work()
    } finally {
      this.#a = a
      this.#b = b
      this.#c = c
      this.#d = d
    }
  }

  /** What is drawn within `work` comes from a stream of its own, the same for the same seed, and leaves no trace in this one. */
  within<T>(seed: number, work: () => T): T {
    return this.aside(() => {
      this.#a = seed
      this.#b = 0x9e3779b9
      this.#c = 0x243f6a88
      this.#d = 1
      for (let i = 0; i < 12; i++) this.uint32()
      return work()
    })
  }

  /** sfc32, a small generator that passes the usual batteries. */
  uint32(): number {
    const t = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t
    return t >>> 0
  }

  /** In [0, 1). */
  float(): number {
    return this.uint32() / 2 ** 32
  }

  /** An integer in [0, n). */
  int(n: number): number {
    return Math.floor(this.float() * n)
  }

  /** A suffix as of metadata.generateName. */
  suffix(length = 5): string {
    let s = ''
    for (let i = 0; i < length; i++) s += NAME_LETTERS[this.int(NAME_LETTERS.length)]
    return s
  }

  hex(length: number): string {
    const codes: number[] = new Array(length)
    for (let i = 0, n = 0; i < length; i++, n <<= 4) {
      if (i % 8 === 0) n = this.uint32()
      codes[i] = HEX_CODES[n >>> 28]!
    }
    return String.fromCharCode(...codes)
  }

  /** An RFC 4122 version 4 UUID. */
  uuid(): string {
    let at = 0
    for (let i = 0, n = 0; i < 32; i++, n <<= 4) {
      if (i % 8 === 0) n = this.uint32()
      if (i === 8 || i === 12 || i === 16 || i === 20) uuidCodes[at++] = DASH
      const digit = n >>> 28
      uuidCodes[at++] = i === 12 ? FOUR : HEX_CODES[i === 16 ? 8 | (digit & 3) : digit]!
    }
    return String.fromCharCode(...uuidCodes)
  }
}
