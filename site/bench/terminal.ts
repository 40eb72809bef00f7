/** How quickly the terminal answers: a key by its echo, a command by what it prints. */
import type { Browser, Page } from 'playwright-core'
import { type Lab, newPage, openPlayground } from './page.ts'

export const PODS = 20
const KEYS = 60
const COMMANDS = 30

/** When what was waited for had come to the terminal, and when something had been drawn after that; from the press of the key. */
interface Answer {
  heard: number
  drawn: number
}

interface Listening extends Lab {
  expect: string
  answer: Partial<Answer>
}

/** Notes, in the page itself, the times between a key and its answer. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const lab = document.querySelector('[data-lab]') as Listening
    let pressed = 0
    let text = ''
    lab.answer = {}
    addEventListener(
      'keydown',
      event => {
        pressed = event.timeStamp
        text = ''
        lab.answer = {}
      },
      true,
    )
    lab.podlab.onOutput(lab.podlab.state.get().terminal, data => {
      text += data
      if (text.includes(lab.expect)) lab.answer.heard ??= performance.now() - pressed
    })
    new MutationObserver(() => {
      if (lab.answer.heard !== undefined) lab.answer.drawn ??= performance.now() - pressed
    }).observe(document.querySelector('.screen .xterm-rows')!, { childList: true, characterData: true, subtree: true })
  })

async function answerTo(page: Page, key: string, expect: string): Promise<Answer> {
  await page.evaluate(text => {
    const lab = document.querySelector('[data-lab]') as Listening
    lab.expect = text
    lab.answer = {}
  }, expect)
  await page.keyboard.press(key)
  await page.waitForFunction(() => (document.querySelector('[data-lab]') as Listening).answer.drawn !== undefined)
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
  for (let i = 0; i < KEYS; i++) keys.push(await answerTo(page, 'x', 'x'))
  await answerTo(page, 'Control+c', '$')
  const commands: Answer[] = []
  for (let i = 0; i < COMMANDS; i++) {
    await page.keyboard.type('kubectl get pods')
    commands.push(await answerTo(page, 'Enter', 'AGE'))
    await page.waitForTimeout(50)
  }
  await page.context().close()
  return { keys, commands }
}
