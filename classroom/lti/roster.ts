/** Takes a course's people from its platform (Names and Role Provisioning Services). */
import { z } from 'zod'
import { type Db, one } from '../db/db.ts'
import type { Teacher } from '../domain/accounts.ts'
import { record } from '../domain/audit.ts'
import type { Class } from '../domain/classes.ts'
import { Problem } from '../domain/problem.ts'
import { admit } from './arrive.ts'
import { roleOf, SCOPE } from './claims.ts'
import { platformById } from './platforms.ts'
import type { Services } from './service.ts'

const name = z.string().max(500).optional()
const container = z.looseObject({
  members: z.array(
    z.looseObject({
      user_id: z.string().min(1).max(255),
      roles: z.array(z.string()),
      status: z.enum(['Active', 'Inactive', 'Deleted']).default('Active'),
      name,
      given_name: name,
    }),
  ),
})
const ACCEPT = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json'

export interface Synced {
  learners: number
  staff: number
  /** Those the platform no longer counts in; what they did here stays until somebody deletes it. */
  gone: number
}

/** Where the class came from, for pages that offer what only a platform's class has. */
export const contextOf = (
  db: Db,
  of: Class,
): Promise<{ platform: string; memberships_url: string | null } | undefined> =>
  one(db, 'select platform, memberships_url from lti_context where class = $1', [of.id])

/** @throws Problem where the platform gives no list; ServiceError, OutboundError */
export async function syncRoster(db: Db, by: Teacher, of: Class, services: Services): Promise<Synced> {
  const context = await contextOf(db, of)
  const platform = context && (await platformById(db, context.platform))
  if (!platform || !context.memberships_url) throw new Problem('no-roster')
  const pages = await services.pages(platform, [SCOPE.memberships], context.memberships_url, ACCEPT)
  const members = pages.flatMap(page => container.parse(page).members)
  const synced: Synced = { learners: 0, staff: 0, gone: 0 }
  await db.transaction(async tx => {
    for (const member of members) {
      if (member.status !== 'Active') {
        synced.gone++
        continue
      }
      const person = await admit(tx, platform, of.id, {
        subject: member.user_id,
        name: member.name ?? member.given_name,
        role: roleOf(member.roles),
      })
      if ('learner' in person) synced.learners++
      else synced.staff++
    }
    await record(tx, { class: of.id, actor: by.email, action: 'roster.sync', detail: { ...synced } })
  })
  return synced
}
