/** Rows as clients print them. */
import type { ResultColumn, Rows } from '../../../sql/select.ts'
import { isNumeric, type Value } from '../../../sql/values.ts'

export type Show = (value: Value, column: ResultColumn) => string | null

/** Numbers as their column keeps them. */
export const number = (value: Value, { type }: ResultColumn): Value =>
  typeof value === 'number' && type?.scale !== undefined ? value.toFixed(type.scale) : value

/** Whether a column's cells stand to the right. */
const toTheRight = (column: ResultColumn, cells: readonly Value[]): boolean =>
  column.type
    ? isNumeric(column.type)
    : cells.some(cell => cell !== null) && cells.every(cell => cell === null || typeof cell === 'number')

export interface Grid {
  heads: readonly string[]
  cells: readonly (readonly string[])[]
  widths: readonly number[]
  right: readonly boolean[]
}

const width = (text: string): number => [...text].length

/** How many characters the longest of some texts has. */
export const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, width(text)), 0)

export function grid({ columns, rows }: Rows, show: Show, nothing: string): Grid {
  const cells = rows.map(row => row.map((value, i) => show(value, columns[i]!) ?? nothing))
  return {
    heads: columns.map(({ name }) => name),
    cells,
    widths: columns.map(({ name }, i) => widest([name, ...cells.map(row => row[i]!)])),
    right: columns.map((column, i) =>
      toTheRight(
        column,
        rows.map(row => row[i]!),
      ),
    ),
  }
}

export function pad(text: string, to: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return right ? space + text : text + space
}
