/** Looks over a lesson's prose: whether both languages have one structure, fit the lesson.yaml, and are well set. */
import type { Lesson } from './lesson.ts'

export type Language = 'zh' | 'en'

export interface Term {
  word: string
  text: string
  /** Words for the same that the prose does not use. */
  not?: readonly string[]
}
export type Glossary = Record<string, Record<Language, Term>>

interface Tag {
  name: string
  attributes: Record<string, string>
  line: number
}

const body = (mdx: string): string => mdx.replace(/^---\n[\s\S]*?\n---\n/, front => front.replace(/[^\n]/g, ''))
const blank = (text: string): string => text.replace(/[^\n]/g, '')
const withoutFences = (mdx: string): string => body(mdx).replace(/^```[\s\S]*?^```/gm, blank)

const TAG = /<([A-Z]\w*)((?:[^>"'`{]|"[^"]*"|'[^']*'|\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*?)\/?>/g

/** Opening tags of components, in order. */
export function tagsOf(mdx: string): Tag[] {
  const text = withoutFences(mdx)
  return [...text.matchAll(TAG)].map(match => ({
    name: match[1]!,
    attributes: attributesOf(match[2]!),
    line: text.slice(0, match.index).split('\n').length,
  }))
}

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w-]+)(?:=("[^"]*"|'[^']*'|\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}))?/g)].map(([, name, value]) => [
      name!,
      value === undefined ? 'true' : value.replace(/^["']|["']$/g, ''),
    ]),
  )

/** Attributes that are facts, and so have to be the same in both languages. */
const FACTS = [
  'id',
  'src',
  'path',
  'cmd',
  'before',
  'wait',
  'fails',
  'fault',
  'skip',
  'lines',
  'correct',
  'multiple',
  'again',
  'kind',
]

export interface Part {
  line: number
  what: string
}

/** Headings by depth and components by their facts: the same in two translations of one text, line by line or not. */
export function structureOf(mdx: string): Part[] {
  const text = withoutFences(mdx)
  const headings = [...text.matchAll(/^(#{2,4}) /gm)].map(m => ({
    line: text.slice(0, m.index).split('\n').length,
    what: m[1]!,
  }))
  const tags = tagsOf(mdx)
    .filter(tag => tag.name !== 'Term')
    .map(({ name, attributes, line }) => {
      const facts = FACTS.filter(key => attributes[key] !== undefined).map(key => `${key}=${attributes[key]}`)
      return { line, what: `<${[name, ...facts].join(' ')}>` }
    })
  return [...headings, ...tags].sort((a, b) => a.line - b.line)
}

/** Components that are not closed where they have to be, as `line: problem`. */
export function unclosed(mdx: string): string[] {
  const text = withoutFences(mdx).replace(/`[^`\n]*`/g, blank)
  const ends = [...text.matchAll(/<\/([A-Z]\w*)>/g)].map(m => ({ at: m.index, name: m[1]!, closes: true }))
  const begins = [...text.matchAll(TAG)].flatMap(m =>
    m[0].endsWith('/>') ? [] : [{ at: m.index, name: m[1]!, closes: false }],
  )
  const line = (at: number): number => text.slice(0, at).split('\n').length
  const open: { at: number; name: string }[] = []
  for (const { at, name, closes } of [...begins, ...ends].sort((a, b) => a.at - b.at)) {
    if (!closes) open.push({ at, name })
    else if (open.at(-1)?.name === name) open.pop()
    else {
      const last = open.at(-1)
      return [
        last
          ? `${line(at)}: </${name}> stands where </${last.name}> has to: <${last.name}> was opened in line ${line(last.at)}`
          : `${line(at)}: </${name}> closes nothing`,
      ]
    }
  }
  return open.slice(0, 1).map(({ at, name }) => `${line(at)}: <${name}> is never closed: add </${name}>`)
}

/** What the prose lacks or has too much of, measured by its lesson.yaml, as `line: problem`. */
export function missingParts(mdx: string, lesson: Lesson, glossary: Glossary): string[] {
  const broken = unclosed(mdx)
  if (broken.length) return broken
  const problems: string[] = []
  const exercises = partsOf(mdx, 'Exercise')
  const idsIn = (text: string, name: string) =>
    tagsOf(text).flatMap(tag => (tag.name === name ? [tag.attributes.id ?? ''] : []))
  const written = exercises.map(({ text }) => idOf(text) ?? '')
  const expected = lesson.world.exercises.map(e => e.id)
  if (written.join() !== expected.join())
    problems.push(
      `${exercises[0]?.line ?? 1}: exercises are ${written.join(', ')}; lesson.yaml has ${expected.join(', ')}`,
    )
  for (const exercise of lesson.world.exercises) {
    const part = exercises[written.indexOf(exercise.id)]
    if (part === undefined) continue
    const { text, line } = part
    const at = `${line}: ${exercise.id}`
    const checks = exercise.checks.map(c => c.id)
    const hints = new Set(exercise.checks.flatMap(c => [c.id, ...(c.hints ?? []).map(h => h.id)]))
    const said = idsIn(text, 'Hint')
    if (idsIn(text, 'Check').join() !== checks.join()) problems.push(`${at}: <Check>s have to be ${checks.join(', ')}`)
    for (const id of hints) if (!said.includes(id)) problems.push(`${at}: <Hint id="${id}"> is missing`)
    for (const id of said) if (!hints.has(id)) problems.push(`${at}: no check ever gives <Hint id="${id}">`)
    if (!text.includes('<Solution')) problems.push(`${at}: <Solution> is missing`)
  }
  for (const { text, line } of partsOf(mdx, 'Quiz')) {
    const options = tagsOf(text).filter(t => t.name === 'Option')
    const right = options.filter(o => o.attributes.correct).length
    if (right < 1 || (right > 1 && !/^[^>]*multiple/.test(text)))
      problems.push(`${line}: quiz ${idOf(text)}: ${right} options are correct`)
    if (tagsOf(text).filter(t => t.name === 'Why').length !== options.length)
      problems.push(`${line}: quiz ${idOf(text)}: every <Option> needs a <Why>`)
  }
  for (const { text, line } of partsOf(mdx, 'Predict')) {
    if (tagsOf(text).filter(t => t.name === 'Option' && t.attributes.correct).length !== 1)
      problems.push(`${line}: a <Predict> has one correct <Option>`)
    for (const part of ['Run', 'Outcome'])
      if (!text.includes(`<${part}`)) problems.push(`${line}: a <Predict> needs <${part}>`)
  }
  for (const tag of tagsOf(mdx)) {
    const id = tag.attributes.id ?? ''
    if (tag.name === 'Term' && !glossary[id]) problems.push(`${tag.line}: <Term id="${id}"> is not in glossary.yaml`)
  }
  return problems
}

export interface ExerciseWords {
  title: string
  /** By the check's id. */
  checks: ReadonlyMap<string, string>
}

/** What an exercise and its checks are called, by the exercise's id: as plain text, for lists and boards. */
export const exerciseWords = (mdx: string): ReadonlyMap<string, ExerciseWords> =>
  new Map(
    partsOf(mdx, 'Exercise').map(({ text }) => {
      const head = attributesOf(text.slice(0, text.indexOf('>')))
      const checks = partsOf(text, 'Check').map(
        ({ text: check }) => [idOf(check) ?? '', plain(check.slice(check.indexOf('>') + 1))] as const,
      )
      return [head.id ?? '', { title: head.title ?? head.id ?? '', checks: new Map(checks) }]
    }),
  )

const plain = (mdx: string): string =>
  mdx
    .replace(/<[^>]*>/g, '')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const idOf = (text: string): string | undefined => /\bid="([^"]*)"/.exec(text)?.[1]

/** What our own lessons all have; others may do without. */
export function ownRules(mdx: string): string[] {
  const quizzes = partsOf(mdx, 'Quiz').length
  return [
    ...(quizzes < 3 ? [`a lesson asks at least three quiz questions; here are ${quizzes}`] : []),
    ...['Predict', 'Figure', 'Output', 'Exercise']
      .filter(name => !mdx.includes(`<${name} `))
      .map(name => `there is no <${name}>`),
    ...(/^## (常见的误解|What people get wrong)$/m.test(mdx) ? [] : ['nothing is said of what people get wrong']),
    ...(/^## (延伸阅读|Further reading)\n\n- /m.test(mdx) ? [] : ['no further reading is given']),
  ]
}

/** What stands within each component of a name, with the line where it begins. */
function partsOf(mdx: string, name: string): { text: string; line: number }[] {
  let line = 1
  const [before = '', ...parts] = mdx.split(`<${name} `)
  line += before.split('\n').length - 1
  return parts.map(part => {
    const found = { text: part.split(`</${name}>`)[0]!, line }
    line += part.split('\n').length - 1
    return found
  })
}

const HAN = '\\p{Script=Han}'
const RULES: Record<Language, readonly [rule: RegExp, problem: string][]> = {
  zh: [
    [new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`, 'u'), 'a space is missing between Chinese and Latin'],
    [
      new RegExp(`${HAN}[,;:!?]|${HAN} ?\\(|\\) ?${HAN}|${HAN}\\.(\\s|$)`, 'u'),
      'punctuation between Chinese has to be full-width',
    ],
    [/ [，。：；！？、）」』”]|[，。：；！？、（「『“] (?!\|)/u, 'no space beside full-width punctuation'],
    [/["'](?=\p{Script=Han})|(?<=\p{Script=Han})["']|[“”]/u, 'quotation marks around Chinese are 「」'],
    [new RegExp(`${HAN}…(?!…)|(?<!…)…${HAN}`, 'u'), 'dots that leave something out come in two: ……'],
    [new RegExp(`${HAN}—(?!—)|(?<!—)—${HAN}`, 'u'), 'a dash takes the room of two characters: ——'],
    [/[您妳]/u, 'the reader is 你'],
  ],
  en: [
    [new RegExp(`${HAN}|[，。：；！？（）「」、]`, 'u'), 'Chinese has been left in English'],
    [/ [,;:!?](\s|$)/, 'a space stands before punctuation'],
    [/\b(\w{3,}) \1\b/i, 'a word stands here twice'],
    [/["“][^"”]*"|\w'\w/, 'quotation marks and apostrophes are “ ” and ’'],
  ],
}

/** Violations of a language's typography, as `line: problem: the text`. Code and addresses are left out. */
export function typography(mdx: string, language: Language): string[] {
  const text = withoutFences(mdx)
    .replace(/`[^`\n]*`/g, 'x')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(TAG, tag => tag.replace(/[^\n]/g, '') + spoken(tag))
    .replace(/<\/[A-Z]\w*>/g, '')
    .replace(/[*[\]]/g, '')
  const misset = text.split('\n').flatMap((line, i) =>
    RULES[language].flatMap(([rule, problem]) => {
      const found = rule.exec(line)
      return found
        ? [`${i + 1}: ${problem}: ${line.slice(Math.max(0, found.index - 12), found.index + 14).trim()}`]
        : []
    }),
  )
  return [...misset, ...brokenEmphasis(mdx)]
}

const SPACE = /^$|\s/
const PUNCTUATION = /[\p{P}\p{S}]/u

/**
 * `**` that Markdown shows as it stands: it ends no emphasis between a punctuation mark and a letter, and begins none between a letter
 * and a punctuation mark. Between Chinese sentences there is no space that would help, so the mark goes outside.
 */
function brokenEmphasis(mdx: string): string[] {
  return withoutFences(mdx)
    .split('\n')
    .flatMap((line, i) => {
      const marks = [...line.replace(/`[^`]*`/g, code => `\`${'x'.repeat(code.length - 2)}\``).matchAll(/\*\*/g)]
      return marks.flatMap(({ index }, n) => {
        const [before = '', after = ''] = [line[index - 1], line[index + 2]]
        // From the inside of the emphasis outwards.
        const [inner, outer] = n % 2 ? [before, after] : [after, before]
        const holds = !SPACE.test(inner) && (!PUNCTUATION.test(inner) || SPACE.test(outer) || PUNCTUATION.test(outer))
        return holds ? [] : [`${i + 1}: ** stays as it is here: ${line.slice(Math.max(0, index - 8), index + 10)}`]
      })
    })
}

/** Words that stand in attributes. */
const spoken = (tag: string): string => {
  const { alt, title } = attributesOf(tag.replace(/^<\w+/, ''))
  return alt || title ? `\u2003${alt ?? title}\u2003` : ''
}

/** Parts of a Chinese text that hold no Chinese, and so were probably never translated, as `line: text`. */
export const untranslated = (mdx: string): string[] =>
  withoutFences(mdx)
    .split('\n')
    .flatMap((text, i) => {
      const spoken = /^(#{2,4} |<(Hint|Check|Option)\b)/.test(text) && !/^<(Hint|Check|Option)[^>]*>$/.test(text)
      return spoken && !/\p{Script=Han}/u.test(text) ? [`${i + 1}: no Chinese in it: ${text}`] : []
    })

/** Links that do not lead to the documentation in the reader's language over https, as `line: problem`. */
export function badLinks(mdx: string, language: Language): string[] {
  const text = withoutFences(mdx)
  return [...text.matchAll(/\]\(([^)\s]*)\)/g)].flatMap(({ 1: url = '', index }) => {
    const line = text.slice(0, index).split('\n').length
    if (!/^https:\/\/[\w.-]+\/[^\s]*$/.test(url))
      return /^(#|\.\.?\/|\/)/.test(url) ? [] : [`${line}: ${url} is no address`]
    const chinese = url.startsWith('https://kubernetes.io/zh-cn/')
    if (url.startsWith('https://kubernetes.io/') && chinese !== (language === 'zh'))
      return [`${line}: ${url} is in the other language`]
    return []
  })
}

/** Terms that the prose writes otherwise than the glossary, as `line: problem`; English may add an ending. */
export function offTerms(mdx: string, language: Language, glossary: Glossary): string[] {
  const text = withoutFences(mdx)
  const line = (index: number): number => text.slice(0, index).split('\n').length
  const marked = [...text.matchAll(/<Term id="([^"]*)">([^<]*)<\/Term>/g)].flatMap(
    ({ 1: id = '', 2: shown = '', index }) => {
      const word = glossary[id]?.[language].word.toLowerCase()
      const said = shown.toLowerCase()
      const fits = word !== undefined && (language === 'zh' ? said === word : said.startsWith(word))
      return fits ? [] : [`${line(index)}: “${shown}” is “${word}” in the glossary`]
    },
  )
  const others = Object.values(glossary).flatMap(({ [language]: term }) =>
    (term?.not ?? []).flatMap(other =>
      text.includes(other) ? [`${line(text.indexOf(other))}: “${other}” is “${term.word}” in the glossary`] : [],
    ),
  )
  return [...marked, ...others]
}
