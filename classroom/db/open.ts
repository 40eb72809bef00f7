/** Opens the database that the environment names, and brings its tables up to date. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { openPostgres } from './postgres.ts'
import { sealAll } from './sealed.ts'
import { createVault, secretIn } from './vault.ts'

const folder = join(import.meta.dirname, 'migrations')
/** Any number, the same in every instance: only one of them migrates at a time. */
const LOCK = 7_036_522

async function migrate(db: Db): Promise<void> {
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

export interface Where {
  /** postgres://…; without it the data lives in `data`. */
  databaseUrl?: string | undefined
  data: string
  /** What is sensitive is sealed with it; without it there is a file in `data`. */
  secret?: string | undefined
  /** The one that was in use until now. */
  secretBefore?: string | undefined
}

export async function openDatabase({ databaseUrl, data, secret, secretBefore }: Where): Promise<Db> {
  const vault = createVault(secret ?? secretIn(data), secretBefore)
  const db = databaseUrl ? await openPostgres(databaseUrl, vault) : await openEmbedded(data, vault)
  try {
    await migrate(db)
    await sealAll(db)
  } catch (error) {
    await db.close()
    throw error
  }
  return db
}
