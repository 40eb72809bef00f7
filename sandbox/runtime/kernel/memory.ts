/** How much text a program may hold in our own memory, and how it ends past that. */

/** Characters. Past this the page would stand still, or fall. */
const HELD_MAX = 128 * 1024 ** 2

/** Thrown into a program that holds too much: it ends as if the node had no memory left. */
class OutOfMemory extends Error {}

/** @throws OutOfMemory */
export function mayHold(characters: number, most = HELD_MAX): void {
  if (characters > most) throw new OutOfMemory()
}

/** Also what JavaScript says of a text, a list or an integer that is longer than it can hold. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof OutOfMemory ||
  (error instanceof RangeError && /string length|array length|BigInt size|allocation size|memory/i.test(error.message))

/** A program that goes deeper into itself than its stack reaches, as parsers do that are given ten thousand brackets. */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message)
