/** Clients of daemons, by the names of their binaries. */
import { connect } from '../../commands/network/connect.ts'
import type { Program } from '../../processes/process.ts'
import type { CarryingProgram } from '../../programs.ts'
import { amqpTool, rabbitmqctl } from '../brokers/rabbitmq.ts'
import { etcdctl } from '../databases/etcd/etcdctl.ts'
import { mongosh } from '../databases/mongo/shell.ts'
import { mysqladmin } from '../databases/sql/mysql-admin.ts'
import { mysql, mysqldump } from '../databases/sql/mysql-client.ts'
import { pgDump } from '../databases/sql/pg-dump.ts'
import { PG_TOOLS, pgTool } from '../databases/sql/pg-tools.ts'
import { pgIsReady, psql } from '../databases/sql/psql.ts'

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
  ...Object.fromEntries(PG_TOOLS.map(name => [name, pgTool(name)])),
  mongosh,
  mongo: mongosh,
  'rabbitmq-diagnostics': rabbitmqDiagnostics,
  rabbitmqctl,
  'amqp-declare-queue': amqpTool,
  'amqp-delete-queue': amqpTool,
  'amqp-publish': amqpTool,
  'amqp-get': amqpTool,
  'amqp-consume': amqpTool,
  etcdctl,
}

export const client = (name: string): CarryingProgram => CLIENTS[name]!
