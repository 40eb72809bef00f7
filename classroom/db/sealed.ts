/** Encrypted fields of the database: all of them with one secret. */
import { type Db, one, type Queries } from './db.ts'

const SEALED = [
  ['class', 'id', 'secret'],
  ['teacher', 'id', 'totp'],
  ['signing_key', 'kid', 'private_jwk'],
] as const

/** @throws where the database was sealed with a secret that is not known here */
export async function checkSecret(db: Queries): Promise<void> {
  const kept = await one<{ value: string }>(db, "select value from setting where name = 'vault'")
  if (kept && !db.vault.knows(kept.value))
    throw new Error(
      'this classroom was sealed with another secret: set SECRET to that one, or, to change it, SECRET_BEFORE to that one',
    )
}

/** Seals what is not sealed yet, and what was sealed with the secret before. Does nothing where all is as it should be. */
export async function sealAll(db: Db): Promise<void> {
  await db.transaction(async tx => {
    const { vault } = tx
    await tx.query("insert into setting (name, value) values ('vault', $1) on conflict do nothing", [vault.name])
    // Held until the end: of two instances that begin, one seals.
    await tx.query("select 1 from setting where name = 'vault' for update")
    await checkSecret(tx)
    for (const [table, key, column] of SEALED) {
      const rows = await tx.query<{ key: string; text: string }>(
        `select ${key} as key, ${column} as text from ${table} where ${column} not like $1`,
        [`${vault.ours}%`],
      )
      for (const { key: id, text } of rows)
        await tx.query(`update ${table} set ${column} = $2 where ${key} = $1`, [id, vault.seal(vault.unseal(text))])
    }
    await tx.query("update setting set value = $1 where name = 'vault'", [vault.name])
  })
}
