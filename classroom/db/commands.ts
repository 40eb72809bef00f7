/** `npm run classroom -- backup FILE` and `restore FILE`. */
import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BackupError, backup, restore } from './backup.ts'
import { owner, written } from './only-one.ts'
import { openDatabase, type Where } from './open.ts'
import { sealAll } from './sealed.ts'

/** @returns the process's exit code */
export async function backupTo(file: string, where: Where): Promise<number> {
  const { databaseUrl, data } = where
  const running = databaseUrl ? undefined : await owner(data)
  if (!databaseUrl && !running && !existsSync(data)) throw new BackupError(`there is no classroom in ${data}`)
  const lines = new PassThrough()
  // For who runs the server alone: it holds hashes of passwords and the keys of classes.
  const partial = `${file}.part`
  const kept = pipeline(lines, createGzip(), createWriteStream(partial, { mode: 0o600 }))
  const asked = running ? pipeline(running, lines) : dump(where, lines)
  await Promise.all([kept, asked])
  if (!(await isWhole(partial))) throw new BackupError('the backup was cut off')
  renameSync(partial, file)
  console.log(`Backed up to ${file}`)
  return 0
}

async function dump(where: Where, lines: PassThrough): Promise<void> {
  const db = await openDatabase(where)
  try {
    await backup(db, line => written(lines, line))
    lines.end()
  } finally {
    await db.close()
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  const source: Readable = createReadStream(file)
  const text = createGunzip()
  source.on('error', error => text.destroy(error))
  yield* createInterface({ input: source.pipe(text), crlfDelay: Number.POSITIVE_INFINITY })
}

async function isWhole(file: string): Promise<boolean> {
  let last = ''
  for await (const line of linesOf(file)) last = line
  return last === 'end'
}

/** @returns the process's exit code */
export async function restoreFrom(file: string, where: Where, replace: boolean): Promise<number> {
  if (!existsSync(file)) throw new BackupError(`there is no file ${file}`)
  const db = await openDatabase(where)
  try {
    const rows = await restore(db, linesOf(file), replace)
    await sealAll(db)
    console.log(`Restored ${rows} rows from ${file}`)
    return 0
  } finally {
    await db.close()
  }
}
