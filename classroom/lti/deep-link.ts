/** Deep linking: what a teacher has chosen goes back to the platform, signed, as links to lessons. */
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import type { Assignment } from '../domain/classes.ts'
import { makeToken } from '../domain/secrets.ts'
import { CLAIM, type DeepLinkLaunch } from './claims.ts'
import { sign } from './keys.ts'
import { LAUNCH_PATH } from './launch.ts'
import type { Platform } from './platforms.ts'

export interface Chosen {
  lesson: string
  title: string
  /** Its dates, where the class has some. */
  assignment: Assignment | undefined
}

export const chosenShape = z.array(z.string().max(200)).max(200)

const contentItems = (origin: string, chosen: readonly Chosen[], withLineItems: boolean) =>
  chosen.map(({ lesson, title, assignment }) => ({
    type: 'ltiResourceLink',
    title,
    url: `${origin}${LAUNCH_PATH}`,
    custom: { lesson },
    ...(withLineItems && { lineItem: { label: title, scoreMaximum: 100, resourceId: lesson, tag: 'podlab' } }),
    ...(assignment?.opens && { available: { startDateTime: assignment.opens.toISOString() } }),
    ...(assignment?.due && { submission: { endDateTime: assignment.due.toISOString() } }),
  }))

/** @returns the JWT to post to the platform's return address */
export function deepLinkResponse(
  db: Db,
  origin: string,
  platform: Platform,
  launch: DeepLinkLaunch,
  chosen: readonly Chosen[],
): Promise<string> {
  const { data, accept_lineitem: lineItems } = launch[CLAIM.deepLinking]
  return sign(
    db,
    {
      iss: platform.client_id,
      aud: platform.issuer,
      nonce: makeToken(),
      [CLAIM.messageType]: 'LtiDeepLinkingResponse',
      [CLAIM.version]: '1.3.0',
      [CLAIM.deployment]: launch[CLAIM.deployment],
      [CLAIM.contentItems]: contentItems(origin, chosen, lineItems !== false),
      ...(data !== undefined && { [CLAIM.data]: data }),
    },
    300,
  )
}
