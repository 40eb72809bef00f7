/** Lighthouse's audits of performance, accessibility, best practices and search, on a desk and on a phone. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteListener } from '../serve.mjs'
import { dist, firstLesson, langs } from './browser.ts'
import { type Auditor, CATEGORIES, type Form, openAuditor } from './lighthouse.ts'

let auditor: Auditor
let origin: string
/** The site with a service worker that does nothing: ours would fetch the whole site during each audit, and no score tells of it. */
const built = siteListener(dist)
const server = createServer((request, response) =>
  request.url === '/sw.js' ? response.setHeader('Content-Type', 'text/javascript').end() : built(request, response),
)
beforeAll(async () => {
  auditor = await openAuditor()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await auditor?.close()
  server.close()
  server.closeAllConnections()
})

const LEAST = 99
const TRIES = 3
/** What Lighthouse takes a machine to do, and how much slower a phone is. */
const DESK = 1750
const PHONE = 4

const pages = langs.flatMap(lang => ['', 'lessons/', firstLesson].map(path => `/${lang}/${path}`))
const forms: Form[] = ['desktop', 'mobile']

test.each(pages.flatMap(path => forms.map(form => [path, form] as const)))('%s, %s', async (path, form) => {
  const wanting: string[] = []
  let slowdown: number | undefined
  // What else runs on the machine only takes away, so the best try counts.
  for (let n = 1; n <= TRIES; n++) {
    try {
      // The last one waits until the page is quiet.
      const { scores, faults, machine } = await auditor.audit(origin + path, form, n === TRIES, slowdown)
      const short = CATEGORIES.filter(category => !((scores[category] ?? 0) >= LEAST))
      if (short.length === 0) return
      wanting.push(`${short.map(category => `${category} ${scores[category]}`)} (${faults}), the machine ${machine}`)
      // A machine so busy that it is as slow as a phone is not to be slowed down as well.
      if (form === 'mobile') slowdown = Math.min(PHONE, Math.max(1, (PHONE * machine) / DESK))
    } catch (error) {
      // The trace of a page that had to wait for a processor may lack its beginning.
      wanting.push(String(error))
    }
  }
  expect(wanting).toEqual([])
})
