/** The APIServices of the groups that this server brings with it: they say in which order groups and versions are listed. */
import { deepEqual } from '../formats/json.ts'
import type { ApiServer } from '../server.ts'
import type { APIService } from '../types.ts'

export const API_SERVICES = 'apiservices.apiregistration.k8s.io'

/** Says that the server looks after an APIService: once when it starts, or for as long as a definition serves that version. */
export const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged'

/** Group, its priority, and its versions with theirs. */
const PRIORITIES = `
- 18000 v1:1
apps 17800 v1:15
events.k8s.io 17750 v1:15
authentication.k8s.io 17700 v1:15
authorization.k8s.io 17600 v1:15
autoscaling 17500 v1:15 v2:30
batch 17400 v1:15
certificates.k8s.io 17300 v1:15
networking.k8s.io 17200 v1:15
policy 17100 v1:15
rbac.authorization.k8s.io 17000 v1:15
storage.k8s.io 16800 v1:15
admissionregistration.k8s.io 16700 v1:15
apiextensions.k8s.io 16700 v1:15
scheduling.k8s.io 16600 v1:15
coordination.k8s.io 16500 v1:15
node.k8s.io 16300 v1:15
discovery.k8s.io 16200 v1:15
resource.k8s.io 16200 v1:21
flowcontrol.apiserver.k8s.io 16100 v1:21`

/** What a local APIService is found to be. */
export const LOCAL = { status: 'True', reason: 'Local', message: 'Local APIServices are always available' } as const

type Spec = Pick<APIService['spec'], 'group' | 'version' | 'groupPriorityMinimum' | 'versionPriority'>

function specs(): Spec[] {
  return PRIORITIES.trim()
    .split('\n')
    .flatMap(row => {
      const [group, groupPriority, ...versions] = row.split(' ') as [string, string, ...string[]]
      return versions.map(text => {
        const [version, priority] = text.split(':') as [string, string]
        return {
          ...(group !== '-' && { group }),
          groupPriorityMinimum: Number(groupPriority),
          version,
          versionPriority: Number(priority),
        }
      })
    })
}

/** Written as they are, at each start of the server: what is missing is made, what has been changed is set right. */
export function bootstrapApiServices(server: ApiServer): void {
  const now = server.clock.timestamp()
  const random = server.random.fork(`api-services ${now}`)
  for (const spec of specs()) {
    const name = `${spec.version}.${spec.group ?? ''}`
    const present = server.store.get<APIService>(API_SERVICES, '', name)
    const made = {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: {
        name,
        uid: random.uuid(),
        resourceVersion: '',
        creationTimestamp: now,
        labels: { [AUTOMANAGED]: 'onstart' },
      },
      spec,
      status: { conditions: [{ lastTransitionTime: now, ...LOCAL, type: 'Available' }] },
    }
    if (!present) server.store.put(API_SERVICES, made)
    else if (isAutomanaged(present) && !deepEqual(present.spec, spec)) setRight(server, present, spec)
  }
}

function setRight(server: ApiServer, present: APIService, spec: Spec): void {
  const { metadata } = present
  const made: APIService = { ...present, metadata: { ...metadata }, spec }
  server.store.put(API_SERVICES, made, metadata.resourceVersion)
}

const isAutomanaged = ({ metadata }: APIService): boolean =>
  ['onstart', 'true'].includes(metadata.labels?.[AUTOMANAGED] ?? '')
