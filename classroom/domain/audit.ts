/** The audit log of a class. */
import type { Queries } from '../db/db.ts'

export interface AuditEntry {
  actor: string
  action: string
  class?: string
  detail?: Record<string, unknown>
}

export const record = (db: Queries, entry: AuditEntry): Promise<unknown> =>
  db.query('insert into audit (class, actor, action, detail) values ($1, $2, $3, $4)', [
    entry.class ?? null,
    entry.actor,
    entry.action,
    JSON.stringify(entry.detail ?? {}),
  ])

export const auditLogOf = (db: Queries, classId: string, most = 200): Promise<(AuditEntry & { at: Date })[]> =>
  db.query('select at, actor, action, detail from audit where class = $1 order by id desc limit $2', [classId, most])
