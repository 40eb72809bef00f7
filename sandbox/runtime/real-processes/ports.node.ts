/**
 * A Pod's ports. There is no network namespace to put a process in; instead a process that listens takes any free port
 * of 127.0.0.1 and tells here, over a socket in the Pod's folder, which port it meant (`preload.node.ts`). The meant port
 * is opened in the simulated network, so that Services, probes, policies and port-forward reach the process as they
 * reach simulated ones. Whoever holds the socket holds the port: it is free again when the process ends, however it ends.
 */
import { type AddressInfo, connect as connectReal, createServer, isIPv4, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Clock } from '../../clock/clock.ts'
import type { Connection, Listener, Network, NetworkNamespace } from '../../network/network.ts'
import { addressOf } from './names.ts'

/** What the preload says, a line each. */
export type Message =
  | { listen: { port: number; host: string } }
  | { connect: { port: number; host: string } }
  | { at: number }
  | { alive: number }
export type Answer =
  /** The port that was asked for, or where on this machine a connection waits. */
  | { port: number }
  | { error: string; address: string }
  /** Not of the cluster: this machine knows the way. */
  | { outside: true }

/** How long a connection waits for a process that may have changed its mind. */
const PATIENCE_MS = 10_000

export interface PodPortsOptions {
  clock: Clock
  network: Network
  net: NetworkNamespace
  resolvConf: string
  /** Of the socket; undefined where files cannot be sockets, for a port of this machine. */
  path: string | undefined
  /** Told of every process whose preload has run. */
  onAlive(pid: number): void
  /** Told of every port of this machine that is taken for the sake of the simulation. */
  onPort(port: number): void
}

export class PodPorts {
  readonly #clock: Clock
  readonly #net: NetworkNamespace
  readonly #network: Network
  readonly #resolvConf: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** How to shut those that nobody has come through yet. */
  readonly #doors = new Set<() => void>()
  readonly #onAlive: (pid: number) => void
  readonly #onPort: (port: number) => void
  /** Where processes find the runtime: a path, or a port of this machine. */
  readonly channel: string

  constructor({ clock, network, net, resolvConf, path, onAlive, onPort }: PodPortsOptions) {
    this.#network = network
    this.#resolvConf = resolvConf
    this.#onAlive = onAlive
    this.#onPort = onPort
    this.#clock = clock
    this.#net = net
    // Without a host, since then the port is known at once.
    this.#server = createServer(socket => this.#serve(socket)).listen(path ?? 0)
    this.#server.unref()
    const port = path === undefined ? (this.#server.address() as AddressInfo).port : undefined
    this.channel = path ?? String(port)
    if (port !== undefined) onPort(port)
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.unref()
    socket.on('error', () => socket.destroy())
    let listener: Listener | undefined
    let at: number | undefined
    // Between the claim and the listening a connection waits, as in a backlog.
    const backlog: Connection[] = []
    const accept = (connection: Connection): void => {
      if (at === undefined) backlog.push(connection)
      else this.#carry(connection, connectReal({ port: at, host: '127.0.0.1' }))
    }
    createInterface({ input: socket }).on('line', line => {
      const message = JSON.parse(line) as Message
      if ('at' in message) {
        at = message.at
        this.#onPort(at)
        for (const connection of backlog.splice(0)) accept(connection)
      }
      if ('alive' in message) this.#onAlive(message.alive)
      if ('connect' in message) {
        const { host, port } = message.connect
        this.#clock.soon(() => this.#connect(socket, host, port))
      }
      if (!('listen' in message)) return
      const { port, host } = message.listen
      this.#clock.soon(() => {
        const answer = this.#listen(port, host, accept)
        if ('listener' in answer) listener = answer.listener
        if (socket.destroyed) listener?.close()
        else reply(socket, 'listener' in answer ? { port: answer.listener.port } : { ...answer, address: host })
      })
    })
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#clock.soon(() => {
        listener?.close()
        for (const connection of backlog.splice(0)) connection.close()
      })
    })
  }

  #listen(
    port: number,
    host: string,
    accept: (connection: Connection) => void,
  ): { listener: Listener } | { error: string } {
    try {
      return { listener: this.#net.listen('TCP', port, accept, host) }
    } catch (error) {
      return { error: (error as { code?: string }).code ?? 'EINVAL' }
    }
  }

  /** A connection into the cluster waits at a port of this machine for the one who asked. */
  #connect(asker: Socket, host: string, port: number): void {
    const ip = isIPv4(host) ? host : host === '::1' ? '127.0.0.1' : addressOf(host, this.#net, this.#resolvConf)
    if (ip === undefined || !this.#network.holds(ip, port, this.#net)) {
      reply(asker, { outside: true })
      return
    }
    const giveUp = this.#net.connect('TCP', ip, port, result => {
      if ('failure' in result) {
        reply(asker, { error: result.failure, address: ip })
        return
      }
      const { connection } = result
      const shut = (): void => {
        clearTimeout(patience)
        this.#doors.delete(shut)
        door.close()
      }
      const door = createServer(socket => {
        shut()
        this.#carry(connection, socket)
      })
      const patience = setTimeout(() => {
        shut()
        this.#clock.soon(() => connection.close())
      }, PATIENCE_MS).unref()
      this.#doors.add(shut)
      door
        .listen(0, '127.0.0.1', () => {
          const { port: at } = door.address() as AddressInfo
          this.#onPort(at)
          reply(asker, { port: at })
        })
        .unref()
    })
    asker.on('close', () => this.#clock.soon(giveUp))
  }

  #carry(connection: Connection, socket: Socket): void {
    this.#sockets.add(socket)
    socket.setEncoding('utf8').setNoDelay(true).unref()
    const later = (task: () => void): void => this.#clock.soon(task)
    connection.onData(data => void socket.write(data))
    connection.onClose(() => void socket.end())
    socket.on('data', data => later(() => connection.send(String(data))))
    socket.on('end', () => later(() => connection.close()))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#sockets.delete(socket)
      later(() => connection.close())
    })
  }

  close(): void {
    this.#server.close()
    for (const shut of this.#doors) shut()
    for (const socket of this.#sockets) socket.destroy()
  }
}

function reply(socket: Socket, answer: Answer): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
}
