/** The lessons that a classroom can set: those of a course.yaml, or all in a folder. */
import { addressOf, chooseLessons, titleOf } from '../../course/chosen.node.ts'
import { LANGUAGES } from '../../course/course.ts'
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { exerciseWords } from '../../sandbox/scenario/lessons/prose.ts'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import type { CourseLesson } from '../domain/lessons.ts'
import type { Classroom } from './context.ts'

type Course = Pick<Classroom, 'lessons' | 'languages'>

const entry = (folder: LessonFolder, world: LessonWorld, counted?: readonly string[]): [string, CourseLesson] => [
  folder.id,
  {
    world,
    counted: counted ?? world.exercises.map(e => e.id),
    path: `lessons/${addressOf(folder.id)}/`,
    title: { zh: titleOf(folder, 'zh', 'en'), en: titleOf(folder, 'en', 'zh') },
    words: { zh: wordsOf(folder, 'zh', 'en'), en: wordsOf(folder, 'en', 'zh') },
  },
]

/** In the first of the languages that the lesson is written in. */
const wordsOf = ({ files }: LessonFolder, ...languages: readonly ('zh' | 'en')[]) =>
  exerciseWords(languages.flatMap(lang => files[`${lang}.mdx`] ?? [])[0] ?? '')

/** @throws an Error that tells the author every problem */
export function readCourse({ lessons, course }: { lessons: string; course?: string | undefined }): Course {
  if (course) {
    const { chapters, languages } = chooseLessons(course)
    const chosen = chapters.flatMap(chapter => chapter.lessons)
    return { languages, lessons: new Map(chosen.map(l => entry(l.folder, l.lesson.world, l.exercises))) }
  }
  const all = new Map(lessonFolders(lessons).map(folder => entry(folder, readLesson(folder).world)))
  if (all.size === 0) throw new Error(`${lessons} holds no lessons`)
  return { languages: LANGUAGES, lessons: all }
}
