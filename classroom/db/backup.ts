/** Everything that a classroom keeps, as lines of JSON: the same from the embedded database and from a server, so it moves between them. */
import { type Db, one, type Queries } from './db.ts'
import { checkSecret } from './sealed.ts'

/** In an order in which each row comes after those that it points to. */
export const TABLES = [
  ['setting', 'name'],
  ['teacher', 'id'],
  ['class', 'id'],
  ['staff', 'class, teacher'],
  ['learner', 'id'],
  ['signed_in', 'token'],
  ['sign_in_try', 'who'],
  ['known_browser', 'token, teacher'],
  ['assignment', 'id'],
  ['extension', 'assignment, learner'],
  ['progress', 'learner, lesson'],
  ['submission', 'id'],
  ['hint', 'id'],
  ['help', 'learner'],
  ['audit', 'id'],
  ['signing_key', 'kid'],
  ['platform', 'id'],
  ['deployment', 'platform, deployment'],
  ['registration', 'token'],
  ['launch', 'state'],
  ['identity', 'issuer, subject'],
  ['passkey', 'id'],
  ['challenge', 'challenge'],
  ['oidc_login', 'state'],
  ['lti_context', 'platform, deployment, context'],
  ['lti_learner', 'class, subject'],
  ['lti_line', 'class, lesson, resource_link'],
  ['lti_score', 'learner, lesson'],
  ['lti_sent', 'learner, line_item'],
] as const

/** Submissions can be large: so many rows are held at once. */
const PAGE = 50
const KIND = 'podlab-classroom'

interface Head {
  kind: typeof KIND
  /** The tables are as these have made them. */
  migrations: string[]
}

export class BackupError extends Error {}

const migrationsOf = async (db: Queries): Promise<string[]> =>
  (await db.query<{ name: string }>('select name from migration order by name')).map(row => row.name)

/** Reads the database as it is at one moment, while others go on writing. */
export async function backup(db: Db, write: (line: string) => void | Promise<void>): Promise<void> {
  await db.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read, read only')
    await write(JSON.stringify({ kind: KIND, migrations: await migrationsOf(tx) } satisfies Head))
    for (const [table, key] of TABLES) {
      for (let from = 0; ; from += PAGE) {
        // The database writes its own values as JSON and reads them again: nothing is rounded on the way.
        const rows = await tx.query<{ row: string }>(
          `select row_to_json(t)::text as row from ${table} t order by ${key} limit ${PAGE} offset ${from}`,
        )
        for (const { row } of rows) await write(`${table} ${row}`)
        if (rows.length < PAGE) break
      }
    }
    // Whoever restores half a file is told so.
    await write('end')
  })
}

/**
 * All of it or nothing.
 * @param replace whether what is there goes; otherwise there must be nothing
 */
export async function restore(db: Db, lines: AsyncIterable<string>, replace: boolean): Promise<number> {
  return db.transaction(async tx => {
    if (!replace && (await one(tx, 'select 1 from teacher limit 1')))
      throw new BackupError('there is a classroom in this database already; --replace writes over it')
    // Keys and the like are there even before the first account.
    await tx.query(`truncate ${TABLES.map(([table]) => table).join(', ')} restart identity`)
    let head: Head | undefined
    let ended = false
    let count = 0
    let table = ''
    let page: string[] = []
    const flush = async (): Promise<void> => {
      if (page.length)
        await tx.query(
          `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
          [`[${page.join(',')}]`],
        )
      count += page.length
      page = []
    }
    for await (const line of lines) {
      if (!head) {
        head = readHead(line)
        const here = await migrationsOf(tx)
        if (here.join() !== head.migrations.join())
          throw new BackupError(`the backup is of another version (${head.migrations.at(-1)}, here ${here.at(-1)})`)
      } else if (line === 'end') ended = true
      else if (line) {
        const space = line.indexOf(' ')
        const name = line.slice(0, space)
        if (!TABLES.some(([known]) => known === name)) throw new BackupError(`a row of "${name.slice(0, 50)}"`)
        if (name !== table || page.length === PAGE) await flush()
        table = name
        page.push(line.slice(space + 1))
      }
    }
    await flush()
    if (!ended) throw new BackupError('the backup is not whole: its end is missing')
    await checkSecret(tx)
    await tx.query(
      "select setval(pg_get_serial_sequence('audit', 'id'), (select coalesce(max(id), 0) + 1 from audit), false)",
    )
    return count
  })
}

function readHead(line: string): Head {
  let head: Partial<Head> = {}
  try {
    head = JSON.parse(line) as Partial<Head>
  } catch {
    // Told below.
  }
  if (head.kind !== KIND || !Array.isArray(head.migrations)) throw new BackupError('this is no backup of a classroom')
  return head as Head
}
