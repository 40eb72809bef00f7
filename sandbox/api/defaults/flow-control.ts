/** The priority levels and flow schemas that a server begins with, which say which requests come before which; and whether a schema dangles. */
import type { Writer } from '../apply/managed-fields.ts'
import { noteWrite } from '../apply/owners.ts'
import { type KindDef, resourceOf } from '../kind.ts'
import { flowSchema, priorityLevelConfiguration } from '../kinds/flowcontrol.ts'
import type { ApiServer } from '../server.ts'
import type { FlowSchema, KubeObject } from '../types.ts'

type Condition = NonNullable<NonNullable<FlowSchema['status']>['conditions']>[number]

const SCHEMA = flowSchema
const LEVEL = priorityLevelConfiguration
const producer = (now: string): Writer => ({
  manager: 'api-priority-and-fairness-config-producer-v1',
  subresource: '',
  now,
})
const consumer = (now: string): Writer => ({
  manager: 'api-priority-and-fairness-config-consumer-v1',
  subresource: 'status',
  operation: 'Apply',
  now,
})

/** Name, shares, percentage to lend, and queues, hand and length of a level that queues. */
const LEVELS = `
catch-all 5 0
global-default 20 50 128 6 50
leader-election 10 0 16 4 50
node-high 40 25 64 6 50
system 30 33 64 6 50
workload-high 40 50 128 6 50
workload-low 100 90 128 6 50`

/** Name, level, precedence, what tells flows apart, for whom (U a user, G a group, S a service account), and rules: verbs groups resources, or verbs and paths. */
const SCHEMAS = `
catch-all catch-all 10000 ByUser G:system:unauthenticated,G:system:authenticated * * *|* *
exempt exempt 1 - G:system:masters * * *|* *
global-default global-default 9900 ByUser G:system:unauthenticated,G:system:authenticated * * *|* *
kube-controller-manager workload-high 800 ByNamespace U:system:kube-controller-manager * * *|* *
kube-scheduler workload-high 800 ByNamespace U:system:kube-scheduler * * *|* *
kube-system-service-accounts workload-high 900 ByNamespace S:* * * *|* *
probes exempt 2 - G:system:unauthenticated,G:system:authenticated get /healthz,/readyz,/livez
service-accounts workload-low 9000 ByUser G:system:serviceaccounts * * *|* *
system-leader-election leader-election 100 ByUser U:system:kube-controller-manager,U:system:kube-scheduler,S:* get,create,update coordination.k8s.io leases -
system-node-high node-high 400 ByUser G:system:nodes * core nodes,nodes/status|* coordination.k8s.io leases -
system-nodes system 500 ByUser G:system:nodes * * *|* *`

const rows = (table: string): string[] => table.trim().split('\n')

function levelSpec([shares, lendable, queues, handSize, queueLengthLimit]: number[]): object {
  const queuing = { handSize, queueLengthLimit, queues }
  return {
    limited: {
      lendablePercent: lendable,
      limitResponse: queues ? { queuing, type: 'Queue' } : { type: 'Reject' },
      nominalConcurrencyShares: shares,
    },
    type: 'Limited',
  }
}

function subject(text: string): object {
  const name = text.slice(2)
  if (text[0] === 'S') return { kind: 'ServiceAccount', serviceAccount: { name, namespace: 'kube-system' } }
  return text[0] === 'U' ? { kind: 'User', user: { name } } : { group: { name }, kind: 'Group' }
}

function schemaSpec([level, precedence, method, subjects, ...rest]: string[]): object {
  const lists = rest
    .join(' ')
    .split('|')
    .map(rule => rule.split(' ').map(word => (word === 'core' ? [''] : word.split(','))))
  const paths = lists.filter(rule => rule.length === 2)
  const resources = lists.filter(rule => rule.length > 2)
  return {
    ...(method !== '-' && { distinguisherMethod: { type: method } }),
    matchingPrecedence: Number(precedence),
    priorityLevelConfiguration: { name: level },
    rules: [
      {
        ...(paths.length && { nonResourceRules: paths.map(([verbs, urls]) => ({ nonResourceURLs: urls, verbs })) }),
        ...(resources.length && {
          resourceRules: resources.map(([verbs, apiGroups, names, namespaced]) => ({
            apiGroups,
            // Leases live in namespaces, and nothing else is asked for by that rule.
            ...(!namespaced && { clusterScope: true }),
            namespaces: ['*'],
            resources: names,
            verbs,
          })),
        }),
        subjects: subjects!.split(',').map(subject),
      },
    ],
  }
}

/** Written as they are, as the bootstrap policy is. */
export function bootstrapFlowControl(server: ApiServer): void {
  const random = server.random.fork('flow-control')
  const now = server.clock.timestamp()
  const put = (kind: KindDef, name: string, spec: object, conditions?: readonly Condition[]): void => {
    const bare = {
      apiVersion: `${kind.group}/${kind.version}`,
      kind: kind.kind,
      metadata: {
        name,
        uid: random.uuid(),
        resourceVersion: '',
        generation: 1,
        creationTimestamp: now,
        annotations: { 'apf.kubernetes.io/autoupdate-spec': 'true' },
      },
      spec,
      status: {},
    }
    server.store.put<KubeObject>(
      resourceOf(kind),
      { ...bare, ...(conditions && { status: { conditions } }) },
      '',
      made => {
        noteWrite(kind, undefined, conditions ? bare : made, producer(now))
        if (conditions) noteWrite(kind, bare, made, consumer(now))
      },
    )
  }
  put(LEVEL, 'exempt', { exempt: { lendablePercent: 0, nominalConcurrencyShares: 0 }, type: 'Exempt' })
  for (const row of rows(LEVELS)) {
    const [name, ...numbers] = row.split(' ')
    put(LEVEL, name!, levelSpec(numbers.map(Number)))
  }
  for (const row of rows(SCHEMAS)) {
    const [name, ...words] = row.split(' ')
    put(SCHEMA, name!, schemaSpec(words), [dangling(server, words[0]!)])
  }
}

/** Whether the level that a schema names is there. */
function dangling(server: ApiServer, level: string): Condition {
  const isThere = server.find(LEVEL, '', level) !== undefined
  const about = `This FlowSchema references the PriorityLevelConfiguration object named ${JSON.stringify(level)}`
  return {
    type: 'Dangling',
    status: isThere ? 'False' : 'True',
    lastTransitionTime: server.clock.timestamp(),
    reason: isThere ? 'Found' : 'NotFound',
    message: `${about} ${isThere ? 'and it exists' : 'but there is no such object'}`,
  }
}

function judge(server: ApiServer, name: string): void {
  const schema = server.find(SCHEMA, '', name) as FlowSchema | undefined
  if (!schema) return
  const verdict = dangling(server, schema.spec.priorityLevelConfiguration.name)
  const known = schema.status?.conditions ?? []
  const before = known.find(c => c.type === verdict.type)
  if (before && before.status === verdict.status && before.message === verdict.message) return
  const conditions = before ? known.map(c => (c === before ? verdict : c)) : [...known, verdict]
  const judged = { ...schema, metadata: { ...schema.metadata }, status: { ...schema.status, conditions } }
  server.store.put<KubeObject>(resourceOf(SCHEMA), judged, schema.metadata.resourceVersion, made =>
    noteWrite(SCHEMA, schema, made, consumer(server.clock.timestamp())),
  )
}

/** Says of each schema, a moment after a change of it or of a level, whether it dangles. */
export function followFlowControl(server: ApiServer): void {
  const since = server.store.revision
  server.watch(SCHEMA, { since }, ({ type, object }) => {
    if (type !== 'DELETED') server.clock.soon(() => judge(server, object.metadata.name))
  })
  server.watch(LEVEL, { since }, ({ type }) => {
    if (type === 'MODIFIED') return
    server.clock.soon(() => {
      for (const { metadata } of server.list(SCHEMA)) judge(server, metadata.name)
    })
  })
}
