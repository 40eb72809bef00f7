/** Tables as pg_dump writes them, in statements that our own server understands: keys stand within their table, rows are inserted. */

import type { Column, Key, Table } from '../../../sql/catalog.ts'
import { actionWords } from '../../../sql/references.ts'
import type { Value } from '../../../sql/values.ts'

/** A value as it stands in a dump. */
const literal = (value: Value): string =>
  value === null ? 'NULL' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)

/** What counts up by itself has its own names for types. */
const COUNTING: Readonly<Record<string, string>> = { integer: 'serial', bigint: 'bigserial', smallint: 'smallserial' }

function column({ name, type, notNull, counts, defaultText }: Column): string {
  if (counts) return `${name} ${COUNTING[type.name] ?? type.name}`
  return `${name} ${type.name}${defaultText === undefined ? '' : ` DEFAULT ${defaultText}`}${notNull ? ' NOT NULL' : ''}`
}

function constraint({ kind, name, columns, references }: Key): string {
  const own = `(${columns.join(', ')})`
  if (kind !== 'foreign') return `CONSTRAINT ${name} ${kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE'} ${own}`
  const others = references?.columns.length ? `(${references.columns.join(', ')})` : ''
  return `CONSTRAINT ${name} FOREIGN KEY ${own} REFERENCES public.${references?.table}${others}${references ? actionWords(references, ['UPDATE', 'DELETE']) : ''}`
}

export function dumped({ name, columns, keys, rows, view }: Table): string {
  if (view) return `CREATE VIEW public.${name} AS\n ${view.select};\n\n`
  const lines = [...columns.map(column), ...keys.filter(({ kind }) => kind !== 'index').map(constraint)]
  const inserts = rows.map(row => `INSERT INTO public.${name} VALUES (${row.map(literal).join(', ')});\n`)
  const indexes = keys
    .filter(({ kind }) => kind === 'index')
    .map(key => `CREATE INDEX ${key.name} ON public.${name} (${key.columns.join(', ')});\n`)
  return `CREATE TABLE public.${name} (\n${lines.map(line => `    ${line}`).join(',\n')}\n);\n\n${inserts.join('')}${indexes.join('')}\n`
}
