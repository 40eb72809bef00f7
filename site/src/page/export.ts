/** Everything that a reader has done in a course, as one file: for whoever grades it, or to keep. */
import type { Work } from '../workbench/keeping.ts'
import { all, allProgress } from './keep.ts'

/** As `podlab grade` reads it. */
export async function exportEverything(): Promise<string> {
  const progress = await allProgress()
  const work = await all<Work>('work')
  const sessions = [...new Set([...progress.keys(), ...work.keys()])]
    // What belongs to a class goes to its classroom.
    .filter(lesson => !lesson.includes('#'))
    .sort()
    .map(lesson => {
      const { record, files } = work.get(lesson) ?? {}
      return { lesson, record, files, progress: progress.get(lesson) }
    })
  const { course } = document.documentElement.dataset
  return `${JSON.stringify({ format: 'podlab-progress', version: 1, course, on: new Date().toISOString(), sessions })}\n`
}

export function saveAs(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
