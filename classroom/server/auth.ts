/** Authentication: a cookie names a session, a session names a teacher or a learner. */
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import {
  closeSession,
  createLearnerSignedIn,
  isFresh,
  openSession,
  type SignedInLearner,
  type SignedInTeacher,
  teacherSignedIn,
} from '../domain/accounts.ts'
import { knowBrowser } from '../domain/guesses.ts'
import { Problem } from '../domain/problem.ts'
import type { Classroom, Env } from './context.ts'

// A cookie each, so that a teacher can join a class in the same browser to see what learners see.
const NAMES = { teacher: 'podlab_teacher', learner: 'podlab_learner', browser: 'podlab_browser' } as const
type Who = Exclude<keyof typeof NAMES, 'browser'>

/** Over https the name makes the browser refuse a cookie that another host of the domain has set. */
const nameOf = (room: Classroom, who: keyof typeof NAMES): string =>
  room.origin.startsWith('https:') ? `__Host-${NAMES[who]}` : NAMES[who]

/** Where somebody gets a second factor, or goes again; and what is a learner's. */
const GUARDING =
  /^\/(zh|en)\/classroom\/(two-factor|passkeys|sign-out|sign-in|oidc|password|join|come-back|me(\/.*)?)$|^\/classroom\/(api|oidc)\//

export function authenticate(room: Classroom): MiddlewareHandler<Env> {
  const learnerSignedIn = createLearnerSignedIn(room.db)
  return async (c, next) => {
    const tokens = { teacher: getCookie(c, nameOf(room, 'teacher')), learner: getCookie(c, nameOf(room, 'learner')) }
    const teacher = tokens.teacher && (await teacherSignedIn(room.db, tokens.teacher))
    if (teacher) c.set('teacher', teacher)
    if (teacher && room.secondFactor && !teacher.guarded && !GUARDING.test(c.req.path))
      return c.redirect(`/${c.req.path.startsWith('/zh/') ? 'zh' : 'en'}/classroom/two-factor`)
    const learner = tokens.learner && (await learnerSignedIn(tokens.learner))
    if (learner) c.set('learner', learner)
    return await next()
  }
}

/** What the browser holds of a teacher's session. */
export const tokenOf = (room: Classroom, c: Context<Env>): string => getCookie(c, nameOf(room, 'teacher')) ?? ''

/** For what goes on for hours: whether the session with which it was begun is still one. */
export const teacherNow = async (room: Classroom, c: Context<Env>): Promise<SignedInTeacher | undefined> =>
  teacherSignedIn(room.db, tokenOf(room, c))

/** By which a browser is known to the accounts that were signed in to with it; it opens nothing. */
export const browserOf = (room: Classroom, c: Context<Env>): string | undefined => getCookie(c, nameOf(room, 'browser'))

/** A new token at every sign-in: one that was planted before, or that this browser had, is worth nothing. */
export async function begin(
  room: Classroom,
  c: Context<Env>,
  who: { teacher: string } | { learner: string },
): Promise<void> {
  const kind: Who = 'teacher' in who ? 'teacher' : 'learner'
  const before = getCookie(c, nameOf(room, kind))
  if (before) await closeSession(room.db, before)
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure: room.origin.startsWith('https:') } as const
  setCookie(c, nameOf(room, kind), await openSession(room.db, who), {
    ...options,
    ...(kind === 'learner' && { maxAge: 90 * 86_400 }),
  })
  if ('learner' in who) return
  const known = await knowBrowser(room.db, who.teacher, browserOf(room, c))
  setCookie(c, nameOf(room, 'browser'), known, { ...options, maxAge: 365 * 86_400 })
}

export async function end(room: Classroom, c: Context<Env>, who: Who): Promise<void> {
  const token = getCookie(c, nameOf(room, who))
  if (token) await closeSession(room.db, token)
  deleteCookie(c, nameOf(room, who), { path: '/', secure: room.origin.startsWith('https:') })
}

export function teacherOf(c: Context<Env>): SignedInTeacher {
  const teacher = c.get('teacher')
  if (!teacher) throw new Problem('signed-out')
  return teacher
}

/**
 * For what opens an account or a class, gives it away or ends it: a screen that somebody has left alone must not be enough.
 * @param page where the form is, to come back to @throws Problem
 */
export function freshTeacherOf(c: Context<Env>, page = c.req.path): SignedInTeacher {
  const teacher = teacherOf(c)
  if (isFresh(teacher)) return teacher
  c.set('then', page)
  throw new Problem('sign-in-again')
}

/** Where signing in leads: a page of the classroom, and nothing else that an address may name. */
export const leadsTo = (lang: 'zh' | 'en', then: string | undefined): string =>
  then && /^\/(zh|en)\/classroom(\/[\w-]+)*$/.test(then) ? then : `/${lang}/classroom`

export function learnerOf(c: Context<Env>): SignedInLearner {
  const learner = c.get('learner')
  if (!learner) throw new Problem('signed-out')
  return learner
}
