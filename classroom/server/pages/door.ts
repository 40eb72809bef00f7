/** The pages before one is in: sign in, the first account, join, come back. */
import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import QRCode from 'qrcode'
import {
  changePassword,
  closeSessionsOf,
  confirmTotp,
  createTeacher,
  hasTeachers,
  hasTotp,
  offerTotp,
  signIn,
  turnOffTotp,
} from '../../domain/accounts.ts'
import { comeBack, join } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { begin, end, freshTeacherOf, teacherOf } from '../auth.ts'
import { type Classroom, type Env, onSite } from '../context.ts'
import { type Form, form } from '../form.ts'
import { addressOf, limitFailures } from '../limits.ts'
import { button, field, page, problemNote } from './frame.ts'
import { PASSKEY_SCRIPT } from './passkeys.ts'

type C = Parameters<typeof page>[0]

export function door(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  const address = (c: C): string => addressOf(c, room.behindProxy)
  const slowly = limitFailures(10, 60, address)
  const joining = limitFailures(10, 60, address, 'free')
  const told = (error: unknown, lang: 'zh' | 'en'): string => {
    if (!(error instanceof Problem)) throw error
    return words[lang].problems[error.kind]
  }

  const signInPage = (c: C, wrong?: string) => {
    const w = words[c.get('lang')].signIn
    return page(
      c,
      w.title,
      html`${problemNote(wrong)}<form method="post" action="sign-in" class="card">
${field(w.email, 'email', { type: 'email', autocomplete: 'username' })}
${field(w.password, 'password', { type: 'password', autocomplete: 'current-password' })}
${field(w.code, 'code', { required: false, help: w.codeHelp, autocomplete: 'one-time-code' })}
${button(w.button)}</form>
<form action="/${c.get('lang')}/classroom" data-passkey="sign-in" data-failed="${words[c.get('lang')].passkeys.failed}" class="card" hidden><p role="alert" class="problem"></p>${button(words[c.get('lang')].passkeys.signIn, 'quiet')}</form>
${room.oidc ? html`<p><a class="button quiet" href="oidc">${words[c.get('lang')].oidc.signIn(room.oidc.name)}</a></p>` : ''}${PASSKEY_SCRIPT}`,
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
  const joinPage = (c: C, given: { code?: string | undefined; nickname?: string; wrong?: string } = {}) => {
    const w = words[c.get('lang')].join
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${problemNote(given.wrong)}<form method="post" action="join" class="card">
${field(w.code, 'code', { value: given.code ?? '', autocomplete: 'off' })}
${field(w.nickname, 'nickname', { value: given.nickname ?? '', help: w.nicknameHelp, autocomplete: 'nickname' })}
${button(w.button)}
<p><small>${w.privacy}</small></p></form>
<h2>${w.back}</h2><form method="post" action="come-back" class="card"><p>${w.backLead}</p>
${field(w.key, 'key', { autocomplete: 'off' })}${button(w.backButton, 'quiet')}</form>`,
    )
  }
  const twoFactorPage = async (c: C, offer: { secret: string; url: string }, wrong?: string) => {
    const w = words[c.get('lang')].twoFactor
    const picture = await QRCode.toDataURL(offer.url, { margin: 1 })
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${problemNote(wrong)}<p><img src="${picture}" alt="${offer.url}" width="200" height="200"></p>
<p>${w.secret} <code>${offer.secret}</code></p>
<form method="post" action="two-factor" class="card"><input type="hidden" name="secret" value="${offer.secret}">
${field(w.code, 'code', { autocomplete: 'one-time-code' })}${button(w.button)}</form>`,
    )
  }

  app.get('/sign-in', async c => ((await hasTeachers(db)) ? signInPage(c) : c.redirect('set-up')))
  app.post('/sign-in', slowly, async c => {
    const f: Form = await form(c)
    try {
      const teacher = await signIn(db, f.text('email'), f.text('password'), f.text('code'))
      await begin(room, c, { teacher: teacher.id })
    } catch (error) {
      c.status(401)
      return signInPage(c, told(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom`, 303)
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
      return setUpPage(c, told(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom`, 303)
  })

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
    await turnOffTotp(db, freshTeacherOf(c))
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
      return twoFactorPage(c, { secret, url }, told(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom/two-factor`, 303)
  })

  const passwordPage = (c: C, wrong?: string) => {
    const w = words[c.get('lang')].password
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${problemNote(wrong)}<form method="post" action="password" class="card">
${field(w.current, 'current', { type: 'password', required: false, autocomplete: 'current-password' })}
${field(w.next, 'next', { type: 'password', help: words[c.get('lang')].setUp.passwordHelp, autocomplete: 'new-password' })}${button(w.button)}</form>
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
      await changePassword(db, teacher, f.text('current'), f.text('next'))
    } catch (error) {
      c.status(400)
      return passwordPage(c, told(error, c.get('lang')))
    }
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })
  app.post('/sign-out-everywhere', async c => {
    await closeSessionsOf(db, teacherOf(c))
    return c.redirect(`/${c.get('lang')}/classroom/sign-in`, 303)
  })

  app.get('/join', c => joinPage(c, { code: c.req.query('code') }))
  app.post('/join', joining, async c => {
    const f = await form(c)
    const w = words[c.get('lang')].join
    try {
      const { learner, returnKey } = await join(db, f.text('code'), f.text('nickname'))
      await begin(room, c, { learner: learner.id })
      return page(
        c,
        w.joined(learner.nickname),
        html`<section class="card"><h2>${w.keyTitle}</h2><p>${w.keyLead}</p><p><code class="key">${returnKey}</code></p></section>
<p><a class="button" href="/${onSite(room, c.get('lang'))}/lessons/">${w.begin}</a> <a class="button quiet" href="me">${words[c.get('lang')].me.title}</a></p>`,
      )
    } catch (error) {
      c.status(400)
      return joinPage(c, { code: f.text('code'), nickname: f.text('nickname'), wrong: told(error, c.get('lang')) })
    }
  })
  app.post('/come-back', joining, async c => {
    const f = await form(c)
    try {
      const learner = await comeBack(db, f.text('key'))
      await begin(room, c, { learner: learner.id })
    } catch (error) {
      c.status(400)
      return joinPage(c, { wrong: told(error, c.get('lang')) })
    }
    return c.redirect('me', 303)
  })
  return app
}
