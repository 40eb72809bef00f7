/** How a database begins: on what it finds in its data directory, or on nothing, with the scripts that its image is given. */
import type { Process } from '../../../processes/process.ts'
import { type Content, EMPTY, withAccount, withDatabase } from '../../../sql/catalog.ts'
import { SqlError } from '../../../sql/dialect.ts'
import type { Engine } from '../../../sql/engine.ts'
import { isBlank, statements } from '../../../sql/lexer.ts'

const SCRIPTS = '/docker-entrypoint-initdb.d'

export interface Beginning {
  databases: readonly string[]
  accounts: Readonly<Record<string, string>>
}

export function contentOf({ databases, accounts }: Beginning): Content {
  let content = EMPTY
  for (const name of databases) content = withDatabase(content, name, true)
  for (const [name, password] of Object.entries(accounts)) content = withAccount(content, name, { password })
  return content
}

/**
 * Scripts for a new database.
 * @param say a line of the log
 * @returns what was wrong with one, if anything
 */
export function runScripts(
  process: Process,
  engine: Engine,
  person: { user: string; database?: string },
  say: (line: string) => void,
): { file: string; sql: string; error: SqlError } | undefined {
  const { fs } = process
  if (!fs.exists(SCRIPTS)) return undefined
  const session = engine.session(person.user, person.database)
  for (const name of [...fs.readdir(SCRIPTS)].sort()) {
    const file = `${SCRIPTS}/${name}`
    if (fs.stat(file).type !== 'file') continue
    if (!name.endsWith('.sql')) {
      say(name.endsWith('.sh') ? `${file}: running scripts of a shell here is not simulated` : `ignoring ${file}`)
      continue
    }
    say(`running ${file}`)
    const { whole, rest } = statements(fs.readFile(file))
    for (const sql of [...whole, rest].filter(one => !isBlank(one)))
      try {
        session.execute(sql)
      } catch (error) {
        if (error instanceof SqlError) return { file, sql, error }
        throw error
      }
  }
  return undefined
}
