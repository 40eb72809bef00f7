/** Defaults of a Pod, and of the Pod template of a workload. */
import type { Draft } from '../../kind.ts'
import { podResources } from '../../resources/pod-resources.ts'
import { setClaimSpecDefaults } from '../persistentvolumeclaim/defaults.ts'
import { setResourceDefaults, setResourceListDefaults } from '../resources.ts'
import { dropClosedFields } from './gates.ts'
import { isLatest } from './image.ts'

const each = (list: Draft, visit: (item: Draft) => void): void => {
  for (const item of list ?? []) if (item) visit(item)
}

function setHttpGetDefaults(get: Draft): void {
  if (!get) return
  get.path ||= '/'
  get.scheme ||= 'HTTP'
}

function setProbeDefaults(probe: Draft): void {
  if (!probe) return
  probe.timeoutSeconds ||= 1
  probe.periodSeconds ||= 10
  probe.successThreshold ||= 1
  probe.failureThreshold ||= 3
  setHttpGetDefaults(probe.httpGet)
  if (probe.grpc) probe.grpc.service ??= ''
}

function setContainerDefaults(c: Draft): void {
  c.imagePullPolicy ||= isLatest(c.image ?? '') ? 'Always' : 'IfNotPresent'
  c.terminationMessagePath ||= '/dev/termination-log'
  c.terminationMessagePolicy ||= 'File'
  c.resources ??= {}
  each(c.ports, port => {
    port.protocol ||= 'TCP'
  })
  each(c.env, variable => {
    if (variable.valueFrom?.fieldRef) variable.valueFrom.fieldRef.apiVersion ||= 'v1'
    if (variable.valueFrom?.fileKeyRef) variable.valueFrom.fileKeyRef.optional ??= false
  })
  setResourceDefaults(c.resources)
  setProbeDefaults(c.livenessProbe)
  setProbeDefaults(c.readinessProbe)
  setProbeDefaults(c.startupProbe)
  setHttpGetDefaults(c.lifecycle?.postStart?.httpGet)
  setHttpGetDefaults(c.lifecycle?.preStop?.httpGet)
}

const setDownwardDefaults = (source: Draft): void =>
  each(source?.items, item => {
    if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1'
  })

/** One entry per volume source that has defaults. */
const VOLUME_DEFAULTS: Record<string, (source: Draft) => void> = {
  hostPath(s) {
    s.type ??= ''
  },
  secret(s) {
    s.defaultMode ??= 0o644
  },
  configMap(s) {
    s.defaultMode ??= 0o644
  },
  downwardAPI(s) {
    s.defaultMode ??= 0o644
    setDownwardDefaults(s)
  },
  projected(s) {
    s.defaultMode ??= 0o644
    each(s.sources, source => {
      setDownwardDefaults(source.downwardAPI)
      if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600
    })
  },
  ephemeral(s) {
    if (s.volumeClaimTemplate) setClaimSpecDefaults((s.volumeClaimTemplate.spec ??= {}))
  },
  image(s) {
    s.pullPolicy ||= isLatest(s.reference ?? '') ? 'Always' : 'IfNotPresent'
  },
  iscsi(s) {
    s.iscsiInterface ||= 'default'
  },
  rbd(s) {
    s.pool ||= 'rbd'
    s.user ||= 'admin'
    s.keyring ||= '/etc/ceph/keyring'
  },
  azureDisk(s) {
    s.cachingMode ??= 'ReadWrite'
    s.fsType ??= 'ext4'
    s.readOnly ??= false
    s.kind ??= 'Shared'
  },
  scaleIO(s) {
    s.storageMode ||= 'ThinProvisioned'
    s.fsType ||= 'xfs'
  },
}

/** Kinds of storage that a volume by itself may be of, too. */
const STORAGE = ['hostPath', 'iscsi', 'rbd', 'azureDisk', 'scaleIO']

export function setStorageDefaults(spec: Draft): void {
  for (const key of STORAGE) if (spec[key]) VOLUME_DEFAULTS[key]!(spec[key])
}

function setVolumeDefaults(volume: Draft): void {
  const sources = Object.keys(volume).filter(key => key !== 'name' && volume[key])
  if (!sources.length) volume.emptyDir = {}
  for (const source of sources) VOLUME_DEFAULTS[source]?.(volume[source])
}

/** The defaults that a Pod and a template share. */
function setPodSpecDefaults(spec: Draft): void {
  // serviceAccount is the old name of serviceAccountName; the API keeps both equal.
  if (!spec.serviceAccountName && spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName
  spec.dnsPolicy ||= 'ClusterFirst'
  spec.restartPolicy ||= 'Always'
  spec.securityContext ??= {}
  spec.terminationGracePeriodSeconds ??= 30
  spec.schedulerName ||= 'default-scheduler'
  dropClosedFields(spec)
  each(spec.volumes, setVolumeDefaults)
  each(spec.initContainers, setContainerDefaults)
  each(spec.containers, setContainerDefaults)
  each(spec.ephemeralContainers, setContainerDefaults)
  setResourceListDefaults(spec.overhead)
  setResourceDefaults(spec.resources)
}

function setHostPorts(container: Draft): void {
  each(container.ports, port => {
    port.hostPort ||= port.containerPort
  })
}

function requestsFromLimits(container: Draft): void {
  const { resources } = container
  if (resources?.limits && Object.keys(resources.limits).length)
    resources.requests = { ...resources.limits, ...resources.requests }
}

/** A Pod that says something of itself as a whole has the huge pages that its containers have together, if it asks for none itself. */
function podHugePages(spec: Draft): void {
  const { resources, containers, initContainers } = spec
  if (!Object.keys({ ...resources?.limits, ...resources?.requests }).length) return
  const limits = Object.entries(podResources({ containers, initContainers }).limits)
  const missing = limits.filter(([name]) => isHugePages(name) && resources.requests?.[name] === undefined)
  if (missing.length) resources.limits = { ...Object.fromEntries(missing), ...resources.limits }
}

/** Once a Pod limits itself as a whole, it asks for what its containers ask for together, and for its limits where they ask for nothing. */
function podRequests(spec: Draft): void {
  const { resources } = spec
  if (!Object.keys(resources?.limits ?? {}).length) return
  const { containers, initContainers } = spec
  const asked = Object.entries(podResources({ containers, initContainers }).requests)
  const known = Object.entries(resources.limits).filter(([name]) => ofPods(name) || isHugePages(name))
  resources.requests = {
    ...Object.fromEntries([...known, ...asked.filter(([name]) => ofPods(name))]),
    ...resources.requests,
  }
}

const isHugePages = (resource: string): boolean => resource.startsWith('hugepages-')
const ofPods = (resource: string): boolean => resource === 'cpu' || resource === 'memory'

export function setPodTemplateDefaults(template: Draft): void {
  template.metadata ??= {}
  setPodSpecDefaults((template.spec ??= {}))
}

/** Unlike a template, a Pod gets requests from its limits, host ports in the host's network, and a second of grace at least. */
export function setPodDefaults(pod: Draft): void {
  const spec = (pod.spec ??= {})
  setPodSpecDefaults(spec)
  each(spec.containers, requestsFromLimits)
  each(spec.initContainers, requestsFromLimits)
  podHugePages(spec)
  podRequests(spec)
  if (spec.terminationGracePeriodSeconds < 0) spec.terminationGracePeriodSeconds = 1
  spec.enableServiceLinks ??= true
  if (spec.hostNetwork) {
    each(spec.containers, setHostPorts)
    each(spec.initContainers, setHostPorts)
  }
}
