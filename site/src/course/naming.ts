/** The site's name and looks: Podlab's, or those of the course that somebody has made. */
import { readable } from '../../../course/contrast.ts'
import { type Lang, wordsOf } from '../words/words.ts'
import { course } from './course.ts'

export const nameOf = (lang: Lang): string =>
  course ? (course.brand.name?.[lang] ?? course.title[lang] ?? '') : wordsOf(lang).name

/** What stands beside the name. */
export const besideOf = (lang: Lang): string => (course ? '' : wordsOf(lang).nameBeside)

export const fullNameOf = (lang: Lang): string => `${nameOf(lang)} ${besideOf(lang)}`.trim()

/** @param own what Podlab's own site says there */
export const descriptionOf = (lang: Lang, own: string): string =>
  course ? (course.summary[lang] ?? course.title[lang] ?? '') : own

export const logo = course?.brand.logo && `brand/logo${/\.\w+$/.exec(course.brand.logo)?.[0]}`

/** The colours of links and buttons, by theme. */
export const colours = course?.brand.colour && {
  light: course.brand.colour,
  dark: course.brand.darkColour ?? readable(course.brand.colour, 'dark'),
}

/** Of a day as course.yaml has it. */
const dayIn = (day: string, lang: Lang): string =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )

/** When it opens and when it is due, in words; '' where neither is said. */
export function datesIn({ opens, due }: { opens?: string; due?: string }, lang: Lang): string {
  const t = wordsOf(lang).course
  return [opens && t.opens(dayIn(opens, lang)), due && t.due(dayIn(due, lang))].filter(Boolean).join(' · ')
}
