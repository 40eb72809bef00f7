/** Tables that the server made, with the columns that kubectl adds to them. */
import { isRecord, type Obj, printLabels } from '../objects.ts'
import { goNumber } from './go.ts'

export interface TableOptions {
  wide: boolean
  noHeaders: boolean
  withNamespace: boolean
  /** Before each name: `pod`, `deployment.apps`. */
  kindPrefix?: string
  showLabels: boolean
  labelColumns: readonly string[]
}

/** One cell on one line; what a terminal would take for a command is made harmless. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '<none>'
  if (typeof cell === 'number') return goNumber(cell)
  if (typeof cell !== 'string') return isRecord(cell) || Array.isArray(cell) ? JSON.stringify(cell) : String(cell)
  const end = cell.search(/[\f\n\r]/)
  const text = end < 0 ? cell : `${cell.slice(0, end)}...`
  return text.replaceAll('\x1b', '^[')
}

/** The rows of a table as text, the headers first unless they are not wanted. */
export function tableRows(table: Obj, options: TableOptions, withHeaders: boolean): string[][] {
  const definitions: Obj[] = table.columnDefinitions ?? []
  const shown = definitions.map((d, i) => ({ d, i })).filter(({ d }) => options.wide || (d.priority ?? 0) === 0)
  const named = options.kindPrefix && definitions.findIndex(d => d.format === 'name' && d.type === 'string')
  const rows: string[][] = []
  if (withHeaders && !options.noHeaders) {
    rows.push([
      ...(options.withNamespace ? ['NAMESPACE'] : []),
      ...shown.map(({ d }) => String(d.name).toUpperCase()),
      ...options.labelColumns.map(l => l.slice(l.lastIndexOf('/') + 1).toUpperCase()),
      ...(options.showLabels ? ['LABELS'] : []),
    ])
  }
  for (const row of (table.rows ?? []) as Obj[]) {
    const metadata = row.object?.metadata ?? {}
    rows.push([
      ...(options.withNamespace ? [metadata.namespace ?? ''] : []),
      ...shown.map(({ i }) => {
        const text = row.cells[i] === null ? '' : cellText(row.cells[i])
        return i === named ? `${options.kindPrefix}/${text}` : text
      }),
      ...options.labelColumns.map(l => metadata.labels?.[l] ?? ''),
      ...(options.showLabels ? [printLabels(metadata.labels) || '<none>'] : []),
    ])
  }
  return rows
}

export const joinRows = (rows: readonly (readonly string[])[]): string => rows.map(r => `${r.join('\t')}\n`).join('')
