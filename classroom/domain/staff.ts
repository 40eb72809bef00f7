/** The staff of a class: its owner, teachers and assistants. */
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { type Class, isId, type Role } from './classes.ts'
import { Problem } from './problem.ts'

export interface Member extends Teacher {
  role: Role
}

export const staffOf = (db: Queries, of: Class): Promise<Member[]> =>
  db.query(
    `select t.id, t.email, t.name, s.role from staff s join teacher t on t.id = s.teacher
     where s.class = $1 order by s.role = 'owner' desc, t.name collate "C"`,
    [of.id],
  )

/** The owner stays owner. */
export async function addStaff(db: Db, by: Teacher, of: Class, email: string, role: Role): Promise<void> {
  const found = await one<Teacher>(db, 'select id, email, name from teacher where email = $1', [
    email.trim().toLowerCase(),
  ])
  if (!found) throw new Problem('nobody')
  await db.query(
    `insert into staff (class, teacher, role) values ($1, $2, $3)
     on conflict (class, teacher) do update set role = excluded.role where staff.role <> 'owner'`,
    [of.id, found.id, role],
  )
  await record(db, { class: of.id, actor: by.email, action: 'staff.add', detail: { email: found.email, role } })
}

export async function removeStaff(db: Db, by: Teacher, of: Class, id: string): Promise<void> {
  const gone = isId(id)
    ? await db.query("delete from staff where class = $1 and teacher = $2 and role <> 'owner' returning 1", [of.id, id])
    : []
  if (!gone.length) throw new Problem('not-found')
  await record(db, { class: of.id, actor: by.email, action: 'staff.remove', detail: { teacher: id } })
}
