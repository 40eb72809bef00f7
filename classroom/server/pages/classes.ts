/** The instructor's pages: classes, board, assignments, grades, people, log. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import QRCode from 'qrcode'
import { alike } from '../../domain/alike.ts'
import { deedsOf, record } from '../../domain/audit.ts'
import { board } from '../../domain/board.ts'
import {
  addStaff,
  assignmentsOf,
  type Class,
  classesOf,
  classFor,
  createClass,
  extend,
  type Role,
  setAssignment,
} from '../../domain/classes.ts'
import { gradeBook, gradesAsCsv } from '../../domain/grades.ts'
import { enrol } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { contextOf, type Synced, syncRoster } from '../../lti/roster.ts'
import { retryScores, stuckScores } from '../../lti/score-queue.ts'
import { OutboundError } from '../../net/outbound.ts'
import { words } from '../../words/words.ts'
import { sendStatements } from '../../xapi/send.ts'
import { statementsOf } from '../../xapi/statements.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { boardTable } from './board.ts'
import { button, field, type Markup, page, when } from './frame.ts'

/** A board that nobody changes still has ages in it, and a connection that must not be thought dead. */
const BEAT_MS = 20_000
/** How long a board rests, as a multiple of how long it took to draw. */
const REST = 4
const MOST_NICKNAMES = 2000

export function classPages(room: Classroom): Hono<Env> {
  const { db, lessons, catalogue } = room
  const app = new Hono<Env>()
  type C = Parameters<typeof page>[0]

  const titleOf = (c: C, lesson: string): string => catalogue.get(lesson)?.title[c.get('lang')] ?? lesson
  const lessonChoice = (c: C): Markup =>
    html`<select id="lesson" name="lesson">${[...lessons.keys()].map(id => html`<option value="${id}">${titleOf(c, id)}</option>`)}</select>`

  const inClass = (c: C, of: Class, at: 'board' | 'assignments' | 'grades' | 'people' | 'log', body: Markup) => {
    const w = words[c.get('lang')]
    const base = `/${c.get('lang')}/classroom/classes/${of.id}`
    const tabs = ['board', 'assignments', 'grades', 'people', 'log'] as const
    return page(
      c,
      of.name,
      html`<nav class="tabs" aria-label="${of.name}">${tabs.map(
        tab => html`<a href="${base}/${tab}"${tab === at ? html` aria-current="page"` : ''}>${w.tabs[tab]}</a>`,
      )}</nav><h2>${w.tabs[at]}</h2>${body}`,
    )
  }
  const own = (c: C, atLeast?: Role): Promise<Class> => classFor(db, teacherOf(c), c.req.param('id') ?? '', atLeast)

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
    return c.redirect(`/${c.get('lang')}/classroom/classes/${made.id}/board`, 303)
  })

  app.get('/classes/:id/board', async c => {
    const of = await own(c)
    const lang = c.get('lang')
    const w = words[lang].board
    const link = `${room.origin}/${lang}/classroom/join?code=${of.code}`
    const picture = await QRCode.toDataURL(link, { margin: 1 })
    return inClass(
      c,
      of,
      'board',
      html`<section class="card invite"><img src="${picture}" alt="${w.qrAlt(link)}" width="140" height="140">
<p>${w.invite} <code class="key">${of.code}</code><br><a href="${link}">${link}</a></p></section>
<p data-board-status role="status" data-live="${w.live}" data-lost="${w.lost}"></p>
<div data-board="events?lang=${lang}">${boardTable(room, of.id, await board(db, of.id), lang)}</div>
<script type="module" src="/classroom/board.js"></script>`,
    )
  })
  app.get('/classes/:id/events', async c => {
    const of = await own(c)
    const lang = c.get('lang')
    return streamSSE(c, async stream => {
      const send = async (): Promise<void> => {
        const table = await boardTable(room, of.id, await board(db, of.id), lang)
        await stream.writeSSE({ data: JSON.stringify(String(table)) })
      }
      let wake = (): void => {}
      // What changes while the board is drawn is drawn next.
      let changed = false
      const stop = room.changes.watch(of.id, () => {
        changed = true
        wake()
      })
      stream.onAbort(() => {
        stop()
        wake()
      })
      while (!stream.aborted) {
        const began = performance.now()
        changed = false
        await send()
        // Drawing a large class takes a while; it must not be all that is done.
        await stream.sleep(REST * (performance.now() - began))
        if (changed) continue
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, BEAT_MS)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    })
  })

  app.get('/classes/:id/assignments', async c => {
    const of = await own(c)
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
          html`<tr><th scope="row">${titleOf(c, a.lesson)}</th><td>${when(a.opens, lang)}</td><td>${when(a.due, lang)}</td><td>${a.late_percent}</td></tr>`,
      )}</tbody></table></div>
<form method="post" action="assignments" class="card"><p class="field"><label for="lesson">${w.lesson}</label>${lessonChoice(c)}</p>
${field(w.opens, 'opens', { type: 'datetime-local', required: false })}
${field(w.due, 'due', { type: 'datetime-local', required: false, help: w.utc })}
${field(w.late, 'late', { type: 'number', value: '0', min: 0, max: 100, help: w.lateHelp })}${button(w.set)}</form>`,
    )
  })
  app.post('/classes/:id/assignments', async c => {
    const of = await own(c, 'teacher')
    const f = await form(c)
    const lesson = f.text('lesson')
    const latePercent = f.number('late')
    if (!lessons.has(lesson)) throw new Problem('unknown-lesson')
    if (latePercent < 0 || latePercent > 100) throw new Problem('bad-request')
    await setAssignment(db, teacherOf(c), of, { lesson, opens: f.time('opens'), due: f.time('due'), latePercent })
    return c.redirect('assignments', 303)
  })
  app.post('/classes/:id/extensions', async c => {
    const of = await own(c, 'teacher')
    const f = await form(c)
    const due = f.time('due')
    if (!due) throw new Problem('bad-request')
    await extend(db, teacherOf(c), of, f.text('lesson'), f.text('learner'), due)
    return c.redirect('grades', 303)
  })

  app.get('/classes/:id/grades', async c => {
    const of = await own(c)
    const lang = c.get('lang')
    const w = words[lang]
    const book = await gradeBook(db, of.id, lessons)
    const names = new Map(book.rows.map(r => [r.learner, r.nickname]))
    const pairs = (await Promise.all(book.assignments.map(a => alike(db, of.id, a.lesson)))).flat()
    const base = `/${lang}/classroom/classes/${of.id}`
    if (!book.assignments.length) return inClass(c, of, 'grades', html`<p>${w.grades.none}</p>`)
    return inClass(
      c,
      of,
      'grades',
      html`<p><a class="button quiet" href="grades.csv">${w.grades.download}</a></p>
<div class="scroll"><table><thead><tr><th scope="col">${w.board.learner}</th>${book.assignments.map(a => html`<th scope="col">${titleOf(c, a.lesson)}</th>`)}</tr></thead>
<tbody>${book.rows.map(
        r =>
          html`<tr><th scope="row"><a href="${base}/learners/${r.learner}">${r.nickname}</a></th>${book.assignments.map(
            a => {
              const g = r.grades.get(a.lesson)!
              return html`<td>${Math.round(g.score * 100)} % <small>${w.grades.cell(g.passed, g.of)}${g.late ? ` · ${w.grades.late}` : ''}</small></td>`
            },
          )}</tr>`,
      )}</tbody></table></div>
<h3>${w.assignments.extend}</h3><form method="post" action="extensions" class="card">
<p class="field"><label for="learner">${w.board.learner}</label><select id="learner" name="learner">${book.rows.map(r => html`<option value="${r.learner}">${r.nickname}</option>`)}</select></p>
<p class="field"><label for="lesson">${w.assignments.lesson}</label><select id="lesson" name="lesson">${book.assignments.map(a => html`<option value="${a.lesson}">${titleOf(c, a.lesson)}</option>`)}</select></p>
${field(w.assignments.due, 'due', { type: 'datetime-local', help: w.assignments.utc })}${button(w.assignments.extendButton)}</form>
<h3>${w.grades.alike}</h3><p>${w.grades.alikeLead}</p>${
        pairs.length
          ? html`<ul>${pairs.map(
              p =>
                html`<li>${titleOf(c, p.lesson)} · ${p.exercise}: ${p.learners.map(id => names.get(id) ?? id).join(' — ')} <small>${w.grades.howAlike(Math.round(p.similarity * 100))}</small></li>`,
            )}</ul>`
          : html`<p>${w.grades.alikeNone}</p>`
      }${await unsent(c, of)}${statements(c)}`,
    )
  })
  const statements = (c: C, done?: { sent: number } | { problem: string }): Markup => {
    const w = words[c.get('lang')].xapi
    return html`<h3>${w.title}</h3><p>${w.lead}</p><p><a class="button quiet" href="statements.json">${w.download}</a></p>
${done && 'sent' in done ? html`<p role="status">${w.sent(done.sent)}</p>` : ''}${done && 'problem' in done ? html`<p class="problem" role="alert">${w.failed} <span lang="en">${done.problem}</span></p>` : ''}
<form method="post" action="statements" class="card">${field(w.endpoint, 'endpoint', { type: 'url' })}${field(w.key, 'key', { autocomplete: 'off' })}
${field(w.secret, 'secret', { type: 'password', autocomplete: 'off', help: w.secretHelp })}${button(w.send, 'quiet')}</form>`
  }
  app.get('/classes/:id/statements.json', async c => {
    const of = await own(c, 'teacher')
    c.header('Content-Disposition', 'attachment; filename="statements.json"')
    return c.json(await statementsOf(db, of, room))
  })
  app.post('/classes/:id/statements', async c => {
    const of = await own(c, 'teacher')
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
  const unsent = async (c: C, of: Class): Promise<Markup | ''> => {
    const stuck = await stuckScores(db, of.id)
    const w = words[c.get('lang')].lti
    return stuck.length
      ? html`<h3>${w.unsent}</h3><p>${w.unsentLead}</p><ul>${stuck.map(
          s =>
            html`<li>${s.nickname} · ${titleOf(c, s.lesson)} <small>${w.unsentAttempts(s.attempts)}${s.problem ? html` · <span lang="en">${s.problem}</span>` : ''}</small></li>`,
        )}</ul><form method="post" action="send-again">${button(w.retry, 'quiet')}</form>`
      : ''
  }
  app.post('/classes/:id/send-again', async c => {
    await retryScores(db, (await own(c, 'teacher')).id)
    return c.redirect('grades', 303)
  })
  app.get('/classes/:id/grades.csv', async c => {
    const of = await own(c)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', 'attachment; filename="grades.csv"')
    return c.body(gradesAsCsv(await gradeBook(db, of.id, lessons)))
  })

  const peoplePage = async (
    c: C,
    of: Class,
    made: readonly { nickname: string; returnKey: string }[] = [],
    synced?: Synced,
  ) => {
    const w = words[c.get('lang')].people
    const { lti } = words[c.get('lang')]
    const context = await contextOf(db, of)
    return inClass(
      c,
      of,
      'people',
      html`${
        made.length
          ? html`<section class="card" role="status"><p>${w.keys}</p><table><tbody>${made.map(
              m => html`<tr><th scope="row">${m.nickname}</th><td><code>${m.returnKey}</code></td></tr>`,
            )}</tbody></table></section>`
          : ''
      }${
        context
          ? html`<h3>${lti.roster}</h3><form method="post" action="sync" class="card"><p>${lti.rosterLead}</p>${
              synced ? html`<p role="status">${lti.synced(synced.learners, synced.staff, synced.gone)}</p>` : ''
            }${button(lti.rosterButton)}</form>`
          : ''
      }<h3>${w.roster}</h3><form method="post" action="people" class="card"><p class="field">
<label for="roster">${w.roster}</label><textarea id="roster" name="roster" rows="8" required aria-describedby="roster-help"></textarea>
<small id="roster-help">${w.rosterHelp}</small></p>${button(w.rosterButton)}</form>
<h3>${w.staff}</h3><form method="post" action="staff" class="card">${field(w.staffEmail, 'email', { type: 'email' })}
<p class="field"><label for="role">${w.role}</label><select id="role" name="role"><option value="teacher">${w.roles.teacher}</option><option value="assistant">${w.roles.assistant}</option></select></p>
${button(w.staffButton)}</form>`,
    )
  }
  app.get('/classes/:id/people', async c => peoplePage(c, await own(c)))
  app.post('/classes/:id/people', async c => {
    const of = await own(c, 'teacher')
    const names = (await form(c))
      .text('roster')
      .split(/\r?\n/)
      .map(line => /^\s*(?:"((?:[^"]|"")*)"|([^,;\t]*))/.exec(line))
      .map(found => (found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? '').trim())
      .filter(Boolean)
    if (names.length > MOST_NICKNAMES) throw new Problem('bad-request')
    return peoplePage(c, of, await enrol(db, teacherOf(c), of, names))
  })
  app.post('/classes/:id/sync', async c => {
    const of = await own(c, 'teacher')
    const synced = await syncRoster(db, teacherOf(c), of, room.lti.services).catch(async (error: Error) => {
      if (error instanceof Problem) throw error
      await record(db, { class: of.id, actor: 'platform', action: 'roster.failed', detail: { error: error.message } })
      throw new Problem('platform-silent')
    })
    return peoplePage(c, of, [], synced)
  })
  app.post('/classes/:id/staff', async c => {
    const of = await own(c, 'owner')
    const f = await form(c)
    await addStaff(db, teacherOf(c), of, f.text('email'), f.text('role') === 'teacher' ? 'teacher' : 'assistant')
    return c.redirect('people', 303)
  })

  app.get('/classes/:id/log', async c => {
    const of = await own(c, 'teacher')
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
