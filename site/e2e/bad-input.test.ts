/** Bad input (no YAML, unknown kinds, far too big) is explained in words, and nothing is lost. */
import { describe, expect, test } from 'vitest'
import {
  firstLessonId,
  type Lab,
  openHello,
  ready,
  replaceText,
  screenText,
  sharedPage,
  typeInTerminal,
  untilKept,
  useBrowser,
  waitForScreen,
} from './browser.ts'

useBrowser()
const hello = sharedPage(openHello)

describe('bad input', () => {
  test('what is no YAML is told with its line, and nothing is run', async () => {
    const { page } = await hello()
    await replaceText(page, 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: [broken\n')
    await page.locator('.pane-foot .bad', { hasText: /Line [345]/ }).waitFor()
    await page.locator('.pane-editor .button').click()
    await waitForScreen(page, /error.*line \d+/is)
    expect(await page.locator('.leaf').count()).toBe(0)
  })

  test('a field that does not exist is refused by the cluster', async () => {
    const { page } = await hello()
    await replaceText(
      page,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containrs: []\n  containers: [{name: a, image: nginx}]\n',
    )
    await page.locator('.pane-foot .bad', { hasText: 'containrs' }).waitFor()
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
    const { page } = await hello()
    await replaceText(
      page,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: nowhere}\nspec:\n  containers: [{name: a, image: nginx}]\n',
    )
    await page.locator('.pane-foot .bad', { hasText: 'namespaces "nowhere" not found' }).waitFor()
  })

  test('a closing script tag is text like any other, and is kept', async () => {
    const { page, errors } = await hello()
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: page}\ndata:\n  x: "</script><img src=x onerror=alert(1)>"\n'
    await replaceText(page, text)
    await page.locator('.pane-editor .button').click()
    await waitForScreen(page, /configmap\/page created/)
    await untilKept(page, firstLessonId, text)
    await page.reload()
    await ready(page)
    await page.locator('.full-editor .view-lines', { hasText: '</script>' }).waitFor()
    expect(errors).toEqual([])
  })

  test('5 MB are refused in words, and nothing is lost', async () => {
    const { page } = await hello()
    const size = 5 * 1024 * 1024
    // Dropped into the editor as a paste would be; typing 5 MB takes the test's time, not the page's.
    await page.evaluate(bytes => {
      const lab = document.querySelector<Lab>('[data-lab]')!
      lab.podlab.setFile(
        'hello.yaml',
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {x: "${'a'.repeat(bytes)}"}\n`,
      )
    }, size)
    await page.locator('.plain-editor textarea').waitFor()
    await page.locator('.pane-editor .button').click()
    await page.locator('.pane-foot .bad', { hasText: '5.0 MiB' }).waitFor()
    expect((await page.locator('.plain-editor textarea').inputValue()).length).toBeGreaterThan(size)
    await typeInTerminal(page, 'kubectl get configmaps')
    await waitForScreen(page, /kube-root-ca\.crt|No resources/)
    expect(await screenText(page)).not.toContain('big ')
    await untilKept(page, firstLessonId, 'name: big')
    await page.reload()
    await ready(page)
    expect((await page.locator('.plain-editor textarea').inputValue()).length).toBeGreaterThan(size)
  })
})
