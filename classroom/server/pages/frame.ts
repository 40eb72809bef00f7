/** The frame of every page: head, navigation, main. Whatever stands in `${}` is escaped by the template. */

import type { Context } from 'hono'
import { html } from 'hono/html'
import { Problem } from '../../domain/problem.ts'
import { type Lang, words } from '../../words/words.ts'
import type { Env } from '../context.ts'

export type Markup = ReturnType<typeof html>

export const page = (c: Context<Env>, title: string, body: Markup | Markup[]): Response | Promise<Response> => {
  const lang: Lang = c.get('lang')
  const w = words[lang]
  const other: Lang = lang === 'zh' ? 'en' : 'zh'
  const url = new URL(c.req.url)
  const teacher = c.get('teacher')
  return c.html(html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${w.name}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/classroom/style.css">
</head>
<body>
<a class="skip" href="#main">${w.skip}</a>
<header class="top">
<a class="brand" href="/${lang}/classroom/">${w.name}</a>
<nav>
<a href="/${lang}/">${w.course}</a>
<a href="${url.pathname.replace(/^\/(zh|en)/, `/${other}`)}${url.search}" hreflang="${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${w.otherLanguage}</a>
${teacher ? html`<form method="post" action="/${lang}/classroom/sign-out"><button>${w.signIn.out} (${teacher.name})</button></form>` : ''}
</nav>
</header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
</body>
</html>`)
}

/** A page in somebody's frame: no way to elsewhere in it. */
export const bare = (c: Context<Env>, title: string, body: Markup): Response | Promise<Response> =>
  c.html(html`<!doctype html>
<html lang="${c.get('lang') === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words[c.get('lang')].name}</title>
<link rel="stylesheet" href="/classroom/style.css">
</head>
<body>
<main id="main">
<h1>${title}</h1>
${body}
</main>
</body>
</html>`)

/** A labelled field; its help is read with it. */
export const field = (
  label: string,
  name: string,
  options: {
    type?: string
    help?: string
    value?: string
    required?: boolean
    autocomplete?: string
    min?: number
    max?: number
    maxlength?: number
  } = {},
): Markup => html`<p class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${options.type ?? 'text'}" value="${options.value ?? ''}"${options.required === false ? '' : html` required`}${
  options.autocomplete ? html` autocomplete="${options.autocomplete}"` : ''
}${options.min === undefined ? '' : html` min="${options.min}"`}${options.max === undefined ? '' : html` max="${options.max}"`}${options.maxlength === undefined ? '' : html` maxlength="${options.maxlength}"`}${
  options.help ? html` aria-describedby="${name}-help"` : ''
}>
${options.help ? html`<small id="${name}-help">${options.help}</small>` : ''}
</p>`

/** A field with one option for each. */
export const choice = (
  label: string,
  name: string,
  options: Iterable<readonly [value: string, shown: string]>,
  {
    chosen,
    help,
    id = name,
  }: { chosen?: string | undefined; help?: string /** Where the page has another of this name. */; id?: string } = {},
): Markup =>
  html`<p class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}"${help ? html` aria-describedby="${id}-help"` : ''}>${[
    ...options,
  ].map(
    ([value, shown]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${shown}</option>`,
  )}</select>
${help ? html`<small id="${id}-help">${help}</small>` : ''}</p>`

export const textArea = (
  label: string,
  name: string,
  { rows, maxlength, help }: { rows: number; maxlength?: number; help?: string },
): Markup =>
  html`<p class="field"><label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="${rows}" required${
    maxlength === undefined ? '' : html` maxlength="${maxlength}"`
  }${help ? html` aria-describedby="${name}-help"` : ''}></textarea>${help ? html`<small id="${name}-help">${help}</small>` : ''}</p>`

/** A name for each column, then the rows; on a narrow screen it scrolls by itself. */
export const table = (columns: readonly string[], rows: Markup | readonly Markup[]): Markup =>
  html`<div class="scroll" tabindex="0"><table><thead><tr>${columns.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`

export const button = (label: string, kind = ''): Markup =>
  html`<p><button class="button ${kind}">${label}</button></p>`

/** What whoever has sent a form is told of what went wrong; what is not for them is thrown on. */
export function problemOf(error: unknown, lang: Lang): string {
  if (!(error instanceof Problem)) throw error
  return words[lang].problems[error.kind]
}

/** What was wrong with the form that was sent. */
export const problemNote = (text: string | undefined): Markup | '' =>
  text ? html`<p class="problem" role="alert">${text}</p>` : ''

/** Made once: a board of thousands writes a time in each row. */
const formats = new Map<string, Intl.DateTimeFormat>()
const STYLES = {
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'short' },
  hour: { timeStyle: 'short' },
} as const
function formatOf(lang: Lang, timeZone: string, style: keyof typeof STYLES = 'moment'): Intl.DateTimeFormat {
  const key = `${lang} ${timeZone} ${style}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { ...STYLES[style], timeZone })
    formats.set(key, format)
  }
  return format
}

/** The day that it is then in the zone. */
export const dayOf = (date: Date, zone: string): string => formatOf('en', zone, 'day').format(date)

/** As `when` shows it, in any language: to the minute. */
export const shortTime = (date: Date | null): number => Math.floor((date?.getTime() ?? 0) / 60_000)

/** @param zone of the class; what belongs to none is told in UTC */
export const when = (date: Date | null, lang: Lang, zone = 'UTC'): Markup | '' =>
  date
    ? html`<time datetime="${date.toISOString().slice(0, 16)}Z">${formatOf(lang, zone).format(date)}${zone === 'UTC' ? ' UTC' : ''}</time>`
    : ''

/** As `when`; of today the hour alone. */
export const whenSince = (date: Date | null, lang: Lang, zone: string, now: Date): Markup | '' =>
  date && dayOf(date, zone) === dayOf(now, zone)
    ? html`<time datetime="${date.toISOString().slice(0, 16)}Z">${formatOf(lang, zone, 'hour').format(date)}</time>`
    : when(date, lang, zone)
