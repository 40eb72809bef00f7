/** Commands of redis on lists. */

import { type Command, type Keyspace, NO_INTEGER, SYNTAX, WRONG_TYPE, whole } from '../keyspace.ts'
import { array, bulk, error, integer, nothing, ok, type Reply } from '../protocol.ts'

export function listsCommands(space: Keyspace): Record<string, Command> {
  const list = (key: string): string[] | undefined => {
    const value = space.get(key) ?? { data: [] }
    return Array.isArray(value.data) ? value.data : undefined
  }
  const push = (key: string, items: readonly string[], left: boolean): Reply => {
    const old = list(key)
    if (!old) return WRONG_TYPE
    const data = left ? [...[...items].reverse(), ...old] : [...old, ...items]
    space.set(key, { ...space.get(key), data })
    return integer(data.length)
  }
  const NEGATIVE = error('ERR value is out of range, must be positive')
  /** Without a list, or with one that has become empty, nothing is left of a key. */
  const keep = (key: string, items: string[]): void => {
    if (items.length) space.put(key, items)
    else space.delete(key)
  }
  const pop = ([key = '', count]: readonly string[], left: boolean): Reply => {
    const items = list(key)
    if (!items) return WRONG_TYPE
    if (count !== undefined && !/^\d+$/.test(count)) return NEGATIVE
    const some = left ? items.splice(0, Number(count ?? 1)) : items.splice(-Number(count ?? 1)).reverse()
    keep(key, items)
    if (count === undefined) return bulk(some[0])
    return some.length ? array(some) : nothing
  }
  const move = (from: string, to: string, fromLeft: boolean, toLeft: boolean): Reply => {
    if (!list(from) || !list(to)) return WRONG_TYPE
    const item = pop([from], fromLeft)
    if (item.kind === 'bulk' && item.text !== undefined) push(to, [item.text], toLeft)
    return item
  }
  /** What is done with a list that may be of another kind, and what is answered where there is none. */
  const look = (key: string, answer: (items: string[]) => Reply, none?: Reply): Reply => {
    const items = list(key)
    if (!items) return WRONG_TYPE
    return none && !items.length ? none : answer(items)
  }
  const place = (items: readonly string[], n: number): number => (n < 0 ? items.length + n : n)
  const sides = (words: readonly string[]): boolean[] | undefined => {
    const found = words.map(word => word.toUpperCase())
    return found.every(word => word === 'LEFT' || word === 'RIGHT') ? found.map(word => word === 'LEFT') : undefined
  }
  return {
    LPUSH: { needs: 2, writes: true, run: ([key = '', ...items]) => push(key, items, true) },
    RPUSH: { needs: 2, writes: true, run: ([key = '', ...items]) => push(key, items, false) },
    LPOP: { needs: 1, writes: true, run: args => pop(args, true) },
    RPOP: { needs: 1, writes: true, run: args => pop(args, false) },
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
    LPUSHX: {
      needs: 2,
      writes: true,
      run: ([key = '', ...items]) => look(key, () => push(key, items, true), integer(0)),
    },
    RPUSHX: {
      needs: 2,
      writes: true,
      run: ([key = '', ...items]) => look(key, () => push(key, items, false), integer(0)),
    },
    LINDEX: {
      needs: 2,
      run: ([key = '', index]) => {
        const n = whole(index)
        return n === undefined ? NO_INTEGER : look(key, items => bulk(items[place(items, n)]))
      },
    },
    LSET: {
      needs: 3,
      writes: true,
      run: ([key = '', index, text = '']) =>
        look(
          key,
          items => {
            const n = whole(index)
            if (n === undefined) return NO_INTEGER
            if (items[place(items, n)] === undefined) return error('ERR index out of range')
            items[place(items, n)] = text
            return ok
          },
          error('ERR no such key'),
        ),
    },
    LREM: {
      needs: 3,
      writes: true,
      run: ([key = '', count, text = '']) => {
        const n = whole(count)
        if (n === undefined) return NO_INTEGER
        return look(key, items => {
          const order = n < 0 ? [...items.keys()].reverse() : [...items.keys()]
          const gone = new Set(order.filter(i => items[i] === text).slice(0, Math.abs(n) || undefined))
          keep(
            key,
            items.filter((_, i) => !gone.has(i)),
          )
          return integer(gone.size)
        })
      },
    },
    LTRIM: {
      needs: 3,
      writes: true,
      run: ([key = '', from, to]) => {
        const [first, last] = [whole(from), whole(to)]
        if (first === undefined || last === undefined) return NO_INTEGER
        return look(key, items => {
          keep(key, items.slice(Math.max(0, place(items, first)), Math.max(0, place(items, last) + 1)))
          return ok
        })
      },
    },
    LINSERT: {
      needs: 4,
      writes: true,
      run: ([key = '', where = '', pivot = '', text = '']) => {
        if (!/^(before|after)$/i.test(where)) return SYNTAX
        return look(
          key,
          items => {
            const at = items.indexOf(pivot)
            if (at < 0) return integer(-1)
            items.splice(/^before$/i.test(where) ? at : at + 1, 0, text)
            return integer(items.length)
          },
          integer(0),
        )
      },
    },
    LPOS: {
      needs: 2,
      run: ([key = '', text = '', ...more]) =>
        more.length
          ? error('ERR LPOS with options is not simulated')
          : look(key, items => (items.includes(text) ? integer(items.indexOf(text)) : bulk(undefined))),
    },
    RPOPLPUSH: { needs: 2, writes: true, run: ([from = '', to = '']) => move(from, to, false, true) },
    LMOVE: {
      needs: 4,
      writes: true,
      run: ([from = '', to = '', ...words]) => {
        const [fromLeft, toLeft] = sides(words) ?? []
        return fromLeft === undefined ? SYNTAX : move(from, to, fromLeft, toLeft!)
      },
    },
  }
}
