/** `course.yaml`: reading it, its errors with their places, and the schema for editors. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEATURE_GATES } from '../sandbox/api/feature-gates.ts'
import { CLUSTER_KEYS, LESSON_KEYS } from '../sandbox/scenario/lessons/lesson.ts'
import { ANSWER_KEYS, IMAGE_KEYS, SERVE_KEYS } from '../sandbox/scenario/lessons/lesson-images.ts'
import { describeProblem } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { contrast, isReadable, onColour, readable, stronger } from './contrast.ts'
import { KEYS, parseCourse } from './course.ts'
import { beginningOf, endOf, isDate, localOf, momentOf } from './dates.ts'

const good = `id: pods-at-acme
title: { zh: 豆荚, en: Pods }
timezone: Asia/Shanghai
due: 2026-10-01
pass: 60
brand: { name: Acme, colour: "#1f5f8b" }
chapters:
  - title: { zh: 第一天, en: Day one }
    lessons:
      - 01-meet-the-pod/01-what-a-pod-is
      - { lesson: acme/01-shop, points: 5, exercises: [one], due: 2026-09-20 }
`
const problems = (yaml: string): string => parseCourse('my/course.yaml', yaml).problems.map(describeProblem).join('\n')

describe('a course.yaml', () => {
  test('is read', () => {
    const { course, problems: none } = parseCourse('course.yaml', good)
    expect(none).toEqual([])
    expect(course).toMatchObject({
      id: 'pods-at-acme',
      title: { zh: '豆荚', en: 'Pods' },
      languages: ['zh', 'en'],
      timezone: 'Asia/Shanghai',
      due: '2026-10-01',
      pass: 60,
      brand: { name: { zh: 'Acme', en: 'Acme' }, colour: '#1f5f8b' },
    })
    expect(course.chapters[0]!.lessons).toMatchObject([
      { id: '01-meet-the-pod/01-what-a-pod-is' },
      { id: 'acme/01-shop', points: 5, exercises: ['one'], due: '2026-09-20' },
    ])
  })

  test('in one language needs no map', () => {
    const one = good
      .replace('title: { zh: 豆荚, en: Pods }', 'title: Pods\nlanguages: [en]')
      .replace(/\{ zh.*/, 'Day one')
    expect(problems(one)).toBe('')
    expect(parseCourse('course.yaml', one).course.title).toEqual({ en: 'Pods' })
  })

  test.each([
    [good.replace('pass:', 'passt:'), 'my/course.yaml:5: the course has no key "passt". Its keys are id, title, '],
    [good.replace('id: pods-at-acme\n', ''), ':1: "id" is missing. Use small letters'],
    [good.replace('en: Pods', 'fr: Gousses'), ':2: "title" has no key "fr". Its keys are zh, en'],
    [good.replace(', en: Pods', ''), ':2: "title" has no words in en. Write title: { zh: …, en: … }'],
    [good.replace('Asia/Shanghai', 'Shanghai'), ':3: "Shanghai" is no time zone. Write one such as Asia/Shanghai'],
    [good.replace('2026-10-01', '1.10.2026'), ':4: "1.10.2026" is no day. Write it as 2026-10-01'],
    [good.replace('2026-10-01', '2026-10-01\nopens: 2026-11-01'), ':4: it is due on 2026-10-01 and opens only on 2026'],
    [good.replace('60', '600'), ':5: "pass" is 600. It is per cent'],
    [good.replace('#1f5f8b', '#ffcc00'), ':6: #ffcc00 has a contrast of 1.3:1 on light pages, where text needs 4.5:1'],
    [good.replace('#1f5f8b', 'blue'), ':6: "blue" is no colour'],
    [good.replace('points: 5', 'points: -5'), ':11: "points" is -5'],
    [good.replace('lesson: acme', 'lessons: acme'), ':11: a lesson has no key "lessons"'],
    [good.replace(/chapters:[\s\S]*/, ''), ':1: the course has no chapters'],
    [`${good}languages: [zh, de]\n`, ':12: "languages" can hold zh and en'],
    [`${good}address: acme.example\n`, ':12: "acme.example" is no address'],
    ['', 'the course has to be a map'],
  ])('tells file, line and remedy %#', (yaml, expected) => expect(problems(yaml)).toContain(expected))

  test('has a schema for editors that knows the same keys', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'course.schema.json'), 'utf8'))
    const keys = (of: { properties: object }) => Object.keys(of.properties)
    expect(keys(schema)).toEqual([...KEYS.course])
    expect(keys(schema.properties.brand)).toEqual([...KEYS.brand])
    expect(keys(schema.$defs.chapter)).toEqual([...KEYS.chapter])
    expect(keys(schema.$defs.lesson.oneOf[1])).toEqual([...KEYS.lesson])
  })
})

test('the schema of lesson.yaml knows the keys that its reader does', () => {
  const { properties, $defs } = JSON.parse(readFileSync(join(import.meta.dirname, 'lesson.schema.json'), 'utf8'))
  const image = $defs.image.properties
  expect(Object.keys(properties)).toEqual(LESSON_KEYS)
  expect(Object.keys(properties.cluster.properties)).toEqual(CLUSTER_KEYS)
  expect(properties.cluster.properties.featureGates.items.enum).toEqual([...FEATURE_GATES])
  expect(Object.keys(image)).toEqual(Object.keys(IMAGE_KEYS))
  expect(Object.keys(image.serve.properties)).toEqual(Object.keys(SERVE_KEYS))
  expect(Object.keys(image.serve.properties.answers.items.properties)).toEqual(Object.keys(ANSWER_KEYS))
})

describe('days', () => {
  test('begin and end where the course is', () => {
    expect(new Date(beginningOf('2026-10-01', 'Asia/Shanghai')).toISOString()).toBe('2026-09-30T16:00:00.000Z')
    expect(new Date(endOf('2026-10-01', 'UTC')).toISOString()).toBe('2026-10-02T00:00:00.000Z')
    // The day on which clocks go forward has 23 hours.
    const day = (zone: string) => endOf('2026-03-29', zone) - beginningOf('2026-03-29', zone)
    expect([day('Europe/Berlin'), day('UTC')]).toEqual([23 * 3600_000, 24 * 3600_000])
  })
  test('hours are what clocks there show, there and back', () => {
    for (const [local, zone] of [
      ['2026-10-01T09:30', 'Asia/Shanghai'],
      ['2026-07-01T00:15', 'America/St_Johns'],
      ['2026-03-29T03:30', 'Europe/Berlin'],
    ] as const)
      expect(localOf(momentOf(local, zone), zone), zone).toBe(local)
    expect(momentOf('2026-10-01T09:30', 'Asia/Shanghai')).toBe(Date.parse('2026-10-01T01:30:00Z'))
    expect(momentOf('tomorrow', 'UTC')).toBeNaN()
  })
  test('are days that there are', () =>
    expect(['2026-02-28', '2026-02-29', '1.2.26'].map(isDate)).toEqual([true, false, false]))
})

test('whatever colour is wished for, one like it can be read, alone and under letters', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map(n => `#${n.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(colour, fc.constantFrom('light' as const, 'dark' as const), (wished, theme) => {
      const made = readable(wished, theme)
      expect(isReadable(made, theme)).toBe(true)
      expect(isReadable(stronger(made, theme), theme)).toBe(true)
      expect(contrast(onColour(made), made)).toBeGreaterThanOrEqual(4.5)
    }),
  )
  expect(readable('#2f6b2a', 'light')).toBe('#2f6b2a')
})
