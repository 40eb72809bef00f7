/** A server's databases, and who works on them. */
import type { Content } from './catalog.ts'
import { type EngineOptions, Session } from './session.ts'

export class Engine {
  readonly options: EngineOptions
  content: Content
  /** Who is connected. */
  readonly sessions = new Set<Session>()
  readonly startedAt: number
  statements = 0
  #connections = 7

  constructor(options: EngineOptions) {
    this.options = options
    this.content = options.content
    this.startedAt = options.clock.now()
  }

  get connections(): number {
    return this.#connections
  }

  /** @param from where somebody comes from; absent: through the server's socket */
  session(user: string, database?: string, from?: { ip: string; port: number }): Session {
    const session = new Session(this, user, database, this.count(), from)
    this.sessions.add(session)
    return session
  }

  /** The number of one who comes, whether let in or not. */
  count(): number {
    return ++this.#connections
  }
}
