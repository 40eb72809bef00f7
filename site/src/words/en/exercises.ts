/** The page of all exercises, in English. */
import type { Words } from '../words.ts'

export const exercises: Words['exercises'] = {
  title: 'All exercises',
  description: 'All exercises of Podlab, with your progress, which is kept in this browser alone.',
  lead: 'Your progress is kept in this browser alone.',
  progress: '{done} of {of} passed',
  passed: 'passed',
  open: 'not yet',
  export: 'Export all progress',
  exportWhy: 'Everything you have done, in one file: for your instructor to grade, or for yourself.',
  import: 'Import progress',
  importWhy: 'Go on here with a file that was exported on another machine. Nothing that is here is lost.',
  imported:
    'Lessons taken over: {taken}. Lessons with work of their own here, which stay as they are but for the exercises that were passed elsewhere: {kept}. To have the other work instead, start such a lesson over and import once more.',
  importFailed: 'This is no progress exported from this course. Nothing was changed.',
}
