/** Every page in every language, each naming its counterpart. */
import type { APIRoute } from 'astro'
import { absolute } from '../address.ts'
import { langs, lessons } from '../course/course.ts'
import { examLangs } from '../course/exam.ts'
import { htmlLang } from '../words/words.ts'

export const GET: APIRoute = ({ site }) => {
  // A map tells whole addresses; where nobody has said them there is none.
  if (!site) return new Response(null, { status: 204 })
  const at = (lang: string, path: string): string => absolute(`${lang}/${path}`, site) ?? ''
  const exam = examLangs.length ? ['exam/'] : []
  const paths = ['', 'lessons/', 'exercises/', ...exam, 'playground/', 'search/', ...lessons.map(l => l.path)]
  const urls = paths.flatMap(path =>
    langs.map(lang => {
      const alternates = langs
        .map(l => `<xhtml:link rel="alternate" hreflang="${htmlLang[l]}" href="${at(l, path)}"/>`)
        .join('')
      return `<url><loc>${at(lang, path)}</loc>${alternates}</url>`
    }),
  )
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`,
    { headers: { 'content-type': 'application/xml' } },
  )
}
