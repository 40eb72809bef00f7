/** How often somebody may try: guessing a password or a code takes too long, and nobody can keep the server busy alone. */

import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Problem } from '../domain/problem.ts'
import type { Env } from './context.ts'

/** Who asks, as far as that can be known. */
export function addressOf(c: Context, behindProxy: boolean): string {
  if (behindProxy) {
    // The last entry is what our own proxy saw; those before it are the client's claims.
    const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (told) return told
  }
  return getConnInfo(c).remote.address ?? 'unknown'
}

/** @param key by whom it is counted */
export function limit(points: number, seconds: number, key: (c: Context<Env>) => string): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (c, next) => {
    try {
      await limiter.consume(key(c))
    } catch {
      c.header('Retry-After', String(seconds))
      throw new Problem('too-many')
    }
    await next()
  }
}
