/** The matcher of patterns: it finds what JavaScript's finds, where both mean the same, and never tries without end. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quote } from '../objects/show.ts'
import { compile } from './compile.ts'
import { Matcher } from './matcher.ts'
import { parsePattern } from './parse.ts'
import { Subject } from './subject.ts'

const program = (pattern: string, flags = 0) => compile(parsePattern(pattern, flags, { bytes: false, quote }))
const NO_ROOM = { grown: () => {} }

/** Where all matches are, with their groups. @param piece steps that are taken at a time */
function all(pattern: string, text: string, piece = 1_000_000): (string | undefined)[][] {
  const subject = new Subject(text)
  const matcher = new Matcher(program(pattern), subject, 'search', 0, subject.length, NO_ROOM)
  const found: (string | undefined)[][] = []
  for (;;) {
    let next = matcher.run(piece).found
    while (next === undefined) next = matcher.run(piece).found
    if (!next) return found
    const { marks } = matcher
    found.push(
      Array.from({ length: marks.length / 2 }, (_, i) =>
        marks[2 * i + 1]! < 0 ? undefined : subject.slice(marks[2 * i]!, marks[2 * i + 1]!),
      ),
    )
    matcher.next()
  }
}

interface Part {
  text: string
  /** It can match the empty text, which both engines repeat in ways of their own. */
  empty: boolean
  /** A group within it, which JavaScript forgets at each turn of a loop. */
  groups: boolean
}

const plain = (text: string, empty = false): Part => ({ text, empty, groups: false })

const { part } = fc.letrec<{ part: Part; one: Part }>(tie => ({
  part: fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map(all => ({
    text: all.map(each => each.text).join(''),
    empty: all.every(each => each.empty),
    groups: all.some(each => each.groups),
  })),
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '[a-c1]', '\\S').map(text => plain(text)),
    fc.constantFrom('^', '\\b', '\\B', '(?=a)', '(?!b)', '(?<=a)', '(?<!bc)').map(text => plain(text, true)),
    tie('part').map(({ text, empty }) => ({ text: `(${text})`, empty, groups: true })),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => ({
      text: `(?:${a.text}|${b.text})`,
      empty: a.empty || b.empty,
      groups: a.groups || b.groups,
    })),
    fc
      .tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '*?', '+?', '??', '{1,3}?'))
      .map(([a, sign]) =>
        a.empty || a.groups ? a : { text: `(?:${a.text})${sign}`, empty: /^[*?]/.test(sign), groups: false },
      ),
  ),
}))

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' '), maxLength: 12 })

describe('the matcher', () => {
  test("finds what JavaScript's engine finds", () => {
    fc.assert(
      fc.property(part, text, ({ text: pattern }, subject) => {
        // JavaScript goes on behind an empty match, Python may find a longer one there.
        const theirs = [...subject.matchAll(new RegExp(pattern, 'g'))].map(match => [...match])
        fc.pre(theirs.every(([whole]) => whole !== ''))
        const ours = all(pattern, subject).filter(([whole]) => whole !== '')
        expect(ours).toEqual(theirs)
      }),
      { numRuns: 1500 },
    )
  })

  test('finds the same however often it is stopped', () => {
    fc.assert(
      fc.property(part, text, fc.integer({ min: 1, max: 7 }), ({ text: pattern }, subject, piece) => {
        expect(all(pattern, subject, piece)).toEqual(all(pattern, subject))
      }),
      { numRuns: 300 },
    )
  })

  test('stops where it would try for ever', () => {
    for (const pattern of ['(a+)+b', '(?:a|aa)+$', '(?=(a*)*b)', '(a*)*(a*)*c', '(?:a?){60}a{60}b']) {
      const subject = new Subject(`${'a'.repeat(60)}!`)
      const matcher = new Matcher(program(pattern), subject, 'search', 0, subject.length, NO_ROOM)
      for (let i = 0; i < 5; i++) expect(matcher.run(10_000).found, pattern).toBe(undefined)
    }
  })

  test('has room for texts that are long, and tells of it', () => {
    let bytes = 0
    const subject = new Subject('ab'.repeat(100_000))
    const matcher = new Matcher(program('(?:a|b)*c'), subject, 'match', 0, subject.length, {
      grown: more => {
        bytes += more
      },
    })
    expect(matcher.run(10_000_000).found).toBe(false)
    expect(bytes).toBeGreaterThan(1_000_000)
  })

  test('knows characters beyond sixteen bits as one', () => {
    expect(all('(.)b', 'a🎉b')).toEqual([['🎉b', '🎉']])
    expect(all('[🎉-🎊]+', 'x🎉🎊y')).toEqual([['🎉🎊']])
  })
})
