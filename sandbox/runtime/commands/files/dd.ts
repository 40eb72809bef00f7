/** `dd`: copies so many blocks of so many bytes, from one place in a file to another. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { errno, isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, Missing, Refusal, Usage } from '../command.ts'
import { parseSize } from './sizes.ts'

const OPERANDS = [
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'cbs',
  'count',
  'skip',
  'seek',
  'conv',
  'iflag',
  'oflag',
  'status',
] as const

type Operand = (typeof OPERANDS)[number]
type Given = Partial<Record<Operand, string>>

/** What changes nothing here, since files are written at once and nothing is held back. */
const HARMLESS = 'fsync fdatasync noerror direct dsync sync-file nonblock noatime nocache fullblock'.split(' ')
const CONVERSIONS = ['notrunc', 'sync', 'swab', ...HARMLESS]
const CONVERSIONS_OF_GNU = [...CONVERSIONS, 'ucase', 'lcase', 'nocreat', 'excl']
const FLAGS = ['skip_bytes', 'count_bytes', 'seek_bytes', 'append', 'sync', ...HARMLESS]

/** What nobody can want at once. */
const TOGETHER = [
  ['excl', 'nocreat'],
  ['lcase', 'ucase'],
] as const
const STATUSES = ['none', 'noxfer', 'progress']

/** What is asked for, read and checked. */
interface Copy {
  given: Given
  readBy: number
  writeBy: number
  conversions: ReadonlySet<string>
  /** Bytes. */
  skip: number
  seek: number
  /** Bytes to read at most. */
  most: number
  appends: boolean
}

function operandsOf({ args, flavour }: Call): Given {
  const given: Given = {}
  for (const arg of args) {
    if (arg === '--') continue
    const at = arg.indexOf('=')
    const name = arg.slice(0, at) as Operand
    if (at < 0 || !OPERANDS.includes(name))
      throw flavour === 'gnu' ? new Usage(`unrecognized operand '${arg}'`) : new Missing('')
    given[name] = arg.slice(at + 1)
  }
  return given
}

function copyOf(call: Call): Copy {
  const given = operandsOf(call)
  const gnu = call.flavour === 'gnu'
  const size = (name: Operand, otherwise: number): number => {
    const text = given[name]
    if (text === undefined) return otherwise
    const value = parseSize(text, gnu)
    const isNoSize = value === 0 && name.endsWith('bs')
    if (isNoSize && !gnu) throw new Refusal('number 0 is not in 1..9223372036854775807 range')
    if (value === undefined || isNoSize)
      throw new Refusal(gnu ? `invalid number: '${text}'` : `invalid number '${text}'`)
    return value
  }
  const listed = (name: 'conv' | 'iflag' | 'oflag', known: readonly string[], what: string): ReadonlySet<string> => {
    const words = (given[name] ?? '').split(',').filter(Boolean)
    const unknown = words.find(word => !known.includes(word))
    if (unknown !== undefined)
      throw gnu ? new Usage(`invalid ${what}: '${unknown}'`) : new Refusal(`invalid argument '${unknown}' to '${name}'`)
    return new Set(words)
  }
  const conversions = listed('conv', gnu ? CONVERSIONS_OF_GNU : CONVERSIONS, 'conversion')
  const inFlags = listed('iflag', FLAGS, 'input flag')
  const outFlags = listed('oflag', FLAGS, 'output flag')
  for (const [one, other] of TOGETHER)
    if (gnu && conversions.has(one) && conversions.has(other)) throw new Refusal(`cannot combine ${one} and ${other}`)
  if (given.status !== undefined && !STATUSES.includes(given.status))
    throw gnu
      ? new Usage(`invalid status level: '${given.status}'`)
      : new Refusal(`invalid argument '${given.status}' to 'status'`)
  if (given.cbs !== undefined) throw new Refusal('cbs= is not simulated')
  const readBy = size('bs', size('ibs', 512))
  const writeBy = size('bs', size('obs', 512))
  const count = size('count', Number.POSITIVE_INFINITY)
  return {
    given,
    readBy,
    writeBy,
    conversions,
    skip: size('skip', 0) * (inFlags.has('skip_bytes') ? 1 : readBy),
    seek: size('seek', 0) * (outFlags.has('seek_bytes') ? 1 : writeBy),
    most: count * (inFlags.has('count_bytes') ? 1 : readBy),
    appends: outFlags.has('append'),
  }
}

export const dd: Command = async call => {
  const { process, flavour } = call
  const copy = copyOf(call)
  const { given, conversions } = copy
  const plainZeros = given.if === '/dev/zero' && given.of && given.count !== undefined && !copy.seek
  if (plainZeros && !conversions.size && !copy.appends && !process.fs.find(given.of!)?.type.match(/device|fifo/))
    return allocateZeros(call, copy)
  const opened = async (name: string, how: 'r' | 'w' | 'a' | 'rw'): Promise<Stream | undefined> => {
    try {
      const isThere = how === 'r' || process.fs.exists(name)
      if (how !== 'r' && isThere && conversions.has('excl')) throw errno('EEXIST')
      if (!isThere && conversions.has('nocreat')) throw errno('ENOENT')
      return process.fs.open(name, how)
    } catch (error) {
      if (!isErrno(error)) throw error
      await complain(call, `${flavour === 'gnu' ? 'failed to' : "can't"} open '${name}': ${error.message}`)
      return undefined
    }
  }
  const input = given.if === undefined ? process.fds[0]! : await opened(given.if, 'r')
  if (!input) return 1
  const keeps = conversions.has('notrunc') || copy.seek > 0
  const output =
    given.of === undefined ? process.fds[1]! : await opened(given.of, copy.appends ? 'a' : keeps ? 'rw' : 'w')
  if (!output) return 1
  if (copy.seek) await goTo(call, copy, output)
  const done = await transfer(call, copy, input, output)
  if (given.if !== undefined) input.close()
  if (given.of !== undefined) output.close()
  return report(call, given, done)
}

/** Goes to where writing begins: over what is kept, and zeros where nothing is. */
async function goTo({ process }: Call, { given, seek, conversions }: Copy, output: Stream): Promise<void> {
  if (given.of !== undefined && !conversions.has('notrunc')) {
    const kept = bytesOfText(process.fs.readFile(given.of)).subarray(0, seek)
    process.fs.writeFile(given.of, textOfBytes(kept))
  }
  let left = seek
  while (left > 0) {
    const passed = await output.read(process, Math.min(left, 65_536)).catch(() => '')
    if (!passed) break
    left -= bytesOfText(passed).length
  }
  if (left > 0) await output.write(process, '\0'.repeat(left))
}

function converted(bytes: Uint8Array, { conversions, readBy }: Copy): Uint8Array {
  let out = bytes
  if (conversions.has('sync') && out.length < readBy) {
    const padded = new Uint8Array(readBy)
    padded.set(out)
    out = padded
  }
  if (conversions.has('swab')) out = out.map((byte, i) => out[i % 2 ? i - 1 : Math.min(i + 1, out.length - 1)] ?? byte)
  if (conversions.has('ucase')) out = out.map(byte => (byte >= 97 && byte <= 122 ? byte - 32 : byte))
  if (conversions.has('lcase')) out = out.map(byte => (byte >= 65 && byte <= 90 ? byte + 32 : byte))
  return out
}

async function transfer(call: Call, copy: Copy, input: Stream, output: Stream): Promise<Copied> {
  const { process } = call
  const { readBy, writeBy } = copy
  const started = process.clock.now()
  // Streams are of letters; what was read of bytes that are not wanted yet waits.
  let waiting = new Uint8Array()
  let ended = false
  const take = async (count: number): Promise<Uint8Array> => {
    while (waiting.length < count && !ended) {
      const data = await input.read(process, Math.min(65_536, count - waiting.length))
      if (!data) ended = true
      else {
        const more = bytesOfText(data)
        const joined = new Uint8Array(waiting.length + more.length)
        joined.set(waiting)
        joined.set(more, waiting.length)
        waiting = joined
      }
    }
    const taken = waiting.subarray(0, count)
    waiting = waiting.slice(count)
    return taken
  }
  for (let left = copy.skip; left > 0; ) {
    const passed = (await take(Math.min(left, 65_536))).length
    if (!passed) break
    left -= passed
  }
  let [bytes, written] = [0, 0]
  let refused: string | undefined
  while (bytes < copy.most && refused === undefined) {
    const block = await take(Math.min(readBy, copy.most - bytes))
    if (!block.length) break
    bytes += block.length
    // About a gigabyte a second, as on a good disk.
    const pause = process.tick(block.length / 1_000_000)
    if (pause) await pause
    const out = converted(block, copy)
    try {
      await output.write(process, textOfBytes(out))
      written += out.length
    } catch (error) {
      if (!isErrno(error) || error.code !== 'ENOSPC') throw error
      refused = error.message
    }
  }
  return { size: readBy, outSize: writeBy, bytes, written, seconds: (process.clock.now() - started) / 1000, refused }
}

interface Copied {
  size: number
  outSize: number
  /** Read, and written: fewer when there was no room. */
  bytes: number
  written: number
  seconds: number
  refused: string | undefined
}

async function report(call: Call, given: Given, { size, outSize, bytes, written, ...how }: Copied): Promise<number> {
  const { process } = call
  const seconds = Math.max(0.001, how.seconds)
  if (how.refused !== undefined)
    await complain(call, `error writing '${given.of ?? 'standard output'}': ${how.refused}`)
  const records = (n: number, by: number): string => `${Math.floor(n / by)}+${n % by ? 1 : 0} records`
  // What fitted of the last block counts in bytes.
  const total = how.refused !== undefined && given.of !== undefined ? process.fs.stat(given.of).size : written
  // busybox has stopped at the error, before it adds up.
  const stopped = how.refused !== undefined && call.flavour !== 'gnu'
  const tail =
    stopped || given.status === 'noxfer'
      ? ''
      : `${call.flavour === 'gnu' ? gnuTotal(total, seconds) : busyboxTotal(total, seconds)}\n`
  if (given.status !== 'none')
    await process.write(2, `${records(bytes, size)} in\n${records(written, outSize)} out\n${tail}`)
  return how.refused === undefined ? 0 : 1
}

/** 1234567 in units of 1000 or 1024, with one digit behind the point where it is small. */
function inUnits(bytes: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let [value, unit] = [bytes, 0]
  for (; value >= base && unit < 4; unit++) value /= base
  return `${unit && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

function gnuTotal(bytes: number, seconds: number): string {
  const human = bytes < 1000 ? '' : ` (${inUnits(bytes, 1000)}${bytes < 1024 ? '' : `, ${inUnits(bytes, 1024)}`})`
  return `${bytes} byte${bytes === 1 ? '' : 's'}${human} copied, ${seconds} s, ${inUnits(bytes / seconds, 1000)}/s`
}

function busyboxTotal(bytes: number, seconds: number): string {
  const human = (n: number): string => {
    for (const [unit, of] of [
      ['GB', 1024 ** 3],
      ['MB', 1024 ** 2],
      ['KB', 1024],
    ] as const)
      if (n >= of) return `${(n / of).toFixed(1)}${unit}`
    return `${n}B`
  }
  const short = bytes < 1024 ? '' : ` (${human(bytes)})`
  return `${bytes} bytes${short} copied, ${seconds.toFixed(6)} seconds, ${human(Math.floor(bytes / seconds))}/s`
}

/** Zeros into a file: nothing that would have to be kept. About a gigabyte a second, as on a good disk. */
async function allocateZeros(call: Call, { given, readBy: size, writeBy, most }: Copy): Promise<number> {
  const { process } = call
  const started = process.clock.now()
  process.fs.writeFile(given.of!, '')
  let written = 0
  let refused: string | undefined
  const step = 256 * 1024 ** 2
  while (written < most && refused === undefined) {
    const next = Math.min(written + step, most)
    await process.compute(Math.max(1, (next - written) / 1_000_000))
    try {
      process.fs.allocate(given.of!, next)
      written = next
    } catch (error) {
      if (!isErrno(error) || error.code !== 'ENOSPC') throw error
      refused = error.message
      written = Math.floor(process.fs.stat(given.of!).size / size) * size
    }
  }
  const bytes = refused === undefined ? written : written + size
  return report(call, given, {
    size,
    outSize: writeBy,
    bytes,
    written,
    seconds: (process.clock.now() - started) / 1000,
    refused,
  })
}
