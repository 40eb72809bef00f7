/** Steps recorded on a real cluster, entered in the page's terminal: it shows what the real kubectl printed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { normalize, parseCase } from '../../sandbox/parity/run.mjs'
import { type Lab, newPage, origin, startLab, useBrowser } from './browser.ts'

useBrowser()

/** Of those that name no node, leave the shell as it was, and end each stream with a line; the unit tests play all of them, to each stream's last byte. */
const CASES = [
  'apply-dir-and-kustomize',
  'create-services-and-ingress',
  'create-workloads',
  'get-custom-columns-and-sort-by',
  'get-go-template',
  'get-jsonpath-edges',
  'get-names-and-not-found',
  'get-several-kinds',
  'label-and-annotate',
  'patch',
  'run-flags',
  'usage-errors-and-help',
]
const LEAST_STEPS = 100
/** So many are typed key by key, which takes seconds for each; the others are pasted. */
const BY_KEY = 2
/**
 * Ages are compared as well, which `normalize` knows up to "119s", but not "2m". So time passes no faster than the test's own, which
 * is given up before anything can be that old, however slow the machine; and a pause of the recording is slept, not skipped to the next event.
 */
const LONGEST_MS = 110_000
const PROMPT = '~ $ '
const PATIENCE_MS = 30_000
const COLOUR = /\x1b\[[\d;?]*[A-Za-z]/g
const folder = join(import.meta.dirname, '../../sandbox/parity/kubectl')

interface Step {
  kind: 'run' | 'quiet' | 'poll' | 'sleep'
  cmd: string
  seconds: number
}
interface Golden {
  stdout: string
  stderr: string
}
interface Listening {
  heard: string
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
/** A terminal shows the lines of both streams, each in its own order. */
function inOrder(shown: string, stream: string): boolean {
  const lines = linesOf(stream)
  let next = 0
  for (const line of linesOf(shown)) if (line === lines[next]) next++
  return next === lines.length
}

const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(words => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)

/** The playground's terminal, heard by bytes, and so wide that a long line is not drawn again as it wraps. */
async function openTerminal(page: Page): Promise<(line: string, byKey?: boolean) => Promise<string>> {
  await page.goto(`${origin}/en/playground/`)
  await startLab(page)
  await page.locator('.screen .xterm-helper-textarea').waitFor({ state: 'attached' })
  await page.evaluate(() => {
    const lab = document.querySelector<Lab & Listening>('[data-lab]')!
    lab.heard = ''
    lab.podlab.resize(lab.podlab.state.get().terminal, 2000, 24)
    lab.podlab.onOutput(lab.podlab.state.get().terminal, data => {
      lab.heard += data
    })
  })
  return async (line, byKey = false) => {
    await page.focus('.screen .xterm-helper-textarea')
    await page.evaluate(() => {
      document.querySelector<Lab & Listening>('[data-lab]')!.heard = ''
    })
    if (byKey) await page.keyboard.type(line)
    else await paste(page, line)
    await page.keyboard.press('Enter')
    let said = ''
    const end = Date.now() + PATIENCE_MS
    while (!(said.includes('\r\n') && said.endsWith(PROMPT))) {
      if (Date.now() > end) throw new Error(`no prompt came back from ${line}: ${JSON.stringify(said)}`)
      await page.waitForTimeout(10)
      said = await page.evaluate(() => document.querySelector<Lab & Listening>('[data-lab]')!.heard)
      said = said.replace(COLOUR, '')
    }
    return said.slice(said.indexOf('\r\n') + 2, -PROMPT.length).replaceAll('\r\n', '\n')
  }
}

test('a hundred steps', { timeout: LONGEST_MS }, async () => {
  const { page, errors } = await newPage()
  const enter = await openTerminal(page)
  let steps = 0
  for (const name of CASES) {
    const namespace = `case-${name}`
    const parsed: unknown = parseCase(readFileSync(join(folder, `${name}.case`), 'utf8'))
    const script = parsed as { steps: Step[]; files: Record<string, string> }
    const golden = JSON.parse(readFileSync(join(folder, `${name}.golden.json`), 'utf8')) as Golden[]
    await page.evaluate(
      files => {
        const { podlab } = document.querySelector<Lab & Listening>('[data-lab]')!
        for (const [path, text] of files) podlab.setFile(path, text)
      },
      Object.entries(script.files).map(([path, text]) => [path, text.replaceAll('<ns>', namespace)] as const),
    )
    await enter(`kubectl create namespace ${namespace}`)
    await enter(`kubectl config set-context --current --namespace=${namespace}`)
    for (const step of script.steps) {
      if (step.kind === 'sleep') {
        await page.evaluate(
          seconds =>
            document.querySelector<Lab & Listening>('[data-lab]')!.podlab.run(`sleep ${seconds}`, seconds * 1000),
          step.seconds,
        )
        continue
      }
      const shown = normalize(await enter(step.cmd.replaceAll('<ns>', namespace), steps < BY_KEY), namespace)
      if (step.kind === 'quiet') continue
      const { stdout, stderr } = golden.shift()!
      steps++
      const what = `${name}: ${step.cmd}\n${shown}`
      expect(linesOf(shown).sort(), what).toEqual([...linesOf(stdout), ...linesOf(stderr)].sort())
      for (const stream of [stdout, stderr]) expect(inOrder(shown, stream), what).toBe(true)
    }
  }
  expect(steps).toBeGreaterThanOrEqual(LEAST_STEPS)
  expect(errors).toEqual([])
})
