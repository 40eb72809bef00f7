/** One instance of the classroom: the site, the pages, the verifying of what waits. */
import { createServer, type Server } from 'node:http'
import { availableParallelism } from 'node:os'
import { getRequestListener } from '@hono/node-server'
import { siteListener } from '../../site/serve.mjs'
import { openDatabase, type Where } from '../db/open.ts'
import { hasTeachers, setUpToken } from '../domain/accounts.ts'
import { forgetTheOld } from '../domain/learners.ts'
import { createOidc, type Provider } from '../domain/oidc.ts'
import { createNoteProgress } from '../domain/progress.ts'
import { judgeOne, takeLeasesBack } from '../domain/work.ts'
import { sendOne } from '../lti/scores.ts'
import { createServices } from '../lti/service.ts'
import { createKeySource } from '../lti/token.ts'
import { createOutbound } from '../net/outbound.ts'
import { createVerifier } from '../verify/pool.ts'
import { createApp } from './app.ts'
import { createChanges } from './changes.ts'
import type { Classroom } from './context.ts'
import { readCourse } from './course-catalogue.ts'
import { warmUp } from './warm-up.ts'

export interface StartOptions extends Where {
  port: number
  host?: string
  /** The built site. */
  site: string
  /** The folder of the lessons that can be set. */
  lessons: string
  /** A course.yaml, where those that it has chosen are set instead. */
  course?: string | undefined
  /** What people type; http://localhost:PORT when absent. */
  origin?: string | undefined
  secondFactor?: boolean
  behindProxy?: boolean
  /** Threads that verify. */
  workers?: number
  /** `host` or `host:port` of platforms and stores of ours that are not on the public internet. */
  ownHosts?: readonly string[]
  /** A provider by which teachers sign in. */
  oidc?: Provider | undefined
  /** Whether it is warm before it listens; tests have no class that comes all at once. */
  warm?: boolean
  /** How soon keys of a platform are asked for again; shorter in tests. */
  jwksCooldownMs?: number
}

export interface Running {
  server: Server
  origin: string
  room: Classroom
  close(): Promise<void>
}

const LOOK_MS = 300
const KEEP_ALIVE_MS = 75_000
const BACKLOG = 4096
const DAY_MS = 86_400_000
/** What tells a lesson's page that it belongs to a class. */
const MARK = '<meta name="podlab-classroom" content="/classroom/api/">'
const OURS = /^\/(classroom(\/|$)|(zh|en)\/classroom(\/|$))/

export async function start(options: StartOptions): Promise<Running> {
  const db = await openDatabase(options)
  if (!options.databaseUrl) await takeLeasesBack(db)
  // One core stays for those who wait for an answer.
  const verifying = options.workers ?? Math.max(1, availableParallelism() - 1)
  const verifier = createVerifier({ workers: verifying })
  // Whoever runs the server has named the provider: it may be on their own network.
  const ownHosts = new Set([...(options.ownHosts ?? []), ...(options.oidc ? [new URL(options.oidc.issuer).host] : [])])
  const outbound = createOutbound(ownHosts)
  const services = createServices(db, outbound)
  const keys = createKeySource(outbound, options.jwksCooldownMs)
  const room: Classroom = {
    db,
    lti: { keys, services },
    oidc: undefined,
    outbound,
    ownHosts,
    ...readCourse(options),
    noteProgress: createNoteProgress(db),
    verifier,
    changes: await createChanges(db),
    site: options.site,
    origin: options.origin ?? `http://localhost:${options.port}`,
    setUpToken: await setUpToken(db),
    secondFactor: options.secondFactor ?? false,
    behindProxy: options.behindProxy ?? false,
  }
  if (options.warm) await warmUp(room, createApp(room), verifying)
  const site = siteListener(options.site, MARK)
  // Longer than a page's silence, and than a balancer keeps connections: nobody meets one that is just being closed.
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS })
  const address = await new Promise<{ port: number }>((done, failed) => {
    server.once('error', failed)
    // A class that comes all at once waits in line instead of trying again and again.
    const at = { port: options.port, host: options.host ?? '127.0.0.1', backlog: BACKLOG }
    server.listen(at, () => done(server.address() as { port: number }))
  })
  // A port chosen by the system is known only now.
  if (!options.origin) room.origin = `http://localhost:${address.port}`
  if (options.oidc) room.oidc = createOidc(db, outbound, keys, room.origin, options.oidc)
  const ours = getRequestListener(createApp(room).fetch)
  server.on('request', (request, response) => {
    if (OURS.test((request.url ?? '').split('?')[0] ?? '')) void ours(request, response)
    else site(request, response)
  })

  let closing = false
  /** Does a piece of work after the other; looks again when there is none. */
  const keepAt = async (name: string, one: () => Promise<boolean>): Promise<void> => {
    while (!closing) {
      const found = await one().catch((error: Error) => {
        if (!closing) console.error(`${name}: ${error.message}`)
        return false
      })
      if (!found && !closing) await new Promise(resolve => setTimeout(resolve, LOOK_MS))
    }
  }
  const workers = [
    // As many are judged at once as there are processes that verify.
    ...Array.from({ length: verifying }, () => keepAt('judging', () => judgeOne(db, verifier, room.lessons))),
    keepAt('grades', () => sendOne(db, services, room.lessons)),
  ]
  const forget = (): void => void forgetTheOld(db).catch(console.error)
  forget()
  const forgetting = setInterval(forget, DAY_MS)
  forgetting.unref()

  if (!(await hasTeachers(db))) {
    console.log(
      `No account yet. The first is made at ${room.origin}/en/classroom/set-up with this token: ${room.setUpToken}`,
    )
  }
  return {
    server,
    origin: room.origin,
    room,
    async close() {
      closing = true
      clearInterval(forgetting)
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await verifier.close()
      await Promise.race([Promise.all(workers), new Promise(resolve => setTimeout(resolve, 2000))])
      await db.close()
    },
  }
}
