/**
 * A Pod's ports. There is no network namespace to put a process in; instead a process that listens takes any free port
 * of 127.0.0.1 and tells here, over a socket in the Pod's folder, which port it meant (`preload.node.ts`). The meant port
 * is opened in the simulated network, so that Services, probes, policies and port-forward reach the process as they
 * reach simulated ones. Whoever holds the socket holds the port: it is free again when the process ends, however it ends.
 */
import { connect as connectReal, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Clock } from '../../clock/clock.ts'
import type { Connection, Listener, NetworkNamespace } from '../../network/network.ts'

/** What the preload says, a line each. */
export type Message = { listen: { port: number; host: string } } | { at: number } | { alive: number }
export type Answer = { port: number } | { error: string }

export class PodPorts {
  readonly #clock: Clock
  readonly #net: NetworkNamespace
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #onAlive: (pid: number) => void

  /** @param onAlive told of every process whose preload has run */
  constructor(clock: Clock, net: NetworkNamespace, path: string, onAlive: (pid: number) => void) {
    this.#onAlive = onAlive
    this.#clock = clock
    this.#net = net
    this.#server = createServer(socket => this.#serve(socket)).listen(path)
    this.#server.unref()
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.unref()
    socket.on('error', () => socket.destroy())
    let listener: Listener | undefined
    let at: number | undefined
    createInterface({ input: socket }).on('line', line => {
      const message = JSON.parse(line) as Message
      if ('at' in message) at = message.at
      if ('alive' in message) this.#onAlive(message.alive)
      if (!('listen' in message)) return
      const { port, host } = message.listen
      this.#clock.soon(() => {
        const answer = this.#listen(port, host, connection => this.#accept(connection, at))
        if ('listener' in answer) listener = answer.listener
        const reply: Answer = 'listener' in answer ? { port: answer.listener.port } : answer
        if (socket.destroyed) listener?.close()
        else socket.write(`${JSON.stringify(reply)}\n`)
      })
    })
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#clock.soon(() => listener?.close())
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

  /** @param port of this machine; a process that has not said yet where it listens is not there yet */
  #accept(connection: Connection, port: number | undefined): void {
    if (port === undefined) {
      connection.close()
      return
    }
    const socket = connectReal({ port, host: '127.0.0.1' })
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
    for (const socket of this.#sockets) socket.destroy()
  }
}
