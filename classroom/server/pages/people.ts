/** The people of a class: learners by a roster or from their platform, and staff. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { record } from '../../domain/audit.ts'
import { may, type OwnClass } from '../../domain/classes.ts'
import { csv } from '../../domain/csv.ts'
import { enrol, learnersOf } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { addStaff, removeStaff, staffOf } from '../../domain/staff.ts'
import { contextOf, type Synced, syncRoster } from '../../lti/roster.ts'
import { words } from '../../words/words.ts'
import { freshTeacherOf, teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { whenFresh } from './door.ts'
import { button, choice, field, type Markup, table, textArea } from './frame.ts'
import { backToForm, type C, inClass, ownClass, pathOf } from './in-class.ts'

const MOST_NICKNAMES = 2000

/** A nickname a line, perhaps the first column of a table. */
const nicknamesIn = (roster: string): string[] =>
  roster
    .split(/\r?\n/)
    .map(line => /^\s*(?:"((?:[^"]|"")*)"|([^,;\t]*))/.exec(line))
    .map(found => (found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? '').trim())
    .filter(Boolean)

export function peoplePages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()

  interface Done {
    made?: readonly { nickname: string; returnKey: string }[]
    synced?: Synced
  }
  const show = async (c: C, of: OwnClass, { made = [], synced }: Done = {}) => {
    const lang = c.get('lang')
    const w = words[lang].people
    const [learners, staff, context] = await Promise.all([learnersOf(db, of), staffOf(db, of), contextOf(db, of)])
    const changes = may(of, 'teacher')
    return inClass(
      c,
      of,
      'people',
      html`${made.length ? keys(c, made) : ''}
<h3>${words[lang].classes.learners(learners.length)}</h3>${
        learners.length
          ? html`<ul class="names">${learners.map(l => html`<li><a href="${pathOf(lang, of.id)}/learners/${l.id}">${l.nickname}</a></li>`)}</ul>`
          : html`<p>${words[lang].board.empty}</p>`
      }
${changes && context ? platformRoster(c, synced) : ''}
${
  changes
    ? html`<form method="post" action="people" class="card">${textArea(w.roster, 'roster', { rows: 6, help: w.rosterHelp })}${button(w.rosterButton)}</form>`
    : ''
}
<h3>${w.staff}</h3><ul class="cards">${staff.map(
        m =>
          html`<li>${m.name} <small>${m.email} · ${w.roles[m.role]}</small>${
            m.role === 'owner' || !may(of, 'owner')
              ? ''
              : html`<form method="post" action="staff/remove"><input type="hidden" name="teacher" value="${m.id}">${button(w.staffRemove, 'danger')}</form>`
          }</li>`,
      )}</ul>${
        may(of, 'owner')
          ? html`<form method="post" action="staff" class="card"><p>${w.staffLead}</p>${whenFresh(
              c,
              html`${field(w.staffEmail, 'email', { type: 'email' })}
${choice(w.role, 'role', [
  ['teacher', w.roles.teacher],
  ['assistant', w.roles.assistant],
])}
${button(w.staffButton)}`,
              `${pathOf(lang, of.id)}/people`,
            )}</form>`
          : ''
      }`,
    )
  }
  /** Nobody can see them again, so they can be taken along as a table. */
  const keys = (c: C, made: NonNullable<Done['made']>): Markup => {
    const lang = c.get('lang')
    const w = words[lang].people
    const address = `${room.origin}/${lang}/classroom/join`
    const file = csv([
      [words[lang].board.learner, w.key, w.where],
      ...made.map(m => [m.nickname, m.returnKey, address]),
    ])
    return html`<section class="card" role="status"><p>${w.keys}</p>
<p><a class="button quiet" download="keys.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(file)}">${w.keysDownload}</a></p>
${table(
  [words[lang].board.learner, w.key],
  made.map(m => html`<tr><th scope="row">${m.nickname}</th><td><code>${m.returnKey}</code></td></tr>`),
)}</section>`
  }
  const platformRoster = (c: C, synced: Synced | undefined): Markup => {
    const w = words[c.get('lang')].lti
    return html`<h3>${w.roster}</h3><form method="post" action="sync" class="card"><p>${w.rosterLead}</p>${
      synced ? html`<p role="status">${w.synced(synced.learners, synced.staff, synced.gone)}</p>` : ''
    }${button(w.rosterButton)}</form>`
  }

  app.get('/people', async c => show(c, await ownClass(room, c)))
  app.post('/people', async c => {
    const of = await ownClass(room, c, 'teacher')
    const names = nicknamesIn((await form(c)).text('roster'))
    if (names.length > MOST_NICKNAMES) throw new Problem('bad-request')
    return show(c, of, { made: await enrol(db, teacherOf(c), of, names) })
  })
  app.get('/sync', backToForm(room, 'people', 'teacher'))
  app.post('/sync', async c => {
    const of = await ownClass(room, c, 'teacher')
    const synced = await syncRoster(db, teacherOf(c), of, room.lti.services).catch(async (error: Error) => {
      if (error instanceof Problem) throw error
      await record(db, { class: of.id, actor: 'platform', action: 'roster.failed', detail: { error: error.message } })
      throw new Problem('platform-silent')
    })
    return show(c, of, { synced })
  })
  app.post('/staff', async c => {
    const of = await ownClass(room, c, 'owner')
    const f = await form(c)
    const teacher = freshTeacherOf(c, `${pathOf(c.get('lang'), of.id)}/people`)
    await addStaff(db, teacher, of, f.text('email'), f.text('role') === 'teacher' ? 'teacher' : 'assistant')
    return c.redirect('people', 303)
  })
  app.post('/staff/remove', async c => {
    const of = await ownClass(room, c, 'owner')
    await removeStaff(db, teacherOf(c), of, (await form(c)).text('teacher'))
    return c.redirect('../people', 303)
  })
  return app
}
