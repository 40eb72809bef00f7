/** The table of contents, in English. */
import type { Words } from '../words.ts'
import { plural } from './plural.ts'

export const course: Words['course'] = {
  title: 'All lessons',
  description: 'All lessons of Podlab, from the first Pod to controllers, each with exercises to do in the browser.',
  heading: 'The course',
  lead: 'It reads best in order, but every lesson brings its own cluster, so you can start anywhere.',
  allExercises: 'All exercises, and your progress',
  minutes: n => `${n} min`,
  exercises: n => plural(n, 'exercise'),
  chapter: n => `Chapter ${n}`,
  done: 'Done',
  started: 'In progress',
  empty: 'The course is being written.',
  opens: day => `Opens ${day}`,
  due: day => `Due ${day}`,
}
