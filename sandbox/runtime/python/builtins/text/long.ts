/**
 * Long texts. What comes of them is counted before it is made, so that a container's limit ends a program before our own
 * memory is full; and what takes long is done piece by piece, so that the clock has its turn.
 */
import { breathe } from '../../machine/iterate.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Steps } from '../../objects/values.ts'

/** Texts that are shorter take no room worth counting before. */
export const LONG = 100_000
/** Of what there is more than this, nobody can have it. */
const TOO_MANY_BYTES = 2 ** 28
/** Texts that are joined at a time. */
const PIECE = 10_000

/** What comes of it that a text holds another so often, where each time takes `bytes`; counted until it is too many. */
export function bytesOfParts(text: string, part: string, bytes: number, most = -1): number {
  if (bytes <= 0 || text.length < LONG) return 0
  const enough = Math.min(most < 0 ? Infinity : most, TOO_MANY_BYTES / bytes)
  if (part === '') return Math.min(text.length + 1, enough) * bytes
  let count = 0
  for (let at = text.indexOf(part); at >= 0 && count < enough; at = text.indexOf(part, at + part.length)) count++
  return count * bytes
}

/** A text with others in the place of a part of it. @param most how many; all when negative */
export function replaced(
  machine: Machine,
  text: string,
  from: string,
  to: string,
  most: number,
): string | Steps<string> {
  if (from === '') return between(machine, text, to, most)
  if (text.length >= LONG) return piecewise(machine, text, from, to, most)
  const parts = text.split(from)
  machine.allocate(text.length + Math.max(0, to.length - from.length) * (parts.length - 1))
  if (most < 0) return parts.join(to)
  return [parts.slice(0, most + 1).join(to), ...parts.slice(most + 1)].join(from)
}

/** The empty text is before each character, and at the end. */
function between(machine: Machine, text: string, to: string, most: number): string | Steps<string> {
  machine.allocate(text.length * (to.length + 1))
  let left = most < 0 ? Infinity : most
  const next = (): string => (left-- > 0 ? to : '')
  const made = byCharacters(machine, text, character => next() + character)
  if (typeof made === 'string') return made + next()
  return (function* () {
    return (yield* made) + next()
  })()
}

function* piecewise(machine: Machine, text: string, from: string, to: string, most: number): Steps<string> {
  const pieces = new Pieces(machine)
  try {
    let left = most < 0 ? Infinity : most
    let at = 0
    while (at < text.length && left > 0) {
      const block = text.slice(at, at + LONG)
      const parts = block.split(from, left < LONG ? left + 1 : undefined)
      const matches = parts.length - 1
      const used = parts.slice(0, matches)
      for (const part of used) at += part.length + from.length
      if (matches) pieces.add(used.join(to) + to)
      left -= matches
      if (left > 0) {
        // One may begin at the block's end that ends in the next.
        const rest = parts[matches]!
        const kept = at + rest.length < text.length ? Math.min(rest.length, Math.max(from.length, 1) - 1) : 0
        pieces.add(rest.slice(0, rest.length - kept))
        at += rest.length - kept
      }
      if (machine.step(matches / 10)) yield* breathe(machine)
    }
    pieces.add(text.slice(at))
    return pieces.all
  } finally {
    pieces.letGo()
  }
}

/** Texts that become one: counted as they come, and joined now and then, so that there are never many of them. Who makes some lets go of them, too. */
export class Pieces {
  readonly #machine: Machine
  #all = ''
  #some: string[] = []
  #held = 0

  constructor(machine: Machine) {
    this.#machine = machine
  }

  add(text: string): void {
    this.#machine.grow(text.length)
    this.#machine.collecting += text.length
    this.#held += text.length
    if (this.#some.push(text) >= PIECE) this.#join()
  }

  #join(): void {
    this.#all += this.#some.join('')
    this.#some = []
  }

  get all(): string {
    this.#join()
    return this.#all
  }

  letGo(): void {
    this.#machine.collecting -= this.#held
  }
}

/** Cut anywhere but within a character; at the end of a word; at the end of a line. */
const CHARACTERS = ''
export const WORDS = '\\p{L}*'
export const LINES = '[^\\n]*\\n?'
/** Characters for each step of the machine. */
const CHARACTERS_IN_ONE = 8

/** Changes a text part by part, so many characters at a time. @param whole what is not to be cut apart */
export function changed(
  machine: Machine,
  text: string,
  change: (part: string) => string,
  whole: string,
): string | Steps<string> {
  return text.length < LONG ? change(text) : partwise(machine, text, change, whole)
}

function* partwise(machine: Machine, text: string, change: (part: string) => string, whole: string): Steps<string> {
  const rest = new RegExp(whole, 'uy')
  let made = ''
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + LONG)
    if (/[\ud800-\udbff]/.test(text[to - 1]!)) to++
    rest.lastIndex = to
    to += rest.exec(text)?.[0].length ?? 0
    made += change(text.slice(from, to))
    if (machine.step((to - from) / CHARACTERS_IN_ONE)) yield* breathe(machine)
    from = to
  }
  return made
}

/** Changes a text character by character. */
export const byCharacters = (
  machine: Machine,
  text: string,
  change: (character: string) => string,
): string | Steps<string> =>
  changed(
    machine,
    text,
    part => {
      let made = ''
      for (const character of part) made += change(character)
      return made
    },
    CHARACTERS,
  )
