/** A server's side of a connection: who is let in, what they ask, what they are told. */
import type { Connection } from '../../../../network/network.ts'
import { isErrno } from '../../../errno.ts'
import { SqlError } from '../../../sql/dialect.ts'
import type { Engine } from '../../../sql/engine.ts'
import type { Outcome } from '../../../sql/outcome.ts'
import type { Session } from '../../../sql/session.ts'
import { type Answer, linesOf, type Person, readLogin, readMessage } from './login.ts'

export interface Serving {
  engine: Engine
  version: string
  /**
   * Why somebody is not let in, in the server's words; undefined when they are.
   * @param from by the network; absent: through the server's socket
   */
  refuses(person: Person, from: { ip: string; port: number } | undefined): string | undefined
  errorOf(error: SqlError): NonNullable<Answer['error']>
  /** Lines that are no statements: backups, replicas. @returns whether it was one */
  other?(line: string, connection: Connection, session: Session): boolean
  /** Told of who was not let in. @param number counts those who have come */
  denied?(person: Person, why: string, number: number): void
  /** Told of what went wrong. */
  failed?(sql: string, error: NonNullable<Answer['error']>, number: number): void
}

export function converse(serving: Serving, connection: Connection): void {
  let session: Session | undefined
  connection.onData(
    linesOf(line => {
      if (session) {
        if (serving.other?.(line, connection, session)) return
        const { sql, data } = readMessage<{ sql?: unknown; data?: unknown }>(line) ?? {}
        if (typeof sql === 'string')
          connection.send(`${JSON.stringify(answer(serving, session, sql, typeof data === 'string' ? data : ''))}\n`)
        else connection.close()
        return
      }
      const person = readLogin(line)
      const from = person?.bySocket ? undefined : connection.remote
      const refusal = person ? serving.refuses(person, from) : 'its wire protocol is not simulated'
      if (!person || refusal !== undefined) {
        if (person) serving.denied?.(person, refusal!, serving.engine.count())
        connection.send(person ? `denied ${encodeURIComponent(refusal!)}\n` : `${refusal}\r\n`)
        connection.close()
        return
      }
      session = serving.engine.session(person.user, person.database, from)
      connection.send(`welcome ${serving.version} ${session.connection}\n`)
    }),
  )
  connection.onClose(() => {
    session?.leave()
    connection.close()
  })
}

function answer(serving: Serving, session: Session, sql: string, data: string): Answer {
  try {
    const outcome: Outcome = session.execute(sql, data)
    return { ...outcome, inTransaction: session.inTransaction }
  } catch (error) {
    const told = isErrno(error) ? new SqlError({ kind: 'notKept', why: error.message }) : error
    if (!(told instanceof SqlError)) throw told
    const said = serving.errorOf(told)
    serving.failed?.(sql, said, session.connection)
    return { tag: '', error: said, inTransaction: session.inTransaction }
  }
}
