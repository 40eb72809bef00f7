/**
 * As much of SPDY/3.1 as Kubernetes' clients speak: streams that the client opens, data both ways, pings. There is no flow
 * control, as in the library on the other side.
 */
import { HeaderBlocks, type Headers } from './headers.node.ts'

const SYN_STREAM = 1
const SYN_REPLY = 2
const RST_STREAM = 3
const PING = 6
const GOAWAY = 7
const FIN = 1
const VERSION = 0x8003
const MAX_FRAME = 16 * 1024 * 1024

export interface SpdyStream {
  readonly headers: Headers
  onData(handler: (data: Buffer) => void): void
  /** The client sends no more. */
  onEnd(handler: () => void): void
  write(data: string | Uint8Array): void
  end(): void
}

export interface Wire {
  send(bytes: Buffer): void
  close(): void
}

class Stream implements SpdyStream {
  readonly headers: Headers
  readonly #send: (data: Buffer, last: boolean) => void
  #take: ((data: Buffer) => void) | undefined
  #finish: (() => void) | undefined
  #waiting: Buffer[] = []
  #ended = false
  #closed = false

  constructor(headers: Headers, send: (data: Buffer, last: boolean) => void) {
    this.headers = headers
    this.#send = send
  }
  onData(handler: (data: Buffer) => void): void {
    this.#take = handler
    for (const data of this.#waiting.splice(0)) handler(data)
  }
  onEnd(handler: () => void): void {
    this.#finish = handler
    if (this.#ended) handler()
  }
  write(data: string | Uint8Array): void {
    if (!this.#closed && data.length) this.#send(Buffer.from(data), false)
  }
  end(): void {
    if (this.#closed) return
    this.#closed = true
    this.#send(Buffer.alloc(0), true)
  }
  receive(data: Buffer, last: boolean): void {
    if (data.length) {
      if (this.#take) this.#take(data)
      else this.#waiting.push(data)
    }
    if (!last || this.#ended) return
    this.#ended = true
    this.#finish?.()
  }
}

export class SpdyConnection {
  readonly #wire: Wire
  readonly #onStream: (stream: SpdyStream) => void
  readonly #blocks = new HeaderBlocks()
  readonly #streams = new Map<number, Stream>()
  #bytes: Buffer = Buffer.alloc(0)
  /** Header blocks are unpacked one after another, so frames wait for those before them. */
  #turn: Promise<void> = Promise.resolve()
  #closed = false

  constructor(wire: Wire, onStream: (stream: SpdyStream) => void) {
    this.#wire = wire
    this.#onStream = onStream
  }

  receive(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    while (this.#bytes.length >= 8) {
      const size = this.#bytes.readUIntBE(5, 3)
      if (size > MAX_FRAME) {
        this.close()
        return
      }
      if (this.#bytes.length < 8 + size) return
      const frame = this.#bytes.subarray(0, 8 + size)
      this.#bytes = this.#bytes.subarray(8 + size)
      this.#turn = this.#turn.then(() => this.#read(frame)).catch(() => this.close())
    }
  }

  async #read(frame: Buffer): Promise<void> {
    const flags = frame[4]!
    const body = frame.subarray(8)
    if (!(frame[0]! & 0x80)) {
      this.#streams.get(frame.readUInt32BE(0))?.receive(body, (flags & FIN) !== 0)
      return
    }
    switch (frame.readUInt16BE(2)) {
      case SYN_STREAM:
        return this.#open(body, flags)
      case RST_STREAM: {
        const id = body.readUInt32BE(0)
        this.#streams.get(id)?.receive(Buffer.alloc(0), true)
        this.#streams.delete(id)
        return
      }
      case PING:
        this.#control(PING, 0, body)
        return
      case GOAWAY:
        this.#endAll()
        return
    }
  }

  async #open(body: Buffer, flags: number): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff
    const headers = await this.#blocks.read(body.subarray(10))
    const head = Buffer.alloc(4)
    head.writeUInt32BE(id)
    this.#control(SYN_REPLY, 0, Buffer.concat([head, await this.#blocks.write({})]))
    const stream = new Stream(headers, (data, last) => this.#data(id, data, last))
    this.#streams.set(id, stream)
    this.#onStream(stream)
    if (flags & FIN) stream.receive(Buffer.alloc(0), true)
  }

  #data(id: number, data: Buffer, last: boolean): void {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(id)
    head.writeUInt32BE(data.length, 4)
    head[4] = last ? FIN : 0
    this.#send(Buffer.concat([head, data]))
  }

  #control(type: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8)
    head.writeUInt16BE(VERSION)
    head.writeUInt16BE(type, 2)
    head.writeUInt32BE(body.length, 4)
    head[4] = flags
    this.#send(Buffer.concat([head, body]))
  }

  #send(bytes: Buffer): void {
    if (!this.#closed) this.#wire.send(bytes)
  }

  #endAll(): void {
    for (const stream of this.#streams.values()) stream.receive(Buffer.alloc(0), true)
    this.#streams.clear()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#endAll()
    this.#blocks.close()
    this.#wire.close()
  }
}
