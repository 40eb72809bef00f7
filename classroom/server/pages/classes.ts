/** A teacher's classes. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { deedsOf } from '../../domain/audit.ts'
import { classesOf, createClass } from '../../domain/classes.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { assignmentPages } from './assignments.ts'
import { boardPages } from './board.ts'
import { button, field, page, when } from './frame.ts'
import { gradePages } from './grades.ts'
import { inClass, ownClass, pathOf } from './in-class.ts'
import { peoplePages } from './people.ts'

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
      }<form method="post" action="${here}/classes" class="card">${field(w.classes.newName, 'name')}${button(w.classes.create)}</form>
<p><a href="${here}/password">${w.password.title}</a> · <a href="${here}/two-factor">${w.twoFactor.title}</a> · <a href="${here}/passkeys">${w.passkeys.title}</a> · <a href="${here}/platforms">${w.platforms.title}</a></p>`,
    )
  })
  app.post('/classes', async c => {
    const made = await createClass(db, teacherOf(c), (await form(c)).text('name'))
    return c.redirect(`${pathOf(c.get('lang'), made.id)}/board`, 303)
  })
  for (const pages of [boardPages, assignmentPages, gradePages, peoplePages]) app.route('/classes/:id', pages(room))

  app.get('/classes/:id/log', async c => {
    const of = await ownClass(room, c, 'teacher')
    const lang = c.get('lang')
    const w = words[lang].log
    const deeds = await deedsOf(db, of.id)
    return inClass(
      c,
      of,
      'log',
      html`<div class="scroll"><table><thead><tr><th scope="col">${w.at}</th><th scope="col">${w.actor}</th><th scope="col">${w.action}</th></tr></thead><tbody>${deeds.map(
        d =>
          html`<tr><td>${when(d.at, lang)}</td><td>${d.actor}</td><td>${d.action} <small>${JSON.stringify(d.detail)}</small></td></tr>`,
      )}</tbody></table></div>`,
    )
  })
  return app
}
