/** A line below a lesson's title, for who is in a class: which one, until when, their own page, and how to ask the teacher. */
import type { Words } from '../words/words.ts'

export interface Membership {
  class: string
  nickname: string
  /** Moments, where the lesson is set with dates. */
  opens: string | null
  due: string | null
}

const LONGEST_QUESTION = 500

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  own: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(name), own)
  made.append(...children)
  return made
}

/** @param ask sends the question with what was done so far; what it throws means that it did not arrive */
export function showStrip(t: Words['classroom'], of: Membership, ask: (text: string) => Promise<void>): void {
  const { lang = 'zh' } = document.documentElement.dataset
  // By the reader's own clock: for them it is when.
  const format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  const dates = [
    ...(of.opens && new Date(of.opens) > new Date() ? [t.opens(format.format(new Date(of.opens)))] : []),
    ...(of.due ? [t.due(format.format(new Date(of.due)))] : []),
  ]
  const facts = [t.in(of.class, of.nickname), ...dates].map(text => element('span', { textContent: text }))
  const mine = element('a', { href: `/${lang}/classroom/me`, textContent: t.mine })
  const strip = element(
    'div',
    { className: 'class-strip' },
    element('p', { className: 'lesson-facts' }, ...facts, mine),
    asking(t, ask),
  )
  document.querySelector('.lesson-head')?.append(strip)
}

function asking(t: Words['classroom'], ask: (text: string) => Promise<void>): HTMLElement {
  const text = element('textarea', { rows: 2, maxLength: LONGEST_QUESTION })
  const send = element('button', { className: 'button small', textContent: t.askSend })
  const said = element('p', { role: 'status' })
  const form = element(
    'form',
    {},
    element('p', { textContent: t.askLead }),
    element('label', {}, t.askWhat, text),
    send,
    said,
  )
  form.addEventListener('submit', async event => {
    event.preventDefault()
    send.disabled = true
    try {
      await ask(text.value)
      said.textContent = t.asked
      text.value = ''
    } catch (error) {
      console.warn(error)
      said.textContent = t.notAsked
    }
    send.disabled = false
  })
  return element('details', {}, element('summary', { textContent: t.ask }), form)
}
