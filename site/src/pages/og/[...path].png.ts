/** The picture that goes with a link to a lesson. */
import type { APIRoute } from 'astro'
import { lessons } from '../../course/course.ts'
import { lessonPicture } from '../../course/pictures.ts'

export const getStaticPaths = () =>
  lessons.map(lesson => ({ params: { path: lesson.path.replace(/\/$/, '') }, props: { lesson } }))
export const GET: APIRoute = async ({ props }) =>
  new Response(await lessonPicture(props.lesson), { headers: { 'content-type': 'image/png' } })
