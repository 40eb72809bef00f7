/** A teacher's account and its credentials: a second factor, the password, the sessions that are open. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import QRCode from 'qrcode'
import {
  changePassword,
  confirmTotp,
  endSession,
  hasTotp,
  offerTotp,
  sessionsOf,
  signOutEverywhere,
  turnOffTotp,
} from '../../domain/accounts.ts'
import { deleteTeacher, possessionsOf } from '../../domain/leaving.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { browserOf, end, freshTeacherOf, teacherOf, tokenOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { addressOf, limitFailures } from '../limits.ts'
import { button, field, page, problemNote, problemOf, when } from './frame.ts'
import { type C, pathOf } from './in-class.ts'

export function accountPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  const slowly = limitFailures(10, 60, c => addressOf(c, room.behindProxy))

  const twoFactorPage = async (c: C, offer: { secret: string; url: string }, wrong?: string) => {
    const w = words[c.get('lang')].twoFactor
    const picture = await QRCode.toDataURL(offer.url, { margin: 1 })
    return page(
      c,
      w.title,
      html`${room.secondFactor && !teacherOf(c).guarded ? html`<p>${w.must} <a href="passkeys">${words[c.get('lang')].passkeys.title}</a></p>` : ''}<p>${w.lead}</p>${problemNote(wrong)}<p><img src="${picture}" alt="${offer.url}" width="200" height="200"></p>
<p>${w.secret} <code>${offer.secret}</code></p>
<form method="post" action="two-factor" class="card"><input type="hidden" name="secret" value="${offer.secret}">
${field(w.code, 'code', { autocomplete: 'one-time-code' })}${button(w.button)}</form>`,
    )
  }

  app.get('/two-factor', async c => {
    const teacher = freshTeacherOf(c)
    if (!(await hasTotp(db, teacher))) return twoFactorPage(c, offerTotp(teacher))
    const w = words[c.get('lang')].twoFactor
    return page(
      c,
      w.title,
      html`<p role="status">${w.done}</p><form method="post" action="two-factor/off" class="card"><p>${w.offLead}</p>${button(w.off, 'danger')}</form>`,
    )
  })
  app.post('/two-factor/off', async c => {
    await turnOffTotp(db, freshTeacherOf(c, `/${c.get('lang')}/classroom/two-factor`))
    return c.redirect(`/${c.get('lang')}/classroom/two-factor`, 303)
  })
  app.post('/two-factor', slowly, async c => {
    const teacher = freshTeacherOf(c)
    const f = await form(c)
    const secret = f.text('secret')
    if (!/^[A-Z2-7]{32}$/.test(secret)) throw new Problem('bad-request')
    try {
      await confirmTotp(db, teacher, secret, f.text('code'))
    } catch (error) {
      const url = `otpauth://totp/Podlab:${encodeURIComponent(teacher.email)}?secret=${secret}&issuer=Podlab`
      c.status(400)
      return twoFactorPage(c, { secret, url }, problemOf(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom/two-factor`, 303)
  })

  const passwordPage = async (c: C, wrong?: string) => {
    const lang = c.get('lang')
    const w = words[lang].password
    const sessions = await sessionsOf(db, teacherOf(c), tokenOf(room, c))
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${problemNote(wrong)}<form method="post" action="password" class="card">
${field(w.current, 'current', { type: 'password', required: false, autocomplete: 'current-password' })}
${field(w.next, 'next', { type: 'password', help: words[c.get('lang')].setUp.passwordHelp, autocomplete: 'new-password' })}${button(w.button)}</form>
<h2>${w.sessions}</h2><ul class="cards">${sessions.map(
        ({ id, opened, own }) =>
          html`<li>${when(opened, lang)} ${own ? html`<small>${w.own}</small>` : html`<form method="post" action="sessions/end"><input type="hidden" name="session" value="${id}">${button(w.end, 'quiet')}</form>`}</li>`,
      )}</ul>
<form method="post" action="sign-out-everywhere" class="card"><p>${w.everywhereLead}</p>${button(w.everywhere, 'quiet')}</form>`,
    )
  }
  app.get('/password', c => {
    teacherOf(c)
    return passwordPage(c)
  })
  app.post('/password', slowly, async c => {
    const teacher = teacherOf(c)
    const f = await form(c)
    try {
      const [current, next] = [f.text('current'), f.text('next')]
      await changePassword(db, teacher, { current, next, browser: browserOf(room, c) })
    } catch (error) {
      c.status(error instanceof Problem && error.kind === 'guessed' ? 429 : 400)
      return passwordPage(c, problemOf(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })
  app.post('/sessions/end', async c => {
    await endSession(db, freshTeacherOf(c, `/${c.get('lang')}/classroom/password`), (await form(c)).text('session'))
    return c.redirect(`/${c.get('lang')}/classroom/password`, 303)
  })
  app.post('/sign-out-everywhere', async c => {
    await signOutEverywhere(db, teacherOf(c))
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })

  app.get('/delete-account', async c => {
    const teacher = freshTeacherOf(c)
    const lang = c.get('lang')
    const w = words[lang].leaving
    const { classes, platforms } = await possessionsOf(db, teacher)
    const first = html`<p>${w.first}</p><ul class="cards">${classes.map(
      k =>
        html`<li><a href="${pathOf(lang, k.id)}/settings">${k.name}</a> <small>${words[lang].classes.learners(k.learners)}</small></li>`,
    )}${platforms.map(p => html`<li><a href="platforms">${p.name}</a> <small>${words[lang].platforms.title}</small></li>`)}</ul>`
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${
        classes.length || platforms.length
          ? first
          : html`<form method="post" action="delete-account" class="card"><p><code>${teacher.email}</code></p>${field(w.ask, 'email', { autocomplete: 'off' })}${button(w.button, 'danger')}</form>`
      }`,
    )
  })
  app.post('/delete-account', async c => {
    const teacher = freshTeacherOf(c)
    if ((await form(c)).text('email').trim() !== teacher.email) throw new Problem('not-the-name')
    await deleteTeacher(db, teacher)
    await end(room, c, 'teacher')
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })
  return app
}
