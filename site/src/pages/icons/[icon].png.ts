/** The icons of the installed site. */
import type { APIRoute } from 'astro'
import { icon, icons } from '../../course/pictures.ts'

export const getStaticPaths = () => icons.map(it => ({ params: { icon: it.name }, props: { it } }))
export const GET: APIRoute = async ({ props }) =>
  new Response(await icon(props.it), { headers: { 'content-type': 'image/png' } })
