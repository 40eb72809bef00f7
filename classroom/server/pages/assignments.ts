/** The assignments of a class: lessons, due dates, and extensions. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { assignmentsOf, extend, extensionsOf, may, removeAssignment, setAssignment } from '../../domain/classes.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, table, when } from './frame.ts'
import { inClass, ownClass, pathOf, titleOf } from './in-class.ts'

export function assignmentPages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()

  app.get('/assignments', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang].assignments
    const set = await assignmentsOf(db, of)
    const longer = await extensionsOf(db, of)
    const changes = may(of, 'teacher')
    const rows = set.map(
      a => html`<tr><th scope="row">${titleOf(room, lang, a.lesson)}</th>
<td>${when(a.opens, lang, of.timezone)}</td><td>${when(a.due, lang, of.timezone)}</td><td>${a.late_percent} %</td>
${changes ? html`<td><form method="post" action="assignments/remove"><input type="hidden" name="lesson" value="${a.lesson}"><button class="link">${w.remove}</button></form></td>` : ''}</tr>`,
    )
    return inClass(
      c,
      of,
      'assignments',
      html`${set.length ? table([w.lesson, w.opens, w.due, w.late, ...(changes ? [w.change] : [])], rows) : html`<p>${w.none}</p>`}
${
  longer.length
    ? html`<h3>${w.longer}</h3><ul>${longer.map(
        e =>
          html`<li><a href="${pathOf(lang, of.id)}/learners/${e.learner}">${e.nickname}</a> · ${titleOf(room, lang, e.lesson)} <small>${when(e.due, lang, of.timezone)}</small></li>`,
      )}</ul>`
    : ''
}
${
  changes
    ? html`<h3>${w.title}</h3><form method="post" action="assignments" class="card"><fieldset><legend>${w.lessons}</legend><div class="choices">${[...lessons].map(([id, { title }]) => html`<label><input type="checkbox" name="lesson" value="${id}"> ${title[lang]}</label>`)}</div></fieldset>
${field(w.opens, 'opens', { type: 'datetime-local', required: false })}
${field(w.due, 'due', { type: 'datetime-local', required: false, help: w.zone(of.timezone) })}
${field(w.late, 'late', { type: 'number', value: '0', min: 0, max: 100, help: w.lateHelp })}${button(w.set)}
<p><small>${w.again}</small></p></form>`
    : ''
}`,
    )
  })
  app.post('/assignments', async c => {
    const of = await ownClass(room, c, 'teacher')
    const f = await form(c)
    const wanted = f.texts('lesson')
    const latePercent = f.number('late')
    if (!wanted.length) throw new Problem('no-lesson')
    if (wanted.some(lesson => !lessons.has(lesson))) throw new Problem('unknown-lesson')
    if (latePercent < 0 || latePercent > 100) throw new Problem('bad-request')
    const [opens, due] = [f.time('opens', of.timezone), f.time('due', of.timezone)]
    if (opens && due && due <= opens) throw new Problem('due-before-opens')
    for (const lesson of wanted) await setAssignment(db, teacherOf(c), of, { lesson, opens, due, latePercent })
    return c.redirect('assignments', 303)
  })
  app.post('/assignments/remove', async c => {
    const of = await ownClass(room, c, 'teacher')
    await removeAssignment(db, teacherOf(c), of, (await form(c)).text('lesson'))
    return c.redirect('../assignments', 303)
  })
  app.post('/extensions', async c => {
    const of = await ownClass(room, c, 'teacher')
    const f = await form(c)
    const due = f.time('due', of.timezone)
    const learner = f.text('learner')
    if (!due) throw new Problem('bad-request')
    await extend(db, teacherOf(c), of, f.text('lesson'), learner, due)
    return c.redirect(`${pathOf(c.get('lang'), of.id)}/learners/${learner}`, 303)
  })
  return app
}
