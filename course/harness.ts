/** The rules for a lesson: its prose against its lesson.yaml, and both against the engine. Problems are told in the author's terms. */
import type { Lesson } from '../sandbox/scenario/lessons/lesson.ts'
import type { LessonFolder } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import { runOutputs } from '../sandbox/scenario/lessons/outputs.ts'
import {
  badLinks,
  type Glossary,
  missingParts,
  offTerms,
  type Part,
  structureOf,
  tagsOf,
  typography,
  untranslated,
} from '../sandbox/scenario/lessons/prose.ts'
import { outputSteps } from '../site/src/course/output-steps.ts'
import type { Attempts } from './attempts.ts'
import type { Language } from './course.ts'
import { misquoted } from './quotes.ts'

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
  attempts: Attempts,
): LessonCheck[] {
  const text = (language: Language): string => folder.files[`${language}.mdx`] ?? ''
  const [first = 'en'] = languages
  return [
    {
      name: 'has the same structure in every language',
      run: () => languages.flatMap(l => differences(structureOf(text(first)), structureOf(text(l)), first, l)),
    },
    ...languages.flatMap(language => proseChecks(folder, lesson, language, text(language), glossary)),
    ...attempts.right.map(path => ({
      name: `no check passes at the start, and every check after ${path}`,
      run: async () => (await attempts.of(path)).problems,
    })),
    ...attempts.wrong.map(path => ({
      name: `${path} brings up its hints`,
      run: async () => (await attempts.of(path)).problems,
    })),
    {
      name: 'the outputs shown come out as the prose says',
      run: () => wrongOutputs(folder, lesson, languages),
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

function differences(one: readonly Part[], other: readonly Part[], a: Language, b: Language): string[] {
  const at = [...one, undefined].findIndex((part, i) => part?.what !== other[i]?.what)
  if (at < 0) return []
  const [here, there] = [other[at], one[at]]
  return [
    `${b}.mdx:${here?.line ?? other.at(-1)?.line ?? 1}: this has ${here?.what ?? 'nothing more'} where ${a}.mdx:${there?.line ?? one.at(-1)?.line ?? 1} has ${there?.what ?? 'nothing more'}`,
  ]
}

const SHORT_ALT = 20

const figureProblems = (text: string, files: Record<string, string>): string[] =>
  tagsOf(text)
    .filter(tag => tag.name === 'Figure')
    .flatMap(({ attributes, line }) => {
      const { src = '', alt = '', words = '' } = attributes
      const svg = files[`figures/${src}.svg`]
      if (svg === undefined) return [`${line}: figures/${src}.svg is missing`]
      const wanted = new Set([...svg.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g)].map(m => m[1] ?? ''))
      const given = new Set([...words.matchAll(/(\w+): ['"]/g)].map(m => m[1] ?? ''))
      return [
        ...[...wanted]
          .filter(word => !given.has(word))
          .map(word => `${line}: <Figure src="${src}"> needs words.${word}`),
        ...[...given].filter(word => !wanted.has(word)).map(word => `${line}: figures/${src}.svg has no {{${word}}}`),
        ...(alt.length > SHORT_ALT ? [] : [`${line}: <Figure src="${src}">: "alt" has to say what the drawing shows`]),
      ]
    })

/** What a reader has before them, besides the text. */
const WRITTEN = /^(start\/|files\/|solution\.sh$)/

async function wrongOutputs(
  { files }: LessonFolder,
  lesson: Lesson,
  languages: readonly Language[],
): Promise<string[]> {
  const [first = 'en'] = languages
  const text = files[`${first}.mdx`] ?? ''
  const tags = tagsOf(text).filter(tag => tag.name === 'Output')
  const steps = outputSteps(text)
  const results = await runOutputs(lesson.world, steps)
  const wrongExits = results.flatMap(({ text: printed, code }, i) => {
    const failing = tags[i]?.attributes.fails !== undefined
    if ((code !== 0) === failing) return []
    const but = failing ? ', but is marked as failing' : ''
    return [`${first}.mdx:${tags[i]?.line}: "${steps[i]?.cmd}" ends with ${code}${but}\n${printed}`]
  })
  const printed = results.map(result => result.text)
  const written = Object.entries(files).flatMap(([path, content]) => (WRITTEN.test(path) ? [content] : []))
  const misquotes = languages.flatMap(language =>
    misquoted(files[`${language}.mdx`] ?? '', printed, written).map(problem => `${language}.mdx:${problem}`),
  )
  return [...wrongExits, ...misquotes]
}
