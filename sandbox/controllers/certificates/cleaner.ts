/** Clears requests for certificates away, an hour after they were answered, a day after they were made. A real one looks once an hour. */
import { certificateSigningRequest } from '../../api/kinds/certificatesigningrequest.ts'
import type { Controller } from '../controller.ts'
import { CONTROLLER_USER } from './signer.ts'

const HOUR_MS = 3_600_000
/** For who has not been answered, or approved and not signed. */
const WAITING_MS = 24 * HOUR_MS

export const cleanerController: Controller = {
  name: 'csrcleaner',
  for: certificateSigningRequest,
  reconcile({ name }, { client, clock }) {
    const request = client.find(certificateSigningRequest, '', name)
    if (!request) return undefined
    const { metadata, status } = request
    const conditions = status.conditions ?? []
    const ends = conditions.map(({ type, lastUpdateTime }) => {
      const isAnswered = type === 'Denied' || type === 'Failed' || status.certificate
      return Date.parse(lastUpdateTime ?? '') + (isAnswered ? HOUR_MS : WAITING_MS)
    })
    const end = conditions.length ? Math.min(...ends) : Date.parse(metadata.creationTimestamp) + WAITING_MS
    if (clock.now() < end) return { requeueAfter: end - clock.now(), quiet: true }
    client.as(CONTROLLER_USER).delete(certificateSigningRequest, '', name)
    return undefined
  },
}
