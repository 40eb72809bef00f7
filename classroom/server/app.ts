/** The classroom as one application: routes, headers, what is told when something is wrong. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import { isUnstorable } from '../db/db.ts'
import { Problem, type ProblemKind } from '../domain/problem.ts'
import { words } from '../words/words.ts'
import { authenticate } from './auth.ts'
import type { Classroom, Env } from './context.ts'
import { learnerApi, RECORDS } from './learner-api.ts'
import { accountPages } from './pages/account.ts'
import { classPages } from './pages/classes.ts'
import { door, signInAddress } from './pages/door.ts'
import { page } from './pages/frame.ts'
import { joinPages } from './pages/join.ts'
import { learnerPages } from './pages/learner.ts'
import { lti } from './pages/lti.ts'
import { mePages } from './pages/me.ts'
import { oidcPages } from './pages/oidc.ts'
import { passkeyPages } from './pages/passkeys.ts'
import { platformPages } from './pages/platforms.ts'
import { passkeyApi } from './passkey-api.ts'
import { policy } from './policy.ts'

const STATUS: Record<ProblemKind, 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502> = {
  'wrong-credentials': 401,
  'wrong-code': 404,
  'wrong-key': 404,
  'nickname-taken': 409,
  'nickname-bad': 400,
  'password-weak': 400,
  'password-common': 400,
  'email-bad': 400,
  'name-bad': 400,
  closed: 403,
  'joining-closed': 403,
  'due-before-opens': 400,
  'not-the-name': 400,
  forbidden: 403,
  'still-owner': 409,
  'signed-out': 403,
  'not-found': 404,
  nobody: 404,
  'bad-request': 400,
  'too-many': 429,
  guessed: 429,
  full: 403,
  'sign-in-again': 403,
  'unknown-lesson': 404,
  'no-lesson': 400,
  'address-refused': 400,
  'platform-taken': 409,
  'no-roster': 404,
  'platform-silent': 502,
  'oidc-refused': 403,
  'oidc-unknown': 403,
  'oidc-taken': 409,
  broken: 500,
}

/** A roster of thousands; whoever takes more says so. */
const LARGEST_FORM = 256 * 1024

const source = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8')

export function createApp(room: Classroom): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('lang', c.req.path.startsWith('/zh/') ? 'zh' : 'en')
    // What is said about people is nobody's to keep.
    c.header('Cache-Control', 'no-store')
    await next()
  })
  const closed = policy(room.origin)
  // Pages that a platform may frame say so themselves.
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('Content-Security-Policy')) await closed(c, async () => {})
  })
  const small = bodyLimit({ maxSize: LARGEST_FORM })
  app.use((c, next) => (RECORDS.includes(c.req.path) ? next() : small(c, next)))
  // Pages of other sites can send forms here; what they send is not what our people wanted. But for what a platform
  // sends with a browser: that proves by itself where it comes from.
  const own = csrf({ origin: room.origin })
  app.use((c, next) => (/^\/classroom\/lti\/(login|launch)$/.test(c.req.path) ? next() : own(c, next)))
  app.get('/classroom/healthz', async c => {
    await room.db.query('select 1')
    return c.text('ok')
  })
  const style = `${source('../../site/src/styles/tokens.css')}\n${source('public/classroom.css')}`
  app.get('/classroom/style.css', c =>
    c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  )
  for (const name of ['board.js', 'go.js', 'passkeys.js', 'zone.js', 'lti/lti.js']) {
    const script = source('public', name.replace(/^.*\//, ''))
    app.get(`/classroom/${name}`, c =>
      c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' }),
    )
  }
  app.route('/classroom/lti', lti(room))

  app.use(authenticate(room))
  app.route('/classroom/api/passkeys', passkeyApi(room))
  app.route('/classroom/api', learnerApi(room))
  app.route('/', oidcPages(room))
  app.get('/classroom', c =>
    c.redirect(/\bzh\b/i.test(c.req.header('accept-language') ?? '') ? '/zh/classroom/' : '/en/classroom/'),
  )
  for (const lang of ['zh', 'en']) {
    app.route(`/${lang}/classroom/classes/:id/learners/:learner`, learnerPages(room))
    app.route(`/${lang}/classroom/me`, mePages(room))
    app.route(`/${lang}/classroom/passkeys`, passkeyPages(room))
    app.route(`/${lang}/classroom/platforms`, platformPages(room))
    for (const pages of [door, joinPages, accountPages]) app.route(`/${lang}/classroom`, pages(room))
    app.route(`/${lang}/classroom`, classPages(room))
    app.get(`/${lang}/classroom/`, c => c.redirect(`/${lang}/classroom`))
  }

  app.notFound(c => tell(c, 'not-found'))
  app.onError((error, c) => {
    if (error instanceof Problem) return tell(c, error.kind)
    if (isUnstorable(error)) return tell(c, 'bad-request')
    // Never to the reader: what a stack tells is for the log.
    const status = 'getResponse' in error ? (error as { getResponse(): Response }).getResponse().status : 500
    if (status < 500) return tell(c, status === 403 ? 'forbidden' : 'bad-request', status as 400)
    console.error(error)
    return tell(c, 'broken')
  })

  function tell(
    c: Parameters<typeof page>[0],
    kind: ProblemKind,
    status: number = STATUS[kind],
  ): Response | Promise<Response> {
    const lang = c.get('lang') ?? 'en'
    c.status(status as 400)
    // The rest of it is not read, so nothing more can come this way.
    if (status === 413) c.header('Connection', 'close')
    if (c.req.path.startsWith('/classroom/api/')) return c.json({ problem: kind })
    const w = words[lang]
    const signedIn = c.get('teacher') !== undefined
    return page(
      c,
      w.problems[kind],
      html`<p>${signedIn && kind !== 'sign-in-again' ? html`<a href="/${lang}/classroom">${w.classes.title}</a>` : html`<a href="${signInAddress(lang, c.get('then'))}">${w.signIn.title}</a>`}</p>`,
    )
  }
  return app
}
