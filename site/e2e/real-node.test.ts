/** Real Node in the tab: the real package against a fake service; and every way back into the simulation that needs a browser. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REAL_NODE_PATH, realNodeFiles } from '../build/real-node.mjs'
import { headersFor } from '../headers.mjs'
import { siteListener } from '../serve.mjs'
import { en } from '../src/words/en.ts'
import { zh } from '../src/words/zh.ts'
import { PATIENCE_MS } from '../src/workbench/real/real-node.ts'
import {
  dist,
  type Lang,
  newPage,
  origin,
  press,
  ready,
  startLab,
  typeInTerminal,
  useBrowser,
  waitForScreen,
} from './browser.ts'
import { type FakeService, fakeService } from './fake-service.ts'

useBrowser()

const LESSON = 'lessons/real-code/a-pod-with-real-code/'
const words = { zh, en }

let service: FakeService
let server: Server
let site: string

/** The site as it is when its owner has turned real Node on: a lesson with the button and the policy, and the files. */
beforeAll(async () => {
  service = await fakeService()
  const files = JSON.stringify(await realNodeFiles())
  const built = siteListener(dist)
  server = createServer((request, response) => {
    const path = request.url ?? '/'
    const answer = (type: string, body: string): void => {
      response.writeHead(200, { ...headersFor(path), 'Content-Type': type })
      response.end(body)
    }
    if (path === REAL_NODE_PATH) answer('application/json', files)
    else if (path.endsWith(`/${LESSON}`)) {
      const html = readFileSync(join(dist, path, 'index.html'), 'utf8')
        .replace('data-lab ', 'data-lab data-real-node="" ')
        .replace("form-action 'none'", "frame-src http://localhost:*; form-action 'none'")
      answer('text/html; charset=utf-8', html)
    } else built(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  site = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  service.close()
  server.close()
  server.closeAllConnections()
})

/** @param patient a busy machine may take longer than a reader would wait; otherwise the page's clock is the test's */
async function open(lang: Lang, patient = true) {
  const { page, context } = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  const strangers: string[] = []
  page.on('request', request => {
    if (/^http/.test(request.url()) && !request.url().startsWith(site)) strangers.push(request.url())
  })
  await service.serve(context)
  if (patient)
    await page.addInitScript(patience => {
      const plain = setTimeout
      const longer = (work: () => void, ms?: number, ...rest: unknown[]) =>
        plain(work, ms === patience ? 5 * patience : ms, ...rest)
      globalThis.setTimeout = longer as typeof setTimeout
    }, PATIENCE_MS)
  else await page.clock.install()
  await page.goto(`${site}/${lang}/${LESSON}`)
  await startLab(page)
  return { page, strangers, t: words[lang].real }
}
const start = async (page: Awaited<ReturnType<typeof open>>['page']): Promise<void> => {
  await page.click('[data-real="off"]')
  await page.click('[data-yes]')
}

test('it boots, runs, shows pages, keeps files the same, and comes back when it crashes or is left', async () => {
  const { page, strangers, t } = await open('zh')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  // Until the reader asks for it, nobody else is asked for anything.
  expect(strangers).toEqual([])
  await press(page, page.locator('[data-real="off"]'), true)
  await page.click('[data-yes]')
  await page.waitForSelector('[data-real="on"]')
  await ready(page)
  expect(strangers.length).toBeGreaterThan(0)

  await typeInTerminal(page, 'kubectl get deployments')
  await waitForScreen(page, /bakery +\d\/2/)
  await typeInTerminal(page, 'echo from the shell > note.txt')
  await page.waitForSelector('.file-tab:has-text("note.txt")')
  await page.evaluate(() => {
    const model = Reflect.get(document.querySelector('[data-lab]')!, 'podlab')
    model.setFile('note.txt', 'from the editor\n')
  })
  await typeInTerminal(page, 'cat note.txt')
  await waitForScreen(page, /from the editor/)

  // A page of the cluster, and a rolling update watched in it: a forward ends with its Pod, and another one begins.
  await typeInTerminal(
    page,
    'kubectl create deployment web --image=nginx:1.27 && kubectl rollout status deployment/web',
  )
  await waitForScreen(page, /successfully rolled out/, 40_000)
  // Its port is one of this machine.
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  await typeInTerminal(page, `while sleep 1; do kubectl port-forward deployment/web ${port}:80; done`)
  await page.click(`.port:has-text("${port}")`)
  const served = page.frameLocator('.preview iframe')
  await served.getByText('Welcome to nginx!').first().waitFor()
  await page.locator('.preview-watch input').check()
  await page.evaluate(async () => {
    const model = Reflect.get(document.querySelector('[data-lab]')!, 'podlab')
    await model.addTerminal()
    await model.run('kubectl set image deployment/web nginx=httpd:2.4', 0)
  })
  await served.getByText('It works!').first().waitFor({ timeout: 40_000 })
  await page.keyboard.press('Escape')

  const [first] = service.containers
  for (const child of first!.children)
    if (child.spawnargs.some(word => word.includes('host.mjs'))) child.kill('SIGKILL')
  await page.waitForSelector(`.notice-real:has-text("${t.wentBack}")`)
  await ready(page)
  expect(await page.locator('.file-tab:has-text("note.txt")').count()).toBe(1)
  expect(first!.tornDown).toBe(true)

  // A second one, left by its reader.
  await start(page)
  await page.waitForSelector('[data-real="on"]')
  await ready(page)
  await page.click('[data-real="on"]')
  await page.waitForSelector('[data-real="off"]')
  await ready(page)
  await expect.poll(() => service.containers.map(c => c.tornDown)).toEqual([true, true])
})

test('a refusal is told in the service’s words, and the lesson goes on', async () => {
  service.refuse = 'No licence for this domain'
  const { page, t } = await open('en')
  await start(page)
  await page.waitForSelector(`.notice-real:has-text("${t.why.licence}")`)
  service.refuse = undefined
  await typeInTerminal(page, 'kubectl get deployments')
  await waitForScreen(page, /bakery +0\/2/)
  // There its code runs, too.
  await typeInTerminal(page, "node -p '6 * 7'")
  await waitForScreen(page, /^42$/m)
})

test('a service that never answers is given up after twelve seconds, and is not asked again before a reload', async () => {
  service.silent = true
  const { page, t } = await open('en', false)
  await start(page)
  await page.waitForSelector('[data-real="starting"]')
  await page.clock.fastForward(PATIENCE_MS / 2)
  expect(await page.locator('[data-real="starting"]').count()).toBe(1)
  await page.clock.fastForward(PATIENCE_MS / 2)
  await page.waitForSelector(`.notice-real:has-text("${t.why.slow}")`)
  await start(page)
  await page.waitForSelector(`.notice-real:has-text("${t.why.spent}")`)
  service.silent = false
  expect(await page.locator('.notice-real button').first().textContent()).toBe(t.reload)
  await ready(page)
})

test('a page of another lesson is not isolated, and has no button', async () => {
  const { page } = await newPage()
  await page.goto(`${origin}/en/lessons/meet-the-pod/what-a-pod-is/`)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
  await page.goto(`${origin}/en/${LESSON}`)
  await startLab(page)
  expect(await page.locator('[data-real]').count()).toBe(0)
})
