/** `podlab scorm`: a course, or one of its lessons, as one zip that any LMS with SCORM 1.2 takes; made of the course's site. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type Zippable, zipSync } from 'fflate'
import { addressOf, type ChosenCourse, type ChosenLesson, titleOf } from '../chosen.node.ts'
import { type Item, manifest } from './manifest.ts'

/** The same content is the same file, whenever it is packed. */
const WHEN = '2026-01-01T00:00:00'

/**
 * @param site the folder of the course's built site
 * @param only the id of a lesson, where no other is wanted
 */
export function packScorm(site: string, course: ChosenCourse, only?: string): Uint8Array {
  const chosen = course.chapters
    .map(chapter => ({ ...chapter, lessons: chapter.lessons.filter(l => only === undefined || l.id === only) }))
    .filter(chapter => chapter.lessons.length > 0)
  const lessons = chosen.flatMap(c => c.lessons)

  const { languages } = course
  const pages = new Set(lessons.flatMap(l => languages.map(lang => `${lang}/lessons/${addressOf(l.id)}/index.html`)))
  const needed = new Set([
    ...pages,
    ...lessons.flatMap(l => [entryOf(l), `lab/${l.id}.json`]),
    'favicon.svg',
    'schema/k8s.json',
  ])
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(site, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(path => needed.has(path) || /^(_astro|brand)\//.test(path))
    .sort()

  /** An LMS lists a course in one language only, whichever its readers have. */
  const inAll = (text: (lang: 'zh' | 'en') => string): string => [...new Set(languages.map(text))].join(' / ')
  const itemOf = (lesson: ChosenLesson): Item => ({
    title: inAll(lang => titleOf(lesson.folder, lang)),
    href: entryOf(lesson),
  })
  const [first] = lessons
  const single = only !== undefined && first
  const described = manifest({
    id: single ? `${course.id}-${addressOf(first.id).replace('/', '-')}` : course.id,
    title: single ? itemOf(first).title : inAll(lang => course.title[lang] ?? ''),
    items: single
      ? [itemOf(first)]
      : chosen.map(c => ({ title: inAll(lang => c.title[lang] ?? ''), items: c.lessons.map(itemOf) })),
    files,
  })
  const content: Zippable = { 'imsmanifest.xml': Buffer.from(described) }
  for (const path of files) {
    const bytes = readFileSync(join(site, path))
    content[path] = path.endsWith('.html') ? Buffer.from(forLms(String(bytes), pages.has(path))) : bytes
  }
  return zipSync(content, { level: 9, mtime: WHEN })
}

/** What an LMS opens for a lesson. */
const entryOf = ({ id }: ChosenLesson): string => `lms/${addressOf(id)}/index.html`

/** A page whose links name files, since an LMS finds no folders, and which knows that it is shown by one. */
function forLms(html: string, isLesson: boolean): string {
  const named = html.replace(/(href="(?:\.\.?\/)[^"#?]*\/)(?=["#?])/g, '$1index.html')
  if (!isLesson) return named
  return named
    .replace('<html ', '<html data-lms ')
    .replace(/<link rel="(?:manifest|apple-touch-icon)"[^>]*>/g, '')
    .replace(/(<a class="brand") href="[^"]*"/, '$1')
}
