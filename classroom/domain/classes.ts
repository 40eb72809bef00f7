/** Classes: who teaches them, what is set, who may join. */
import { randomUUID } from 'node:crypto'
import { type Db, one, type Queries } from '../db/db.ts'
import { enqueueLesson, enqueueScore } from '../lti/score-queue.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { Problem } from './problem.ts'
import { makeJoinCode, makeToken } from './secrets.ts'

export type Role = 'owner' | 'teacher' | 'assistant'
export interface Class {
  id: string
  name: string
  code: string
  retention_days: number
}
export interface Assignment {
  id: string
  lesson: string
  opens: Date | null
  due: Date | null
  late_percent: number
}

const COLUMNS = 'c.id, c.name, c.code, c.retention_days'

export async function createClass(db: Db, teacher: Teacher, name: string): Promise<Class> {
  const title = name.trim()
  if (!title || title.length > 100) throw new Problem('name-bad')
  return db.transaction(tx => createClassFor(tx, teacher, title))
}

/** Within a transaction of who calls. */
export async function createClassFor(tx: Queries, teacher: Teacher, name: string): Promise<Class> {
  const made: Class = { id: randomUUID(), name, code: makeJoinCode(), retention_days: 365 }
  await tx.query('insert into class (id, name, code, secret) values ($1, $2, $3, $4)', [
    made.id,
    made.name,
    made.code,
    // Learners' seeds are made from it.
    tx.vault.seal(makeToken()),
  ])
  await tx.query("insert into staff (class, teacher, role) values ($1, $2, 'owner')", [made.id, teacher.id])
  await record(tx, { class: made.id, actor: teacher.email, action: 'class.create', detail: { name } })
  return made
}

export const classesOf = (db: Queries, teacher: Teacher): Promise<(Class & { role: Role; learners: number })[]> =>
  db.query(
    `select ${COLUMNS}, s.role, (select count(*)::int from learner l where l.class = c.id) as learners
     from class c join staff s on s.class = c.id where s.teacher = $1 order by c.created`,
    [teacher.id],
  )

/** What each role may do; a role may what those below it may. */
const RANK: Record<Role, number> = { assistant: 0, teacher: 1, owner: 2 }

/** @throws Problem not-found also where the class exists: whoever has no part in it learns nothing of it */
export async function classFor(db: Queries, teacher: Teacher, id: string, atLeast: Role = 'assistant'): Promise<Class> {
  if (!isId(id)) throw new Problem('not-found')
  const found = await one<Class & { role: Role }>(
    db,
    `select ${COLUMNS}, s.role from class c join staff s on s.class = c.id where c.id = $1 and s.teacher = $2`,
    [id, teacher.id],
  )
  if (!found) throw new Problem('not-found')
  if (RANK[found.role] < RANK[atLeast]) throw new Problem('forbidden')
  return found
}

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** After how many days without a sign of them learners are forgotten. */
export const RETENTION_DAYS = { least: 7, most: 3650 }

export async function setRetention(db: Db, by: Teacher, of: Class, days: number): Promise<void> {
  if (days < RETENTION_DAYS.least || days > RETENTION_DAYS.most) throw new Problem('bad-request')
  await db.query('update class set retention_days = $2 where id = $1', [of.id, days])
  await record(db, { class: of.id, actor: by.email, action: 'class.retention', detail: { days } })
}

export const assignmentsOf = (db: Queries, of: { id: string }): Promise<Assignment[]> =>
  db.query('select id, lesson, opens, due, late_percent from assignment where class = $1 order by lesson', [of.id])

export interface AssignmentTerms {
  lesson: string
  opens: Date | null
  due: Date | null
  latePercent: number
}

/** Lets a lesson count, without dates; where terms were set, they stay. */
export const setAssignmentOnce = (db: Queries, of: string, lesson: string): Promise<unknown> =>
  db.query('insert into assignment (id, class, lesson) values ($1, $2, $3) on conflict (class, lesson) do nothing', [
    randomUUID(),
    of,
    lesson,
  ])

export async function setAssignment(db: Db, by: Teacher, of: Class, terms: AssignmentTerms): Promise<void> {
  await db.query(
    `insert into assignment (id, class, lesson, opens, due, late_percent) values ($1, $2, $3, $4, $5, $6)
     on conflict (class, lesson)
     do update set opens = excluded.opens, due = excluded.due, late_percent = excluded.late_percent`,
    [randomUUID(), of.id, terms.lesson, terms.opens, terms.due, terms.latePercent],
  )
  await enqueueLesson(db, of.id, terms.lesson)
  await record(db, { class: of.id, actor: by.email, action: 'assignment.set', detail: { ...terms } })
}

export async function extend(
  db: Db,
  by: Teacher,
  of: Class,
  lesson: string,
  learner: string,
  due: Date,
): Promise<void> {
  const done = await db.query(
    `insert into extension (assignment, learner, due)
     select a.id, l.id, $4 from assignment a join learner l on l.class = a.class
     where a.class = $1 and a.lesson = $2 and l.id = $3
     on conflict (assignment, learner) do update set due = excluded.due
     returning 1`,
    [of.id, lesson, learner, due],
  )
  if (!done.length) throw new Problem('not-found')
  await enqueueScore(db, learner, lesson)
  await record(db, { class: of.id, actor: by.email, action: 'assignment.extend', detail: { lesson, learner, due } })
}
