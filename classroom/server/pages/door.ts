/** Teachers come in and go out: sign in, the first account, sign out. */
import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { createTeacher, hasTeachers, isFresh, signIn } from '../../domain/accounts.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { begin, browserOf, end, leadsTo, teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { type Form, form } from '../form.ts'
import { addressOf, limitFailures } from '../limits.ts'
import { button, field, type Markup, page, problemNote, problemOf } from './frame.ts'
import type { C } from './in-class.ts'
import { PASSKEY_SCRIPT } from './passkeys.ts'

/** @param then the page to be led back to */
export const signInAddress = (lang: 'zh' | 'en', then?: string): string =>
  `/${lang}/classroom/sign-in${then ? `?then=${encodeURIComponent(then)}` : ''}`

/** What wants a fresh sign-in: who has been here for long is shown the door first, before anything is typed in vain. */
export const whenFresh = (c: C, body: Markup, here = c.req.path): Markup =>
  isFresh(teacherOf(c))
    ? body
    : html`<p><a class="button quiet" href="${signInAddress(c.get('lang'), here)}">${words[c.get('lang')].signIn.again}</a></p>`

export function door(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  const slowly = limitFailures(10, 60, c => addressOf(c, room.behindProxy))

  const signInPage = (c: C, then: string | undefined, wrong?: string) => {
    const w = words[c.get('lang')].signIn
    const to = leadsTo(c.get('lang'), then)
    return page(
      c,
      w.title,
      html`${problemNote(wrong)}<form method="post" action="sign-in" class="card"><input type="hidden" name="then" value="${to}">
${field(w.email, 'email', { type: 'email', autocomplete: 'username' })}
${field(w.password, 'password', { type: 'password', autocomplete: 'current-password' })}
${field(w.code, 'code', { required: false, help: w.codeHelp, autocomplete: 'one-time-code' })}
${button(w.button)}</form>
<form action="${to}" data-passkey="sign-in" data-failed="${words[c.get('lang')].passkeys.failed}" class="card" hidden><p role="alert" class="problem"></p>${button(words[c.get('lang')].passkeys.signIn, 'quiet')}</form>
${room.oidc ? html`<p><a class="button quiet" href="oidc?then=${encodeURIComponent(to)}">${words[c.get('lang')].oidc.signIn(room.oidc.name)}</a></p>` : ''}${PASSKEY_SCRIPT}`,
    )
  }
  const setUpPage = (c: C, wrong?: string) => {
    const w = words[c.get('lang')]
    return page(
      c,
      w.setUp.title,
      html`<p>${w.setUp.lead}</p>${problemNote(wrong)}<form method="post" action="set-up" class="card">
${field(w.setUp.token, 'token', { autocomplete: 'off' })}
${field(w.setUp.name, 'name', { autocomplete: 'name' })}
${field(w.signIn.email, 'email', { type: 'email', autocomplete: 'username' })}
${field(w.signIn.password, 'password', { type: 'password', help: w.setUp.passwordHelp, autocomplete: 'new-password' })}
${button(w.setUp.button)}</form>`,
    )
  }

  app.get('/sign-in', async c => ((await hasTeachers(db)) ? signInPage(c, c.req.query('then')) : c.redirect('set-up')))
  app.post('/sign-in', slowly, async c => {
    const f: Form = await form(c)
    try {
      const [email, password, code] = [f.text('email'), f.text('password'), f.text('code')]
      const teacher = await signIn(db, { email, password, code, browser: browserOf(room, c) })
      await begin(room, c, { teacher: teacher.id })
    } catch (error) {
      c.status(error instanceof Problem && error.kind === 'guessed' ? 429 : 401)
      return signInPage(c, f.text('then'), problemOf(error, c.get('lang')))
    }
    return c.redirect(leadsTo(c.get('lang'), f.text('then')), 303)
  })
  app.post('/sign-out', async c => {
    await end(room, c, 'teacher')
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })

  app.get('/set-up', async c => ((await hasTeachers(db)) ? c.redirect('sign-in') : setUpPage(c)))
  app.post('/set-up', slowly, async c => {
    const f = await form(c)
    if (await hasTeachers(db)) throw new Problem('closed')
    try {
      const given = Buffer.from(f.text('token').trim())
      const wanted = Buffer.from(room.setUpToken)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Problem('wrong-credentials')
      const teacher = await createTeacher(db, {
        name: f.text('name'),
        email: f.text('email'),
        password: f.text('password'),
      })
      await begin(room, c, { teacher: teacher.id })
    } catch (error) {
      c.status(400)
      return setUpPage(c, problemOf(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom`, 303)
  })
  return app
}
