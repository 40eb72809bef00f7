/** The script of every page: change its colours, and keep the place when the language changes. */

import { keepForOffline } from './offline.ts'

const root = document.documentElement
const order = ['auto', 'light', 'dark'] as const
type Theme = (typeof order)[number]

const remember = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
}

const current = (): Theme => order.find(t => t === root.dataset.theme) ?? 'auto'

const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]')
const show = (): void => {
  if (!button) return
  const now = current()
  button.setAttribute('aria-label', button.dataset[`label${now[0]?.toUpperCase()}${now.slice(1)}`] ?? '')
  button.title = button.getAttribute('aria-label') ?? ''
  button.dataset.now = now
}
button?.addEventListener('click', () => {
  const next = order[(order.indexOf(current()) + 1) % order.length] ?? 'auto'
  if (next === 'auto') delete root.dataset.theme
  else root.dataset.theme = next
  remember('podlab.theme', next === 'auto' ? null : next)
  show()
  root.dispatchEvent(new CustomEvent('podlab:theme'))
})
show()

const language = document.querySelector<HTMLAnchorElement>('[data-language-switch]')
language?.addEventListener('click', () => {
  remember('podlab.lang', language.dataset.languageSwitch ?? null)
  // The same heading on the other side: both languages have the same ids on exercises and sections.
  const near = [...document.querySelectorAll<HTMLElement>('[data-place]')].findLast(
    place => place.getBoundingClientRect().top < innerHeight * 0.4,
  )
  const place = near && scrollY > 200 ? near.id : location.hash.slice(1)
  if (place) language.hash = place
})

keepForOffline()
