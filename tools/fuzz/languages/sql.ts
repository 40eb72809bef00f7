/** Statements of SQL, of what both dialects know and of what only one does, about a table that is there, and about others. */
import fc from 'fast-check'
import { junk } from '../words.ts'

const quoted = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`

const table = fc.constantFrom(
  't',
  'u',
  'nosuch',
  'information_schema.tables',
  'pg_catalog.pg_class',
  'mysql.user',
  '"T"',
  '`t`',
)
const column = fc.constantFrom('id', 'name', 't.id', 'u.name', 'nosuch', '*', 'created', 'n')
const type = fc.constantFrom(
  'int',
  'bigint unsigned',
  'serial primary key',
  'int auto_increment primary key',
  'varchar(3)',
  'text',
  'numeric(4,2)',
  'timestamp default now()',
  'boolean not null default true',
  'json',
  'double precision',
  'date',
  "enum('a','b')",
  'nosuch',
)

const leaf = fc.oneof(
  { weight: 4, arbitrary: column },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 99 }).map(String) },
  { weight: 2, arbitrary: junk.map(quoted) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'NULL',
      'TRUE',
      '1e400',
      '9'.repeat(40),
      "'2026-01-05'",
      'now()',
      'version()',
      'current_user',
      '@@version',
      "'1'::int",
      'count(*)',
      "x'ff'",
    ),
  },
)

const FUNCTIONS = [
  'upper',
  'length',
  'coalesce',
  'sum',
  'max',
  'concat',
  'substring',
  'round',
  'abs',
  'date_format',
  'to_char',
  'repeat',
  'nullif',
  'nosuch',
  'pg_sleep',
  'sleep',
  'group_concat',
  'string_agg',
]
const OPERATORS = ['+', '-', '*', '/', '%', '=', '<>', '<', 'AND', 'OR', 'LIKE', '||', 'IS NOT', 'IN', '~']

const { expression, select } = fc.letrec<{ expression: string; select: string }>(tie => {
  const one = tie('expression')
  return {
    expression: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.tuple(one, fc.constantFrom(...OPERATORS), one).map(parts => `(${parts.join(' ')})`),
      fc
        .tuple(fc.constantFrom(...FUNCTIONS), fc.array(one, { maxLength: 3 }))
        .map(([f, of]) => `${f}(${of.join(', ')})`),
      fc.tuple(one, one, one).map(([a, b, c]) => `CASE WHEN ${a} THEN ${b} ELSE ${c} END`),
      fc.tuple(one, fc.array(one, { minLength: 1, maxLength: 3 })).map(([a, of]) => `${a} IN (${of.join(', ')})`),
      fc.tuple(one, one, one).map(([a, b, c]) => `${a} BETWEEN ${b} AND ${c}`),
      fc.tuple(one, type).map(([a, to]) => `CAST(${a} AS ${to})`),
      tie('select').map(text => `(${text})`),
      tie('select').map(text => `EXISTS (${text})`),
      one.map(a => `-(${a})`),
    ),
    select: fc
      .tuple(
        fc.array(one, { minLength: 1, maxLength: 3 }),
        table,
        fc.array(
          fc.oneof(
            one.map(e => ` WHERE ${e}`),
            fc.tuple(table, one).map(([other, on]) => ` LEFT JOIN ${other} ON ${on}`),
            one.map(e => ` GROUP BY ${e} HAVING ${e}`),
            one.map(e => ` ORDER BY ${e} DESC`),
            fc.integer({ min: -1, max: 5 }).map(n => ` LIMIT ${n} OFFSET 1`),
            tie('select').map(more => ` UNION ${more}`),
          ),
          { maxLength: 3 },
        ),
      )
      .map(([what, from, more]) => `SELECT ${what.join(', ')} FROM ${from}${more.join('')}`),
  }
})

const statement = fc.oneof(
  { weight: 4, arbitrary: select },
  {
    weight: 3,
    arbitrary: fc
      .tuple(table, fc.array(expression, { minLength: 1, maxLength: 3 }))
      .map(([to, values]) => `INSERT INTO ${to} VALUES (${values.join(', ')})`),
  },
  fc
    .tuple(table, column, expression, expression)
    .map(([of, to, value, when]) => `UPDATE ${of} SET ${to} = ${value} WHERE ${when}`),
  fc.tuple(table, expression).map(([of, when]) => `DELETE FROM ${of} WHERE ${when}`),
  fc
    .tuple(fc.constantFrom('u', 'v', 't'), fc.array(type, { minLength: 1, maxLength: 3 }))
    .map(
      ([of, types]) =>
        `CREATE TABLE IF NOT EXISTS ${of} (${types.map((t, i) => `${['id', 'name', 'n'][i]} ${t}`).join(', ')})`,
    ),
  fc.tuple(table, column, type).map(([of, what, as]) => `ALTER TABLE ${of} ADD COLUMN ${what} ${as}`),
  fc.constantFrom(
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT a',
    'DROP TABLE t',
    'TRUNCATE t',
    'SHOW TABLES',
    'SHOW DATABASES',
    "SHOW VARIABLES LIKE 'max%'",
    'DESCRIBE t',
    'EXPLAIN SELECT 1',
    '\\d t',
    '\\l',
    '\\x',
    'USE mysql',
    'SET @a = 1',
    'SET search_path TO x',
    'CREATE DATABASE d',
    "CREATE USER j IDENTIFIED BY 'x'",
    'GRANT ALL ON *.* TO j',
    'CREATE INDEX i ON t (name)',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r',
    'SELECT generate_series(1, 3)',
    'VACUUM',
  ),
  junk,
)

const BEFORE = "CREATE TABLE t (id int primary key, name varchar(20));\nINSERT INTO t VALUES (1, 'a'), (2, NULL);\n"

export const sql = fc
  .tuple(fc.boolean(), fc.array(statement, { minLength: 1, maxLength: 12 }))
  .map(([bare, all]) => `${bare ? '' : BEFORE}${all.map(one => `${one};\n`).join('')}`)
