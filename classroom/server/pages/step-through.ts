/** From a record that a learner has handed in or shown to the workbench, where it can be stepped through. */
import { deflateRawSync } from 'node:zlib'
import { html } from 'hono/html'
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import { Problem } from '../../domain/problem.ts'
import { words } from '../../words/words.ts'
import { type Classroom, onSite } from '../context.ts'
import { page } from './frame.ts'
import type { C } from './in-class.ts'

/**
 * By a page with the record in the address of its link: a header has no room for a long session, and what stands after # is sent to
 * nobody.
 */
export function toWorkbench(
  room: Classroom,
  c: C,
  title: string,
  of: string,
  record: SessionRecord,
): Response | Promise<Response> {
  const lang = c.get('lang')
  const lesson = room.lessons.get(of)
  if (!lesson) throw new Problem('not-found')
  const shared = deflateRawSync(JSON.stringify({ record, files: {} })).toString('base64url')
  const to = `/${onSite(room, lang)}/${lesson.path}#shared=${shared}`
  return page(
    c,
    title,
    html`<p><a href="${to}" data-go>${words[lang].learner.watch}: ${lesson.title[lang]}</a></p><script type="module" src="/classroom/go.js"></script>`,
  )
}

/** @returns undefined for what was handed in, and refused for being no JSON */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
