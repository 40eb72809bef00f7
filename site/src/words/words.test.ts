/** The words of the interface in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** Every word with the path to it; functions are called with plain arguments. */
function spoken(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = `${path}/${key}`
    if (typeof value === 'string') return [[here, value]]
    if (typeof value === 'function') return [[here, String((value as (...args: unknown[]) => unknown)(2, 3, 'x', 1))]]
    return spoken(value as object, here)
  })
}

const chinese = spoken(zh)
const english = spoken(en)
/** Commands, and the other language's own name, are the same in both. */
const sameInBoth = /\/(cmd|fault|switch)$|^\/name/

test('both languages say the same things', () => {
  expect(english.map(([path]) => path)).toEqual(chinese.map(([path]) => path))
})

test('nothing is left untranslated', () => {
  for (const [path, text] of english)
    if (!sameInBoth.test(path)) expect(text, path).not.toMatch(/[\u4e00-\u9fff，。：；！？（）]/)
  const latinOnly = chinese.filter(
    ([path, text]) => !sameInBoth.test(path) && /[a-z]{4,}/i.test(text) && !/[\u4e00-\u9fff]/.test(text),
  )
  expect(
    latinOnly.map(([path]) => path).filter(path => !/\/(image|yaml|ip|services|shell|platePod)$/.test(path)),
  ).toEqual([])
})

test('Chinese keeps a space beside Latin and digits, and uses full-width punctuation', () => {
  for (const [path, text] of chinese) {
    // Its two places are filled with names of panes, which are Chinese.
    if (path === '/lab/split') continue
    const prose = text.replace(/`[^`]*`/g, ' x ').replace(/\*\*/g, '')
    expect(prose, path).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/)
    expect(prose, path).not.toMatch(/[\u4e00-\u9fff][,.;:!?()]/)
  }
})

test.each([
  ['zh', zh],
  ['en', en],
] as const)('what the search suggests stands in lessons (%s)', (lang, words) => {
  const root = join(import.meta.dirname, '../../../lessons')
  const lessons = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(`${lang}.mdx`))
    .map(path => readFileSync(join(root, path), 'utf8').toLowerCase())
  for (const example of words.search.examples)
    expect(
      lessons.some(text => text.includes(example.toLowerCase())),
      example,
    ).toBe(true)
})
