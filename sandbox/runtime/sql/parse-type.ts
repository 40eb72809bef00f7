/** Types of columns. */
import type { Cursor } from './cursor.ts'
import { unsimulated } from './dialect.ts'
import type { Type } from './values.ts'

const FAMILIES: Readonly<Record<string, Type['family']>> = {
  int: 'integer',
  integer: 'integer',
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  bigint: 'integer',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  serial: 'integer',
  bigserial: 'integer',
  smallserial: 'integer',
  signed: 'integer',
  unsigned: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  dec: 'decimal',
  float: 'float',
  double: 'float',
  real: 'float',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  timestamptz: 'datetime',
}

/** Types whose values are kept as texts. */
const TEXTS = new Set(
  'char varchar text tinytext mediumtext longtext enum json jsonb uuid binary varbinary blob tinyblob mediumblob longblob bytea time year inet'.split(
    ' ',
  ),
)

/** What PostgreSQL calls them. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  int8: 'bigint',
  bigserial: 'bigint',
  int2: 'smallint',
  smallserial: 'smallint',
  decimal: 'numeric',
  bool: 'boolean',
  float: 'double precision',
  double: 'double precision',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  varchar: 'character varying',
  char: 'character',
}

export function parseType(c: Cursor): Type {
  const token = c.take()
  if (token.kind !== 'word' && token.kind !== 'name') c.refuse(token)
  let word = token.value.toLowerCase()
  if (word === 'double') c.eats('precision')
  if (word === 'character') word = c.eats('varying') ? 'varchar' : 'char'
  const sizes = c.sees('(') ? c.list(() => (c.next.kind === 'text' ? `'${c.take().value}'` : c.take().value)) : []
  if (word === 'timestamp') {
    if (c.eats('with', 'time', 'zone')) word = 'timestamptz'
    else c.eats('without', 'time', 'zone')
  }
  const unsigned = c.eats('unsigned')
  c.eats('zerofill')
  c.eats('signed')
  const mysql = c.dialect === 'mysql'
  // MySQL has no truth values, only a small integer.
  if (mysql && (word === 'bool' || word === 'boolean')) return { family: 'integer', name: 'tinyint(1)' }
  const family = FAMILIES[word] ?? (TEXTS.has(word) ? 'text' : unsimulated(`the type ${word}`))
  const base = mysql ? (word === 'integer' ? 'int' : word === 'numeric' ? 'decimal' : word) : (FULL_NAMES[word] ?? word)
  const shown = sizes.length ? sizes : mysql && base === 'decimal' ? ['10', '0'] : []
  // A width of an integer means nothing, and newer versions do not show it.
  const size = shown.length && !(mysql && family === 'integer') ? `(${shown.join(',')})` : ''
  return {
    family,
    name: `${base}${size}${unsigned ? ' unsigned' : ''}`,
    ...(family === 'text' && sizes.length && /char|binary/.test(word) && { length: Number(sizes[0]) }),
    ...(word === 'enum' && { among: sizes.map(size => size.slice(1, -1)) }),
    ...(family === 'decimal' && shown.length && { scale: Number(shown[1] ?? 0) }),
  }
}

/** Whether a column of this type counts by itself. */
export const isSerial = (word: string): boolean => /^(big|small)?serial$/i.test(word)
