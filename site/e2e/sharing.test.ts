/** A session given to others. */
import { expect, test } from 'vitest'
import { newPage, origin, ready, startLab, typeInTerminal, untilKept, useBrowser } from './browser.ts'

useBrowser()

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
  await untilKept(other, '', 'own --image=nginx:1.27\r')
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
  // The page is loaded anew once it is kept; until then it still shows what was visited.
  await other.locator('.notice-visiting').waitFor({ state: 'detached' })
  await ready(other)
  await other.locator('[data-pod="shared"]').waitFor()
  expect(await other.locator('.notice-visiting').count()).toBe(0)
  expect(errors).toEqual([])
})
