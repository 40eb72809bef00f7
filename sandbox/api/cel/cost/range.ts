/** From least to most: sizes and costs that can only be estimated, in numbers of 64 bits that stop at their end. */
export interface Range {
  readonly min: bigint
  readonly max: bigint
}

export const MOST = 2n ** 64n - 1n
const stop = (value: bigint): bigint => (value > MOST ? MOST : value)

export const range = (min: bigint, max: bigint): Range => ({ min, max })
export const fixed = (value: number | bigint): Range => range(BigInt(value), BigInt(value))
export const UNKNOWN = range(0n, MOST)
export const NOTHING = fixed(0)

export const plus = (...parts: readonly Range[]): Range =>
  parts.reduce((a, b) => range(stop(a.min + b.min), stop(a.max + b.max)), NOTHING)
export const times = (a: Range, b: Range): Range => range(stop(a.min * b.min), stop(a.max * b.max))
export const union = (a: Range, b: Range): Range => range(a.min < b.min ? a.min : b.min, a.max > b.max ? a.max : b.max)

/** Rounded up. */
export function scaledValue(value: bigint, factor: number): bigint {
  const made = Math.ceil(Number(value) * factor)
  return made >= 2 ** 64 ? MOST : BigInt(made)
}
export const scaled = ({ min, max }: Range, factor: number): Range =>
  range(scaledValue(min, factor), scaledValue(max, factor))
