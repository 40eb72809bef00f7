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

/**
 * Counts only what failed: a whole class behind one address may join in the same minute, somebody who guesses may not
 * go on. An answer of 4xx is a failure.
 */
export function limitFailures(
  points: number,
  seconds: number,
  key: (c: Context<Env>) => string,
): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (c, next) => {
    const who = key(c)
    const spent = await limiter.get(who)
    if (spent && spent.remainingPoints <= 0) {
      c.header('Retry-After', String(Math.ceil(spent.msBeforeNext / 1000)))
      throw new Problem('too-many')
    }
    await next()
    if (c.res.status >= 400 && c.res.status < 500) await limiter.penalty(who)
  }
}
