/** The old sums: cksum, sum and crc32. */
import { bytesOfText } from '../../../bytes.ts'
import { type Call, type Command, options, print, Refusal } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'

/** @param polynomial in the order in which the bits of a byte are taken */
function tableOf(polynomial: number, lowFirst: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = lowFirst ? byte : byte << 24
    for (let bit = 0; bit < 8; bit++)
      crc = lowFirst
        ? crc & 1
          ? (crc >>> 1) ^ polynomial
          : crc >>> 1
        : crc & 0x80000000
          ? (crc << 1) ^ polynomial
          : crc << 1
    return crc >>> 0
  })
}

const HIGH_FIRST = tableOf(0x04c11db7, false)
const LOW_FIRST = tableOf(0xedb88320, true)

/** POSIX's: the length follows the bytes. */
function posix(bytes: Uint8Array): number {
  let crc = 0
  const take = (byte: number): void => {
    crc = ((crc << 8) ^ HIGH_FIRST[((crc >>> 24) ^ byte) & 255]!) >>> 0
  }
  for (const byte of bytes) take(byte)
  for (let length = bytes.length; length; length = Math.floor(length / 256)) take(length & 255)
  return ~crc >>> 0
}

/** gzip's. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ LOW_FIRST[(crc ^ byte) & 255]!
  return ~crc >>> 0
}

function bsd(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum = ((sum >> 1) + ((sum & 1) << 15) + byte) & 0xffff
  return sum
}

function systemV(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum = (sum + byte) >>> 0
  const folded = (sum & 0xffff) + (sum >>> 16)
  return (folded & 0xffff) + (folded >>> 16)
}

type Line = (bytes: Uint8Array, name: string | undefined) => string

async function each(call: Call, names: readonly string[], line: Line): Promise<number> {
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { name, stream } of inputs(call, names, failed)) {
    const bytes = bytesOfText(await readAll(call.process, stream))
    const pause = call.process.tick(bytes.length / 400_000)
    if (pause) await pause
    const shown = name === 'standard input' ? (names.length ? '-' : undefined) : name
    await print(call, `${line(bytes, shown)}\n`)
  }
  return code
}

export const cksum: Command = call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? 'a:l:c' : '', gnu ? { algorithm: 'a', length: 'l', check: 'c' } : {})
  for (const flag of ['a', 'l', 'c'])
    if (flags.has(flag) && flags.value(flag) !== 'crc') throw new Refusal(`-${flag} is not simulated`)
  return each(
    call,
    flags.rest,
    (bytes, name) => `${posix(bytes)} ${bytes.length}${name === undefined ? '' : ` ${name}`}`,
  )
}

export const crc: Command = call =>
  each(call, options(call, '').rest, (bytes, name) => {
    const sum = crc32(bytes).toString(16).padStart(8, '0')
    return name === undefined ? sum : `${sum} ${name}`
  })

export const sum: Command = call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, 'sr', gnu ? { sysv: 's' } : {})
  const { rest } = flags
  const blocks = (bytes: Uint8Array, size: number): number => Math.ceil(bytes.length / size)
  if (flags.has('s') && !flags.has('r'))
    return each(call, rest, (bytes, name) => {
      const shown = gnu ? (name === undefined ? '' : ` ${name}`) : ` ${name ?? '-'}`
      return `${systemV(bytes)} ${blocks(bytes, 512)}${shown}`
    })
  return each(call, rest, (bytes, name) => {
    const shown = rest.length > 1 || (gnu && name !== undefined) ? ` ${name}` : gnu ? '' : ' '
    return `${String(bsd(bytes)).padStart(5, '0')} ${String(blocks(bytes, 1024)).padStart(5)}${shown}`
  })
}
