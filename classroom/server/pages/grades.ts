/** The grade book and what goes out of it: CSV, statements, grades for platforms; and records that are very much alike. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { alike } from '../../domain/alike.ts'
import { record } from '../../domain/audit.ts'
import { assignmentsOf, may, type OwnClass } from '../../domain/classes.ts'
import { gradeBook, gradesAsCsv } from '../../domain/grades.ts'
import { exerciseTitle } from '../../domain/lessons.ts'
import { Problem } from '../../domain/problem.ts'
import { retryScores, stuckScores } from '../../lti/score-queue.ts'
import { OutboundError } from '../../net/outbound.ts'
import { words } from '../../words/words.ts'
import { sendStatements } from '../../xapi/send.ts'
import { statementsOf } from '../../xapi/statements.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, type Markup, table } from './frame.ts'
import { backToForm, type C, inClass, ownClass, pathOf, titleOf } from './in-class.ts'
import { gradeCell } from './work.ts'

export function gradePages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()

  app.get('/grades', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang]
    const { assignments, rows } = await gradeBook(db, of.id, lessons)
    if (!assignments.length) return inClass(c, of, 'grades', html`<p>${w.grades.none}</p>`)
    const set = assignments.map(a => [a.lesson, titleOf(room, lang, a.lesson)] as const)
    return inClass(
      c,
      of,
      'grades',
      html`<p><a class="button quiet" href="grades.csv">${w.grades.download}</a></p>
${table(
  [w.board.learner, ...set.map(([, title]) => title)],
  rows.map(
    r =>
      html`<tr><th scope="row"><a href="${pathOf(lang, of.id)}/learners/${r.learner}">${r.nickname}</a></th>${assignments.map(
        a => html`<td>${gradeCell(lang, r.grades.get(a.lesson)!)}</td>`,
      )}</tr>`,
  ),
)}
<h3>${w.grades.alike}</h3><p>${w.grades.alikeLead}</p>
<ul>${set.map(([lesson, title]) => html`<li><a href="alike?lesson=${encodeURIComponent(lesson)}">${title}</a></li>`)}</ul>
${await unsent(c, of)}${may(of, 'teacher') ? statements(c) : ''}`,
    )
  })
  app.get('/grades.csv', async c => {
    const of = await ownClass(room, c)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', 'attachment; filename="grades.csv"')
    const lang = c.get('lang')
    const { grades, board } = words[lang]
    const columns = { ...grades.columns, learner: board.learner }
    const book = await gradeBook(db, of.id, lessons)
    return c.body(gradesAsCsv(book, columns, lesson => titleOf(room, lang, lesson), of.timezone))
  })

  app.get('/alike', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang].grades
    const lesson = c.req.query('lesson') ?? ''
    if (!(await assignmentsOf(db, of)).some(a => a.lesson === lesson)) throw new Problem('unknown-lesson')
    const base = `${pathOf(lang, of.id)}/learners`
    const pairs = await alike(db, of.id, lesson)
    return inClass(
      c,
      of,
      'grades',
      html`<h3>${w.alikeIn(titleOf(room, lang, lesson))}</h3><p>${w.alikeLead}</p>${
        pairs.length
          ? html`<ul>${pairs.map(
              p =>
                html`<li>${exerciseTitle(lessons, lang, lesson, p.exercise)}<br>${p.learners.map(
                  (l, i) => html`${i ? ' — ' : ''}<a href="${base}/${l.id}">${l.nickname}</a>`,
                )} <small>${w.howAlike(Math.round(p.similarity * 100))}</small></li>`,
            )}</ul>`
          : html`<p>${w.alikeNone}</p>`
      }`,
    )
  })

  const statements = (c: C, done?: { sent: number } | { problem: string }): Markup => {
    const w = words[c.get('lang')].xapi
    return html`<details${done ? html` open` : ''}><summary>${w.title}</summary><p>${w.lead}</p><p><a class="button quiet" href="statements.json">${w.download}</a></p>
${done && 'sent' in done ? html`<p role="status">${w.sent(done.sent)}</p>` : ''}${done && 'problem' in done ? html`<p class="problem" role="alert">${w.failed} <span lang="en">${done.problem}</span></p>` : ''}
<form method="post" action="statements" class="card">${field(w.endpoint, 'endpoint', { type: 'url' })}${field(w.key, 'key', { autocomplete: 'off' })}
${field(w.secret, 'secret', { type: 'password', autocomplete: 'off', help: w.secretHelp })}${button(w.send, 'quiet')}</form></details>`
  }
  app.get('/statements.json', async c => {
    const of = await ownClass(room, c, 'teacher')
    c.header('Content-Disposition', 'attachment; filename="statements.json"')
    return c.json(await statementsOf(db, of, room))
  })
  app.get('/statements', backToForm(room, 'grades', 'teacher'))
  app.post('/statements', async c => {
    const of = await ownClass(room, c, 'teacher')
    const f = await form(c)
    const store = { endpoint: f.text('endpoint'), key: f.text('key'), secret: f.text('secret') }
    const done = await sendStatements(room.outbound, store, await statementsOf(db, of, room)).then(
      sent => ({ sent }),
      (error: Error) => {
        if (error instanceof OutboundError) return { problem: error.message }
        throw error
      },
    )
    // Neither key nor secret: only where to.
    const deed = { endpoint: store.endpoint.slice(0, 500), ...done }
    await record(db, { class: of.id, actor: teacherOf(c).email, action: 'statements.send', detail: deed })
    if ('problem' in done) c.status(502)
    return inClass(c, of, 'grades', statements(c, done))
  })

  /** Grades that the platform has not taken. */
  const unsent = async (c: C, of: OwnClass): Promise<Markup | ''> => {
    const stuck = await stuckScores(db, of.id)
    const lang = c.get('lang')
    const w = words[lang].lti
    return stuck.length
      ? html`<h3>${w.unsent}</h3><p>${w.unsentLead}</p><ul>${stuck.map(
          s =>
            html`<li>${s.nickname} · ${titleOf(room, lang, s.lesson)} <small>${w.unsentAttempts(s.attempts)}${s.problem ? html` · <span lang="en">${s.problem}</span>` : ''}</small></li>`,
        )}</ul>${may(of, 'teacher') ? html`<form method="post" action="send-again">${button(w.retry, 'quiet')}</form>` : ''}`
      : ''
  }
  app.post('/send-again', async c => {
    await retryScores(db, (await ownClass(room, c, 'teacher')).id)
    return c.redirect('grades', 303)
  })
  return app
}
