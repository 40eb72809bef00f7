/** How a database begins: on what it finds in its data directory, or on nothing, with the scripts that its image is given. */
import type { Process } from '../../../processes/process.ts'
import { withFirstUser } from '../../../sql/accounts.ts'
import { type Content, EMPTY, withAccount, withDatabase } from '../../../sql/catalog.ts'
import { SqlError } from '../../../sql/dialect.ts'
import type { Engine } from '../../../sql/engine.ts'
import { isBlank, statements } from '../../../sql/lexer.ts'

const SCRIPTS = '/docker-entrypoint-initdb.d'

export interface Beginning {
  databases: readonly string[]
  accounts: Readonly<Record<string, string>>
  /** Somebody to whom one of the databases belongs. */
  belongs?: { user: string; database: string }
}

export function contentOf({ databases, accounts, belongs }: Beginning): Content {
  let content = EMPTY
  for (const name of databases) content = withDatabase(content, name, true)
  for (const [name, password] of Object.entries(accounts)) content = withAccount(content, name, { password })
  return belongs ? withFirstUser(content, belongs.user, belongs.database) : content
}

/** How an entrypoint tells of its scripts. */
export interface Telling {
  /** A line of its own: what it does with a file. */
  note(text: string): Promise<void>
  /** Any other. */
  line(text: string): Promise<void>
  /** Whether what a statement came to is printed, as psql does. */
  tags: boolean
  /** Whether a pattern that fits no file is taken for the name of one, as shells do by default. */
  ignoresPattern: boolean
}

/**
 * Runs the scripts for a new database, in the order of their names: SQL as who made it, those of shells as processes.
 * @returns why the entrypoint gives up, if it does: what was wrong with a statement, or the exit code of a script
 */
export async function runScripts(
  process: Process,
  engine: Engine,
  person: { user: string; database?: string },
  { note, line, tags, ignoresPattern }: Telling,
): Promise<{ file: string; line: number; error: SqlError } | { code: number } | undefined> {
  const { fs } = process
  const names = fs.exists(SCRIPTS) ? [...fs.readdir(SCRIPTS)].filter(name => !name.startsWith('.')).sort() : []
  if (!names.length && ignoresPattern) {
    await note(`ignoring ${SCRIPTS}/*`)
    await line('')
  }
  const session = engine.session(person.user, person.database)
  try {
    for (const name of names) {
      const file = `${SCRIPTS}/${name}`
      const isFile = fs.stat(file).type === 'file'
      if (isFile && name.endsWith('.sh')) {
        const executable = (fs.stat(file).mode & 0o111) !== 0
        await note(`${executable ? 'running' : 'sourcing'} ${file}`)
        const child = process.spawn({ argv: executable ? [file] : ['bash', '-e', file] })
        const { status } = await process.wait(child.pid)
        if (status.code) return { code: status.code }
      } else if (isFile && name.endsWith('.sql')) {
        await note(`running ${file}`)
        let at = 1
        const { whole, rest } = statements(fs.readFile(file))
        for (const sql of [...whole, rest]) {
          const begun = at + (/^\s*/.exec(sql)![0].match(/\n/g)?.length ?? 0)
          at += sql.match(/\n/g)?.length ?? 0
          if (isBlank(sql)) continue
          try {
            const { tag } = session.execute(sql)
            if (tags && tag) await line(tag)
          } catch (error) {
            if (error instanceof SqlError) return { file, line: begun, error }
            throw error
          }
        }
        await line('')
      } else if (isFile && /\.sql\.(gz|xz|zst)$/.test(name)) await note(`${file}: packed scripts are not simulated`)
      else await note(`ignoring ${file}`)
      await line('')
    }
    return undefined
  } finally {
    session.leave()
  }
}
