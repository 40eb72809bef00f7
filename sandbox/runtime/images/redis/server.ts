/** redis-server: what it listens to, whom it answers, and whom it follows. */
import type { Connection } from '../../../network/network.ts'
import { isErrno } from '../../errno.ts'
import type { Process, Program } from '../../process.ts'
import { RedisConfig } from './config.ts'
import { Database } from './database.ts'
import { information, role, type Standing } from './information.ts'
import { beginning, logger, ready } from './log.ts'
import { array, bulk, encode, error, ok, type Reply, status, takeCommand } from './protocol.ts'
import { Followers, type Master, Replica } from './replication.ts'

const WRONG_PASSWORD = error('WRONGPASS invalid username-password pair or user is disabled.')
const NO_PASSWORD = error('NOAUTH Authentication required.')
const NO_PASSWORD_SET = error(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
)

const versionOf = (process: Process): string => process.env.REDIS_VERSION || '8.2.1'

/** `HOST PORT`, as in a configuration. */
function masterOf(words: string): Master | undefined {
  const [host = '', port = ''] = words.split(/\s+/)
  return host ? { host, port: Number(port) } : undefined
}

interface Server {
  config: RedisConfig
  database: Database
  standing: Standing
  followers: Followers
  replica: Replica
  log(text: string): void
  major: number
}

/** What a real one knows as well. */
const UNSIMULATED = new Set(
  'ACL BGREWRITEAOF BGSAVE BLMOVE BLPOP BRPOP CLIENT CLUSTER COMMAND COPY DEBUG DISCARD DUMP EVAL EVALSHA EXEC EXPIREAT EXPIRETIME FAILOVER GEOADD GEOSEARCH GETBIT GETDEL GETEX GETRANGE GETSET HELLO HEXISTS HINCRBY HMGET HSCAN HSETNX HVALS INCRBYFLOAT LASTSAVE LATENCY LINDEX LINSERT LMOVE LPOS LPUSHX LREM LSET LTRIM MEMORY MIGRATE MONITOR MOVE MSETNX MULTI OBJECT PERSIST PEXPIREAT PFADD PFCOUNT PFMERGE PSETEX PSUBSCRIBE PUBLISH PUBSUB PUNSUBSCRIBE RANDOMKEY RENAME RENAMENX RESET RESTORE RPOPLPUSH RPUSHX SAVE SCAN SCRIPT SDIFF SDIFFSTORE SETBIT SETRANGE SHUTDOWN SINTER SINTERSTORE SLOWLOG SMISMEMBER SMOVE SORT SPOP SRANDMEMBER SSCAN SUBSCRIBE SUNION SUNIONSTORE SWAPDB SYNC TIME TOUCH UNLINK UNSUBSCRIBE UNWATCH WAIT WATCH XACK XADD XDEL XGROUP XLEN XRANGE XREAD XREADGROUP XREVRANGE XTRIM ZADD ZCARD ZCOUNT ZINCRBY ZRANGE ZRANGEBYSCORE ZRANK ZREM ZREVRANGE ZSCORE'.split(
    ' ',
  ),
)

/** Commands that are not about what is kept. */
const COMMANDS: Readonly<
  Record<string, (server: Server, args: readonly string[], connection: Connection) => Reply | undefined>
> = {
  PING: (_server, [text]) => (text === undefined ? status('PONG') : bulk(text)),
  ECHO: (_server, [text = '']) => bulk(text),
  SELECT(_server, [index = '']) {
    if (!/^\d+$/.test(index)) return error('ERR value is not an integer or out of range')
    return Number(index) ? error('ERR a database other than 0 is not simulated') : ok
  },
  AUTH: () => NO_PASSWORD_SET,
  CONFIG({ config }, [action = '', name = '', value = '']) {
    if (/^get$/i.test(action)) return array(config.matching(name))
    if (!/^set$/i.test(action)) return error(`ERR CONFIG ${action} is not simulated`)
    if (!config.knows(name)) return error(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`)
    config.set(name, value)
    return ok
  },
  INFO: ({ standing }, [section]) => bulk(information(standing, section)),
  ROLE: ({ standing }) => role(standing),
  REPLICAOF: follow,
  SLAVEOF: follow,
  REPLCONF({ followers }, [what = '', port], connection) {
    if (/^listening-port$/i.test(what)) followers.announce(connection, Number(port))
    return ok
  },
  PSYNC({ followers }, _args, connection) {
    followers.add(connection)
    return undefined
  },
}

function follow({ replica, log }: Server, [host = '', port = '']: readonly string[]): Reply {
  if (/^no$/i.test(host) && /^one$/i.test(port)) {
    if (replica.master) log("* MASTER MODE enabled (user request from 'redis-cli')")
    replica.follow(undefined)
    return ok
  }
  if (!/^\d+$/.test(port)) return error('ERR value is not an integer or out of range')
  const { master } = replica
  if (master?.host === host && master.port === Number(port)) return status('OK Already connected to specified master')
  replica.follow({ host, port: Number(port) })
  log(`* REPLICAOF ${host}:${port} enabled (user request from 'redis-cli')`)
  return ok
}

/** @returns nothing where the answer comes later */
function answer(server: Server, words: readonly string[], connection: Connection): Reply | undefined {
  const [name = '', ...args] = words
  const command = name.toUpperCase()
  const own = COMMANDS[command]
  if (own) return own(server, args, connection)
  const { database, replica, config, followers, major } = server
  const writes = database.writes(command)
  if (writes && replica.master && config.get('replica-read-only') === 'yes')
    return error(`READONLY You can't write against a read only ${major < 5 ? 'slave' : 'replica'}.`)
  const reply = database.run(command, args)
  if (!reply && UNSIMULATED.has(command)) return error(`ERR ${command} is not simulated`)
  if (!reply)
    return error(`ERR unknown command '${name}', with args beginning with: ${args.map(w => `'${w}' `).join('')}`)
  if (writes && reply.kind !== 'error') followers.feed(words)
  return reply
}

function converse(server: Server, connection: Connection): void {
  let buffer = ''
  let known = false
  const reply = (words: readonly string[]): Reply | undefined => {
    const password = server.config.get('requirepass')
    if (!password) return answer(server, words, connection)
    if (!/^auth$/i.test(words[0] ?? '')) return known ? answer(server, words, connection) : NO_PASSWORD
    known = words.at(-1) === password
    return known ? ok : WRONG_PASSWORD
  }
  connection.onData(data => {
    buffer += data
    for (let next = takeCommand(buffer); next; next = takeCommand(buffer)) {
      buffer = next.rest
      if (!next.words.length) continue
      if (/^quit$/i.test(next.words[0]!)) {
        connection.send(encode(ok))
        connection.close()
        return
      }
      const said = reply(next.words)
      if (said) connection.send(encode(said))
    }
  })
  connection.onClose(() => {
    server.followers.lose(connection)
    connection.close()
  })
}

export const server: Program = async process => {
  const version = versionOf(process)
  if (/^(-v|--version)$/.test(process.argv[1] ?? '')) {
    await process.write(
      1,
      `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0000000000000000\n`,
    )
    return 0
  }
  let config: RedisConfig
  try {
    config = new RedisConfig(process)
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(2, `Fatal error, can't open config file '${process.argv[1]}': ${error.message}\n`)
    return 1
  }
  const port = Number(config.get('port'))
  process.memory = 9_000_000
  const major = Number.parseInt(version, 10)
  const log = logger(process, major, () => (replica.master ? 'S' : 'M'))
  const database = new Database(process.clock)
  const apply = ([name = '', ...args]: readonly string[]): void => {
    database.run(name.toUpperCase(), args)
    followers.feed([name, ...args])
  }
  const shared = { process, database, config, log, apply, major }
  const followers = new Followers(shared)
  const replica = new Replica(shared, masterOf(config.get('replicaof')))
  const standing: Standing = {
    version,
    followers,
    replica,
    get keys() {
      return database.size
    },
  }
  for (const line of beginning(version, process.pid, config.file)) log(line, 'C')
  const self: Server = { config, database, standing, followers, replica, log, major }
  try {
    process.net.listen('TCP', port, connection => converse(self, connection))
  } catch {
    log(`# Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`)
    log(`# Failed listening on port ${port} (tcp), aborting.`)
    return 1
  }
  for (const line of ready(version, port)) log(line)
  const stop = (name: string): void => {
    const seconds = Math.floor(process.clock.now() / 1000)
    void process.fds[1]?.write(
      process,
      `${process.pid}:signal-handler (${seconds}) Received ${name} scheduling shutdown...\n`,
    )
    log('* User requested shutdown...')
    log('* Redis is now ready to exit, bye bye...')
    process.exit(0)
  }
  process.on('TERM', () => stop('SIGTERM'))
  process.on('INT', () => stop('SIGINT'))
  return replica.run()
}
