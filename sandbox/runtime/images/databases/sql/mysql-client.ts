/** mysql and mysqldump: statements from arguments, a pipe or a prompt, and their answers as MySQL's client prints them. */
import type { Process, Program } from '../../../processes/process.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { isBlank, statements } from '../../../sql/lexer.ts'
import type { ResultColumn, Rows } from '../../../sql/select.ts'
import type { Value } from '../../../sql/values.ts'
import { MYSQL, MYSQLDUMP } from './client-options.ts'
import { type Answer, type Client, type Login, login } from './login.ts'
import { statusOf } from './mysql-status.ts'
import { inWordsOfMysql, type Option, readOptions } from './options.ts'
import { grid, number, pad } from './table.ts'
import { readAll, readLines, readSecret, type Words, wordsOf } from './words.ts'

/** @returns undefined when something is wrong with it, and that has been said */
export async function commandLine(process: Process, known: readonly Option[]): Promise<Words | undefined> {
  const read = readOptions(process.argv.slice(1), known)
  if (!('kind' in read)) return wordsOf(read.given, read.rest)
  const name = process.argv[0]!.split('/').pop()!
  await process.write(2, inWordsOfMysql(name, read, name.startsWith('mariadb')))
  return undefined
}

/** Of a flag that there is not; one that is not simulated is no less wrong. */
export const WRONG_OPTION = 2

export interface Target {
  host: string
  port: number
  user: string
  password: string
  bySocket: boolean
}

export async function target(process: Process, given: Words): Promise<Target> {
  const { env } = process
  let password = given.value('p', 'password') ?? env.MYSQL_PWD ?? ''
  // A password stands right behind its flag; without one it is asked for.
  if (given.has('p', 'password') && given.value('p', 'password') === undefined)
    password = await readSecret(process, 'Enter password: ')
  else if (given.value('p', 'password') && !/mariadb/.test(process.argv[0]!))
    await process.write(
      2,
      `${process.argv[0]!.split('/').pop()}: [Warning] Using a password on the command line interface can be insecure.\n`,
    )
  return {
    host: given.value('h', 'host') ?? 'localhost',
    bySocket:
      (given.value('h', 'host') ?? 'localhost') === 'localhost' && !/tcp/i.test(given.value('', 'protocol') ?? ''),
    port: Number(given.value('P', 'port') ?? 3306),
    user: given.value('u', 'user') ?? (process.uid === 0 ? 'root' : 'mysql'),
    password,
  }
}

/** Why one was not let in, in the client's words: number and text. */
export function whyNot(
  result: Exclude<Login, { client: Client }>,
  { host, port }: Target,
): { code: string; text: string } {
  if ('denied' in result) {
    const [, code = '', text = result.denied] = /^(\d+ \(\w+\)): ([\s\S]*)$/.exec(result.denied) ?? []
    return { code, text }
  }
  if (host === 'localhost')
    return {
      code: '2002 (HY000)',
      text: "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)",
    }
  if (result.failure === 'ENOTFOUND') return { code: '2005 (HY000)', text: `Unknown MySQL server host '${host}' (-2)` }
  const number = result.failure === 'ECONNREFUSED' ? 111 : 110
  return { code: '2003 (HY000)', text: `Can't connect to MySQL server on '${host}:${port}' (${number})` }
}

const show = (value: Value, column: ResultColumn): string | null =>
  value === null ? null : typeof value === 'boolean' ? String(Number(value)) : String(number(value, column))

export function boxed(found: Rows, heads: boolean): string {
  const { heads: names, cells, widths, right } = grid(found, show, 'NULL')
  const rule = `+${widths.map(w => '-'.repeat(w + 2)).join('+')}+\n`
  const line = (row: readonly string[], toTheRight: readonly boolean[]): string =>
    `|${row.map((cell, i) => ` ${pad(cell, widths[i]!, toTheRight[i]!)} `).join('|')}|\n`
  return `${rule}${
    heads
      ? line(
          names,
          names.map(() => false),
        ) + rule
      : ''
  }${cells.map(row => line(row, right)).join('')}${rule}`
}

function upright({ columns, rows }: Rows): string {
  const widest = Math.max(...columns.map(({ name }) => name.length))
  const star = '*'.repeat(27)
  return rows
    .map(
      (row, n) =>
        `${star} ${n + 1}. row ${star}\n${columns.map((c, i) => `${c.name.padStart(widest)}: ${show(row[i]!, c) ?? 'NULL'}\n`).join('')}`,
    )
    .join('')
}

/** With tabs, as for another program. */
const plain = ({ columns, rows }: Rows, heads: boolean): string => {
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
  const lines = rows.map(row => row.map((value, i) => escaped(show(value, columns[i]!) ?? 'NULL')).join('\t'))
  return [...(heads ? [columns.map(({ name }) => name).join('\t')] : []), ...lines].map(line => `${line}\n`).join('')
}

interface Style {
  table: boolean
  heads: boolean
  vertical: boolean
  /** Somebody is there to read how many rows there were. */
  talks: boolean
}

const rowsOf = (n: number): string => `${n} row${n === 1 ? '' : 's'}`

function shown(answer: Answer, { table, heads, vertical, talks }: Style): string {
  const { found, affected, matched, records, database } = answer
  if (found) {
    if (!found.rows.length) return talks ? 'Empty set (0.00 sec)\n\n' : ''
    const text = vertical ? upright(found) : table ? boxed(found, heads) : plain(found, heads)
    return text + (talks ? `${rowsOf(found.rows.length)} in set (0.00 sec)\n\n` : '')
  }
  if (!talks) return ''
  if (database !== undefined) return 'Database changed\n'
  const more =
    matched !== undefined
      ? `Rows matched: ${matched}  Changed: ${affected}  Warnings: 0\n`
      : records !== undefined
        ? `Records: ${records}  Duplicates: 0  Warnings: 0\n`
        : ''
  return `Query OK, ${rowsOf(affected ?? 0)} affected (0.00 sec)\n${more}\n`
}

/** `\G` instead of a semicolon stands a row's columns one below the other. */
const endings = (sql: string): string => sql.replace(/\\G\s*$/gm, ' /*G*/;').replace(/\\g\s*$/gm, ';')

async function run(process: Process, client: Client, sql: string, style: Style, line?: number): Promise<boolean> {
  const answer = await client.ask(sql.replace('/*G*/', ''))
  if (!answer) {
    await process.write(2, 'ERROR 2013 (HY000): Lost connection to MySQL server during query\n')
    return false
  }
  const { error } = answer
  if (error) {
    const place = line === undefined ? '' : ` at line ${line}`
    await process.write(2, `ERROR ${error.code} (${error.state})${place}: ${error.message}\n${style.talks ? '\n' : ''}`)
    return false
  }
  await process.write(1, shown(answer, { ...style, vertical: style.vertical || sql.includes('/*G*/') }))
  return true
}

async function batch(process: Process, client: Client, text: string, style: Style, force: boolean): Promise<number> {
  const { whole, rest } = statements(endings(text))
  let line = 1
  for (const sql of [...whole, rest]) {
    const start = line + (/^\s*/.exec(sql)![0].match(/\n/g)?.length ?? 0)
    line += sql.match(/\n/g)?.length ?? 0
    const command = sql.trim()
    if (isBlank(command)) continue
    if (/^(exit|quit|\\q)$/i.test(command)) return 0
    if (/^(status|\\s)$/i.test(command)) await process.write(1, await statusOf(client, process.argv[0]!))
    else if (!(await run(process, client, command, style, start)) && !force) return 1
  }
  return 0
}

async function prompt(process: Process, client: Client, style: Style, product: string): Promise<number> {
  const maria = product === 'MariaDB'
  await process.write(
    1,
    `Welcome to the ${maria ? 'MariaDB' : 'MySQL'} monitor.  Commands end with ; or \\g.\nYour ${product} connection id is ${client.connection}\nServer version: ${client.version}${maria ? '-MariaDB-ubu2404 mariadb.org binary distribution' : ' MySQL Community Server - GPL'}\n\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n`,
  )
  let database = '(none)'
  let pending = ''
  const first = (): string => (maria ? `MariaDB [${database}]> ` : 'mysql> ')
  await process.write(1, first())
  for await (const line of readLines(process)) {
    const command = line.trim().replace(/;$/, '')
    if (!pending && /^(exit|quit|\\q)$/i.test(command)) {
      await process.write(1, 'Bye\n')
      return 0
    }
    if (!pending && /^(status|\\s)$/i.test(command)) {
      await process.write(1, await statusOf(client, process.argv[0]!))
      await process.write(1, first())
      continue
    }
    const use = !pending && /^use\s+(\S+)$/i.exec(command)?.[1]
    pending = /\\c\s*$/.test(line) ? '' : `${pending}${line}${use && !line.trim().endsWith(';') ? ';' : ''}\n`
    const { whole, rest } = statements(endings(pending))
    for (const sql of whole)
      if (!isBlank(sql)) if ((await run(process, client, sql.trim(), style)) && use) database = use.replaceAll('`', '')
    pending = isBlank(rest) ? '' : rest
    await process.write(1, pending ? '    -> ' : first())
  }
  await process.write(1, 'Bye\n')
  return 0
}

export const mysql: CarryingProgram = async (process, version) => {
  const given = await commandLine(process, MYSQL)
  if (!given) return WRONG_OPTION
  const maria = /mariadb/.test(process.argv[0]!)
  if (given.has('V', 'version')) {
    await process.write(
      1,
      `${process.argv[0]!.split('/').pop()}  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`,
    )
    return 0
  }
  const to = await target(process, given)
  const database = given.value('D', 'database') ?? given.rest[0]
  const result = await login(process, to.host, to.port, { ...to, ...(database !== undefined && { database }) })
  if (!('client' in result)) {
    const { code, text } = whyNot(result, to)
    await process.write(2, `ERROR ${code && `${code}: `}${text}\n`)
    return 1
  }
  const { client } = result
  const execute = given.value('e', 'execute')
  const isTerminal = process.fds[1]?.isTerminal ?? false
  const style: Style = {
    table: given.has('t', 'table') || (isTerminal && !given.has('B', 'batch') && !given.has('s', 'silent')),
    heads: !given.has('N', 'skip-column-names'),
    vertical: given.has('E', 'vertical'),
    talks: false,
  }
  try {
    if (execute === undefined && process.fds[0]?.isTerminal)
      return await prompt(process, client, { ...style, talks: true }, maria ? 'MariaDB' : 'MySQL')
    return await batch(process, client, execute ?? (await readAll(process)), style, given.has('f', 'force'))
  } finally {
    client.close()
  }
}

/** A value as it would be written in a statement. */
const literal = (value: Value): string =>
  value === null
    ? 'NULL'
    : typeof value === 'string'
      ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
      : String(Number(value))

const SYSTEM = ['information_schema', 'mysql', 'performance_schema', 'sys']

export const mysqldump: Program = async process => {
  const given = await commandLine(process, MYSQLDUMP)
  if (!given) return WRONG_OPTION
  const to = await target(process, given)
  const result = await login(process, to.host, to.port, to)
  if (!('client' in result)) {
    const { code, text } = whyNot(result, to)
    await process.write(2, `mysqldump: Got error: ${code.replace(/ .*/, '')}: ${text} when trying to connect\n`)
    return 2
  }
  const { client } = result
  const ask = async (sql: string): Promise<Rows> => (await client.ask(sql))?.found ?? { columns: [], rows: [] }
  const all = given.has('A', 'all-databases')
  const named = given.has('', 'databases')
  const [first, ...rest] = given.rest
  const databases = all
    ? (await ask('SHOW DATABASES')).rows.map(([name]) => String(name)).filter(name => !SYSTEM.includes(name))
    : named
      ? given.rest
      : first === undefined
        ? []
        : [first]
  if (!databases.length && !all) {
    await process.write(1, 'Usage: mysqldump [OPTIONS] database [tables]\n')
    return 1
  }
  await process.write(
    1,
    `-- MySQL dump 10.13  Distrib ${client.version}, for Linux (x86_64)\n--\n-- Host: ${to.host}    Database: ${databases[0] ?? ''}\n-- ------------------------------------------------------\n`,
  )
  for (const database of databases) {
    const used = await client.ask(`USE \`${database}\``)
    if (used?.error) {
      await process.write(
        2,
        `mysqldump: Got error: ${used.error.code}: ${used.error.message} when selecting the database\n`,
      )
      return 2
    }
    if (all || named)
      await process.write(1, `\nCREATE DATABASE IF NOT EXISTS \`${database}\`;\n\nUSE \`${database}\`;\n`)
    const tables = named || all || !rest.length ? (await ask('SHOW TABLES')).rows.map(([name]) => String(name)) : rest
    const views: string[] = []
    for (const table of tables) {
      const { columns, rows: [[, create] = []] = [] } = await ask(`SHOW CREATE TABLE \`${table}\``)
      if (columns[0]?.name === 'View') {
        const view = String(create).replace(/^CREATE .*? VIEW /, 'CREATE VIEW ')
        views.push(`\nDROP VIEW IF EXISTS \`${table}\`;\n${view};\n`)
        continue
      }
      const { rows } = await ask(`SELECT * FROM \`${table}\``)
      const values = rows.map(row => `(${row.map(literal).join(',')})`).join(',')
      await process.write(
        1,
        `\nDROP TABLE IF EXISTS \`${table}\`;\n${create};\n${values && `INSERT INTO \`${table}\` VALUES ${values};\n`}`,
      )
    }
    // Views come when all that they select from is there.
    await process.write(1, views.join(''))
  }
  await process.write(1, '\n-- Dump completed\n')
  client.close()
  return 0
}
