/** `npm run classroom`: settings come from the environment; docs/hosting.md lists them. */
import { join, resolve } from 'node:path'
import { start } from './server/start.ts'

const root = join(import.meta.dirname, '..')
const port = Number(process.env.PORT ?? 4322)
const running = await start({
  port,
  host: process.env.HOST ?? '127.0.0.1',
  databaseUrl: process.env.DATABASE_URL,
  data: resolve(process.env.DATA ?? join(root, 'classroom-data')),
  site: resolve(process.env.SITE ?? join(root, 'dist')),
  lessons: resolve(process.env.LESSONS ?? join(root, 'lessons')),
  origin: process.env.ORIGIN,
  ownHosts: (process.env.OWN_HOSTS ?? '').split(/[\s,]+/).filter(Boolean),
  behindProxy: process.env.BEHIND_PROXY === '1',
})
console.log(`The classroom is at ${running.origin}/classroom  (Ctrl-C stops it)`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void running.close().then(() => process.exit(0)))
