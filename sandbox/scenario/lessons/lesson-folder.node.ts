/** Reads lessons from a checkout's disk, for tests and the author's tools. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Lesson, parseLesson } from './lesson.ts'
import { describeProblem } from './yaml-reader.ts'

export interface LessonFolder {
  id: string
  /** Path within the folder → text. */
  files: Record<string, string>
}

/** Every lesson's folder, in the course's order: folders that begin with a number, whatever those around them are called. */
export function lessonFolders(root: string): LessonFolder[] {
  const names = (path: string) =>
    readdirSync(path)
      .filter(name => statSync(join(path, name)).isDirectory())
      .sort()
  return names(root).flatMap(chapter =>
    names(join(root, chapter))
      .filter(name => /^\d/.test(name))
      .map(name => ({ id: `${chapter}/${name}`, files: readFolder(join(root, chapter, name)) })),
  )
}

/** @throws an Error that tells the author every problem */
export function readLesson({ id, files }: LessonFolder): Lesson {
  const { lesson, problems } = parseLesson(id, files)
  if (!lesson) throw new Error(problems.map(describeProblem).join('\n'))
  return lesson
}

/** Path within a folder → text. */
export const readFolder = (path: string): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(path, { recursive: true }) as string[])
      .filter(name => statSync(join(path, name)).isFile())
      .sort()
      .map(name => [name, readFileSync(join(path, name), 'utf8')]),
  )
