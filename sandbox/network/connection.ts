/** The two ends of one connection. Text sent at one instant arrives together, a moment later, in order. */
import type { Clock } from '../clock/clock.ts'
import type { Connection, Protocol, TcpState } from './network.ts'

interface Address {
  ip: string
  port: number
}

/** The way between the two ends: how long it takes, and whether anything passes just now. */
export interface Wire {
  readonly clock: Clock
  readonly latencyMs: number
  open(): boolean
  /** Both directions are finished. */
  finished(): void
}

export class End implements Connection {
  readonly local: Address
  readonly remote: Address
  readonly protocol: Protocol
  peer!: End
  readonly #wire: Wire
  #onData: ((data: string) => void) | undefined
  #onClose: (() => void) | undefined
  /** Sent here, not yet arrived there. */
  #outgoing = ''
  #closing = false
  /** It has finished sending before it heard the other side's end. */
  isFirst = false
  #scheduled = false
  /** Arrived here, not yet asked for. */
  #arrived = ''
  #ended = false
  #told = false

  constructor(wire: Wire, local: Address, remote: Address, protocol: Protocol) {
    this.#wire = wire
    this.protocol = protocol
    this.local = local
    this.remote = remote
  }

  send(data: string): void {
    if (this.#closing || !data) return
    this.#outgoing += data
    this.#schedule()
  }

  close(): void {
    if (this.#closing) return
    this.#closing = true
    this.isFirst = !this.#ended
    this.#schedule()
  }

  /** The machine at this end is gone: nothing more is sent and nothing more is heard. */
  abort(): void {
    this.#onData = undefined
    this.#onClose = undefined
    this.close()
    this.#ended = true
    this.#told = true
  }

  /** No answer for so long that the system gives up. */
  giveUp(): void {
    this.#outgoing = ''
    this.#closing = true
    this.#end()
  }

  onData(handler: (data: string) => void): void {
    this.#onData = handler
    this.#deliver()
  }

  onClose(handler: () => void): void {
    this.#onClose = handler
    this.#deliver()
  }

  get finished(): boolean {
    return this.#closing && this.#ended
  }

  /** Nothing more is sent from here. */
  get isClosing(): boolean {
    return this.#closing
  }

  /** As the kernel names it, of one that is not finished. A datagram tells nobody that it was the last. */
  get state(): TcpState {
    if (this.protocol === 'UDP') return 'ESTABLISHED'
    return this.#closing ? 'FIN_WAIT2' : this.#ended ? 'CLOSE_WAIT' : 'ESTABLISHED'
  }

  get waiting(): boolean {
    return this.#scheduled
  }

  /** Passes on what is waiting; called again when the wire opens. */
  flush(): void {
    if (!this.#scheduled || !this.#wire.open()) return
    this.#scheduled = false
    const data = this.#outgoing
    this.#outgoing = ''
    this.peer.#receive(data, this.#closing)
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#wire.clock.after(this.#wire.latencyMs, () => this.flush())
  }

  #receive(data: string, end: boolean): void {
    if (this.#ended) return
    this.#arrived += data
    if (end) this.#end()
    else this.#deliver()
  }

  #end(): void {
    this.#ended = true
    this.#deliver()
    if (this.finished || this.peer.finished) this.#wire.finished()
  }

  #deliver(): void {
    if (this.#arrived && this.#onData) {
      const data = this.#arrived
      this.#arrived = ''
      this.#onData(data)
    }
    const onClose = this.#onClose
    if (this.#ended && !this.#arrived && onClose && !this.#told) {
      this.#told = true
      // Nothing comes any more. What has been told is let go: through it one dead connection kept the next one from being collected.
      this.#onData = undefined
      this.#onClose = undefined
      onClose()
    }
  }
}
