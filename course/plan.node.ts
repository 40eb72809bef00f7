/** The plan of a site: a chosen course, or every lesson of ours in the order of the folders. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lessonFolders } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import { type ChosenCourse, chooseLessons, OUR_LESSONS } from './chosen.node.ts'
import { type Dates, LANGUAGES, type Language, type Words } from './course.ts'

export interface Plan {
  languages: readonly Language[]
  /** Absent where the site is Podlab's own. */
  course?: Omit<ChosenCourse, 'chapters' | 'own' | 'ownPath'>
  chapters: readonly PlannedChapter[]
  /** Folders with lessons, the course's own first. */
  roots: readonly string[]
  /** Files with terms; a later one's win. */
  glossaries: readonly string[]
}

export interface PlannedChapter extends Dates {
  id: string
  /** The folder with its words, or the words. */
  path?: string
  title?: Words
  summary?: Words
  lessons: readonly PlannedLesson[]
}

export interface PlannedLesson extends Dates {
  id: string
  path: string
  /** Path within the folder → text. */
  files: Record<string, string>
  /** In a course: what it is worth, and the exercises that count. */
  points?: number
  exercises?: readonly string[]
}

/** @param file of a course.yaml */
export const planSite = (file: string | undefined): Plan => (file ? planCourse(chooseLessons(file)) : planOurs())

function planCourse({ chapters, own: _, ownPath, ...course }: ChosenCourse): Plan {
  const roots = [...(ownPath ? [ownPath] : []), OUR_LESSONS]
  return {
    languages: course.languages,
    course,
    roots,
    glossaries: roots
      .map(root => join(root, 'glossary.yaml'))
      .filter(path => existsSync(path))
      .reverse(),
    chapters: chapters.map(({ lessons, ...chapter }, i) => ({
      ...chapter,
      id: `chapter-${i + 1}`,
      lessons: lessons.map(({ id, path, folder, opens, due, points, exercises }) => ({
        ...{ id, path, files: folder.files, points, exercises },
        ...(opens && { opens }),
        ...(due && { due }),
      })),
    })),
  }
}

function planOurs(): Plan {
  const chapters = Map.groupBy(lessonFolders(OUR_LESSONS), folder => folder.id.split('/')[0] ?? '')
  return {
    languages: LANGUAGES,
    roots: [OUR_LESSONS],
    glossaries: [join(OUR_LESSONS, 'glossary.yaml')],
    chapters: [...chapters].map(([id, lessons]) => ({
      id,
      path: join(OUR_LESSONS, id),
      lessons: lessons.map(folder => ({ ...folder, path: join(OUR_LESSONS, folder.id) })),
    })),
  }
}
