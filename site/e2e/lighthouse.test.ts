/** Lighthouse's audits of performance, accessibility, best practices and search, on a desk and on a phone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLesson, langs, origin } from './browser.ts'
import { type Auditor, CATEGORIES, type Form, openAuditor } from './lighthouse.ts'

let auditor: Auditor
beforeAll(async () => {
  auditor = await openAuditor()
})
afterAll(() => auditor?.close())

const LEAST = 99
/** What else runs on a machine only takes away from a page's performance, so the best of three counts; the last waits for the page to be quiet. */
const PATIENCE = [false, false, true]

const pages = langs.flatMap(lang => ['', 'lessons/', firstLesson].map(path => `/${lang}/${path}`))
const forms: Form[] = ['desktop', 'mobile']

test.each(pages.flatMap(path => forms.map(form => [path, form] as const)))('%s, %s', async (path, form) => {
  const wanting: string[] = []
  for (const patient of PATIENCE) {
    const { scores, faults } = await auditor.audit(origin + path, form, patient)
    const short = CATEGORIES.filter(category => !((scores[category] ?? 0) >= LEAST))
    if (short.length === 0) return
    wanting.push(`${short.map(category => `${category} ${scores[category]}`).join(', ')} (${faults.join(', ')})`)
  }
  expect(wanting).toEqual([])
})
