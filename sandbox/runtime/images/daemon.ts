/** A daemon as data: where it listens, what it says and answers, when it refuses to start. */
import type { Connection } from '../../network/network.ts'
import type { Process } from '../process.ts'

export interface Daemon {
  /** 0: it listens nowhere that is simulated. */
  port: number
  memory: number
  /** For tags that say none; `{version}` stands for it in its words. */
  version?: string
  /** What tags that name only a line of versions stand for. */
  lines?: Readonly<Record<string, string>>
  /** Why it will not start, as its entrypoint says. */
  refuses?(env: Record<string, string>): string | undefined
  /** CPU until it listens. */
  startMs?: number
  ready: readonly string[]
  stopping?: readonly string[]
  /** Before each line; the time, when it has none of its own. */
  plain?: boolean
  /** Answers HTTP with this. */
  page?: { body: string; type?: string }
  converse?(process: Process, connection: Connection): void
  also?(process: Process): void | Promise<void>
}
