/** postgres: its users, databases and settings. */
import type { Connection } from '../../../../network/network.ts'
import type { Process } from '../../../processes/process.ts'
import { Engine } from '../../../sql/engine.ts'
import { postgresError } from '../../../sql/postgres-words.ts'
import { DataDirectory } from '../../../sql/storage.ts'
import type { DaemonServer, Failed } from '../../daemons/daemon.ts'
import { writeSteps } from '../../daemons/log-steps.ts'
import { contentOf, runScripts } from './begin.ts'
import type { Person } from './login.ts'
import { PostgresLog } from './postgres-log.ts'
import type { Listed } from './psql-lists.ts'
import { converse, type Serving } from './serve.ts'

const pgdata = ({ env }: Process): string => env.PGDATA ?? '/var/lib/postgresql/data'

export const postgresDirectory = (process: Process): DataDirectory =>
  new DataDirectory(process.fs, pgdata(process), { system: 'global', suffix: '.table' })

/** `-c max_connections=200` */
function argumentsOf(process: Process): [string, string][] {
  const words = process.argv.slice(1)
  return words.flatMap((word, i): [string, string][] => {
    const setting = word === '-c' ? words[i + 1] : word.startsWith('--') ? word.slice(2) : undefined
    const [, name, value] = /^([\w-]+)=(.*)$/s.exec(setting ?? '') ?? []
    return name ? [[name.replaceAll('-', '_'), value!]] : []
  })
}

export async function postgresServer(process: Process, version: string): Promise<DaemonServer | Failed> {
  const { env } = process
  const user = env.POSTGRES_USER ?? 'postgres'
  const begun = env.POSTGRES_DB ?? user
  const directory = postgresDirectory(process)
  const { isNew } = directory
  const content = isNew
    ? contentOf({
        databases: [...new Set(['postgres', 'template0', 'template1', begun])],
        accounts: { [user]: env.POSTGRES_PASSWORD ?? '' },
      })
    : directory.load()
  const banner = bannerOf(process, version)
  const log = new PostgresLog(process, pgdata(process), banner)
  if (isNew) {
    await writeSteps(process, log.initdb())
    directory.save(content)
    process.fs.writeFile(`${pgdata(process)}/PG_VERSION`, `${version.split('.')[0]}\n`)
  } else
    await process.write(2, '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n')
  const engine = new Engine({
    dialect: 'postgres',
    version: banner,
    content,
    variables: new Map([
      ['max_connections', '100'],
      ['shared_buffers', '128MB'],
      ['server_version', version],
      ['port', '5432'],
      ['data_directory', pgdata(process)],
      ['timezone', 'Etc/UTC'],
      ...argumentsOf(process),
    ]),
    clock: process.clock,
    random: () => process.random.float(),
    onChange: now => directory.save(now),
  })
  const serving: Serving = {
    engine,
    version,
    refuses(person) {
      const account = engine.content.accounts.get(person.user)
      if (!account && trusted(person)) return `role "${person.user}" does not exist`
      if (!trusted(person) && env.POSTGRES_HOST_AUTH_METHOD !== 'trust' && !person.password)
        return 'fe_sendauth: no password supplied'
      if (!trusted(person) && env.POSTGRES_HOST_AUTH_METHOD !== 'trust' && account?.password !== person.password)
        return `password authentication failed for user "${person.user}"`
      const database = person.database ?? person.user
      return engine.content.databases.has(database) ? undefined : `database "${database}" does not exist`
    },
    errorOf: ({ wrong }) => postgresError(wrong),
    other(line, from, { database = user }) {
      if (line !== 'content') return false
      const { databases, accounts } = engine.content
      const listed: Listed = {
        databases: [...databases.keys()],
        roles: [...accounts.keys()],
        tables: [...(databases.get(database)?.values() ?? [])],
        owner: user,
        major: Number.parseInt(version, 10),
      }
      from.send(`${JSON.stringify(listed)}\n`)
      return true
    },
    denied(person, why, connection) {
      // Who is asked for a password and has none goes without a word.
      if (why.startsWith('fe_sendauth')) return
      const details = why.startsWith('password')
        ? [
            detailOf(Number.parseInt(version, 10), pgdata(process), {
              known: engine.content.accounts.has(person.user),
              user: person.user,
            }),
          ]
        : []
      log.complain(70 + connection, `FATAL:  ${why}`, ...details)
    },
    failed(sql, { message, detail, hint, at }, connection) {
      const place = at === undefined ? '' : ` at character ${at + 1}`
      log.complain(
        70 + connection,
        `ERROR:  ${message}${place}`,
        ...(detail ? [`DETAIL:  ${detail}`] : []),
        ...(hint ? [`HINT:  ${hint}`] : []),
        `STATEMENT:  ${sql}`,
      )
    },
  }
  const listen = (connection: Connection): void => converse(serving, connection)
  if (isNew) {
    await writeSteps(process, log.beforeScripts())
    const say = (text: string): Promise<void> => process.write(1, `${text}\n`)
    if (begun !== 'postgres') await say('CREATE DATABASE\n')
    await say('')
    const scripts = process.net.listen('TCP', 5432, listen, '127.0.0.1')
    const wrong = await runScripts(
      process,
      engine,
      { user, database: begun },
      {
        note: text => say(`/usr/local/bin/docker-entrypoint.sh: ${text}`),
        line: say,
        tags: true,
        ignoresPattern: true,
      },
    )
    scripts.close()
    if (wrong) {
      if ('code' in wrong) return { fatal: '', code: wrong.code }
      const { message } = postgresError(wrong.error.wrong)
      return { fatal: `psql:${wrong.file}:${wrong.line}: ERROR:  ${message}`, code: 3 }
    }
    await writeSteps(process, log.afterScripts())
  }
  return { log, converse: listen }
}

/** How the server calls itself, in `version()` too. */
const bannerOf = ({ fs }: Process, version: string): string =>
  fs.exists('/etc/alpine-release')
    ? `PostgreSQL ${version} on x86_64-pc-linux-musl, compiled by gcc (Alpine 14.2.0) 14.2.0, 64-bit`
    : `PostgreSQL ${version} (Debian ${version}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`

/** Which rule has asked for a password; each release has its own file, and since 16 it is named. */
function detailOf(major: number, directory: string, { known, user }: { known: boolean; user: string }): string {
  const number = major >= 16 ? 128 : 100
  const method = major >= 14 ? 'scram-sha-256' : 'md5'
  const place = major >= 16 ? `file "${directory}/pg_hba.conf" line ${number}` : `pg_hba.conf line ${number}`
  const rule = `Connection matched ${place}: "host all all all ${method}"`
  return known ? `DETAIL:  ${rule}` : `DETAIL:  Role "${user}" does not exist.\n\t${rule}`
}

/** Through its socket a server trusts everybody of its own container. */
const trusted = ({ bySocket = false }: Person): boolean => bySocket
