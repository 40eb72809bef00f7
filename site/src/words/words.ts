/** The interface's words: one file per language, the same keys in each (a missing one does not compile). */
import { en } from './en.ts'
import { zh } from './zh.ts'

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widened<T[K]> }

export type Words = Widened<typeof zh>

const langs = ['zh', 'en'] as const
export type Lang = (typeof langs)[number]

/** `lang` attribute and hreflang of each language. */
export const htmlLang: Record<Lang, string> = { zh: 'zh-CN', en: 'en' }
export const other = (lang: Lang): Lang => (lang === 'zh' ? 'en' : 'zh')

const all: Record<Lang, Words> = { zh, en }
export const wordsOf = (lang: Lang): Words => all[lang]
