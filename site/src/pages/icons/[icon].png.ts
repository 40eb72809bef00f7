/** The icons of the installed site. */
import { join } from 'node:path'
import type { APIRoute } from 'astro'
import { course } from '../../course/course.ts'
import { icon, icons } from '../../course/pictures.ts'

export const getStaticPaths = () => icons.map(it => ({ params: { icon: it.name }, props: { it } }))
const logo = course?.brand.logo && join(course.folder, course.brand.logo)

export const GET: APIRoute = async ({ props }) =>
  new Response(await icon(props.it, logo), { headers: { 'content-type': 'image/png' } })
