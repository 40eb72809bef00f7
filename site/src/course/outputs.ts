/** The output of the commands shown in the prose: all `<Output>`s of one page, run by the engine in one session, once. */
import type { Lang } from '../words/words.ts'
import type { LessonPage } from './course.ts'
import { outputSteps } from './output-steps.ts'

type Result = { text: string; code: number }[]
/** In development they are made again when the lesson's world or commands change, not when only prose does. */
const made = new Map<string, { of: string; result: Promise<Result> }>()

export async function outputsOf(lesson: LessonPage, lang: Lang): Promise<Result> {
  const key = `${lesson.id}/${lang}`
  const steps = outputSteps(lesson.prose[lang].source)
  const of = JSON.stringify([lesson.world, steps])
  const known = made.get(key)
  if (known?.of === of) return known.result
  const result = import('../../../sandbox/scenario/lessons/outputs.ts').then(engine =>
    engine.runOutputs(lesson.world, steps),
  )
  made.set(key, { of, result })
  return result
}
