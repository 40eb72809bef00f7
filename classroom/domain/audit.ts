/** The audit log of a class. */
import type { Queries } from '../db/db.ts'

export interface Deed {
  actor: string
  action: string
  class?: string
  detail?: Record<string, unknown>
}

export const record = (db: Queries, deed: Deed): Promise<unknown> =>
  db.query('insert into audit (class, actor, action, detail) values ($1, $2, $3, $4)', [
    deed.class ?? null,
    deed.actor,
    deed.action,
    JSON.stringify(deed.detail ?? {}),
  ])

export const deedsOf = (db: Queries, classId: string, most = 200): Promise<(Deed & { at: Date })[]> =>
  db.query('select at, actor, action, detail from audit where class = $1 order by id desc limit $2', [classId, most])
