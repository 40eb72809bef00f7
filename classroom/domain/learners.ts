/** Learners join with a nickname; there is no e-mail, and nothing else about them. */
import { randomUUID } from 'node:crypto'
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { type Class, isId } from './classes.ts'
import { Problem } from './problem.ts'
import { hashToken, makeReturnKey, makeToken, plainKey } from './secrets.ts'
import { CHANNEL } from './work.ts'

export interface Learner {
  id: string
  class: string
  nickname: string
}

const LONGEST_NAME = 40

/** As it will be shown: one line, no invisible characters that would make two names look alike. */
export function cleanNickname(typed: string): string {
  const name = typed
    .normalize('NFKC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (!name || [...name].length > LONGEST_NAME) throw new Problem('nickname-bad')
  return name
}

/** @returns the key by which the learner comes back; it is shown once, and only its hash is kept */
export async function join(db: Db, code: string, nickname: string): Promise<{ learner: Learner; returnKey: string }> {
  const name = cleanNickname(nickname)
  const found = await one<Pick<Class, 'id' | 'joinable'>>(db, 'select id, joinable from class where code = $1', [
    plainKey(code),
  ])
  if (!found) throw new Problem('wrong-code')
  if (!found.joinable) throw new Problem('joining-closed')
  const returnKey = makeReturnKey()
  const learner = { id: randomUUID(), class: found.id, nickname: name }
  if (!(await enter(db, learner, plainKey(returnKey)))) throw new Problem('nickname-taken')
  return { learner, returnKey }
}

/** Open boards are told. @returns whether the nickname was free */
async function enter(db: Queries, { id, class: of, nickname }: Learner, key: string): Promise<boolean> {
  const made = await db.query(
    `with made as (
       insert into learner (id, class, nickname, return_key) values ($1, $2, $3, $4)
       on conflict (class, nickname) do nothing returning class)
     select pg_notify($5, class::text) from made`,
    [id, of, nickname, hashToken(key), CHANNEL],
  )
  return made.length > 0
}

/** For who comes in by another way; a nickname that is taken gets a number. No key is kept that anybody has. */
export async function addLearner(tx: Queries, of: string, nickname: string): Promise<string> {
  const id = randomUUID()
  for (let n = 1; ; n++) {
    const name = n === 1 ? nickname : `${[...nickname].slice(0, LONGEST_NAME - 6).join('')} ${n}`
    if (await enter(tx, { id, class: of, nickname: name }, makeToken())) return id
  }
}

export async function comeBack(db: Queries, key: string): Promise<Learner> {
  const found = await one<Learner>(db, 'select id, class, nickname from learner where return_key = $1', [
    hashToken(plainKey(key)),
  ])
  if (!found) throw new Problem('wrong-key')
  return found
}

/** A roster is one nickname a line, perhaps the first column of a table. Those who are there already are left alone. */
export async function enrol(
  db: Db,
  by: Teacher,
  of: Class,
  nicknames: readonly string[],
): Promise<{ nickname: string; returnKey: string }[]> {
  return db.transaction(async tx => {
    const made: { nickname: string; returnKey: string }[] = []
    for (const typed of nicknames) {
      const nickname = cleanNickname(typed)
      const returnKey = makeReturnKey()
      const rows = await tx.query(
        `insert into learner (id, class, nickname, return_key) values ($1, $2, $3, $4)
         on conflict (class, nickname) do nothing returning 1`,
        [randomUUID(), of.id, nickname, hashToken(plainKey(returnKey))],
      )
      if (rows.length) made.push({ nickname, returnKey })
    }
    await record(tx, { class: of.id, actor: by.email, action: 'roster.add', detail: { learners: made.length } })
    return made
  })
}

export interface Listed {
  id: string
  nickname: string
  joined: Date
}

export const learnersOf = (db: Queries, of: Class): Promise<Listed[]> =>
  db.query('select id, nickname, joined from learner where class = $1 order by nickname collate "C"', [of.id])

export async function learnerOf(db: Queries, of: Class, id: string): Promise<Learner> {
  const found = isId(id)
    ? await one<Learner>(db, 'select id, class, nickname from learner where id = $1 and class = $2', [id, of.id])
    : undefined
  if (!found) throw new Problem('not-found')
  return found
}

/** For who has lost theirs. The old one, and whoever is signed in by it, counts no more. @returns the key, shown once */
export async function renewKey(db: Db, by: Teacher, learner: Learner): Promise<string> {
  const key = makeReturnKey()
  await db.transaction(async tx => {
    await tx.query('update learner set return_key = $2 where id = $1', [learner.id, hashToken(plainKey(key))])
    await tx.query('delete from signed_in where learner = $1', [learner.id])
    const detail = { learner: learner.id }
    await record(tx, { class: learner.class, actor: by.email, action: 'learner.key', detail })
  })
  return key
}

export async function renameLearner(db: Db, by: Teacher, learner: Learner, typed: string): Promise<void> {
  const nickname = cleanNickname(typed)
  const done = await db.query(
    `update learner set nickname = $2 where id = $1
     and not exists (select from learner where class = $3 and nickname = $2 and id <> $1) returning 1`,
    [learner.id, nickname, learner.class],
  )
  if (!done.length) throw new Problem('nickname-taken')
  await record(db, {
    class: learner.class,
    actor: by.email,
    action: 'learner.rename',
    detail: { learner: learner.id },
  })
  await db.notify(CHANNEL, learner.class)
}

/** Everything that is kept of somebody, for them to have. */
export async function exportLearner(db: Queries, { id }: Learner): Promise<Record<string, unknown>> {
  const [learner] = await db.query('select nickname, joined, seen from learner where id = $1', [id])
  const by = (table: string, columns: string) =>
    db.query(`select ${columns} from ${table} where learner = $1 order by at`, [id])
  return {
    learner,
    progress: await by('progress', 'lesson, exercise, failing, passed, at'),
    submissions: await by('submission', 'lesson, exercise, at, state, refusal, checks, hints, body'),
    hints: await by('hint', 'lesson, text, at, seen'),
    help: await by('help', 'lesson, text, at, answered, body'),
    platform: await db.query('select subject from lti_learner where learner = $1', [id]),
  }
}

export async function deleteLearner(db: Db, by: string, learner: Learner): Promise<void> {
  await db.query('delete from learner where id = $1', [learner.id])
  // Without the name: who is deleted is forgotten.
  await record(db, { class: learner.class, actor: by, action: 'learner.delete' })
  await db.notify(CHANNEL, learner.class)
}

/** Forgets those who were not seen for longer than their class keeps them, old deeds, and sessions that are over. */
export async function forgetTheOld(db: Db): Promise<number> {
  const gone = await db.query(
    `delete from learner l using class c where c.id = l.class
     and l.seen < now() - c.retention_days * interval '1 day' returning 1`,
  )
  // What was done is told for two years; by then those who did it may want to be forgotten, too.
  await db.query("delete from audit where at < now() - interval '2 years'")
  for (const table of [
    'signed_in',
    'launch',
    'registration',
    'challenge',
    'oidc_login',
    'sign_in_try',
    'known_browser',
  ])
    await db.query(`delete from ${table} where expires < now()`)
  if (gone.length) await record(db, { actor: 'retention', action: 'learner.delete', detail: { learners: gone.length } })
  return gone.length
}
