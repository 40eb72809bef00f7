/** redis: a server for strings, counters, lists and hashes. */
import { isErrno } from '../errno.ts'
import type { Process, Program } from '../process.ts'
import { forever } from '../serving.ts'
import { RedisConfig } from './redis-config.ts'
import { array, bulk, encode, error, integer, ok, type Reply, takeCommand } from './redis-protocol.ts'

interface Value {
  data: string | string[] | Map<string, string>
  expires?: number
}

const WRONG_PASSWORD = error('WRONGPASS invalid username-password pair or user is disabled.')
const NO_PASSWORD = error('NOAUTH Authentication required.')
const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

/** The commands on one database. */
function database(process: Process, config: RedisConfig): (words: readonly string[]) => Reply {
  const values = new Map<string, Value>()
  const get = (key: string): Value | undefined => {
    const value = values.get(key)
    if (value?.expires !== undefined && value.expires <= process.clock.now()) {
      values.delete(key)
      return undefined
    }
    return value
  }
  const add = (key: string, by: number): Reply => {
    const value = get(key)
    if (value && typeof value.data !== 'string') return WRONG_TYPE
    const n = Number(value?.data ?? 0) + by
    if (!Number.isInteger(n)) return error('ERR value is not an integer or out of range')
    values.set(key, { ...value, data: String(n) })
    return integer(n)
  }
  const list = (key: string): string[] | undefined => {
    const value = get(key) ?? { data: [] }
    return Array.isArray(value.data) ? value.data : undefined
  }
  const commands: Record<string, (args: readonly string[]) => Reply> = {
    PING: ([text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text)),
    ECHO: ([text = '']) => bulk(text),
    SELECT: () => ok,
    AUTH: () =>
      error(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      ),
    SET: ([key = '', data = '', ...options]) => {
      const seconds = options.findIndex(o => /^ex$/i.test(o))
      if (options.some(o => /^nx$/i.test(o)) && get(key)) return bulk(undefined)
      values.set(key, {
        data,
        ...(seconds >= 0 ? { expires: process.clock.now() + Number(options[seconds + 1]) * 1000 } : {}),
      })
      return ok
    },
    GET: ([key = '']) => {
      const value = get(key)
      return value && typeof value.data !== 'string' ? WRONG_TYPE : bulk(value?.data as string | undefined)
    },
    DEL: keys => integer(keys.filter(key => get(key) && values.delete(key)).length),
    EXISTS: keys => integer(keys.filter(key => get(key)).length),
    INCR: ([key = '']) => add(key, 1),
    DECR: ([key = '']) => add(key, -1),
    INCRBY: ([key = '', by = '0']) => add(key, Number(by)),
    DECRBY: ([key = '', by = '0']) => add(key, -Number(by)),
    APPEND: ([key = '', text = '']) => {
      const data = String(get(key)?.data ?? '') + text
      values.set(key, { data })
      return integer(data.length)
    },
    EXPIRE: ([key = '', seconds = '0']) => {
      const value = get(key)
      if (value) value.expires = process.clock.now() + Number(seconds) * 1000
      return integer(value ? 1 : 0)
    },
    TTL: ([key = '']) => {
      const value = get(key)
      return integer(
        !value ? -2 : value.expires === undefined ? -1 : Math.ceil((value.expires - process.clock.now()) / 1000),
      )
    },
    KEYS: ([pattern = '*']) => {
      const regexp = new RegExp(
        `^${pattern
          .replace(/[.+^${}()|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      )
      return array([...values.keys()].filter(key => get(key) && regexp.test(key)))
    },
    DBSIZE: () => integer(values.size),
    FLUSHALL: () => {
      values.clear()
      return ok
    },
    TYPE: ([key = '']) => {
      const value = get(key)
      return {
        kind: 'status',
        text: !value ? 'none' : typeof value.data === 'string' ? 'string' : Array.isArray(value.data) ? 'list' : 'hash',
      }
    },
    LPUSH: ([key = '', ...items]) => push(key, items, true),
    RPUSH: ([key = '', ...items]) => push(key, items, false),
    LPOP: ([key = '']) => pop(key, true),
    RPOP: ([key = '']) => pop(key, false),
    LLEN: ([key = '']) => integer(list(key)?.length ?? 0),
    LRANGE: ([key = '', from = '0', to = '-1']) => {
      const items = list(key)
      if (!items) return WRONG_TYPE
      const end = Number(to) < 0 ? items.length + Number(to) : Number(to)
      return array(items.slice(Number(from) < 0 ? Math.max(0, items.length + Number(from)) : Number(from), end + 1))
    },
    HSET: ([key = '', ...pairs]) => {
      const value = get(key) ?? { data: new Map<string, string>() }
      if (!(value.data instanceof Map)) return WRONG_TYPE
      let added = 0
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        if (!value.data.has(pairs[i]!)) added++
        value.data.set(pairs[i]!, pairs[i + 1]!)
      }
      values.set(key, value)
      return integer(added)
    },
    HGET: ([key = '', field = '']) => {
      const data = get(key)?.data
      return bulk(data instanceof Map ? data.get(field) : undefined)
    },
    HGETALL: ([key = '']) => {
      const data = get(key)?.data
      return array(data instanceof Map ? [...data].flat() : [])
    },
    CONFIG: ([action = '', name = '', value = '']) => {
      if (/^get$/i.test(action)) return array(config.matching(name))
      if (!/^set$/i.test(action)) return error(`ERR CONFIG ${action} is not simulated`)
      if (!config.knows(name.toLowerCase()))
        return error(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`)
      config.set(name.toLowerCase(), value)
      return ok
    },
    INFO: () =>
      bulk(
        `# Server\r\nredis_version:${version(process)}\r\nos:Linux 6.12.63+deb13-amd64 x86_64\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n# Keyspace\r\ndb0:keys=${values.size},expires=0,avg_ttl=0\r\n`,
      ),
  }
  const push = (key: string, items: readonly string[], left: boolean): Reply => {
    const old = list(key)
    if (!old) return WRONG_TYPE
    const data = left ? [...[...items].reverse(), ...old] : [...old, ...items]
    values.set(key, { data })
    return integer(data.length)
  }
  const pop = (key: string, left: boolean): Reply => {
    const items = list(key)
    if (!items) return WRONG_TYPE
    const item = left ? items.shift() : items.pop()
    if (!items.length) values.delete(key)
    return bulk(item)
  }
  return words => {
    const command = commands[words[0]?.toUpperCase() ?? '']
    if (!command)
      return error(
        `ERR unknown command '${words[0] ?? ''}', with args beginning with: ${words
          .slice(1)
          .map(w => `'${w}' `)
          .join('')}`,
      )
    return command(words.slice(1))
  }
}

const version = (process: Process): string => process.env.REDIS_VERSION || '8.2.1'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const server: Program = async process => {
  if (/^(-v|--version)$/.test(process.argv[1] ?? '')) {
    await process.write(
      1,
      `Redis server v=${version(process)} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0000000000000000\n`,
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
  const log = (text: string): void => {
    const d = new Date(process.clock.now())
    const time = `${String(d.getUTCDate()).padStart(2, '0')} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${d.toISOString().slice(11, 23)}`
    void process.fds[1]?.write(process, `${process.pid}:M ${time} ${text}\n`)
  }
  log('* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo')
  log(`* Redis version=${version(process)}, bits=64, commit=00000000, modified=0, pid=${process.pid}, just started`)
  log(
    config.file
      ? '* Configuration loaded'
      : '# Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
  )
  const run = database(process, config)
  try {
    process.net.listen('TCP', port, connection => {
      let buffer = ''
      let known = false
      connection.onData(data => {
        buffer += data
        for (let next = takeCommand(buffer); next; next = takeCommand(buffer)) {
          buffer = next.rest
          if (!next.words.length) continue
          if (next.words[0]!.toUpperCase() === 'QUIT') {
            connection.send(encode(ok))
            connection.close()
            return
          }
          const password = config.get('requirepass')
          if (password && /^auth$/i.test(next.words[0]!)) {
            known = next.words.at(-1) === password
            connection.send(encode(known ? ok : WRONG_PASSWORD))
          } else connection.send(encode(password && !known ? NO_PASSWORD : run(next.words)))
        }
      })
      connection.onClose(() => connection.close())
    })
  } catch {
    log(`# Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`)
    log('# Failed listening on port 6379 (tcp), aborting.')
    return 1
  }
  log('* monotonic clock: POSIX clock_gettime')
  log('* Running mode=standalone, port=6379.'.replace('6379', String(port)))
  log('* Server initialized')
  log('* Ready to accept connections tcp')
  const stop = (name: string): void => {
    void process.fds[1]?.write(
      process,
      `${process.pid}:signal-handler (${Math.floor(process.clock.now() / 1000)}) Received ${name} scheduling shutdown...\n`,
    )
    log('* User requested shutdown...')
    log('* Redis is now ready to exit, bye bye...')
    process.exit(0)
  }
  process.on('TERM', () => stop('SIGTERM'))
  process.on('INT', () => stop('SIGINT'))
  return forever(process)
}
