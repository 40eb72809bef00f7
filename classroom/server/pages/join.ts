/** Learners come in: by a class's code, or back by their key. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { comeBack, join } from '../../domain/learners.ts'
import { words } from '../../words/words.ts'
import { begin } from '../auth.ts'
import { type Classroom, type Env, onSite } from '../context.ts'
import { form } from '../form.ts'
import { addressOf, limitFailures } from '../limits.ts'
import { button, field, page, problemNote, problemOf } from './frame.ts'
import type { C } from './in-class.ts'

export function joinPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  const joining = limitFailures(10, 60, c => addressOf(c, room.behindProxy), 'free')

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
      return joinPage(c, { code: f.text('code'), nickname: f.text('nickname'), wrong: problemOf(error, c.get('lang')) })
    }
  })
  app.post('/come-back', joining, async c => {
    const f = await form(c)
    try {
      const learner = await comeBack(db, f.text('key'))
      await begin(room, c, { learner: learner.id })
    } catch (error) {
      c.status(400)
      return joinPage(c, { wrong: problemOf(error, c.get('lang')) })
    }
    return c.redirect('me', 303)
  })
  return app
}
