/** What redis-server's parts share, and what is known of one who is connected. */
import type { Connection } from '../../../../network/network.ts'
import type { Waiters } from './blocking.ts'
import type { Clients } from './clients.ts'
import type { RedisConfig } from './config.ts'
import type { Database } from './database.ts'
import type { Standing } from './information.ts'
import type { Persistence } from './persistence.ts'
import type { Reply } from './protocol.ts'
import type { Channels } from './pubsub.ts'
import type { Followers, Replica } from './replication.ts'

export interface Server {
  config: RedisConfig
  database: Database
  standing: Standing
  followers: Followers
  replica: Replica
  channels: Channels
  clients: Clients
  now(): number
  waiters: Waiters
  log(text: string): void
  major: number
  persistence: Persistence
  /** The database that each has chosen; the first when it has chosen none. */
  selected: WeakMap<object, number>
  /** Those who watch keys. */
  watchers: Set<Client>
  /** Ends the server, after a last snapshot when it is wanted; or does not, when that fails. */
  shutDown(save: boolean | undefined): Reply | undefined
}

/** One of those who are connected. */
export interface Client {
  connection: Connection
  /** Commands of a transaction that has begun. */
  queue?: (readonly string[])[] | undefined
  /** Whether one of them cannot be. */
  spoilt?: boolean
  /** Keys that it watches, by database and name, with what they were. */
  watched?: Map<string, { key: string; index: number; print: string; touched: boolean }>
  /** It waits for an answer, and what it says meanwhile is for later. */
  blocked?: boolean
  /** Does what it has said meanwhile. */
  goOn(): void
}
