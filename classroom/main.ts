/** `npm run classroom`: settings come from the environment; docs/hosting.md lists them. */
import { join, resolve } from 'node:path'
import { backupTo, restoreFrom } from './db/commands.ts'
import { openDatabase } from './db/open.ts'
import { letIn } from './domain/accounts.ts'
import type { Provider } from './domain/oidc.ts'
import { start } from './server/start.ts'

const USAGE = `Usage:
  npm run classroom                                 serves the site and the classroom
  npm run classroom -- backup FILE                  writes everything that is kept to FILE, also while the classroom runs
  npm run classroom -- account EMAIL [NAME]         makes an account, or lets somebody in again; prints a password
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
else if (command === 'account' && file && rest.length <= 1) process.exitCode = await account(file, rest[0])
else {
  console.error(USAGE)
  process.exitCode = 2
}

async function account(email: string, name: string | undefined): Promise<number> {
  const db = await openDatabase(where.databaseUrl, where.data)
  try {
    console.log(`${email} signs in with this password, and then changes it: ${await letIn(db, email, name)}`)
    return 0
  } catch (error) {
    console.error((error as Error).message)
    return 1
  } finally {
    await db.close()
  }
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
    oidc: provider(),
    behindProxy: process.env.BEHIND_PROXY === '1',
  })
  console.log(`The classroom is at ${running.origin}/classroom  (Ctrl-C stops it)`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)))
}

/** @throws where only a part of it is set */
function provider(): Provider | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = process.env
  if (!issuer) return undefined
  if (!clientId || !clientSecret) throw new Error('OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET')
  const allow = (process.env.OIDC_ALLOW ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  return { name: process.env.OIDC_NAME ?? new URL(issuer).host, issuer, clientId, clientSecret, allow }
}
