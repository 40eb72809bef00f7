/** `npm run classroom`, and `podlab classroom` in a course's folder. Settings come from the environment; docs/hosting.md lists them. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backupTo, restoreFrom } from './db/commands.ts'
import { openDatabase, type Where } from './db/open.ts'
import { letIn } from './domain/accounts.ts'
import type { Provider } from './domain/oidc.ts'
import { start } from './server/start.ts'

const USAGE = `Usage (npm run classroom -- …, or podlab classroom …):
  (nothing)                    serves the site and the classroom
  backup FILE                  writes everything that is kept to FILE, also while the classroom runs
  account EMAIL [NAME]         makes an account, or lets somebody in again; prints a password
  restore FILE [--replace]     into an empty database, or in place of what is there
`

const ROOT = join(import.meta.dirname, '..')
const { env } = process

/**
 * @param here the folder in which data is, and course.yaml if the classroom is for a course
 * @returns the process's exit code; a classroom that serves has none yet
 */
export async function main([command, file, ...rest]: string[], here = ROOT): Promise<number> {
  const where: Where = {
    databaseUrl: env.DATABASE_URL || undefined,
    data: resolve(here, env.DATA ?? 'classroom-data'),
    secret: env.SECRET || undefined,
    secretBefore: env.SECRET_BEFORE || undefined,
  }
  try {
    if (command === undefined) return await serve(where, here)
    const flags = rest.every(word => word === '--replace')
    if (command === 'backup' && file && !rest.length) return await backupTo(resolve(file), where)
    if (command === 'restore' && file && flags) return await restoreFrom(resolve(file), where, rest.length > 0)
    if (command === 'account' && file && rest.length <= 1) return await account(where, file, rest[0])
    console.error(USAGE)
    return 2
  } catch (error) {
    console.error((error as Error).message)
    return 1
  }
}

async function account(where: Where, email: string, name: string | undefined): Promise<number> {
  const db = await openDatabase(where)
  try {
    console.log(`${email} signs in with this password, and then changes it: ${await letIn(db, email, name)}`)
    return 0
  } finally {
    await db.close()
  }
}

async function serve(where: Where, here: string): Promise<number> {
  const course = env.COURSE ? resolve(env.COURSE) : here === ROOT ? undefined : join(here, 'course.yaml')
  const site = resolve(env.SITE ?? (course ? join(course, '../site') : join(ROOT, 'dist')))
  if (!existsSync(join(site, 'index.html')))
    throw new Error(`there is no site in ${site}; ${course ? 'podlab build --out site' : 'npm run build'} makes one`)
  const running = await start({
    ...where,
    port: Number(env.PORT ?? 4322),
    host: env.HOST ?? '127.0.0.1',
    site,
    lessons: resolve(env.LESSONS ?? join(ROOT, 'lessons')),
    course,
    origin: env.ORIGIN,
    ownHosts: words(env.OWN_HOSTS),
    oidc: provider(),
    secondFactor: env.SECOND_FACTOR === '1',
    behindProxy: env.BEHIND_PROXY === '1',
    warm: true,
  })
  console.log(`The classroom is at ${running.origin}/classroom  (Ctrl-C stops it)`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)))
  return 0
}

const words = (text = ''): string[] => text.split(/[\s,]+/).filter(Boolean)

/** @throws where only a part of it is set */
function provider(): Provider | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer) return undefined
  if (!clientId || !clientSecret) throw new Error('OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET')
  const allow = words(env.OIDC_ALLOW?.toLowerCase())
  return { name: env.OIDC_NAME ?? new URL(issuer).host, issuer, clientId, clientSecret, allow }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
