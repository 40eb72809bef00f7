/** The live board of a class. The server draws it; a script only asks for it again when something has changed. */
import { html } from 'hono/html'
import { type BoardRow, isStuck } from '../../domain/board.ts'
import { type Lang, words } from '../../words/words.ts'
import type { Classroom } from '../context.ts'
import { type Markup, when } from './frame.ts'

export function boardTable(room: Classroom, classId: string, rows: readonly BoardRow[], lang: Lang): Markup {
  const w = words[lang].board
  const now = Date.now()
  if (rows.length === 0) return html`<p>${w.empty}</p>`
  const state = (row: BoardRow): Markup => {
    if (!row.lesson) return html`${w.away}`
    if (isStuck(row, now)) return html`<b class="stuck">▲ ${w.stuck(row.failing ?? '')}</b>`
    return html`${row.failing ? w.failing(row.failing) : w.working}`
  }
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${w.learner}</th><th scope="col">${w.where}</th><th scope="col">${w.state}</th><th scope="col">${w.passed}</th><th scope="col">${w.seen}</th></tr></thead>
<tbody>${rows.map(
    row => html`<tr${row.lesson && isStuck(row, now) ? html` class="row-stuck"` : ''}>
<th scope="row"><a href="/${lang}/classroom/classes/${classId}/learners/${row.learner}">${row.nickname}</a></th>
<td>${row.lesson ? html`${room.catalogue.get(row.lesson)?.title[lang] ?? row.lesson}${row.exercise ? ` · ${row.exercise}` : ''}` : ''}</td>
<td>${state(row)}${row.unseenHints ? html` <small>${w.hintsWaiting(row.unseenHints)}</small>` : ''}</td>
<td>${row.passed}</td>
<td>${when(row.seen, lang)}</td></tr>`,
  )}</tbody></table></div>`
}
