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

/** Of a Pod. */
function withPodFields(spec: Obj): Obj {
  const out: Obj = { ...spec }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
    if (Array.isArray(spec[list])) out[list] = spec[list].map(withContainerFields)
  if (Array.isArray(spec.volumes)) out.volumes = spec.volumes.map(withVolumeFields)
  return out
}

const withContainerFields = (container: Obj): Obj => ({
  resources: {},
  ...container,
  ...(Array.isArray(container.env) && {
    env: container.env.map((e: Obj) => (e?.valueFrom ? { ...e, valueFrom: withDivisor(e.valueFrom) } : e)),
  }),
})

function withVolumeFields(volume: Obj): Obj {
  const withItems = (source: Obj): Obj =>
    Array.isArray(source?.downwardAPI?.items)
      ? { ...source, downwardAPI: { ...source.downwardAPI, items: source.downwardAPI.items.map(withDivisor) } }
      : source
  const out = withItems(volume)
  return Array.isArray(out?.projected?.sources)
    ? { ...out, projected: { ...out.projected, sources: out.projected.sources.map(withItems) } }
    : out
}

/** The unit of an amount of a container's resources: one that is not given is 0 in Go. */
const withDivisor = (holder: Obj): Obj =>
  isRecord(holder?.resourceFieldRef)
    ? { ...holder, resourceFieldRef: { divisor: '0', ...holder.resourceFieldRef } }
    : holder

const withTemplate = (template: Obj): Obj => ({
  ...template,
  metadata: withTime(template.metadata),
  ...(template.spec && { spec: withPodFields(template.spec) }),
})

export function typed(object: Obj): Obj {
  const { kind, spec, metadata } = object
  if (!(kind in STATUS)) return object
  const out: Obj = { ...object, metadata: withTime(metadata), status: { ...STATUS[kind], ...object.status } }
  if (!isRecord(spec)) return out
  out.spec = { ...(STRATEGY[kind] && { [STRATEGY[kind]]: {} }), ...spec }
  if (kind === 'Pod') out.spec = withPodFields(spec)
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
