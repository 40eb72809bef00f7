/** projected: several sources in one directory, among them the service account's token. */
import { InFlight } from '../../api/egress/outside.ts'
import { commonUser } from '../containers/security.ts'
import { configMapPayload } from './config-map.ts'
import { downwardPayload } from './downward-api.ts'
import { type Payload, writePayload } from './payload.ts'
import { secretPayload } from './secret.ts'
import type { VolumePlugin } from './volume.ts'
import { fsGroupOf } from './volume.ts'

const DEFAULT_SECONDS = 3600
/** A token is asked for anew after four fifths of its life, and after a day at the latest. */
const LONGEST_MS = 24 * 3_600_000

export const projectedVolume: VolumePlugin = {
  field: 'projected',
  setUp(request) {
    const { pod, sources: from } = request
    const { sources, defaultMode } = request.spec.projected!
    const namespace = pod.metadata.namespace ?? ''
    const payload: Payload = new Map()
    const follows: string[] = []
    const errors: string[] = []
    const due = request.present?.refreshAt !== undefined && request.present.refreshAt <= request.now
    let refreshAt = due ? Number.POSITIVE_INFINITY : (request.present?.refreshAt ?? Number.POSITIVE_INFINITY)
    const attempt = (put: () => void): void => {
      try {
        put()
      } catch (error) {
        if (error instanceof InFlight) throw error
        errors.push(error instanceof Error ? error.message : String(error))
      }
    }
    const add = (collect: () => Payload): void =>
      attempt(() => {
        for (const [path, file] of collect()) payload.set(path, file)
      })
    for (const { secret, configMap, downwardAPI, serviceAccountToken } of sources ?? []) {
      if (secret) {
        follows.push(`secret/${namespace}/${secret.name}`)
        add(() => secretPayload(request, secret.name ?? '', secret, defaultMode))
      } else if (configMap) {
        follows.push(`configmap/${namespace}/${configMap.name}`)
        add(() => configMapPayload(request, configMap, defaultMode))
      } else if (downwardAPI) add(() => downwardPayload(request, downwardAPI.items, defaultMode))
      else if (serviceAccountToken) {
        const { path, audience, expirationSeconds } = serviceAccountToken
        const uid = commonUser(pod)
        const mode = fsGroupOf(pod) === undefined && uid === undefined ? (defaultMode ?? 0o644) : 0o600
        const old = due ? undefined : request.present?.volume.root.read(`..data/${path}`)
        const lifetime = (expirationSeconds ?? DEFAULT_SECONDS) * 1000
        if (old === undefined) refreshAt = Math.min(refreshAt, request.now + Math.min(LONGEST_MS, lifetime * 0.8))
        attempt(() => {
          const data = old ?? from.serviceAccountToken(pod, { audience, expirationSeconds })
          payload.set(path, { data, mode, uid })
        })
      }
    }
    if (errors.length) throw new Error(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`)
    const mounted = writePayload(request, payload, follows)
    return Number.isFinite(refreshAt) ? { ...mounted, refreshAt } : mounted
  },
}
