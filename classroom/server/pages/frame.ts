/** The frame of every page: head, navigation, main. Whatever stands in `${}` is escaped by the template. */

import type { Context } from 'hono'
import { html } from 'hono/html'
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
  } = {},
): Markup => html`<p class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${options.type ?? 'text'}" value="${options.value ?? ''}"${options.required === false ? '' : html` required`}${
  options.autocomplete ? html` autocomplete="${options.autocomplete}"` : ''
}${options.min === undefined ? '' : html` min="${options.min}"`}${options.max === undefined ? '' : html` max="${options.max}"`}${
  options.help ? html` aria-describedby="${name}-help"` : ''
}>
${options.help ? html`<small id="${name}-help">${options.help}</small>` : ''}
</p>`

export const button = (label: string, kind = ''): Markup =>
  html`<p><button class="button ${kind}">${label}</button></p>`

/** What was wrong with the form that was sent. */
export const problemNote = (text: string | undefined): Markup | '' =>
  text ? html`<p class="problem" role="alert">${text}</p>` : ''

/** Made once: a board of thousands writes a time in each row. */
const times = Object.fromEntries(
  (['zh', 'en'] as const).map(lang => [
    lang,
    new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: 'UTC',
    }),
  ]),
) as Record<Lang, Intl.DateTimeFormat>

/** As `when` shows it, in any language: to the minute. */
export const shortTime = (date: Date): number => Math.floor(date.getTime() / 60_000)

export const when = (date: Date | null, lang: Lang): Markup | '' =>
  date ? html`<time datetime="${date.toISOString().slice(0, 16)}Z">${times[lang].format(date)}</time>` : ''
