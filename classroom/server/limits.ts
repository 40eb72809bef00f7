/** Rate limits: guessing a password or a code takes too long, and nobody can keep the server busy alone. */

import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Problem } from '../domain/problem.ts'
import type { Env } from './context.ts'

/** The client that asks, as far as that can be known. */
export function addressOf(c: Context, behindProxy: boolean): string {
  // The last entry is what our own proxy saw; those before it are the client's claims.
  const told = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return networkOf(told || (getConnInfo(c).remote.address ?? 'unknown'))
}

/** Whoever has one address of IPv6 has a network of them: the first 64 bits count. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  // URLs write every address in one way, and IPv4 within IPv6 in hexadecimal.
  const [left = '', right] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : [])
  const end = groups(right)
  const all = [...groups(left), ...Array(8 - groups(left).length - end.length).fill('0'), ...end]
  if (all.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return address.replace(/^.*:/, '')
  return `${all.slice(0, 4).join(':')}::/64`
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
 * Counts only what failed: an answer of 4xx.
 * @param meanwhile whether what is not answered yet counts as failed, so that nobody tries a thousand at once; a whole
 *   class behind one address may do so when it joins
 */
export function limitFailures(
  points: number,
  seconds: number,
  key: (c: Context<Env>) => string,
  meanwhile: 'counts' | 'free' = 'counts',
): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (c, next) => {
    const who = key(c)
    const spent = meanwhile === 'counts' ? await limiter.penalty(who) : await limiter.get(who)
    if (spent && (meanwhile === 'counts' ? spent.consumedPoints > points : spent.remainingPoints <= 0)) {
      c.header('Retry-After', String(Math.ceil(spent.msBeforeNext / 1000)))
      throw new Problem('too-many')
    }
    await next()
    const failed = c.res.status >= 400 && c.res.status < 500
    if (meanwhile === 'free' && failed) await limiter.penalty(who)
    if (meanwhile === 'counts' && !failed) await limiter.reward(who)
  }
}
