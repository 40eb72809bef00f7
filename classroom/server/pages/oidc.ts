/** To the provider and back. Links, not forms: where a form leads, the policy of its page has to allow. */
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { CALLBACK } from '../../domain/oidc.ts'
import { Problem } from '../../domain/problem.ts'
import { OutboundError } from '../../net/outbound.ts'
import { begin, freshTeacherOf, leadsTo } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { addressOf, limit, limitFailures } from '../limits.ts'

export function oidcPages(room: Classroom): Hono<Env> {
  const app = new Hono<Env>()
  const { oidc } = room
  if (!oidc) return app
  const secure = room.origin.startsWith('https:')
  const cookie = `${secure ? '__Host-' : ''}podlab_oidc`
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const
  const address = (c: Parameters<typeof addressOf>[0]): string => addressOf(c, room.behindProxy)
  const slowly = limitFailures(20, 60, address, 'free')
  const seldom = limit(60, 60, address)

  for (const lang of ['zh', 'en'] as const)
    app.get(`/${lang}/classroom/oidc`, seldom, slowly, async c => {
      const linking = c.req.query('link') === undefined ? null : freshTeacherOf(c, `/${lang}/classroom/passkeys`)
      const { to, binding } = await oidc.begin(lang, linking).catch((error: Error) => {
        if (!(error instanceof OutboundError)) throw error
        console.error(`sign-in: ${error.message}`)
        throw new Problem('oidc-refused')
      })
      // Where it is to lead is the browser's own affair: nothing of it goes to the provider.
      setCookie(c, cookie, `${binding} ${leadsTo(lang, c.req.query('then'))}`, { ...options, maxAge: 600 })
      return c.redirect(to)
    })
  app.get(CALLBACK, slowly, async c => {
    const [binding = '', then] = (getCookie(c, cookie) ?? '').split(' ')
    deleteCookie(c, cookie, options)
    const { teacher, lang } = await oidc.finish(c.req.query(), binding)
    await begin(room, c, { teacher })
    return c.redirect(leadsTo(lang, then), 303)
  })
  return app
}
