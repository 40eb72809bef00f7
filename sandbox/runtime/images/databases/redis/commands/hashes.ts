/** Commands of redis on hashes. */
import { byteLength } from '../../../../files/tree.ts'
import { type Command, type Keyspace, NO_INTEGER, Scores, WRONG_TYPE, whole, wrongNumber } from '../keyspace.ts'
import { array, bulk, error, integer, ok, type Reply } from '../protocol.ts'

export function hashesCommands(space: Keyspace): Record<string, Command> {
  const hash = (key: string): Map<string, string> | undefined => {
    const value = space.get(key) ?? { data: new Map<string, string>() }
    return value.data instanceof Map && !(value.data instanceof Scores)
      ? (value.data as Map<string, string>)
      : undefined
  }
  const put = ([key = '', ...pairs]: readonly string[], command: string): Reply => {
    if (pairs.length % 2) return wrongNumber(command)
    const fields = hash(key)
    if (!fields) return WRONG_TYPE
    const before = fields.size
    for (let i = 0; i + 1 < pairs.length; i += 2) fields.set(pairs[i]!, pairs[i + 1]!)
    space.set(key, { ...space.get(key), data: fields })
    return integer(fields.size - before)
  }
  const look = (key: string, answer: (fields: Map<string, string>) => Reply): Reply => {
    const fields = hash(key)
    return fields ? answer(fields) : WRONG_TYPE
  }
  return {
    HSET: { needs: 3, writes: true, run: words => put(words, 'hset') },
    HMSET: {
      needs: 3,
      writes: true,
      run: words => {
        const reply = put(words, 'hmset')
        return reply.kind === 'error' ? reply : ok
      },
    },
    HDEL: {
      needs: 2,
      writes: true,
      run: ([key = '', ...names]) =>
        look(key, fields => {
          const gone = names.filter(name => fields.delete(name)).length
          if (!fields.size) space.delete(key)
          return integer(gone)
        }),
    },
    HGET: { needs: 2, run: ([key = '', name = '']) => look(key, fields => bulk(fields.get(name))) },
    HGETALL: { needs: 1, run: ([key = '']) => look(key, fields => array([...fields].flat())) },
    HKEYS: { needs: 1, run: ([key = '']) => look(key, fields => array([...fields.keys()])) },
    HLEN: { needs: 1, run: ([key = '']) => look(key, fields => integer(fields.size)) },
    HVALS: { needs: 1, run: ([key = '']) => look(key, fields => array([...fields.values()])) },
    HEXISTS: { needs: 2, run: ([key = '', name = '']) => look(key, fields => integer(fields.has(name) ? 1 : 0)) },
    HMGET: {
      needs: 2,
      run: ([key = '', ...names]) =>
        look(key, fields => ({ kind: 'array', items: names.map(name => bulk(fields.get(name))) })),
    },
    HSTRLEN: {
      needs: 2,
      run: ([key = '', name = '']) => look(key, fields => integer(byteLength(fields.get(name) ?? ''))),
    },
    HSETNX: {
      needs: 3,
      writes: true,
      run: ([key = '', name = '', text = '']) =>
        look(key, fields => (fields.has(name) ? integer(0) : put([key, name, text], 'hsetnx'))),
    },
    HINCRBY: {
      needs: 3,
      writes: true,
      run: ([key = '', name = '', by]) =>
        look(key, fields => {
          const more = whole(by)
          if (more === undefined) return NO_INTEGER
          const old = whole(fields.get(name) ?? '0')
          if (old === undefined) return error('ERR hash value is not an integer')
          put([key, name, String(old + more)], 'hincrby')
          return integer(old + more)
        }),
    },
  }
}
