/** createdb, dropdb, createuser and dropuser: each is one statement. */
import type { Process, Program } from '../../../processes/process.ts'
import { OF_SERVER } from './client-options.ts'
import { options } from './options.ts'
import { commandLine, open } from './psql.ts'
import type { Words } from './words.ts'

interface Tool {
  options: ReturnType<typeof options>
  statement(name: string, given: Words): string
  /** What has failed, where it has. */
  failed: string
  /** Whose name is meant where none is given: the user's. */
  optional?: true
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const OF_ALL = `${OF_SERVER} echo!,e no-password,w password!,W help!,? version!,V`
const ifExists = (given: Words): string => (given.has('', 'if-exists') ? 'IF EXISTS ' : '')

const TOOLS: Readonly<Record<string, Tool>> = {
  createdb: {
    options: options(`${OF_ALL} encoding=,E locale=!,l maintenance-db= owner=!,O template=!,T tablespace=!,D`),
    statement: name => `CREATE DATABASE ${quoted(name)}`,
    failed: 'database creation failed',
    optional: true,
  },
  dropdb: {
    options: options(`${OF_ALL} force,f if-exists interactive!,i maintenance-db=`),
    statement: (name, given) => `DROP DATABASE ${ifExists(given)}${quoted(name)}`,
    failed: 'database removal failed',
  },
  createuser: {
    options: options(
      `${OF_ALL} createdb,d no-createdb,D createrole,r no-createrole,R superuser,s no-superuser,S login,l no-login!,L pwprompt!,P interactive! role=!,g connection-limit=!,c`,
    ),
    statement: name => `CREATE USER ${quoted(name)}`,
    failed: 'creation of new role failed',
    optional: true,
  },
  dropuser: {
    options: options(`${OF_ALL} if-exists interactive!,i`),
    statement: (name, given) => `DROP USER ${ifExists(given)}${quoted(name)}`,
    failed: 'removal of role "%s" failed',
  },
}

export const PG_TOOLS = Object.keys(TOOLS)

export const pgTool = (called: string): Program => {
  const tool = TOOLS[called]!
  return async (process: Process) => {
    const given = await commandLine(process, tool.options)
    if (!given) return 1
    const { env } = process
    const user = given.value('U', 'username') ?? env.PGUSER ?? 'postgres'
    const name = given.rest[0] ?? (tool.optional ? user : undefined)
    const fail = async (words: string): Promise<number> => {
      await process.write(2, `${called}: error: ${words}\n`)
      return 1
    }
    if (name === undefined)
      return fail(
        `missing required argument ${called === 'dropdb' ? 'database' : 'role'} name\n${called}: hint: Try "${called} --help" for more information.`,
      )
    const client = await open(process, {
      host: given.value('h', 'host') ?? env.PGHOST,
      port: Number(given.value('p', 'port') ?? 5432),
      user,
      password: env.PGPASSWORD ?? '',
      database: given.value('', 'maintenance-db') ?? 'postgres',
    })
    if (typeof client === 'string') return fail(client)
    const answer = await client.ask(tool.statement(name, given))
    client.close()
    if (answer?.error) return fail(`${tool.failed.replace('%s', name)}: ERROR:  ${answer.error.message}`)
    for (const notice of answer?.notices ?? []) await process.write(2, `NOTICE:  ${notice}\n`)
    return 0
  }
}
