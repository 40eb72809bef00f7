/** Commands on the content of files as a whole: dd, truncate, fallocate, mkfifo. */

import { isErrno } from '../errno.ts'
import type { Stream } from '../process.ts'
import { type Call, type Command, complain, options, Usage } from './command.ts'
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
  for (let skip = Number(given.skip ?? 0); skip > 0; skip--) await input.read(process, size)
  for (; blocks < count; blocks++) {
    let block = ''
    while (block.length < size) {
      const data = await input.read(process, size - block.length)
      if (!data) break
      block += data
    }
    if (!block) break
    // About a gigabyte a second, as on a good disk.
    const pause = process.tick(block.length / 1_000_000)
    if (pause) await pause
    await output.write(process, block)
    bytes += block.length
  }
  if (given.status !== 'none') {
    const full = Math.floor(bytes / size)
    const partial = bytes % size ? 1 : 0
    const seconds = Math.max(0.001, (process.clock.now() - started) / 1000)
    const human =
      bytes >= 1024 ** 2
        ? ` (${(bytes / 1024 ** 2).toFixed(1)}MB)`
        : bytes >= 1024
          ? ` (${(bytes / 1024).toFixed(1)}KB)`
          : ''
    await process.write(
      2,
      `${full}+${partial} records in\n${full}+${partial} records out\n${bytes} bytes${human} copied, ${seconds.toFixed(6)} seconds, ${(bytes / seconds / 1024 ** 2).toFixed(1)}MB/s\n`,
    )
  }
  if (given.if) input.close()
  if (given.of) output.close()
  return 0
}

export const mkfifo: Command = call =>
  each(
    call,
    options(call, 'm:').rest,
    name => call.process.fs.mkfifo(name),
    (name, reason) => `${name}: ${reason}`,
  )

/** Zeros into a file: nothing that would have to be kept. About a gigabyte a second, as on a good disk. */
async function allocateByDd(call: Call, given: Record<string, string>): Promise<number> {
  const { process } = call
  const [size, count] = [parseSize(given.bs ?? '512'), parseSize(given.count!)]
  const started = process.clock.now()
  process.fs.writeFile(given.of!, '')
  let written = 0
  const step = 256 * 1024 ** 2
  for (let left = size * count; left > 0; left -= step) {
    written += Math.min(step, left)
    await process.compute(Math.max(1, Math.min(step, left) / 1_000_000))
    process.fs.allocate(given.of!, written)
  }
  const seconds = Math.max(0.001, (process.clock.now() - started) / 1000)
  const human = written >= 1024 ** 3 ? `${(written / 1024 ** 3).toFixed(1)}GB` : `${(written / 1024 ** 2).toFixed(1)}MB`
  if (given.status !== 'none')
    await process.write(
      2,
      `${count}+0 records in\n${count}+0 records out\n${written} bytes (${human}) copied, ${seconds.toFixed(6)} seconds, ${(written / seconds / 1024 ** 2).toFixed(1)}MB/s\n`,
    )
  return 0
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
    (name, reason) => `${name}: ${reason}`,
  )
}
