/** What commands on streams have in common: bounds of ranges, which streams are read from where, and how entries are shown. */
import { type Keyspace, NO_INTEGER, SYNTAX, whole } from '../keyspace.ts'
import { array, bulk, error, type Reply } from '../protocol.ts'
import { type Entry, type Id, LEAST, MOST, readId, Stream, textOf } from '../stream.ts'

export const BAD_ID = error('ERR Invalid stream ID specified as stream command argument')

export const shownEntry = ({ id, fields }: Entry): Reply => ({
  kind: 'array',
  items: [bulk(textOf(id)), array(fields)],
})

export const shownEntries = (entries: readonly Entry[]): Reply => ({ kind: 'array', items: entries.map(shownEntry) })

/** `-`, `+`, an id, or one behind `(` that is not meant itself. */
export function bound(text: string, end: boolean): Id | undefined {
  if (text === '-') return LEAST
  if (text === '+') return MOST
  const open = text.startsWith('(')
  const id = readId(open ? text.slice(1) : text, end ? MOST[1] : 0)
  if (!id || !open) return id
  return end ? [id[1] ? id[0] : id[0] - 1, id[1] ? id[1] - 1 : MOST[1]] : [id[0], id[1] + 1]
}

/** The stream at a key; `wrong`: something else is there. */
export const streamAt = (space: Keyspace, key: string): Stream | undefined | 'wrong' => {
  const value = space.get(key)
  return !value ? undefined : value.data instanceof Stream ? value.data : 'wrong'
}

export interface Asked {
  streams: readonly (readonly [key: string, id: string])[]
  count: number
  noAck: boolean
}

/** `[COUNT n] [BLOCK ms] [NOACK] STREAMS key … id …` */
export function readStreams(words: readonly string[], command: 'xread' | 'xreadgroup'): Asked | Reply {
  let count = Number.POSITIVE_INFINITY
  let noAck = false
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at]!.toUpperCase()
    if (word === 'STREAMS') break
    if (word === 'NOACK') noAck = true
    else if (word === 'COUNT' || word === 'BLOCK') {
      const n = whole(words[++at])
      if (n === undefined) return word === 'COUNT' ? NO_INTEGER : error('ERR timeout is not an integer or out of range')
      if (word === 'COUNT' && n > 0) count = n
    } else return SYNTAX
  }
  const rest = words.slice(at + 1)
  if (at >= words.length || !rest.length) return SYNTAX
  if (rest.length % 2)
    return error(
      `ERR Unbalanced '${command}' list of streams: for each stream key an ID${command === 'xread' ? ", '+', or '$'" : " or '>'"} must be specified.`,
    )
  const half = rest.length / 2
  return { streams: rest.slice(0, half).map((key, i) => [key, rest[half + i]!] as const), count, noAck }
}
