/** Durations as Go's package time reads them, and how it quotes what it cannot read. */

/** Byte by byte. */
export function quoted(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map(byte =>
    byte >= 0x80 || byte < 0x20
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte).replace(/["\\]/, '\\$&'),
  )
  return `"${bytes.join('')}"`
}

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  μs: 0.001,
  ns: 0.000001,
}

/** Go counts nanoseconds in 64 bits. */
const MAX_MS = 2 ** 63 / 1e6

/** Milliseconds. @throws in the words of Go's time.ParseDuration */
export function parseDuration(text: string): number {
  const fail = (what: string): never => {
    throw new Error(`time: ${what} ${quoted(text)}`)
  }
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0
  let sum = 0
  do {
    const [whole, amount = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([^.\d]*)/.exec(rest) ?? fail('invalid duration')
    if (!unit) fail('missing unit in duration')
    const ms = UNIT_MS[unit] ?? fail(`unknown unit ${quoted(unit)} in duration`)
    sum += Number(amount) * ms
    if (sum > MAX_MS) fail('invalid duration')
    rest = rest.slice(whole.length)
  } while (rest)
  return text.startsWith('-') ? -sum : sum
}
