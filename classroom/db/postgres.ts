/** PostgreSQL on a server, shared by as many instances of the classroom as there are. */
import pg from 'pg'
import type { Db, Param } from './db.ts'
import type { Vault } from './vault.ts'

const CONNECTIONS = 10
const AGAIN_MS = 1000

/** @param url postgres://… */
export async function openPostgres(url: string, vault: Vault): Promise<Db> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  // A connection that breaks while nobody uses it is replaced by the pool.
  pool.on('error', error => console.error(`database: ${error.message}`))
  await pool.query('select 1')

  const hearers = new Map<string, ((payload: string) => void)[]>()
  let ear: pg.Client | undefined
  let closed = false
  /** Listening needs a connection of its own; when it breaks another one takes its place. */
  async function hear(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url })
    client.on('notification', ({ channel, payload }) => {
      for (const heard of hearers.get(channel) ?? []) heard(payload ?? '')
    })
    client.on('error', () => {
      ear = undefined
      const again = (): void => {
        if (!closed && hearers.size > 0) hear().catch(() => setTimeout(again, AGAIN_MS).unref())
      }
      setTimeout(again, AGAIN_MS).unref()
    })
    await client.connect()
    for (const channel of hearers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    return (ear = client)
  }

  return {
    vault,
    async query<T>(sql: string, params: readonly Param[] = []) {
      return (await pool.query(sql, [...params])).rows as T[]
    },
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work({
          vault,
          async query<T>(sql: string, params: readonly Param[] = []) {
            return (await client.query(sql, [...params])).rows as T[]
          },
        })
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    },
    async script(sql) {
      await pool.query(sql)
    },
    async listen(channel, heard) {
      hearers.set(channel, [...(hearers.get(channel) ?? []), heard])
      if (ear) await ear.query(`listen ${pg.escapeIdentifier(channel)}`)
      else await hear()
    },
    async notify(channel, payload) {
      await pool.query('select pg_notify($1, $2)', [channel, payload])
    },
    async close() {
      closed = true
      await ear?.end()
      await pool.end()
    },
  }
}
