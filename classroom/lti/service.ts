/** Asking a platform's services: a token for what is asked, and answers in pages. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import { hashToken } from '../domain/secrets.ts'
import { type Answer, jsonOf, type Outbound, OutboundError, type OutboundOptions } from '../net/outbound.ts'
import { withoutNulls } from './claims.ts'
import { sign } from './keys.ts'
import type { Platform } from './platforms.ts'

/** The platform's answer was a refusal. */
export class ServiceError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface Services {
  /** @throws ServiceError, OutboundError */
  ask(platform: Platform, scopes: readonly string[], url: string, options?: OutboundOptions): Promise<Answer>
  /** All pages of a list, as `Link: <…>; rel="next"` leads from one to the next. */
  pages(platform: Platform, scopes: readonly string[], url: string, accept: string): Promise<unknown[]>
}

const token = z.object({ access_token: z.string().min(1).max(8000), expires_in: z.coerce.number().optional() })
const DEFAULT_SECONDS = 3600
/** How long our own word for who we are is good for: minutes, since clocks differ. */
const ASSERTION_SECONDS = 300
/** Used no more this long before its end. */
const MARGIN_MS = 60_000
/** A list without an end is no list. */
const MOST_PAGES = 200

export function createServices(db: Db, outbound: Outbound): Services {
  const tokens = new Map<string, { token: string; until: number }>()

  async function tokenFor(platform: Platform, scopes: readonly string[]): Promise<string> {
    const key = hashToken(JSON.stringify([platform.id, platform.client_id, platform.token_url, ...scopes]))
    const kept = tokens.get(key)
    if (kept && kept.until > Date.now()) return kept.token
    const assertion = await sign(
      db,
      {
        iss: platform.client_id,
        sub: platform.client_id,
        aud: platform.token_audience ?? platform.token_url,
        jti: randomUUID(),
      },
      ASSERTION_SECONDS,
    )
    const answer = await outbound(platform.token_url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        scope: scopes.join(' '),
      }).toString(),
    })
    if (answer.status >= 400) throw new ServiceError(answer.status, `no token: ${answer.text.slice(0, 200)}`)
    const parsed = token.safeParse(jsonOf(answer, 'the token service'))
    if (!parsed.success) throw new OutboundError('the token service answers without a token')
    const seconds = parsed.data.expires_in ?? DEFAULT_SECONDS
    tokens.set(key, { token: parsed.data.access_token, until: Date.now() + seconds * 1000 - MARGIN_MS })
    return parsed.data.access_token
  }

  const ask: Services['ask'] = async (platform, scopes, url, options = {}) => {
    for (let attempt = 1; ; attempt++) {
      const bearer = await tokenFor(platform, scopes)
      const answer = await outbound(url, {
        ...options,
        headers: { ...options.headers, Authorization: `Bearer ${bearer}` },
      })
      // A token may be taken back before its time; the next one is another.
      if (answer.status === 401 && attempt === 1) {
        for (const [key, kept] of tokens) if (kept.token === bearer) tokens.delete(key)
        continue
      }
      if (answer.status < 200 || answer.status > 299)
        throw new ServiceError(answer.status, `${answer.status}: ${answer.text.slice(0, 200)}`)
      return answer
    }
  }

  return {
    ask,
    async pages(platform, scopes, url, accept) {
      const all: unknown[] = []
      let next: string | undefined = url
      for (let i = 0; next; i++) {
        if (i === MOST_PAGES) throw new OutboundError(`more than ${MOST_PAGES} pages`)
        const answer: Answer = await ask(platform, scopes, next, { headers: { Accept: accept } })
        all.push(withoutNulls(jsonOf(answer, 'the platform')))
        const following = nextOf(answer.header('link'))
        next = following && new URL(following, next).href
      }
      return all
    },
  }
}

/** RFC 8288, as far as pages need it. In steps, each of which takes no longer than the header is long. */
export const nextOf = (link = ''): string | undefined =>
  link
    .split(/,\s*(?=<)/)
    .map(one => /^\s*<([^>]*)>(.*)$/.exec(one))
    .find(one => one?.[2]?.split(';').some(part => /^\s*rel="?(?:[^"\s]+\s)*next\b/i.test(part)))?.[1]
