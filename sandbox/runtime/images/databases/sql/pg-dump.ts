/** pg_dump: tables in statements that our own server understands: keys stand within their table, rows are inserted. */

import type { CarryingProgram } from '../../../programs.ts'
import type { Column, Key, Table } from '../../../sql/catalog.ts'
import { actionWords } from '../../../sql/references.ts'
import type { Value } from '../../../sql/values.ts'
import { PG_DUMP } from './client-options.ts'
import { commandLine, contentOf, open, tellVersion } from './psql.ts'

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

function dumped({ name, columns, keys, rows, view }: Table): string {
  if (view) return `CREATE VIEW public.${name} AS\n ${view.select};\n\n`
  const lines = [...columns.map(column), ...keys.filter(({ kind }) => kind !== 'index').map(constraint)]
  const inserts = rows.map(row => `INSERT INTO public.${name} VALUES (${row.map(literal).join(', ')});\n`)
  const indexes = keys
    .filter(({ kind }) => kind === 'index')
    .map(key => `CREATE INDEX ${key.name} ON public.${name} (${key.columns.join(', ')});\n`)
  return `CREATE TABLE public.${name} (\n${lines.map(line => `    ${line}`).join(',\n')}\n);\n\n${inserts.join('')}${indexes.join('')}\n`
}

export const pgDump: CarryingProgram = async (process, version) => {
  const given = await commandLine(process, PG_DUMP)
  if (!given) return 1
  if (given.has('V', 'version')) return tellVersion(process, 'pg_dump', version)
  const { env } = process
  const user = given.value('U', 'username') ?? env.PGUSER ?? 'postgres'
  const database = given.value('d', 'dbname') ?? given.rest[0] ?? env.PGDATABASE ?? user
  const to = {
    host: given.value('h', 'host') ?? env.PGHOST,
    port: Number(given.value('p', 'port') ?? 5432),
    user,
    password: env.PGPASSWORD ?? '',
    database,
  }
  const client = await open(process, to)
  if (typeof client === 'string') {
    await process.write(2, `pg_dump: error: ${client}\n`)
    return 1
  }
  const { tables } = await contentOf(client)
  await process.write(1, `--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version ${client.version}\n\n`)
  // Views come when all that they select from is there.
  for (const table of tables.toSorted((a, b) => Number(Boolean(a.view)) - Number(Boolean(b.view))))
    await process.write(1, dumped(table))
  await process.write(1, '--\n-- PostgreSQL database dump complete\n--\n\n')
  client.close()
  return 0
}
