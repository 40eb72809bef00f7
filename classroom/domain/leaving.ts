/** A teacher hands over what is theirs, or goes for good. */
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { type Class, isId } from './classes.ts'
import { forgetGuesses } from './guesses.ts'
import { Problem } from './problem.ts'

/** Somebody else of its staff owns the class from now on; who did until now goes on teaching it. @throws Problem */
export async function handOver(db: Db, by: Teacher, of: Class, to: string): Promise<void> {
  await db.transaction(async tx => {
    // Two who press the button at the same time: there is one owner all the while.
    const owner = await tx.query(
      "update staff set role = 'teacher' where class = $1 and teacher = $2 and role = 'owner' returning 1",
      [of.id, by.id],
    )
    // Who is about to go has this row already, and then is nobody's heir; whoever is one cannot go before this is done.
    const heir = isId(to)
      ? await one<{ email: string }>(
          tx,
          `select t.email from staff s join teacher t on t.id = s.teacher
           where s.class = $1 and s.teacher = $2 and s.teacher <> $3 for key share of t`,
          [of.id, to, by.id],
        )
      : undefined
    if (!owner.length || !heir) throw new Problem('not-found')
    await tx.query("update staff set role = 'owner' where class = $1 and teacher = $2", [of.id, to])
    await record(tx, { class: of.id, actor: by.email, action: 'class.hand-over', detail: { email: heir.email } })
  })
}

export interface Possessions {
  classes: { id: string; name: string; learners: number }[]
  platforms: { id: string; name: string }[]
}

/** What somebody else has to get, or has to end, before the teacher can go. */
export async function possessionsOf(db: Queries, { id }: Teacher): Promise<Possessions> {
  const [classes, platforms] = await Promise.all([
    db.query<Possessions['classes'][number]>(
      `select c.id, c.name, (select count(*)::int from learner l where l.class = c.id) as learners
       from class c join staff s on s.class = c.id where s.teacher = $1 and s.role = 'owner' order by c.created`,
      [id],
    ),
    db.query<Possessions['platforms'][number]>('select id, name from platform where teacher = $1 order by created', [
      id,
    ]),
  ])
  return { classes, platforms }
}

/**
 * With sessions, passkeys, linked accounts and every part in the classes of others. What was done stays in the log, by the
 * address, as long as the log is kept.
 * @throws Problem still-owner: a class is never without somebody who answers for it
 */
export async function deleteTeacher(db: Db, teacher: Teacher): Promise<void> {
  await db.transaction(async tx => {
    // A class made at the same time waits for this row, and then is not made.
    await tx.query('select 1 from teacher where id = $1 for update', [teacher.id])
    const { classes, platforms } = await possessionsOf(tx, teacher)
    if (classes.length || platforms.length) throw new Problem('still-owner')
    await forgetGuesses(tx, teacher.email)
    await tx.query('delete from teacher where id = $1', [teacher.id])
    await record(tx, { actor: teacher.email, action: 'teacher.delete' })
  })
}
