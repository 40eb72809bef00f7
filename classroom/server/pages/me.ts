/** A learner's own page: what is set and until when, verdicts on what was handed in, and what is kept of them. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { gradesOf } from '../../domain/grades.ts'
import { hintsOf } from '../../domain/hints.ts'
import { deleteLearner } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { submissionsOf } from '../../domain/work.ts'
import { words } from '../../words/words.ts'
import { end, learnerOf } from '../auth.ts'
import { type Classroom, type Env, onSite } from '../context.ts'
import { form } from '../form.ts'
import { button, field, page, table, when } from './frame.ts'
import { titleOf } from './in-class.ts'
import { gradeCell, handedIn } from './work.ts'

export function mePages(room: Classroom): Hono<Env> {
  const { db, lessons } = room
  const app = new Hono<Env>()

  app.get('/', async c => {
    const lang = c.get('lang')
    if (!c.get('learner')) return c.redirect(`/${lang}/classroom/join`)
    const learner = learnerOf(c)
    const w = words[lang]
    const [grades, submissions, hints] = await Promise.all([
      gradesOf(db, learner, lessons),
      submissionsOf(db, learner),
      hintsOf(db, learner),
    ])
    const here = `/${lang}/classroom/me`
    const site = onSite(room, lang)
    const zone = learner.timezone
    return page(
      c,
      learner.className,
      html`<p>${w.me.youAre(learner.nickname)}</p>
<h2>${w.tabs.assignments}</h2>${
        grades.length
          ? html`${table(
              [w.assignments.lesson, w.assignments.opens, w.assignments.due, w.tabs.grades],
              grades.map(
                ({
                  assignment: a,
                  due,
                  grade,
                }) => html`<tr><th scope="row"><a href="/${site}/${lessons.get(a.lesson)?.path ?? 'lessons/'}">${titleOf(room, lang, a.lesson)}</a></th>
<td>${when(a.opens, lang, zone)}</td><td>${when(due, lang, zone)}${due && a.late_percent ? html` <small>${w.me.late(a.late_percent)}</small>` : ''}</td><td>${gradeCell(lang, grade)}</td></tr>`,
              ),
            )}<p><small>${w.assignments.zone(zone)}</small></p>`
          : html`<p>${w.me.nothingSet} <a href="/${site}/lessons/">${w.join.begin}</a></p>`
      }
<h2>${w.learner.submissions}</h2>${handedIn(room, lang, submissions, zone)}
${hints.length ? html`<h2>${w.learner.hints}</h2><ul>${hints.map(h => html`<li>${h.text} <small>${titleOf(room, lang, h.lesson)} · ${when(h.at, lang, zone)}</small></li>`)}</ul>` : ''}
<h2>${w.me.kept}</h2><p>${w.join.privacy}</p>
<p><a class="button quiet" href="/classroom/api/export">${w.me.take}</a></p>
<form method="post" action="${here}/leave">${button(w.me.leave, 'quiet')}</form>
<details><summary>${w.me.forget}</summary><form method="post" action="${here}/forget" class="card"><p>${w.me.forgetLead}</p>${field(w.me.forgetAsk, 'nickname', { autocomplete: 'off' })}${button(w.me.forget, 'danger')}</form></details>`,
    )
  })
  app.post('/leave', async c => {
    await end(room, c, 'learner')
    return c.redirect(`/${c.get('lang')}/classroom/join`, 303)
  })
  app.post('/forget', async c => {
    const learner = learnerOf(c)
    if ((await form(c)).text('nickname').trim() !== learner.nickname) throw new Problem('not-the-name')
    await end(room, c, 'learner')
    await deleteLearner(db, 'learner', learner)
    return c.redirect(`/${c.get('lang')}/classroom/join`, 303)
  })
  return app
}
