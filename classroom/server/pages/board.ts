/** The live board of a class. The server draws it, row by row; a script puts the rows that have changed into their places. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import QRCode from 'qrcode'
import { gather } from '../../db/gather.ts'
import { type BoardRow, board, isStuck } from '../../domain/board.ts'
import { classFor, type OwnClass } from '../../domain/classes.ts'
import { checkTitle, exerciseTitle } from '../../domain/lessons.ts'
import { type Lang, words } from '../../words/words.ts'
import { teacherNow } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { type Markup, shortTime, table, when } from './frame.ts'
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
      html`${
        of.joinable
          ? html`<section class="card invite"><img src="${picture}" alt="${w.qrAlt(link)}" width="140" height="140">
<p>${w.invite} <code class="key">${of.code}</code><br><a href="${link}">${link}</a></p></section>`
          : html`<p>${w.closed}</p>`
      }
<p data-board-status role="status" data-live="${w.live}" data-lost="${w.lost}"></p>
<div data-board="events">${boardTable(room, of, await rowsOf(of.id), lang)}</div>
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
      const news = createNews(room, of, lang)
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

/** What one page has to be sent: all of the board, or the parts in which something is shown otherwise than before. */
type News = { all: string } | { parts: Record<string, string> }

/** The part above the rows, which are named by their learners. */
const ABOVE = 'above'

function createNews(room: Classroom, of: OwnClass, lang: Lang): (rows: readonly BoardRow[]) => Promise<News> {
  let order = ''
  let shown = new Map<string, string>()
  return async rows => {
    const now = Date.now()
    const before = shown
    shown = new Map(rows.map(row => [row.learner, told(row, now)]))
    shown.set(ABOVE, waiting(rows, now).map(toldAbove).join('\n'))
    const last = order
    order = rows.map(row => row.learner).join()
    if (order !== last) return { all: String(await boardTable(room, of, rows, lang)) }
    const changed = (part: string): boolean => before.get(part) !== shown.get(part)
    const drawn = rows
      .filter(row => changed(row.learner))
      .map(async row => [row.learner, String(await boardRow(room, of, row, lang, now))] as const)
    if (changed(ABOVE)) drawn.push(above(of, rows, lang, now).then(text => [ABOVE, String(text)] as const))
    return { parts: Object.fromEntries(await Promise.all(drawn)) }
  }
}

/** All of a row that is seen. */
const told = (row: BoardRow, now: number): string =>
  [
    ...[row.nickname, row.lesson, row.exercise, row.failing, row.passed, row.unseenHints, row.asks],
    ...[isStuck(row, now), shortTime(row.seen)],
  ].join('\n')
const toldAbove = (row: BoardRow): string => `${row.learner} ${row.nickname} ${row.asks}`

/** Who ask come first. */
const waiting = (rows: readonly BoardRow[], now: number): BoardRow[] => [
  ...rows.filter(row => row.asks),
  ...rows.filter(row => !row.asks && isStuck(row, now)),
]

/** In a long table nobody sees the one who needs somebody. */
async function above(of: OwnClass, rows: readonly BoardRow[], lang: Lang, now: number): Promise<Markup> {
  const w = words[lang].board
  const those = waiting(rows, now)
  return html`<p data-part="${ABOVE}">${
    those.length
      ? html`${w.waiting(those.length)}${those.map((row, i) => html`${i ? w.and : ''}${linkTo(of, row, lang)}`)}`
      : ''
  }</p>`
}

const linkTo = (of: OwnClass, row: BoardRow, lang: Lang): Markup =>
  html`<a href="${pathOf(lang, of.id)}/learners/${row.learner}">${row.nickname}</a>`

function boardTable(room: Classroom, of: OwnClass, rows: readonly BoardRow[], lang: Lang): Markup {
  const w = words[lang].board
  const now = Date.now()
  if (rows.length === 0) return html`<p>${w.empty}</p>`
  const columns = [w.learner, w.where, w.state, w.passed, w.seen]
  return html`${above(of, rows, lang, now)}${table(
    columns,
    rows.map(row => boardRow(room, of, row, lang, now)),
  )}`
}

function boardRow(room: Classroom, of: OwnClass, row: BoardRow, lang: Lang, now: number): Markup {
  const w = words[lang].board
  const { lesson, exercise, failing } = row
  const check = lesson && exercise && failing ? checkTitle(room.lessons, lang, lesson, exercise, failing) : undefined
  const stuck = lesson !== null && isStuck(row, now)
  const state = !lesson
    ? w.away
    : stuck
      ? html`<b class="stuck">▲ ${w.stuck(check ?? '')}</b>`
      : check
        ? w.failing(check)
        : w.working
  const where = [
    ...(lesson ? [titleOf(room, lang, lesson)] : []),
    ...(lesson && exercise ? [exerciseTitle(room.lessons, lang, lesson, exercise)] : []),
  ].join(' · ')
  return html`<tr data-part="${row.learner}"${stuck || row.asks ? html` class="row-waiting"` : ''}>
<th scope="row">${linkTo(of, row, lang)}</th>
<td>${where}</td>
<td>${row.asks ? html`<b class="asks">? ${w.asks}</b> ` : ''}${state}${row.unseenHints ? html` <small>${w.hintsWaiting(row.unseenHints)}</small>` : ''}</td>
<td>${row.passed}</td>
<td>${when(row.seen, lang, of.timezone)}</td></tr>`
}
