/** The course as the site sees it: every lesson's folder read once, in the order of the folders' numbers. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js'
import type { Lesson } from '../../../sandbox/scenario/lesson.ts'
import { type Lang, langs } from '../words/words.ts'
import { readLesson } from './lesson-facts.ts'

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
  prose: Record<Lang, Prose>
}

export interface ChapterPage {
  id: string
  number: number
  prose: Record<Lang, Prose>
  lessons: LessonPage[]
}

export interface Prose {
  title: string
  summary: string
  Content: AstroComponentFactory
  headings: { depth: number; slug: string; text: string }[]
  /** The MDX as written; the engine's outputs are collected from it. */
  source: string
}

interface Mdx {
  frontmatter: { title?: string; summary?: string }
  default: AstroComponentFactory
  getHeadings(): Prose['headings']
}

const pages = {
  ...import.meta.glob<Mdx>('/lessons/*/{zh,en}.mdx', { eager: true }),
  ...import.meta.glob<Mdx>('/lessons/*/*/{zh,en}.mdx', { eager: true }),
}
// Vite reads these options as they stand, so they cannot be shared.
const sources = import.meta.glob<string>('/lessons/*/*/{zh,en}.mdx', { query: '?raw', import: 'default', eager: true })
const texts = {
  ...import.meta.glob<string>('/lessons/*/*/lesson.yaml', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('/lessons/*/*/solution.sh', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('/lessons/*/*/{start,files,figures}/**/*', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
}

/** Folder names carry the order; addresses don't. */
const slug = (folder: string): string => folder.replace(/^\d+-/, '')

const proseOf = (folder: string): Record<Lang, Prose> => {
  const read = (lang: Lang): Prose => {
    const path = `${folder}/${lang}.mdx`
    const page = pages[path]
    if (!page) throw new Error(`${path.slice(1)} is missing: every chapter and lesson needs zh.mdx and en.mdx`)
    const { title, summary } = page.frontmatter
    if (!title || !summary) throw new Error(`${path.slice(1)}: the frontmatter needs title and summary`)
    return { title, summary, Content: page.default, headings: page.getHeadings(), source: sources[path] ?? '' }
  }
  return { zh: read('zh'), en: read('en') }
}

const under = (folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]): [string, string] => [path.slice(folder.length + 1), text])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const folders = Object.keys(texts)
  .filter(path => path.endsWith('/lesson.yaml'))
  .map(path => path.slice('/lessons/'.length, -'/lesson.yaml'.length))
  .sort()

export const chapters: ChapterPage[] = []
for (const id of folders) {
  const [chapterId = '', lessonFolder = ''] = id.split('/')
  let chapter = chapters.find(c => c.id === chapterId)
  if (!chapter) {
    chapter = { id: chapterId, number: chapters.length + 1, prose: proseOf(`/lessons/${chapterId}`), lessons: [] }
    chapters.push(chapter)
  }
  const folder = `/lessons/${id}`
  const files = under(folder)
  chapter.lessons.push({
    chapter,
    path: `lessons/${slug(chapterId)}/${slug(lessonFolder)}/`,
    number: folders.indexOf(id) + 1,
    ...readLesson(id, files),
    figures: Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => {
        const name = /^figures\/(.+)\.svg$/.exec(path)?.[1]
        return name ? [[name, text]] : []
      }),
    ),
    prose: proseOf(folder),
  })
}

export const lessons: LessonPage[] = chapters.flatMap(c => c.lessons)
export const lessonById = (id: string): LessonPage | undefined => lessons.find(l => l.id === id)

/** Exercise id → its title, as the prose has it. */
export const exerciseTitles = (source: string): Map<string, string> =>
  new Map(
    [...source.matchAll(/<Exercise\s([^>]*)>/g)].flatMap(([, attributes = '']) => {
      const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
      const id = value('id')
      const title = value('title')
      return id && title ? [[id, title] as const] : []
    }),
  )

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
