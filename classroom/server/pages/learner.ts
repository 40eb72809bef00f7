/** One learner, as the staff see them: where they are, what was handed in and its verdicts, hints, and what is kept of them. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { one } from '../../db/db.ts'
import { classFor, isId, may, type OwnClass, type Role } from '../../domain/classes.ts'
import { gradesOf } from '../../domain/grades.ts'
import { type Help, helpOf } from '../../domain/help.ts'
import { hintsOf, sendHint } from '../../domain/hints.ts'
import {
  deleteLearner,
  exportLearner,
  type Learner,
  learnerOf,
  renameLearner,
  renewKey,
} from '../../domain/learners.ts'
import { checkTitle, exerciseTitle } from '../../domain/lessons.ts'
import { Problem } from '../../domain/problem.ts'
import { progressOf } from '../../domain/progress.ts'
import { submissionsOf } from '../../domain/work.ts'
import { readRecord, readSubmission } from '../../verify/submission.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, choice, field, type Markup, page, table, textArea, when } from './frame.ts'
import { type C, lessonChoice, pathOf, titleOf } from './in-class.ts'
import { parsed, toWorkbench } from './step-through.ts'
import { gradeCell, handedIn } from './work.ts'

export function learnerPages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()
  const find = async (c: C, atLeast?: Role) => {
    const of = await classFor(db, teacherOf(c), c.req.param('id') ?? '', atLeast)
    return { of, learner: await learnerOf(db, of, c.req.param('learner') ?? '') }
  }
  const here = (c: C, of: OwnClass, learner: Learner): string =>
    `${pathOf(c.get('lang'), of.id)}/learners/${learner.id}`

  app.get('/', async c => {
    const { of, learner } = await find(c)
    const lang = c.get('lang')
    const w = words[lang].learner
    const [places, grades, submissions, hints, help] = await Promise.all([
      progressOf(db, learner),
      gradesOf(db, learner, lessons),
      submissionsOf(db, learner),
      hintsOf(db, learner),
      helpOf(db, learner),
    ])
    const time = (at: Date | null): Markup | '' => when(at, lang, of.timezone)
    const title = (lesson: string): string => titleOf(room, lang, lesson)
    const base = here(c, of, learner)
    return page(
      c,
      learner.nickname,
      html`<p><a href="${pathOf(lang, of.id)}/board">← ${of.name}</a></p>
${help ? question(c, help, base, of.timezone) : ''}
<h2>${w.where}</h2>${
        places.length
          ? table(
              [
                words[lang].assignments.lesson,
                words[lang].board.state,
                words[lang].board.passed,
                words[lang].board.seen,
              ],
              places.map(
                p =>
                  html`<tr><th scope="row">${title(p.lesson)}</th><td>${
                    p.exercise
                      ? html`${exerciseTitle(lessons, lang, p.lesson, p.exercise)}${p.failing ? html` · ${words[lang].board.failing(checkTitle(lessons, lang, p.lesson, p.exercise, p.failing))}` : ''}`
                      : ''
                  }</td><td>${p.passed}</td><td>${time(p.at)}</td></tr>`,
              ),
            )
          : html`<p>${words[lang].board.away}</p>`
      }
<h2>${words[lang].tabs.grades}</h2>${
        grades.length
          ? table(
              [words[lang].assignments.lesson, words[lang].assignments.due, words[lang].tabs.grades],
              grades.map(
                g =>
                  html`<tr><th scope="row">${title(g.assignment.lesson)}</th><td>${time(g.due)}</td><td>${gradeCell(lang, g.grade)}</td></tr>`,
              ),
            )
          : html`<p>${words[lang].assignments.none}</p>`
      }
${
  grades.length && may(of, 'teacher')
    ? html`<details><summary>${words[lang].assignments.extend}</summary><form method="post" action="${pathOf(lang, of.id)}/extensions" class="card">
<input type="hidden" name="learner" value="${learner.id}">${choice(
        words[lang].assignments.lesson,
        'lesson',
        grades.map(g => [g.assignment.lesson, title(g.assignment.lesson)] as const),
        { id: 'extended' },
      )}
${field(words[lang].assignments.due, 'due', { type: 'datetime-local', help: words[lang].assignments.zone(of.timezone) })}${button(words[lang].assignments.extendButton, 'quiet')}</form></details>`
    : ''
}
<h2>${w.submissions}</h2>${handedIn(room, lang, submissions, of.timezone, s => html`<a href="${base}/submissions/${s.id}">${w.watch}</a>`)}
<h2>${w.hints}</h2>${
        hints.length
          ? html`<ul>${hints.map(
              h =>
                html`<li>${h.text} <small>${title(h.lesson)} · ${time(h.at)} · ${h.seen ? w.hintSeen : w.hintUnseen}</small></li>`,
            )}</ul>`
          : ''
      }<form method="post" action="${base}/hints" class="card">${lessonChoice(room, lang, w.hintLesson, help && !help.answered ? help.lesson : places[0]?.lesson)}
${textArea(w.hint, 'text', { rows: 3, maxlength: 2000, help: w.hintHelp })}${button(w.hintButton)}</form>
${may(of, 'teacher') ? manage(c, base, learner) : ''}`,
    )
  })
  const question = (c: C, help: Help, base: string, zone: string): Markup => {
    const lang = c.get('lang')
    const w = words[lang].learner
    return html`<section class="card asked"><h2>${help.answered ? w.asked : w.asks}</h2>
<p>${titleOf(room, lang, help.lesson)} <small>${when(help.at, lang, zone)}</small></p>
${help.text ? html`<blockquote>${help.text}</blockquote>` : ''}<p><a href="${base}/help">${w.watchSoFar}</a></p></section>`
  }
  const manage = (c: C, base: string, learner: Learner): Markup => {
    const w = words[c.get('lang')].learner
    return html`<h2>${w.manage}</h2>
<form method="post" action="${base}/rename" class="card">${field(w.nickname, 'to', { value: learner.nickname, autocomplete: 'off' })}${button(w.rename, 'quiet')}</form>
<form method="post" action="${base}/key" class="card"><p>${w.newKeyLead}</p>${button(w.newKey, 'quiet')}</form>
<div class="card"><p><a href="${base}/export">${w.export}</a></p></div>
<form method="post" action="${base}/delete" class="card">${field(w.removeAsk, 'nickname', { autocomplete: 'off' })}${button(w.remove, 'danger')}</form>`
  }

  app.post('/hints', async c => {
    const { of, learner } = await find(c)
    const f = await form(c)
    if (!lessons.has(f.text('lesson'))) throw new Problem('unknown-lesson')
    await sendHint(db, teacherOf(c), learner, f.text('lesson'), f.text('text'))
    return c.redirect(here(c, of, learner), 303)
  })
  app.post('/rename', async c => {
    const { of, learner } = await find(c, 'teacher')
    await renameLearner(db, teacherOf(c), learner, (await form(c)).text('to'))
    return c.redirect(here(c, of, learner), 303)
  })
  app.get('/key', async c => {
    const { of, learner } = await find(c, 'teacher')
    return c.redirect(here(c, of, learner))
  })
  app.post('/key', async c => {
    const { of, learner } = await find(c, 'teacher')
    const key = await renewKey(db, teacherOf(c), learner)
    const w = words[c.get('lang')]
    return page(
      c,
      learner.nickname,
      html`<section class="card" role="status"><p>${w.learner.newKeyDone}</p><p><code class="key">${key}</code></p>
<p>${w.learner.newKeyWhere} <code class="address">${room.origin}/${c.get('lang')}/classroom/join</code></p></section>
<p><a href="${here(c, of, learner)}">← ${learner.nickname}</a></p>`,
    )
  })
  app.get('/export', async c => {
    const { learner } = await find(c, 'teacher')
    c.header('Content-Disposition', 'attachment; filename="learner.json"')
    return c.json(await exportLearner(db, learner))
  })
  app.post('/delete', async c => {
    const { of, learner } = await find(c, 'teacher')
    if ((await form(c)).text('nickname').trim() !== learner.nickname) throw new Problem('not-the-name')
    await deleteLearner(db, teacherOf(c).email, learner)
    return c.redirect(`${pathOf(c.get('lang'), of.id)}/board`, 303)
  })

  app.get('/submissions/:submission', async c => {
    const { learner } = await find(c)
    const id = c.req.param('submission')
    const found = isId(id)
      ? await one<{ lesson: string; body: string }>(
          db,
          'select lesson, body from submission where id = $1 and learner = $2',
          [id, learner.id],
        )
      : undefined
    const read = found && readSubmission(parsed(found.body))
    if (!found || !read || 'refusal' in read) throw new Problem('not-found')
    return toWorkbench(room, c, learner.nickname, found.lesson, read.submission.record)
  })
  app.get('/help', async c => {
    const { learner } = await find(c)
    const help = await helpOf(db, learner)
    const record = help && readRecord(parsed(help.body))
    if (!help || !record) throw new Problem('not-found')
    return toWorkbench(room, c, learner.nickname, help.lesson, record)
  })
  return app
}
