/** Commands on how long files are, and on special ones: truncate, fallocate, mkfifo, fsync. */

import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { type Command, Missing, options, Refusal, Usage } from '../command.ts'
import { modeGiven } from './modes.ts'
import { each } from './operands.ts'
import { parseSize } from './sizes.ts'

export const mkfifo: Command = call => {
  const flags = options(call, 'm:', call.flavour === 'gnu' ? { mode: 'm' } : {})
  const mode = modeGiven(call, flags.rest[0], flags.value('m'))
  return each(
    call,
    flags.rest,
    name => call.process.fs.mkfifo(name, mode),
    (name, reason) => `${call.flavour === 'gnu' ? `cannot create fifo '${name}'` : name}: ${reason}`,
  )
}

/** fallocate: room for a file, at once. */
export const fallocate: Command = call => {
  const flags = options(call, 'l:o:nv', { length: 'l' })
  const length = flags.value('l')
  const [name] = flags.rest
  if (length === undefined || !name) throw new Usage('no length argument specified')
  const size = parseSize(length)
  if (size === undefined) throw new Usage('invalid length value specified')
  if (!call.process.fs.exists(name)) call.process.fs.writeFile(name, '')
  call.process.fs.allocate(name, size + (parseSize(flags.value('o') ?? '0') ?? 0))
  return 0
}

/** `+3`, `-3`: so much more or less; `<3`, `>3`: at most, at least; `/4`, `%4`: rounded down, up to a multiple. */
const CHANGES: Readonly<Record<string, (size: number, by: number) => number>> = {
  '+': (size, by) => size + by,
  '-': (size, by) => Math.max(0, size - by),
  '<': Math.min,
  '>': Math.max,
  '/': (size, by) => size - (size % by),
  '%': (size, by) => Math.ceil(size / by) * by,
}

export const truncate: Command = call => {
  const gnu = call.flavour === 'gnu'
  const { fs } = call.process
  const flags = gnu
    ? options(call, 's:cr:o', { size: 's', 'no-create': 'c', reference: 'r', 'io-blocks': 'o' })
    : options(call, 's:c')
  if (flags.has('o')) throw new Refusal('-o is not simulated')
  const text = flags.value('s')
  const reference = flags.value('r')
  if (text === undefined && reference === undefined)
    throw gnu ? new Usage("you must specify either '--size' or '--reference'") : new Missing('')
  const change = gnu ? CHANGES[text?.trim()[0] ?? ''] : undefined
  const amount = text === undefined ? 0 : parseSize(change ? text.trim().slice(1) : text)
  if (amount === undefined) throw new Refusal(gnu ? `Invalid number: '${text}'` : `invalid number '${text}'`)
  if (!amount && (text?.startsWith('/') || text?.startsWith('%'))) throw new Refusal('division by zero')
  const wanted = (name: string): number => {
    if (reference !== undefined && text === undefined) return fs.stat(reference).size
    return change ? change(reference === undefined ? fs.stat(name).size : fs.stat(reference).size, amount) : amount
  }
  return each(
    call,
    flags.rest,
    name => {
      if (!fs.exists(name)) {
        if (flags.has('c')) return
        fs.writeFile(name, '')
      }
      const size = wanted(name)
      if (fs.stat(name).size > size)
        fs.writeFile(name, size ? textOfBytes(bytesOfText(fs.readFile(name)).subarray(0, size)) : '')
      fs.allocate(name, size)
    },
    (name, reason) => (gnu ? `cannot open '${name}' for writing: ${reason}` : `${name}: open: ${reason}`),
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
