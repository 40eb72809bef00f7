/** One learner, as the instructor sees them: what was handed in, what came of it, a hint to send, data to hand over or delete. */
import { deflateRawSync } from 'node:zlib'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { one } from '../../db/db.ts'
import { classFor, isId } from '../../domain/classes.ts'
import { sendHint } from '../../domain/hints.ts'
import { deleteLearner, exportLearner, learnerOf } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { submissionsOf } from '../../domain/work.ts'
import { type Refusal, readSubmission } from '../../verify/submission.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import { type Classroom, type Env, onSite } from '../context.ts'
import { form } from '../form.ts'
import { button, field, page, when } from './frame.ts'
import { type C, lessonChoice, pathOf, titleOf } from './in-class.ts'

export function learnerPages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()
  const find = async (c: C, atLeast?: 'teacher') => {
    const of = await classFor(db, teacherOf(c), c.req.param('id') ?? '', atLeast)
    return { of, learner: await learnerOf(db, of, c.req.param('learner') ?? '') }
  }

  app.get('/', async c => {
    const { of, learner } = await find(c)
    const lang = c.get('lang')
    const w = words[lang]
    const title = (lesson: string): string => titleOf(room, lang, lesson)
    const submissions = await submissionsOf(db, learner)
    const here = `${pathOf(lang, of.id)}/learners/${learner.id}`
    return page(
      c,
      learner.nickname,
      html`<p><a href="${pathOf(lang, of.id)}/board">← ${of.name}</a></p>
<h2>${w.learner.submissions}</h2>${
        submissions.length
          ? html`<ul>${submissions.map(
              s =>
                html`<li>${title(s.lesson)} · ${s.exercise}: <b class="state-${s.state}">${w.learner.states[s.state]}</b> ${when(s.at, lang)}
${s.refusal ? html` — ${w.refusals[s.refusal as Refusal] ?? s.refusal}` : ''}
${s.refusal === 'malformed' || s.refusal === 'impossible' ? '' : html`<a href="${here}/submissions/${s.id}">${w.learner.watch}</a>`}</li>`,
            )}</ul>`
          : html`<p>${w.learner.none}</p>`
      }
<h2>${w.learner.hint}</h2><form method="post" action="${here}/hints" class="card">${lessonChoice(room, lang, w.learner.hintLesson)}
<p class="field"><label for="text">${w.learner.hint}</label><textarea id="text" name="text" rows="3" maxlength="2000" required></textarea></p>${button(w.learner.hintButton)}</form>
<h2>${w.learner.remove}</h2><p><a href="${here}/export">${w.learner.export}</a></p>
<form method="post" action="${here}/delete" class="card">${field(w.learner.removeAsk, 'nickname', { autocomplete: 'off' })}${button(w.learner.remove, 'danger')}</form>`,
    )
  })
  app.post('/hints', async c => {
    const { of, learner } = await find(c)
    const f = await form(c)
    if (!lessons.has(f.text('lesson'))) throw new Problem('unknown-lesson')
    await sendHint(db, teacherOf(c), learner, f.text('lesson'), f.text('text'))
    return c.redirect(`${pathOf(c.get('lang'), of.id)}/learners/${learner.id}`, 303)
  })
  app.get('/export', async c => {
    const { learner } = await find(c, 'teacher')
    c.header('Content-Disposition', 'attachment; filename="learner.json"')
    return c.json(await exportLearner(db, learner))
  })
  app.post('/delete', async c => {
    const { of, learner } = await find(c, 'teacher')
    if ((await form(c)).text('nickname') !== learner.nickname) throw new Problem('bad-request')
    await deleteLearner(db, teacherOf(c).email, learner)
    return c.redirect(`${pathOf(c.get('lang'), of.id)}/board`, 303)
  })
  /**
   * To the workbench, with the record in the address: there it can be stepped through. By a page, since a header has no room
   * for a long session, and what stands after # is sent to nobody.
   */
  app.get('/submissions/:submission', async c => {
    const { learner } = await find(c)
    const lang = c.get('lang')
    const id = c.req.param('submission')
    const found = isId(id)
      ? await one<{ lesson: string; body: string }>(
          db,
          'select lesson, body from submission where id = $1 and learner = $2',
          [id, learner.id],
        )
      : undefined
    const lesson = lessons.get(found?.lesson ?? '')
    const read = found && readSubmission(parsed(found.body))
    if (!lesson || !read || 'refusal' in read) throw new Problem('not-found')
    const shared = deflateRawSync(JSON.stringify({ record: read.submission.record, files: {} })).toString('base64url')
    const to = `/${onSite(room, lang)}/${lesson.path}#shared=${shared}`
    return page(
      c,
      learner.nickname,
      html`<p><a href="${to}" data-go>${words[lang].learner.watch}: ${lesson.title[lang]}</a></p><script type="module" src="/classroom/go.js"></script>`,
    )
  })
  return app
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Handed in, and refused for just that.
    return undefined
  }
}
