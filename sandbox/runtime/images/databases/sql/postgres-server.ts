/** postgres: its users, databases and settings. */
import type { Connection } from '../../../../network/network.ts'
import type { Process } from '../../../processes/process.ts'
import { Engine } from '../../../sql/engine.ts'
import { postgresError } from '../../../sql/postgres-words.ts'
import { DataDirectory } from '../../../sql/storage.ts'
import type { DaemonServer, Failed } from '../../daemons/daemon.ts'
import { contentOf, runScripts } from './begin.ts'
import { SOCKET } from './login.ts'
import type { Listed } from './psql-lists.ts'
import { converse } from './serve.ts'

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

export function postgresServer(process: Process, version: string): DaemonServer | Failed {
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
  const lines: string[] = []
  if (isNew) {
    directory.save(content)
    process.fs.writeFile(`${pgdata(process)}/PG_VERSION`, `${version.split('.')[0]}\n`)
    lines.push(
      'The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "en_US.utf8".\nThe default database encoding has accordingly been set to "UTF8".\n',
    )
  } else lines.push('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n')
  const engine = new Engine({
    dialect: 'postgres',
    version: `PostgreSQL ${version} (Debian ${version}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`,
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
  if (isNew) {
    const wrong = runScripts(process, engine, { user, database: begun }, line =>
      lines.push(`/usr/local/bin/docker-entrypoint.sh: ${line}`),
    )
    if (wrong) {
      const { message } = postgresError(wrong.error.wrong)
      return { fatal: `psql:${wrong.file}:1: ERROR:  ${message}`, lines }
    }
    lines.push('\nPostgreSQL init process complete; ready for start up.\n')
  }
  return {
    lines,
    converse: (connection: Connection) =>
      converse(
        {
          engine,
          version,
          refuses(person) {
            const account = engine.content.accounts.get(person.user)
            if (!account && trusted(person)) return `role "${person.user}" does not exist`
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
            }
            from.send(`${JSON.stringify(listed)}\n`)
            return true
          },
        },
        connection,
      ),
  }
}

const trusted = ({ password }: { password: string }): boolean => password === SOCKET
