/** The web app manifest, in each language. */
import type { APIRoute } from 'astro'
import { target } from '../../../build/target.mjs'
import { langs } from '../../course/course.ts'
import { colours, descriptionOf, fullNameOf, nameOf } from '../../course/naming.ts'
import { htmlLang, type Lang, wordsOf } from '../../words/words.ts'

export const getStaticPaths = () => langs.map(lang => ({ params: { lang } }))
export const GET: APIRoute = ({ params }) => {
  const lang = params.lang as Lang
  const t = wordsOf(lang)
  const icon = (size: number, purpose: string) => ({
    src: `../icons/${purpose}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  const manifest = {
    // Below a path it is known by where it starts.
    ...(target.base === '/' && { id: '/' }),
    name: fullNameOf(lang),
    short_name: nameOf(lang),
    description: descriptionOf(lang, t.home.description),
    lang: htmlLang[lang],
    start_url: './',
    scope: '../',
    display: 'standalone',
    background_color: '#f7f5ec',
    theme_color: colours ? colours.light : '#2f6b2a',
    categories: ['education', 'developer'],
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
    shortcuts: [
      { name: t.course.title, url: './lessons/' },
      { name: t.playground.title, url: './playground/' },
    ],
  }
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } })
}
