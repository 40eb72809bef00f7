/** The settings of a class: its name, its zone, who may join, for how long learners are kept, whether it goes on. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { changeClass, deleteClass, RETENTION_DAYS, renewCode, setRetention } from '../../domain/classes.ts'
import { handOver } from '../../domain/leaving.ts'
import { Problem } from '../../domain/problem.ts'
import { staffOf } from '../../domain/staff.ts'
import { words } from '../../words/words.ts'
import { freshTeacherOf, teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { whenFresh } from './door.ts'
import { button, choice, field } from './frame.ts'
import { inClass, ownClass, pathOf } from './in-class.ts'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

export function settingsPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()

  app.get('/settings', async c => {
    const of = await ownClass(room, c, 'owner')
    const w = words[c.get('lang')].settings
    const others = (await staffOf(db, of)).filter(({ role }) => role !== 'owner')
    const zones = ZONES.includes(of.timezone) ? ZONES : [of.timezone, ...ZONES]
    return inClass(
      c,
      of,
      'settings',
      html`<form method="post" action="settings" class="card">${field(w.name, 'name', { value: of.name, maxlength: 100 })}
${choice(
  w.timezone,
  'timezone',
  zones.map(zone => [zone, zone] as const),
  { chosen: of.timezone, help: w.timezoneHelp },
)}
<p><label><input type="checkbox" name="joinable" value="yes"${of.joinable ? html` checked` : ''}> ${w.joinable}</label></p>${button(w.change)}</form>
<h3>${w.code}</h3><form method="post" action="settings/code" class="card"><p>${w.codeLead} <code class="key">${of.code}</code></p>${button(w.codeButton, 'quiet')}</form>
<h3>${w.retention}</h3><form method="post" action="settings/retention" class="card">${field(w.retentionDays, 'days', { type: 'number', value: String(of.retention_days), min: RETENTION_DAYS.least, max: RETENTION_DAYS.most, help: w.retentionHelp })}${button(w.change, 'quiet')}</form>
<h3>${w.handOver}</h3><form method="post" action="settings/hand-over" class="card"><p>${w.handOverLead}</p>${
        others.length
          ? whenFresh(
              c,
              html`${choice(
                w.handOverTo,
                'teacher',
                others.map(({ id, name, email }) => [id, `${name} (${email})`] as const),
              )}${button(w.handOver, 'danger')}`,
            )
          : html`<p><a href="people">${w.handOverNobody}</a></p>`
      }</form>
<h3>${w.remove}</h3><form method="post" action="settings/delete" class="card"><p>${w.removeLead}</p>${whenFresh(c, html`${field(w.removeAsk, 'name', { autocomplete: 'off' })}${button(w.remove, 'danger')}`)}</form>`,
    )
  })
  app.post('/settings', async c => {
    const of = await ownClass(room, c, 'owner')
    const f = await form(c)
    const terms = { name: f.text('name'), timezone: f.text('timezone'), joinable: f.text('joinable') === 'yes' }
    await changeClass(db, teacherOf(c), of, terms)
    return c.redirect('settings', 303)
  })
  app.post('/settings/code', async c => {
    await renewCode(db, teacherOf(c), await ownClass(room, c, 'owner'))
    return c.redirect('../settings', 303)
  })
  app.post('/settings/retention', async c => {
    const of = await ownClass(room, c, 'owner')
    await setRetention(db, teacherOf(c), of, (await form(c)).number('days'))
    return c.redirect('../settings', 303)
  })
  app.post('/settings/hand-over', async c => {
    const of = await ownClass(room, c, 'owner')
    await handOver(
      db,
      freshTeacherOf(c, `${pathOf(c.get('lang'), of.id)}/settings`),
      of,
      (await form(c)).text('teacher'),
    )
    return c.redirect('../people', 303)
  })
  app.post('/settings/delete', async c => {
    const of = await ownClass(room, c, 'owner')
    const teacher = freshTeacherOf(c, `${pathOf(c.get('lang'), of.id)}/settings`)
    if ((await form(c)).text('name').trim() !== of.name) throw new Problem('not-the-name')
    await deleteClass(db, teacher, of)
    return c.redirect(`/${c.get('lang')}/classroom`, 303)
  })
  return app
}
