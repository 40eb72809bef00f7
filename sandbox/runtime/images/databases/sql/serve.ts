/** A server's side of a connection: who is let in, what they ask, what they are told. */
import type { Connection } from '../../../../network/network.ts'
import { isErrno } from '../../../errno.ts'
import { SqlError } from '../../../sql/dialect.ts'
import type { Engine, Outcome, Session } from '../../../sql/engine.ts'
import { type Answer, linesOf, type Person, readLogin, readMessage } from './login.ts'

export interface Serving {
  engine: Engine
  version: string
  /** Why somebody is not let in, in the server's words; undefined when they are. */
  refuses(person: Person): string | undefined
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
        const { sql } = readMessage<{ sql?: unknown }>(line) ?? {}
        if (typeof sql === 'string') connection.send(`${JSON.stringify(answer(serving, session, sql))}\n`)
        else connection.close()
        return
      }
      const person = readLogin(line)
      const refusal = person ? serving.refuses(person) : 'its wire protocol is not simulated'
      if (!person || refusal !== undefined) {
        if (person) serving.denied?.(person, refusal!, serving.engine.count())
        connection.send(person ? `denied ${encodeURIComponent(refusal!)}\n` : `${refusal}\r\n`)
        connection.close()
        return
      }
      session = serving.engine.session(person.user, person.database)
      connection.send(`welcome ${serving.version} ${session.connection}\n`)
    }),
  )
  connection.onClose(() => connection.close())
}

function answer(serving: Serving, session: Session, sql: string): Answer {
  try {
    const outcome: Outcome = session.execute(sql)
    return { ...outcome, inTransaction: session.inTransaction }
  } catch (error) {
    const told = isErrno(error) ? new SqlError({ kind: 'notKept', why: error.message }) : error
    if (!(told instanceof SqlError)) throw told
    const said = serving.errorOf(told)
    serving.failed?.(sql, said, session.connection)
    return { tag: '', error: said, inTransaction: session.inTransaction }
  }
}
