/** What has to be true of a lesson: its prose against its lesson.yaml, and both against the engine. Problems are told in the author's terms. */
import { createSession } from '../sandbox/scenario/create.ts'
import type { Lesson } from '../sandbox/scenario/lesson.ts'
import type { LessonFolder } from '../sandbox/scenario/lesson-folder.node.ts'
import { runOutputs } from '../sandbox/scenario/outputs.ts'
import {
  badLinks,
  type Glossary,
  missingParts,
  offTerms,
  structureOf,
  tagsOf,
  typography,
  untranslated,
} from '../sandbox/scenario/prose.ts'
import { runScript, scriptParts } from '../sandbox/scenario/run-script.ts'
import { outputSteps } from '../site/src/course/output-steps.ts'
import type { Language } from './course.ts'

export interface LessonCheck {
  name: string
  /** What is wrong, each with the file where it stands. */
  run(): string[] | Promise<string[]>
}

/** What somebody reading the lesson would take for a part of it; anything else was put there by mistake. */
const KNOWN =
  /^(lesson\.yaml|(zh|en)\.mdx|solution\.sh|also\/[\w-]+\.sh|wrong\/[\w-]+\.sh|start\/[\w.-]+\.yaml|files\/[\w./-]+|figures\/[\w-]+\.svg)$/

export const strayFiles = ({ files }: LessonFolder): string[] => Object.keys(files).filter(path => !KNOWN.test(path))

export function lessonChecks(
  folder: LessonFolder,
  lesson: Lesson,
  languages: readonly Language[],
  glossary: Glossary,
): LessonCheck[] {
  const { files } = folder
  const text = (language: Language): string => files[`${language}.mdx`] ?? ''
  const of = (what: string): string[] => Object.keys(files).filter(path => path.startsWith(`${what}/`))
  const answers = ['solution.sh', ...of('also')]
  const [first = 'en'] = languages
  return [
    {
      name: 'has the same structure in every language',
      run: () => languages.flatMap(l => differences(structureOf(text(first)), structureOf(text(l)), first, l)),
    },
    ...languages.flatMap(language => proseChecks(folder, lesson, language, text(language), glossary)),
    ...answers.map(path => ({
      name: `no check passes at the start, and every check after ${path}`,
      run: () => answerFails(lesson, path, files[path]),
    })),
    ...of('wrong').map(path => ({
      name: `${path} brings up its hint`,
      run: () => hintMissing(lesson, path, files[path] ?? ''),
    })),
    {
      name: 'the outputs shown come out as the prose says',
      run: () => wrongOutputs(lesson, `${first}.mdx`, text(first)),
    },
  ]
}

function proseChecks(
  { files }: LessonFolder,
  lesson: Lesson,
  language: Language,
  text: string,
  glossary: Glossary,
): LessonCheck[] {
  const file = `${language}.mdx`
  const at = (problems: readonly string[]): string[] =>
    problems.map(p => (/^\d+:/.test(p) ? `${file}:${p}` : `${file}: ${p}`))
  const check = (name: string, run: () => readonly string[]): LessonCheck => ({
    name: `${language}: ${name}`,
    run: () => at(run()),
  })
  return [
    check('has title and summary', () => {
      if (files[file] === undefined) return ['the file is missing']
      return /^---\ntitle: .+\nsummary: .+\n---\n/.test(text)
        ? []
        : ['it has to begin with ---, "title: …", "summary: …", ---']
    }),
    check('fits the lesson.yaml', () => missingParts(text, lesson, glossary)),
    check('is well set', () => typography(text, language)),
    check('writes terms as the glossary does', () => offTerms(text, language, glossary)),
    check('links to the documentation in its language', () => badLinks(text, language)),
    check('has drawings whose every word is given', () => figureProblems(text, files)),
    ...(language === 'zh' ? [check('has no untranslated part', () => untranslated(text))] : []),
  ]
}

function differences(one: readonly string[], other: readonly string[], a: Language, b: Language): string[] {
  const i = one.findIndex((what, n) => what !== other[n])
  const at = i < 0 && other.length > one.length ? one.length : i
  if (at < 0) return []
  return [`${b}.mdx: where ${a}.mdx has ${one[at] ?? 'nothing more'}, this has ${other[at] ?? 'nothing more'}`]
}

const SHORT_ALT = 20

const figureProblems = (text: string, files: Record<string, string>): string[] =>
  tagsOf(text)
    .filter(tag => tag.name === 'Figure')
    .flatMap(({ attributes }) => {
      const { src = '', alt = '', words = '' } = attributes
      const svg = files[`figures/${src}.svg`]
      if (svg === undefined) return [`figures/${src}.svg is missing`]
      const wanted = new Set([...svg.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g)].map(m => m[1] ?? ''))
      const given = new Set([...words.matchAll(/(\w+): ['"]/g)].map(m => m[1] ?? ''))
      return [
        ...[...wanted].filter(word => !given.has(word)).map(word => `<Figure src="${src}"> needs words.${word}`),
        ...[...given].filter(word => !wanted.has(word)).map(word => `figures/${src}.svg has no {{${word}}}`),
        ...(alt.length > SHORT_ALT ? [] : [`<Figure src="${src}">: "alt" has to say what the drawing shows`]),
      ]
    })

const begin = ({ world }: Lesson) => createSession({ seed: 'harness', lesson: world })

async function answerFails(lesson: Lesson, path: string, script: string | undefined): Promise<string[]> {
  if (script === undefined) return [`${path} is missing`]
  const session = await begin(lesson)
  const parts = scriptParts(script)
  const named = [...parts.keys()].filter(Boolean)
  const expected = lesson.world.exercises.map(e => e.id)
  if (named.join() !== expected.join())
    return [
      `${path}: "# exercise: ID" lines are ${named.join(', ') || 'missing'}; lesson.yaml has ${expected.join(', ')}`,
    ]
  const problems: string[] = []
  // Checks look and change nothing, so who has been asked before can still be solved. Once is enough.
  for (const { id } of path === 'solution.sh' ? lesson.world.exercises : [])
    for (const check of await session.check(id))
      if (check.passed) problems.push(`lesson.yaml: ${id}/${check.id} passes before anything has been done`)
  for (const [exercise, part] of parts) {
    const { screen, finished } = await runScript(session, part)
    if (!finished) return [...problems, `${path}: ${exercise} never comes back to the prompt\n${screen}`]
    if (!exercise) continue
    for (const check of await session.check(exercise))
      if (!check.passed) problems.push(`${path}: ${exercise}/${check.id} does not pass\n${screen}`)
  }
  return problems
}

async function hintMissing(lesson: Lesson, path: string, script: string): Promise<string[]> {
  const hint = /^# hint: (\S+)/m.exec(script)?.[1]
  if (hint === undefined) return [`${path}: a wrong answer names its hint in a line "# hint: ID"`]
  const session = await begin(lesson)
  const { screen } = await runScript(session, script.replace(/^#.*\n/gm, ''))
  const asked = lesson.world.exercises.filter(e =>
    e.checks.some(c => c.id === hint || c.hints?.some(h => h.id === hint)),
  )
  if (asked.length === 0) return [`${path}: no check of lesson.yaml has the hint ${hint}`]
  const shown: string[] = []
  for (const { id } of asked) shown.push(...(await session.check(id)).flatMap(check => check.hint ?? []))
  return shown.includes(hint)
    ? []
    : [`${path}: brings up ${shown.join(', ') || 'no hint'} instead of ${hint}\n${screen}`]
}

async function wrongOutputs(lesson: Lesson, file: string, text: string): Promise<string[]> {
  const fails = tagsOf(text)
    .filter(tag => tag.name === 'Output')
    .map(tag => tag.attributes.fails !== undefined)
  const steps = outputSteps(text)
  const results = await runOutputs(lesson.world, steps)
  return results.flatMap(({ text: printed, code }, i) =>
    (code !== 0) === fails[i]
      ? []
      : [`${file}: "${steps[i]?.cmd}" ends with ${code}${fails[i] ? ', but is marked as failing' : ''}\n${printed}`],
  )
}
