/** What a class is set, until when, and who has longer. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { assignmentsOf, extend, setAssignment } from '../../domain/classes.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, when } from './frame.ts'
import { inClass, lessonChoice, ownClass, titleOf } from './in-class.ts'

export function assignmentPages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()

  app.get('/assignments', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang].assignments
    const set = await assignmentsOf(db, of)
    return inClass(
      c,
      of,
      'assignments',
      html`<div class="scroll"><table><thead><tr><th scope="col">${w.lesson}</th><th scope="col">${w.opens}</th><th scope="col">${w.due}</th><th scope="col">${w.late}</th></tr></thead>
<tbody>${set.map(
        a =>
          html`<tr><th scope="row">${titleOf(room, lang, a.lesson)}</th><td>${when(a.opens, lang)}</td><td>${when(a.due, lang)}</td><td>${a.late_percent}</td></tr>`,
      )}</tbody></table></div>
<form method="post" action="assignments" class="card">${lessonChoice(room, lang, w.lesson)}
${field(w.opens, 'opens', { type: 'datetime-local', required: false })}
${field(w.due, 'due', { type: 'datetime-local', required: false, help: w.utc })}
${field(w.late, 'late', { type: 'number', value: '0', min: 0, max: 100, help: w.lateHelp })}${button(w.set)}</form>`,
    )
  })
  app.post('/assignments', async c => {
    const of = await ownClass(room, c, 'teacher')
    const f = await form(c)
    const lesson = f.text('lesson')
    const latePercent = f.number('late')
    if (!lessons.has(lesson)) throw new Problem('unknown-lesson')
    if (latePercent < 0 || latePercent > 100) throw new Problem('bad-request')
    await setAssignment(db, teacherOf(c), of, { lesson, opens: f.time('opens'), due: f.time('due'), latePercent })
    return c.redirect('assignments', 303)
  })
  app.post('/extensions', async c => {
    const of = await ownClass(room, c, 'teacher')
    const f = await form(c)
    const due = f.time('due')
    if (!due) throw new Problem('bad-request')
    await extend(db, teacherOf(c), of, f.text('lesson'), f.text('learner'), due)
    return c.redirect('grades', 303)
  })
  return app
}
