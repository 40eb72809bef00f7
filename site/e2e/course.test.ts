/** A course of one's own, made by the installed package and built once: below a path of a static host, and in an LMS. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from '../../classroom/db/prepared-for-tests.ts'
import { createTeacher } from '../../classroom/domain/accounts.ts'
import { createClass, setAssignment } from '../../classroom/domain/classes.ts'
import { gradeBook } from '../../classroom/domain/grades.ts'
import { start } from '../../classroom/server/start.ts'
import { chooseLessons } from '../../course/chosen.node.ts'
import { packScorm } from '../../course/scorm/pack.node.ts'
import { root } from '../../tools/ensure.mjs'
import { install } from '../../tools/package/installed.mjs'
import { writeWhole } from '../../tools/package/whole.mjs'
import { serve, siteListener } from '../serve.mjs'
import { wordsOf } from '../src/words/words.ts'
import { langs, newPage, shot, startLab, useBrowser } from './browser.ts'

useBrowser()

const folder = mkdtempSync(join(tmpdir(), 'podlab-course-'))
const podlab = (args: string[], cwd: string): string =>
  execFileSync(process.execPath, [join(folder, 'node_modules/podlab/sandbox/bin/podlab.mjs'), ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const course = join(folder, 'pods-at-work')
const base = '/some/path/'
const lesson = 'lessons/shop/green-and-blue/'
const servers: Server[] = []
const originOf = (server: Server): string => {
  servers.push(server)
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  await install(root, folder, writeWhole)
  podlab(['new-course', 'pods-at-work'], folder)
  podlab(['build', '--out', 'site', '--base', base], course)
}, 180_000)
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(folder, { recursive: true })
})

/** Solves the lesson's first exercise as its solution does. */
async function solve(page: Page | Frame): Promise<void> {
  const exercise = page.locator('[data-exercise="switch"]')
  await exercise.locator('[data-do="check"]').click()
  await exercise.locator('[data-verdict][data-outcome="wrong"]').waitFor()
  await exercise.locator('details.solution summary').click()
  await exercise.locator('[data-do="solve"]').click()
  for (let tries = 0; tries < 30; tries++) {
    await exercise.locator('[data-do="check"]').click()
    await exercise.locator('[data-verdict]:is([data-outcome="right"], [data-outcome="wrong"])').waitFor()
    if (await exercise.locator('[data-verdict][data-outcome="right"]').count()) return
    await page.waitForTimeout(300)
  }
  throw new Error('the solution does not pass')
}

test.each(langs)('below a path: read, solved, exported, graded, in %s', async lang => {
  const origin = originOf((await serve(join(course, 'site'), 0, '127.0.0.1', base)) as Server)
  const { page, errors } = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${origin}${base}`)
  await page.waitForURL(`${origin}${base}${lang}/`)
  expect(await page.locator('h1').innerText()).toBe(lang === 'zh' ? '上手 Pod' : 'Pods at work')
  expect(await page.locator('.bar .brand').innerText()).toContain(lang === 'zh' ? '某某公司' : 'Acme')
  await shot(page, `course-home-${lang}`, true)
  await page.locator(`a[href$="${lesson}"]`).first().click()
  await startLab(page)
  await page.locator('.full-editor, .screen').first().waitFor()
  await solve(page)

  await page.goto(`${origin}${base}${lang}/exercises/`)
  await page.locator('[data-exercise-id="switch"][data-done]').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-export]').click()])
  const file = join(folder, `ada-${lang}.json`)
  await download.saveAs(file)
  expect(podlab(['grade', file], course)).toMatch(
    new RegExp(`ada-${lang}.json,shop/01-green-and-blue,switch,yes,2\\d+-`),
  )
  expect(podlab(['grade', '--totals', file], course)).toContain(`ada-${lang}.json,1.5,5,30,no,0,0`)

  // On another machine, where nothing is; and once more, where something is.
  const other = await newPage({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  await other.page.goto(`${origin}${base}${lang}/exercises/`)
  for (const count of [1, 0]) {
    await other.page.setInputFiles('[data-import-file]', file)
    await other.page
      .locator('[data-import-said]', {
        hasText: wordsOf(lang)
          .exercises.imported.replace('{taken}', String(count))
          .replace('{kept}', String(1 - count)),
      })
      .waitFor()
    await other.page.locator('[data-exercise-id="switch"][data-done]').waitFor()
    await other.page.evaluate(() => ((document.querySelector('[data-import-said]') as HTMLElement).textContent = ''))
  }
  await other.page.context().close()

  await page.goto(`${origin}${base}${lang}/search/?q=green`)
  expect(await page.locator('.search-results a').first().getAttribute('href')).toContain(`${base}${lang}/${lesson}`)
  await page.locator('[data-language-switch]').click()
  await page.waitForURL(`${origin}${base}${lang === 'zh' ? 'en' : 'zh'}/search/**`)
  expect(asked.filter(url => url.startsWith(origin) && !url.startsWith(`${origin}${base}`))).toEqual([])
  expect(errors).toEqual([])
})

test('below a path: kept for when there is no network', async () => {
  const origin = originOf((await serve(join(course, 'site'), 0, '127.0.0.1', base)) as Server)
  const { page, context } = await newPage({ serviceWorker: true })
  await page.goto(`${origin}${base}zh/`)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(`${origin}${base}`)
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')
  await context.setOffline(true)
  await page.goto(`${origin}${base}zh/${lesson}`)
  expect(await page.locator('h1').innerText()).toBe('绿与蓝')
  await page.goto(`${origin}${base}zh/nothing/`)
  expect(await page.locator('h1').innerText()).toBe('这只豆荚是空的')
})

test('in a classroom: its own lesson counts once the server has played it again', async () => {
  const own = { site: join(course, 'site'), course: join(course, 'course.yaml'), lessons: 'not looked at' }
  const room = await start({ port: 0, data: await prepared(join(folder, 'class')), workers: 1, ...own })
  try {
    const { db, lessons } = room.room
    const grace = await createTeacher(db, { name: 'G', email: 'g@example.org', password: 'a long sentence is good' })
    const of = await createClass(db, grace, 'Shop')
    await setAssignment(db, grace, of, { lesson: 'shop/01-green-and-blue', opens: null, due: null, latePercent: 0 })
    const { page } = await newPage({ locale: 'en-GB' })
    await page.goto(`${room.origin}/en/classroom/join?code=${of.code}`)
    await page.fill('[name="nickname"]', 'Ada')
    await page.locator('form:has([name="nickname"]) .button').click()
    await page.locator('a.button:not(.quiet)').click()
    await page.locator(`a[href$="${lesson}"]`).first().click()
    await startLab(page)
    await solve(page)
    await page.locator('.class-said', { hasText: wordsOf('en').classroom.counted.trim() }).waitFor({ timeout: 60_000 })
    const { rows } = await gradeBook(db, of.id, lessons)
    expect(rows[0]!.grades.get('shop/01-green-and-blue')).toMatchObject({ score: 0.5, passed: 1, of: 2 })
  } finally {
    await room.close()
  }
}, 120_000)

/** An LMS as small as one can be: the independent run-time, a frame, and a memory of what it was told. */
function lmsPage(remembered: object, entry: string): string {
  return `<!doctype html><title>LMS</title><link rel="icon" href="data:,"><script src="/scorm12.js"></script>
<script>
const api = new Scorm12API({ autocommit: false, logLevel: 4 })
api.loadFromJSON(${JSON.stringify(remembered)}, 'cmi')
window.API = api
</script><iframe style="width:1300px;height:800px" src="/content/${entry}"></iframe>`
}

test('in an LMS: score, completion, and going on where one was, with nothing but what the LMS keeps', {
  timeout: 120_000,
}, async () => {
  const content = join(folder, 'content')
  const zip = unzipSync(
    packScorm(join(course, 'site'), chooseLessons(join(course, 'course.yaml')), 'shop/01-green-and-blue'),
  )
  for (const [path, bytes] of Object.entries(zip)) {
    mkdirSync(dirname(join(content, path)), { recursive: true })
    writeFileSync(join(content, path), bytes)
  }
  const manifest = readFileSync(join(content, 'imsmanifest.xml'), 'utf8')
  const entry = /scormtype="sco" href="([^"]+)"/.exec(manifest)?.[1] ?? ''
  for (const [, path = ''] of manifest.matchAll(/<file href="([^"]+)"/g)) expect(zip[path], path).toBeDefined()
  expect(Object.keys(zip).length).toBe([...manifest.matchAll(/<file /g)].length + 1)

  let remembered: object = { core: { student_id: 'ada', student_name: 'Ada', lesson_mode: 'normal', credit: 'credit' } }
  const runTime = readFileSync(createRequire(import.meta.url).resolve('scorm-again/scorm12/min'))
  const files = siteListener(content, '', '/content/')
  const server = createServer((request, response) => {
    if (request.url === '/lms') response.setHeader('Content-Type', 'text/html').end(lmsPage(remembered, entry))
    else if (request.url === '/scorm12.js') response.setHeader('Content-Type', 'text/javascript').end(runTime)
    else files(request, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const lms = originOf(server)
  const cmi = (page: Page) =>
    page.evaluate(() =>
      JSON.parse(JSON.stringify((window as unknown as { API: { cmi: object } }).API.cmi)),
    ) as Promise<{
      core: { lesson_status: string; lesson_location: string; score: { raw: string }; exit: string }
      suspend_data: string
    }>
  const lessonFrame = async (page: Page): Promise<Frame> => {
    await page.waitForFunction(() => {
      const outer = document.querySelector('iframe')?.contentDocument
      return outer?.querySelector('iframe')?.contentDocument?.querySelector('[data-lab-start], .workbench')
    })
    return page.frames().find(f => f.url().includes('/lessons/'))!
  }
  const leave = async (of: Page): Promise<void> => {
    await of.evaluate(() => document.querySelector('iframe')?.remove())
    await of.waitForFunction(() => (window as unknown as { API: { isTerminated(): boolean } }).API.isTerminated())
  }
  const open = async (context?: BrowserContext) => {
    const opened = await newPage({ locale: 'en-GB', ...(context && { context }) })
    // As in a browser that gives frames no storage.
    await opened.page.addInitScript(() =>
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      }),
    )
    await opened.page.goto(`${lms}/lms`)
    return opened
  }

  const { page, errors } = await open()
  const frame = await lessonFrame(page)
  expect((await cmi(page)).core.lesson_status).toBe('incomplete')
  // Its ways out are the LMS's.
  expect(await frame.locator('.bar a:visible').count()).toBe(2)
  await frame.locator('[data-lab-start]').click()
  await frame.waitForSelector('.workbench[data-phase="ready"]', { timeout: 30_000 })
  await solve(frame)
  await page.waitForFunction(
    () => (window as unknown as { API: { cmi: { core: { score: { raw: string } } } } }).API.cmi.core.score.raw === '50',
  )
  await shot(page, 'lms-lesson')
  // Left: what was typed last is told as well, and that it has to be kept.
  await leave(page)
  const { core, suspend_data } = await cmi(page)
  remembered = { core: { ...core, entry: 'resume' }, suspend_data }
  expect(remembered).toMatchObject({
    core: { lesson_status: 'incomplete', lesson_location: expect.stringMatching(/^en#/) },
  })
  expect(errors).toEqual([])
  await page.context().close()

  // Another day, another machine.
  const second = await open()
  const again = await lessonFrame(second.page)
  await again.locator('[data-exercise="switch"][data-passed]').waitFor()
  await again.locator('[data-do="check"]').first().click()
  await again.locator('[data-exercise="switch"] [data-verdict][data-outcome="right"]').waitFor({ timeout: 30_000 })
  const tidy = again.locator('[data-exercise="tidy"]')
  await tidy.locator('details.solution summary').click()
  await tidy.locator('[data-do="solve"]').click()
  for (let tries = 0; tries < 30 && !(await tidy.locator('[data-outcome="right"]').count()); tries++) {
    await tidy.locator('[data-do="check"]').click()
    await second.page.waitForTimeout(500)
  }
  await second.page.waitForFunction(
    () =>
      (window as unknown as { API: { cmi: { core: { lesson_status: string } } } }).API.cmi.core.lesson_status ===
      'passed',
  )
  expect((await cmi(second.page)).core).toMatchObject({
    score: { raw: '100' },
    lesson_location: expect.stringMatching(/^en#./),
  })
  await leave(second.page)
  expect((await cmi(second.page)).core.exit).toBe('suspend')
})
