/** Reads the exam's folder: exam.yaml and a folder for each task. What is wrong is told with file and remedy. */
import { parse } from 'yaml'
import { expressionError } from '../checks/expression.ts'
import type { Language } from '../lessons/prose.ts'
import { scriptParts } from '../run-script.ts'
import type { Drawn, ExamSource, TaskProse, TaskTemplate } from './exam.ts'
import { drawExam } from './exam.ts'

const LANGUAGES = ['zh', 'en'] as const
const TASK_KEYS = ['lesson', 'draw', 'start', 'files', 'checks', 'wrong']

/** @param files path within the exam's folder → text @throws an Error that tells the author every problem */
export function readExam(files: Readonly<Record<string, string>>): ExamSource {
  const problems: string[] = []
  const complain = (file: string, message: string): void => void problems.push(`lessons/exam/${file}: ${message}`)
  const exam = yaml(files['exam.yaml'], 'exam.yaml', complain)
  const ids = [...new Set(Object.keys(files).flatMap(path => /^tasks\/([^/]+)\//.exec(path)?.[1] ?? []))].sort()
  const source: ExamSource = {
    minutes: Number(exam.minutes),
    pass: Number(exam.pass),
    perChapter: Number(exam.perChapter),
    pauses: exam.pauses as ExamSource['pauses'],
    namespaces: exam.namespaces as string[],
    tasks: ids.map(id => readTask(id, files, complain)),
  }
  for (const key of ['minutes', 'pass', 'perChapter'] as const)
    if (!(source[key] > 0)) complain('exam.yaml', `"${key}" has to be a number above 0`)
  if (!Array.isArray(source.namespaces) || source.namespaces.length < ids.length)
    complain('exam.yaml', `"namespaces" has to hold a name for each of the ${ids.length} tasks`)
  if (!problems.length) findExpressionErrors(source, complain)
  if (problems.length) throw new Error(problems.join('\n'))
  return source
}

type Complain = (file: string, message: string) => void
type Raw = Record<string, unknown>

function yaml(text: string | undefined, file: string, complain: Complain): Raw {
  try {
    const value: unknown = parse(text ?? '')
    if (typeof value === 'object' && value !== null) return value as Raw
    complain(file, text === undefined ? 'the file is missing' : 'has to be a map')
  } catch (error) {
    complain(file, (error as Error).message.split('\n')[0]!)
  }
  return {}
}

function readTask(id: string, files: Readonly<Record<string, string>>, complain: Complain): TaskTemplate {
  const at = (name: string): string => `tasks/${id}/${name}`
  const raw = yaml(files[at('task.yaml')], at('task.yaml'), complain)
  for (const key of Object.keys(raw))
    if (!TASK_KEYS.includes(key)) complain(at('task.yaml'), `has no key "${key}". Its keys are ${TASK_KEYS.join(', ')}`)
  const checks = ((raw.checks ?? []) as Raw[]).map(c => ({
    id: String(c.id),
    points: Number(c.points),
    expression: String(c.expression),
  }))
  if (!checks.length) complain(at('task.yaml'), 'has no checks')
  for (const check of checks) if (!(check.points > 0)) complain(at('task.yaml'), `check "${check.id}" needs points`)
  const solution = files[at('solution.sh')]
  if (solution === undefined) complain(at('solution.sh'), 'the file is missing')
  const also = files[at('also.sh')]
  const wrong = Object.entries((raw.wrong ?? {}) as Record<string, string>).map(([misses, script]) => ({
    misses,
    script,
  }))
  if (!wrong.length)
    complain(at('task.yaml'), 'needs a wrong answer: the id of the check that it misses, and its commands')
  const known = checks.map(c => c.id)
  for (const { misses } of wrong)
    if (!known.includes(misses)) complain(at('task.yaml'), `there is no check "${misses}"`)
  const prose = Object.fromEntries(
    LANGUAGES.map(language => [language, readProse(at(`${language}.md`), files, known, complain)]),
  ) as Record<Language, TaskProse>
  return {
    id,
    lesson: String(raw.lesson),
    draw: (raw.draw ?? {}) as Record<string, Drawn[]>,
    start: (raw.start ?? []) as string[],
    files: (raw.files ?? {}) as Record<string, string>,
    checks,
    solution: scriptParts(solution ?? '').get('') ?? '',
    ...(also !== undefined && { also: scriptParts(also).get('') ?? '' }),
    wrong,
    prose,
  }
}

function readProse(
  file: string,
  files: Readonly<Record<string, string>>,
  checks: readonly string[],
  complain: Complain,
): TaskProse {
  const [, front, body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(files[file] ?? '') ?? []
  const raw = yaml(front, file, complain)
  const said = (raw.checks ?? {}) as TaskProse['checks']
  if (typeof raw.title !== 'string') complain(file, 'the frontmatter needs a title')
  if (!body.trim()) complain(file, 'the task itself is missing')
  if (Object.keys(said).join() !== checks.join()) complain(file, `its checks have to be ${checks.join(', ')}`)
  for (const [id, words] of Object.entries(said))
    if (typeof words?.is !== 'string' || typeof words?.missed !== 'string')
      complain(file, `check "${id}" needs "is" and "missed"`)
  return { title: String(raw.title), body: body.trim(), checks: said }
}

/** With blanks filled in, since these may stand anywhere. */
function findExpressionErrors(source: ExamSource, complain: Complain): void {
  const { tasks } = drawExam(
    source,
    'look',
    source.tasks.map(t => t.id),
  )
  for (const { id, checks } of tasks)
    for (const check of checks) {
      const error = expressionError(check.expression)
      if (error) complain(`tasks/${id}/task.yaml`, `check "${check.id}" is no valid CEL: ${error}`)
    }
}
