/** Fields that Go's types print even when they hold nothing, for objects that were decoded into those types. */
import { isRecord, type Obj } from '../objects.ts'

const STATUS: Readonly<Record<string, Obj>> = {
  Pod: {},
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  ReplicationController: { replicas: 0 },
  StatefulSet: { availableReplicas: 0, replicas: 0 },
  DaemonSet: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  Job: {},
  CronJob: {},
  Service: { loadBalancer: {} },
  PersistentVolumeClaim: {},
}
const STRATEGY: Readonly<Record<string, string>> = {
  Deployment: 'strategy',
  StatefulSet: 'updateStrategy',
  DaemonSet: 'updateStrategy',
}

const withTime = (metadata: Obj): Obj => ({ creationTimestamp: null, ...metadata })

function withContainers(spec: Obj): Obj {
  const out: Obj = { ...spec }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
    if (Array.isArray(spec[list])) out[list] = spec[list].map((c: Obj) => ({ resources: {}, ...c, ...withDivisors(c) }))
  return out
}

/** An amount that is not given is 0 in Go, and printed so. */
const withDivisors = ({ env }: Obj): Obj =>
  Array.isArray(env) && env.some(e => e?.valueFrom?.resourceFieldRef)
    ? { env: env.map(e => (e?.valueFrom?.resourceFieldRef ? { ...e, valueFrom: typedSource(e.valueFrom) } : e)) }
    : {}
const typedSource = (from: Obj): Obj => ({ ...from, resourceFieldRef: { divisor: '0', ...from.resourceFieldRef } })

const withTemplate = (template: Obj): Obj => ({
  ...template,
  metadata: withTime(template.metadata),
  ...(template.spec && { spec: withContainers(template.spec) }),
})

export function typed(object: Obj): Obj {
  const { kind, spec, metadata } = object
  if (!(kind in STATUS)) return object
  const out: Obj = { ...object, metadata: withTime(metadata), status: { ...STATUS[kind], ...object.status } }
  if (!isRecord(spec)) return out
  out.spec = { ...(STRATEGY[kind] && { [STRATEGY[kind]]: {} }), ...spec }
  if (kind === 'Pod') out.spec = withContainers(spec)
  if (kind === 'Service' && spec.ports) out.spec.ports = spec.ports.map((p: Obj) => ({ targetPort: 0, ...p }))
  if (isRecord(spec.template)) out.spec.template = withTemplate(spec.template)
  if (kind === 'StatefulSet' && spec.volumeClaimTemplates)
    out.spec.volumeClaimTemplates = spec.volumeClaimTemplates.map(typedClaim)
  if (kind === 'CronJob' && isRecord(spec.jobTemplate)) {
    const job: Obj = spec.jobTemplate.spec ?? {}
    const template = isRecord(job.template) ? { template: withTemplate(job.template) } : {}
    out.spec.jobTemplate = {
      ...spec.jobTemplate,
      metadata: withTime(spec.jobTemplate.metadata),
      spec: { ...job, ...template },
    }
  }
  return out
}

const typedClaim = (claim: Obj): Obj => ({
  ...claim,
  metadata: withTime(claim.metadata),
  spec: { resources: {}, ...claim.spec },
  status: { ...claim.status },
})
