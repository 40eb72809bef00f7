/** What redis keeps, and the commands on it. */
import type { Clock } from '../../../../clock/clock.ts'
import { hashesCommands } from './commands/hashes.ts'
import { keysCommands } from './commands/keys.ts'
import { listsCommands } from './commands/lists.ts'
import { setsCommands } from './commands/sets.ts'
import { sortedSetsCommands } from './commands/sorted-sets.ts'
import { stringsCommands } from './commands/strings.ts'
import { type Command, Keyspace, Scores, shown, wrongNumber } from './keyspace.ts'
import type { Reply } from './protocol.ts'

export class Database {
  readonly #space: Keyspace
  readonly #commands: Readonly<Record<string, Command>>

  constructor(clock: Clock) {
    const space = new Keyspace(clock)
    this.#space = space
    this.#commands = Object.assign(
      {},
      ...[keysCommands, stringsCommands, listsCommands, hashesCommands, setsCommands, sortedSetsCommands].map(
        commands => commands(space),
      ),
    )
  }

  get size(): number {
    return this.#space.size
  }

  knows(command: string): boolean {
    return command in this.#commands
  }

  writes(command: string): boolean {
    return this.#commands[command]?.writes ?? false
  }

  /** @param command in capitals @returns nothing where it has no such command */
  run(command: string, args: readonly string[]): Reply | undefined {
    const found = this.#commands[command]
    if (!found) return undefined
    if (args.length < found.needs) return wrongNumber(command.toLowerCase())
    return found.run(args)
  }

  /** Commands that make the same of an empty database. */
  dump(): string[][] {
    const commands: string[][] = []
    for (const key of this.#space.keys()) {
      const { data, expires } = this.#space.get(key)!
      if (typeof data === 'string') commands.push(['SET', key, data])
      else if (data instanceof Scores)
        commands.push(['ZADD', key, ...[...data].flatMap(([member, score]) => [shown(score), member])])
      else if (data instanceof Map) commands.push(['HSET', key, ...[...data].flat()])
      else commands.push([Array.isArray(data) ? 'RPUSH' : 'SADD', key, ...data])
      if (expires !== undefined) commands.push(['PEXPIRE', key, String(expires - this.#space.now())])
    }
    return commands
  }
}
