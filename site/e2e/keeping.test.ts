/** Keeping work and restoring it: storage, other tabs, starting over, a simulator that dies. */
import { describe, expect, test } from 'vitest'
import {
  firstLesson,
  firstLessonId,
  keepRaw,
  newPage,
  openHello,
  origin,
  ready,
  replaceText,
  screenText,
  sharedPage,
  startLab,
  typeInTerminal,
  untilKept,
  useBrowser,
  waitForScreen,
} from './browser.ts'

useBrowser()

describe('storage', () => {
  test('that is forbidden: the lesson works and says that nothing is kept', async () => {
    const { page } = await newPage()
    await page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('forbidden', 'SecurityError')
      }
    })
    await openHello(page)
    await page.locator('.notice-unkept').waitFor()
    await typeInTerminal(page, 'kubectl get nodes')
    await waitForScreen(page, /worker-2/)
  })

  test('that is full is said too', async () => {
    const { page } = await newPage()
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await openHello(page)
    await page.locator('.notice-unkept').waitFor()
    await typeInTerminal(page, 'kubectl get nodes')
    await waitForScreen(page, /worker-2/)
  })

  test('is used by one tab at a time: the later one', async () => {
    const { page: first, context } = await newPage()
    await openHello(first)
    const { page: second } = await newPage({ context })
    await openHello(second)
    await first.locator('.notice-elsewhere').waitFor()
    expect(await second.locator('.notice-elsewhere').count()).toBe(0)
    await replaceText(second, 'second: true\n')
    await untilKept(second, firstLessonId, 'second: true\n')
    await replaceText(first, 'first: true\n')
    // Longer than it would take to be kept.
    await first.waitForTimeout(900)
    await second.reload()
    await ready(second)
    await second.locator('.full-editor .view-lines', { hasText: 'second' }).waitFor()
  })
})

test('what is damaged, in the browser or in a link, is left aside, and nothing else is lost', async () => {
  const { page, errors } = await newPage()
  await page.goto(`${origin}/en/exercises/`)
  const [other = '', exercise = ''] = await page
    .locator(`[data-exercise-of]:not([data-exercise-of="${firstLessonId}"])`)
    .first()
    .evaluate(e => [(e as HTMLElement).dataset.exerciseOf ?? '', (e as HTMLElement).dataset.exerciseId ?? ''])
  await keepRaw(page, [
    [['progress', firstLessonId], { passed: null, answers: 'x' }],
    [['progress', other], { passed: [exercise], answers: {}, opened: true }],
    [['work', firstLessonId], { files: { 'hello.yaml': 'mine: true', half: 1 }, record: { version: 1, inputs: 'no' } }],
  ])
  await page.reload()
  await page.locator('[data-exercise-of][data-done]').waitFor()
  expect(errors).toEqual([])
  await page.goto(`${origin}/en/${firstLesson}#shared=damaged`)
  await page.locator('.notice-badLink').waitFor()
  await ready(page)
  await page.locator('.view-lines, .plain-editor', { hasText: 'mine: true' }).first().waitFor()
  expect(errors.filter(error => !error.includes('Compressed input'))).toEqual([])
})

test('what cannot be fetched is said, and can be tried again', async () => {
  const { page } = await newPage()
  await page.goto(`${origin}/en/playground/`)
  const status = page.locator('[data-lab-status]')
  const tell = async (words: string) => {
    await page.click('[data-lab-start]')
    await status.filter({ hasText: 'could not start' }).waitFor()
    expect(await status.innerText()).toContain(words)
    // In words, not an exception's.
    expect(await status.innerText()).not.toMatch(/not defined|error|https?:|\.js/i)
  }
  // A browser that has no workers.
  await page.evaluate(() => {
    Object.assign(globalThis, { kept: Worker })
    Reflect.deleteProperty(globalThis, 'Worker')
  })
  await tell('this browser has no Web Workers')
  await page.evaluate(() => Object.assign(globalThis, { Worker: (globalThis as unknown as { kept: unknown }).kept }))
  for (const missing of ['**/lab/*.json', '**/engine.worker*']) {
    await page.route(missing, route => route.abort())
    await tell('reload the page')
    await page.unroute(missing)
  }
  await startLab(page)
})

/** A page that notes its simulators. */
const watched = sharedPage(async page => {
  await page.addInitScript(() => {
    const made: Worker[] = []
    const Plain = Worker
    globalThis.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        if (options?.name === 'cluster') made.push(this)
      }
    }
    Object.assign(globalThis, { clusterWorkers: made })
  })
  await openHello(page)
})

test('starting over asks, and then the world is as it was', async () => {
  const { page } = await watched()
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27; stty size')
  await waitForScreen(page, /^\d+ \d+$/m)
  const [size] = /^\d+ \d+$/m.exec(await screenText(page)) ?? []
  expect(size).not.toBe('24 80')
  await page.locator('[data-pod="web"]').waitFor()
  await page.locator('.lab-bar .button').last().click()
  await page.locator('.ask .quiet').click()
  expect(await page.locator('[data-pod="web"]').count()).toBe(1)
  await page.locator('.lab-bar .button').last().click()
  await page.locator('[data-yes]').click()
  await page.locator('[data-pod="web"]').waitFor({ state: 'detached' })
  await ready(page)
  await typeInTerminal(page, 'kubectl get pods; stty size')
  await waitForScreen(page, new RegExp(`No resources found[^]*\n${size}$`, 'm'))
})

test('a simulator that dies is said, and comes back from the record', async () => {
  const { page } = await watched()
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27')
  await page.locator('[data-pod="web"]').waitFor()
  await untilKept(page, firstLessonId, 'kubectl run web --image=nginx:1.27\r')
  await page.evaluate(() => {
    const { clusterWorkers } = globalThis as unknown as { clusterWorkers: Worker[] }
    clusterWorkers.at(-1)?.dispatchEvent(new ErrorEvent('error', { message: 'a test broke it' }))
  })
  await page.locator('.notice-crashed').waitFor()
  await ready(page)
  await page.locator('[data-pod="web"]').waitFor()
  await typeInTerminal(page, 'kubectl get pods')
  await waitForScreen(page, /web +\d\/1/)
})
