/** What the site is called and looks like when it is installed, in each language. */
import type { APIRoute } from 'astro'
import { htmlLang, type Lang, langs, wordsOf } from '../../words/words.ts'

export const getStaticPaths = () => langs.map(lang => ({ params: { lang } }))
export const GET: APIRoute = ({ params }) => {
  const lang = params.lang as Lang
  const t = wordsOf(lang)
  const icon = (size: number, purpose: string) => ({
    src: `/icons/${purpose}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })
  const manifest = {
    id: '/',
    name: `${t.name} ${t.nameBeside}`,
    short_name: t.name,
    description: t.home.description,
    lang: htmlLang[lang],
    start_url: `/${lang}/`,
    scope: '/',
    display: 'standalone',
    background_color: '#f7f5ec',
    theme_color: '#2f6b2a',
    categories: ['education', 'developer'],
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
    shortcuts: [
      { name: t.course.title, url: `/${lang}/lessons/` },
      { name: t.playground.title, url: `/${lang}/playground/` },
    ],
  }
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } })
}
