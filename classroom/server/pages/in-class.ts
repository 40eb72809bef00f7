/** A class as its staff see it: the tabs around each of its pages, and who may open them. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { type Class, classFor, type Role } from '../../domain/classes.ts'
import { type Lang, words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { type Markup, page } from './frame.ts'

export type C = Context<Env>

const TABS = ['board', 'assignments', 'grades', 'people', 'log'] as const

/** @throws Problem */
export const ownClass = (room: Classroom, c: C, atLeast?: Role): Promise<Class> =>
  classFor(room.db, teacherOf(c), c.req.param('id') ?? '', atLeast)

export const inClass = (c: C, of: Class, at: (typeof TABS)[number], body: Markup): Response | Promise<Response> => {
  const lang = c.get('lang')
  const { tabs } = words[lang]
  return page(
    c,
    of.name,
    html`<nav class="tabs" aria-label="${of.name}">${TABS.map(
      tab =>
        html`<a href="${pathOf(lang, of.id)}/${tab}"${tab === at ? html` aria-current="page"` : ''}>${tabs[tab]}</a>`,
    )}</nav><h2>${tabs[at]}</h2>${body}`,
  )
}

export const pathOf = (lang: Lang, classId: string): string => `/${lang}/classroom/classes/${classId}`

export const titleOf = (room: Classroom, lang: Lang, lesson: string): string =>
  room.lessons.get(lesson)?.title[lang] ?? lesson

/** A field with one option for each. */
export const choice = (
  label: string,
  name: string,
  options: Iterable<readonly [value: string, shown: string]>,
): Markup =>
  html`<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${[...options].map(
    ([value, shown]) => html`<option value="${value}">${shown}</option>`,
  )}</select></p>`

export const lessonChoice = (room: Classroom, lang: Lang, label: string): Markup =>
  choice(
    label,
    'lesson',
    [...room.lessons].map(([id, { title }]) => [id, title[lang]] as const),
  )
