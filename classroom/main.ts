/** `npm run classroom`: settings come from the environment; docs/hosting.md lists them. */
import { join, resolve } from 'node:path'
import { backupTo, restoreFrom } from './db/commands.ts'
import { start } from './server/start.ts'

const USAGE = `Usage:
  npm run classroom                                 serves the site and the classroom
  npm run classroom -- backup FILE                  writes everything that is kept to FILE, also while the classroom runs
  npm run classroom -- restore FILE [--replace]     into an empty database, or in place of what is there
`

const root = join(import.meta.dirname, '..')
const where = {
  databaseUrl: process.env.DATABASE_URL || undefined,
  data: resolve(process.env.DATA ?? join(root, 'classroom-data')),
}

const [command, file, ...rest] = process.argv.slice(2)
if (command === undefined) await serve()
else if ((command === 'backup' || command === 'restore') && file && rest.every(word => word === '--replace'))
  process.exitCode = await (command === 'backup'
    ? backupTo(resolve(file), where)
    : restoreFrom(resolve(file), where, rest.length > 0)
  ).catch((error: Error) => {
    console.error(error.message)
    return 1
  })
else {
  console.error(USAGE)
  process.exitCode = 2
}

async function serve(): Promise<void> {
  const running = await start({
    ...where,
    port: Number(process.env.PORT ?? 4322),
    host: process.env.HOST ?? '127.0.0.1',
    site: resolve(process.env.SITE ?? join(root, 'dist')),
    lessons: resolve(process.env.LESSONS ?? join(root, 'lessons')),
    origin: process.env.ORIGIN,
    ownHosts: (process.env.OWN_HOSTS ?? '').split(/[\s,]+/).filter(Boolean),
    behindProxy: process.env.BEHIND_PROXY === '1',
  })
  console.log(`The classroom is at ${running.origin}/classroom  (Ctrl-C stops it)`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)))
}
