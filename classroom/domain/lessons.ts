/** The lessons that a classroom has: what is played again, what counts, and what people are shown of them. */
import type { LessonWorld } from '../../sandbox/scenario/session.ts'

export interface CourseLesson {
  world: LessonWorld
  /** The exercises that count; the others may be done. */
  counted: readonly string[]
  /** Where it is on the site, below the language. */
  path: string
  title: Record<'zh' | 'en', string>
}

/** By id. */
export type Lessons = ReadonlyMap<string, CourseLesson>

export const exerciseOf = (lessons: Lessons, lesson: string, exercise: string | null) =>
  lessons.get(lesson)?.world.exercises.find(e => e.id === exercise)
