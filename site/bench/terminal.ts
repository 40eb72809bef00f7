/** Latency of the terminal: of a key until its echo, of a command until what it prints. */
import type { Browser, Page } from 'playwright-core'
import { type Lab, newPage, openPlayground } from './page.ts'

export const PODS = 20
const KEYS = 60
const COMMANDS = 30

/** When what was waited for had come to the terminal, and when it had been drawn; from the press of the key. */
interface Answer {
  heard: number
  drawn: number
}

/** A key is answered when the cursor has gone on, and drawn when the screen shows it; a command by what is printed. */
type Expected = { shown: string } | { printed: string }

interface Listening extends Lab {
  expected: Expected
  answer: Partial<Answer>
}

/** Notes, in the page itself, the times between a key and its answer. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const lab = document.querySelector('[data-lab]') as Listening
    const rows = document.querySelector('.screen .xterm-rows')!
    let pressed = 0
    let text = ''
    lab.expected = { printed: '' }
    lab.answer = {}
    const note = (what: keyof Answer): void => {
      lab.answer[what] ??= performance.now() - pressed
    }
    addEventListener(
      'keydown',
      event => {
        pressed = event.timeStamp
        text = ''
        lab.answer = {}
      },
      true,
    )
    // It lies under the cursor, and follows as soon as the terminal has taken in what moves it.
    new MutationObserver(() => {
      if ('shown' in lab.expected) note('heard')
    }).observe(document.querySelector('.screen .xterm-helper-textarea')!, { attributeFilter: ['style'] })
    lab.podlab.onOutput(lab.podlab.state.get().terminal, data => {
      text += data
      if ('printed' in lab.expected && text.includes(lab.expected.printed)) note('heard')
    })
    new MutationObserver(() => {
      if ('shown' in lab.expected ? rows.textContent.includes(lab.expected.shown) : lab.answer.heard !== undefined)
        note('drawn')
    }).observe(rows, { childList: true, characterData: true, subtree: true })
  })

async function answerTo(page: Page, key: string, expected: Expected): Promise<Answer> {
  await page.evaluate(what => {
    const lab = document.querySelector('[data-lab]') as Listening
    lab.expected = what
    lab.answer = {}
  }, expected)
  await page.keyboard.press(key)
  await page.waitForFunction(() => {
    const { heard, drawn } = (document.querySelector('[data-lab]') as Listening).answer
    return heard !== undefined && drawn !== undefined
  })
  return page.evaluate(() => (document.querySelector('[data-lab]') as Listening).answer as Answer)
}

/** @returns each key's echo, and each answer to `kubectl get pods` from its Enter */
export async function typing(browser: Browser, origin: string): Promise<{ keys: Answer[]; commands: Answer[] }> {
  const page = await newPage(browser)
  await openPlayground(page, origin)
  await page.evaluate(async replicas => {
    const { podlab } = document.querySelector('[data-lab]') as Lab
    await podlab.run(`kubectl create deployment web --image=nginx:1.27 --replicas=${replicas}`, 20_000)
    await podlab.run('kubectl get pods', 20_000)
  }, PODS)
  await page.focus('.screen .xterm-helper-textarea')
  await listen(page)
  const keys: Answer[] = []
  for (let i = 1; i <= KEYS; i++) keys.push(await answerTo(page, 'x', { shown: 'x'.repeat(i) }))
  await answerTo(page, 'Control+c', { printed: '$' })
  const commands: Answer[] = []
  for (let i = 0; i < COMMANDS; i++) {
    await page.keyboard.type('kubectl get pods')
    commands.push(await answerTo(page, 'Enter', { printed: 'AGE' }))
    await page.waitForTimeout(50)
  }
  await page.context().close()
  return { keys, commands }
}
