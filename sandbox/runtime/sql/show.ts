/** What MySQL's SHOW and DESCRIBE list. */
import type { Column, Content, Key, Table } from './catalog.ts'
import { isLike as fits } from './like.ts'
import { actionWords } from './references.ts'
import type { Rows } from './select.ts'
import type { Value } from './values.ts'

const TEXT = { family: 'text', name: 'varchar(64)' } as const
const NUMBER = { family: 'integer', name: 'bigint' } as const

const table = (names: readonly string[], rows: readonly (readonly Value[])[]): Rows => ({
  columns: names.map(name => ({ name, type: TEXT })),
  rows,
})

export const isLike = (name: string, like: string | undefined): boolean => like === undefined || fits(name, like, true)

/** @param columns their names @param numbers those that hold numbers */
export function listed(columns: string, rows: readonly (readonly Value[])[], numbers = ''): Rows {
  const ofNumbers = numbers.split(' ')
  return {
    columns: columns.split(' ').map(name => ({ name, type: ofNumbers.includes(name) ? NUMBER : TEXT })),
    rows,
  }
}

export const listDatabases = (content: Content, like: string | undefined, sees: (name: string) => boolean): Rows =>
  table(
    [`Database${like === undefined ? '' : ` (${like})`}`],
    [...content.databases.keys()]
      .sort()
      .filter(name => isLike(name, like) && sees(name))
      .map(name => [name]),
  )

export const listTables = (tables: readonly Table[], database: string, like: string | undefined, full: boolean): Rows =>
  table(
    [`Tables_in_${database}${like === undefined ? '' : ` (${like})`}`, ...(full ? ['Table_type'] : [])],
    [...tables]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => isLike(name, like))
      .map(({ name, view }) => [name, ...(full ? [view ? 'VIEW' : 'BASE TABLE'] : [])]),
  )

export const listSettings = (settings: ReadonlyMap<string, string>, like: string | undefined): Rows =>
  table(
    ['Variable_name', 'Value'],
    [...settings].filter(([name]) => isLike(name, like)).sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** How a column takes part in keys, in the first of its letters that counts. */
function keyOf({ keys }: Table, { name }: Column): string {
  const own = keys.filter(({ columns }) => columns[0] === name || columns.includes(name))
  if (own.some(({ kind }) => kind === 'primary')) return 'PRI'
  if (own.some(({ kind, columns }) => kind === 'unique' && columns.length === 1)) return 'UNI'
  return own.some(({ columns }) => columns[0] === name) ? 'MUL' : ''
}

/** A default without the quotes that it was written with. */
const plain = (text: string | undefined): string | null =>
  text === undefined || /^null$/i.test(text) ? null : text.replace(/^'([\s\S]*)'$/, '$1')

const extraOf = ({ counts, defaultText, onUpdate }: Column): string =>
  counts
    ? 'auto_increment'
    : [
        /^(now\(|current_timestamp)/i.test(defaultText ?? '') && 'DEFAULT_GENERATED',
        onUpdate && 'on update CURRENT_TIMESTAMP',
      ]
        .filter(Boolean)
        .join(' ')

/** As MySQL tells of a default: of the time by one name, whichever it was given. */
const defaultOf = ({ defaultText }: Column): string | null =>
  plain(defaultText?.replace(/^(now\(\)|current_timestamp(\(\))?)$/i, 'CURRENT_TIMESTAMP'))

/** @param full with what SHOW FULL COLUMNS adds */
export function listColumns(of: Table, full = false, like?: string): Rows {
  const more = (column: Column): Value[] => [column.type.family === 'text' ? 'utf8mb4_0900_ai_ci' : null]
  return table(
    full
      ? ['Field', 'Type', 'Collation', 'Null', 'Key', 'Default', 'Extra', 'Privileges', 'Comment']
      : ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'],
    of.columns
      .filter(({ name }) => isLike(name, like))
      .map(column => [
        column.name,
        column.type.name,
        ...(full ? more(column) : []),
        column.notNull ? 'NO' : 'YES',
        keyOf(of, column),
        defaultOf(column),
        extraOf(column),
        ...(full ? ['select,insert,update,references', ''] : []),
      ]),
  )
}

const quoted = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(',')

/** In which order keys are told. */
export const ORDER: Readonly<Record<Key['kind'], number>> = { primary: 0, unique: 1, index: 2, foreign: 3 }

export function showCreate(of: Table): Rows {
  if (of.view) {
    const text = `CREATE ALGORITHM=UNDEFINED DEFINER=\`root\`@\`%\` SQL SECURITY DEFINER VIEW \`${of.name}\` AS ${of.view.select}`
    return table(
      ['View', 'Create View', 'character_set_client', 'collation_connection'],
      [[of.name, text, 'utf8mb4', 'utf8mb4_0900_ai_ci']],
    )
  }
  const columns = of.columns.map(({ name, type, notNull, counts, defaultText, onUpdate }) => {
    const told = defaultText?.replace(/^(now\(\)|current_timestamp(\(\))?)$/i, 'CURRENT_TIMESTAMP')
    const byDefault = told ?? (notNull || type.name.includes('text') ? undefined : 'NULL')
    return `  \`${name}\` ${type.name}${notNull ? ' NOT NULL' : ''}${counts ? ' AUTO_INCREMENT' : byDefault === undefined ? '' : ` DEFAULT ${/^\d/.test(byDefault) ? `'${byDefault}'` : byDefault}`}${onUpdate ? ' ON UPDATE CURRENT_TIMESTAMP' : ''}`
  })
  const keys = [...of.keys]
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
    .map(({ kind, name, columns: own, references }) => {
      if (kind === 'primary') return `  PRIMARY KEY (${quoted(own)})`
      if (kind === 'foreign')
        return `  CONSTRAINT \`${name}\` FOREIGN KEY (${quoted(own)}) REFERENCES \`${references?.table}\` (${quoted(references?.columns ?? [])})${references ? actionWords(references, ['DELETE', 'UPDATE']) : ''}`
      return `  ${kind === 'unique' ? 'UNIQUE KEY' : 'KEY'} \`${name}\` (${quoted(own)})`
    })
  const counted = of.columns.some(({ counts }) => counts) && of.next > 1 ? ` AUTO_INCREMENT=${of.next}` : ''
  const text = `CREATE TABLE \`${of.name}\` (\n${[...columns, ...keys].join(',\n')}\n) ENGINE=InnoDB${counted} DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`
  return table(['Table', 'Create Table'], [[of.name, text]])
}

export const showCreateDatabase = (database: string): Rows =>
  table(
    ['Database', 'Create Database'],
    [
      [
        database,
        `CREATE DATABASE \`${database}\` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci */ /*!80016 DEFAULT ENCRYPTION='N' */`,
      ],
    ],
  )
