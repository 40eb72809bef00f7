/** A class as its staff see it: the tabs around each of its pages, and who may open them. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { classFor, may, type OwnClass, type Role } from '../../domain/classes.ts'
import { type Lang, words } from '../../words/words.ts'
import { teacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { choice, type Markup, page } from './frame.ts'

export type C = Context<Env>

/** With who may open them. */
const TABS = {
  board: 'assistant',
  assignments: 'assistant',
  grades: 'assistant',
  people: 'assistant',
  log: 'teacher',
  settings: 'owner',
} as const satisfies Record<string, Role>

/** @throws Problem */
export const ownClass = (room: Classroom, c: C, atLeast?: Role): Promise<OwnClass> =>
  classFor(room.db, teacherOf(c), c.req.param('id') ?? '', atLeast)

export const inClass = (c: C, of: OwnClass, at: keyof typeof TABS, body: Markup): Response | Promise<Response> => {
  const lang = c.get('lang')
  const { tabs } = words[lang]
  const open = Object.entries(TABS) as [keyof typeof TABS, Role][]
  return page(
    c,
    of.name,
    html`<nav class="tabs" aria-label="${of.name}">${open
      .filter(([, atLeast]) => may(of, atLeast))
      .map(
        ([tab]) =>
          html`<a href="${pathOf(lang, of.id)}/${tab}"${tab === at ? html` aria-current="page"` : ''}>${tabs[tab]}</a>`,
      )}</nav><h2>${tabs[at]}</h2>${body}`,
  )
}

/** For an address that shows the result of a form: whoever comes to it otherwise, in the other language or by going back, is led to the form. */
export const backToForm =
  (room: Classroom, to: string, atLeast?: Role) =>
  async (c: C): Promise<Response> => {
    await ownClass(room, c, atLeast)
    return c.redirect(to)
  }

export const pathOf = (lang: Lang, classId: string): string => `/${lang}/classroom/classes/${classId}`

export const titleOf = (room: Classroom, lang: Lang, lesson: string): string =>
  room.lessons.get(lesson)?.title[lang] ?? lesson

export const lessonChoice = (room: Classroom, lang: Lang, label: string, chosen?: string): Markup =>
  choice(
    label,
    'lesson',
    [...room.lessons].map(([id, { title }]) => [id, title[lang]] as const),
    { chosen },
  )
