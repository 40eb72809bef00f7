/** The lesson that `npm run new:lesson` writes is valid, but for the texts that its author has to write. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { lessonFolders } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { newLesson } from '../../tools/lesson-template.mjs'
import { lessonSuite } from './suite.ts'

const lessons = mkdtempSync(join(tmpdir(), 'podlab-course-'))
afterAll(() => rmSync(lessons, { recursive: true }))
mkdirSync(join(lessons, '01-first/04-other'), { recursive: true })

const asked = { chapter: 'first', name: 'a-new-one', zh: '新的一课', en: 'A new one' }
const { id, todo } = newLesson(lessons, asked)

test('comes after the last lesson of its chapter', () => expect(id).toBe('01-first/05-a-new-one'))
test('says what remains to be done, with file and line', () => {
  expect(todo.length).toBeGreaterThan(20)
  expect(todo).toContainEqual(expect.stringMatching(/^zh\.mdx:3: summary: TODO/))
})
test.each([
  { ...asked, chapter: 'second' },
  { ...asked, name: 'A new one' },
  { ...asked, name: 'other' },
  { ...asked, en: '' },
])('refuses %o', wrong => expect(() => newLesson(lessons, wrong)).toThrow())

describe('holds', () => lessonSuite(lessonFolders(lessons).find(f => f.id === id)!))
