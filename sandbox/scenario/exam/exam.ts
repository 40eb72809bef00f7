/** A practice exam: tasks drawn from templates by a seed, so that no two exams are alike and each can be had again. */
import { Random } from '../../clock/random.ts'
import type { Language } from '../lessons/prose.ts'
import type { CheckResult, LessonWorld } from '../session.ts'
import { kubeconfig } from '../workstation/kubeconfig.ts'

/** What stands for `{{name}}`; of a group, `{{name.key}}`. */
export type Drawn = string | number | Readonly<Record<string, string | number>>

export interface TaskProse {
  title: string
  /** The task, in plain Markdown: paragraphs, lists, code and bold. */
  body: string
  /** What each check asks for, and what is to be thought of by who missed it. */
  checks: Readonly<Record<string, { is: string; missed: string }>>
}

export interface TaskCheck {
  id: string
  points: number
  expression: string
}

/** A task with blanks. */
export interface TaskTemplate {
  id: string
  /** Folder of the lesson that teaches it; its chapter is the task's. */
  lesson: string
  draw: Readonly<Record<string, readonly Drawn[]>>
  /** Manifests that are there when the exam begins, one after another. */
  start: readonly string[]
  files: Readonly<Record<string, string>>
  checks: readonly TaskCheck[]
  solution: string
  /** The same in another way, where checks might take the first for the only one. */
  also?: string
  /** Likely mistakes, and the check that each has to miss. */
  wrong: readonly { misses: string; script: string }[]
  prose: Readonly<Record<Language, TaskProse>>
}

export interface ExamSource {
  minutes: number
  /** Percent of the points. */
  pass: number
  /** Tasks from each chapter. */
  perChapter: number
  pauses: { times: number; minutes: number }
  /** Names of namespaces, one for each task. */
  namespaces: readonly string[]
  tasks: readonly TaskTemplate[]
}

/** A task as it is set. */
export interface Task extends Omit<TaskTemplate, 'draw'> {
  namespace: string
}

export interface Exam {
  seed: string
  tasks: readonly Task[]
  world: LessonWorld
}

export const EXAM_ID = 'exam'
const SETTLE_MS = 60_000

export const chapterOf = (task: { lesson: string }): string => task.lesson.split('/')[0]!

/** Draws an exam, or one of just the tasks named. */
export function drawExam(source: ExamSource, seed: string, only?: readonly string[]): Exam {
  const random = new Random(`exam/${seed}`)
  const namespaces = shuffled(random.fork('namespaces'), source.namespaces)
  const chosen = only
    ? source.tasks.filter(t => only.includes(t.id))
    : shuffled(random.fork('order'), chosenOf(source, random.fork('tasks')))
  if (chosen.length > namespaces.length) throw new Error(`${chosen.length} tasks need as many namespaces`)
  const tasks = chosen.map((template, i) => fill(template, namespaces[i]!, random.fork(template.id)))
  return { seed, tasks, world: worldOf(tasks) }
}

function chosenOf({ tasks, perChapter }: ExamSource, random: Random): TaskTemplate[] {
  const chapters = [...new Set(tasks.map(chapterOf))]
  return chapters.flatMap(chapter =>
    shuffled(
      random,
      tasks.filter(t => chapterOf(t) === chapter),
    ).slice(0, perChapter),
  )
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const rest = [...items]
  for (let i = rest.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[rest[i], rest[j]] = [rest[j]!, rest[i]!]
  }
  return rest
}

/** Puts what has been drawn in the place of every `{{…}}`. */
function fill({ draw, ...template }: TaskTemplate, namespace: string, random: Random): Task {
  const values = new Map<string, string>([['ns', namespace]])
  const put = (text: string): string =>
    text.replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => {
      const value = values.get(name)
      if (value === undefined) throw new Error(`exam/tasks/${template.id}: nothing is drawn for {{${name}}}`)
      return value
    })
  // What is drawn may itself have blanks for what was drawn before it.
  for (const [name, choices] of Object.entries(draw)) {
    const value = choices[random.fork(name).int(choices.length)]!
    if (typeof value !== 'object') values.set(name, put(String(value)))
    else for (const [key, part] of Object.entries(value)) values.set(`${name}.${key}`, put(String(part)))
  }
  return { ...deep(template, put), namespace }
}

/** A value with every text in it changed, keys too: names of files have blanks. */
function deep<T>(value: T, put: (text: string) => string): T {
  if (typeof value === 'string') return put(value) as T
  if (Array.isArray(value)) return value.map(item => deep(item, put)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [put(key), deep(item, put)])) as T
}

function worldOf(tasks: readonly Task[]): LessonWorld {
  const namespaces = tasks.map(t => t.namespace)
  const made = namespaces.map(name => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`)
  const manifests: Record<string, string> = { 'namespaces.yaml': made.join('---\n') }
  for (const { id, start } of tasks) for (const [i, text] of start.entries()) manifests[`${id}-${i + 1}.yaml`] = text
  return {
    id: EXAM_ID,
    manifests,
    files: { '.kube/config': kubeconfig(namespaces), ...Object.assign({}, ...tasks.map(t => t.files)) },
    settleMs: SETTLE_MS,
    exercises: tasks.map(({ id, checks }) => ({ id, checks })),
  }
}

export interface Score {
  points: number
  of: number
  percent: number
  passed: boolean
  /** Of each task, in the exam's order. */
  tasks: readonly { id: string; points: number; of: number; missed: readonly string[] }[]
}

/** @param results what the checks of each task said, by task; a task without has earned nothing */
export function score(
  { pass }: Pick<ExamSource, 'pass'>,
  tasks: readonly Pick<Task, 'id' | 'checks'>[],
  results: Readonly<Record<string, readonly Pick<CheckResult, 'id' | 'passed'>[]>>,
): Score {
  const sum = (checks: readonly TaskCheck[]): number => checks.reduce((n, c) => n + c.points, 0)
  const scored = tasks.map(({ id, checks }) => {
    const earned = checks.filter(c => results[id]?.some(r => r.id === c.id && r.passed))
    return { id, points: sum(earned), of: sum(checks), missed: checks.filter(c => !earned.includes(c)).map(c => c.id) }
  })
  const points = scored.reduce((n, t) => n + t.points, 0)
  const of = scored.reduce((n, t) => n + t.of, 0)
  const percent = of ? Math.floor((points * 100) / of) : 0
  return { points, of, percent, passed: percent >= pass, tasks: scored }
}
