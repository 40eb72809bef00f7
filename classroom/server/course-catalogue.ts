/** The lessons that a classroom can set, read from the course's folder. */
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lesson-folder.node.ts'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import type { Classroom } from './context.ts'

const titleIn = (text: string | undefined, id: string): string => /^title:\s*(.+)$/m.exec(text ?? '')?.[1]?.trim() ?? id
const slug = (folder: string): string => folder.replace(/^\d+-/, '')

export function readCourse(folder: string): Pick<Classroom, 'lessons' | 'catalogue'> {
  const lessons = new Map<string, LessonWorld>()
  const catalogue = new Map<string, { path: string; title: Record<'zh' | 'en', string> }>()
  for (const { id, files } of lessonFolders(folder) satisfies LessonFolder[]) {
    lessons.set(id, readLesson({ id, files }).world)
    catalogue.set(id, {
      path: `lessons/${id.split('/').map(slug).join('/')}/`,
      title: { zh: titleIn(files['zh.mdx'], id), en: titleIn(files['en.mdx'], id) },
    })
  }
  if (lessons.size === 0) throw new Error(`${folder} holds no lessons`)
  return { lessons, catalogue }
}
