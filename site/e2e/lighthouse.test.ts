/** Lighthouse's audits of performance, accessibility, best practices and search, on a desk and on a phone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLesson, langs, origin } from './browser.ts'
import { type Auditor, CATEGORIES, openAuditor } from './lighthouse.ts'

let auditor: Auditor
beforeAll(async () => {
  auditor = await openAuditor()
})
afterAll(() => auditor?.close())

const LEAST = 99
/** Network and processor are simulated, so the performance depends little on the machine; what else runs there only takes away. */
const TRIES = 3

/** Each language in the form that is read most; `npm run bench:site` goes through all combinations. */
const forms = { zh: 'mobile', en: 'desktop' } as const

test.each(langs.flatMap(lang => ['', 'lessons/', firstLesson].map(path => [`/${lang}/${path}`, forms[lang]] as const)))(
  '%s, %s',
  async (path, form) => {
    let { scores, faults } = await auditor.audit(origin + path, form, false)
    for (let n = 1; n < TRIES && (scores.performance ?? 0) < LEAST; n++)
      ({ scores, faults } = await auditor.audit(origin + path, form, false))
    for (const category of CATEGORIES)
      expect(scores[category], `${category}: ${faults.join(', ')}`).toBeGreaterThanOrEqual(LEAST)
  },
)
