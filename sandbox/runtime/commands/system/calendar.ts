/** `cal`: a month, or all twelve of a year. */
import { type Command, complain, options, print } from '../command.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const WIDTH = 20

const centred = (text: string, width: number): string => ' '.repeat(Math.floor((width - text.length) / 2)) + text

/** Its six weeks, each a line, some without a day. */
function weeks(year: number, month: number): string[] {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const cells = [...Array(first).fill('  '), ...Array.from({ length: days }, (_, i) => String(i + 1).padStart(2))]
  return [0, 1, 2, 3, 4, 5].map(week => cells.slice(7 * week, 7 * week + 7).join(' '))
}

const HEAD = 'Su Mo Tu We Th Fr Sa'

/** A line of weeks; one without any day is all blanks, as wide as busybox makes it. */
const shown = (line: string, blank: number): string => line.trimEnd() || ' '.repeat(blank)

export const cal: Command = async call => {
  const flags = options(call, 'jy')
  if (flags.has('j')) return complain(call, '-j: not simulated', 126)
  const now = new Date(call.process.clock.now())
  const numbers = flags.rest.map(Number)
  const year = numbers.at(-1) ?? now.getUTCFullYear()
  const month = numbers.length > 1 ? numbers[0]! : now.getUTCMonth() + 1
  if (!(year >= 1 && year <= 9999)) return complain(call, `number ${flags.rest.at(-1)} is not in 1..9999 range`)
  if (!(month >= 1 && month <= 12)) return complain(call, `number ${flags.rest[0]} is not in 1..12 range`)
  if (numbers.length !== 1 && !flags.has('y')) {
    const title = centred(`${MONTHS[month - 1]} ${year}`, WIDTH)
    const days = weeks(year, month - 1).map(line => shown(line, 21))
    return print(call, [title, HEAD, ...days].map(line => `${line}\n`).join(''))
  }
  let out = `${centred(String(year), 3 * WIDTH + 4).padEnd(3 * WIDTH + 4)}\n\n`
  for (const from of [0, 3, 6, 9]) {
    const quarter = [from, from + 1, from + 2]
    out += `${quarter.map(m => centred(MONTHS[m]!, WIDTH).padEnd(WIDTH)).join('  ')}\n${quarter.map(() => HEAD).join('  ')}\n`
    const columns = quarter.map(m => weeks(year, m))
    for (let week = 0; week < 6; week++) {
      const line = columns.map(column => column[week]!.padEnd(WIDTH)).join('  ')
      out += `${shown(line, 79)}\n`
    }
  }
  return print(call, out)
}
