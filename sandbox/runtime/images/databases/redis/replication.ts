/** Replication of redis: what a master sends to its replicas, and the replica that follows one. */
import type { Connection } from '../../../../network/network.ts'
import { type ConnectionStream, connect } from '../../../commands/network/connect.ts'
import { byteLength } from '../../../files/tree.ts'
import type { Process } from '../../../processes/process.ts'
import type { RedisConfig } from './config.ts'
import type { Database } from './database.ts'
import { command, takeCommand } from './protocol.ts'

/** What the server of one process shares with both sides. */
export interface Sharing {
  process: Process
  database: Database
  config: RedisConfig
  log(text: string): void
  /** Does what another server has done. */
  apply(words: readonly string[]): void
  /** The number before the first dot of its version. */
  major: number
}

/** Newer servers gather replicas before they send to all of them at once. */
const DISKLESS_DELAY_MS = 5000
const DISKLESS_SINCE = 7
const RETRY_MS = 1000
const CONNECT_MS = 60_000

interface Follower {
  connection: Connection
  address: string
  port: number
  online: boolean
}

/** The replicas of a master. */
export class Followers {
  readonly #shared: Sharing
  readonly #all = new Map<Connection, Follower>()
  /** Of replicas that have said a port and not yet asked for more. */
  readonly #ports = new Map<Connection, number>()
  #id: string | undefined
  /** The database that replicas have been told of last. */
  #at: number | undefined
  /** How much has been sent since there were replicas. */
  offset = 0

  constructor(shared: Sharing) {
    this.#shared = shared
  }

  /** The history that this server tells; drawn when the first one asks. */
  get id(): string {
    this.#id ??= this.#shared.process.random.hex(40)
    return this.#id
  }

  get online(): readonly Follower[] {
    return [...this.#all.values()].filter(({ online }) => online)
  }

  announce(connection: Connection, port: number): void {
    this.#ports.set(connection, port)
  }

  /** A replica asks for everything. */
  add(connection: Connection): void {
    const { process, log, major } = this.#shared
    const port = this.#ports.get(connection) ?? 6379
    const follower = { connection, address: `${connection.remote.ip}:${port}`, port, online: false }
    log(`* Replica ${follower.address} asks for synchronization`)
    log(`* Full resync requested by replica ${follower.address}`)
    this.#all.set(connection, follower)
    if (major < DISKLESS_SINCE) {
      log('* Starting BGSAVE for SYNC with target: disk')
      this.#send(follower)
      return
    }
    log('* Delay next BGSAVE for diskless SYNC')
    process.clock.after(DISKLESS_DELAY_MS, () => {
      if (!this.#all.has(connection)) return
      log('* Starting BGSAVE for SYNC with target: replicas sockets')
      this.#send(follower)
    })
  }

  #send(follower: Follower): void {
    const { database, log, major } = this.#shared
    // What comes after it names its database anew.
    this.#at = undefined
    const dump = [['SELECT', '0'], ...database.dump()].map(command).join('')
    follower.online = true
    follower.connection.send(`+FULLRESYNC ${this.id} ${this.offset}\r\n$${dump.length}\r\n${dump}`)
    if (major < DISKLESS_SINCE) log('* Background saving terminated with success')
    else log('* Background RDB transfer terminated with success')
    log(`* Synchronization with replica ${follower.address} succeeded`)
  }

  /** Nobody counts what nobody has asked for. @param index of the database that it is about, if it is about one */
  feed(words: readonly string[], index: number | undefined): void {
    if (!this.#id) return
    const elsewhere = index !== undefined && index !== this.#at
    if (elsewhere) this.#at = index
    const text = (elsewhere ? command(['SELECT', String(index)]) : '') + command(words)
    this.offset += byteLength(text)
    for (const { connection } of this.online) connection.send(text)
  }

  /** A connection is gone, whoever it was. */
  lose(connection: Connection): void {
    this.#ports.delete(connection)
    const follower = this.#all.get(connection)
    if (!follower) return
    this.#all.delete(connection)
    this.#shared.log(`* Connection with replica ${follower.address} lost.`)
  }
}

/** All that a master has: its length, and the text with nothing behind it. */
function takeDump(buffer: string): { text: string; rest: string } | undefined {
  const [head, length] = /^\$(\d+)\r\n/.exec(buffer) ?? []
  if (head === undefined) return undefined
  const end = head.length + Number(length)
  return buffer.length < end ? undefined : { text: buffer.slice(head.length, end), rest: buffer.slice(end) }
}

export interface Master {
  host: string
  port: number
}

/** A server that follows another, as long as it is told to. */
export class Replica {
  readonly #shared: Sharing
  #master: Master | undefined
  #wake = (): void => {}
  #stream: ConnectionStream | undefined
  linked = false
  offset = 0

  constructor(shared: Sharing, master: Master | undefined) {
    this.#shared = shared
    this.#master = master
  }

  get master(): Master | undefined {
    return this.#master
  }

  /** @param master nobody, where it is to be a master itself */
  follow(master: Master | undefined): void {
    this.#master = master
    this.linked = false
    this.#stream?.hangUp()
    this.#wake()
  }

  /** The server's thread that follows; never returns. */
  async run(): Promise<never> {
    const { process } = this.#shared
    for (;;) {
      while (!this.#master)
        await process.block<void>(wake => {
          this.#wake = wake
        })
      const master = this.#master
      await this.#sync(master)
      if (this.#master === master) await process.sleep(RETRY_MS)
    }
  }

  async #sync(master: Master): Promise<void> {
    const { host, port } = master
    const { process, log, major } = this.#shared
    const replica = major < 5 ? 'SLAVE' : 'REPLICA'
    log(`* Connecting to MASTER ${host}:${port}`)
    const opened = await connect(process, host, port, { timeoutMs: CONNECT_MS })
    // It may have been told of another meanwhile.
    if (this.#master !== master) return 'stream' in opened ? opened.stream.close() : undefined
    if ('failure' in opened) {
      if (opened.failure === 'ENOTFOUND')
        log(`# Unable to connect to MASTER: ${major < 6 ? 'No such file or directory' : 'Success'}`)
      else {
        log(`* MASTER <-> ${replica} sync started`)
        log(`# Error condition on socket for SYNC: ${opened.message}`)
      }
      return
    }
    log(`* MASTER <-> ${replica} sync started`)
    log('* Non blocking connect for SYNC fired the event.')
    this.#stream = opened.stream
    await this.#talk(opened.stream, replica)
    opened.stream.close()
    this.#stream = undefined
    if (!this.linked) return
    this.linked = false
    log('* Connection with master lost.')
    log('* Caching the disconnected master state.')
  }

  /** Greets the master, takes what it has, and does what it does until the connection is gone. */
  async #talk(stream: ConnectionStream, replica: string): Promise<void> {
    const { process, log, config, apply } = this.#shared
    let buffer = ''
    const more = async (): Promise<boolean> => {
      const data = await stream.read(process)
      buffer += data
      return data !== ''
    }
    /** One line of an answer. */
    const ask = async (words: readonly string[]): Promise<string | undefined> => {
      await stream.write(process, command(words))
      while (!buffer.includes('\r\n')) if (!(await more())) return undefined
      const end = buffer.indexOf('\r\n')
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 2)
      return line
    }
    const pong = await ask(['PING'])
    if (pong === undefined) return
    log('* Master replied to PING, replication can continue...')
    const password = config.get('masterauth')
    if (password) {
      const answer = await ask(['AUTH', password])
      if (answer?.startsWith('-')) return log(`# Unable to AUTH to MASTER: ${answer}`)
    }
    const heard = await ask(['REPLCONF', 'listening-port', config.get('port')])
    if (heard?.startsWith('-')) log(`* (Non critical) Master does not understand REPLCONF listening-port: ${heard}`)
    log('* Partial resynchronization not possible (no cached master)')
    const answer = await ask(['PSYNC', '?', '-1'])
    if (answer === undefined) return
    const [, id, offset] = /^\+FULLRESYNC (\S+) (\d+)$/.exec(answer) ?? []
    if (id === undefined) {
      log(`# Unexpected reply to PSYNC from master: ${answer}`)
      return log(`# MASTER aborted replication with an error: ${answer}`)
    }
    log(`* Full resync from master: ${id}:${offset}`)
    let dump = takeDump(buffer)
    while (!dump) {
      if (!(await more())) return
      dump = takeDump(buffer)
    }
    buffer = dump.rest
    const { text } = dump
    log(`* MASTER <-> ${replica} sync: receiving ${byteLength(text)} bytes from master to disk`)
    log(`* MASTER <-> ${replica} sync: Flushing old data`)
    apply(['FLUSHALL'])
    log(`* MASTER <-> ${replica} sync: Loading DB in memory`)
    for (let next = takeCommand(text); next; next = takeCommand(next.rest)) apply(next.words)
    log(`* MASTER <-> ${replica} sync: Finished with success`)
    this.linked = true
    this.offset = Number(offset)
    do
      for (let next = takeCommand(buffer); next; next = takeCommand(buffer)) {
        this.offset += byteLength(buffer) - byteLength(next.rest)
        buffer = next.rest
        apply(next.words)
      }
    while (await more())
  }
}
