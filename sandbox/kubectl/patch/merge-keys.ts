/**
 * Strategic merge of the fields that are not simply replaced: the merge keys of lists, and the maps that keep their
 * keys.
 */

export interface Strategy {
  /** Lists of objects merge by this key; '' merges a list of words as a set. */
  mergeKey?: string
  /** Whole replacement of an object that would else be merged. */
  replace?: boolean
  /** The patch names the keys that stay. */
  retainKeys?: boolean
}

const byName: Strategy = { mergeKey: 'name' }
const byType: Strategy = { mergeKey: 'type' }
const IN_POD_SPEC: Readonly<Record<string, Strategy>> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  volumes: { mergeKey: 'name', retainKeys: true },
  imagePullSecrets: byName,
  hostAliases: { mergeKey: 'ip' },
  topologySpreadConstraints: { mergeKey: 'topologyKey' },
  schedulingGates: byName,
  resourceClaims: { mergeKey: 'name', retainKeys: true },
}
const IN_CONTAINER: Readonly<Record<string, Strategy>> = {
  env: byName,
  ports: { mergeKey: 'containerPort' },
  volumeMounts: { mergeKey: 'mountPath' },
  volumeDevices: { mergeKey: 'devicePath' },
}
/** Kind, then the path from the top. */
const OF_KIND: Readonly<Record<string, Strategy>> = {
  'Service spec.ports': { mergeKey: 'port' },
  'ServiceAccount secrets': byName,
  'Deployment spec.strategy': { retainKeys: true },
  'PodDisruptionBudget spec.selector': { replace: true },
  'Node spec.podCIDRs': { mergeKey: '' },
  'Node status.addresses': byType,
  'CSINode spec.drivers': byName,
  'ValidatingAdmissionPolicy spec.matchConditions': byName,
  'ValidatingAdmissionPolicy spec.variables': byName,
  'ValidatingWebhookConfiguration webhooks': byName,
  'MutatingWebhookConfiguration webhooks': byName,
}
const UNMERGED_CONDITIONS = new Set([
  'CertificateSigningRequest',
  'ValidatingAdmissionPolicy',
  'CustomResourceDefinition',
])
const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers'])
const NO_STRATEGY: Strategy = {}

/** @param path of field names from the object's top; lists add none of their own */
export function strategyOf(kind: string, path: readonly string[]): Strategy {
  const key = path.at(-1)!
  const parent = path.at(-2)
  const special = OF_KIND[`${kind} ${path.join('.')}`]
  if (special) return special
  if (parent === 'metadata')
    return key === 'ownerReferences' ? { mergeKey: 'uid' } : key === 'finalizers' ? { mergeKey: '' } : NO_STRATEGY
  if (parent !== undefined && CONTAINER_LISTS.has(parent)) return IN_CONTAINER[key] ?? NO_STRATEGY
  if (parent === 'spec') return IN_POD_SPEC[key] ?? NO_STRATEGY
  if (parent === 'status') {
    if (key === 'conditions' && !UNMERGED_CONDITIONS.has(kind)) return byType
    if (key === 'podIPs' || key === 'hostIPs') return { mergeKey: 'ip' }
  }
  return NO_STRATEGY
}
