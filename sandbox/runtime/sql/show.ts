/** What MySQL's SHOW and DESCRIBE list. */
import type { Column, Content, Table } from './catalog.ts'
import { matches } from './evaluate.ts'
import { actionWords } from './references.ts'
import type { Rows } from './select.ts'
import type { Value } from './values.ts'

const TEXT = { family: 'text', name: 'varchar(64)' } as const

const table = (names: readonly string[], rows: readonly (readonly Value[])[]): Rows => ({
  columns: names.map(name => ({ name, type: TEXT })),
  rows,
})

const isLike = (name: string, like: string | undefined): boolean =>
  like === undefined || matches(name, like, false, true)

export const listDatabases = (content: Content, like: string | undefined): Rows =>
  table(
    [`Database${like === undefined ? '' : ` (${like})`}`],
    [...content.databases.keys()]
      .sort()
      .filter(name => isLike(name, like))
      .map(name => [name]),
  )

export const listTables = (content: Content, database: string, like: string | undefined): Rows =>
  table(
    [`Tables_in_${database}${like === undefined ? '' : ` (${like})`}`],
    [...content.databases.get(database)!.keys()]
      .sort()
      .filter(name => isLike(name, like))
      .map(name => [name]),
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

export const listColumns = (of: Table): Rows =>
  table(
    ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'],
    of.columns.map(column => [
      column.name,
      column.type.name,
      column.notNull ? 'NO' : 'YES',
      keyOf(of, column),
      plain(column.defaultText),
      column.counts
        ? 'auto_increment'
        : [
            /^(now\(|current_timestamp)/i.test(column.defaultText ?? '') && 'DEFAULT_GENERATED',
            column.onUpdate && 'on update CURRENT_TIMESTAMP',
          ]
            .filter(Boolean)
            .join(' '),
    ]),
  )

const quoted = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(',')

export function showCreate(of: Table): Rows {
  if (of.view) {
    const text = `CREATE ALGORITHM=UNDEFINED DEFINER=\`root\`@\`%\` SQL SECURITY DEFINER VIEW \`${of.name}\` AS ${of.view.select}`
    return table(
      ['View', 'Create View', 'character_set_client', 'collation_connection'],
      [[of.name, text, 'utf8mb4', 'utf8mb4_0900_ai_ci']],
    )
  }
  const columns = of.columns.map(({ name, type, notNull, counts, defaultText, onUpdate }) => {
    const byDefault = defaultText ?? (notNull || type.name.includes('text') ? undefined : 'NULL')
    return `  \`${name}\` ${type.name}${notNull ? ' NOT NULL' : ''}${counts ? ' AUTO_INCREMENT' : byDefault === undefined ? '' : ` DEFAULT ${/^\d/.test(byDefault) ? `'${byDefault}'` : byDefault}`}${onUpdate ? ' ON UPDATE CURRENT_TIMESTAMP' : ''}`
  })
  const keys = of.keys.map(({ kind, name, columns: own, references }) => {
    if (kind === 'primary') return `  PRIMARY KEY (${quoted(own)})`
    if (kind === 'foreign')
      return `  CONSTRAINT \`${name}\` FOREIGN KEY (${quoted(own)}) REFERENCES \`${references?.table}\` (${quoted(references?.columns ?? [])})${references ? actionWords(references, ['DELETE', 'UPDATE']) : ''}`
    return `  ${kind === 'unique' ? 'UNIQUE KEY' : 'KEY'} \`${name}\` (${quoted(own)})`
  })
  const counted = of.columns.some(({ counts }) => counts) && of.next > 1 ? ` AUTO_INCREMENT=${of.next}` : ''
  const text = `CREATE TABLE \`${of.name}\` (\n${[...columns, ...keys].join(',\n')}\n) ENGINE=InnoDB${counted} DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`
  return table(['Table', 'Create Table'], [[of.name, text]])
}

const NAME = { family: 'text', name: 'char(32)' } as const

/** Tables that nobody has made: who there is. */
export function listOfServer({ accounts }: Content, database: string, name: string): Table | undefined {
  if (database !== 'mysql' || name !== 'user') return undefined
  const column = (called: string): Column => ({ name: called, type: NAME, notNull: true, counts: false })
  return {
    name,
    columns: [column('Host'), column('User')],
    keys: [],
    rows: [...accounts.keys()].map(user => ['%', user]),
    next: 1,
  }
}
