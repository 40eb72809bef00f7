/** Commands of redis on strings and counters. */
import { byteLength } from '../../../../files/tree.ts'
import { type Command, float, type Keyspace, NO_FLOAT, NO_INTEGER, SYNTAX, WRONG_TYPE, whole } from '../keyspace.ts'
import { bulk, error, integer, ok, type Reply } from '../protocol.ts'

export function stringsCommands(space: Keyspace): Record<string, Command> {
  const read = (key: string): Reply => {
    const data = space.get(key)?.data
    return data === undefined || typeof data === 'string' ? bulk(data) : WRONG_TYPE
  }
  const set = (key: string, data: string, options: readonly string[], command = 'set'): Reply => {
    const words = options.map(option => option.toUpperCase())
    const old = space.get(key)
    let expires: number | undefined
    let kept = false
    let answersOld = false
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === 'NX' || word === 'XX') kept ||= (old === undefined) === (word === 'XX')
      else if (word === 'GET') answersOld = true
      else if (word === 'KEEPTTL') expires = old?.expires
      else if (/^(EX|PX|EXAT|PXAT)$/.test(word) && words.length) {
        const n = whole(words.shift())
        if (n === undefined) return NO_INTEGER
        if (n <= 0) return error(`ERR invalid expire time in '${command}' command`)
        expires = (word.endsWith('AT') ? 0 : space.now()) + n * (word.startsWith('E') ? 1000 : 1)
      } else return SYNTAX
    }
    const before = answersOld ? read(key) : undefined
    if (before === WRONG_TYPE) return before
    if (!kept) space.set(key, { data, ...(expires !== undefined && { expires }) })
    return before ?? (kept ? bulk(undefined) : ok)
  }
  /** Of a text, from one place to another, which count from the end when they are below nothing. */
  const range = ([key = '', from, to]: readonly string[]): Reply => {
    const reply = read(key)
    if (reply.kind !== 'bulk') return reply
    const [first, last] = [whole(from), whole(to)]
    if (first === undefined || last === undefined) return NO_INTEGER
    const text = reply.text ?? ''
    const place = (n: number): number => Math.max(0, n < 0 ? text.length + n : n)
    return bulk(text.slice(place(first), place(last) + 1))
  }
  const add = (key: string, by: number): Reply => {
    const value = space.get(key)
    if (value && typeof value.data !== 'string') return WRONG_TYPE
    const n = Number(value?.data ?? 0) + by
    if (!Number.isInteger(n)) return NO_INTEGER
    space.set(key, { ...value, data: String(n) })
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
    INCRBYFLOAT: {
      needs: 2,
      writes: true,
      run: ([key = '', by]) => {
        const old = read(key)
        if (old.kind !== 'bulk') return old
        const [n, more] = [float(old.text ?? '0'), float(by)]
        if (n === undefined || more === undefined) return NO_FLOAT
        const sum = String(Number((n + more).toPrecision(15)))
        space.put(key, sum)
        return bulk(sum)
      },
    },
    GETSET: { needs: 2, writes: true, run: ([key = '', data = '']) => set(key, data, ['GET']) },
    GETDEL: {
      needs: 1,
      writes: true,
      run: ([key = '']) => {
        const reply = read(key)
        if (reply.kind === 'bulk') space.remove(key)
        return reply
      },
    },
    GETRANGE: { needs: 3, run: range },
    SETRANGE: {
      needs: 3,
      writes: true,
      run: ([key = '', from, text = '']) => {
        const old = read(key)
        if (old.kind !== 'bulk') return old
        const at = whole(from)
        if (at === undefined) return NO_INTEGER
        if (at < 0) return error('ERR offset is out of range')
        const before = (old.text ?? '').padEnd(at, '\0')
        const data = before.slice(0, at) + text + before.slice(at + text.length)
        if (text) space.put(key, data)
        return integer(byteLength(data))
      },
    },
    PSETEX: {
      needs: 3,
      writes: true,
      run: ([key = '', ms = '', data = '']) => set(key, data, ['PX', ms], 'psetex'),
    },
    MSETNX: {
      needs: 2,
      writes: true,
      run: words => {
        const pairs = words.length / 2
        for (let i = 0; i < pairs; i++) if (space.get(words[2 * i]!)) return integer(0)
        for (let i = 0; i < pairs; i++) set(words[2 * i]!, words[2 * i + 1]!, [])
        return integer(1)
      },
    },
    APPEND: {
      needs: 2,
      writes: true,
      run: ([key = '', text = '']) => {
        const old = read(key)
        if (old.kind !== 'bulk') return old
        const data = (old.text ?? '') + text
        space.set(key, { ...space.get(key), data })
        return integer(byteLength(data))
      },
    },
  }
}
