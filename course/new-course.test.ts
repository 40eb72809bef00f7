/** A course as somebody begins one, and what they are told when they go wrong. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { describeProblem } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { outProblem } from './build-site.node.ts'
import { checkCourse } from './check-course.ts'
import { readChosen } from './chosen.node.ts'
import { newCourse } from './new-course.ts'
import { planSite } from './plan.node.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-new-course-'))
afterAll(() => rmSync(folder, { recursive: true }))

let course: string
let number = 0
beforeEach(() => {
  const made = join(folder, `Pods für ${++number}`)
  newCourse(made)
  course = join(made, 'course.yaml')
})
const change = (file: string, from: string | RegExp, to: string): void => {
  const path = join(course, '..', file)
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(path, changed)
}

test('a new course is one that works', async () => {
  const made: string[] = []
  expect(await checkCourse(course, line => made.push(line))).toEqual([])
  expect(made).toContain('✓ shop/01-green-and-blue: wrong/misspelled.sh brings up its hints')
  expect(readFileSync(course, 'utf8')).toContain(`\nid: pods-f-r-${number}\n`)
  expect(JSON.parse(readFileSync(join(course, '../package.json'), 'utf8')).devDependencies.podlab).toMatch(/^file:.+/)
  expect(() => newCourse(join(course, '..'))).toThrow('is not empty')
})

test('a course may begin where Podlab has just been installed', () => {
  const there = join(folder, 'there')
  mkdirSync(join(there, 'node_modules'), { recursive: true })
  writeFileSync(
    join(there, 'package.json'),
    '{"name":"mine","scripts":{"test":"x"},"dependencies":{"podlab":"file:../p.tgz"}}',
  )
  newCourse(there)
  expect(JSON.parse(readFileSync(join(there, 'package.json'), 'utf8'))).toEqual({
    name: 'mine',
    private: true,
    type: 'module',
    dependencies: { podlab: 'file:../p.tgz' },
    scripts: {
      test: 'x',
      check: 'podlab check-course',
      build: 'podlab build --out site',
      scorm: 'podlab scorm --out there.zip',
    },
  })
})

test('its lessons go to the site in its order, ours and its own', () => {
  const plan = planSite(course)
  expect(plan.chapters.flatMap(c => c.lessons.map(l => [l.id, l.points, l.exercises]))).toEqual([
    ['01-meet-the-pod/01-what-a-pod-is', 2, ['run-nginx', 'look-inside']],
    ['shop/01-green-and-blue', 3, ['switch', 'tidy']],
  ])
  expect(plan.glossaries.map(path => path.includes('template'))).toEqual([false, false])
  expect(plan.glossaries.at(-1)).toBe(join(course, '../lessons/glossary.yaml'))
})

describe('its author is told', () => {
  const problems = () => readChosen(course).problems.map(describeProblem).join('\n')
  test.each([
    ['shop/01-green-and-blue', 'shop/green-and-blue', 'there is no lesson shop/green-and-blue. Did you mean shop/01-'],
    [
      'shop/01-green-and-blue',
      '01-meet-the-pod/01-what-a-pod-is',
      'the lesson 01-meet-the-pod/01-what-a-pod-is stands',
    ],
    ['look-inside]', 'look-outside]', 'has no exercise look-outside. It has run-nginx, look-inside'],
    ['logo.svg', 'logo.gif', 'the logo logo.gif is no picture that is there'],
    ['lessons: lessons', 'lessons: mine', 'mine is not there. Make the folder, or leave out "lessons"'],
  ])('of %s changed to %s', (from, to, told) => {
    change('course.yaml', from, to)
    expect(problems()).toContain(told)
    expect(problems()).toMatch(/course\.yaml:\d+: /)
  })

  test('of a lesson.yaml that is wrong, by its own path and line', () => {
    change('lessons/shop/01-green-and-blue/lesson.yaml', 'minutes: 10', 'minutes: ten')
    expect(problems()).toMatch(/lessons\/shop\/01-green-and-blue\/lesson\.yaml:2: "minutes" has to be a number/)
  })

  test('of prose that is missing in a language of the course', () => {
    rmSync(join(course, '../lessons/shop/01-green-and-blue/zh.mdx'))
    expect(problems()).toContain('01-green-and-blue/zh.mdx is missing. Write it, or leave zh out of "languages"')
    change('course.yaml', 'languages: [zh, en]', 'languages: [en]')
    change('course.yaml', /zh: .*?, en/g, 'en')
    change('course.yaml', / +zh: .*\n/g, '')
    expect(problems()).toBe('')
    expect(planSite(course).languages).toEqual(['en'])
  })

  test('of answers that do not do what they say', async () => {
    const lesson = 'lessons/shop/01-green-and-blue'
    change(`${lesson}/solution.sh`, '"green"', '"blue"')
    change(`${lesson}/wrong/misspelled.sh`, 'gren', 'green')
    change(`${lesson}/en.mdx`, '## Afterwards\n', '')
    const told = (await checkCourse(course, () => {})).join('\n')
    expect(told).toContain(`${lesson}/solution.sh: switch/answers-green does not pass`)
    expect(told).toContain(`${lesson}/wrong/misspelled.sh: brings up no hint instead of nobody-answers`)
    expect(told).toContain(`${lesson}/en.mdx:56: this has <Exercise id=tidy> where zh.mdx:55 has ##`)
  })

  test('before a folder is deleted that is no site', () => {
    expect(outProblem(folder, course)).toContain('holds the course itself')
    expect(outProblem(join(course, '../lessons'), course)).toContain('would be deleted')
    expect(outProblem(join(course, '../site'), course)).toBeUndefined()
  })
})
