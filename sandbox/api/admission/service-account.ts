/** ServiceAccount: every Pod has one, and its token is mounted into every container that does not see to that itself. */
import type { Draft } from '../kind.ts'
import { pathSegment } from '../kinds/validation/content.ts'
import { forbidden } from '../status.ts'
import type { ServiceAccount } from '../types.ts'
import type { AdmissionPlugin } from './admission.ts'

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const VOLUME_PREFIX = 'kube-api-access-'
const MIRROR = 'kubernetes.io/config.mirror'
/** An hour, and a little so that a kubelet that warns can be told from one that was asked for an hour. */
const TOKEN_SECONDS = 3607

const tokenVolume = (name: string) => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
    defaultMode: 420,
  },
})

function mountToken(pod: Draft, suffix: () => string): void {
  const { spec } = pod
  const present: Draft | undefined = (spec.volumes ?? []).find((v: Draft) => v.name.startsWith(VOLUME_PREFIX))
  const name: string = present?.name ?? `${VOLUME_PREFIX}${suffix()}`
  let needed = false
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    if (container.volumeMounts?.some((m: Draft) => m.mountPath === TOKEN_PATH)) continue
    const mount = { name, readOnly: true, mountPath: TOKEN_PATH }
    container.volumeMounts = container.volumeMounts ? container.volumeMounts.concat(mount) : [mount]
    needed = true
  }
  if (!needed || present) return
  const volume = tokenVolume(name)
  spec.volumes = spec.volumes ? spec.volumes.concat(volume) : [volume]
}

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  of: ['pods'],
  admit(request, server) {
    if (request.operation !== 'CREATE') return
    const pod: Draft = request.object
    const { namespace, name, kind } = request
    const spec = pod.spec
    if (pod.metadata.annotations?.[MIRROR]) {
      if (spec.serviceAccountName) throw forbidden(kind, name, 'a mirror pod may not reference service accounts')
      return
    }
    spec.serviceAccountName ||= 'default'
    spec.serviceAccount = spec.serviceAccountName
    const account = server.store.get<ServiceAccount>('serviceaccounts', namespace, spec.serviceAccountName)
    if (!account) {
      const who = spec.serviceAccountName
      const faults = pathSegment(who)
      const why = faults.length
        ? `invalid resource name ${JSON.stringify(who)}: [${faults.join(' ')}]`
        : `serviceaccount "${who}" not found`
      throw forbidden(kind, name, `error looking up service account ${namespace}/${who}: ${why}`)
    }
    if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true)
      mountToken(pod, () => server.random.suffix())
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      spec.imagePullSecrets = account.imagePullSecrets.map(({ name }) => ({ name }))
    }
  },
}
