/** psql and pg_isready: statements and commands with a backslash, and answers as PostgreSQL's client prints them. */
import type { Process } from '../../../processes/process.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { isBlank, statements } from '../../../sql/lexer.ts'
import { PG_ISREADY, PSQL } from './client-options.ts'
import { type Answer, type Client, login } from './login.ts'
import { inWordsOfPostgres, type Option, readOptions } from './options.ts'
import { describeTable, LISTS, type Listed } from './psql-lists.ts'
import { aligned, type Style } from './psql-print.ts'
import { readAll, readLines, readSecret, type Words, wordsOf } from './words.ts'

/** @returns undefined when something is wrong with it, and that has been said */
export async function commandLine(process: Process, known: readonly Option[]): Promise<Words | undefined> {
  const read = readOptions(process.argv.slice(1), known)
  if (!('kind' in read)) return wordsOf(read.given, read.rest)
  await process.write(2, inWordsOfPostgres(process.argv[0]!.split('/').pop()!, read))
  return undefined
}

interface Target {
  host: string | undefined
  port: number
  user: string
  password: string
  database: string
}

/** `postgres://user:password@host:port/database` */
const URI = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/]*)(?::(\d+))?(?:\/([^?]*))?/

interface Session {
  process: Process
  client: Client
  to: Target
  style: Style
  /** Whether a script ends at its first error. */
  stopsOnError: boolean
}

/** An error, and the line of the statement with a mark below the place. */
function complaint(error: NonNullable<Answer['error']>, sql: string, before: string): string {
  let words = `${before}ERROR:  ${error.message}\n`
  if (error.at !== undefined) {
    const lines = sql.slice(0, error.at).split('\n')
    const line = sql.split('\n')[lines.length - 1]!
    const label = `LINE ${lines.length}: `
    words += `${label}${line}\n${' '.repeat(label.length + lines.at(-1)!.length)}^\n`
  }
  if (error.detail) words += `DETAIL:  ${error.detail}\n`
  if (error.context) words += `CONTEXT:  ${error.context}\n`
  if (error.hint) words += `HINT:  ${error.hint}\n`
  return words
}

/**
 * @param sql as it was written, with the semicolon that ends it
 * @returns whether it went well; undefined when the server has gone
 */
async function run(
  { process, client, style }: Session,
  sql: string,
  before = '',
  data?: string,
): Promise<boolean | undefined> {
  const answer = await client.ask(sql.replace(/;$/, ''), data)
  if (!answer) {
    await process.write(
      2,
      'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n',
    )
    return undefined
  }
  if (answer.error) {
    const { error } = answer
    // For the server the semicolon is where it had to go on.
    const early = sql.endsWith(';') && error.message === 'syntax error at end of input'
    await process.write(2, complaint(early ? { ...error, message: 'syntax error at or near ";"' } : error, sql, before))
    return false
  }
  for (const notice of answer.notices ?? []) await process.write(2, `${before}NOTICE:  ${notice}\n`)
  if (answer.copied !== undefined) {
    await process.write(1, answer.copied)
    return true
  }
  if (answer.found) await process.write(1, aligned(answer.found, style))
  if ((!answer.found || !answer.tag.startsWith('SELECT')) && answer.tag && !style.quiet && answer.tag !== 'SHOW')
    await process.write(1, `${answer.tag}\n`)
  return true
}

export async function open(process: Process, to: Target): Promise<Client | string> {
  const host = to.host ?? 'localhost'
  const result = await login(process, host, to.port, {
    user: to.user,
    password: to.password,
    database: to.database,
    bySocket: to.host === undefined,
  })
  if ('client' in result) return result.client
  const named = result.ip !== undefined && result.ip !== host ? ` (${result.ip})` : ''
  const at =
    to.host === undefined
      ? `server on socket "/var/run/postgresql/.s.PGSQL.${to.port}"`
      : `server at "${host}"${named}, port ${to.port}`
  if ('denied' in result)
    return `connection to ${at} failed: ${result.denied.startsWith('fe_') ? '' : 'FATAL:  '}${result.denied}`
  if (result.failure === 'ENOTFOUND')
    return `could not translate host name "${host}" to address: Name or service not known`
  if (to.host === undefined)
    return `connection to ${at} failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`
  return result.failure === 'ECONNREFUSED'
    ? `connection to ${at} failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`
    : `connection to ${at} failed: Connection timed out\n\tIs the server running on that host and accepting TCP/IP connections?`
}

/** What the server tells of its databases; nothing, when it has gone. */
export async function contentOf(client: Client): Promise<Listed> {
  const line = await client.line('content')
  return line === undefined
    ? { databases: [], roles: [], tables: [], owner: '', major: 16 }
    : (JSON.parse(line) as Listed)
}

/** `\copy t from 'file' csv`: COPY with a file of the client. */
async function copyFile({ process, client }: Session, words: string): Promise<void> {
  const [, before = '', way = '', quoted, bare = '', after = ''] =
    /^([\s\S]*?)\s(from|to)\s+(?:'([^']*)'|(\S+))\s*([\s\S]*)$/i.exec(words) ?? []
  const file = quoted ?? bare
  if (!file) {
    await process.write(2, '\\copy: arguments required\n')
    return
  }
  const path = file.startsWith('/') ? file : `${process.cwd}/${file}`
  const comes = way.toLowerCase() === 'from'
  const own = /^(stdin|stdout|pstdin|pstdout)$/i.test(file)
  if (comes && !own && !process.fs.exists(path)) {
    await process.write(2, `${file}: No such file or directory\n`)
    return
  }
  const data = comes ? (own ? await readAll(process) : process.fs.readFile(path)) : undefined
  const sql = `COPY ${before} ${comes ? 'FROM STDIN' : 'TO STDOUT'} ${after}`
  const answer = await client.ask(sql, data)
  if (answer?.error) await process.write(2, complaint(answer.error, sql, ''))
  else if (answer) {
    if (answer.copied !== undefined && !own) process.fs.writeFile(path, answer.copied)
    await process.write(1, answer.copied !== undefined && own ? answer.copied : `${answer.tag}\n`)
  }
}

/** A command with a backslash. @returns whether to go on */
async function command(session: Session, line: string): Promise<boolean> {
  const { process, client, style } = session
  const [, name = '', rest = ''] = /^\\(\S+)\s*(.*?);?\s*$/.exec(line) ?? []
  if (name === 'q') return false
  const list = LISTS[name]
  if (list && !(rest && name === 'd')) {
    const found = list(await contentOf(client))
    await process.write(
      1,
      typeof found === 'string' ? found : aligned(found.rows, { ...style, foot: found.foot }, found.title),
    )
  } else if (name === 'd' || name === 'd+') await process.write(1, describeTable(await contentOf(client), rest, style))
  else if (name === 'c' || name === 'connect') {
    const next = await open(process, { ...session.to, database: rest.split(' ')[0] || session.to.database })
    if (typeof next === 'string') await process.write(2, `${next}\nPrevious connection kept\n`)
    else {
      client.close()
      session.client = next
      session.to = { ...session.to, database: rest.split(' ')[0] || session.to.database }
      await process.write(
        1,
        `You are now connected to database "${session.to.database}" as user "${session.to.user}".\n`,
      )
    }
  } else if (name === 'x') {
    style.expanded = !style.expanded
    await process.write(1, `Expanded display is ${style.expanded ? 'on' : 'off'}.\n`)
  } else if (name === 't') {
    style.tuplesOnly = !style.tuplesOnly
    await process.write(1, `Tuples only is ${style.tuplesOnly ? 'on' : 'off'}.\n`)
  } else if (name === 'conninfo') {
    const { database, user, host, port } = session.to
    const by = host === undefined ? 'via socket in "/var/run/postgresql"' : `on host "${host}"`
    await process.write(1, `You are connected to database "${database}" as user "${user}" ${by} at port "${port}".\n`)
  } else if (name === 'copy') await copyFile(session, rest)
  else if (name === 'echo') await process.write(1, `${rest}\n`)
  else await process.write(2, `invalid command \\${name}\nTry \\? for help.\n`)
  return true
}

/** A COPY whose lines follow it. */
const FROM_CLIENT = /^\s*copy\s[\s\S]*\bfrom\s+stdin\b/i

const COPY_HELP =
  'Enter data to be copied followed by a newline.\nEnd with a backslash and a period on a line by itself, or an EOF signal.\n'

async function script(
  session: Session,
  lines: AsyncIterable<string> | Iterable<string>,
  interactive: boolean,
  file?: string,
): Promise<number> {
  const { process } = session
  const ask = async (pending: boolean, open: boolean): Promise<void> => {
    if (interactive) await process.write(1, `${session.to.database}${pending ? '-' : '='}${open ? '*' : ''}# `)
  }
  let pending = ''
  let failed = false
  let number = 0
  const place = (): string => (file === undefined ? '' : `psql:${file}:${number}: `)
  const stops = !interactive && session.stopsOnError
  /** A COPY whose lines are coming, and those that have come. */
  let copying: string | undefined
  let copied = ''
  await ask(false, false)
  for await (const line of lines) {
    number++
    if (copying !== undefined) {
      if (line.replace(/\r$/, '') !== '\\.') {
        copied += `${line}\n`
        continue
      }
      const done = await run(session, `${copying.trimStart()};`, place(), copied)
      copying = undefined
      copied = ''
      if (done === undefined) return 2
      failed ||= !done
      if (failed && stops) return 3
      await ask(false, false)
      continue
    }
    if (!pending.trim() && (/^\s*\\/.test(line) || /^(exit|quit)$/.test(line.trim()))) {
      if (!line.trim().startsWith('\\') || !(await command(session, line.trim()))) return 0
    } else {
      const { whole, rest } = statements(`${pending}${line}\n`)
      for (const sql of whole) {
        if (FROM_CLIENT.test(sql)) {
          copying = sql
          if (interactive) await process.write(1, COPY_HELP)
          continue
        }
        const done = isBlank(sql) || (await run(session, `${sql.trimStart()};`, place()))
        if (done === undefined) return 2
        failed ||= !done
        if (failed && stops) return 3
      }
      pending = isBlank(rest) ? '' : rest
    }
    if (copying === undefined) await ask(pending !== '', false)
  }
  // The end of what is read is the end of its lines too.
  if (copying !== undefined) failed = !(await run(session, `${copying.trimStart()};`, place(), copied)) || failed
  if (interactive) await process.write(1, '\\q\n')
  else if (pending.trim()) failed = !(await run(session, pending.trim(), place())) || failed
  return failed && stops ? 3 : 0
}

export async function tellVersion(process: Process, name: string, version: string): Promise<number> {
  await process.write(1, `${name} (PostgreSQL) ${version} (Debian ${version}-1.pgdg13+1)\n`)
  return 0
}

export const psql: CarryingProgram = async (process, version) => {
  const given = await commandLine(process, PSQL)
  if (!given) return 1
  const { env } = process
  const unseen = given.all('P', 'pset').find(setting => !setting.startsWith('pager'))
  if (unseen !== undefined) {
    await process.write(2, `psql: --pset=${unseen} is not simulated\n`)
    return 1
  }
  if (given.has('V', 'version')) {
    return tellVersion(process, 'psql', version)
  }
  const uri = URI.exec(given.rest[0] ?? given.value('d', 'dbname') ?? '')
  const user =
    uri?.[1] ||
    (given.value('U', 'username') ?? given.rest[1] ?? env.PGUSER ?? (process.uid === 0 ? 'root' : 'postgres'))
  const to: Target = {
    host: uri?.[3] || (given.value('h', 'host') ?? env.PGHOST),
    port: Number(uri?.[4] ?? given.value('p', 'port') ?? env.PGPORT ?? 5432),
    user,
    password: uri?.[2] ? decodeURIComponent(uri[2]) : (env.PGPASSWORD ?? ''),
    database: (uri ? uri[5] : (given.value('d', 'dbname') ?? given.rest[0])) || (env.PGDATABASE ?? user),
  }
  if (given.has('W', 'password') || (to.host !== undefined && !to.password && process.fds[0]?.isTerminal))
    to.password = await readSecret(process, `Password for user ${user}: `)
  const opened = await open(process, to)
  if (typeof opened === 'string') {
    await process.write(2, `psql: error: ${opened}\n`)
    return 2
  }
  const style: Style = {
    tuplesOnly: given.has('t', 'tuples-only'),
    unaligned: given.has('A', 'no-align'),
    expanded: given.has('x', 'expanded'),
    quiet: given.has('q', 'quiet'),
  }
  const stopsOnError = given.all('v', 'set').some(setting => /^ON_ERROR_STOP=(1|on|true|yes)$/i.test(setting))
  const session: Session = { process, client: opened, to, style, stopsOnError }
  try {
    if (given.has('l', 'list')) {
      await command(session, '\\l')
      return 0
    }
    const commands = given.all('c', 'command')
    for (const one of commands) {
      if (one.trim().startsWith('\\')) {
        await command(session, one.trim())
        continue
      }
      const { whole, rest } = statements(one)
      for (const sql of [...whole.map(one => `${one.trimStart()};`), rest.trim()])
        if (!isBlank(sql.replace(/;$/, ''))) {
          const data = FROM_CLIENT.test(sql) ? await readAll(process) : undefined
          if (!(await run(session, sql, '', data))) return 1
        }
    }
    if (commands.length) return 0
    const file = given.value('f', 'file')
    if (file !== undefined) {
      const path = file.startsWith('/') ? file : `${process.cwd}/${file}`
      if (file !== '-' && !process.fs.exists(path)) {
        await process.write(2, `psql: error: ${file}: No such file or directory\n`)
        return 1
      }
      return await script(
        session,
        (file === '-' ? await readAll(process) : process.fs.readFile(path)).split('\n'),
        false,
        file,
      )
    }
    const interactive = process.fds[0]?.isTerminal ?? false
    if (interactive)
      await process.write(
        1,
        `psql (${opened.version} (Debian ${opened.version}-1.pgdg13+1))\nType "help" for help.\n\n`,
      )
    return await script(session, readLines(process), interactive)
  } finally {
    session.client.close()
  }
}

/** No attempt was made, for want of what to try. */
const PING_ATTEMPTED_NOTHING = 3

export const pgIsReady: CarryingProgram = async (process, version) => {
  const given = await commandLine(process, PG_ISREADY)
  if (!given) return PING_ATTEMPTED_NOTHING
  if (given.has('V', 'version')) return tellVersion(process, 'pg_isready', version)
  const host = given.value('h', 'host') ?? process.env.PGHOST
  const port = Number(given.value('p', 'port') ?? process.env.PGPORT ?? 5432)
  const user = given.value('U', 'username') ?? process.env.PGUSER ?? (process.uid === 0 ? 'root' : 'postgres')
  const database = given.value('d', 'dbname') ?? process.env.PGDATABASE
  // It asks no more than whether somebody is there; the server may tell its log that it does not know this one.
  const result = await login(process, host ?? 'localhost', port, {
    user,
    password: '',
    ...(database !== undefined && { database }),
    bySocket: host === undefined,
  })
  const failed = 'failure' in result
  if ('client' in result) result.client.close()
  if (!given.has('q', 'quiet'))
    await process.write(
      1,
      `${host ?? '/var/run/postgresql'}:${port} - ${failed ? 'no response' : 'accepting connections'}\n`,
    )
  return failed ? 2 : 0
}
