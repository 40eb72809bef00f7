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
const tries = document.querySelector<HTMLElement>('[data-search-tries]')

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

/** Of a word that stands nowhere pagefind looks for its beginning, down to a single letter: such a page has not been found. */
function answers({ excerpt: html }: Found, term: string): boolean {
  const marked = [...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, text = '']) => text.toLowerCase())
  const asked = term.toLowerCase().split(/\s+/)
  const meant = (mark: string): boolean =>
    asked.some(
      word =>
        mark.includes(word.slice(0, Math.max(2, Math.ceil(word.length / 2)))) ||
        (word.includes(mark) && !/^[a-z0-9]$/.test(mark)),
    )
  return marked.length === 0 || marked.some(meant)
}

let turn = 0
async function look(term: string): Promise<void> {
  const mine = ++turn
  if (tries) tries.hidden = term !== ''
  if (!term) {
    list.replaceChildren()
    told.textContent = ''
    return
  }
  try {
    const { results } = await (await load()).search(term)
    const first = await Promise.all(results.slice(0, MOST).map(r => r.data()))
    if (mine !== turn) return
    const found = first.filter(page => answers(page, term))
    const pages = results.length - first.length + found.length
    list.replaceChildren(...found.map(item))
    if (tries) tries.hidden = pages > 0
    const words = pages === 0 ? told.dataset.none : pages === 1 ? told.dataset.one : told.dataset.found
    told.textContent = (words ?? '').replace('{n}', String(pages))
  } catch (error) {
    console.error(error)
    const { failed, noWasm } = told.dataset
    told.textContent = ('WebAssembly' in window ? failed : noWasm) ?? ''
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
