/** A course with everything that it is made of: course.yaml, and the folders of the lessons that it has chosen. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type Lesson, parseLesson } from '../sandbox/scenario/lessons/lesson.ts'
import { type LessonFolder, lessonFolders } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import { describeProblem, type Problem } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { type Course, type CourseChapter, type CourseLesson, type Dates, type Language, parseCourse } from './course.ts'

/** The lessons that come with Podlab. */
export const OUR_LESSONS = join(import.meta.dirname, '../lessons')

export interface ChosenLesson extends Dates {
  id: string
  folder: LessonFolder
  /** Where the folder is on the disk. */
  path: string
  own: boolean
  lesson: Lesson
  points: number
  /** Those that count. */
  exercises: readonly string[]
}

export interface ChosenCourse extends Omit<Course, 'chapters'> {
  /** The folder of course.yaml. */
  folder: string
  chapters: readonly (Omit<CourseChapter, 'lessons'> & { lessons: readonly ChosenLesson[] })[]
  /** Every lesson in its own folder, chosen or not. */
  own: readonly LessonFolder[]
  /** Its own folder of lessons on the disk. */
  ownPath?: string
}

/** A path as the author would type it. */
const shown = (path: string): string => {
  const near = relative(process.cwd(), path)
  return near.startsWith('../../..') ? path : near
}

/** Address of a lesson: folder names carry the order, addresses don't. */
export const addressOf = (id: string): string =>
  id
    .split('/')
    .map(part => part.replace(/^\d+-/, ''))
    .join('/')

/** As its prose has it in the first of the languages that it is written in. */
export const titleOf = ({ id, files }: LessonFolder, ...languages: readonly Language[]): string =>
  languages.flatMap(lang => /^title:\s*(.+)$/m.exec(files[`${lang}.mdx`] ?? '')?.[1]?.trim() ?? [])[0] ?? id

/** @throws an Error that tells the author every problem */
export function chooseLessons(file: string): ChosenCourse {
  const { chosen, problems } = readChosen(file)
  if (problems.length) throw new Error(problems.map(describeProblem).join('\n'))
  return chosen
}

export function readChosen(file: string): { chosen: ChosenCourse; problems: readonly Problem[] } {
  const name = shown(resolve(file))
  if (!existsSync(file))
    throw new Error(`${name} is not there. Name the course with --course, or make one: podlab new-course FOLDER`)
  const folder = dirname(resolve(file))
  const { course, reader, problems } = parseCourse(name, readFileSync(file, 'utf8'))
  const contents = reader.document.contents as { get?(key: string, keep: true): unknown } | null
  const complain = (key: string, message: string, remedy: string): void =>
    reader.complain(contents?.get?.(key, true), message, remedy)

  const ownPath = course.lessons === undefined ? undefined : join(folder, course.lessons)
  const isThere = ownPath !== undefined && existsSync(ownPath)
  if (ownPath && !isThere)
    complain('lessons', `${shown(ownPath)} is not there`, 'Make the folder, or leave out "lessons"')
  const { logo } = course.brand
  if (logo !== undefined && !(/\.(svg|png|webp)$/.test(logo) && existsSync(join(folder, logo))))
    complain('brand', `the logo ${logo} is no picture that is there`, 'Put an SVG, PNG or WebP beside course.yaml')

  const own = isThere ? lessonFolders(ownPath) : []
  const ours = lessonFolders(OUR_LESSONS)
  const later: Problem[] = []
  for (const { id } of own) {
    if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))
      complain('lessons', `the folder ${id} cannot be part of an address`, 'Use small letters, digits and hyphens')
    if (ours.some(f => f.id === id))
      complain('lessons', `Podlab has a lesson ${id} already`, 'Give the folder another name')
  }

  const seen = new Map<string, string>()
  const chooseOne = (wanted: CourseLesson): ChosenLesson[] => {
    const { id, node, points, exercises, ...rest } = wanted
    const mine = own.find(f => f.id === id)
    const found = mine ?? ours.find(f => f.id === id)
    if (!found) {
      const near = nearest(
        id,
        [...own, ...ours].map(f => f.id),
      )
      reader.complain(
        node,
        `there is no lesson ${id}`,
        `${near ? `Did you mean ${near}? ` : ''}"podlab lessons" lists them`,
      )
      return []
    }
    const address = addressOf(id)
    if (seen.has(address)) {
      const other = seen.get(address)
      const why = other === id ? `the lesson ${id} stands here twice` : `${id} would have the address of ${other}`
      reader.complain(node, why, other === id ? 'Keep one of them' : 'Give its folder another name')
      return []
    }
    seen.set(address, id)
    const root = mine ? shown(ownPath!) : shown(OUR_LESSONS)
    const { lesson, problems: wrong } = parseLesson(id, found.files, root)
    later.push(...wrong)
    for (const language of course.languages)
      if (found.files[`${language}.mdx`] === undefined)
        reader.complain(
          node,
          `${root}/${id}/${language}.mdx is missing`,
          `Write it, or leave ${language} out of "languages"`,
        )
    if (!lesson) return []
    const all = lesson.world.exercises.map(e => e.id)
    for (const exercise of exercises ?? [])
      if (!all.includes(exercise))
        reader.complain(node, `${id} has no exercise ${exercise}`, `It has ${all.join(', ')}`)
    const counted = exercises ?? all
    const path = join(mine ? ownPath! : OUR_LESSONS, id)
    return [
      {
        id,
        folder: found,
        path,
        own: mine !== undefined,
        lesson,
        points: points ?? counted.length,
        exercises: counted,
        ...rest,
      },
    ]
  }
  const chapters = course.chapters.map(chapter => ({ ...chapter, lessons: chapter.lessons.flatMap(chooseOne) }))
  const chosen = { ...course, folder, chapters, own, ...(isThere && { ownPath }) }
  return { chosen, problems: [...problems, ...later] }
}

/** The most alike of the names, if any is. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string): string => addressOf(text).toLowerCase()
  const last = (text: string): string => plain(text).split('/').at(-1) ?? ''
  return names.find(n => plain(n) === plain(name)) ?? names.find(n => last(n) === last(name))
}
