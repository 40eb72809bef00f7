/** What the workbench needs of a lesson, fetched when it starts: never put into the page, whatever a manifest may hold. */
import type { APIRoute } from 'astro'
import { lessons } from '../../course/course.ts'

export const getStaticPaths = () => [
  { params: { id: 'playground' }, props: { world: null, open: [] } },
  ...lessons.map(({ id, world, open }) => ({ params: { id }, props: { world, open } })),
]
export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(props), { headers: { 'content-type': 'application/json' } })
