/** Podlab as a package, for courses that live elsewhere: the lessons, and what builds, checks, serves and grades a course. */
import { root } from '../ensure.mjs'
import { filesOf, writeJavaScript } from './javascript.mjs'
import { NO_PART_OF_IT } from './sandbox.mjs'

const ROOMS = ['classroom', 'course', 'lessons', 'sandbox', 'site']
/** What only tests and checks of types read; and what packages have of their own. */
const LEFT_OUT = /(^|\/)(e2e|harness)\/|-for-tests\.ts$|\.sim\.ts$|\.d\.m?ts$|(package\.json|podlab\.mjs)$/

export async function writeWhole(out) {
  const files = filesOf(root, ROOMS, NO_PART_OF_IT).filter(file => !LEFT_OUT.test(file))
  await writeJavaScript(root, [...files, 'astro.config.mjs'], out)
}
