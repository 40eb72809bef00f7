/** Commands of redis on streams: adding, looking, trimming; those of groups are in `stream-groups.ts`. */
import { type Command, type Keyspace, NO_INTEGER, SYNTAX, WRONG_TYPE, whole, wrongNumber } from '../keyspace.ts'
import { array, bulk, error, integer, nothing, ok, type Reply } from '../protocol.ts'
import { compareIds, type Id, LEAST, readId, Stream, textOf } from '../stream.ts'
import { BAD_ID, bound, readStreams, shownEntries, streamAt } from './stream-arguments.ts'
import { groupCommands } from './stream-groups.ts'

interface Trim {
  by: 'MAXLEN' | 'MINID'
  value: string
}

/** `MAXLEN ~ 1000 LIMIT 10`: how many words that was. */
function readTrim(words: readonly string[]): { trim: Trim; used: number } | undefined {
  const by = words[0]?.toUpperCase()
  if (by !== 'MAXLEN' && by !== 'MINID') return undefined
  const sign = words[1] === '~' || words[1] === '=' ? 1 : 0
  const value = words[1 + sign]
  if (value === undefined) return undefined
  const limit = words[2 + sign]?.toUpperCase() === 'LIMIT' ? 2 : 0
  return { trim: { by, value }, used: 2 + sign + limit }
}

/** What is wrong with a bound, which is looked at before anything changes. */
function faultOf({ by, value }: Trim): Reply | undefined {
  if (by === 'MINID') return readId(value) ? undefined : BAD_ID
  const most = whole(value)
  if (most === undefined) return NO_INTEGER
  return most < 0 ? error('ERR The MAXLEN argument must be >= 0.') : undefined
}

/** @param trim without a fault @returns how many went */
function cut(stream: Stream, { by, value }: Trim): number {
  if (by === 'MINID') {
    const least = readId(value) ?? LEAST
    return stream.keep(({ id }) => compareIds(id, least) >= 0)
  }
  const surplus = stream.entries.length - (whole(value) ?? 0)
  return surplus > 0 ? stream.keep((_, i) => i >= surplus) : 0
}

/** Where the id stands in `XADD key [NOMKSTREAM] [MAXLEN …] id …`. */
function idAt(words: readonly string[]): number {
  const at = /^nomkstream$/i.test(words[2] ?? '') ? 3 : 2
  return at + (readTrim(words.slice(at))?.used ?? 0)
}

/** The id that XADD means; a complaint where it cannot be. */
function newId(stream: Stream, text: string, now: number): Id | Reply {
  const { last } = stream
  if (text === '*') return now > last[0] ? [now, 0] : [last[0], last[1] + 1]
  const [, ms] = /^(\d+)-\*$/.exec(text) ?? []
  const id: Id | undefined = ms === undefined ? readId(text) : [Number(ms), Number(ms) === last[0] ? last[1] + 1 : 0]
  if (!id) return BAD_ID
  if (!id[0] && !id[1]) return error('ERR The ID specified in XADD must be greater than 0-0')
  if (compareIds(id, last) <= 0)
    return error('ERR The ID specified in XADD is equal or smaller than the target stream top item')
  return id
}

export function streamsCommands(space: Keyspace): Record<string, Command> {
  const look = (key: string, answer: (stream: Stream) => Reply, none: Reply): Reply => {
    const found = streamAt(space, key)
    return found === 'wrong' ? WRONG_TYPE : found ? answer(found) : none
  }
  const add = ([key = '', ...words]: readonly string[]): Reply => {
    const rest = [...words]
    const make = rest[0]?.toUpperCase() !== 'NOMKSTREAM'
    if (!make) rest.shift()
    const trimming = readTrim(rest)
    if (trimming) rest.splice(0, trimming.used)
    const [text = '', ...fields] = rest
    if (!fields.length || fields.length % 2) return wrongNumber('xadd')
    const there = streamAt(space, key)
    if (there === 'wrong') return WRONG_TYPE
    if (!there && !make) return bulk(undefined)
    const stream = there ?? new Stream()
    const id = newId(stream, text, space.now())
    if ('kind' in id) return id
    const wrong = trimming && faultOf(trimming.trim)
    if (wrong) return wrong
    stream.add(id, fields)
    if (!there) space.set(key, { data: stream })
    if (trimming) cut(stream, trimming.trim)
    return bulk(textOf(id))
  }
  const range = ([key = '', from = '', to = '', ...options]: readonly string[], backwards: boolean): Reply => {
    const [low, high] = backwards ? [bound(to, false), bound(from, true)] : [bound(from, false), bound(to, true)]
    if (!low || !high) return BAD_ID
    let most = Number.POSITIVE_INFINITY
    if (options.length) {
      if (options[0]!.toUpperCase() !== 'COUNT' || options.length !== 2) return SYNTAX
      const count = whole(options[1])
      if (count === undefined) return NO_INTEGER
      most = Math.max(0, count)
    }
    return look(
      key,
      stream => {
        const found = stream.between(low, high)
        return shownEntries((backwards ? found.reverse() : found).slice(0, most))
      },
      array([]),
    )
  }
  const read = (words: readonly string[]): Reply => {
    const asked = readStreams(words, 'xread')
    if ('kind' in asked) return asked
    const items: Reply[] = []
    for (const [key, text] of asked.streams) {
      const stream = streamAt(space, key)
      if (stream === 'wrong') return WRONG_TYPE
      if (text === '>')
        return error(
          'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
        )
      const from = text === '$' ? (stream?.last ?? LEAST) : readId(text)
      if (!from) return BAD_ID
      const found = stream?.after(from).slice(0, asked.count) ?? []
      if (found.length) items.push({ kind: 'array', items: [bulk(key), shownEntries(found)] })
    }
    return items.length ? { kind: 'array', items } : nothing
  }
  return {
    XADD: {
      needs: 4,
      writes: true,
      run: add,
      // With the id that it got, for whoever does it again.
      kept: (words, reply) =>
        reply.kind === 'bulk' && reply.text !== undefined ? words.with(idAt(words), reply.text) : words,
    },
    XLEN: { needs: 1, run: ([key = '']) => look(key, stream => integer(stream.entries.length), integer(0)) },
    XRANGE: { needs: 3, run: words => range(words, false) },
    XREVRANGE: { needs: 3, run: words => range(words, true) },
    XREAD: { needs: 3, run: read },
    XDEL: {
      needs: 2,
      writes: true,
      run([key = '', ...texts]) {
        const ids = texts.map(text => readId(text))
        if (ids.some(id => !id)) return BAD_ID
        return look(key, stream => integer(ids.filter(id => stream.remove(id!)).length), integer(0))
      },
    },
    XTRIM: {
      needs: 3,
      writes: true,
      run([key = '', ...words]) {
        const trimming = readTrim(words)
        if (!trimming) return SYNTAX
        return faultOf(trimming.trim) ?? look(key, stream => integer(cut(stream, trimming.trim)), integer(0))
      },
    },
    XSETID: {
      needs: 2,
      writes: true,
      run([key = '', text = '', ...options]) {
        const id = readId(text)
        if (!id) return BAD_ID
        return look(
          key,
          stream => {
            stream.last = id
            if (options[0]?.toUpperCase() === 'ENTRIESADDED') stream.added = Number(options[1])
            return ok
          },
          error('ERR no such key'),
        )
      },
    },
    ...groupCommands(space),
  }
}
