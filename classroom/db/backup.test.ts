/** A classroom is backed up and comes back whole, into the same database and into the other kind; while it runs, too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createTeacher } from '../domain/accounts.ts'
import { createClass, setAssignment } from '../domain/classes.ts'
import { join as joinClass } from '../domain/learners.ts'
import { createNoteProgress } from '../domain/progress.ts'
import { handIn } from '../domain/work.ts'
import { sign } from '../lti/keys.ts'
import { backup, restore, TABLES } from './backup.ts'
import { backupTo, restoreFrom } from './commands.ts'
import type { Db } from './db.ts'
import { openDatabase, type Where } from './open.ts'
import { startPostgres } from './postgres-for-tests.ts'
import { createVault, secretIn } from './vault.ts'

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}))
const folder = mkdtempSync(join(tmpdir(), 'podlab-backup-'))
const data = join(folder, 'data')
const file = (name: string): string => join(folder, name)
const linesOf = (name: string): string[] =>
  gunzipSync(readFileSync(file(name)))
    .toString('utf8')
    .split('\n')
const embedded = { databaseUrl: undefined, data }
const postgres = await startPostgres()
afterAll(async () => {
  await postgres?.stop()
  rmSync(folder, { recursive: true })
})

async function fill(db: Db): Promise<void> {
  const grace = await createTeacher(db, { name: 'Grace', email: 'g@example.org', password: 'a long sentence is good' })
  const of = await createClass(db, grace, '容器 “101”\\n')
  await setAssignment(db, grace, of, { lesson: 'a', opens: null, due: new Date('2030-01-01'), latePercent: 10 })
  for (let i = 0; i < 60; i++) {
    const { learner } = await joinClass(db, of.code, `Learner ${i}`)
    await createNoteProgress(db)(learner, { lesson: 'a', exercise: 'b', failing: null, passed: 1 })
    await handIn(db, learner, 'a', 'b', `{"body": "line\\nnext \\\\ 行 ${i}"}`)
  }
  await sign(db, {}, 60)
}

test('every table is in it', async () => {
  const db = await openDatabase(embedded)
  const tables = await db.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'migration'",
  )
  expect(TABLES.map(([name]) => name).sort()).toEqual(tables.map(t => t.name).sort())
  await fill(db)
  // While it is open: another process asks the one that has it.
  await backupTo(file('running.gz'), embedded)
  await expect(openDatabase(embedded)).rejects.toThrow('in use by another process')
  await db.close()
  await backupTo(file('stopped.gz'), embedded)
  expect(linesOf('running.gz')).toEqual(linesOf('stopped.gz'))
  expect(linesOf('stopped.gz').filter(line => line.startsWith('submission '))).toHaveLength(60)
}, 60_000)

test.skipIf(!postgres)(
  'from the embedded database to a server and back, nothing is changed',
  async () => {
    // What is sealed is opened with the same secret.
    const server = { databaseUrl: postgres!.url, data }
    await restoreFrom(file('stopped.gz'), server, false)
    await backupTo(file('server.gz'), server)
    expect(linesOf('server.gz')).toEqual(linesOf('stopped.gz'))
    await restoreFrom(file('server.gz'), embedded, true)
    await backupTo(file('again.gz'), embedded)
    expect(linesOf('again.gz')).toEqual(linesOf('stopped.gz'))
    // The log goes on where it was.
    const db = await openDatabase(server)
    await createTeacher(db, { name: 'Alan', email: 'a@example.org', password: 'a long sentence is good' })
    await db.close()
  },
  60_000,
)

test.skipIf(!postgres)('a stolen database tells no secrets, and they are sealed again with another one', async () => {
  const { url: databaseUrl } = postgres!
  const secretBefore = secretIn(data)
  const secret = 'another secret, of 32 characters or more'
  const sealed = async (db: Db): Promise<string[]> =>
    (
      await db.query<{ text: string }>(
        'select secret as text from class union select totp from teacher where totp is not null union select private_jwk from signing_key',
      )
    ).map(row => row.text)
  const opened = async (where: Partial<Where>, work: (db: Db) => Promise<void>): Promise<void> => {
    const db = await openDatabase({ databaseUrl, data, ...where })
    await work(db).finally(() => db.close())
  }
  let of = ''
  await opened({}, async db => {
    for (const text of await sealed(db)) expect(text).toMatch(new RegExp(`^${db.vault.ours}`))
    of = (await sealed(db))[0]!
    // From before anything was sealed.
    await db.query("update teacher set totp = 'JBSWY3DPEHPK3PXP' where name = 'Grace'")
  })
  await expect(openDatabase({ databaseUrl, data, secret })).rejects.toThrow('SECRET_BEFORE')
  await opened({ secret, secretBefore }, async db => {
    const all = await sealed(db)
    expect(all).toHaveLength(3)
    for (const text of all) expect(text).toMatch(new RegExp(`^${db.vault.ours}`))
    expect(all.map(text => db.vault.unseal(text))).toContain(createVault(secretBefore).unseal(of))
  })
  await opened({ secret }, async db => {
    expect((await sealed(db)).map(text => db.vault.unseal(text))).toContain('JBSWY3DPEHPK3PXP')
    expect(await sign(db, {}, 60)).toMatch(/^ey/)
    // What was sealed with a secret that is not here is not taken in.
    const whole = linesOf('stopped.gz')
    await expect(restore(db, Readable.from(whole), true)).rejects.toThrow('sealed with another secret')
  })
})

test('what is there is not written over unasked, and what is not whole is refused', async () => {
  const db = await openDatabase(embedded)
  const whole = linesOf('stopped.gz')
  async function* read(lines: string[]) {
    yield* lines
  }
  const trying = (lines: string[], replace = true) => expect(restore(db, read(lines), replace)).rejects
  await trying(whole, false).toThrow('--replace')
  await trying(whole.slice(0, 40)).toThrow('its end is missing')
  await trying(['{"kind":"podlab-classroom","migrations":["999-future.sql"]}', 'end']).toThrow('of another version')
  await trying([whole[0]!, 'pg_user {}', 'end']).toThrow('a row of "pg_user"')
  await trying(['{}', 'end']).toThrow('no backup')
  // After all that, everything is as it was.
  const left: string[] = []
  await backup(db, line => void left.push(line))
  await db.close()
  expect([...left, '']).toEqual(whole)
  writeFileSync(file('text.gz'), 'not even compressed')
  await expect(restoreFrom(file('text.gz'), embedded, true)).rejects.toThrow()
}, 60_000)
