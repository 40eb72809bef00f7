/** A learner's way through the first lesson, in each language, and back again after a reload; in English by keyboard alone. */

import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { replaySession } from '../../sandbox/scenario/create.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import type { Progress } from '../src/page/progress.ts'
import { wordsOf } from '../src/words/words.ts'
import {
  firstLesson,
  firstLessonId,
  keptOf,
  type Lab,
  langs,
  newPage,
  origin,
  press,
  ready,
  replaceText,
  shot,
  tabTo,
  untilKept,
  useBrowser,
  waitForScreen,
} from './browser.ts'

useBrowser()

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: hello
  labels:
    app: hello
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
`

test.each(langs)('the first lesson, in %s', { timeout: 240_000 }, async lang => {
  const { page, errors, strangers } = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  await page.goto(`${origin}/${lang}/${firstLesson}`)
  const keyboard = lang === 'en'
  const go = (target: Locator): Promise<void> => press(page, target, keyboard)
  await go(page.locator('[data-lab-start]'))
  await ready(page)
  await page.locator('.screen .xterm-helper-textarea').waitFor({ state: 'attached' })
  await shot(page, `lab-begun-${lang}`)

  // The terminal.
  if (keyboard) await tabTo(page, page.locator('.screen .xterm-helper-textarea'))
  else await page.focus('.screen .xterm-helper-textarea')
  await page.keyboard.type('kubectl get nodes')
  await page.keyboard.press('Enter')
  await waitForScreen(page, /worker-2 +Ready/)

  // A check that fails, and the hint that says why.
  const exercise = page.locator('[data-exercise="run-nginx"]')
  await go(exercise.locator('[data-do="check"]'))
  await exercise.locator('[data-verdict][data-outcome="wrong"]').waitFor()
  const hint = exercise.locator('.hint[data-shown]').first()
  expect((await hint.innerText()).length).toBeGreaterThan(10)
  const hints = await exercise.locator('.hint[data-shown]').count()
  await hint.scrollIntoViewIfNeeded()
  await shot(page, `hint-${lang}`)

  // The solution, run for the learner; then it passes.
  await go(exercise.locator('details.solution summary').first())
  await go(exercise.locator('[data-do="solve"]'))
  await page.locator('[data-pod="web"][data-state="running"]').waitFor({ timeout: 40_000 })
  await waitForScreen(page, /condition met/, 40_000)
  await go(exercise.locator('[data-do="check"]'))
  await exercise.locator('[data-verdict][data-outcome="right"]').waitFor()
  // Kept before it is said, with the number of hints that were shown on the way.
  const { solved } = (await keptOf<Progress>(page, 'progress', firstLessonId))!
  expect(solved?.['run-nginx']).toMatchObject({ hints })

  // The editor: fill in the manifest and apply it.
  await go(page.locator('.file-tab', { hasText: 'hello.yaml' }))
  await page.locator('.full-editor .monaco-editor').waitFor()
  await replaceText(page, manifest, keyboard)
  await page.locator('.pane-foot', { hasText: '✓' }).waitFor()
  await go(page.locator('.pane-editor .pane-head .button'))
  await waitForScreen(page, /pod\/hello created/)
  await page.locator('[data-pod="hello"][data-state="running"]').waitFor({ timeout: 40_000 })
  const second = page.locator('[data-exercise="complete-manifest"]')
  await go(second.locator('[data-do="check"]'))
  await second.locator('[data-verdict][data-outcome="right"]').waitFor()
  await shot(page, `passed-${lang}`)

  // The same file as the solution has it, side by side.
  await go(second.locator('details.solution summary').first())
  await go(second.locator('[data-do="compare"]'))
  await page.locator('.compare .modified .view-lines', { hasText: 'containerPort' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.compare').waitFor({ state: 'detached' })

  // And as the cluster has it.
  await go(page.locator('.pane-editor .menu summary'))
  await go(page.locator('.menu-items button', { hasText: wordsOf(lang).editor.compare }))
  await page.locator('.compare-said', { hasText: wordsOf(lang).editor.live.same('Pod hello') }).waitFor()
  await page.locator('.compare .modified .view-lines', { hasText: 'containerPort' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.compare').waitFor({ state: 'detached' })

  // A question.
  const quiz = page.locator('form.quiz').first()
  const right = quiz.locator('.option[data-correct] input').first()
  if (keyboard) {
    // A group of choices is one stop; the arrow keys choose.
    await tabTo(page, quiz)
    for (let i = 0; i < 10 && !(await right.isChecked()); i++)
      await page.keyboard.press(i === 0 ? 'Space' : 'ArrowDown')
  } else await right.check()
  await go(quiz.locator('button[type="submit"]'))
  await quiz.locator('.verdict[data-outcome="right"]').waitFor()

  // Everything is there after a reload.
  await untilKept(page, firstLessonId, manifest)
  await page.reload()
  await ready(page)
  await page.locator('[data-pod="web"][data-state="running"]').waitFor()
  await page.locator('[data-pod="hello"][data-state="running"]').waitFor()
  await waitForScreen(page, /pod\/hello created/)
  await page.locator('[data-exercise="run-nginx"][data-passed]').waitFor()
  await page.locator('[data-exercise="complete-manifest"][data-passed]').waitFor()
  expect(await quiz.locator('.option[data-correct] input').first().isChecked()).toBe(true)
  await page.locator('.file-tab[aria-pressed="true"]', { hasText: 'hello.yaml' }).waitFor()
  await page.locator('.full-editor .view-lines', { hasText: 'hello' }).waitFor()
  await shot(page, `kept-${lang}`)

  // The same record gives the same history here and in the browser.
  const { record, hash } = await page.evaluate(() => {
    const lab = document.querySelector<Lab>('[data-lab]')!
    return lab.podlab.history()
  })
  const [folder] = lessonFolders(join(import.meta.dirname, '../../lessons'))
  expect((await replaySession(record, readLesson(folder!).world)).hash()).toBe(hash)

  // The table of contents knows.
  await page.goto(`${origin}/${lang}/lessons/`)
  await page.locator('[data-progress][data-state="started"]').first().waitFor()
  // The home page leads back to it.
  await page.goto(`${origin}/${lang}/`)
  await page.locator(`[data-go-on][href$="/${lang}/${firstLesson}"]`).waitFor()
  expect(strangers).toEqual([])
  expect(errors).toEqual([])
})
