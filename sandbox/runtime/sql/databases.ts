/** Databases come and go. */
import { type Content, withDatabase } from './catalog.ts'
import { fail } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import type { Statement } from './tree.ts'

/** @throws SqlError when there is one already, or none */
export function changeDatabases(
  content: Content,
  statement: Extract<Statement, { kind: 'createDatabase' | 'dropDatabase' }>,
): { content: Content; outcome: Outcome } {
  const { name } = statement
  const tables = content.databases.get(name)
  if (statement.kind === 'createDatabase') {
    const outcome = { tag: 'CREATE DATABASE', affected: 1 }
    if (!tables) return { content: withDatabase(content, name, true), outcome }
    return statement.mayExist ? { content, outcome } : fail({ kind: 'databaseExists', database: name })
  }
  if (!tables && !statement.mayLack) return fail({ kind: 'databaseToDrop', database: name })
  const notices = tables ? [] : [`database "${name}" does not exist, skipping`]
  return {
    content: tables ? withDatabase(content, name, false) : content,
    outcome: { tag: 'DROP DATABASE', affected: tables?.size ?? 0, notices },
  }
}
