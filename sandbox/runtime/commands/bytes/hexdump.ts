/** `hexdump` and `hd`: the bytes of files, sixteen to a line. */
import { bytesOfText } from '../../../bytes.ts'
import { type Command, complain, options, print } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'

const LINE = 16

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')

function canonical(bytes: Uint8Array): string {
  const pairs = [...bytes].map(byte => hex(byte, 2))
  const halves = [pairs.slice(0, 8), pairs.slice(8)].map(half => half.join(' ').padEnd(23)).join('  ')
  return `  ${halves}  |${[...bytes].map(printable).join('')}|`
}

/** Words of two bytes, the second first, as they lie in a little-endian memory. */
function words(bytes: Uint8Array): string {
  const found: string[] = []
  for (let i = 0; i < bytes.length; i += 2) found.push(hex((bytes[i] ?? 0) + ((bytes[i + 1] ?? 0) << 8), 4))
  return ` ${found.join(' ').padEnd(39)}`
}

export const hexdump: Command = async call => {
  const given = options(call, 'Cvxn:s:bcdoe:f:')
  const unknown = [...'bcdoef'].find(flag => given.has(flag))
  if (unknown) return complain(call, `-${unknown}: not simulated`, 1)
  let failed = false
  let text = ''
  for await (const { stream } of inputs(call, given.rest, () => {
    failed = true
  }))
    text += await readAll(call.process, stream)
  const asCanonical = given.has('C') || call.name === 'hd'
  const start = Number(given.value('s') ?? 0)
  const end = given.has('n') ? start + Number(given.value('n')) : undefined
  const bytes = bytesOfText(text).subarray(start, end)
  const digits = asCanonical ? 8 : 7
  let out = ''
  let last = ''
  let starred = false
  for (let at = 0; at < bytes.length; at += LINE) {
    const row = bytes.subarray(at, at + LINE)
    const line = asCanonical ? canonical(row) : words(row)
    // Rows that repeat the one before are told by a star, once.
    if (line === last && row.length === LINE && !given.has('v')) {
      if (!starred) out += '*\n'
      starred = true
      continue
    }
    out += `${hex(start + at, digits)}${line}\n`
    last = line
    starred = false
  }
  if (bytes.length) out += `${hex(start + bytes.length, digits)}\n`
  await print(call, out)
  return failed ? 1 : 0
}
