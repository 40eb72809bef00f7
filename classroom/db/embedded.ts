/** PostgreSQL inside this process, in a folder of its own: for one machine, with nothing to install. */
import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { backup } from './backup.ts'
import type { Db, Param } from './db.ts'
import { claim, written } from './only-one.ts'
import { passingVault, type Vault } from './vault.ts'

/** @param folder where the data is kept */
export async function openEmbedded(folder: string, vault: Vault = passingVault()): Promise<Db> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let db: Db | undefined
  const free = await claim(folder, socket => {
    // Cut off where it fails: whoever reads misses the end, and says so.
    const done = db ? backup(db, line => written(socket, line)) : Promise.reject(new Error('not open yet'))
    done.then(
      () => socket.end(),
      () => socket.destroy(),
    )
  })
  // What was acknowledged survives a crash: PGlite's relaxed durability stays off.
  const pg = await PGlite.create({ dataDir: folder })
  db = {
    vault,
    async query<T>(sql: string, params: readonly Param[] = []) {
      return (await pg.query<T>(sql, [...params])).rows
    },
    transaction: work =>
      pg.transaction(tx =>
        work({
          vault,
          async query<T>(sql: string, params: readonly Param[] = []) {
            return (await tx.query<T>(sql, [...params])).rows
          },
        }),
      ) as Promise<Awaited<ReturnType<typeof work>>>,
    async script(sql) {
      await pg.exec(sql)
    },
    async listen(channel, heard) {
      await pg.listen(channel, heard)
    },
    async notify(channel, payload) {
      await pg.query('select pg_notify($1, $2)', [channel, payload])
    },
    async close() {
      await free()
      await pg.close()
    },
  }
  return db
}
