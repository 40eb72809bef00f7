/** mysqladmin: whether a server lives, what it does, and its end. */
import type { Process } from '../../../processes/process.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { MYSQLADMIN } from './client-options.ts'
import { type Client, login } from './login.ts'
import { boxed, commandLine, type Target, target, WRONG_OPTION, whyNot } from './mysql-client.ts'
import { banner, numbersOf, statistics, uptime } from './mysql-status.ts'
import type { Words } from './words.ts'

/** What a command prints; a text that begins with `error: ` is what went wrong. */
type Act = (client: Client, argument: string, to: Target, name: string) => Promise<string>

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

async function ask(client: Client, sql: string, what: string): Promise<string> {
  const error = (await client.ask(sql))?.error
  return error ? `error: ${what}; error: '${error.message}'` : ''
}

async function list(client: Client, sql: string): Promise<string> {
  const answer = await client.ask(sql)
  return answer?.found ? boxed(answer.found, true) : ''
}

const ACTS: Readonly<Record<string, Act>> = {
  ping: async () => 'mysqld is alive\n',
  status: async client => {
    const of = await numbersOf(client)
    return `Uptime: ${of('Uptime')}  ${statistics(of)}\n`
  },
  version: async (client, _argument, { host, port, bySocket }, name) => {
    const of = await numbersOf(client)
    const way = bySocket
      ? 'Localhost via UNIX socket\nUNIX socket\t\t/var/run/mysqld/mysqld.sock'
      : `${host} via TCP/IP\nTCP port\t\t${port}`
    const owners = /^mariadb/.test(name)
      ? 'Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.'
      : 'Copyright (c) 2000, 2025, Oracle and/or its affiliates.\n\nOracle is a registered trademark of Oracle Corporation and/or its\naffiliates. Other names may be trademarks of their respective\nowners.'
    return `${banner(client.version, name)}\n${owners}\n\nServer version\t\t${client.version}\nProtocol version\t10\nConnection\t\t${way}\nUptime:\t\t\t${uptime(of('Uptime'))}\n\n${statistics(of)}\n`
  },
  processlist: client => list(client, 'SHOW PROCESSLIST'),
  variables: client => list(client, 'SHOW GLOBAL VARIABLES'),
  'extended-status': client => list(client, 'SHOW GLOBAL STATUS'),
  create: (client, database) => ask(client, `CREATE DATABASE ${quoted(database)}`, 'CREATE DATABASE failed'),
  drop: async (client, database) => {
    const failed = await ask(client, `DROP DATABASE ${quoted(database)}`, `DROP DATABASE ${database} failed`)
    return failed || `Database "${database}" dropped\n`
  },
  password: async (client, secret) =>
    ask(client, `SET PASSWORD = '${secret.replaceAll("'", "''")}'`, 'unable to change password'),
  'flush-privileges': client => ask(client, 'FLUSH PRIVILEGES', 'refresh failed'),
  reload: client => ask(client, 'FLUSH PRIVILEGES', 'refresh failed'),
  'flush-hosts': client => ask(client, 'FLUSH HOSTS', 'refresh failed'),
  shutdown: async client => {
    const told = await client.line('shutdown')
    return told ? `error: shutdown failed; error: '${told}'` : ''
  },
}

/** Commands that take an argument, as the message about a missing one calls what they do. */
const WITH_ARGUMENT: Readonly<Record<string, string>> = { create: 'create', drop: 'drop', password: 'change password' }

const UNSIMULATED = new Set(
  'debug flush-logs flush-status flush-tables flush-threads flush-all-status flush-all-statistics kill old-password refresh start-replica start-slave stop-replica stop-slave'.split(
    ' ',
  ),
)

async function agreesToDrop(process: Process, database: string): Promise<boolean> {
  await process.write(
    1,
    `Dropping the database is potentially a very bad thing to do.\nAny data stored in the database will be destroyed.\n\nDo you really want to drop the '${database}' database [y/N] `,
  )
  return /^y/i.test(await process.read(0))
}

/** What to look at when nobody answers. */
const hint = ({ host, port, bySocket }: Target): string =>
  bySocket
    ? "Check that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!\n"
    : `Check that mysqld is running on ${host} and that the port is ${port}.\nYou can check this by doing 'telnet ${host} ${port}'\n`

export const mysqladmin: CarryingProgram = async (process, version) => {
  const name = process.argv[0]!.split('/').pop()!
  const given: Words | undefined = await commandLine(process, MYSQLADMIN)
  if (!given) return WRONG_OPTION
  if (given.has('V', 'version')) {
    await process.write(1, `${banner(version, name)}\n`)
    return 0
  }
  const silent = given.has('s', 'silent')
  const to = await target(process, given)
  const result = await login(process, to.host, to.port, to)
  if (!('client' in result)) {
    const { text } = whyNot(result, to)
    const words = `${name}: connect to server at '${to.host}' failed\nerror: '${text}'\n`
    if (!silent) await process.write(2, 'denied' in result ? words : `${words}${hint(to)}`)
    // A server that refuses somebody lives.
    return 'denied' in result && given.rest.length > 0 && given.rest.every(word => word === 'ping') ? 0 : 1
  }
  const { client } = result
  const queue = [...given.rest]
  try {
    if (!queue.length) {
      await process.write(2, `${name}: a command is needed\n`)
      return 1
    }
    for (let command = queue.shift(); command !== undefined; command = queue.shift()) {
      const act = Object.hasOwn(ACTS, command) ? ACTS[command] : undefined
      if (!act) {
        const known = UNSIMULATED.has(command)
        await process.write(2, `${name}: ${known ? `${command} is not simulated` : `Unknown command: '${command}'`}\n`)
        return known ? 126 : 1
      }
      const takes = Object.hasOwn(WITH_ARGUMENT, command) ? WITH_ARGUMENT[command] : undefined
      const argument = takes === undefined ? '' : queue.shift()
      if (argument === undefined) {
        await process.write(2, `${name}: Too few arguments to ${takes}\n`)
        return 1
      }
      if (command === 'drop' && !given.has('f', 'force') && !(await agreesToDrop(process, argument))) {
        await process.write(1, '\nOK, aborting database drop!\n')
        return 1
      }
      const said = await act(client, argument, to, name)
      if (said.startsWith('error: ')) {
        await process.write(2, `${name}: ${said.slice('error: '.length)}\n`)
        return 1
      }
      if (!(silent && command === 'ping')) await process.write(1, said)
    }
    return 0
  } finally {
    client.close()
  }
}
