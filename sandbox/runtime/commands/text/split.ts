/** `split`: a text in pieces of so many lines or bytes, each a file. */
import { bytesOfText } from '../../../bytes.ts'
import { type Command, complain, options } from '../command.ts'
import { allText } from './reading.ts'

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, K: 1024, m: 1024 ** 2, M: 1024 ** 2 }

export const split: Command = async call => {
  const flags = options(call, 'a:b:l:d')
  const [file = '-', prefix = 'x'] = flags.rest
  const width = Number(flags.value('a') ?? 2)
  let failed = false
  const text = await allText(call, [file], () => {
    failed = true
  })
  if (failed) return 1
  const size = /^(\d+)([bkKmM]?)$/.exec(flags.value('b') ?? '')
  if (flags.has('b') && !size) return complain(call, `invalid number '${flags.value('b')}'`)
  const pieces = size
    ? byBytes(text, Number(size[1]) * UNITS[size[2]!]!)
    : byLines(text, Number(flags.value('l') ?? 1000))
  for (const [i, piece] of pieces.entries())
    call.process.fs.writeFile(
      prefix + suffix(i, width, flags.has('d') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz'),
      piece,
    )
  return 0
}

function suffix(n: number, width: number, digits: string): string {
  let out = ''
  for (let left = n; out.length < width; left = Math.floor(left / digits.length))
    out = digits[left % digits.length] + out
  return out
}

function byLines(text: string, count: number): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const pieces: string[] = []
  for (let i = 0; i < lines.length; i += count) pieces.push(lines.slice(i, i + count).join(''))
  return pieces
}

/** Characters are kept whole. */
function byBytes(text: string, count: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of text) {
    const length = bytesOfText(character).length
    if (piece && bytes + length > count) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += length
  }
  return piece ? [...pieces, piece] : pieces
}
