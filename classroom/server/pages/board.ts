/** The live board of a class, and its code large enough for a wall. The server draws the board; a script puts what has changed into its place. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import QRCode from 'qrcode'
import { gather } from '../../db/gather.ts'
import { board } from '../../domain/board.ts'
import { classFor, type OwnClass } from '../../domain/classes.ts'
import { type Lang, words } from '../../words/words.ts'
import { teacherNow } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { boardTable, createNews } from './board-view.ts'
import { page } from './frame.ts'
import { inClass, ownClass } from './in-class.ts'

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

  const joining = async (of: OwnClass, lang: Lang) => {
    const address = `${room.origin}/${lang}/classroom/join`
    const link = `${address}?code=${of.code}`
    return { address, link, picture: await QRCode.toDataURL(link, { margin: 1, scale: 16 }) }
  }

  app.get('/invite', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang].board
    const { address, link, picture } = await joining(of, lang)
    return page(
      c,
      of.name,
      html`<p><a href="board">← ${w.title}</a></p>${
        of.joinable
          ? html`<section class="wall"><img src="${picture}" alt="${w.qrAlt(link)}"><p>${w.invite}<br><code class="key">${of.code}</code><br><span class="address">${address}</span></p></section>`
          : html`<p>${w.closed}</p>`
      }`,
    )
  })
  app.get('/board', async c => {
    const of = await ownClass(room, c)
    const lang = c.get('lang')
    const w = words[lang].board
    const { link, picture } = await joining(of, lang)
    return inClass(
      c,
      of,
      'board',
      html`${
        of.joinable
          ? html`<section class="card invite"><img src="${picture}" alt="${w.qrAlt(link)}" width="140" height="140">
<p>${w.invite} <code class="key">${of.code}</code><br><a href="${link}">${link}</a><br><a href="invite">${w.large}</a></p></section>`
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
