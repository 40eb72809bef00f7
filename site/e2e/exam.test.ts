/** The practice exam, once: begun, paused over a reload, worked at, handed in, looked over. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { drawExam } from '../../sandbox/scenario/exam/exam.ts'
import { examOf } from '../../sandbox/scenario/exam/exam-folder.node.ts'
import { loadAxe, type Violation, violations } from './axe.ts'
import { type Lab, newPage, origin, press, ready, shot, tabTo, useBrowser } from './browser.ts'

useBrowser()

/** The workbench is looked at elsewhere. */
const wrong = async (page: Page): Promise<Violation[]> => {
  await loadAxe(page)
  return violations(page, ['.lab'])
}

test('the exam, by keyboard', { timeout: 180_000 }, async () => {
  const { tasks } = drawExam(examOf(join(import.meta.dirname, '../../lessons')), 'e2e')
  const task = tasks.find(t => !/sleep|wait|rollout/.test(t.solution))!
  const of = tasks.flatMap(t => t.checks).reduce((n, c) => n + c.points, 0)
  const earned = task.checks.reduce((n, c) => n + c.points, 0)

  const { page, errors, strangers } = await newPage({ locale: 'en-GB' })
  await page.goto(`${origin}/en/exam/?seed=e2e`)
  const begin = page.locator('[data-exam-begin]')
  await begin.waitFor()
  await press(page, begin, true)
  await ready(page)
  expect(await page.locator('.exam-task').count()).toBe(tasks.length)
  expect(await wrong(page)).toEqual([])
  await shot(page, 'exam-en')

  // One task is solved, the others are left.
  const solved = (commands: string): Promise<void> =>
    page.evaluate(
      async ([id, line]) => {
        const lab = document.querySelector<Lab>('[data-lab]')!
        if (line) await lab.podlab.run(line, 0)
        while (!(await lab.podlab.check(id)).every(c => c.passed)) await new Promise(r => setTimeout(r, 200))
      },
      [task.id, commands] as const,
    )
  await solved(task.solution)

  // The clock stands still for the pause, over a reload too, and the cluster is as it was.
  await press(page, page.locator('.exam-bar button'), true)
  await page.locator('.exam-pause').waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
  await page.reload()
  const resume = page.locator('.exam-pause button')
  await resume.waitFor()
  expect(await page.locator('.exam-task').count()).toBe(0)
  await press(page, resume, true)
  await ready(page)
  expect(await page.locator('.exam-bar button').count()).toBe(0)
  expect(await page.locator('.exam-clock').textContent()).toMatch(/1:1[0-4]:\d\d$/)

  // What had not been kept yet when the page was left happens again.
  await solved('')
  await tabTo(page, page.locator('[data-exam-ask]'))
  await page.keyboard.press('Enter')
  // The question comes with the focus on its answer.
  await page.locator('[data-exam-hand-in]').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.exam-result').waitFor({ timeout: 60_000 })
  expect(await page.locator('.exam-result').textContent()).toContain(`${earned} of ${of} points`)
  expect(await wrong(page)).toEqual([])
  const lesson = await page.locator('.exam-task').first().locator('a').getAttribute('href')
  expect((await page.request.get(origin + lesson)).status()).toBe(200)
  await shot(page, 'exam-review-en')
  expect(errors).toEqual([])
  expect(strangers).toEqual([])
})
