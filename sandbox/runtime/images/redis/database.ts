/** What redis keeps, and the commands on it: strings, counters, lists, hashes and sets. */
import type { Clock } from '../../../clock/clock.ts'
import { byteLength } from '../../tree.ts'
import { array, bulk, error, integer, ok, type Reply, status } from './protocol.ts'

interface Value {
  data: string | string[] | Map<string, string> | Set<string>
  /** Virtual milliseconds. */
  expires?: number
}

interface Command {
  /** How many words it takes at least. */
  needs: number
  writes?: true
  run(args: readonly string[]): Reply
}

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')
const NO_INTEGER = error('ERR value is not an integer or out of range')
const SYNTAX = error('ERR syntax error')

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined

/** Of `SET`, those that are not simulated. */
const MORE_OF_SET = new Set(['GET', 'KEEPTTL', 'EXAT', 'PXAT'])

/** A pattern of redis as a regular expression. */
export function pattern(text: string, flags = ''): RegExp {
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, flags)
}

export class Database {
  readonly #clock: Clock
  readonly #values = new Map<string, Value>()
  readonly #commands: Readonly<Record<string, Command>>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#commands = { ...this.#keys(), ...this.#strings(), ...this.#lists(), ...this.#hashes(), ...this.#sets() }
  }

  get size(): number {
    return this.#values.size
  }

  writes(command: string): boolean {
    return this.#commands[command]?.writes ?? false
  }

  /** @param command in capitals @returns nothing where it has no such command */
  run(command: string, args: readonly string[]): Reply | undefined {
    const found = this.#commands[command]
    if (!found) return undefined
    if (args.length < found.needs) return error(`ERR wrong number of arguments for '${command.toLowerCase()}' command`)
    return found.run(args)
  }

  /** Commands that make the same of an empty database. */
  dump(): string[][] {
    const commands: string[][] = []
    for (const key of [...this.#values.keys()]) {
      const value = this.#get(key)
      if (!value) continue
      const { data, expires } = value
      if (typeof data === 'string') commands.push(['SET', key, data])
      else if (data instanceof Map) commands.push(['HSET', key, ...[...data].flat()])
      else commands.push([Array.isArray(data) ? 'RPUSH' : 'SADD', key, ...data])
      if (expires !== undefined) commands.push(['PEXPIRE', key, String(expires - this.#clock.now())])
    }
    return commands
  }

  #get(key: string): Value | undefined {
    const value = this.#values.get(key)
    if (value?.expires !== undefined && value.expires <= this.#clock.now()) {
      this.#values.delete(key)
      return undefined
    }
    return value
  }

  #remove(key: string): boolean {
    return this.#get(key) !== undefined && this.#values.delete(key)
  }

  #keys(): Record<string, Command> {
    const typeOf = (value: Value | undefined): string => {
      if (!value) return 'none'
      if (typeof value.data === 'string') return 'string'
      return Array.isArray(value.data) ? 'list' : value.data instanceof Map ? 'hash' : 'set'
    }
    const expire = (key: string, time: string | undefined, unit: number): Reply => {
      const n = whole(time)
      if (n === undefined) return NO_INTEGER
      const value = this.#get(key)
      if (value) value.expires = this.#clock.now() + n * unit
      return integer(value ? 1 : 0)
    }
    const left = (key: string, unit: number): Reply => {
      const value = this.#get(key)
      if (!value) return integer(-2)
      return integer(value.expires === undefined ? -1 : Math.ceil((value.expires - this.#clock.now()) / unit))
    }
    const flush = (): Reply => {
      this.#values.clear()
      return ok
    }
    return {
      DEL: { needs: 1, writes: true, run: keys => integer(keys.filter(key => this.#remove(key)).length) },
      EXISTS: { needs: 1, run: keys => integer(keys.filter(key => this.#get(key)).length) },
      EXPIRE: { needs: 2, writes: true, run: ([key = '', seconds]) => expire(key, seconds, 1000) },
      PEXPIRE: { needs: 2, writes: true, run: ([key = '', ms]) => expire(key, ms, 1) },
      TTL: { needs: 1, run: ([key = '']) => left(key, 1000) },
      PTTL: { needs: 1, run: ([key = '']) => left(key, 1) },
      KEYS: {
        needs: 1,
        run: ([wanted = '']) => {
          const matches = pattern(wanted)
          return array([...this.#values.keys()].filter(key => this.#get(key) && matches.test(key)))
        },
      },
      TYPE: { needs: 1, run: ([key = '']) => status(typeOf(this.#get(key))) },
      DBSIZE: { needs: 0, run: () => integer(this.#values.size) },
      FLUSHALL: { needs: 0, writes: true, run: flush },
      FLUSHDB: { needs: 0, writes: true, run: flush },
    }
  }

  #strings(): Record<string, Command> {
    const read = (key: string): Reply => {
      const data = this.#get(key)?.data
      return data === undefined || typeof data === 'string' ? bulk(data) : WRONG_TYPE
    }
    const set = (key: string, data: string, options: readonly string[], command = 'set'): Reply => {
      const words = options.map(option => option.toUpperCase())
      let expires: number | undefined
      let kept = false
      for (let word = words.shift(); word !== undefined; word = words.shift()) {
        if (word === 'NX' || word === 'XX') kept ||= (this.#get(key) === undefined) === (word === 'XX')
        else if ((word === 'EX' || word === 'PX') && words.length) {
          const n = whole(words.shift())
          if (n === undefined) return NO_INTEGER
          if (n <= 0) return error(`ERR invalid expire time in '${command}' command`)
          expires = this.#clock.now() + n * (word === 'EX' ? 1000 : 1)
        } else return MORE_OF_SET.has(word) ? error(`ERR SET with ${word} is not simulated`) : SYNTAX
      }
      if (kept) return bulk(undefined)
      this.#values.set(key, { data, ...(expires !== undefined && { expires }) })
      return ok
    }
    const add = (key: string, by: number): Reply => {
      const value = this.#get(key)
      if (value && typeof value.data !== 'string') return WRONG_TYPE
      const n = Number(value?.data ?? 0) + by
      if (!Number.isInteger(n)) return NO_INTEGER
      this.#values.set(key, { ...value, data: String(n) })
      return integer(n)
    }
    return {
      SET: { needs: 2, writes: true, run: ([key = '', data = '', ...options]) => set(key, data, options) },
      SETNX: {
        needs: 2,
        writes: true,
        run: ([key = '', data = '']) => integer(set(key, data, ['NX']) === ok ? 1 : 0),
      },
      SETEX: {
        needs: 3,
        writes: true,
        run: ([key = '', seconds = '', data = '']) => set(key, data, ['EX', seconds], 'setex'),
      },
      MSET: {
        needs: 2,
        writes: true,
        run: words => {
          for (let i = 0; i + 1 < words.length; i += 2) set(words[i]!, words[i + 1]!, [])
          return ok
        },
      },
      GET: { needs: 1, run: ([key = '']) => read(key) },
      MGET: {
        needs: 1,
        run: keys => ({
          kind: 'array',
          items: keys.map(read).map(item => (item === WRONG_TYPE ? bulk(undefined) : item)),
        }),
      },
      STRLEN: {
        needs: 1,
        run: ([key = '']) => {
          const reply = read(key)
          return reply.kind === 'bulk' ? integer(byteLength(reply.text ?? '')) : reply
        },
      },
      INCR: { needs: 1, writes: true, run: ([key = '']) => add(key, 1) },
      DECR: { needs: 1, writes: true, run: ([key = '']) => add(key, -1) },
      INCRBY: { needs: 2, writes: true, run: ([key = '', by]) => add(key, Number(by)) },
      DECRBY: { needs: 2, writes: true, run: ([key = '', by]) => add(key, -Number(by)) },
      APPEND: {
        needs: 2,
        writes: true,
        run: ([key = '', text = '']) => {
          const old = read(key)
          if (old.kind !== 'bulk') return old
          const data = (old.text ?? '') + text
          this.#values.set(key, { ...this.#get(key), data })
          return integer(byteLength(data))
        },
      },
    }
  }

  #lists(): Record<string, Command> {
    const list = (key: string): string[] | undefined => {
      const value = this.#get(key) ?? { data: [] }
      return Array.isArray(value.data) ? value.data : undefined
    }
    const push = (key: string, items: readonly string[], left: boolean): Reply => {
      const old = list(key)
      if (!old) return WRONG_TYPE
      const data = left ? [...[...items].reverse(), ...old] : [...old, ...items]
      this.#values.set(key, { ...this.#get(key), data })
      return integer(data.length)
    }
    const pop = (key: string, left: boolean): Reply => {
      const items = list(key)
      if (!items) return WRONG_TYPE
      const item = left ? items.shift() : items.pop()
      if (!items.length) this.#values.delete(key)
      return bulk(item)
    }
    return {
      LPUSH: { needs: 2, writes: true, run: ([key = '', ...items]) => push(key, items, true) },
      RPUSH: { needs: 2, writes: true, run: ([key = '', ...items]) => push(key, items, false) },
      LPOP: { needs: 1, writes: true, run: ([key = '']) => pop(key, true) },
      RPOP: { needs: 1, writes: true, run: ([key = '']) => pop(key, false) },
      LLEN: {
        needs: 1,
        run: ([key = '']) => {
          const items = list(key)
          return items ? integer(items.length) : WRONG_TYPE
        },
      },
      LRANGE: {
        needs: 3,
        run: ([key = '', ...range]) => {
          const [from, to] = range.map(whole)
          if (from === undefined || to === undefined) return NO_INTEGER
          const items = list(key)
          if (!items) return WRONG_TYPE
          const place = (n: number): number => (n < 0 ? items.length + n : n)
          return array(items.slice(Math.max(0, place(from)), Math.max(0, place(to) + 1)))
        },
      },
    }
  }

  #hashes(): Record<string, Command> {
    const hash = (key: string): Map<string, string> | undefined => {
      const value = this.#get(key) ?? { data: new Map<string, string>() }
      return value.data instanceof Map ? value.data : undefined
    }
    const put = ([key = '', ...pairs]: readonly string[]): Reply => {
      const fields = hash(key)
      if (!fields) return WRONG_TYPE
      const before = fields.size
      for (let i = 0; i + 1 < pairs.length; i += 2) fields.set(pairs[i]!, pairs[i + 1]!)
      this.#values.set(key, { ...this.#get(key), data: fields })
      return integer(fields.size - before)
    }
    const look = (key: string, answer: (fields: Map<string, string>) => Reply): Reply => {
      const fields = hash(key)
      return fields ? answer(fields) : WRONG_TYPE
    }
    return {
      HSET: { needs: 3, writes: true, run: put },
      HMSET: {
        needs: 3,
        writes: true,
        run: words => {
          const reply = put(words)
          return reply.kind === 'error' ? reply : ok
        },
      },
      HDEL: {
        needs: 2,
        writes: true,
        run: ([key = '', ...names]) =>
          look(key, fields => {
            const gone = names.filter(name => fields.delete(name)).length
            if (!fields.size) this.#values.delete(key)
            return integer(gone)
          }),
      },
      HGET: { needs: 2, run: ([key = '', name = '']) => look(key, fields => bulk(fields.get(name))) },
      HGETALL: { needs: 1, run: ([key = '']) => look(key, fields => array([...fields].flat())) },
      HKEYS: { needs: 1, run: ([key = '']) => look(key, fields => array([...fields.keys()])) },
      HLEN: { needs: 1, run: ([key = '']) => look(key, fields => integer(fields.size)) },
    }
  }

  #sets(): Record<string, Command> {
    const look = (key: string, answer: (members: Set<string>) => Reply): Reply => {
      const value = this.#get(key) ?? { data: new Set<string>() }
      return value.data instanceof Set ? answer(value.data) : WRONG_TYPE
    }
    return {
      SADD: {
        needs: 2,
        writes: true,
        run: ([key = '', ...items]) =>
          look(key, members => {
            const before = members.size
            for (const item of items) members.add(item)
            this.#values.set(key, { ...this.#get(key), data: members })
            return integer(members.size - before)
          }),
      },
      SREM: {
        needs: 2,
        writes: true,
        run: ([key = '', ...items]) =>
          look(key, members => {
            const gone = items.filter(item => members.delete(item)).length
            if (!members.size) this.#values.delete(key)
            return integer(gone)
          }),
      },
      SMEMBERS: { needs: 1, run: ([key = '']) => look(key, members => array([...members])) },
      SCARD: { needs: 1, run: ([key = '']) => look(key, members => integer(members.size)) },
      SISMEMBER: {
        needs: 2,
        run: ([key = '', item = '']) => look(key, members => integer(members.has(item) ? 1 : 0)),
      },
    }
  }
}
