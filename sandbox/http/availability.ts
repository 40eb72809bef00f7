/** Availability of the API server. While it is down, connections are refused; open ones end when it goes. */
import type { Stream } from './exchange.ts'

export class Availability {
  #up = true
  readonly #open = new Set<() => void>()

  get up(): boolean {
    return this.#up
  }

  set(up: boolean): void {
    this.#up = up
    if (up) return
    const broken = [...this.#open]
    this.#open.clear()
    for (const end of broken) end()
  }

  /** Notes a connection that lasts. @returns to be called when it has ended by itself */
  opened(end: () => void): () => void {
    this.#open.add(end)
    return () => void this.#open.delete(end)
  }

  /** The same stream, ended when the server goes. */
  guard(stream: Stream): Stream {
    return {
      open: (write, end) => {
        let open = true
        const close = (): void => {
          open = false
          forget()
        }
        let stop = (): void => {}
        const forget = this.opened(() => {
          open = false
          stop()
          end()
        })
        stop = stream.open(
          piece => open && write(piece),
          () => {
            if (!open) return
            close()
            end()
          },
        )
        return () => {
          close()
          stop()
        }
      },
    }
  }
}
