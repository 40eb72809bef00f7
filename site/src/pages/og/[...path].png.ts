/** The picture that goes with a link to a lesson. */
import type { APIRoute } from 'astro'
import { target } from '../../../build/target.mjs'
import { course, lessons } from '../../course/course.ts'
import { lessonPicture } from '../../course/pictures.ts'

export const getStaticPaths = () =>
  // Whoever looks at a link from outside has to be told a whole address.
  (course && !target.site ? [] : lessons).map(lesson => ({
    params: { path: lesson.path.replace(/\/$/, '') },
    props: { lesson },
  }))
export const GET: APIRoute = async ({ props }) =>
  new Response(await lessonPicture(props.lesson), { headers: { 'content-type': 'image/png' } })
