/** The API for adding a passkey and signing in with one, as JSON. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { addPasskey, askPasskey, offerPasskey, signInByPasskey } from '../domain/passkeys.ts'
import { Problem } from '../domain/problem.ts'
import { begin, freshTeacherOf } from './auth.ts'
import type { Classroom, Env } from './context.ts'
import { addressOf, limit, limitFailures } from './limits.ts'

const text = z.string().max(20_000)
/** The browser's own shape (`toJSON`), as far as we look at it. */
const shape = z.looseObject({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
})
/** What is in it is for the library to read, which trusts none of it. */
const credential = <T extends RegistrationResponseJSON | AuthenticationResponseJSON>(): z.ZodType<T> =>
  z.custom<T>(value => shape.safeParse(value).success)
const added = z.object({ name: z.string().max(100), credential: credential<RegistrationResponseJSON>() })
const signingIn = credential<AuthenticationResponseJSON>()

export function passkeyApi(room: Classroom): Hono<Env> {
  const { db, origin } = room
  const api = new Hono<Env>()
  const address = (c: Parameters<typeof addressOf>[0]): string => addressOf(c, room.behindProxy)
  const slowly = limitFailures(10, 60, address)
  // A challenge is a row; nobody needs many.
  const seldom = limit(60, 60, address)
  api.use(bodyLimit({ maxSize: 64 * 1024 }))

  const body = async <T>(c: { req: { json(): Promise<unknown> } }, shape: z.ZodType<T>): Promise<T> => {
    const parsed = shape.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) throw new Problem('bad-request')
    return parsed.data
  }
  api.post('/offer', seldom, async c => c.json(await offerPasskey(db, origin, freshTeacherOf(c))))
  api.post('/add', slowly, async c => {
    const teacher = freshTeacherOf(c)
    const sent = await body(c, added)
    await addPasskey(db, origin, teacher, sent.name, sent.credential)
    return c.json({ done: true })
  })
  api.post('/ask', seldom, async c => c.json(await askPasskey(db, origin)))
  api.post('/sign-in', slowly, async c => {
    const teacher = await signInByPasskey(db, origin, await body(c, signingIn))
    await begin(room, c, { teacher: teacher.id })
    return c.json({ done: true })
  })
  return api
}
