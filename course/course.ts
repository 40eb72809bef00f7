/** A course.yaml: what may stand there, and what is wrong with it, told with file, line and remedy. */
import { isMap, isScalar, type YAMLMap } from 'yaml'
import { type Problem, Reader } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { isColour, isReadable, leastContrast, readable, type Theme } from './contrast.ts'
import { isDate, isZone } from './dates.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** Words in each language of the course. */
export type Words = Partial<Record<Language, string>>

export interface Dates {
  /** Days such as 2026-10-01, in the course's time zone. */
  opens?: string
  due?: string
}

export interface CourseLesson extends Dates {
  id: string
  /** What it is worth in the grade; 1 for each exercise that counts when absent. */
  points?: number
  /** The exercises that count; all when absent. */
  exercises?: readonly string[]
  /** Where it stands in the file, for problems found later. */
  node: unknown
}

export interface CourseChapter extends Dates {
  title: Words
  summary: Words
  lessons: readonly CourseLesson[]
}

export interface Brand {
  name?: Words
  colour?: string
  darkColour?: string
  /** A file beside course.yaml. */
  logo?: string
}

export interface Course extends Dates {
  id: string
  title: Words
  summary: Words
  languages: readonly Language[]
  /** Where it will be on the web; ends with a slash. */
  address?: string
  timezone: string
  /** Per cent of the points with which the course is passed; all of them when absent. */
  pass?: number
  /** The folder of its own lessons, beside course.yaml. */
  lessons?: string
  brand: Brand
  chapters: readonly CourseChapter[]
}

/** What each map may hold; course.schema.json says the same to editors. */
export const KEYS = {
  course: [
    ...['id', 'title', 'summary', 'languages', 'address', 'timezone'],
    ...['opens', 'due', 'pass', 'lessons', 'brand', 'chapters'],
  ],
  brand: ['name', 'colour', 'darkColour', 'logo'],
  chapter: ['title', 'summary', 'opens', 'due', 'lessons'],
  lesson: ['lesson', 'opens', 'due', 'points', 'exercises'],
} as const

const SHOWN = 'docs/hosting.md shows a whole course.yaml'

export interface ReadCourse {
  course: Course
  reader: Reader
  /** Also holds what is found later, through the reader. */
  problems: readonly Problem[]
}

/** @param file its path, as the author knows it */
export function parseCourse(file: string, text: string): ReadCourse {
  const reader = new Reader(file, text)
  const root = reader.map(reader.document.contents, 'the course', KEYS.course)
  const languages = readLanguages(reader, root)
  const id = reader.value(root, 'id', 'string')
  if (root && (!id || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)))
    reader.complain(
      root.get('id', true) ?? root,
      id ? `"${id}" is no id` : '"id" is missing',
      'Use small letters, digits and hyphens, as in pods-at-acme; learners’ work is kept under it, so leave it as it is later',
    )
  const brand = root?.has('brand') ? reader.map(root.get('brand', true), '"brand"', KEYS.brand) : undefined
  const course: Course = {
    id: id ?? '',
    title: words(reader, root, 'title', languages, true),
    summary: words(reader, root, 'summary', languages),
    languages,
    timezone: readZone(reader, root),
    brand: readBrand(reader, brand, languages),
    chapters: readChapters(reader, root, languages),
    ...dates(reader, root),
    ...readAddress(reader, root),
    ...readPass(reader, root),
    ...optional('lessons', reader.value(root, 'lessons', 'string')),
  }
  return { course, reader, problems: reader.problems }
}

const optional = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T }

function readLanguages(reader: Reader, root: YAMLMap | undefined): readonly Language[] {
  if (!root?.has('languages')) return LANGUAGES
  const given = reader.strings(root, 'languages')
  const known = LANGUAGES.filter(l => given.includes(l))
  if (known.length === 0 || known.length < given.length)
    reader.complain(
      root.get('languages', true),
      `"languages" can hold ${LANGUAGES.join(' and ')}, each once`,
      'The interface has no other words yet',
    )
  // In the author's order: the first is what a reader gets whose browser asks for neither.
  return known.length ? given.filter((l): l is Language => known.includes(l as Language)) : LANGUAGES
}

/** A text in every language of the course: a map, or simply a text where there is only one. */
function words(
  reader: Reader,
  map: YAMLMap | undefined,
  key: string,
  languages: readonly Language[],
  needed = false,
  same = languages.length === 1,
): Words {
  const node = map?.get(key, true)
  const each = `Write ${key}: { ${languages.map(l => `${l}: …`).join(', ')} }`
  if (node === undefined) {
    if (needed && map) reader.complain(map, `"${key}" is missing`, same ? `Write ${key}: …` : each)
    return {}
  }
  if (isScalar(node) && typeof node.value === 'string') {
    const { value } = node
    if (!same) reader.complain(node, `"${key}" is in one language only`, each)
    return Object.fromEntries(languages.map(l => [l, value]))
  }
  if (!isMap(node)) {
    reader.complain(node, `"${key}" has to be a text`, each)
    return {}
  }
  const texts = reader.map(node, `"${key}"`, languages)
  return Object.fromEntries(
    languages.flatMap(l => {
      const text = reader.value(texts, l, 'string')
      if (text) return [[l, text]]
      reader.complain(node, `"${key}" has no words in ${l}`, each)
      return []
    }),
  )
}

function dates(reader: Reader, map: YAMLMap | undefined): Dates {
  const day = (key: 'opens' | 'due'): string | undefined => {
    const text = reader.value(map, key, 'string')
    if (text === undefined || isDate(text)) return text
    reader.complain(map?.get(key, true), `"${text}" is no day`, 'Write it as 2026-10-01')
    return undefined
  }
  const [opens, due] = [day('opens'), day('due')]
  if (opens && due && due < opens)
    reader.complain(map?.get('due', true), `it is due on ${due} and opens only on ${opens}`, 'Correct one of the two')
  return { ...optional('opens', opens), ...optional('due', due) }
}

function readZone(reader: Reader, root: YAMLMap | undefined): string {
  const zone = reader.value(root, 'timezone', 'string') ?? 'UTC'
  if (!isZone(zone))
    reader.complain(root?.get('timezone', true), `"${zone}" is no time zone`, 'Write one such as Asia/Shanghai')
  return zone
}

function readAddress(reader: Reader, root: YAMLMap | undefined): { address?: string } {
  const address = reader.value(root, 'address', 'string')
  if (address === undefined) return {}
  if (URL.canParse(address) && /^https?:/.test(address)) return { address: address.replace(/\/?$/, '/') }
  reader.complain(root?.get('address', true), `"${address}" is no address`, 'Write it as https://acme.example/pods/')
  return {}
}

function readPass(reader: Reader, root: YAMLMap | undefined): { pass?: number } {
  const pass = reader.value(root, 'pass', 'number')
  if (pass !== undefined && !(pass > 0 && pass <= 100))
    reader.complain(root?.get('pass', true), `"pass" is ${pass}`, 'It is per cent of the points: 1 to 100')
  return optional('pass', pass)
}

function readBrand(reader: Reader, map: YAMLMap | undefined, languages: readonly Language[]): Brand {
  const colour = (key: 'colour' | 'darkColour', theme: Theme): string | undefined => {
    const text = reader.value(map, key, 'string')
    if (text === undefined) return undefined
    if (!isColour(text))
      reader.complain(map?.get(key, true), `"${text}" is no colour`, 'Write it as "#2f6b2a", in quotation marks')
    else if (!isReadable(text, theme))
      reader.complain(
        map?.get(key, true),
        `${text} has a contrast of ${leastContrast(text, theme).toFixed(1)}:1 on ${theme} pages, where text needs 4.5:1`,
        `The nearest that can be read is "${readable(text, theme)}"`,
      )
    return text
  }
  return {
    ...(map?.has('name') && { name: words(reader, map, 'name', languages, false, true) }),
    ...optional('colour', colour('colour', 'light')),
    ...optional('darkColour', colour('darkColour', 'dark')),
    ...optional('logo', reader.value(map, 'logo', 'string')),
  }
}

function readChapters(reader: Reader, root: YAMLMap | undefined, languages: readonly Language[]): CourseChapter[] {
  const chapters = reader.items(root, 'chapters').flatMap(node => {
    const map = reader.map(node, 'a chapter', KEYS.chapter)
    if (!map) return []
    const lessons = reader.items(map, 'lessons').flatMap(lesson => readLesson(reader, lesson))
    if (lessons.length === 0) reader.complain(map, 'the chapter has no lessons', 'Name some under "lessons"')
    return [
      {
        title: words(reader, map, 'title', languages, true),
        summary: words(reader, map, 'summary', languages),
        lessons,
        ...dates(reader, map),
      },
    ]
  })
  if (root && chapters.length === 0) reader.complain(root, 'the course has no chapters', SHOWN)
  return chapters
}

function readLesson(reader: Reader, node: unknown): CourseLesson[] {
  if (isScalar(node) && typeof node.value === 'string') return [{ id: node.value, node }]
  const map = reader.map(node, 'a lesson', KEYS.lesson)
  const id = reader.value(map, 'lesson', 'string')
  if (!map) return []
  if (id === undefined) {
    reader.complain(map, '"lesson" is missing', 'Name the lesson’s folder, as in 01-meet-the-pod/01-what-a-pod-is')
    return []
  }
  const points = reader.value(map, 'points', 'number')
  if (points !== undefined && !(points >= 0))
    reader.complain(map.get('points', true), `"points" is ${points}`, 'Write 0 for a lesson that does not count')
  return [
    {
      id,
      node: map.get('lesson', true),
      ...dates(reader, map),
      ...optional('points', points),
      ...(map.has('exercises') && { exercises: reader.strings(map, 'exercises') }),
    },
  ]
}
