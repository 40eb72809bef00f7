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
  /** Of the server: psql shows what it has. */
  major: number
}

interface List {
  rows: Rows
  title: string
  /** False: the number of rows is not told. */
  foot?: boolean
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

/** Since when a list of databases has which columns. */
function columnsOfDatabases(major: number): readonly string[] {
  const first = ['Name', 'Owner', 'Encoding']
  if (major < 15) return [...first, 'Collate', 'Ctype', 'Access privileges']
  if (major < 16) return [...first, 'Collate', 'Ctype', 'ICU Locale', 'Locale Provider', 'Access privileges']
  const locale = major < 17 ? 'ICU Locale' : 'Locale'
  return [...first, 'Locale Provider', 'Collate', 'Ctype', locale, 'ICU Rules', 'Access privileges']
}

const databases: Lister = ({ databases: names, owner, major }) => {
  const columns = columnsOfDatabases(major)
  const cell = (column: string, name: string): string => {
    switch (column) {
      case 'Name':
        return name
      case 'Owner':
        return owner
      case 'Encoding':
        return 'UTF8'
      case 'Locale Provider':
        return 'libc'
      case 'Collate':
      case 'Ctype':
        return 'en_US.utf8'
      case 'Access privileges':
        // Of templates others may only be made.
        return name.startsWith('template') ? `=c/${owner}\n${owner}=CTc/${owner}` : ''
      default:
        return ''
    }
  }
  return table(
    'List of databases',
    columns,
    [...names].sort().map(name => columns.map(column => cell(column, name))),
  )
}

/** What a table takes on the disk: pages of rows, and one for what is kept beside long texts. */
function sizeOf({ columns, rows }: Table): string {
  const pages = Math.ceil((rows.length * (24 + columns.length * 8)) / 8192)
  const beside = columns.some(({ type: { family, length = 10_000 } }) => family === 'text' && length > 500) ? 1 : 0
  const bytes = (pages + beside) * 8192
  return bytes < 10_240 ? `${bytes} bytes` : `${bytes / 1024} kB`
}

function listMore(listed: Listed): List | string {
  const tables = listed.tables.filter(({ view }) => !view).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (!tables.length) return 'Did not find any relations.\n'
  return table(
    'List of relations',
    [...RELATION, 'Persistence', ...(listed.major < 14 ? [] : ['Access method']), 'Size', 'Description'],
    tables.map(of => [
      'public',
      of.name,
      'table',
      listed.owner,
      'permanent',
      ...(listed.major < 14 ? [] : ['heap']),
      sizeOf(of),
      '',
    ]),
  )
}

function listIndexes({ tables, owner }: Listed): List | string {
  const rows = tables.flatMap(({ name, keys }) =>
    keys.filter(({ kind }) => kind !== 'foreign').map(key => ['public', key.name, 'index', owner, name]),
  )
  rows.sort((a, b) => (a[1]! < b[1]! ? -1 : 1))
  return rows.length ? table('List of relations', [...RELATION, 'Table'], rows) : 'Did not find any relations.\n'
}

export const LISTS: Readonly<Record<string, Lister>> = {
  l: databases,
  'l+': databases,
  list: databases,
  dt: listed => listRelations(listed, ['table']),
  'dt+': listMore,
  di: listIndexes,
  ds: listed => listRelations(listed, ['sequence']),
  dn: ({ owner, major }) =>
    table('List of schemas', ['Name', 'Owner'], [['public', major < 15 ? owner : 'pg_database_owner']]),
  dx: () =>
    table(
      'List of installed extensions',
      ['Name', 'Version', 'Schema', 'Description'],
      [['plpgsql', '1.0', 'pg_catalog', 'PL/pgSQL procedural language']],
    ),
  dv: listed => listRelations(listed, ['view']),
  d: listed => listRelations(listed, ['table', 'view', 'sequence']),
  du: ({ roles, owner, major }) => ({
    ...table(
      'List of roles',
      // Before 16 psql told of which others a role is a member.
      ['Role name', 'Attributes', ...(major < 16 ? ['Member of'] : [])],
      [...roles]
        .sort()
        .map(role => [
          role,
          role === owner ? 'Superuser, Create role, Create DB, Replication, Bypass RLS' : '',
          ...(major < 16 ? ['{}'] : []),
        ]),
    ),
    foot: false,
  }),
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
