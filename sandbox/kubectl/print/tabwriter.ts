/** Elastic columns, as Go's text/tabwriter aligns them: a column is as wide as its widest cell among adjoining lines. */

export interface TabOptions {
  minWidth: number
  padding: number
}
/** How `get` prints. */
export const TABLE_TABS: TabOptions = { minWidth: 6, padding: 3 }
/** How `describe` prints. */
export const DESCRIBE_TABS: TabOptions = { minWidth: 0, padding: 2 }

const width = (s: string): number => [...s].length

/** @param text lines of cells that end in tabs; what follows a line's last tab belongs to no column */
export function align(text: string, { minWidth, padding }: TabOptions): string {
  const ended = text.endsWith('\n')
  const lines = (ended ? text.slice(0, -1) : text).split('\n').map(l => l.split('\t'))
  const widths: number[] = []
  const out: string[] = []
  const print = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const cells = lines[i]!
      let line = ''
      cells.forEach((cell, c) => {
        line +=
          c < cells.length - 1 && c < widths.length ? cell + ' '.repeat(Math.max(0, widths[c]! - width(cell))) : cell
      })
      out.push(line)
    }
  }
  const format = (start: number, end: number): void => {
    const column = widths.length
    let from = start
    for (let i = start; i < end; i++) {
      if (column >= lines[i]!.length - 1) continue
      print(from, i)
      from = i
      let wide = minWidth
      for (; i < end && column < lines[i]!.length - 1; i++) wide = Math.max(wide, width(lines[i]![column]!) + padding)
      widths.push(wide)
      format(from, i)
      widths.pop()
      from = i
      i--
    }
    print(from, end)
  }
  format(0, lines.length)
  return out.join('\n') + (ended ? '\n' : '')
}

/** Rows whose columns keep the widths of what was printed before: for tables that grow while they are watched. */
export class GrowingTable {
  #widths: number[] = []
  print(rows: readonly (readonly string[])[]): string {
    const { minWidth, padding } = TABLE_TABS
    for (const row of rows)
      row.forEach((cell, c) => {
        if (c < row.length - 1) this.#widths[c] = Math.max(this.#widths[c] ?? minWidth, width(cell) + padding)
      })
    return rows
      .map(
        row =>
          `${row.map((cell, c) => (c < row.length - 1 ? cell + ' '.repeat(this.#widths[c]! - width(cell)) : cell)).join('')}\n`,
      )
      .join('')
  }
}
