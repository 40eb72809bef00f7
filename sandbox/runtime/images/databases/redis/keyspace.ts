/** What redis keeps, by its keys, and until when. */
import type { Clock } from '../../../../clock/clock.ts'
import { error, type Reply } from './protocol.ts'
import type { Stream } from './stream.ts'

/** Members of a sorted set, and their scores. */
export class Scores extends Map<string, number> {}

export interface Value {
  data: string | string[] | Map<string, string> | Set<string> | Scores | Stream
  /** Virtual milliseconds. */
  expires?: number
}

export interface Command {
  /** How many words it takes at least. */
  needs: number
  writes?: true
  run(args: readonly string[]): Reply
  /** As it is kept and told to replicas, where that is another command. */
  kept?(words: readonly string[], reply: Reply): readonly string[]
}

export const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')
export const NO_INTEGER = error('ERR value is not an integer or out of range')
export const NO_FLOAT = error('ERR value is not a valid float')
export const SYNTAX = error('ERR syntax error')
export const wrongNumber = (command: string): Reply => error(`ERR wrong number of arguments for '${command}' command`)

export const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined

export function float(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const infinite = /^([+-])?inf(inity)?$/i.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

/** A number as redis shows one that may have a fraction. */
export const shown = (n: number): string => (Number.isFinite(n) ? String(n) : n > 0 ? 'inf' : '-inf')

/** A pattern of redis as a regular expression: `*`, `?`, `[abc]`, `[^a]`, `[a-z]`, and what stands behind a backslash is itself. */
export function pattern(text: string, flags = ''): RegExp {
  const plain = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
  const source = text.replace(
    /\\(.)|\[(\^?)((?:\\.|[^\]\\])*)\]?|./gs,
    (piece, escaped?: string, not?: string, members?: string) => {
      if (escaped !== undefined) return plain(escaped)
      if (members === undefined) return piece === '*' ? '.*' : piece === '?' ? '.' : plain(piece)
      const ranges = members.replace(/\\(.)|(.)-(.)|./gs, (one, bare?: string, from?: string, to?: string) => {
        if (from === undefined || to === undefined) return plain(bare ?? one)
        // Redis turns a range round that runs backwards.
        return from > to ? `${plain(to)}-${plain(from)}` : `${plain(from)}-${plain(to)}`
      })
      return `[${not ?? ''}${ranges}]`
    },
  )
  return new RegExp(`^${source}$`, `s${flags}`)
}

export class Keyspace {
  readonly #clock: Clock
  readonly #values = new Map<string, Value>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  get size(): number {
    return this.#values.size
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key)
    if (value?.expires !== undefined && value.expires <= this.now()) {
      this.#values.delete(key)
      return undefined
    }
    return value
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value)
  }

  /** Other data at a key, which lives as long as it did. */
  put(key: string, data: Value['data']): void {
    this.#values.set(key, { ...this.get(key), data })
  }

  delete(key: string): boolean {
    return this.#values.delete(key)
  }

  /** @returns whether there was something */
  remove(key: string): boolean {
    return this.get(key) !== undefined && this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }

  /** Those that are still there. */
  keys(): string[] {
    return [...this.#values.keys()].filter(key => this.get(key))
  }
}
