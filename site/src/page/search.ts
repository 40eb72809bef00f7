/** The search page: asks the index that the build has made, and shows where the words stand. */

import { base } from './base.ts'

interface Found {
  url: string
  meta: { title?: string }
  excerpt: string
  sub_results: { title: string; url: string; excerpt: string }[]
}
interface Pagefind {
  options(options: { baseUrl: string }): Promise<void>
  search(term: string): Promise<{ results: { data(): Promise<Found> }[] }>
}

const MOST = 20
const SECTIONS = 3

const form = document.querySelector<HTMLFormElement>('[data-search]')!
const field = form.querySelector<HTMLInputElement>('input')!
const told = document.querySelector<HTMLElement>('[data-search-status]')!
const list = document.querySelector<HTMLElement>('[data-search-results]')!

let loading: Promise<Pagefind> | undefined
function load(): Promise<Pagefind> {
  // Made after the site is bundled, so the bundler must not look for it.
  loading ??= (async () => {
    const pagefind = (await import(/* @vite-ignore */ new URL('pagefind/pagefind.js', base).href)) as Pagefind
    await pagefind.options({ baseUrl: base.pathname })
    return pagefind
  })()
  return loading
}

/** pagefind marks what was found with <mark> in text that it has escaped; only that is let through. */
function excerpt(html: string): DocumentFragment {
  const made = document.createDocumentFragment()
  const text = new DOMParser().parseFromString(html, 'text/html')
  for (const node of text.body.childNodes) {
    const marked = node.nodeName === 'MARK'
    const part = marked ? document.createElement('mark') : document.createTextNode(node.textContent ?? '')
    if (marked) part.textContent = node.textContent
    made.append(part)
  }
  return made
}

function item({ url, meta, excerpt: words, sub_results }: Found): HTMLElement {
  const li = document.createElement('li')
  const place = (title: string, address: string, text: string, tag: 'h2' | 'h3'): void => {
    const head = document.createElement(tag)
    const link = document.createElement('a')
    link.href = address
    link.textContent = title
    head.append(link)
    const p = document.createElement('p')
    p.append(excerpt(text))
    li.append(head, p)
  }
  const sections = sub_results.filter(s => s.url !== url).slice(0, SECTIONS)
  place(meta.title ?? url, url, words, 'h2')
  for (const section of sections) place(section.title, section.url, section.excerpt, 'h3')
  return li
}

let turn = 0
async function look(term: string): Promise<void> {
  const mine = ++turn
  if (!term) {
    list.replaceChildren()
    told.textContent = ''
    return
  }
  try {
    const { results } = await (await load()).search(term)
    const found = await Promise.all(results.slice(0, MOST).map(r => r.data()))
    if (mine !== turn) return
    list.replaceChildren(...found.map(item))
    const words =
      results.length === 0 ? told.dataset.none : results.length === 1 ? told.dataset.one : told.dataset.found
    told.textContent = (words ?? '').replace('{n}', String(results.length))
  } catch (error) {
    console.error(error)
    told.textContent = told.dataset.failed ?? ''
  }
}

const asked = (): string => new URLSearchParams(location.search).get('q')?.trim() ?? ''
let timer: ReturnType<typeof setTimeout> | undefined
const changed = (patience: number): void => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const term = field.value.trim()
    history.replaceState(null, '', term ? `?q=${encodeURIComponent(term)}` : location.pathname)
    void look(term)
  }, patience)
}
field.addEventListener('input', () => changed(250))
field.addEventListener('focus', () => void load().catch(console.error), { once: true })
form.addEventListener('submit', event => {
  event.preventDefault()
  changed(0)
})
field.value = asked()
if (field.value) void look(field.value)
else field.focus()
