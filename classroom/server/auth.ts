/** Who asks: a cookie names a session, a session names a teacher or a learner. */
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { closeSession, createLearnerSignedIn, openSession, type Teacher, teacherSignedIn } from '../domain/accounts.ts'
import type { Learner } from '../domain/learners.ts'
import { Problem } from '../domain/problem.ts'
import type { Classroom, Env } from './context.ts'

// A cookie each, so that a teacher can join a class in the same browser to see what learners see.
const NAMES = { teacher: 'podlab_teacher', learner: 'podlab_learner' } as const
type Who = keyof typeof NAMES

/** Over https the name makes the browser refuse a cookie that another host of the domain has set. */
const nameOf = (room: Classroom, who: Who): string =>
  room.origin.startsWith('https:') ? `__Host-${NAMES[who]}` : NAMES[who]

export function authenticate(room: Classroom): MiddlewareHandler<Env> {
  const learnerSignedIn = createLearnerSignedIn(room.db)
  return async (c, next) => {
    const tokens = { teacher: getCookie(c, nameOf(room, 'teacher')), learner: getCookie(c, nameOf(room, 'learner')) }
    const teacher = tokens.teacher && (await teacherSignedIn(room.db, tokens.teacher))
    if (teacher) c.set('teacher', teacher)
    const learner = tokens.learner && (await learnerSignedIn(tokens.learner))
    if (learner) c.set('learner', learner)
    await next()
  }
}

/** A new token at every sign-in: one that was planted before is worth nothing. */
export async function begin(
  room: Classroom,
  c: Context<Env>,
  who: { teacher: string } | { learner: string },
): Promise<void> {
  const kind: Who = 'teacher' in who ? 'teacher' : 'learner'
  setCookie(c, nameOf(room, kind), await openSession(room.db, who), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: room.origin.startsWith('https:'),
    ...(kind === 'learner' && { maxAge: 90 * 86_400 }),
  })
}

export async function end(room: Classroom, c: Context<Env>, who: Who): Promise<void> {
  const token = getCookie(c, nameOf(room, who))
  if (token) await closeSession(room.db, token)
  deleteCookie(c, nameOf(room, who), { path: '/', secure: room.origin.startsWith('https:') })
}

export function teacherOf(c: Context<Env>): Teacher {
  const teacher = c.get('teacher')
  if (!teacher) throw new Problem('forbidden')
  return teacher
}

export function learnerOf(c: Context<Env>): Learner & { secret: string } {
  const learner = c.get('learner')
  if (!learner) throw new Problem('forbidden')
  return learner
}
