/** A class of any size, written straight into a database: for measurements, not for people. */
import { randomUUID } from 'node:crypto'
import { type Db, one } from '../db/db.ts'
import { openSession } from '../domain/accounts.ts'
import { createClassFor, setAssignmentOnce } from '../domain/classes.ts'
import { hashToken, makeToken } from '../domain/secrets.ts'
import { LESSON } from '../verify/solved-for-tests.ts'

export interface BigClass {
  id: string
  secret: string
  /** Cookies. */
  teacher: string
  learners: { id: string; cookie: string }[]
}

export async function seedClass(db: Db, size: number): Promise<BigClass> {
  const teacher = { id: randomUUID(), email: `${randomUUID()}@bench.example`, name: 'Bench' }
  await db.query('insert into teacher (id, email, name) values ($1, $2, $3)', [teacher.id, teacher.email, teacher.name])
  return db.transaction(async tx => {
    const { id } = await createClassFor(tx, teacher, 'Bench')
    const sealed = await one<{ secret: string }>(tx, 'select secret from class where id = $1', [id])
    await setAssignmentOnce(tx, id, LESSON)
    const learners = Array.from({ length: size }, (_, i) => ({
      id: randomUUID(),
      token: makeToken(),
      name: `Learner ${i}`,
    }))
    const rows = JSON.stringify(
      learners.map(l => ({ id: l.id, nickname: l.name, token: hashToken(l.token), key: hashToken(makeToken()) })),
    )
    const shape = 'json_to_recordset($1::json) as r (id uuid, nickname text, token text, key text)'
    await tx.query(`insert into learner (id, class, nickname, return_key) select id, $2, nickname, key from ${shape}`, [
      rows,
      id,
    ])
    await tx.query(
      `insert into signed_in (token, learner, expires) select token, id, now() + interval '1 day' from ${shape}`,
      [rows],
    )
    return {
      id,
      secret: tx.vault.unseal(sealed!.secret),
      teacher: `podlab_teacher=${await openSession(tx, { teacher: teacher.id })}`,
      learners: learners.map(l => ({ id: l.id, cookie: `podlab_learner=${l.token}` })),
    }
  })
}
