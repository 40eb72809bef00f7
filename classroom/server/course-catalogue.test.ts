/** A classroom for a course of one's own: its lessons, ours and its own, are played again as any. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newCourse } from '../../course/new-course.ts'
import { createSession } from '../../sandbox/scenario/create.ts'
import { runScript, scriptParts } from '../../sandbox/scenario/run-script.ts'
import { sealOf } from '../../sandbox/scenario/seal.ts'
import { verify } from '../verify/verify.ts'
import { onSite } from './context.ts'
import { readCourse } from './course-catalogue.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-own-'))
newCourse(join(folder, 'own'))
const course = join(folder, 'own/course.yaml')
afterAll(() => rmSync(folder, { recursive: true }))
const OWN = 'shop/01-green-and-blue'

test('has the lessons that course.yaml has chosen, and what counts of them', () => {
  const { lessons, languages } = readCourse({ lessons: 'not looked at', course })
  expect([...lessons].map(([id, { counted, path }]) => [id, counted, path])).toEqual([
    ['01-meet-the-pod/01-what-a-pod-is', ['run-nginx', 'look-inside'], 'lessons/meet-the-pod/what-a-pod-is/'],
    [OWN, ['switch', 'tidy'], 'lessons/shop/green-and-blue/'],
  ])
  expect(lessons.get(OWN)!.title).toEqual({ zh: '绿与蓝', en: 'Green and blue' })
  expect(languages).toEqual(['zh', 'en'])
  expect([onSite({ languages: ['en'] }, 'zh'), onSite({ languages }, 'zh')]).toEqual(['en', 'zh'])
})

test('verifies work in its own lessons, each learner’s with their own seed', async () => {
  const { world } = readCourse({ lessons: '', course }).lessons.get(OWN)!
  const script = scriptParts(readFileSync(join(folder, 'own/lessons', OWN, 'solution.sh'), 'utf8'))
  const session = await createSession({ seed: 'ada', lesson: world })
  await runScript(session, (script.get('') ?? '') + script.get('switch')!)
  const record = session.record()
  const handedIn = { exercise: 'switch', record, seal: sealOf(record, session.hash()), hints: 0 }
  expect(await verify(handedIn, { lesson: world, seed: 'ada' })).toMatchObject({ verified: true, passed: true })
  expect(await verify(handedIn, { lesson: world, seed: 'bob' })).toMatchObject({ refusal: 'other-seed' })
})

test('does not begin with a course that is not right', () => {
  writeFileSync(course, readFileSync(course, 'utf8').replace(OWN, 'shop/nothing'))
  expect(() => readCourse({ lessons: '', course })).toThrow('there is no lesson shop/nothing')
})
