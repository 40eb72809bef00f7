/** Commands on the content of files as a whole: dd, truncate, fallocate, mkfifo. */

import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, options, Usage } from '../command.ts'
import { each } from './operands.ts'

const SIZES: Record<string, number> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  M: 1024 ** 2,
  MB: 1e6,
  G: 1024 ** 3,
  GB: 1e9,
}

function parseSize(text: string): number {
  const match = /^(\d+)([a-zA-Z]*)$/.exec(text)
  const unit = match && (match[2] ? SIZES[match[2]] : 1)
  if (!match || !unit) throw new Usage(`invalid number '${text}'`)
  return Number(match[1]) * unit
}

export const dd: Command = async call => {
  const given = Object.fromEntries(
    call.args.map(arg => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
  )
  const { process } = call
  const size = parseSize(given.bs ?? '512')
  if (given.if === '/dev/zero' && given.of && given.count && !given.seek && !given.conv)
    return allocateByDd(call, given)
  const count = given.count === undefined ? Number.POSITIVE_INFINITY : parseSize(given.count)
  const opened = async (name: string, how: 'r' | 'w' | 'rw'): Promise<Stream | undefined> => {
    try {
      return process.fs.open(name, how)
    } catch (error) {
      if (!isErrno(error)) throw error
      await complain(
        call,
        call.flavour === 'gnu'
          ? `failed to open '${name}': ${error.message}`
          : `can't open '${name}': ${error.message}`,
      )
      return undefined
    }
  }
  const input = given.if ? await opened(given.if, 'r') : process.fds[0]!
  if (!input) return 1
  const output = given.of ? await opened(given.of, given.conv?.includes('notrunc') ? 'rw' : 'w') : process.fds[1]!
  if (!output) return 1
  const started = process.clock.now()
  let blocks = 0
  let bytes = 0
  let written = 0
  for (let skip = Number(given.skip ?? 0); skip > 0; skip--) await input.read(process, size)
  let refused: string | undefined
  for (; blocks < count && refused === undefined; blocks++) {
    let block = ''
    while (block.length < size) {
      const data = await input.read(process, size - block.length)
      if (!data) break
      block += data
    }
    if (!block) break
    bytes += block.length
    // About a gigabyte a second, as on a good disk.
    const pause = process.tick(block.length / 1_000_000)
    if (pause) await pause
    try {
      await output.write(process, block)
      written += block.length
    } catch (error) {
      if (!isErrno(error) || error.code !== 'ENOSPC') throw error
      refused = error.message
    }
  }
  if (given.if) input.close()
  if (given.of) output.close()
  return report(call, given, { size, bytes, written, seconds: (process.clock.now() - started) / 1000, refused })
}

interface Copied {
  size: number
  /** Read, and written: fewer when there was no room. */
  bytes: number
  written: number
  seconds: number
  refused: string | undefined
}

async function report(
  call: Call,
  given: Record<string, string>,
  { size, bytes, written, ...how }: Copied,
): Promise<number> {
  const { process } = call
  const seconds = Math.max(0.001, how.seconds)
  if (how.refused !== undefined)
    await complain(call, `error writing '${given.of ?? 'standard output'}': ${how.refused}`)
  const records = (n: number): string => `${Math.floor(n / size)}+${n % size ? 1 : 0} records`
  // What fitted of the last block counts in bytes.
  const total = how.refused !== undefined && given.of ? process.fs.stat(given.of).size : written
  // busybox has stopped at the error, before it adds up.
  const stopped = how.refused !== undefined && call.flavour !== 'gnu'
  const tail = stopped ? '' : `${call.flavour === 'gnu' ? gnuTotal(total, seconds) : busyboxTotal(total, seconds)}\n`
  if (given.status !== 'none') await process.write(2, `${records(bytes)} in\n${records(written)} out\n${tail}`)
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

export const mkfifo: Command = call =>
  each(
    call,
    options(call, 'm:').rest,
    name => call.process.fs.mkfifo(name),
    (name, reason) => `${call.flavour === 'gnu' ? `cannot create fifo '${name}'` : name}: ${reason}`,
  )

/** Zeros into a file: nothing that would have to be kept. About a gigabyte a second, as on a good disk. */
async function allocateByDd(call: Call, given: Record<string, string>): Promise<number> {
  const { process } = call
  const [size, count] = [parseSize(given.bs ?? '512'), parseSize(given.count!)]
  const started = process.clock.now()
  process.fs.writeFile(given.of!, '')
  let written = 0
  let refused: string | undefined
  const step = 256 * 1024 ** 2
  while (written < size * count && refused === undefined) {
    const next = Math.min(written + step, size * count)
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
  return report(call, given, { size, bytes, written, seconds: (process.clock.now() - started) / 1000, refused })
}

/** fallocate: room for a file, at once. */
export const fallocate: Command = call => {
  const flags = options(call, 'l:o:nv', { length: 'l' })
  const length = flags.value('l')
  const [name] = flags.rest
  if (length === undefined || !name) throw new Usage('no length argument specified')
  const size = parseSize(length.replace(/iB?$/, ''))
  if (!call.process.fs.exists(name)) call.process.fs.writeFile(name, '')
  call.process.fs.allocate(name, size + Number(flags.value('o') ?? 0))
  return 0
}

export const truncate: Command = call => {
  const flags = options(call, 's:c')
  return each(
    call,
    flags.rest,
    name => {
      const { fs } = call.process
      const size = parseSize(flags.value('s') ?? '0')
      if (!fs.exists(name)) fs.writeFile(name, '')
      else if (fs.stat(name).size > size) fs.writeFile(name, size ? fs.readFile(name).slice(0, size) : '')
      fs.allocate(name, size)
    },
    (name, reason) =>
      call.flavour === 'gnu' ? `cannot open '${name}' for writing: ${reason}` : `${name}: open: ${reason}`,
  )
}

/** What is written is kept at once: it is only looked whether it is there. */
export const fsync: Command = call =>
  each(
    call,
    options(call, 'd').rest,
    name => {
      call.process.fs.stat(name)
    },
    (name, reason) => `can't open '${name}': ${reason}`,
  )
