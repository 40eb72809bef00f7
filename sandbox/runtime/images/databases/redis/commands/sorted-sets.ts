/** Commands of redis on sorted sets: members in the order of their scores, equal ones in that of their names. */

import {
  type Command,
  float,
  type Keyspace,
  NO_FLOAT,
  NO_INTEGER,
  Scores,
  SYNTAX,
  shown,
  WRONG_TYPE,
  whole,
  wrongNumber,
} from '../keyspace.ts'
import { array, bulk, error, integer, type Reply } from '../protocol.ts'

type Scored = readonly [member: string, score: number]

const NO_RANGE = error('ERR min or max is not a float')

const byScore = ([a, x]: Scored, [b, y]: Scored): number => x - y || (a < b ? -1 : a > b ? 1 : 0)

/** `5`, `(5`, `-inf`: whether a score is not below it, or not above. */
function bound(text: string | undefined): { n: number; open: boolean } | undefined {
  const open = text?.startsWith('(') ?? false
  const n = float(open ? text!.slice(1) : text)
  return n === undefined ? undefined : { n, open }
}

export function sortedSetsCommands(space: Keyspace): Record<string, Command> {
  const look = (key: string, answer: (scores: Scores) => Reply): Reply => {
    const data = space.get(key)?.data ?? new Scores()
    return data instanceof Scores ? answer(data) : WRONG_TYPE
  }
  const keep = (key: string, scores: Scores): void => {
    if (scores.size) space.put(key, scores)
    else space.delete(key)
  }
  const ordered = (scores: Scores, reverse = false): Scored[] => {
    const all = [...scores].sort(byScore)
    return reverse ? all.reverse() : all
  }
  const list = (found: readonly Scored[], withScores: boolean): Reply =>
    array(found.flatMap(([member, score]) => (withScores ? [member, shown(score)] : [member])))
  const between = (scores: Scores, min: string | undefined, max: string | undefined): Scored[] | undefined => {
    const [low, high] = [bound(min), bound(max)]
    if (!low || !high) return undefined
    return ordered(scores).filter(
      ([, score]) => (low.open ? score > low.n : score >= low.n) && (high.open ? score < high.n : score <= high.n),
    )
  }
  const slice = (all: readonly Scored[], from: number, to: number): readonly Scored[] => {
    const place = (n: number): number => Math.max(0, n < 0 ? all.length + n : n)
    return all.slice(place(from), to < 0 && all.length + to < 0 ? 0 : place(to) + 1)
  }

  const range = (
    [key = '', from, to, ...options]: readonly string[],
    given: { byScore?: boolean; reverse?: boolean } = {},
  ): Reply => {
    let { byScore: scored = false, reverse = false } = given
    let withScores = false
    let limit: [number, number] | undefined
    for (let i = 0; i < options.length; i++) {
      const option = options[i]!.toUpperCase()
      if (option === 'WITHSCORES') withScores = true
      else if (option === 'BYSCORE') scored = true
      else if (option === 'REV') reverse = true
      else if (option === 'BYLEX') return error('ERR BYLEX is not simulated')
      else if (option === 'LIMIT') {
        const [offset, count] = [whole(options[++i]), whole(options[++i])]
        if (offset === undefined || count === undefined) return NO_INTEGER
        limit = [offset, count < 0 ? Number.POSITIVE_INFINITY : count]
      } else return SYNTAX
    }
    if (limit && !scored)
      return error('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX')
    return look(key, scores => {
      if (scored) {
        const found = reverse ? between(scores, to, from)?.reverse() : between(scores, from, to)
        if (!found) return NO_RANGE
        return list(limit ? found.slice(limit[0], limit[0] + limit[1]) : found, withScores)
      }
      const [first, last] = [whole(from), whole(to)]
      if (first === undefined || last === undefined) return NO_INTEGER
      return list(slice(ordered(scores, reverse), first, last), withScores)
    })
  }

  const add = ([key = '', ...words]: readonly string[]): Reply => {
    const options = new Set<string>()
    let at = 0
    while (/^(nx|xx|gt|lt|ch|incr)$/i.test(words[at] ?? '')) options.add(words[at++]!.toUpperCase())
    const pairs = words.slice(at)
    if (!pairs.length || pairs.length % 2) return pairs.length ? SYNTAX : wrongNumber('zadd')
    if (options.has('NX') && options.has('XX'))
      return error('ERR XX and NX options at the same time are not compatible')
    if (Number(options.has('GT')) + Number(options.has('LT')) + Number(options.has('NX')) > 1)
      return error('ERR GT, LT, and/or NX options at the same time are not compatible')
    if (options.has('INCR') && pairs.length > 2)
      return error('ERR INCR option supports a single increment-element pair')
    const numbers = pairs.filter((_, i) => i % 2 === 0).map(float)
    if (numbers.includes(undefined)) return NO_FLOAT
    return look(key, scores => {
      let added = 0
      let changed = 0
      let last: number | undefined
      for (const [i, given] of numbers.entries()) {
        const member = pairs[2 * i + 1]!
        const old = scores.get(member)
        const score = options.has('INCR') ? (old ?? 0) + given! : given!
        if (old === undefined ? options.has('XX') : options.has('NX')) continue
        if (old !== undefined && ((options.has('GT') && score <= old) || (options.has('LT') && score >= old))) continue
        scores.set(member, score)
        last = score
        if (old === undefined) added++
        else if (old !== score) changed++
      }
      keep(key, scores)
      if (options.has('INCR')) return bulk(last === undefined ? undefined : shown(last))
      return integer(added + (options.has('CH') ? changed : 0))
    })
  }

  const rank = ([key = '', member = '']: readonly string[], reverse: boolean): Reply =>
    look(key, scores =>
      scores.has(member) ? integer(ordered(scores, reverse).findIndex(([one]) => one === member)) : bulk(undefined),
    )

  const pop = ([key = '', count = '1']: readonly string[], reverse: boolean): Reply => {
    if (!/^\d+$/.test(count)) return error('ERR value is out of range, must be positive')
    return look(key, scores => {
      const some = ordered(scores, reverse).slice(0, Number(count))
      for (const [member] of some) scores.delete(member)
      keep(key, scores)
      return list(some, true)
    })
  }

  const removed = (key: string, scores: Scores, gone: readonly Scored[]): Reply => {
    for (const [member] of gone) scores.delete(member)
    keep(key, scores)
    return integer(gone.length)
  }

  const score = (scores: Scores, member: string): Reply => {
    const n = scores.get(member)
    return bulk(n === undefined ? undefined : shown(n))
  }

  return {
    ZADD: { needs: 3, writes: true, run: add },
    ZINCRBY: { needs: 3, writes: true, run: ([key = '', by = '', member = '']) => add([key, 'INCR', by, member]) },
    ZCARD: { needs: 1, run: ([key = '']) => look(key, scores => integer(scores.size)) },
    ZSCORE: { needs: 2, run: ([key = '', member = '']) => look(key, scores => score(scores, member)) },
    ZMSCORE: {
      needs: 2,
      run: ([key = '', ...members]) =>
        look(key, scores => ({ kind: 'array', items: members.map(member => score(scores, member)) })),
    },
    ZRANK: { needs: 2, run: args => rank(args, false) },
    ZREVRANK: { needs: 2, run: args => rank(args, true) },
    ZRANGE: { needs: 3, run: args => range(args) },
    ZREVRANGE: { needs: 3, run: args => range(args, { reverse: true }) },
    ZRANGEBYSCORE: { needs: 3, run: args => range(args, { byScore: true }) },
    ZREVRANGEBYSCORE: { needs: 3, run: args => range(args, { byScore: true, reverse: true }) },
    ZCOUNT: {
      needs: 3,
      run: ([key = '', min, max]) =>
        look(key, scores => {
          const found = between(scores, min, max)
          return found ? integer(found.length) : NO_RANGE
        }),
    },
    ZREM: {
      needs: 2,
      writes: true,
      run: ([key = '', ...members]) =>
        look(key, scores =>
          removed(
            key,
            scores,
            [...scores].filter(([member]) => members.includes(member)),
          ),
        ),
    },
    ZREMRANGEBYSCORE: {
      needs: 3,
      writes: true,
      run: ([key = '', min, max]) =>
        look(key, scores => {
          const gone = between(scores, min, max)
          return gone ? removed(key, scores, gone) : NO_RANGE
        }),
    },
    ZREMRANGEBYRANK: {
      needs: 3,
      writes: true,
      run: ([key = '', from, to]) => {
        const [first, last] = [whole(from), whole(to)]
        if (first === undefined || last === undefined) return NO_INTEGER
        return look(key, scores => removed(key, scores, slice(ordered(scores), first, last)))
      },
    },
    ZPOPMIN: { needs: 1, writes: true, run: args => pop(args, false) },
    ZPOPMAX: { needs: 1, writes: true, run: args => pop(args, true) },
  }
}
