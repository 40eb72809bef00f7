/** Commands of redis about keys, whatever they hold: their time, names, and which there are. */

import { type Command, type Keyspace, NO_INTEGER, pattern, Scores, SYNTAX, type Value, whole } from '../keyspace.ts'
import { array, bulk, error, integer, ok, type Reply, status } from '../protocol.ts'
import { Stream } from '../stream.ts'

export function keysCommands(space: Keyspace): Record<string, Command> {
  const typeOf = (value: Value | undefined): string => {
    if (!value) return 'none'
    if (typeof value.data === 'string') return 'string'
    if (value.data instanceof Scores) return 'zset'
    if (value.data instanceof Stream) return 'stream'
    return Array.isArray(value.data) ? 'list' : value.data instanceof Map ? 'hash' : 'set'
  }
  const expire = ([key = '', time, ...options]: readonly string[], unit: number, from: number): Reply => {
    const n = whole(time)
    if (n === undefined) return NO_INTEGER
    const words = options.map(option => option.toUpperCase())
    const unknown = words.findIndex(word => !['NX', 'XX', 'GT', 'LT'].includes(word))
    if (unknown >= 0) return error(`ERR Unsupported option ${options[unknown]}`)
    const value = space.get(key)
    const expires = from + n * unit
    const old = value?.expires ?? Number.POSITIVE_INFINITY
    const has = value?.expires !== undefined
    if (
      !value ||
      (words.includes('NX') && has) ||
      (words.includes('XX') && !has) ||
      (words.includes('GT') && expires <= old) ||
      (words.includes('LT') && expires >= old)
    )
      return integer(0)
    value.expires = expires
    return integer(1)
  }
  const until = (key: string, unit: number): Reply => {
    const value = space.get(key)
    if (!value) return integer(-2)
    return integer(value.expires === undefined ? -1 : Math.floor(value.expires / unit))
  }
  const rename = (from: string, to: string, onlyNew: boolean): Reply => {
    const value = space.get(from)
    if (!value) return error('ERR no such key')
    if (onlyNew && space.get(to)) return integer(0)
    space.delete(from)
    space.set(to, value)
    return onlyNew ? integer(1) : ok
  }
  /** All at once: who has begun is done. */
  const scan = ([cursor = '', ...options]: readonly string[]): Reply => {
    if (!/^\d+$/.test(cursor)) return error('ERR invalid cursor')
    let keys = space.keys()
    for (let i = 0; i < options.length; i += 2) {
      const [option = '', value] = [options[i]?.toUpperCase(), options[i + 1]]
      if (value === undefined) return SYNTAX
      if (option === 'MATCH') keys = keys.filter(key => pattern(value).test(key))
      else if (option === 'TYPE') keys = keys.filter(key => typeOf(space.get(key)) === value.toLowerCase())
      else if (option !== 'COUNT') return SYNTAX
    }
    return { kind: 'array', items: [bulk('0'), array(keys)] }
  }
  const left = (key: string, unit: number): Reply => {
    const value = space.get(key)
    if (!value) return integer(-2)
    return integer(value.expires === undefined ? -1 : Math.ceil((value.expires - space.now()) / unit))
  }
  const flush = (): Reply => {
    space.clear()
    return ok
  }
  return {
    DEL: { needs: 1, writes: true, run: keys => integer(keys.filter(key => space.remove(key)).length) },
    EXISTS: { needs: 1, run: keys => integer(keys.filter(key => space.get(key)).length) },
    EXPIRE: { needs: 2, writes: true, run: args => expire(args, 1000, space.now()) },
    PEXPIRE: { needs: 2, writes: true, run: args => expire(args, 1, space.now()) },
    EXPIREAT: { needs: 2, writes: true, run: args => expire(args, 1000, 0) },
    PEXPIREAT: { needs: 2, writes: true, run: args => expire(args, 1, 0) },
    EXPIRETIME: { needs: 1, run: ([key = '']) => until(key, 1000) },
    PEXPIRETIME: { needs: 1, run: ([key = '']) => until(key, 1) },
    PERSIST: {
      needs: 1,
      writes: true,
      run: ([key = '']) => {
        const value = space.get(key)
        const had = value?.expires !== undefined
        if (value) delete value.expires
        return integer(had ? 1 : 0)
      },
    },
    UNLINK: { needs: 1, writes: true, run: keys => integer(keys.filter(key => space.remove(key)).length) },
    TOUCH: { needs: 1, run: keys => integer(keys.filter(key => space.get(key)).length) },
    RENAME: { needs: 2, writes: true, run: ([from = '', to = '']) => rename(from, to, false) },
    RENAMENX: { needs: 2, writes: true, run: ([from = '', to = '']) => rename(from, to, true) },
    SCAN: { needs: 1, run: scan },
    TTL: { needs: 1, run: ([key = '']) => left(key, 1000) },
    PTTL: { needs: 1, run: ([key = '']) => left(key, 1) },
    KEYS: {
      needs: 1,
      run: ([wanted = '']) => {
        const matches = pattern(wanted)
        return array(space.keys().filter(key => matches.test(key)))
      },
    },
    TYPE: { needs: 1, run: ([key = '']) => status(typeOf(space.get(key))) },
    DBSIZE: { needs: 0, run: () => integer(space.size) },
    FLUSHALL: { needs: 0, writes: true, run: flush },
    FLUSHDB: { needs: 0, writes: true, run: flush },
  }
}
