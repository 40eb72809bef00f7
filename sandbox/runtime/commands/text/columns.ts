/** Where the columns of a line are: fold, expand and unexpand. */
import { type Call, type Command, options, print, Refusal } from '../command.ts'
import { inputs, lines } from './reading.ts'

const TAB = 8

/** Letters over letters take no room; a byte of its own takes a column. */
const widthOf = (text: string): number => [...text].length

/** Goes through the lines of all inputs. @returns the exit code */
async function eachLine(call: Call, names: readonly string[], change: (line: string) => string): Promise<number> {
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, names, failed))
    for await (const line of lines(call.process, stream)) await print(call, change(line))
  return code
}

export const fold: Command = call => {
  // `-72` is `-w72`.
  const args = call.args.map(arg => arg.replace(/^-(\d+)$/, '-w$1'))
  const flags = options(
    { ...call, args },
    'bsw:',
    call.flavour === 'gnu' ? { bytes: 'b', spaces: 's', width: 'w' } : {},
  )
  const given = flags.value('w') ?? '80'
  const width = Number(given)
  if (!/^\d+$/.test(given) || width < 1) {
    const wrong = call.flavour === 'gnu' ? `invalid number of columns: '${given}'` : `invalid number '${given}'`
    const range = `number ${given} is not in 1..10000 range`
    const outside = call.flavour === 'gnu' ? `${wrong}: Numerical result out of range` : range
    throw new Refusal(/^\d+$/.test(given) ? outside : wrong)
  }
  return eachLine(call, flags.rest, line => folded(line, width, { bytes: flags.has('b'), spaces: flags.has('s') }))
}

function folded(line: string, width: number, { bytes, spaces }: { bytes: boolean; spaces: boolean }): string {
  const after = (column: number, letter: string): number => {
    if (bytes) return column + 1
    if (letter === '\t') return column + TAB - (column % TAB)
    if (letter === '\b') return Math.max(0, column - 1)
    return letter === '\r' ? 0 : column + 1
  }
  let out = ''
  let piece = ''
  let column = 0
  for (const letter of line) {
    if (letter === '\n') return `${out}${piece}\n`
    let next = after(column, letter)
    if (next > width && piece) {
      const blank = spaces ? Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\t')) + 1 : 0
      const end = blank || piece.length
      out += `${piece.slice(0, end)}\n`
      piece = piece.slice(end)
      column = 0
      for (const kept of piece) column = after(column, kept)
      next = after(column, letter)
    }
    piece += letter
    column = next
  }
  return out + piece
}

/** How far apart the stops are. @throws Refusal */
function stopsOf(call: Call, given: string): number {
  const gnu = call.flavour === 'gnu'
  if (gnu && /^\d+([ ,]\d+)+$/.test(given)) throw new Refusal('several stops of tabs are not simulated')
  if (/^\d+$/.test(given) && Number(given) > 0) return Number(given)
  if (gnu)
    throw new Refusal(
      /^0+$/.test(given) ? 'tab size cannot be 0' : `tab size contains invalid character(s): '${given}'`,
    )
  throw new Refusal(/^0+$/.test(given) ? `number ${given} is not in 1..4294967295 range` : `invalid number '${given}'`)
}

export const expand: Command = call => {
  const flags = options(call, 'it:', { initial: 'i', tabs: 't' })
  const size = stopsOf(call, flags.value('t') ?? '8')
  return eachLine(call, flags.rest, line => {
    let out = ''
    let column = 0
    const [start] = /^[ \t]*/.exec(line)!
    const upTo = flags.has('i') ? start.length : line.length
    for (const letter of line.slice(0, upTo)) {
      const room = letter === '\t' ? size - (column % size) : 1
      out += letter === '\t' ? ' '.repeat(room) : letter
      column += room
    }
    return out + line.slice(upTo)
  })
}

export const unexpand: Command = call => {
  const flags = options(call, call.flavour === 'gnu' ? 'at:' : 'ft:a', {
    all: 'a',
    tabs: 't',
    'first-only': call.flavour === 'gnu' ? 'first-only' : 'f',
  })
  const size = stopsOf(call, flags.value('t') ?? '8')
  const first = flags.has('f') || flags.has('first-only') || !(flags.has('a') || flags.has('t'))
  return eachLine(call, flags.rest, line => {
    let out = ''
    let column = 0
    let rest = line
    for (let blank = /^[ \t]+/.exec(rest); ; blank = /^[ \t]+/.exec(rest)) {
      if (blank) {
        const from = column
        for (const letter of blank[0]) column += letter === '\t' ? size - (column % size) : 1
        out += stretch(from, column, size, blank[0])
        rest = rest.slice(blank[0].length)
      }
      if (!rest || first) return out + rest
      const [word] = /^[^ \t]+/.exec(rest)!
      out += word
      column += widthOf(word)
      rest = rest.slice(word.length)
    }
  })
}

/** Blank room from a column to another in tabs and spaces; a single space before a stop stays one. */
function stretch(from: number, to: number, size: number, blank: string): string {
  if (blank === ' ') return to % size === 0 && from === 0 && size === 1 ? '\t' : ' '
  const stops = Math.floor(to / size) - Math.floor(from / size)
  return stops ? '\t'.repeat(stops) + ' '.repeat(to % size) : ' '.repeat(to - from)
}
