/** Clients of daemons that are no databases of SQL, as far as probes use them: whether the server is there, and lets one in. */
import { connect } from '../commands/connect.ts'
import type { Program } from '../process.ts'
import type { CarryingProgram } from '../programs.ts'
import { amqpTool, rabbitmqctl } from './rabbitmq.ts'
import { login } from './sql/login.ts'
import { mysql, mysqladmin, mysqldump } from './sql/mysql-client.ts'
import { pgDump, pgIsReady, psql } from './sql/psql.ts'
import { words } from './sql/words.ts'

const mongosh: Program = async process => {
  const given = words(process.argv.slice(1), { values: 'up', joined: '' })
  const uri = given.rest.find(word => word.startsWith('mongodb://'))
  const [, person, host = given.value('', 'host') ?? '127.0.0.1', port = given.value('', 'port') ?? '27017'] =
    /^mongodb:\/\/(?:([^@]*)@)?([^:/]+)(?::(\d+))?/.exec(uri ?? '') ?? []
  const [user = '', password = ''] = person?.split(':') ?? [given.value('u', 'username'), given.value('p', 'password')]
  const result = await login(process, host, Number(port), { user, password })
  if (!('client' in result)) {
    await process.write(
      2,
      'failure' in result
        ? `MongoNetworkError: connect ECONNREFUSED ${host}:${port}\n`
        : 'MongoServerError: Authentication failed.\n',
    )
    return 1
  }
  const code = given.value('', 'eval') ?? ''
  const ping = /(adminCommand|runCommand)\(\s*(\{\s*['"]?ping['"]?\s*:\s*1\s*\}|['"]ping['"])\s*\)(\.ok)?/.exec(code)
  if (ping) return process.write(1, ping[3] ? '1\n' : '{ ok: 1 }\n').then(() => 0)
  await process.write(2, 'mongosh: queries are not simulated\n')
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

const CLIENTS: Readonly<Record<string, CarryingProgram>> = {
  mysql,
  mysqladmin,
  mysqldump,
  mariadb: mysql,
  'mariadb-admin': mysqladmin,
  'mariadb-dump': mysqldump,
  pg_dump: pgDump,
  pg_isready: pgIsReady,
  psql,
  mongosh,
  mongo: mongosh,
  'rabbitmq-diagnostics': rabbitmqDiagnostics,
  rabbitmqctl,
  'amqp-declare-queue': amqpTool,
  'amqp-delete-queue': amqpTool,
  'amqp-publish': amqpTool,
  'amqp-get': amqpTool,
  'amqp-consume': amqpTool,
}

export const client = (name: string): CarryingProgram => CLIENTS[name]!
