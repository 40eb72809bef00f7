/** The live board of a class. The server draws it, row by row; a script puts the rows that have changed into their places. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import QRCode from 'qrcode'
import { gather } from '../../db/gather.ts'
import { type BoardRow, board, isStuck } from '../../domain/board.ts'
import { classFor } from '../../domain/classes.ts'
import { type Lang, words } from '../../words/words.ts'
import { teacherNow } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { type Markup, shortTime, when } from './frame.ts'
import { inClass, ownClass, pathOf, titleOf } from './in-class.ts'

/** A board that nobody changes still has ages in it, and a connection that must not be thought dead. */
const BEAT_MS = 20_000
/** How long a board rests, as a multiple of how long it took to draw. */
const REST = 4

export function boardPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  /** Several who watch the same class are one question. */
  const rowsOf = gather(async (ids: readonly string[]) => {
    const read = new Map([...new Set(ids)].map(id => [id, board(db, id)]))
    return Promise.all(ids.map(id => read.get(id)!))
  })

  app.get('/board', async c => {
    const of = await ownClass(room, c)
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
<div data-board="events">${boardTable(room, of.id, await rowsOf(of.id), lang)}</div>
<script type="module" src="/classroom/board.js"></script>`,
    )
  })
  app.get('/events', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    return streamSSE(c, async stream => {
      /** Signed out meanwhile, or no longer staff: what was opened before does not go on. */
      const mayWatch = async (): Promise<boolean> => {
        const teacher = await teacherNow(room, c)
        return teacher !== undefined && (await classFor(db, teacher, of.id).catch(() => undefined)) !== undefined
      }
      const news = createNews(room, of.id, lang)
      let wake = (): void => {}
      // What changes while the board is drawn is drawn next.
      let changed = false
      const stop = room.changes.watch(of.id, () => {
        changed = true
        wake()
      })
      stream.onAbort(() => wake())
      try {
        while (!stream.aborted && (await mayWatch())) {
          const began = performance.now()
          changed = false
          await stream.writeSSE({ data: JSON.stringify(await news(await rowsOf(of.id))) })
          // Reading a large class takes a while; it must not be all that is done.
          await stream.sleep(REST * (performance.now() - began))
          if (changed || stream.aborted) continue
          await new Promise<void>(resolve => {
            const timer = setTimeout(resolve, BEAT_MS)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
        }
      } finally {
        stop()
      }
    })
  })
  return app
}

/** What one page has to be sent: the whole table, or the rows in which something is shown otherwise than before. */
type News = { table: string } | { rows: Record<string, string> }

function createNews(room: Classroom, classId: string, lang: Lang): (rows: readonly BoardRow[]) => Promise<News> {
  let order = ''
  let shown = new Map<string, string>()
  return async rows => {
    const now = Date.now()
    const before = shown
    shown = new Map(rows.map(row => [row.learner, told(row, now)]))
    const last = order
    order = rows.map(row => row.learner).join()
    if (order !== last) return { table: String(await boardTable(room, classId, rows, lang)) }
    const changed = rows.filter(row => before.get(row.learner) !== shown.get(row.learner))
    const drawn = changed.map(
      async row => [row.learner, String(await boardRow(room, classId, row, lang, now))] as const,
    )
    return { rows: Object.fromEntries(await Promise.all(drawn)) }
  }
}

/** All of a row that is seen. */
const told = (row: BoardRow, now: number): string =>
  [
    ...[row.nickname, row.lesson, row.exercise, row.failing, row.passed, row.unseenHints],
    ...[isStuck(row, now), shortTime(row.seen)],
  ].join('\n')

function boardTable(room: Classroom, classId: string, rows: readonly BoardRow[], lang: Lang): Markup {
  const w = words[lang].board
  const now = Date.now()
  if (rows.length === 0) return html`<p>${w.empty}</p>`
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${w.learner}</th><th scope="col">${w.where}</th><th scope="col">${w.state}</th><th scope="col">${w.passed}</th><th scope="col">${w.seen}</th></tr></thead>
<tbody>${rows.map(row => boardRow(room, classId, row, lang, now))}</tbody></table></div>`
}

function boardRow(room: Classroom, classId: string, row: BoardRow, lang: Lang, now: number): Markup {
  const w = words[lang].board
  const stuck = row.lesson !== null && isStuck(row, now)
  const state = !row.lesson
    ? w.away
    : stuck
      ? html`<b class="stuck">▲ ${w.stuck(row.failing ?? '')}</b>`
      : row.failing
        ? w.failing(row.failing)
        : w.working
  const where = row.lesson ? `${titleOf(room, lang, row.lesson)}${row.exercise ? ` · ${row.exercise}` : ''}` : ''
  return html`<tr data-learner="${row.learner}"${stuck ? html` class="row-stuck"` : ''}>
<th scope="row"><a href="${pathOf(lang, classId)}/learners/${row.learner}">${row.nickname}</a></th>
<td>${where}</td>
<td>${state}${row.unseenHints ? html` <small>${w.hintsWaiting(row.unseenHints)}</small>` : ''}</td>
<td>${row.passed}</td>
<td>${when(row.seen, lang)}</td></tr>`
}
