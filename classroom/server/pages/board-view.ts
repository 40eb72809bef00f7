/** The view of a board: calls for help, where the class is, a row for each learner; and its changes since the last look. */
import { html } from 'hono/html'
import { type BoardRow, isStuck } from '../../domain/board.ts'
import type { OwnClass } from '../../domain/classes.ts'
import { checkTitle, exerciseTitle } from '../../domain/lessons.ts'
import { type Lang, words } from '../../words/words.ts'
import type { Classroom } from '../context.ts'
import { dayOf, type Markup, shortTime, table, whenSince } from './frame.ts'
import { pathOf, titleOf } from './in-class.ts'

/** What one page has to be sent: all of the board, or the parts in which something is shown otherwise than before. */
type News = { all: string } | { parts: Record<string, string> }

/** The part above the rows, which are named by their learners. */
const ABOVE = 'above'

export function createNews(room: Classroom, of: OwnClass, lang: Lang): (rows: readonly BoardRow[]) => Promise<News> {
  let order = ''
  let shown = new Map<string, string>()
  return async rows => {
    const now = Date.now()
    const before = shown
    const today = dayOf(new Date(now), of.timezone)
    shown = new Map(rows.map(row => [row.learner, `${told(row, now)}\n${today}`]))
    shown.set(ABOVE, JSON.stringify([waiting(rows, now).map(toldAbove), placesOf(rows, now)]))
    const last = order
    order = rows.map(row => row.learner).join()
    if (order !== last) return { all: String(await boardTable(room, of, rows, lang)) }
    const changed = (part: string): boolean => before.get(part) !== shown.get(part)
    const drawn = rows
      .filter(row => changed(row.learner))
      .map(async row => [row.learner, String(await boardRow(room, of, row, lang, now))] as const)
    if (changed(ABOVE)) drawn.push(above(room, of, rows, lang, now).then(text => [ABOVE, String(text)] as const))
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

/** So many are named; a teacher goes to one after the other. */
const MOST_NAMED = 12
/** From so many learners on, rows alone do not show where the class is. */
const MANY = 20

interface Place {
  lesson: string
  exercise: string | null
  learners: number
  stuck: number
}

/** Where the class is, the fullest place first. */
function placesOf(rows: readonly BoardRow[], now: number): Place[] {
  if (rows.length < MANY) return []
  const places = new Map<string, Place>()
  for (const row of rows) {
    const { lesson, exercise } = row
    if (!lesson) continue
    const key = `${lesson} ${exercise}`
    const place = places.get(key) ?? { lesson, exercise, learners: 0, stuck: 0 }
    places.set(key, place)
    place.learners++
    if (isStuck(row, now)) place.stuck++
  }
  return [...places.values()].sort((a, b) => b.learners - a.learners)
}

const placeName = (room: Classroom, lang: Lang, lesson: string, exercise: string | null): string =>
  [titleOf(room, lang, lesson), ...(exercise ? [exerciseTitle(room.lessons, lang, lesson, exercise)] : [])].join(' · ')

/** In a long table nobody sees the one who needs somebody, nor where most of them are. */
async function above(
  room: Classroom,
  of: OwnClass,
  rows: readonly BoardRow[],
  lang: Lang,
  now: number,
): Promise<Markup> {
  const w = words[lang].board
  const those = waiting(rows, now)
  const places = placesOf(rows, now)
  const names = those.slice(0, MOST_NAMED).map((row, i) => html`${i ? w.and : ''}${linkTo(of, row, lang)}`)
  return html`<div data-part="${ABOVE}">${
    those.length
      ? html`<p>${w.waiting(those.length)}${names}${those.length > names.length ? w.more(those.length - names.length) : ''}</p>`
      : ''
  }${
    places.length
      ? html`<ul class="places">${places.map(
          ({ lesson, exercise, learners, stuck }) =>
            html`<li>${placeName(room, lang, lesson, exercise)} <b>${words[lang].classes.learners(learners)}</b>${stuck ? html` <b class="stuck">▲ ${w.stuckHere(stuck)}</b>` : ''}</li>`,
        )}</ul>`
      : ''
  }</div>`
}

const linkTo = (of: OwnClass, row: BoardRow, lang: Lang): Markup =>
  html`<a href="${pathOf(lang, of.id)}/learners/${row.learner}">${row.nickname}</a>`

export function boardTable(room: Classroom, of: OwnClass, rows: readonly BoardRow[], lang: Lang): Markup {
  const w = words[lang].board
  const now = Date.now()
  if (rows.length === 0) return html`<p>${w.empty}</p>`
  const columns = [w.learner, w.where, w.state, w.passed, w.seen]
  return html`${above(room, of, rows, lang, now)}${table(
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
  const where = lesson ? placeName(room, lang, lesson, exercise) : ''
  return html`<tr data-part="${row.learner}"${stuck || row.asks ? html` class="row-waiting"` : ''}>
<th scope="row">${linkTo(of, row, lang)}</th>
<td>${where}</td>
<td>${row.asks ? html`<b class="asks">? ${w.asks}</b> ` : ''}${state}${row.unseenHints ? html` <small>${w.hintsWaiting(row.unseenHints)}</small>` : ''}</td>
<td>${row.passed}</td>
<td>${whenSince(row.seen, lang, of.timezone, new Date(now))}</td></tr>`
}
