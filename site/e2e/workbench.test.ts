/** The workbench under bad input, bad luck, and by keyboard alone. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Model } from '../src/workbench/model.ts'
import {
  firstLesson,
  langs,
  newPage,
  origin,
  ready,
  replaceText,
  screenText,
  shot,
  sizes,
  startLab,
  themes,
  typeInTerminal,
  useBrowser,
  waitForScreen,
} from './browser.ts'

useBrowser()

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const openHello = async (page: Page): Promise<void> => {
  await page.goto(`${origin}/en/${firstLesson}`)
  await startLab(page)
  await page.locator('.file-tab', { hasText: 'hello.yaml' }).click()
  await page.locator('.full-editor .monaco-editor').waitFor()
}

/** What is kept of a lesson's record, as text. */
const keptInputs = (page: Page, lesson: string): Promise<string> =>
  page.evaluate(async key => {
    const request = indexedDB.open('podlab', 1)
    const database = await new Promise<IDBDatabase>(done => {
      request.onsuccess = () => done(request.result)
    })
    const asked = database.transaction('kept').objectStore('kept').get(['work', key])
    await new Promise(done => {
      asked.onsuccess = done
    })
    database.close()
    const inputs: { input: { data?: string } }[] = asked.result?.record?.inputs ?? []
    return inputs.map(line => line.input.data ?? '').join('')
  }, lesson)

describe('bad input', () => {
  test('what is no YAML is told with its line, and nothing is run', async () => {
    const { page } = await newPage()
    await openHello(page)
    await replaceText(page, 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: [broken\n')
    await page.locator('.pane-foot .bad', { hasText: /Line [345]/ }).waitFor()
    await page.locator('.pane-editor .button').click()
    await waitForScreen(page, /error.*line \d+/is)
    expect(await page.locator('.leaf').count()).toBe(0)
  })

  test('a field that does not exist is refused by the cluster', async () => {
    const { page } = await newPage()
    await openHello(page)
    await replaceText(
      page,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containrs: []\n  containers: [{name: a, image: nginx}]\n',
    )
    await page.locator('.pane-foot .bad').waitFor()
    await page.locator('.pane-editor .button').click()
    await waitForScreen(page, /unknown field "spec\.containrs"/)
    expect(await page.locator('.leaf').count()).toBe(0)

    // What is plain can be mended at once.
    await page.locator('.pane-foot .bad').click()
    await page.keyboard.press('Control+.')
    await page.locator('.action-widget', { hasText: 'Change it to containers' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.full-editor .view-lines', { hasText: 'containers: []' }).waitFor()
  })

  test('what only the server knows stands in the editor too', async () => {
    const { page } = await newPage()
    await openHello(page)
    await replaceText(
      page,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: nowhere}\nspec:\n  containers: [{name: a, image: nginx}]\n',
    )
    await page.locator('.pane-foot .bad', { hasText: 'namespaces "nowhere" not found' }).waitFor()
  })

  test('a closing script tag is text like any other, and is kept', async () => {
    const { page, errors } = await newPage()
    await openHello(page)
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: page}\ndata:\n  x: "</script><img src=x onerror=alert(1)>"\n'
    await replaceText(page, text)
    await page.locator('.pane-editor .button').click()
    await waitForScreen(page, /configmap\/page created/)
    await page.waitForTimeout(900)
    await page.reload()
    await ready(page)
    await page.locator('.full-editor .view-lines', { hasText: '</script>' }).waitFor()
    expect(errors).toEqual([])
  })

  test('5 MB are refused in words, and nothing is lost', async () => {
    const { page } = await newPage()
    await openHello(page)
    const size = 5 * 1024 * 1024
    // Dropped into the editor as a paste would be; typing 5 MB takes the test's time, not the page's.
    await page.evaluate(bytes => {
      const lab = document.querySelector('[data-lab]') as unknown as {
        podlab: { setFile(path: string, text: string): void }
      }
      lab.podlab.setFile(
        'hello.yaml',
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {x: "${'a'.repeat(bytes)}"}\n`,
      )
    }, size)
    await page.locator('.plain-editor textarea').waitFor()
    await page.locator('.pane-editor .button').click()
    await page.locator('.pane-foot .bad').waitFor()
    expect(await page.locator('.pane-foot').innerText()).toContain('5.0 MiB')
    expect((await page.locator('.plain-editor textarea').inputValue()).length).toBeGreaterThan(size)
    await typeInTerminal(page, 'kubectl get configmaps')
    await waitForScreen(page, /kube-root-ca\.crt|No resources/)
    expect(await screenText(page)).not.toContain('big ')
    await page.waitForTimeout(1500)
    await page.reload()
    await ready(page)
    expect((await page.locator('.plain-editor textarea').inputValue()).length).toBeGreaterThan(size)
  })
})

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
    await second.waitForTimeout(900)
    await replaceText(first, 'first: true\n')
    await first.waitForTimeout(900)
    await second.reload()
    await ready(second)
    await second.locator('.full-editor .view-lines', { hasText: 'second' }).waitFor()
  })
})

test('starting over asks, and then the world is as it was', async () => {
  const { page } = await newPage()
  await openHello(page)
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27')
  await page.locator('[data-pod="web"]').waitFor()
  await page.locator('.lab-bar .button').last().click()
  await page.locator('.ask .quiet').click()
  expect(await page.locator('[data-pod="web"]').count()).toBe(1)
  await page.locator('.lab-bar .button').last().click()
  await page.locator('[data-yes]').click()
  await page.locator('[data-pod="web"]').waitFor({ state: 'detached' })
  await ready(page)
  await typeInTerminal(page, 'kubectl get pods')
  await waitForScreen(page, /No resources found/)
})

test('a simulator that dies is said, and comes back from the record', async () => {
  const { page } = await newPage()
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
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27')
  await page.locator('[data-pod="web"]').waitFor()
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    const [worker] = (globalThis as unknown as { clusterWorkers: Worker[] }).clusterWorkers
    worker?.dispatchEvent(new ErrorEvent('error', { message: 'a test broke it' }))
  })
  await page.locator('.notice-crashed').waitFor()
  await ready(page)
  await page.locator('[data-pod="web"]').waitFor()
  await typeInTerminal(page, 'kubectl get pods')
  await waitForScreen(page, /web +\d\/1/)
})

test('time can be stopped, stepped and hurried', async () => {
  const { page } = await newPage()
  await openHello(page)
  const clock = () => page.locator('.clock').innerText()
  await page.locator('[data-time="pause"]').click()
  const stopped = await clock()
  await page.waitForTimeout(1500)
  expect(await clock()).toBe(stopped)
  await page.locator('.time select').selectOption('30')
  await page.waitForTimeout(2500)
  const seconds = (text: string) =>
    [...text.matchAll(/(\d+)([smh])/g)].reduce(
      (sum, [, n, u]) => sum + Number(n) * (u === 'm' ? 60 : u === 'h' ? 3600 : 1),
      0,
    )
  expect(seconds(await clock()) - seconds(stopped)).toBeGreaterThan(30)
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
})

describe('the workbench is accessible, and looks right', () => {
  for (const lang of langs)
    for (const theme of themes)
      for (const size of [
        ...(Object.keys(sizes) as (keyof typeof sizes)[]),
        // Enough to see both themes and both languages on it.
        ...((lang === 'zh') === (theme === 'light') ? (['tablet'] as const) : []),
      ])
        test(`${lang} ${theme} ${size}`, async () => {
          const { page, strangers } = await newPage({ theme, size })
          await page.goto(`${origin}/${lang}/lessons/life-of-a-pod/pods-do-not-heal-themselves/`)
          if (size === 'wide') await startLab(page)
          else {
            await page.click('[data-tab-button="terminal"]')
            await ready(page)
          }
          await page.locator('.screen .xterm-helper-textarea').waitFor({ state: 'attached' })
          await typeInTerminal(
            page,
            'kubectl run web --image=nginx:1.27; kubectl run typo --image=ngnix; kubectl create deployment api --image=nginx:1.27 --replicas=3',
          )
          await waitForScreen(page, /api created/)
          await page.locator('.time select').selectOption('10')
          await page.waitForTimeout(2500)
          if (size !== 'wide') await shot(page, `lab-terminal-${lang}-${theme}-${size}`)
          if (size !== 'wide') await page.click('[data-tab-button="cluster"]')
          await shot(page, `lab-${lang}-${theme}-${size}`)
          await page.locator('[data-pod="typo"]').click()
          await page.locator('.why', { hasText: 'ngnix' }).waitFor()
          await shot(page, `lab-details-${lang}-${theme}-${size}`)
          await page.evaluate(axe)
          const violations = await page.evaluate(async () => {
            const run = (
              globalThis as unknown as {
                axe: {
                  run(
                    c: object,
                    o: object,
                  ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>
                }
              }
            ).axe
            // The insides of the editor and the terminal are those of Monaco and xterm.
            const { violations } = await run.run(
              { exclude: [['.monaco-editor'], ['.xterm']] },
              { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
            )
            return violations.map(v => ({
              id: v.id,
              nodes: v.nodes.map(n => ({ target: n.target, why: n.failureSummary })),
            }))
          })
          expect(violations).toEqual([])
          expect(strangers).toEqual([])
        })
})

test('one can go back in time, and return', async () => {
  const { page } = await newPage()
  await openHello(page)
  await typeInTerminal(page, 'kubectl run first --image=nginx:1.27')
  await page.locator('[data-pod="first"][data-state="running"]').waitFor({ timeout: 30_000 })
  await page.waitForTimeout(2200)
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
  await page.locator('.notice-branched').waitFor()
  await page.locator('[data-time="pause"]').click()
  await page.locator('[data-pod="third"]').waitFor()
  await page.locator('.notice-branched .button').click()
  await page.locator('[data-pod="second"][data-state="running"]').waitFor()
  expect(await page.locator('[data-pod="third"]').count()).toBe(0)
})

test('everything in the picture tells of itself, and a node without power shows on its Pods', async () => {
  const { page } = await newPage()
  await openHello(page)
  await page.evaluate(() =>
    (
      document.querySelector('[data-lab]') as unknown as { podlab: { run(line: string, ms: number): Promise<void> } }
    ).podlab.run(
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

test('kubectl edit opens the object in the editor and goes on when that is done', async () => {
  const { page } = await newPage()
  await openHello(page)
  await typeInTerminal(page, 'kubectl create configmap page --from-literal=greeting=hello')
  await waitForScreen(page, /configmap\/page created/)
  await typeInTerminal(page, 'kubectl edit configmap page')
  await page.locator('.edit-bar').waitFor()
  await page.locator('.full-editor .view-lines', { hasText: 'apiVersion' }).waitFor()
  // All of it but for a word: kubectl knows what was edited by its uid.
  const edited = (): Promise<string> =>
    page.evaluate(() => {
      const { podlab } = document.querySelector('[data-lab]') as unknown as { podlab: Model }
      const { files, edit } = podlab.state.get()
      return files[edit?.path ?? ''] ?? ''
    })
  await replaceText(page, (await edited()).replace('greeting: hello', 'greeting: good morning'))
  await expect.poll(edited).toContain('good morning')
  await page.locator('.edit-bar .button').first().click()
  await waitForScreen(page, /configmap\/page edited/)
  await page.locator('.edit-bar').waitFor({ state: 'detached' })
  await typeInTerminal(page, "kubectl get configmap page -o jsonpath='{.data.greeting}'")
  await waitForScreen(page, /good morning/)
  expect(await page.locator('.file-tab').allInnerTexts()).toEqual(['answer.txt', 'hello.yaml'])
})

test('what one sees can be given to others: by a link, or by a file, and their own work stays theirs', async () => {
  const { page } = await newPage()
  await page.goto(`${origin}/en/playground/`)
  // A cluster of another size, first.
  await page.locator('[data-cluster-size] input').fill('3')
  await page.locator('[data-cluster-size] button').click()
  await page.locator('[data-yes]').click()
  await ready(page)
  await page.locator('[data-node="worker-3"]').waitFor()
  await typeInTerminal(page, 'kubectl run shared --image=nginx:1.27')
  await page.locator('[data-pod="shared"][data-state="running"]').waitFor()
  await page.locator('.lab-bar .button', { hasText: 'Share' }).click()
  const link = page.locator('.share-link input')
  await expect.poll(() => link.inputValue()).toContain('#shared=')
  const address = await link.inputValue()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.ask .button', { hasText: 'Download' }).click(),
  ])
  const file = await saved.path()

  const { page: other, errors } = await newPage()
  await other.goto(`${origin}/en/playground/`)
  await startLab(other)
  await typeInTerminal(other, 'kubectl run own --image=nginx:1.27')
  await other.locator('[data-pod="own"]').waitFor()
  await expect.poll(() => keptInputs(other, '')).toContain('own --image=nginx:1.27\r')
  // As if the link had been followed in another tab.
  await other.goto('about:blank')
  await other.goto(address)
  await other.locator('.notice-visiting').waitFor()
  await other.locator('[data-pod="shared"][data-state="running"]').waitFor()
  expect(await other.locator('[data-node="worker-3"]').count()).toBe(1)
  expect(other.url()).not.toContain('#')
  await other.locator('.notice-visiting .button.quiet').click()
  await ready(other)
  await other.locator('[data-pod="own"]').waitFor()
  expect(await other.locator('[data-pod="shared"]').count()).toBe(0)

  await other.locator('.lab-bar .button', { hasText: 'Share' }).click()
  await other.locator('[data-open-session]').setInputFiles(file)
  await other.locator('[data-pod="shared"]').waitFor()
  await other.locator('.notice-visiting .button').first().click()
  await ready(other)
  await other.locator('[data-pod="shared"]').waitFor()
  expect(await other.locator('.notice-visiting').count()).toBe(0)
  expect(errors).toEqual([])
})
