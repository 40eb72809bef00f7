/** Commands of redis on sets. */

import { type Command, type Keyspace, WRONG_TYPE, whole } from '../keyspace.ts'
import { array, error, integer, type Reply } from '../protocol.ts'

export function setsCommands(space: Keyspace): Record<string, Command> {
  const look = (key: string, answer: (members: Set<string>) => Reply): Reply => {
    const value = space.get(key) ?? { data: new Set<string>() }
    return value.data instanceof Set ? answer(value.data) : WRONG_TYPE
  }
  /** Of several sets: what `combine` makes of the first and each of the others. */
  const several = (
    keys: readonly string[],
    combine: (all: Set<string>, next: Set<string>) => Set<string>,
    answer: (members: Set<string>) => Reply,
  ): Reply => {
    const sets = keys.map(key => space.get(key)?.data ?? new Set<string>())
    if (!sets.every(data => data instanceof Set)) return WRONG_TYPE
    return answer((sets as Set<string>[]).reduce(combine))
  }
  const store =
    (key: string) =>
    (members: Set<string>): Reply => {
      space.delete(key)
      if (members.size) space.set(key, { data: members })
      return integer(members.size)
    }
  const listed = (members: Set<string>): Reply => array([...members])
  const WAYS: Readonly<Record<string, (all: Set<string>, next: Set<string>) => Set<string>>> = {
    SINTER: (all, next) => new Set([...all].filter(one => next.has(one))),
    SUNION: (all, next) => new Set([...all, ...next]),
    SDIFF: (all, next) => new Set([...all].filter(one => !next.has(one))),
  }
  return {
    ...Object.fromEntries(
      Object.entries(WAYS).flatMap(([name, way]): [string, Command][] => [
        [name, { needs: 1, run: keys => several(keys, way, listed) }],
        [`${name}STORE`, { needs: 2, writes: true, run: ([to = '', ...keys]) => several(keys, way, store(to)) }],
      ]),
    ),
    SINTERCARD: {
      needs: 2,
      run: ([count, ...keys]) => {
        const n = whole(count)
        if (n === undefined || n <= 0) return error('ERR numkeys should be greater than 0')
        if (n > keys.length) return error("ERR Number of keys can't be greater than number of args")
        if (n < keys.length) return error('ERR SINTERCARD with options is not simulated')
        return several(keys, WAYS.SINTER!, members => integer(members.size))
      },
    },
    SMISMEMBER: {
      needs: 2,
      run: ([key = '', ...items]) =>
        look(key, members => ({ kind: 'array', items: items.map(item => integer(members.has(item) ? 1 : 0)) })),
    },
    SMOVE: {
      needs: 3,
      writes: true,
      run: ([from = '', to = '', item = '']) =>
        look(from, members =>
          look(to, others => {
            if (!members.delete(item)) return integer(0)
            if (!members.size) space.delete(from)
            space.put(to, others.add(item))
            return integer(1)
          }),
        ),
    },
    SADD: {
      needs: 2,
      writes: true,
      run: ([key = '', ...items]) =>
        look(key, members => {
          const before = members.size
          for (const item of items) members.add(item)
          space.set(key, { ...space.get(key), data: members })
          return integer(members.size - before)
        }),
    },
    SREM: {
      needs: 2,
      writes: true,
      run: ([key = '', ...items]) =>
        look(key, members => {
          const gone = items.filter(item => members.delete(item)).length
          if (!members.size) space.delete(key)
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
