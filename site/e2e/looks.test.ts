/** The workbench in every size and theme: accessible, and pictures of it to look at. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadAxe, violations } from './axe.ts'
import {
  langs,
  newPage,
  origin,
  ready,
  shot,
  sizes,
  startLab,
  tablet,
  themes,
  typeInTerminal,
  useBrowser,
  type Watched,
  waitForScreen,
} from './browser.ts'

useBrowser()

/** The insides of the editor and the terminal are those of Monaco and xterm. */
const NOT_OURS = ['.monaco-editor', '.xterm']

/** Whether nothing of the part is cut off by the row that it stands in, which may scroll. */
const whole = (page: Page, row: string, part: string): Promise<boolean> =>
  page.evaluate(
    ([row, part]) => {
      const outer = document.querySelector(row)?.getBoundingClientRect()
      const inner = document.querySelector(`${row} > ${part}`)?.getBoundingClientRect()
      return outer !== undefined && inner !== undefined && inner.left >= outer.left && inner.right <= outer.right
    },
    [row, part] as const,
  )

const shapes = { ...sizes, tablet }

describe.each(langs)('the workbench is accessible, and looks right in %s', lang => {
  let watched: Watched
  // One cluster for all: sizes and themes are the style sheet's matter. It is started on a desk in Chinese, on a phone in English.
  beforeAll(async () => {
    const begun = lang === 'zh' ? 'wide' : 'narrow'
    watched = await newPage({ size: begun })
    const { page } = watched
    await page.goto(`${origin}/${lang}/lessons/life-of-a-pod/pods-do-not-heal-themselves/`)
    if (begun === 'wide') await startLab(page)
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
    await page.locator('[data-pod^="api-"][data-state="running"]').nth(2).waitFor({ state: 'attached' })
    await loadAxe(page)
  })

  test.each(
    themes.flatMap(theme =>
      (Object.keys(shapes) as (keyof typeof shapes)[])
        // Enough to see both themes and both languages on a tablet.
        .filter(size => size !== 'tablet' || (lang === 'zh') === (theme === 'light'))
        .map(size => [theme, size] as const),
    ),
  )('%s, %s', async (theme, size) => {
    const { page, strangers } = watched
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize(shapes[size])
    if (size !== 'wide') {
      await page.click('[data-tab-button="terminal"]')
      await shot(page, `lab-terminal-${lang}-${theme}-${size}`)
      await page.click('[data-tab-button="cluster"]')
    }
    await shot(page, `lab-${lang}-${theme}-${size}`)
    if (size === 'narrow') {
      await page.click('[data-tab-button="editor"]')
      expect(await whole(page, '.files', '.icon')).toBe(true)
      await page.click('[data-tab-button="cluster"]')
    }
    await page.locator('[data-pod="typo"]').click()
    await page.locator('.details .why', { hasText: 'ngnix' }).waitFor()
    await shot(page, `lab-details-${lang}-${theme}-${size}`)
    expect(await violations(page, NOT_OURS)).toEqual([])
    expect(strangers).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.details').waitFor({ state: 'detached' })
  })
})
