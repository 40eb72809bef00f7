/** What psql lists: databases, tables, roles, and what a table is made of. */

import type { Table } from '../../../sql/catalog.ts'
import { actionWords } from '../../../sql/references.ts'
import type { Rows } from '../../../sql/select.ts'
import type { Value } from '../../../sql/values.ts'
import { aligned, type Style } from './psql-print.ts'

/** What the server tells of its databases and of the one that is used. */
export interface Listed {
  databases: readonly string[]
  roles: readonly string[]
  tables: readonly Table[]
  owner: string
}

interface List {
  rows: Rows
  title: string
}

const table = (title: string, names: readonly string[], rows: readonly (readonly Value[])[]): List => ({
  title,
  rows: { columns: names.map(name => ({ name, type: { family: 'text', name: 'text' } })), rows },
})

const relations = ({ tables, owner }: Listed): readonly (readonly string[])[] =>
  tables.flatMap(({ name, columns, view }) => [
    ['public', name, view ? 'view' : 'table', owner],
    ...columns
      .filter(({ counts }) => counts)
      .map(column => ['public', `${name}_${column.name}_seq`, 'sequence', owner]),
  ])

const RELATION = ['Schema', 'Name', 'Type', 'Owner']

function listRelations(listed: Listed, kinds: readonly string[]): List | string {
  const rows = relations(listed)
    .filter(row => kinds.includes(row[2]!))
    .sort((a, b) => (a[1]! < b[1]! ? -1 : 1))
  return rows.length ? table('List of relations', RELATION, rows) : 'Did not find any relations.\n'
}

type Lister = (listed: Listed) => List | string

const databases: Lister = ({ databases: names, owner }) =>
  table(
    'List of databases',
    ['Name', 'Owner', 'Encoding', 'Locale Provider', 'Collate', 'Ctype', 'Locale', 'ICU Rules', 'Access privileges'],
    [...names].sort().map(name => [name, owner, 'UTF8', 'libc', 'en_US.utf8', 'en_US.utf8', '', '', '']),
  )

export const LISTS: Readonly<Record<string, Lister>> = {
  l: databases,
  'l+': databases,
  list: databases,
  dt: listed => listRelations(listed, ['table']),
  'dt+': listed => listRelations(listed, ['table']),
  dv: listed => listRelations(listed, ['view']),
  d: listed => listRelations(listed, ['table', 'view', 'sequence']),
  du: ({ roles, owner }) =>
    table(
      'List of roles',
      ['Role name', 'Attributes'],
      [...roles]
        .sort()
        .map(role => [role, role === owner ? 'Superuser, Create role, Create DB, Replication, Bypass RLS' : '']),
    ),
}

export function describeTable({ tables }: Listed, name: string, style: Style): string {
  const of = tables.find(one => one.name === name)
  if (!of) return `Did not find any relation named "${name}".\n`
  const columns = of.columns.map(({ name: column, type, notNull, counts, defaultText }) => [
    column,
    type.name,
    '',
    notNull ? 'not null' : '',
    counts ? `nextval('${of.name}_${column}_seq'::regclass)` : (defaultText ?? ''),
  ])
  const { rows } = table('', ['Column', 'Type', 'Collation', 'Nullable', 'Default'], columns)
  const text = aligned(rows, { ...style, tuplesOnly: false }, `${of.view ? 'View' : 'Table'} "public.${name}"`).replace(
    /\(\d+ rows?\)\n\n$/,
    '',
  )
  const keys = of.keys.filter(({ kind }) => kind !== 'foreign')
  const foreign = of.keys.filter(({ kind }) => kind === 'foreign')
  const indexes = keys.map(({ kind, name: key, columns: own }) => {
    const what = kind === 'primary' ? 'PRIMARY KEY, ' : kind === 'unique' ? 'UNIQUE CONSTRAINT, ' : ''
    return `    "${key}" ${what}btree (${own.join(', ')})\n`
  })
  const references = foreign.map(
    ({ name: key, columns: own, references: to }) =>
      `    "${key}" FOREIGN KEY (${own.join(', ')}) REFERENCES ${to?.table}(${to?.columns.join(', ')})${to ? actionWords(to, ['UPDATE', 'DELETE']) : ''}\n`,
  )
  return `${text}${indexes.length ? `Indexes:\n${indexes.join('')}` : ''}${references.length ? `Foreign-key constraints:\n${references.join('')}` : ''}\n`
}
