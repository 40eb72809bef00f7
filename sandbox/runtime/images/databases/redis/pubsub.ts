/** Channels of redis: who listens to which, by name or by pattern, and what is said there. */
import { pattern } from './keyspace.ts'
import { array, bulk, encode, error, integer, type Reply } from './protocol.ts'

export interface Listener {
  send(text: string): void
}

interface Heard {
  channels: Set<string>
  patterns: Set<string>
}

export class Channels {
  readonly #listeners = new Map<Listener, Heard>()

  listens(listener: Listener): boolean {
    return this.#listeners.has(listener)
  }

  lose(listener: Listener): void {
    this.#listeners.delete(listener)
  }

  /** SUBSCRIBE and its likes, each name with an answer of its own. */
  change(listener: Listener, command: string, names: readonly string[]): void {
    const heard = this.#listeners.get(listener) ?? { channels: new Set(), patterns: new Set() }
    const set = command.startsWith('P') ? heard.patterns : heard.channels
    const leaves = command.endsWith('UNSUBSCRIBE')
    const all: readonly (string | undefined)[] = names.length || !leaves ? names : set.size ? [...set] : [undefined]
    for (const name of all) {
      if (name !== undefined) leaves ? set.delete(name) : set.add(name)
      const count = heard.channels.size + heard.patterns.size
      listener.send(encode({ kind: 'array', items: [bulk(command.toLowerCase()), bulk(name), integer(count)] }))
    }
    if (heard.channels.size + heard.patterns.size) this.#listeners.set(listener, heard)
    else this.#listeners.delete(listener)
  }

  /** @returns how many have heard it */
  publish(channel: string, text: string): number {
    let reached = 0
    for (const [listener, { channels, patterns }] of this.#listeners) {
      if (channels.has(channel)) {
        reached++
        listener.send(encode(array(['message', channel, text])))
      }
      for (const one of patterns) {
        if (!pattern(one).test(channel)) continue
        reached++
        listener.send(encode(array(['pmessage', one, channel, text])))
      }
    }
    return reached
  }

  /** PUBSUB: who is listened to. */
  about([what = '', ...args]: readonly string[]): Reply {
    const all = [...this.#listeners.values()]
    const counted = (channel: string): number => all.filter(({ channels }) => channels.has(channel)).length
    switch (what.toUpperCase()) {
      case 'CHANNELS': {
        const names = new Set(all.flatMap(({ channels }) => [...channels]))
        return array([...names].filter(name => args[0] === undefined || pattern(args[0]).test(name)))
      }
      case 'NUMSUB':
        return { kind: 'array', items: args.flatMap(name => [bulk(name), integer(counted(name))]) }
      case 'NUMPAT':
        return integer(new Set(all.flatMap(({ patterns }) => [...patterns])).size)
      default:
        return error(`ERR unknown subcommand '${what}'. Try PUBSUB HELP.`)
    }
  }
}
