/** Sizes as commands take them: `4k`, `10MB`, `1G`, `2x512`. */

const UNITS: Readonly<Record<string, number>> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  KB: 1000,
  KiB: 1024,
  M: 1024 ** 2,
  MB: 1e6,
  MiB: 1024 ** 2,
  G: 1024 ** 3,
  GB: 1e9,
  GiB: 1024 ** 3,
  T: 1024 ** 4,
}

/** @param products whether `2x512` is 1024 @returns undefined for what is no size */
export function parseSize(text: string, products = false): number | undefined {
  const factors = (products ? text.split('x') : [text]).map(factor => {
    const match = /^(\d+)([a-zA-Z]*)$/.exec(factor)
    const unit = match && (match[2] ? UNITS[match[2]] : 1)
    return match && unit ? Number(match[1]) * unit : undefined
  })
  return factors.includes(undefined) ? undefined : factors.reduce<number>((all, factor) => all * factor!, 1)
}
