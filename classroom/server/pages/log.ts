/** The audit log of a class, in words. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { type AuditEntry, auditLogOf } from '../../domain/audit.ts'
import { learnersOf } from '../../domain/learners.ts'
import { staffOf } from '../../domain/staff.ts'
import { type Lang, words } from '../../words/words.ts'
import type { Classroom, Env } from '../context.ts'
import { type Markup, table, when } from './frame.ts'
import { inClass, ownClass, titleOf } from './in-class.ts'

export function logPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  app.get('/log', async c => {
    const of = await ownClass(room, c, 'teacher')
    const lang = c.get('lang')
    const w = words[lang].log
    const [entries, learners, staff] = await Promise.all([auditLogOf(db, of.id), learnersOf(db, of), staffOf(db, of)])
    const names = new Map([
      ...learners.map(l => [l.id, l.nickname] as const),
      ...staff.map(m => [m.id, m.name] as const),
    ])
    /** What people call the objects that an entry names. */
    const shown = (name: string, value: unknown): string => {
      if (name === 'lesson') return titleOf(room, lang, String(value))
      // Who is deleted is forgotten, here as well.
      if (name === 'learner' || name === 'teacher') return names.get(String(value)) ?? w.gone
      if (name === 'role') return words[lang].people.roles[value as 'teacher'] ?? String(value)
      if (name === 'joinable') return value ? w.open : w.closed
      return String(value)
    }
    return inClass(
      c,
      of,
      'log',
      table(
        [w.at, w.actor, w.action],
        entries.map(
          d =>
            html`<tr><td>${when(d.at, lang, of.timezone)}</td><td>${d.actor === 'learner' ? w.learner : d.actor}</td><td>${said(lang, d, shown)}</td></tr>`,
        ),
      ),
    )
  })
  return app
}

/** The sentence of an entry, with its details; as it is stored where there is no sentence. */
function said(
  lang: Lang,
  { action, detail = {} }: AuditEntry,
  shown: (name: string, value: unknown) => string,
): Markup | string {
  const sentence = words[lang].log.actions[action]
  if (!sentence) return html`${action} <small>${JSON.stringify(detail)}</small>`
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => shown(name, detail[name] ?? ''))
}
