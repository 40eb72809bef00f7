/** Commands of redis that are not about what is kept: the server, its settings, its channels, its replicas. */
import type { Connection } from '../../../../network/network.ts'
import type { Server } from './connected.ts'
import { information, role } from './information.ts'
import { wrongNumber } from './keyspace.ts'
import { array, bulk, error, integer, ok, type Reply, status } from './protocol.ts'

/** What a real one knows as well. */
export const UNSIMULATED = new Set(
  'BZPOPMAX BZPOPMIN COMMAND COPY DEBUG DUMP EVAL EVALSHA FAILOVER GEOADD GEOSEARCH GETBIT GETEX HELLO HSCAN LATENCY MEMORY MIGRATE MOVE PFADD PFCOUNT PFMERGE RANDOMKEY RESET RESTORE SCRIPT SETBIT SORT SPOP SRANDMEMBER SSCAN SWAPDB SYNC ZDIFF ZINTER ZLEXCOUNT ZRANDMEMBER ZRANGEBYLEX ZRANGESTORE ZUNION'.split(
    ' ',
  ),
)

export const COMMANDS: Readonly<
  Record<string, (server: Server, args: readonly string[], connection: Connection) => Reply | undefined>
> = {
  PING: (_server, [text]) => (text === undefined ? status('PONG') : bulk(text)),
  ECHO: (_server, [text = '']) => bulk(text),
  SELECT({ config, selected }, [index = ''], connection) {
    if (!/^\d+$/.test(index)) return error('ERR value is not an integer or out of range')
    if (Number(index) >= Number(config.get('databases'))) return error('ERR DB index is out of range')
    selected.set(connection, Number(index))
    return ok
  },
  SAVE: ({ persistence }) => (persistence.save() ? ok : error('ERR')),
  BGSAVE: ({ persistence }) => persistence.background(),
  LASTSAVE: ({ persistence }) => integer(persistence.lastSave),
  BGREWRITEAOF: ({ persistence }) => persistence.rewrite(),
  SHUTDOWN({ shutDown }, [how]) {
    if (how !== undefined && !/^(no)?save$/i.test(how)) return error('ERR syntax error')
    return shutDown(how === undefined ? undefined : /^save$/i.test(how))
  },
  CONFIG({ config }, [action = '', ...args]) {
    const [name = '', value = ''] = args
    const needs = { '': ['config', 0], get: ['config|get', 1], set: ['config|set', 2] } as const
    const subcommand = action.toLowerCase()
    if (subcommand === 'resetstat') return ok
    if (!(subcommand in needs)) {
      return /^(help|rewrite)$/.test(subcommand)
        ? error(`ERR CONFIG ${action} is not simulated`)
        : error(`ERR unknown subcommand '${action}'. Try CONFIG HELP.`)
    }
    const [called, least] = needs[subcommand as keyof typeof needs]
    if (!action || args.length < least) return wrongNumber(called)
    if (subcommand === 'get') return array([...new Map(args.flatMap(text => config.matching(text))).entries()].flat())
    if (args.length > 2) return error('ERR CONFIG SET of several is not simulated')
    if (!config.knows(name)) return error(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`)
    config.set(name, value)
    return ok
  },
  INFO: ({ standing }, [section]) => bulk(information(standing, section)),
  ROLE: ({ standing }) => role(standing),
  TIME({ now }, args) {
    return args.length ? wrongNumber('time') : array([String(Math.floor(now() / 1000)), String((now() % 1000) * 1000)])
  },
  CLIENT: ({ clients }, args, connection) => clients.command(args, connection),
  MONITOR: ({ clients }, args, connection) => (args.length ? wrongNumber('monitor') : clients.monitor(connection)),
  CLUSTER: ({ config }) =>
    error(
      config.get('cluster-enabled') === 'yes'
        ? 'ERR CLUSTER is not simulated'
        : 'ERR This instance has cluster support disabled',
    ),
  ACL: (_server, [action = '']) =>
    /^whoami$/i.test(action) ? bulk('default') : error(`ERR ACL ${action.toUpperCase()} is not simulated`),
  /** Nothing here is ever slow. */
  SLOWLOG(_server, [action = '']) {
    if (/^get$/i.test(action)) return array([])
    if (/^len$/i.test(action)) return integer(0)
    if (!action) return wrongNumber('slowlog')
    return /^reset$/i.test(action) ? ok : error(`ERR unknown subcommand '${action}'. Try SLOWLOG HELP.`)
  },
  /** Replicas hear of everything at once. */
  WAIT: ({ followers }, args) => (args.length === 2 ? integer(followers.online.length) : wrongNumber('wait')),
  OBJECT({ database, selected, major }, [action = '', key], connection) {
    if (!/^encoding$/i.test(action)) return error(`ERR OBJECT ${action.toUpperCase()} is not simulated`)
    return key === undefined
      ? wrongNumber('object|encoding')
      : bulk(database.encoding(key, selected.get(connection) ?? 0, major))
  },
  PUBLISH({ channels, followers }, args) {
    const [channel, text] = args
    if (channel === undefined || text === undefined || args.length > 2) return wrongNumber('publish')
    followers.feed(['PUBLISH', channel, text], undefined)
    return integer(channels.publish(channel, text))
  },
  PUBSUB: ({ channels }, args) => (args.length ? channels.about(args) : wrongNumber('pubsub')),
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
