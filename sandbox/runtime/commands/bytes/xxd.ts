/** `xxd`: the bytes of a file, and back from there. */
import { bytesOfText } from '../../../bytes.ts'
import { type Command, complain, options, print } from '../command.ts'
import { allText } from '../text/reading.ts'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

export const xxd: Command = async call => {
  const flags = options(call, 'pg:c:l:s:ru')
  let failed = false
  const text = await allText(call, flags.rest.slice(0, 1), () => {
    failed = true
  })
  if (failed) return 2
  if (flags.has('r')) {
    const digits = flags.has('p') ? text : text.replace(/^[0-9a-f]+: ((?:[0-9a-f]+ ?)+) .*$/gm, '$1')
    const bytes = Uint8Array.from(digits.replace(/[^0-9a-fA-F]/g, '').match(/../g) ?? [], pair =>
      Number.parseInt(pair, 16),
    )
    try {
      return await print(call, new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return complain(call, 'bytes that are no text are not simulated', 126)
    }
  }
  const start = Number(flags.value('s') ?? 0)
  const bytes = bytesOfText(text).subarray(start, flags.has('l') ? start + Number(flags.value('l')) : undefined)
  const columns = Number(flags.value('c') ?? (flags.has('p') ? 30 : 16))
  const group = Number(flags.value('g') ?? 2)
  const width = columns * 2 + Math.ceil(columns / Math.max(group, 1))
  let out = ''
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns)
    const pairs = [...row].map(byte => (flags.has('u') ? hex(byte, 2).toUpperCase() : hex(byte, 2)))
    if (flags.has('p')) {
      out += `${pairs.join('')}\n`
      continue
    }
    const groups = pairs.map((pair, i) => (group && i % group === 0 ? ` ${pair}` : pair)).join('')
    const shown = [...row].map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    out += `${hex(start + at, 8)}:${groups.padEnd(width)}  ${shown}\n`
  }
  return print(call, out)
}
