/** The order of fields in the types of the API, for objects that are printed as JSON before any server has seen them. */
import { isRecord, type Obj } from '../../objects.ts'

const TOP = ['kind', 'apiVersion', 'metadata', 'spec']
const META = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
]
const POD = [
  'volumes',
  'initContainers',
  'containers',
  'ephemeralContainers',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'activeDeadlineSeconds',
  'dnsPolicy',
  'nodeSelector',
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'nodeName',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'shareProcessNamespace',
  'securityContext',
  'imagePullSecrets',
  'hostname',
  'subdomain',
  'affinity',
  'schedulerName',
  'tolerations',
  'hostAliases',
  'priorityClassName',
  'priority',
]
const CONTAINER = [
  'name',
  'image',
  'command',
  'args',
  'workingDir',
  'ports',
  'envFrom',
  'env',
  'resources',
  'volumeMounts',
  'volumeDevices',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'imagePullPolicy',
  'securityContext',
  'stdin',
  'stdinOnce',
  'tty',
]
const SPEC: Readonly<Record<string, readonly string[]>> = {
  Pod: POD,
  Deployment: ['replicas', 'selector', 'template', 'strategy'],
  Service: [
    'ports',
    'selector',
    'clusterIP',
    'clusterIPs',
    'type',
    'externalIPs',
    'sessionAffinity',
    'loadBalancerIP',
    'externalName',
  ],
}
const PORT = ['name', 'protocol', 'port', 'targetPort', 'nodePort', 'containerPort']

function sorted(object: Obj, order: readonly string[]): Obj {
  if (!isRecord(object)) return object
  const out: Obj = {}
  for (const key of order) if (object[key] !== undefined) out[key] = object[key]
  for (const key of Object.keys(object)) if (!(key in out)) out[key] = object[key]
  return out
}

const container = (c: Obj): Obj => {
  const out = sorted(c, CONTAINER)
  if (Array.isArray(out.ports)) out.ports = out.ports.map((p: Obj) => sorted(p, PORT))
  return out
}

function podSpec(spec: Obj): Obj {
  const out = sorted(spec, POD)
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
    if (Array.isArray(out[list])) out[list] = out[list].map(container)
  return out
}

/** The same object, its known fields in their types' order. */
export function ordered(object: Obj): Obj {
  const out = sorted(object, TOP)
  if (isRecord(out.metadata)) out.metadata = sorted(out.metadata, META)
  if (isRecord(out.spec)) {
    out.spec = sorted(out.spec, SPEC[out.kind] ?? [])
    if (out.kind === 'Pod') out.spec = podSpec(out.spec)
    if (out.kind === 'Service' && Array.isArray(out.spec.ports))
      out.spec.ports = out.spec.ports.map((p: Obj) => sorted(p, PORT))
    const template = out.spec.template
    if (isRecord(template) && isRecord(template.spec)) out.spec.template = { ...template, spec: podSpec(template.spec) }
  }
  return out
}
