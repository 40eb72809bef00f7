/** A teacher's classes. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { classesOf, createClass } from '../../domain/classes.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { assignmentPages } from './assignments.ts'
import { boardPages } from './board.ts'
import { button, field, page } from './frame.ts'
import { gradePages } from './grades.ts'
import { pathOf } from './in-class.ts'
import { logPages } from './log.ts'
import { peoplePages } from './people.ts'
import { settingsPages } from './settings.ts'

export function classPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()

  app.get('/', async c => {
    if (!c.get('teacher')) return c.redirect(`/${c.get('lang')}/classroom/sign-in`)
    const w = words[c.get('lang')]
    const here = `/${c.get('lang')}/classroom`
    const classes = await classesOf(db, teacherOf(c))
    return page(
      c,
      w.classes.title,
      html`${
        classes.length
          ? html`<ul class="cards">${classes.map(
              k =>
                html`<li><a href="${here}/classes/${k.id}/board">${k.name}</a> <small>${w.classes.learners(k.learners)} · ${k.code}</small></li>`,
            )}</ul>`
          : html`<p>${w.classes.none}</p>`
      }<form method="post" action="${here}/classes" class="card" data-zone>${field(w.classes.newName, 'name', { maxlength: 100 })}<input type="hidden" name="timezone">${button(w.classes.create)}</form>
<h2>${w.classes.account}</h2>
<ul><li><a href="${here}/password">${w.password.title}</a></li><li><a href="${here}/two-factor">${w.twoFactor.title}</a></li>
<li><a href="${here}/passkeys">${w.passkeys.title}</a></li><li><a href="${here}/platforms">${w.platforms.title}</a></li><li><a href="${here}/delete-account">${w.leaving.title}</a></li></ul><script type="module" src="/classroom/zone.js"></script>`,
    )
  })
  app.post('/classes', async c => {
    const f = await form(c)
    const made = await createClass(db, teacherOf(c), f.text('name'), f.text('timezone'))
    return c.redirect(`${pathOf(c.get('lang'), made.id)}/board`, 303)
  })
  for (const pages of [boardPages, assignmentPages, gradePages, peoplePages, logPages, settingsPages])
    app.route('/classes/:id', pages(room))
  return app
}
