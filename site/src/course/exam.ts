/** The exam as its page needs it: the templates in one language, and the lessons that they lead back to. */
import type { ExamSource } from '../../../sandbox/scenario/exam/exam.ts'
import { readExam } from '../../../sandbox/scenario/exam/exam-source.ts'
import { at } from '../address.ts'
import type { Lang } from '../words/words.ts'
import { course, langs, lessonById } from './course.ts'

const root = '/lessons/exam/'
const files = import.meta.glob<string>('/lessons/exam/**/*.{yaml,md,sh}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export const exam: ExamSource = readExam(
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path.slice(root.length), text])),
)

/** The exam asks about all of Podlab's lessons; a course of somebody's own has other ones, and no exam. */
export const examLangs: readonly Lang[] = course ? [] : langs

/** What `/lab/exam-zh.json` holds. */
export interface ExamFacts {
  /** With the prose of one language only. */
  source: ExamSource
  /** Lesson id → where it is. */
  lessons: Record<string, { title: string; path: string }>
}

export function examFacts(lang: Lang): ExamFacts {
  const tasks = exam.tasks.map(({ wrong: _, also: __, ...task }) => ({
    ...task,
    wrong: [],
    prose: { [lang]: task.prose[lang] } as typeof task.prose,
  }))
  const lessons = exam.tasks.map(({ id, lesson }) => {
    const found = lessonById(lesson)
    if (!found) throw new Error(`lessons/exam/tasks/${id}/task.yaml: there is no lesson "${lesson}"`)
    return [lesson, { title: found.prose[lang].title, path: at(`${lang}/${found.path}`) }] as const
  })
  return { source: { ...exam, tasks }, lessons: Object.fromEntries(lessons) }
}
