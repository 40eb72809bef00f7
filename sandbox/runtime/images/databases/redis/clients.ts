/** Who is connected to redis: CLIENT, and MONITOR's view of what they say. */
import type { Connection } from '../../../../network/network.ts'
import type { Client } from './connected.ts'
import { wrongNumber } from './keyspace.ts'
import { bulk, encode, error, integer, ok, type Reply, status } from './protocol.ts'
import { quoted } from './quoting.ts'

/** A monitor is not shown what is only for administrators, nor passwords. */
const UNSHOWN =
  /^(acl (?!whoami)|auth|bgrewriteaof|bgsave|client (kill|list|pause|unpause|no-evict)|config|debug|failover|latency|monitor|psync|replconf|replicaof|save|shutdown|slaveof|slowlog|sync)( |$)/i
/** Nor what has been refused before it was looked at. */
const REFUSED = /^(ERR (wrong number of arguments|unknown command|unknown subcommand|Can't execute)|READONLY)/

interface Known {
  client: Client
  id: number
  name: string
  since: number
  saidAt: number
  last: string
}

export class Clients {
  readonly #all = new Map<Connection, Known>()
  readonly #monitors = new Set<Connection>()
  readonly #now: () => number
  readonly #indexOf: (connection: Connection) => number
  /** How many there have been, and how much they have said. */
  accepted = 0
  processed = 0

  constructor(now: () => number, indexOf: (connection: Connection) => number) {
    this.#now = now
    this.#indexOf = indexOf
  }

  get size(): number {
    return this.#all.size
  }

  get blocked(): number {
    return [...this.#all.values()].filter(({ client }) => client.blocked).length
  }

  add(client: Client): void {
    this.accepted++
    const now = this.#now()
    this.#all.set(client.connection, { client, id: this.accepted + 2, name: '', since: now, saidAt: now, last: 'NULL' })
  }

  lose(connection: Connection): void {
    this.#all.delete(connection)
    this.#monitors.delete(connection)
  }

  /** Before a command is done. */
  said(connection: Connection, words: readonly string[]): void {
    this.processed++
    const known = this.#all.get(connection)
    if (known) {
      known.saidAt = this.#now()
      known.last = /^(client|config|object|acl)$/i.test(words[0] ?? '')
        ? `${words[0]}|${words[1] ?? ''}`.toLowerCase()
        : (words[0] ?? '').toLowerCase()
    }
  }

  /** After a command has been done: its connection is at the database that it has chosen. @param reply undefined where it comes later */
  done(connection: Connection, words: readonly string[], reply: Reply | undefined): void {
    if (!this.#monitors.size || UNSHOWN.test(words.slice(0, 2).join(' '))) return
    if (reply?.kind === 'error' && REFUSED.test(reply.text)) return
    const { ip, port } = connection.remote
    const all = words.map(quoted).join(' ')
    const line = `${(this.#now() / 1000).toFixed(6)} [${this.#indexOf(connection)} ${ip}:${port}] ${all}`
    for (const monitor of this.#monitors) monitor.send(encode(status(line)))
  }

  monitor(connection: Connection): Reply {
    this.#monitors.add(connection)
    return ok
  }

  #line(connection: Connection, { client, id, name, since, saidAt, last }: Known): string {
    const seconds = (from: number): number => Math.floor((this.#now() - from) / 1000)
    const flags = this.#monitors.has(connection) ? 'O' : client.queue ? 'x' : client.blocked ? 'b' : 'N'
    const { ip, port } = connection.remote
    return `id=${id} addr=${ip}:${port} laddr=${connection.local.ip}:${connection.local.port} fd=${id + 5} name=${name} age=${seconds(since)} idle=${seconds(saidAt)} flags=${flags} db=${this.#indexOf(connection)} sub=0 psub=0 ssub=0 multi=${client.queue?.length ?? -1} watch=${client.watched?.size ?? 0} cmd=${last} user=default redir=-1 resp=2 lib-name= lib-ver=\n`
  }

  command([action = '', ...args]: readonly string[], connection: Connection): Reply {
    const own = this.#all.get(connection)
    switch (action.toUpperCase()) {
      case '':
        return wrongNumber('client')
      case 'ID':
        return integer(own?.id ?? 0)
      case 'GETNAME':
        return bulk(own?.name || undefined)
      case 'SETNAME':
        if (args.length !== 1) return wrongNumber('client|setname')
        if (/[^!-~]/.test(args[0]!))
          return error('ERR Client names cannot contain spaces, newlines or special characters.')
        if (own) own.name = args[0]!
        return ok
      case 'INFO':
        return bulk(own && this.#line(connection, own))
      case 'LIST':
        if (args.length) return error('ERR CLIENT LIST with options is not simulated')
        return bulk([...this.#all].map(([one, known]) => this.#line(one, known)).join(''))
      default:
        return error(`ERR CLIENT ${action} is not simulated`)
    }
  }
}
