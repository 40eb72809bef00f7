/** Opens the database that the environment names, and brings its tables up to date. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { openPostgres } from './postgres.ts'

const folder = join(import.meta.dirname, 'migrations')
/** Any number, the same in every instance: only one of them migrates at a time. */
const LOCK = 7_036_522

export async function migrate(db: Db): Promise<void> {
  await db.script('create table if not exists migration (name text primary key, at timestamptz not null default now())')
  for (const name of readdirSync(folder).sort()) {
    await db.transaction(async tx => {
      await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
      const done = await tx.query('select 1 from migration where name = $1', [name])
      if (done.length) return
      for (const statement of statements(readFileSync(join(folder, name), 'utf8'))) await tx.query(statement)
      await tx.query('insert into migration (name) values ($1)', [name])
    })
  }
}

/** Migrations hold no semicolons but those that end a statement. */
const statements = (sql: string): string[] =>
  sql
    .replace(/^\s*--.*$/gm, '')
    .split(';')
    .map(s => s.trim())
    .filter(Boolean)

/** @param url of a PostgreSQL; without it the data lives in `directory` */
export async function openDatabase(url: string | undefined, directory: string): Promise<Db> {
  const db = url ? await openPostgres(url) : await openEmbedded(directory)
  await migrate(db)
  return db
}
