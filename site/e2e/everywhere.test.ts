/** Away from the network, across versions, found by searching, and on somebody else's page. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { writeServiceWorker } from '../build/service-worker.mjs'
import { serve } from '../serve.mjs'
import {
  dist,
  firstLesson,
  keepRaw,
  langs,
  newPage,
  origin,
  shot,
  startLab,
  typeInTerminal,
  useBrowser,
} from './browser.ts'

useBrowser()

const portOf = (server: Server): number => (server.address() as AddressInfo).port
const closing = (server: Server): Server => {
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

/** The whole site is kept. */
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated')
      await new Promise<void>(done =>
        active?.addEventListener('statechange', () => active.state === 'activated' && done()),
      )
  })

test('after one visit everything is there without a network: lessons, cluster, search', async () => {
  const { page, context, errors } = await newPage({ serviceWorker: true })
  await page.goto(`${origin}/en/`)
  await kept(page)
  await context.setOffline(true)
  await page.goto(`${origin}/en/${firstLesson}`)
  await startLab(page)
  await page.locator('.full-editor .monaco-editor').waitFor()
  await typeInTerminal(page, 'kubectl run web --image=nginx:1.27')
  await page.locator('[data-pod="web"][data-state="running"]').waitFor()
  await page.goto(`${origin}/en/search/?q=container`)
  await page.locator('.search-results li').first().waitFor()
  const manifest = await page.locator('link[rel="manifest"]').getAttribute('href')
  const whole = new URL(manifest ?? '', page.url())
  const { name, icons } = await (await fetch(whole)).json()
  expect(name).toContain('Podlab')
  for (const { src } of icons) expect((await fetch(new URL(src, whole))).headers.get('content-type')).toBe('image/png')
  expect(errors).toEqual([])
})

test('a newer version is taken as a whole, and when the reader wants it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlab-site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(dist, folder, { recursive: true })
  const server = closing((await serve(folder, 0)) as Server)
  const site = `http://localhost:${portOf(server)}`
  const { page } = await newPage({ serviceWorker: true })
  await page.goto(`${site}/en/`)
  await kept(page)
  await page.reload()

  const publish = (path: string): void => {
    const file = join(folder, path)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/<h1>/, '<h1>Newer: '))
  }
  publish('en/index.html')
  publish('en/lessons/index.html')
  writeServiceWorker(folder)
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await page.locator('[data-newer]').waitFor()
  // Its network has the new one, yet the page and all others are still those of the old one.
  await page.goto(`${site}/en/lessons/`)
  expect(await page.locator('h1').innerText()).not.toContain('Newer')
  await page.locator('[data-newer] button').click()
  await page.locator('h1', { hasText: 'Newer' }).waitFor()
  await page.goto(`${site}/en/`)
  expect(await page.locator('h1').innerText()).toContain('Newer')
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1)
})

test.each([
  ['zh', '容器'],
  ['en', 'containers'],
])('what is in the lessons can be found (%s)', async (lang, word) => {
  const { page, errors, strangers } = await newPage()
  await page.goto(`${origin}/${lang}/search/`)
  await page.locator('input[type="search"]').fill(word)
  await page.locator('.search-results li').first().waitFor()
  expect(await page.locator('[data-search-status]').innerText()).toMatch(/\d/)
  expect(await page.locator('.search-results mark').count()).toBeGreaterThan(0)
  await shot(page, `search-${lang}`)
  await page.locator('.search-results a').first().click()
  await page.waitForURL(`${origin}/${lang}/lessons/**`)
  await page.goBack()
  await page.locator('.search-results li').first().waitFor()
  // A word's beginning counts as well, but not a single letter.
  await page.locator('input[type="search"]').fill('zzzqqq')
  await page.locator('.search-results li').first().waitFor({ state: 'detached' })
  // Whoever finds nothing is told what would be found.
  await page.locator('[data-search-tries] a').last().click()
  await page.locator('.search-results li').first().waitFor()
  expect([...errors, ...strangers]).toEqual([])
})

test('a browser without WebAssembly is told that search needs it', async () => {
  const { page } = await newPage()
  const without = 'delete globalThis.WebAssembly;'
  await page.addInitScript(without)
  await page.route('**/pagefind-worker.js', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, body: without + (await response.text()) })
  })
  await page.goto(`${origin}/en/search/?q=containers`)
  await page.locator('[data-search-status]', { hasText: 'Search needs WebAssembly' }).waitFor()
})

test.each(langs)('every exercise is listed, with what has been passed (%s)', async lang => {
  const { page } = await newPage()
  await page.goto(`${origin}/${lang}/exercises/`)
  const items = page.locator('[data-exercise-of]')
  expect(await items.count()).toBeGreaterThan(10)
  const first = await items.first().evaluate(e => ({ ...(e as HTMLElement).dataset }))
  const progress = { passed: [first.exerciseId], answers: {}, opened: true }
  await keepRaw(page, [[['progress', first.exerciseOf ?? ''], progress]])
  await page.reload()
  await page.locator('[data-exercise-of][data-done]').waitFor()
  expect(await page.locator('[data-done]').count()).toBe(1)
  expect(await page.locator('[data-exercise-total]').innerText()).toMatch(/\b1\b/)
  await shot(page, `exercises-${lang}`)
})

test('a lesson’s cluster runs in a frame on somebody else’s page', async () => {
  const [, lesson = ''] = /data-lesson="([^"]+)"/.exec(await (await fetch(`${origin}/en/${firstLesson}`)).text()) ?? []
  const blog = closing(
    createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(
        `<!doctype html><title>A blog</title><podlab-lab lesson="${lesson}" lang="en" height="700"></podlab-lab><script type="module" src="${origin}/embed.js"></script>`,
      )
    }),
  )
  await new Promise<void>(done => blog.listen(0, '127.0.0.1', done))
  const { page, errors } = await newPage()
  await page.goto(`http://127.0.0.1:${portOf(blog)}/`)
  const frame = page.frameLocator('podlab-lab iframe')
  await frame.locator('[data-lab-start]').click()
  await frame.locator('.workbench[data-phase="ready"]').waitFor()
  await frame.locator('.file-tab', { hasText: 'hello.yaml' }).waitFor()
  await frame.locator('.screen .xterm-helper-textarea').focus()
  await page.keyboard.type('kubectl run web --image=nginx:1.27')
  await page.keyboard.press('Enter')
  await frame.locator('[data-pod="web"]').waitFor()
  await shot(page, 'embedded')
  expect(errors).toEqual([])
  // And nobody else's page may hold the site itself.
  const { headers } = await fetch(`${origin}/en/`)
  expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'")
})
