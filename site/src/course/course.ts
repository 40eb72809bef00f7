/** The course as the site sees it: its chapters and lessons in their order, whichever course the site is built of. */

import { pages, plan } from 'virtual:course'
import type { AstroComponentFactory } from 'astro/runtime/server/index.js'
import type { PlannedChapter } from '../../../course/plan.node.ts'
import type { Lesson } from '../../../sandbox/scenario/lessons/lesson.ts'
import type { Lang } from '../words/words.ts'
import { readLesson } from './lesson-facts.ts'

/** Of the site; the first is for readers whose browser asks for none of them. */
export const langs: readonly Lang[] = plan.languages

/** What somebody has made of Podlab's lessons and their own; absent on Podlab's own site. */
export const { course } = plan

export interface LessonPage extends Lesson {
  chapter: ChapterPage
  /** The address without its language: `lessons/meet-the-pod/what-a-pod-is/`. */
  path: string
  /** Place in the whole course, from 1. */
  number: number
  /** Exercise id → the commands that solve it. */
  solutions: Record<string, string>
  /** Name → the text of figures/NAME.svg. */
  figures: Record<string, string>
  /** In the languages of the site. */
  prose: Record<Lang, Prose>
  opens?: string
  due?: string
  /** In a course: what it is worth, and the exercises that count. */
  points?: number
  counted?: readonly string[]
}

export interface ChapterPage {
  id: string
  number: number
  prose: Record<Lang, ChapterProse>
  lessons: LessonPage[]
  opens?: string
  due?: string
}

export interface ChapterProse {
  title: string
  summary: string
  /** What else there is to say. */
  Content?: AstroComponentFactory
}

export interface Prose extends ChapterProse {
  Content: AstroComponentFactory
  headings: { depth: number; slug: string; text: string }[]
  /** The MDX as written; the engine's outputs are collected from it. */
  source: string
}

/** Folder names carry the order; addresses don't. */
const slug = (folder: string): string => folder.replace(/^\d+-/, '')

const inEach = <T>(read: (lang: Lang) => T): Record<Lang, T> =>
  Object.fromEntries(langs.map(lang => [lang, read(lang)])) as Record<Lang, T>

function proseOf(id: string, lang: Lang, files: Record<string, string> = {}): Prose {
  const page = pages[`${id}/${lang}`]
  if (!page) throw new Error(`lessons/${id}/${lang}.mdx is missing`)
  const { title, summary } = page.frontmatter
  if (!title || !summary) throw new Error(`lessons/${id}/${lang}.mdx: the frontmatter needs title and summary`)
  return { title, summary, Content: page.default, headings: page.getHeadings(), source: files[`${lang}.mdx`] ?? '' }
}

const chapterProse = ({ id, path, title, summary }: PlannedChapter, lang: Lang): ChapterProse =>
  path ? proseOf(id, lang) : { title: title?.[lang] ?? '', summary: summary?.[lang] ?? '' }

let number = 0
export const chapters: readonly ChapterPage[] = plan.chapters.map((planned, i) => {
  const { opens, due } = planned
  const chapter: ChapterPage = {
    ...{ id: planned.id, number: i + 1, prose: inEach(lang => chapterProse(planned, lang)), lessons: [] },
    ...(opens && { opens }),
    ...(due && { due }),
  }
  chapter.lessons = planned.lessons.map(({ id, files, path: _, exercises, ...rest }) => ({
    chapter,
    path: `lessons/${id.split('/').map(slug).join('/')}/`,
    number: ++number,
    ...readLesson(id, files),
    figures: Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => {
        const name = /^figures\/(.+)\.svg$/.exec(path)?.[1]
        return name ? [[name, text]] : []
      }),
    ),
    prose: inEach(lang => proseOf(id, lang, files)),
    ...(exercises && { counted: exercises }),
    ...rest,
  }))
  return chapter
})

export const lessons: LessonPage[] = chapters.flatMap(c => c.lessons)
export const lessonById = (id: string): LessonPage | undefined => lessons.find(l => l.id === id)

/** The pages to make: every lesson in every language. */
export const lessonRoutes = () =>
  langs.flatMap(lang =>
    lessons.map((lesson, i) => {
      const [, chapter = '', name = ''] = lesson.path.split('/')
      return {
        params: { lang, chapter, lesson: name },
        props: { lesson, before: lessons[i - 1], after: lessons[i + 1] },
      }
    }),
  )
