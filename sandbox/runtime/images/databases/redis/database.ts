/** What redis keeps, and the commands on it. */
import type { Clock } from '../../../../clock/clock.ts'
import { byteLength } from '../../../files/tree.ts'
import { hashesCommands } from './commands/hashes.ts'
import { keysCommands } from './commands/keys.ts'
import { listsCommands } from './commands/lists.ts'
import { setsCommands } from './commands/sets.ts'
import { sortedSetsCommands } from './commands/sorted-sets.ts'
import { streamsCommands } from './commands/streams.ts'
import { stringsCommands } from './commands/strings.ts'
import { type Command, Keyspace, Scores, shown, type Value, wrongNumber } from './keyspace.ts'
import type { Reply } from './protocol.ts'
import { Stream } from './stream.ts'

interface Numbered {
  space: Keyspace
  commands: Readonly<Record<string, Command>>
}

const MAKERS = [
  keysCommands,
  stringsCommands,
  listsCommands,
  hashesCommands,
  setsCommands,
  sortedSetsCommands,
  streamsCommands,
]

/** All databases of a server; each is made when it is first chosen. */
export class Database {
  readonly #clock: Clock
  readonly #all: Numbered[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  #at(index: number): Numbered {
    let found = this.#all[index]
    if (!found) {
      const space = new Keyspace(this.#clock)
      found = { space, commands: Object.assign({}, ...MAKERS.map(commands => commands(space))) }
      this.#all[index] = found
    }
    return found
  }

  /** How many keys each has that has some. */
  sizes(): [index: number, keys: number, expiring: number][] {
    return this.#all.flatMap((numbered, index) => {
      const keys = numbered?.space.keys() ?? []
      const expiring = keys.filter(key => numbered!.space.get(key)?.expires !== undefined).length
      return keys.length ? [[index, keys.length, expiring] as [number, number, number]] : []
    })
  }

  knows(command: string): boolean {
    return command in this.#at(0).commands
  }

  writes(command: string): boolean {
    return this.#at(0).commands[command]?.writes ?? false
  }

  /** @param command in capitals @param index of the database @returns nothing where it has no such command */
  run(command: string, args: readonly string[], index = 0): Reply | undefined {
    const found = this.#at(index).commands[command]
    if (!found) return undefined
    if (args.length < found.needs) return wrongNumber(command.toLowerCase())
    if (command === 'FLUSHALL') for (const numbered of this.#all) numbered?.space.clear()
    return found.run(args)
  }

  /** A command as it is kept and told to replicas. */
  kept(words: readonly string[], reply: Reply): readonly string[] {
    return this.#at(0).commands[words[0]!.toUpperCase()]?.kept?.(words, reply) ?? words
  }

  /** When a key is gone, in virtual milliseconds. */
  expiryOf(key: string, index: number): number | undefined {
    return this.#at(index).space.get(key)?.expires
  }

  /** How a real server of this version would keep it; undefined where there is nothing. */
  encoding(key: string, index: number, major: number): string | undefined {
    const data = this.#at(index).space.get(key)?.data
    if (data === undefined) return undefined
    return encodingOf(data, major)
  }

  /** What is at a key, as commands; equal texts are equal values. */
  print(key: string, index: number): string {
    return JSON.stringify(commandsFor(this.#at(index).space, key))
  }

  /** Commands that make the same of an empty server. */
  dump(): string[][] {
    return this.#all.flatMap((numbered, index) => {
      const commands = (numbered?.space.keys() ?? []).flatMap(key => commandsFor(numbered!.space, key))
      return commands.length && index ? [['SELECT', String(index)], ...commands] : commands
    })
  }
}

/** Bytes of a text that is kept beside its object. */
const SHORT = 44
/** Members, and bytes of each, of what is kept in one piece, unless it is configured otherwise. */
const SMALL_SET = 512
const SMALL_HASH = 512
const SMALL = 128
const SMALL_MEMBER = 64
/** Bytes of a list in one piece: a head and an end, and around each member some that tell of its length. */
const SMALL_LIST = 8192
const LIST_HEAD = 7
const AROUND_MEMBER = 2
const LARGEST = 2n ** 63n

const isWhole = (text: string): boolean =>
  /^(0|-?[1-9]\d{0,18})$/.test(text) && BigInt(text) < LARGEST && BigInt(text) >= -LARGEST

function encodingOf(data: Value['data'], major: number): string {
  const packed = major < 7 ? 'ziplist' : 'listpack'
  const short = (members: Iterable<string>): boolean => {
    for (const member of members) if (byteLength(member) > SMALL_MEMBER) return false
    return true
  }
  if (data instanceof Stream) return 'stream'
  if (typeof data === 'string') return isWhole(data) ? 'int' : byteLength(data) <= SHORT ? 'embstr' : 'raw'
  if (data instanceof Scores) return data.size <= SMALL && short(data.keys()) ? packed : 'skiplist'
  if (data instanceof Map)
    return data.size <= SMALL_HASH && short(data.keys()) && short(data.values()) ? packed : 'hashtable'
  if (Array.isArray(data)) {
    const bytes = data.reduce((sum, member) => sum + byteLength(member) + AROUND_MEMBER, LIST_HEAD)
    return bytes <= SMALL_LIST && major >= 7 ? 'listpack' : 'quicklist'
  }
  if (data.size <= SMALL_SET && [...data].every(isWhole)) return 'intset'
  return data.size <= SMALL && short(data) && major >= 7 ? 'listpack' : 'hashtable'
}

function commandsFor(space: Keyspace, key: string): string[][] {
  const value = space.get(key)
  if (!value) return []
  const { data, expires } = value
  const end = expires === undefined ? [] : [['PEXPIREAT', key, String(expires)]]
  if (data instanceof Stream) return [...data.commands(key), ...end]
  const made =
    typeof data === 'string'
      ? ['SET', key, data]
      : data instanceof Scores
        ? ['ZADD', key, ...[...data].flatMap(([member, score]) => [shown(score), member])]
        : data instanceof Map
          ? ['HSET', key, ...[...data].flat()]
          : [Array.isArray(data) ? 'RPUSH' : 'SADD', key, ...data]
  return [made, ...end]
}
