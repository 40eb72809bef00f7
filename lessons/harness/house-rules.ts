/**
 * Rules for our own lessons, beyond those that `podlab check-course` has for everybody's. Problems are told in the
 * author's terms.
 */
import { type Attempts, hintsOf, wrongParts } from '../../course/attempts.ts'
import type { Lesson } from '../../sandbox/scenario/lessons/lesson.ts'
import type { LessonFolder } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { ownRules } from '../../sandbox/scenario/lessons/prose.ts'
import { scriptParts } from '../../sandbox/scenario/run-script.ts'

export interface HouseRule {
  name: string
  problems(): string[]
}

const [LEAST, MOST] = [8, 15]

const FORM = /^(\d )?[\w.-]+: ____$/
const COMMENT = /^\s*(#(?!!)|\/\/|\/\*)(?! ____$)/

export function houseRules(folder: LessonFolder, lesson: Lesson, attempts: Attempts): HouseRule[] {
  const { files } = folder
  const linesOf = (which: RegExp): { path: string; line: string; number: number }[] =>
    Object.entries(files).flatMap(([path, text]) =>
      which.test(path) ? text.split('\n').map((line, i) => ({ path, line, number: i + 1 })) : [],
    )
  const answersTo = (exercise: string): Set<string> =>
    new Set(
      attempts.right
        .map(
          path =>
            scriptParts(files[path] ?? '')
              .get(exercise)
              ?.trim() ?? '',
        )
        .filter(Boolean),
    )
  return [
    {
      name: 'has forms without a word of either language: what a blank is for is asked in the prose',
      problems: () =>
        linesOf(/^files\/.*\.txt$/)
          .filter(({ line }) => line.includes('____') && !FORM.test(line))
          .map(({ path, line, number }) => `${path}:${number}: "${line}": write "OBJECT: ____" or "1 OBJECT: ____"`),
    },
    {
      name: 'has files without a word of either language: what they are about is told in the prose',
      problems: () =>
        linesOf(/^(files|start)\//)
          .filter(({ line }) => COMMENT.test(line))
          .map(({ path, number }) => `${path}:${number}: a comment has a language; say it in the prose instead`),
    },
    {
      name: `can be taken in ${LEAST} to ${MOST} minutes`,
      problems: () => {
        const { minutes } = lesson
        if (minutes >= LEAST && minutes <= MOST) return []
        const line = (files['lesson.yaml'] ?? '').split('\n').findIndex(l => l.startsWith('minutes:')) + 1
        return [`lesson.yaml:${line}: minutes: ${minutes}: cut the lesson to ${LEAST} to ${MOST} minutes, or in two`]
      },
    },
    {
      name: 'has two different right answers to each exercise',
      problems: () =>
        lesson.world.exercises
          .filter(({ id }) => answersTo(id).size < 2)
          .map(({ id }) => `also: solve ${id} in another way than solution.sh does, in a part "# exercise: ${id}"`),
    },
    {
      name: 'has two wrong answers to each exercise',
      problems: () => {
        const hinted = attempts.wrong.flatMap(path => wrongParts(files[path] ?? '').map(part => part.hint))
        return lesson.world.exercises
          .filter(exercise => hinted.filter(hint => hintsOf(exercise).includes(hint)).length < 2)
          .map(({ id }) => `wrong: get ${id} wrong in two ways, each with its "# hint: ID"`)
      },
    },
    ...(['zh', 'en'] as const).map(language => ({
      name: `asks and lets predict, in ${language}`,
      problems: () => ownRules(files[`${language}.mdx`] ?? '').map(problem => `${language}.mdx: ${problem}`),
    })),
  ]
}
