/** A class in the browser, in each language: made, joined, worked in, graded. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from '../../classroom/db/prepared-for-tests.ts'
import { type Running, start } from '../../classroom/server/start.ts'
import { wordsOf } from '../src/words/words.ts'
import { dist, firstLesson, langs, newPage, ready, shot, startLab, useBrowser } from './browser.ts'
import { accessible } from './strict-page.ts'

useBrowser()

const folder = mkdtempSync(join(tmpdir(), 'podlab-classroom-'))
let room: Running
beforeAll(async () => {
  const lessons = join(import.meta.dirname, '../../lessons')
  room = await start({ port: 0, data: await prepared(join(folder, 'data')), site: dist, lessons, workers: 1 })
}, 60_000)
afterAll(async () => {
  await room.close()
  rmSync(folder, { recursive: true })
})

test.each(langs)('a class, in %s', { timeout: 240_000 }, async lang => {
  const t = wordsOf(lang)
  const { page: teacher, errors } = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  const home = `${room.origin}/${lang}/classroom`
  const email = `grace-${lang}@example.org`
  /** Until it has arrived: a hint that is on its way yet comes to her with the next beat, a quarter of a minute later. */
  const fill = async (page: Page, values: Record<string, string>): Promise<void> => {
    for (const [name, value] of Object.entries(values)) await page.fill(`main [name="${name}"]`, value)
    await Promise.all([
      page.waitForResponse(response => response.request().method() === 'POST'),
      page.locator(`form:has([name="${Object.keys(values)[0]}"]) .button`).click(),
    ])
  }
  const password = 'a long sentence is good'

  // The first account is made with the token of the log; later ones are made by hand here.
  await teacher.goto(`${home}/sign-in`)
  if (teacher.url().endsWith('/set-up')) {
    await accessible(teacher)
    await fill(teacher, { token: room.room.setUpToken, name: 'Grace', email, password })
  } else {
    await fill(teacher, { email: `grace-${langs[0]}@example.org`, password })
  }
  await fill(teacher, { name: `Pods (${lang})` })
  await teacher.locator('[data-board-status]', { hasText: /./ }).waitFor()
  const invitation = await teacher.locator('.invite a[href*="code="]').getAttribute('href')
  await accessible(teacher)

  // A learner follows the link, and finds the course.
  const { page: learner, errors: learnerErrors } = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  await learner.goto(invitation!)
  await accessible(learner)
  await fill(learner, { nickname: 'Ada' })
  await learner.locator('.key').waitFor()
  await shot(learner, `class-joined-${lang}`)
  await teacher.locator('[data-board] th', { hasText: 'Ada' }).waitFor()

  // Where she is, and what she fails, is on the board without a reload.
  await learner.goto(`${room.origin}/${lang}/${firstLesson}`)
  await startLab(learner)
  const exercise = learner.locator('[data-exercise="run-nginx"]')
  await exercise.locator('[data-do="check"]').click()
  await exercise.locator('[data-verdict][data-outcome="wrong"]').waitFor()
  await teacher.locator('[data-board] td', { hasText: lang === 'zh' ? '跑起第一个 Pod' : 'Your first Pod' }).waitFor()

  // She asks, and is looked at.
  await learner.locator('.class-strip summary').click()
  await learner.fill('.class-strip textarea', 'kubectl run?')
  await learner.locator('.class-strip .button').click()
  await learner.locator('.class-strip [role="status"]', { hasText: t.classroom.asked }).waitFor()
  await teacher.locator('[data-board] .asks').waitFor()
  await accessible(teacher)
  await shot(teacher, `class-board-${lang}`)

  // A hint finds her in the lesson.
  await teacher.locator('[data-board] th a', { hasText: 'Ada' }).click()
  await teacher.locator('.asked blockquote', { hasText: 'kubectl run?' }).waitFor()
  await accessible(teacher)
  await fill(teacher, { text: 'kubectl run <web>' })
  await exercise.locator('[data-do="check"]').click()
  const hint = learner.locator('.class-hint')
  await hint.locator('p', { hasText: 'kubectl run <web>' }).waitFor({ timeout: 60_000 })
  await shot(learner, `class-hint-${lang}`)
  await hint.locator('button').click()
  await hint.waitFor({ state: 'detached' })

  // She solves it; the server has played it again before it says so.
  await exercise.locator('details.solution summary').click()
  await exercise.locator('[data-do="solve"]').click()
  await learner.locator('[data-pod="web"][data-state="running"]').waitFor({ timeout: 60_000 })
  await exercise.locator('[data-do="check"]').click()
  await exercise.locator('.class-said', { hasText: t.classroom.counted.trim() }).waitFor({ timeout: 60_000 })

  await teacher.reload()
  await teacher.locator('td', { hasText: /^1$/ }).waitFor()

  // The grade book has it, and her session can be stepped through.
  await teacher.goto(teacher.url().replace(/learners\/.*/, 'assignments'))
  await teacher.check('[name="lesson"][value="01-meet-the-pod/01-what-a-pod-is"]')
  await teacher.locator('main form .button').click()
  await teacher.goto(teacher.url().replace(/assignments$/, 'grades'))
  await teacher.locator('td', { hasText: '25 %' }).waitFor()
  await accessible(teacher)
  await shot(teacher, `class-grades-${lang}`)
  await teacher.locator('tbody a', { hasText: 'Ada' }).click()
  await teacher.locator('main a[href*="/submissions/"]').first().click()
  // A link with a session in it opens the workbench by itself.
  await ready(teacher)
  await teacher.locator('[data-pod="web"]').waitFor()

  // She finds the same on a page of her own.
  await learner.locator('.class-strip a').click()
  await learner.locator('td', { hasText: '25 %' }).waitFor()
  await accessible(learner)

  expect(errors).toEqual([])
  expect(learnerErrors).toEqual([])
})
