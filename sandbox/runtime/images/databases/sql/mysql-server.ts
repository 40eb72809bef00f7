/** mysqld and mariadbd: settings from files and arguments, users, replication, backups. */
import type { Connection } from '../../../../network/network.ts'
import type { Process } from '../../../processes/process.ts'
import { Engine } from '../../../sql/engine.ts'
import { mysqlError } from '../../../sql/mysql-words.ts'
import type { Outcome } from '../../../sql/outcome.ts'
import { mayEverywhere, maySee } from '../../../sql/rights.ts'
import { listed } from '../../../sql/show.ts'
import { DataDirectory } from '../../../sql/storage.ts'
import type { DaemonServer, Failed } from '../../daemons/daemon.ts'
import { writeLast, writeSteps } from '../../daemons/log-steps.ts'
import { contentOf, runScripts } from './begin.ts'
import type { Person } from './login.ts'
import * as mariadb from './mariadb-log.ts'
import * as mysql from './mysql-log.ts'
import { BinaryLog, Replica } from './replication.ts'
import { converse, type Serving } from './serve.ts'

const DIRECTORY = '/var/lib/mysql'

export const dataDirectory = (process: Process): DataDirectory =>
  new DataDirectory(process.fs, DIRECTORY, { system: 'mysql', suffix: '.ibd' })

/** A setting of the image; MariaDB's has names of its own, which come before those of MySQL. */
const imageSetting = (env: Record<string, string>, maria: boolean, name: string): string | undefined =>
  (maria && env[`MARIADB_${name}`]) || env[`MYSQL_${name}`]

const FOLDERS = ['/etc/mysql/conf.d', '/etc/mysql/mysql.conf.d', '/etc/mysql/mariadb.conf.d']
const FILES = ['/etc/my.cnf', '/etc/mysql/my.cnf']

/** What stands in the sections for the server, and among its arguments. */
function configured(process: Process): Map<string, string> {
  const { fs } = process
  const found = new Map<string, string>()
  const take = (line: string): void => {
    const [, name = '', value = 'ON'] = /^\s*([\w-]+)\s*(?:=\s*(.*?)\s*)?$/.exec(line.replace(/#.*/, '')) ?? []
    if (name) found.set(name.toLowerCase().replaceAll('-', '_'), value.replace(/^"(.*)"$/, '$1'))
  }
  const files = FOLDERS.filter(folder => fs.exists(folder)).flatMap(folder =>
    fs
      .readdir(folder)
      .filter(name => name.endsWith('.cnf'))
      .map(name => `${folder}/${name}`),
  )
  for (const file of [...FILES.filter(file => fs.exists(file)), ...files]) {
    let section = ''
    for (const line of fs.readFile(file).split('\n')) {
      const [, name] = /^\s*\[(.*)\]/.exec(line) ?? []
      if (name !== undefined) section = name
      else if (/^(mysqld|mariadb|mariadbd|server)$/.test(section)) take(line)
    }
  }
  for (const word of process.argv.slice(1)) if (word.startsWith('--')) take(word.slice(2))
  return found
}

const SIZES: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

/** `512M` → bytes, `1` of a switch → ON. */
function plain(name: string, value: string): string {
  const [, number, unit] = /^(\d+)([kmg])$/i.exec(value) ?? []
  if (number) return String(Number(number) * SIZES[unit!.toLowerCase()]!)
  if (/^(super_read_only|read_only|log_bin|skip_name_resolve|slow_query_log|general_log)$/.test(name))
    return /^(0|off|false)$/i.test(value) ? 'OFF' : 'ON'
  return value
}

/** As a client without a locale has them. */
const characterSets = (usual: string): Record<string, string> => ({
  character_set_client: 'latin1',
  character_set_connection: 'latin1',
  character_set_database: usual,
  character_set_filesystem: 'binary',
  character_set_results: 'latin1',
  character_set_system: usual === 'latin1' ? 'utf8' : 'utf8mb3',
})

const variablesOf = (process: Process, version: string): Map<string, string> =>
  new Map([
    ...Object.entries({
      autocommit: 'ON',
      ...characterSets(version.startsWith('5') ? 'latin1' : 'utf8mb4'),
      character_set_server: version.startsWith('5') ? 'latin1' : 'utf8mb4',
      collation_server: version.startsWith('5') ? 'latin1_swedish_ci' : 'utf8mb4_0900_ai_ci',
      datadir: `${DIRECTORY}/`,
      default_storage_engine: 'InnoDB',
      general_log: 'OFF',
      hostname: process.hostname,
      innodb_buffer_pool_size: '134217728',
      log_bin: version.startsWith('5') ? 'OFF' : 'ON',
      max_allowed_packet: version.startsWith('5') ? '4194304' : '67108864',
      max_connections: '151',
      port: '3306',
      read_only: 'OFF',
      server_id: version.startsWith('5') ? '0' : '1',
      slow_query_log: 'OFF',
      socket: '/var/run/mysqld/mysqld.sock',
      sql_mode:
        'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
      super_read_only: 'OFF',
      time_zone: 'SYSTEM',
      version,
      version_comment: /^1\d\./.test(version) ? 'mariadb.org binary distribution' : 'MySQL Community Server - GPL',
      version_compile_machine: 'x86_64',
      version_compile_os: 'Linux',
      wait_timeout: '28800',
    }),
    ...[...configured(process)].map(([name, value]) => [name, plain(name, value)] as const),
  ])

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export async function mysqlServer(process: Process, version: string): Promise<DaemonServer | Failed> {
  const { env } = process
  const directory = dataDirectory(process)
  const maria = /mariadb/.test(process.argv[0]!)
  const setting = (name: string): string | undefined => imageSetting(env, maria, name)
  /** Who has asked for the end, unless a signal has. */
  let stoppedBy: string | undefined
  const log = maria
    ? {
        again: () => mariadb.again(version),
        before: () => mariadb.beforeScripts(version),
        after: () => mariadb.afterScripts(),
        ready: () => mariadb.starting(version, 1, 3306),
        stopping: () =>
          mariadb.stopping(stoppedBy === undefined ? 'unknown' : `${stoppedBy}[${stoppedBy}] @ localhost []`),
      }
    : {
        again: () => mysql.again(version),
        before: () => mysql.beforeScripts(version),
        after: () => mysql.afterScripts(version),
        ready: () => mysql.starting(version, 1, 3306),
        stopping: () => mysql.stopping(version, stoppedBy),
      }
  const said = (text: string, level?: string): Promise<void> => writeSteps(process, [mysql.entrypoint(text, level)])
  const isNew = directory.isNew
  const begun = setting('DATABASE')
  const named = setting('USER')
  const password = setting('PASSWORD')
  // A user needs both, and is not made without.
  const user = password ? named : undefined
  // Whoever asks for a password that nobody has chosen finds it in the log.
  const isGenerated = isNew && !setting('ROOT_PASSWORD') && Boolean(setting('RANDOM_ROOT_PASSWORD'))
  const generated = isGenerated
    ? Array.from({ length: 32 }, () => LETTERS[Math.floor(process.random.float() * LETTERS.length)]).join('')
    : ''
  const content = isNew
    ? contentOf({
        databases: ['information_schema', 'mysql', 'performance_schema', 'sys', ...(begun ? [begun] : [])],
        accounts: {
          root: setting('ROOT_PASSWORD') || generated,
          ...(user && password && { [user]: password }),
        },
        ...(user && begun && { belongs: { user, database: begun } }),
      })
    : directory.load()
  if (isNew) {
    if (named && !password)
      await said('MYSQL_USER specified, but missing MYSQL_PASSWORD; MYSQL_USER will not be created', 'Warn')
    if (!named && password)
      await said('MYSQL_PASSWORD specified, but missing MYSQL_USER; MYSQL_PASSWORD will be ignored', 'Warn')
    await writeSteps(process, log.before())
    directory.save(content)
    if (isGenerated) await said(`GENERATED ROOT PASSWORD: ${generated}`)
    if (begun) await said(`Creating database ${begun}`)
    if (user) await said(`Creating user ${user}`)
    if (user && begun) await said(`Giving user ${user} access to schema ${begun}`)
    if (maria) await said('Securing system users (equivalent to running mysql_secure_installation)')
    await process.write(2, '\n')
  } else await writeSteps(process, log.again())
  const variables = variablesOf(process, version)
  const binaryLog =
    variables.get('log_bin') === 'ON' && variables.get('super_read_only') !== 'ON'
      ? new BinaryLog(process, DIRECTORY)
      : undefined
  const engine = new Engine({
    dialect: 'mysql',
    version,
    content,
    variables,
    clock: process.clock,
    random: () => process.random.float(),
    onChange(now, statement) {
      directory.save(now)
      binaryLog?.add({ sql: statement.sql, ...(statement.database !== undefined && { database: statement.database }) })
    },
    replication(statement): Outcome {
      if (statement.kind !== 'replica' || (statement.verb !== 'source' && statement.verb !== 'logs'))
        return replica.do(statement)
      if (statement.verb === 'logs')
        return {
          tag: '',
          found: listed(
            'Log_name File_size Encrypted',
            binaryLog ? [[binaryLog.name, binaryLog.position, 'No']] : [],
            'File_size',
          ),
        }
      const columns = [{ name: 'File' }, { name: 'Position' }, { name: 'Binlog_Do_DB' }, { name: 'Binlog_Ignore_DB' }]
      return { tag: '', found: { columns, rows: binaryLog ? [[binaryLog.name, binaryLog.position, '', '']] : [] } }
    },
  })
  const replica: Replica = new Replica(process, DIRECTORY, engine)
  const newer = !/^5\.|^8\.0\.(\d|1[0-8])$/.test(version)
  /** What a backup is: all files of the databases, and where a replica made of it has to begin. */
  const backup = (): string =>
    JSON.stringify({
      files: filesBelow(process, DIRECTORY),
      log: binaryLog && { file: binaryLog.name, position: binaryLog.position },
      source: replica.coordinates && { file: replica.coordinates.file, position: replica.coordinates.position },
    })
  const serving: Serving = {
    engine,
    version,
    refuses({ user: name, password: given, database }, from) {
      const account = engine.content.accounts.get(name)
      if (!account || account.password !== given)
        return `1045 (28000): Access denied for user '${name}'@'${from?.ip ?? 'localhost'}' (using password: ${given ? 'YES' : 'NO'})`
      if (database === undefined) return undefined
      if (!maySee(engine.content, name, database))
        return `1044 (42000): Access denied for user '${name}'@'%' to database '${database}'`
      return engine.content.databases.has(database) ? undefined : `1049 (42000): Unknown database '${database}'`
    },
    errorOf: ({ wrong }) => mysqlError(wrong, newer, maria),
    other(line, from, session) {
      if (line === 'shutdown') {
        if (!mayEverywhere(engine.content, session.user, 'SHUTDOWN')) {
          from.send('Access denied; you need (at least one of) the SHUTDOWN privilege(s) for this operation\n')
          return true
        }
        stoppedBy = session.user
        from.send('\n')
        process.kill(process.pid, 'TERM')
      } else if (line === 'backup') from.send(`${backup()}\n`)
      else if (line.startsWith('replicate ')) binaryLog?.follow(from, Number(line.split(' ')[1]))
      else return false
      return true
    },
    ...(maria && {
      denied: (_person: Person, why: string, number: number) => {
        if (why.startsWith('1045')) writeLast(process, [mariadb.denied(number, why.replace(/^.*?: /, ''))])
      },
    }),
  }
  const listen = (connection: Connection): void => converse(serving, connection)
  if (isNew) {
    const scripts = process.net.listen('TCP', 3306, listen, '127.0.0.1')
    const wrong = await runScripts(
      process,
      engine,
      { user: 'root', ...(begun && { database: begun }) },
      {
        note: text =>
          said(`/usr/local/bin/docker-entrypoint.sh: ${text}`, text.startsWith('ignoring') ? 'Warn' : 'Note'),
        line: text => process.write(2, `${text}\n`),
        tags: false,
        ignoresPattern: false,
      },
    )
    scripts.close()
    if (wrong) {
      if ('code' in wrong) return { fatal: '', code: wrong.code }
      const { code, state, message } = mysqlError(wrong.error.wrong, newer, maria)
      return { fatal: `ERROR ${code} (${state}) at line ${wrong.line}: ${message}` }
    }
    await writeSteps(process, log.after())
  }
  return { log, converse: listen, run: () => replica.run() }
}

/** Texts of files by their path within a folder, without those of a server's own story. */
function filesBelow(process: Process, folder: string, within = ''): Record<string, string> {
  const { fs } = process
  return Object.fromEntries(
    fs.readdir(`${folder}/${within}`).flatMap(name => {
      const path = `${within}${name}`
      if (fs.stat(`${folder}/${path}`).type === 'directory')
        return Object.entries(filesBelow(process, folder, `${path}/`))
      return /-bin\.\d+$|^master\.info$|^xtrabackup_|^change_master/.test(path)
        ? []
        : [[path, fs.readFile(`${folder}/${path}`)]]
    }),
  )
}
