/** Commands of redis for those who read a stream together: each entry goes to one of a group, who says when he is done with it. */
import { type Command, type Keyspace, NO_INTEGER, SYNTAX, WRONG_TYPE, whole } from '../keyspace.ts'
import { array, bulk, error, integer, nothing, ok, type Reply } from '../protocol.ts'
import { compareIds, type Entry, type Group, type Id, LEAST, type Pending, readId, Stream, textOf } from '../stream.ts'
import { BAD_ID, bound, readStreams, shownEntries, shownEntry, streamAt } from './stream-arguments.ts'

const NO_KEY = error(
  'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
)

const noGroup = (key: string, group: string): Reply =>
  error(`NOGROUP No such key '${key}' or consumer group '${group}'`)

const pair = (items: readonly (string | number | Reply)[]): Reply => ({
  kind: 'array',
  items: items.map(item => (typeof item === 'string' ? bulk(item) : typeof item === 'number' ? integer(item) : item)),
})

export function groupCommands(space: Keyspace): Record<string, Command> {
  const groupOf = (key: string, name: string): { stream: Stream; group: Group } | Reply => {
    const stream = streamAt(space, key)
    if (stream === 'wrong') return WRONG_TYPE
    const group = stream?.groups.get(name)
    return stream && group ? { stream, group } : noGroup(key, name)
  }
  const seen = (group: Group, consumer: string): void => void group.consumers.set(consumer, space.now())
  const give = (group: Group, { id }: Entry, consumer: string): void =>
    void group.pending.set(textOf(id), { id, consumer, time: space.now(), count: 1 })

  const xgroup = ([action = '', key = '', name = '', ...rest]: readonly string[]): Reply => {
    const stream = streamAt(space, key)
    if (stream === 'wrong') return WRONG_TYPE
    const sub = action.toUpperCase()
    if (sub === 'CREATE') {
      const [text = '', ...options] = rest
      const make = options.some(one => /^mkstream$/i.test(one))
      if (!stream && !make) return NO_KEY
      const id = text === '$' ? (stream?.last ?? LEAST) : readId(text)
      if (!id) return BAD_ID
      if (stream?.groups.has(name)) return error('BUSYGROUP Consumer Group name already exists')
      const own = stream ?? new Stream()
      own.groups.set(name, { last: id, pending: new Map(), consumers: new Map() })
      if (!stream) space.set(key, { data: own })
      return ok
    }
    if (!/^(DESTROY|SETID|CREATECONSUMER|DELCONSUMER)$/.test(sub))
      return error(`ERR unknown subcommand '${action}'. Try XGROUP HELP.`)
    if (!stream) return NO_KEY
    const group = stream.groups.get(name)
    if (sub === 'DESTROY') return integer(stream.groups.delete(name) ? 1 : 0)
    if (!group) return error(`NOGROUP No such consumer group '${name}' for key name '${key}'`)
    const [word = ''] = rest
    if (sub === 'SETID') {
      const id = word === '$' ? stream.last : readId(word)
      if (!id) return BAD_ID
      group.last = id
      return ok
    }
    if (sub === 'CREATECONSUMER') {
      if (group.consumers.has(word)) return integer(0)
      seen(group, word)
      return integer(1)
    }
    const mine = [...group.pending].filter(([, one]) => one.consumer === word)
    for (const [id] of mine) group.pending.delete(id)
    group.consumers.delete(word)
    return integer(mine.length)
  }

  const readGroup = ([marker = '', name = '', consumer = '', ...words]: readonly string[]): Reply => {
    if (!/^group$/i.test(marker)) return SYNTAX
    const asked = readStreams(words, 'xreadgroup')
    if ('kind' in asked) return asked
    const items: Reply[] = []
    for (const [key, text] of asked.streams) {
      const found = groupOf(key, name)
      if ('kind' in found)
        return found.kind === 'error' && found !== WRONG_TYPE
          ? error(`NOGROUP No such key '${key}' or consumer group '${name}' in XREADGROUP with GROUP option`)
          : found
      const { stream, group } = found
      if (text === '$')
        return error(
          'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
        )
      seen(group, consumer)
      if (text === '>') {
        const fresh = stream.after(group.last).slice(0, asked.count)
        if (!fresh.length) continue
        group.last = fresh.at(-1)!.id
        if (!asked.noAck) for (const entry of fresh) give(group, entry, consumer)
        items.push(pair([key, shownEntries(fresh)]))
        continue
      }
      const from = readId(text)
      if (!from) return BAD_ID
      const old = pendingOf(group, consumer)
        .filter(({ id }) => compareIds(id, from) > 0)
        .slice(0, asked.count)
      items.push(
        pair([
          key,
          {
            kind: 'array',
            items: old.map(({ id }) => {
              const entry = stream.at(id)
              return entry ? shownEntry(entry) : pair([textOf(id), nothing])
            }),
          },
        ]),
      )
    }
    return items.length ? { kind: 'array', items } : nothing
  }

  const pending = ([key = '', name = '', ...rest]: readonly string[]): Reply => {
    const found = groupOf(key, name)
    if ('kind' in found) return found
    const { group } = found
    const all = pendingOf(group)
    if (!rest.length) {
      if (!all.length) return pair([0, bulk(undefined), bulk(undefined), nothing])
      const counts = new Map<string, number>()
      for (const { consumer } of all) counts.set(consumer, (counts.get(consumer) ?? 0) + 1)
      const consumers: Reply = {
        kind: 'array',
        items: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, n]) => pair([who, String(n)])),
      }
      return pair([all.length, textOf(all[0]!.id), textOf(all.at(-1)!.id), consumers])
    }
    const words = [...rest]
    let idle = 0
    if (/^idle$/i.test(words[0] ?? '')) {
      const ms = whole(words[1])
      if (ms === undefined) return NO_INTEGER
      idle = ms
      words.splice(0, 2)
    }
    const [from, to, count, consumer] = words
    if (count === undefined) return SYNTAX
    const [low, high, most] = [bound(from!, false), bound(to!, true), whole(count)]
    if (!low || !high) return BAD_ID
    if (most === undefined) return NO_INTEGER
    const now = space.now()
    return {
      kind: 'array',
      items: all
        .filter(one => consumer === undefined || one.consumer === consumer)
        .filter(one => compareIds(one.id, low) >= 0 && compareIds(one.id, high) <= 0 && now - one.time >= idle)
        .slice(0, most)
        .map(one => pair([textOf(one.id), one.consumer, now - one.time, one.count])),
    }
  }

  const claim = ([key = '', name = '', consumer = '', least = '', ...rest]: readonly string[]): Reply => {
    const found = groupOf(key, name)
    if ('kind' in found) return found
    const { stream, group } = found
    const idle = whole(least)
    if (idle === undefined) return error('ERR Invalid min-idle-time argument for XCLAIM')
    const ids: Id[] = []
    let at = 0
    for (let id = readId(rest[at] ?? ''); id; id = readId(rest[++at] ?? '')) ids.push(id)
    const options = rest.slice(at).map(word => word.toUpperCase())
    const value = (option: string): number | undefined => {
      const index = options.indexOf(option)
      return index < 0 ? undefined : whole(options[index + 1])
    }
    const now = space.now()
    const time = value('TIME') ?? now - (value('IDLE') ?? 0)
    const taken: Pending[] = []
    for (const id of ids) {
      const before = group.pending.get(textOf(id))
      if (!before && !options.includes('FORCE')) continue
      if (before && now - before.time < idle) continue
      const count = value('RETRYCOUNT') ?? (before?.count ?? 0) + (options.includes('JUSTID') ? 0 : 1)
      const one = { id, consumer, time, count }
      group.pending.set(textOf(id), one)
      taken.push(one)
    }
    seen(group, consumer)
    if (options.includes('JUSTID')) return array(taken.map(({ id }) => textOf(id)))
    return shownEntries(taken.flatMap(({ id }) => stream.at(id) ?? []))
  }

  const autoClaim = ([
    key = '',
    name = '',
    consumer = '',
    least = '',
    start = '',
    ...options
  ]: readonly string[]): Reply => {
    const found = groupOf(key, name)
    if ('kind' in found) return found
    const { stream, group } = found
    const [idle, from] = [whole(least), bound(start, false)]
    if (idle === undefined) return error('ERR Invalid min-idle-time argument for XAUTOCLAIM')
    if (!from) return BAD_ID
    const at = options.findIndex(word => /^count$/i.test(word))
    const most = at < 0 ? 100 : (whole(options[at + 1]) ?? 100)
    const bare = options.some(word => /^justid$/i.test(word))
    const now = space.now()
    const due = pendingOf(group).filter(one => compareIds(one.id, from) >= 0 && now - one.time >= idle)
    const taken = due.slice(0, most)
    const gone = taken.filter(({ id }) => !stream.at(id))
    for (const one of taken) {
      if (gone.includes(one)) group.pending.delete(textOf(one.id))
      else group.pending.set(textOf(one.id), { ...one, consumer, time: now, count: one.count + (bare ? 0 : 1) })
    }
    seen(group, consumer)
    const next = due[most]
    return pair([
      next ? textOf(next.id) : '0-0',
      bare
        ? array(taken.filter(one => !gone.includes(one)).map(({ id }) => textOf(id)))
        : shownEntries(taken.flatMap(({ id }) => stream.at(id) ?? [])),
      array(gone.map(({ id }) => textOf(id))),
    ])
  }

  const info = ([what = '', key = '', name = '']: readonly string[]): Reply => {
    const stream = streamAt(space, key)
    if (stream === 'wrong') return WRONG_TYPE
    const sub = what.toUpperCase()
    if (!/^(STREAM|GROUPS|CONSUMERS)$/.test(sub)) return error(`ERR unknown subcommand '${what}'. Try XINFO HELP.`)
    if (!stream) return error('ERR no such key')
    const now = space.now()
    if (sub === 'GROUPS')
      return {
        kind: 'array',
        items: [...stream.groups].map(([group, { consumers, pending: given, last }]) => {
          const read = stream.added - stream.after(last).length
          return pair([
            ...['name', group, 'consumers', consumers.size, 'pending', given.size, 'last-delivered-id', textOf(last)],
            ...[
              'entries-read',
              compareIds(last, LEAST) ? integer(read) : bulk(undefined),
              'lag',
              stream.after(last).length,
            ],
          ])
        }),
      }
    if (sub === 'CONSUMERS') {
      const group = stream.groups.get(name)
      if (!group) return error(`NOGROUP No such consumer group '${name}' for key name '${key}'`)
      return {
        kind: 'array',
        items: [...group.consumers].map(([consumer, at]) =>
          pair([
            'name',
            consumer,
            'pending',
            pendingOf(group, consumer).length,
            'idle',
            now - at,
            'inactive',
            now - at,
          ]),
        ),
      }
    }
    const [first, last] = [stream.entries[0], stream.entries.at(-1)]
    return pair([
      ...['length', stream.entries.length, 'radix-tree-keys', stream.entries.length ? 1 : 0, 'radix-tree-nodes', 2],
      ...['last-generated-id', textOf(stream.last), 'max-deleted-entry-id', textOf(stream.deleted)],
      ...[
        'entries-added',
        stream.added,
        'recorded-first-entry-id',
        textOf(first?.id ?? LEAST),
        'groups',
        stream.groups.size,
      ],
      ...[
        'first-entry',
        first ? shownEntry(first) : bulk(undefined),
        'last-entry',
        last ? shownEntry(last) : bulk(undefined),
      ],
    ])
  }

  return {
    XGROUP: { needs: 3, writes: true, run: xgroup },
    XREADGROUP: { needs: 6, writes: true, run: readGroup },
    XACK: {
      needs: 3,
      writes: true,
      run([key = '', name = '', ...texts]) {
        const ids = texts.map(text => readId(text))
        if (ids.some(id => !id)) return BAD_ID
        const found = groupOf(key, name)
        if ('kind' in found) return found === WRONG_TYPE ? found : integer(0)
        return integer(ids.filter(id => found.group.pending.delete(textOf(id!))).length)
      },
    },
    XPENDING: { needs: 2, run: pending },
    XCLAIM: { needs: 5, writes: true, run: claim },
    XAUTOCLAIM: { needs: 5, writes: true, run: autoClaim },
    XINFO: { needs: 2, run: info },
  }
}

const pendingOf = ({ pending }: Group, consumer?: string): Pending[] =>
  [...pending.values()]
    .filter(one => consumer === undefined || one.consumer === consumer)
    .sort((a, b) => compareIds(a.id, b.id))
