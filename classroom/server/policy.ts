/** The headers that keep a page to itself; and what a page in a platform's frame needs besides. */
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from './context.ts'

export interface Opening {
  /** Origins that may put the page into a frame. */
  frames: readonly string[]
  /** Origins besides our own that forms of the page are sent to. */
  forms?: readonly string[]
}

export const policy = (origin: string, opening: Opening = { frames: [] }): MiddlewareHandler<Env> =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'", ...(opening.forms ?? [])],
      frameAncestors: opening.frames.length ? [...opening.frames] : ["'none'"],
      baseUri: ["'none'"],
    },
    // Older than frame-ancestors, and it knows no list.
    xFrameOptions: opening.frames.length ? false : 'DENY',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: origin.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
  })

/**
 * The origin of an address that somebody else has named, as one word of a policy; none where it is not the web's. A host may
 * hold what ends a directive or begins another header (`;`, `,`) and what stands for any host (`*`): it gets nowhere.
 */
export function originOf(address: string | undefined): string[] {
  if (!address || !URL.canParse(address)) return []
  const { origin } = new URL(address)
  return /^https?:\/\/([\w.-]+|\[[\da-f:]+\])(:\d+)?$/.test(origin) ? [origin] : []
}
