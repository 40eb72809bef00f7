/** The workbench in use: time, the picture, the editor of kubectl, and everything by keyboard. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  firstLesson,
  type Lab,
  newPage,
  openHello,
  origin,
  ready,
  replaceText,
  sharedPage,
  spokenText,
  typeInTerminal,
  useBrowser,
  waitForScreen,
} from './browser.ts'

useBrowser()
const hello = sharedPage(openHello)

/** In seconds. */
async function clockOf(page: Page): Promise<number> {
  const text = await page.locator('.clock').innerText()
  const units: Record<string, number> = { s: 1, m: 60, h: 3600 }
  return [...text.matchAll(/(\d+)([smh])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * (units[unit!] ?? 0), 0)
}

test('time can be stopped, stepped and hurried', async () => {
  const { page } = await hello()
  await page.locator('[data-time="pause"]').click()
  const shown = () => page.locator('.clock').innerText()
  const stopped = await shown()
  await page.waitForTimeout(1500)
  expect(await shown()).toBe(stopped)
  const begun = await clockOf(page)
  await page.locator('.time select').selectOption('30')
  await expect.poll(async () => (await clockOf(page)) - begun).toBeGreaterThan(75)
  await page.locator('.time select').selectOption('1')
})

test('everything can be reached and left with the keyboard', async () => {
  const { page } = await newPage()
  await page.goto(`${origin}/en/${firstLesson}`)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
  await page.locator('[data-lab-start]').focus()
  await page.keyboard.press('Enter')
  await ready(page)
  await page.locator('.full-editor .monaco-editor').waitFor()

  // A bar between panes.
  const bar = page.locator('[data-splitter="main"]')
  const before = await bar.boundingBox()
  await bar.focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
  expect((await bar.boundingBox())!.x).toBeGreaterThan(before!.x + 40)
  await page.keyboard.press('Enter')
  expect(Math.abs((await bar.boundingBox())!.x - before!.x)).toBeLessThan(15)

  // Out of the terminal: Escape, then Tab.
  await page.focus('.screen:not([hidden]) .xterm-helper-textarea')
  const inside = () => page.evaluate(() => document.activeElement?.classList.contains('xterm-helper-textarea'))
  await page.keyboard.press('Tab')
  expect(await inside()).toBe(true)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Tab')
  expect(await inside()).toBe(false)

  // Out of the editor, likewise.
  await page.locator('.full-editor .view-lines').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true)

  // A Pod's details.
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27')
  const leaf = page.locator('[data-pod="web"]')
  await leaf.waitFor()
  await leaf.focus()
  await page.keyboard.press('Enter')
  await page.locator('.details').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.details').waitFor({ state: 'detached' })
  expect(await leaf.evaluate(e => e === document.activeElement)).toBe(true)
  await page.locator('[data-announcer]', { hasText: 'Pod web' }).waitFor({ state: 'attached' })

  // What the terminal has said can be heard.
  await expect.poll(() => spokenText(page)).toContain('pod/web created')
})

test('one can go back in time, and return', async () => {
  const { page } = await newPage()
  await openHello(page)
  await typeInTerminal(page, 'kubectl run first --image=nginx:1.27')
  await page.locator('[data-pod="first"][data-state="running"]').waitFor({ timeout: 30_000 })
  // An event is shown with the two seconds that follow it.
  const begun = await clockOf(page)
  await expect.poll(async () => (await clockOf(page)) - begun).toBeGreaterThan(2)
  await typeInTerminal(page, 'kubectl run second --image=nginx:1.27')
  await page.locator('[data-pod="second"][data-state="running"]').waitFor({ timeout: 30_000 })
  await page.locator('.lab-bar .switch button').nth(1).click()
  const row = page.locator('.events tr', { hasText: 'pod/first' }).filter({ hasText: 'Started' })
  await row.locator('button').click()
  await page.locator('.notice-past').waitFor()
  await page.locator('.lab-bar .switch button').first().click()
  await page.locator('[data-pod="first"][data-state="running"]').waitFor()
  expect(await page.locator('[data-pod="second"]').count()).toBe(0)

  // Along the line, too, by keyboard: to where it began, and by itself on to the present.
  await page.locator('.timeline input').press('Home')
  await page.locator('[data-pod="first"]').waitFor({ state: 'detached' })
  await page.locator('.time select').selectOption('100')
  await page.locator('.notice-past').waitFor({ state: 'detached' })
  await page.locator('[data-pod="second"][data-state="running"]').waitFor()

  // Something else done in the past is another course; the old one is not lost.
  await page.locator('.timeline input').press('Home')
  await page.locator('[data-pod="first"]').waitFor({ state: 'detached' })
  await typeInTerminal(page, 'kubectl run third --image=nginx:1.27')
  // Time, which had been stopped for the look back, goes on.
  await page.locator('.notice-branched').waitFor()
  await page.locator('[data-pod="third"]').waitFor()
  await page.locator('.notice-branched .button').click()
  await page.locator('[data-pod="second"][data-state="running"]').waitFor()
  expect(await page.locator('[data-pod="third"]').count()).toBe(0)
})

/** As a page shows a session: with the prompts of its lines. */
const SESSION = `$ cat <<EOF | kubectl apply -f -
> apiVersion: v1
> kind: ConfigMap
> metadata: {name: page}
> data: {greeting: hello}
> EOF
$ kubectl edit configmap page
$ kubectl get configmap page -o jsonpath='{.data.greeting}'
`

const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(pasted => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.screen:not([hidden]) .xterm-helper-textarea')!.dispatchEvent(event)
  }, text)

test('a session copied from a page runs without its prompts; kubectl edit in it opens the editor, and the next line waits until that is done', async () => {
  const { page } = await hello()
  await paste(page, SESSION)
  await waitForScreen(page, /configmap\/page created/)
  await page.locator('.edit-bar').waitFor()
  await page.locator('.full-editor .view-lines', { hasText: 'apiVersion' }).waitFor()
  // All of it but for a word: kubectl knows what was edited by its uid.
  const edited = (): Promise<string> =>
    page.evaluate(() => {
      const { podlab } = document.querySelector<Lab>('[data-lab]')!
      const { files, edit } = podlab.state.get()
      return files[edit?.path ?? ''] ?? ''
    })
  await replaceText(page, (await edited()).replace('greeting: hello', 'greeting: good morning'))
  await expect.poll(edited).toContain('good morning')
  await page.locator('.edit-bar .button').first().click()
  await waitForScreen(page, /configmap\/page edited/)
  await page.locator('.edit-bar').waitFor({ state: 'detached' })
  await waitForScreen(page, /good morning/)
  expect(await page.locator('.file-tab').allInnerTexts()).toEqual(['answer.txt', 'hello.yaml'])
})

test('everything in the picture tells of itself, and a node without power shows on its Pods', async () => {
  const { page } = await hello()
  await page.evaluate(() =>
    document.querySelector<Lab>('[data-lab]')!.podlab.run(
      `kubectl create deployment api --image=nginx:1.27 --replicas=2; kubectl expose deployment api --port=80
       kubectl run big --image=nginx --overrides='{"spec":{"containers":[{"name":"big","image":"nginx","resources":{"requests":{"cpu":"64"}}}]}}'`,
      20_000,
    ),
  )
  await page.locator('[data-pod="big"]').press('Enter')
  await page.locator('.by-node', { hasText: /worker-2\s*has not enough cpu/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.chip.service').press('Enter')
  await page.locator('.details', { hasText: 'shares its traffic among the 2 that are ready' }).waitFor()
  expect(await page.locator('.leaf.reached').count()).toBe(2)
  await page.keyboard.press('Escape')
  await page.locator('.chip.workload').press('Enter')
  await page.locator('.details .pod-list li').nth(2).waitFor()
  await page.locator('.details .pod-list .link').nth(1).click()
  await page.locator('.details', { hasText: /Made by\s*ReplicaSet api-\w+\s*←\s*Deployment api/ }).waitFor()
  await page.locator('.details .link', { hasText: 'worker-' }).first().click()
  await page.locator('.details .button', { hasText: 'Cut the power' }).click()
  await page.locator('.time select').selectOption('100')
  await page.locator('.details', { hasText: 'The control plane hears nothing of it' }).waitFor({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await page.locator('.tray-down .leaf[data-state="unready"]').first().waitFor()
})
