/** The lessons that a classroom has: what is played again, what counts, and what people are shown of them. */
import type { ExerciseWords } from '../../sandbox/scenario/lessons/prose.ts'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'

export interface CourseLesson {
  world: LessonWorld
  /** The exercises that count; the others may be done. */
  counted: readonly string[]
  /** Where it is on the site, below the language. */
  path: string
  title: Record<Lang, string>
  /** What its exercises and their checks are called, by the exercise's id. */
  words: Record<Lang, ReadonlyMap<string, ExerciseWords>>
}
type Lang = 'zh' | 'en'

/** By id. */
export type Lessons = ReadonlyMap<string, CourseLesson>

export const exerciseOf = (lessons: Lessons, lesson: string, exercise: string | null) =>
  lessons.get(lesson)?.world.exercises.find(e => e.id === exercise)

/** What people call an exercise; its id where nobody has given it a name. */
export const exerciseTitle = (lessons: Lessons, lang: Lang, lesson: string, exercise: string): string =>
  lessons.get(lesson)?.words[lang].get(exercise)?.title ?? exercise

/** What a check asks for. */
export const checkTitle = (lessons: Lessons, lang: Lang, lesson: string, exercise: string, check: string): string =>
  lessons.get(lesson)?.words[lang].get(exercise)?.checks.get(check) ?? check
