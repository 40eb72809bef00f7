/** Rows as psql prints them. */
import type { Rows } from '../../../sql/select.ts'
import { grid, number, pad, type Show, widest } from './table.ts'

export interface Style {
  tuplesOnly: boolean
  unaligned: boolean
  expanded: boolean
  quiet: boolean
  /** Whether the number of rows stands below; unless said otherwise it does. */
  foot?: boolean | undefined
}

const show: Show = (value, column) =>
  value === null ? null : typeof value === 'boolean' ? (value ? 't' : 'f') : String(number(value, column))

function centered(head: string, to: number): string {
  const before = Math.max(0, Math.floor((to - head.length) / 2))
  return ' '.repeat(before) + head + ' '.repeat(Math.max(0, to - head.length - before))
}

export function aligned(found: Rows, { tuplesOnly, unaligned, expanded, foot = true }: Style, title?: string): string {
  const { heads, cells, right } = grid(found, show, '')
  // A cell of several lines is as wide as the longest.
  const widths = heads.map((head, i) => widest([head, ...cells.map(row => row[i]!)].flatMap(cell => cell.split('\n'))))
  const count = foot ? `(${cells.length} row${cells.length === 1 ? '' : 's'})\n` : ''
  if (unaligned) {
    const lines = cells.map(row => `${row.join('|')}\n`).join('')
    return tuplesOnly ? lines : `${heads.join('|')}\n${lines}${count}`
  }
  if (expanded && cells.length) return `${records(heads, cells)}\n`
  const lines = cells.map(row => lined(row, widths, right)).join('')
  if (tuplesOnly) return `${lines}\n`
  const total = widths.reduce((sum, w) => sum + w + 3, -1)
  const above = title === undefined ? '' : `${centered(title, total).trimEnd()}\n`
  const head = heads.map((name, i) => ` ${centered(name, widths[i]!)} `).join('|')
  return `${above}${head}\n${widths.map(w => '-'.repeat(w + 2)).join('+')}\n${lines}${count}\n`
}

/** A row as a line, or as several where a cell has some: a sign behind a cell says that it goes on. */
function lined(row: readonly string[], widths: readonly number[], right: readonly boolean[]): string {
  const parts = row.map(cell => cell.split('\n'))
  const height = Math.max(...parts.map(part => part.length))
  return Array.from({ length: height }, (_, n) => {
    const filled = parts.map((part, i) => {
      const goesOn = n < part.length - 1
      const last = i === row.length - 1
      // Nothing comes behind the last cell of a line.
      const text = pad(part[n] ?? '', last && !right[i] && !goesOn ? 0 : widths[i]!, right[i]!)
      return ` ${text}${goesOn ? '+' : last ? '' : ' '}`
    })
    return `${filled.join('|')}\n`
  }).join('')
}

/** A row's columns one below the other. */
function records(heads: readonly string[], cells: readonly (readonly string[])[]): string {
  const name = widest(heads)
  const value = widest(cells.flat())
  return cells
    .map((row, n) => {
      const label = `-[ RECORD ${n + 1} ]`
      const rule = `${label}${'-'.repeat(Math.max(0, name + 1 - label.length))}+${'-'.repeat(value + 1)}\n`
      return rule + row.map((cell, i) => `${heads[i]!.padEnd(name)} | ${cell}\n`).join('')
    })
    .join('')
}
