/** One lesson's folder as the pages need it: its facts, its world, and the commands that solve it. */
import { type Lesson, parseLesson } from '../../../sandbox/scenario/lessons/lesson.ts'
import { describeProblem } from '../../../sandbox/scenario/lessons/yaml-reader.ts'
import { splitSolution } from './solutions.ts'

export function readLesson(id: string, files: Record<string, string>): Lesson & { solutions: Record<string, string> } {
  const { lesson, problems } = parseLesson(id, files)
  if (!lesson) throw new Error(problems.map(describeProblem).join('\n'))
  const exercises = lesson.world.exercises.map(e => e.id)
  return { ...lesson, solutions: splitSolution(files['solution.sh'] ?? '', exercises) }
}
