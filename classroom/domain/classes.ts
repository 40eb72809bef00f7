/** Classes: who teaches them, what is set, who may join. */
import { randomUUID } from 'node:crypto'
import { isZone } from '../../course/dates.ts'
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
  /** In which its hours are meant. */
  timezone: string
  /** Whether its code lets anybody in. */
  joinable: boolean
}
/** A class as one of its staff sees it. */
export interface OwnClass extends Class {
  role: Role
}
export interface Assignment {
  id: string
  lesson: string
  opens: Date | null
  due: Date | null
  late_percent: number
}

const COLUMNS = 'c.id, c.name, c.code, c.retention_days, c.timezone, c.joinable'

function checkName(name: string): string {
  const title = name.trim()
  if (!title || title.length > 100) throw new Problem('name-bad')
  return title
}

/** @param timezone as the teacher's browser tells it; UTC where it tells nothing that is one */
export const createClass = async (db: Db, teacher: Teacher, name: string, timezone = 'UTC'): Promise<Class> => {
  const title = checkName(name)
  return db.transaction(tx => createClassFor(tx, teacher, title, isZone(timezone) ? timezone : 'UTC'))
}

/** Within a transaction of who calls. */
export async function createClassFor(tx: Queries, teacher: Teacher, name: string, timezone = 'UTC'): Promise<Class> {
  const made: Class = { id: randomUUID(), name, code: makeJoinCode(), retention_days: 365, timezone, joinable: true }
  await tx.query('insert into class (id, name, code, secret, timezone) values ($1, $2, $3, $4, $5)', [
    made.id,
    made.name,
    made.code,
    // Learners' seeds are made from it.
    tx.vault.seal(makeToken()),
    made.timezone,
  ])
  await tx.query("insert into staff (class, teacher, role) values ($1, $2, 'owner')", [made.id, teacher.id])
  await record(tx, { class: made.id, actor: teacher.email, action: 'class.create', detail: { name } })
  return made
}

export const classesOf = (db: Queries, teacher: Teacher): Promise<(OwnClass & { learners: number })[]> =>
  db.query(
    `select ${COLUMNS}, s.role, (select count(*)::int from learner l where l.class = c.id) as learners
     from class c join staff s on s.class = c.id where s.teacher = $1 order by c.created`,
    [teacher.id],
  )

/** What each role may do; a role may what those below it may. */
const RANK: Record<Role, number> = { assistant: 0, teacher: 1, owner: 2 }

export const may = ({ role }: OwnClass, atLeast: Role): boolean => RANK[role] >= RANK[atLeast]

/** @throws Problem not-found also where the class exists: whoever has no part in it learns nothing of it */
export async function classFor(
  db: Queries,
  teacher: Teacher,
  id: string,
  atLeast: Role = 'assistant',
): Promise<OwnClass> {
  if (!isId(id)) throw new Problem('not-found')
  const found = await one<OwnClass>(
    db,
    `select ${COLUMNS}, s.role from class c join staff s on s.class = c.id where c.id = $1 and s.teacher = $2`,
    [id, teacher.id],
  )
  if (!found) throw new Problem('not-found')
  if (!may(found, atLeast)) throw new Problem('forbidden')
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

export interface ClassTerms {
  name: string
  timezone: string
  joinable: boolean
}

export async function changeClass(db: Db, by: Teacher, of: Class, terms: ClassTerms): Promise<void> {
  const { timezone, joinable } = terms
  const name = checkName(terms.name)
  if (!isZone(timezone)) throw new Problem('bad-request')
  await db.query('update class set name = $2, timezone = $3, joinable = $4 where id = $1', [
    of.id,
    name,
    timezone,
    joinable,
  ])
  await record(db, { class: of.id, actor: by.email, action: 'class.change', detail: { name, timezone, joinable } })
}

/** The code until now lets nobody in any more; whoever is in stays. */
export async function renewCode(db: Db, by: Teacher, of: Class): Promise<void> {
  await db.query('update class set code = $2 where id = $1', [of.id, makeJoinCode()])
  await record(db, { class: of.id, actor: by.email, action: 'class.code' })
}

/** With its learners and all that they handed in. What was done in it stays in the log of the whole classroom. */
export async function deleteClass(db: Db, by: Teacher, of: Class): Promise<void> {
  await db.query('delete from class where id = $1', [of.id])
  await record(db, { class: of.id, actor: by.email, action: 'class.delete', detail: { name: of.name } })
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

/** What was handed in stays, and counts again when the lesson is set again. */
export async function removeAssignment(db: Db, by: Teacher, of: Class, lesson: string): Promise<void> {
  const gone = await db.query('delete from assignment where class = $1 and lesson = $2 returning 1', [of.id, lesson])
  if (!gone.length) throw new Problem('not-found')
  await record(db, { class: of.id, actor: by.email, action: 'assignment.remove', detail: { lesson } })
}

export interface Extension {
  learner: string
  nickname: string
  lesson: string
  due: Date
}

export const extensionsOf = (db: Queries, of: { id: string }): Promise<Extension[]> =>
  db.query(
    `select e.learner, l.nickname, a.lesson, e.due from extension e join assignment a on a.id = e.assignment
     join learner l on l.id = e.learner where a.class = $1 order by a.lesson, l.nickname collate "C"`,
    [of.id],
  )

/** When a lesson opens and is due for one learner; nothing where it is not set. */
export const datesFor = (
  db: Queries,
  { id, class: of }: { id: string; class: string },
  lesson: string,
): Promise<{ opens: Date | null; due: Date | null } | undefined> =>
  one(
    db,
    `select a.opens, coalesce(e.due, a.due) as due from assignment a
     left join extension e on e.assignment = a.id and e.learner = $1 where a.class = $2 and a.lesson = $3`,
    [id, of, lesson],
  )

export async function extend(
  db: Db,
  by: Teacher,
  of: Class,
  lesson: string,
  learner: string,
  due: Date,
): Promise<void> {
  if (!isId(learner)) throw new Problem('not-found')
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
