/** Lighthouse's audits of accessibility, best practices and search, on a desk and on a phone. Its performance is measured by `npm run bench:site`. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLesson, langs, origin } from './browser.ts'
import { type Auditor, openAuditor } from './lighthouse.ts'

let auditor: Auditor
beforeAll(async () => {
  auditor = await openAuditor()
})
afterAll(() => auditor?.close())

const LEAST = 99

/** Each language in the form that is read most; `npm run bench:site` goes through all combinations. */
const forms = { zh: 'mobile', en: 'desktop' } as const

test.each(langs.flatMap(lang => ['', 'lessons/', firstLesson].map(path => [`/${lang}/${path}`, forms[lang]] as const)))(
  '%s, %s',
  async (path, form) => {
    const { scores, faults } = await auditor.audit(origin + path, form, ['accessibility', 'best-practices', 'seo'])
    for (const [category, score] of Object.entries(scores))
      expect(score, `${category}: ${faults.join('; ')}`).toBeGreaterThanOrEqual(LEAST)
  },
)
