/** Attachments to a container's own output, as by `kubectl attach`. */
import type { ExecSession } from '../cri.ts'
import type { ExitStatus } from '../processes/process.ts'

type OnOutput = (stream: 'stdout' | 'stderr', data: string) => void
type OnExit = (status: ExitStatus) => void

interface Attached {
  output?: OnOutput
  exit?: OnExit
}

export class Attachments {
  readonly #all = new Set<Attached>()

  output(stream: 'stdout' | 'stderr', data: string): void {
    for (const attached of [...this.#all]) attached.output?.(stream, data)
  }

  exit(status: ExitStatus): void {
    for (const attached of [...this.#all]) attached.exit?.(status)
  }

  /** One more who watches. @param ended how the container has ended, if it has */
  add(ended: () => ExitStatus | undefined): Pick<ExecSession, 'onOutput' | 'onExit' | 'close'> & { finish(): void } {
    const attached: Attached = {}
    this.#all.add(attached)
    return {
      onOutput(handler) {
        attached.output = handler
      },
      onExit(handler) {
        attached.exit = handler
        const status = ended()
        if (status) handler(status)
      },
      close: () => void this.#all.delete(attached),
      /** It is over for this one, whatever becomes of the container. */
      finish: () => {
        if (this.#all.delete(attached)) attached.exit?.({ code: 0 })
      },
    }
  }
}
