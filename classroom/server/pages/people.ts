/** Who is in a class: learners by a roster or from their platform, staff, and for how long they are kept. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { record } from '../../domain/audit.ts'
import { type Class, RETENTION_DAYS, setRetention } from '../../domain/classes.ts'
import { enrol } from '../../domain/learners.ts'
import { Problem } from '../../domain/problem.ts'
import { addStaff, removeStaff, staffOf } from '../../domain/staff.ts'
import { contextOf, type Synced, syncRoster } from '../../lti/roster.ts'
import { words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, type Markup } from './frame.ts'
import { type C, choice, inClass, ownClass } from './in-class.ts'

const MOST_NICKNAMES = 2000

/** A nickname a line, perhaps the first column of a table. */
export const nicknamesIn = (roster: string): string[] =>
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
  const show = async (c: C, of: Class, { made = [], synced }: Done = {}) => {
    const w = words[c.get('lang')].people
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
      }${(await contextOf(db, of)) ? platformRoster(c, synced) : ''}<h3>${w.roster}</h3><form method="post" action="people" class="card"><p class="field">
<label for="roster">${w.roster}</label><textarea id="roster" name="roster" rows="8" required aria-describedby="roster-help"></textarea>
<small id="roster-help">${w.rosterHelp}</small></p>${button(w.rosterButton)}</form>
<h3>${w.staff}</h3><ul class="cards">${(await staffOf(db, of)).map(
        m =>
          html`<li>${m.name} <small>${m.email} · ${w.roles[m.role]}</small>${
            m.role === 'owner'
              ? ''
              : html`<form method="post" action="staff/remove"><input type="hidden" name="teacher" value="${m.id}">${button(w.staffRemove, 'danger')}</form>`
          }</li>`,
      )}</ul><form method="post" action="staff" class="card"><p>${w.staffLead}</p>${field(w.staffEmail, 'email', { type: 'email' })}
${choice(w.role, 'role', [
  ['teacher', w.roles.teacher],
  ['assistant', w.roles.assistant],
])}
${button(w.staffButton)}</form>
<h3>${w.retention}</h3><form method="post" action="retention" class="card">${field(w.retentionDays, 'days', { type: 'number', value: String(of.retention_days), min: RETENTION_DAYS.least, max: RETENTION_DAYS.most, help: w.retentionHelp })}${button(w.retentionButton, 'quiet')}</form>`,
    )
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
    await addStaff(db, teacherOf(c), of, f.text('email'), f.text('role') === 'teacher' ? 'teacher' : 'assistant')
    return c.redirect('people', 303)
  })
  app.post('/staff/remove', async c => {
    const of = await ownClass(room, c, 'owner')
    await removeStaff(db, teacherOf(c), of, (await form(c)).text('teacher'))
    return c.redirect('../people', 303)
  })
  app.post('/retention', async c => {
    const of = await ownClass(room, c, 'owner')
    await setRetention(db, teacherOf(c), of, (await form(c)).number('days'))
    return c.redirect('people', 303)
  })
  return app
}
