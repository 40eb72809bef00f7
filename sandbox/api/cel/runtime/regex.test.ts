/** Regular expressions against what Go's regexp said of the same patterns and texts: testdata/regexes.json. */
import { expect, it } from 'vitest'
import recorded from '../testdata/regexes.json' with { type: 'json' }
import { regex } from './regex.ts'
import { CelError } from './values.ts'

interface Answer {
  pattern: string
  fault?: string
  /** By the text, where there is something to find. */
  found?: Record<string, string[]>
}

const { texts, answers } = recorded as unknown as { texts: string[]; answers: Answer[] }

function ask(pattern: string): Answer {
  try {
    const re = regex(pattern)
    const found = texts.map(text => [text, re.findAll(text)] as const).filter(([, all]) => all.length)
    return { pattern, ...(found.length && { found: Object.fromEntries(found) }) }
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    return { pattern, fault: error.message }
  }
}

it('patterns find what they find in Go, or are refused in its words', () => {
  expect(answers.map(({ pattern }) => ask(pattern))).toEqual(answers)
})

it('a test and a first match say what all matches say', () => {
  for (const { pattern, found, fault } of answers) {
    if (fault !== undefined) continue
    const re = regex(pattern)
    const wanted = texts.map(text => found?.[text]?.[0])
    expect(texts.map(re.test)).toEqual(wanted.map(first => first !== undefined))
    expect(texts.map(re.find)).toEqual(wanted.map(first => first ?? ''))
  }
})

it('no more is found than is asked for', () => {
  expect(regex('a').findAll('aaa', 2)).toEqual(['a', 'a'])
  expect(regex('a').findAll('aaa', 0)).toEqual([])
})

it('what would keep JavaScript busy for ever comes to an end', () => {
  const text = `${'a'.repeat(20_000)}!`
  for (const pattern of ['^(a+)+$', '^(a|aa)+$', '^(a|a?)+$', '^(.*a){12}$', '(x+x+)+y|^(a*)*$'])
    expect(regex(pattern).test(text)).toBe(false)
})
