/** An embedded database for a test: making one takes seconds, copying one next to nothing. `backup.test.ts` makes its own. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from './embedded.ts'

const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))), 'utf8'),
) as { version: string }
const cache = join(import.meta.dirname, '../../node_modules/.cache')
const made = join(cache, `podlab-database-${version}`)

/** @returns the folder, with a database in it that nobody has written to */
export async function prepared(folder: string): Promise<string> {
  if (!existsSync(made)) {
    mkdirSync(cache, { recursive: true })
    const own = `${made}.${process.pid}`
    await (await openEmbedded(own)).close()
    try {
      renameSync(own, made)
    } catch {
      // Another process was faster.
      rmSync(own, { recursive: true })
    }
  }
  cpSync(made, folder, { recursive: true })
  return folder
}
