/** Clients of databases, as far as probes and first steps use them: whether the server is there, who one is, the simplest queries. */
import { connect } from '../commands/connect.ts'
import type { Process, Program } from '../process.ts'

interface Asked {
  /** Names of databases; undefined: who asks is not let in. */
  databases?: string[] | undefined
  /** Nobody listens, or does not answer. */
  failure?: string
}

async function login(process: Process, host: string, port: number, user: string, password: string): Promise<Asked> {
  const opened = await connect(process, host, port, { timeoutMs: 10_000 })
  if ('failure' in opened) return { failure: opened.failure }
  await opened.stream.write(process, `login ${user} ${password}\n`)
  const answer = await opened.stream.read(process)
  opened.stream.close()
  return { databases: /^welcome (.*)\n/.exec(answer)?.[1]?.split(' ') }
}

/** Values of flags, given as `-h host`, `-hhost` or `--host=host`. */
function reader(words: readonly string[]): (short: string, long: string) => string | undefined {
  return (short, long) => {
    for (const [i, word] of words.entries()) {
      if (word === `-${short}` || word === `--${long}`) return words[i + 1]
      if (word.startsWith(`--${long}=`)) return word.slice(long.length + 3)
      if (short && !word.startsWith('--') && word.startsWith(`-${short}`)) return word.slice(2)
    }
    return undefined
  }
}

const UNSIMULATED = 'queries are not simulated\n'

const mysql: Program = async process => {
  const admin = /admin$/.test(process.argv[0]!)
  const words = process.argv.slice(1)
  const value = reader(words)
  // A password stands right behind its flag.
  const password = words.find(w => /^-p./.test(w))?.slice(2) ?? value('', 'password') ?? process.env.MYSQL_PWD ?? ''
  const [host, port] = [value('h', 'host') ?? 'localhost', Number(value('P', 'port') ?? 3306)]
  const user = value('u', 'user') ?? (process.uid === 0 ? 'root' : 'mysql')
  const asked = await login(process, host, port, user, password)
  const prefix = admin ? 'mysqladmin: connect to server at ' : 'ERROR '
  const using = `(using password: ${password ? 'YES' : 'NO'})`
  if (asked.failure) {
    const why =
      host === 'localhost'
        ? "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)"
        : asked.failure === 'ENOTFOUND'
          ? `Unknown MySQL server host '${host}' (-2)`
          : `Can't connect to MySQL server on '${host}:${port}' (111)`
    const code = host === 'localhost' ? 2002 : asked.failure === 'ENOTFOUND' ? 2005 : 2003
    await process.write(
      2,
      admin ? `${prefix}'${host}' failed\nerror: '${why}'\n` : `${prefix}${code} (HY000): ${why}\n`,
    )
    return 1
  }
  const denied = `Access denied for user '${user}'@'${host}' ${using}`
  if (admin && words.includes('ping')) {
    // The server is alive even for those whom it does not let in.
    if (!asked.databases) await process.write(2, `${prefix}'${host}' failed\nerror: '${denied}'\n`)
    else await process.write(1, 'mysqld is alive\n')
    return asked.databases ? 0 : 1
  }
  if (!asked.databases) {
    await process.write(
      2,
      admin ? `${prefix}'${host}' failed\nerror: '${denied}'\n` : `${prefix}1045 (28000): ${denied}\n`,
    )
    return 1
  }
  const query = (value('e', 'execute') ?? (words.includes('-e') ? '' : await readAll(process))).trim().replace(/;$/, '')
  if (!admin && /^select 1$/i.test(query)) return process.write(1, '1\n1\n').then(() => 0)
  if (!admin && /^show databases$/i.test(query))
    return process.write(1, `Database\n${asked.databases.join('\n')}\n`).then(() => 0)
  if (!admin && /^select version\(\)$/i.test(query)) return process.write(1, 'VERSION()\n8.4.3\n').then(() => 0)
  await process.write(2, `${process.argv[0]!.split('/').pop()}: ${UNSIMULATED}`)
  return 126
}

async function readAll(process: Process): Promise<string> {
  let text = ''
  for (let data = await process.read(0); data; data = await process.read(0)) text += data
  return text
}

const pgIsReady: Program = async process => {
  const value = reader(process.argv.slice(1))
  const host = value('h', 'host') ?? process.env.PGHOST
  const port = Number(value('p', 'port') ?? process.env.PGPORT ?? 5432)
  const { failure } = await login(process, host ?? 'localhost', port, '', '')
  const quiet = process.argv.includes('-q')
  if (!quiet)
    await process.write(
      1,
      `${host ?? '/var/run/postgresql'}:${port} - ${failure ? 'no response' : 'accepting connections'}\n`,
    )
  return failure ? 2 : 0
}

const psql: Program = async process => {
  const words = process.argv.slice(1)
  const value = reader(words)
  const host = value('h', 'host') ?? process.env.PGHOST ?? 'localhost'
  const port = Number(value('p', 'port') ?? process.env.PGPORT ?? 5432)
  const user = value('U', 'username') ?? process.env.PGUSER ?? (process.uid === 0 ? 'root' : 'postgres')
  // Through its socket a server trusts everybody of its own container.
  const local = host === 'localhost' && value('h', 'host') === undefined
  const password = process.env.PGPASSWORD ?? (local ? (process.env.POSTGRES_PASSWORD ?? '') : '')
  const asked = await login(process, host, port, user, password)
  const at = local ? 'socket "/var/run/postgresql/.s.PGSQL.5432"' : `server at "${host}", port ${port}`
  if (asked.failure) {
    const why = local
      ? 'No such file or directory\n\tIs the server running locally and accepting connections on that socket?'
      : 'Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?'
    await process.write(
      2,
      asked.failure === 'ENOTFOUND'
        ? `psql: error: could not translate host name "${host}" to address: Name or service not known\n`
        : `psql: error: connection to ${at} failed: ${why}\n`,
    )
    return 2
  }
  if (!asked.databases) {
    await process.write(
      2,
      `psql: error: connection to ${at} failed: FATAL:  ${local ? `role "${user}" does not exist` : `password authentication failed for user "${user}"`}\n`,
    )
    return 2
  }
  const query = (value('c', 'command') ?? '').trim().replace(/;$/, '')
  if (/^select 1$/i.test(query)) return process.write(1, ' ?column? \n----------\n        1\n(1 row)\n\n').then(() => 0)
  await process.write(2, `psql: ${UNSIMULATED}`)
  return 126
}

const mongosh: Program = async process => {
  const words = process.argv.slice(1)
  const value = reader(words)
  const uri = words.find(w => w.startsWith('mongodb://'))
  const [, given = '', host = value('', 'host') ?? '127.0.0.1', port = value('', 'port') ?? '27017'] =
    /^mongodb:\/\/(?:([^@]*)@)?([^:/]+)(?::(\d+))?/.exec(uri ?? '') ?? []
  const [user = '', password = ''] = given ? given.split(':') : [value('u', 'username'), value('p', 'password')]
  const asked = await login(process, host, Number(port), user, password)
  if (asked.failure || !asked.databases) {
    await process.write(
      2,
      asked.failure
        ? `MongoNetworkError: connect ECONNREFUSED ${host}:${port}\n`
        : 'MongoServerError: Authentication failed.\n',
    )
    return 1
  }
  const code = value('', 'eval') ?? ''
  const ping = /(adminCommand|runCommand)\(\s*(\{\s*['"]?ping['"]?\s*:\s*1\s*\}|['"]ping['"])\s*\)(\.ok)?/.exec(code)
  if (ping) return process.write(1, ping[3] ? '1\n' : '{ ok: 1 }\n').then(() => 0)
  await process.write(2, `mongosh: ${UNSIMULATED}`)
  return 126
}

const rabbitmqDiagnostics: Program = async process => {
  const opened = await connect(process, 'localhost', 5672, { timeoutMs: 5000 })
  if (!('failure' in opened)) opened.stream.close()
  if ('failure' in opened) {
    await process.write(
      2,
      'Error: unable to perform an operation on node. Please see diagnostics information and suggestions below.\n',
    )
    return 69
  }
  if (!process.argv.includes('-q'))
    await process.write(1, 'Will ping node. This only checks if the OS process is running.\nPing succeeded\n')
  return 0
}

const CLIENTS: Readonly<Record<string, Program>> = {
  mysql,
  mysqladmin: mysql,
  mariadb: mysql,
  'mariadb-admin': mysql,
  pg_isready: pgIsReady,
  psql,
  mongosh,
  mongo: mongosh,
  'rabbitmq-diagnostics': rabbitmqDiagnostics,
}

export const client = (name: string): Program => CLIENTS[name]!
