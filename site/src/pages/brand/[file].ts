/** A course's own logo and colours, as files: pages may not carry styles of their own. */
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { APIRoute } from 'astro'
import { onColour, stronger, type Theme } from '../../../../course/contrast.ts'
import { course } from '../../course/course.ts'
import { colours, logo } from '../../course/naming.ts'

const types: Record<string, string> = { '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp' }

/** Stronger than the rules of tokens.css, wherever the bundler puts those. */
function sheet({ light, dark }: Record<Theme, string>): string {
  const values = (colour: string, theme: Theme): string =>
    `--pea:${colour};--pea-strong:${stronger(colour, theme)};--on-pea:${onColour(colour)}`
  return `:root:root{${values(light, 'light')}}
@media (prefers-color-scheme:dark){:root:root:not([data-theme="light"]){${values(dark, 'dark')}}}
:root:root[data-theme="dark"]{${values(dark, 'dark')}}
`
}

export const getStaticPaths = () => [
  ...(colours ? [{ params: { file: 'colours.css' } }] : []),
  ...(logo ? [{ params: { file: logo.replace('brand/', '') } }] : []),
]
export const GET: APIRoute = ({ params }) => {
  const { file = '' } = params
  if (file === 'colours.css' && colours)
    return new Response(sheet(colours), { headers: { 'content-type': 'text/css' } })
  const picture = readFileSync(join(course?.folder ?? '', course?.brand.logo ?? ''))
  return new Response(new Uint8Array(picture), { headers: { 'content-type': types[extname(file)] ?? '' } })
}
