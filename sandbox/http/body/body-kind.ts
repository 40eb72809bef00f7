/** The apiVersion and kind of a body, and whether they fit the request. */
import { isObject } from '../../api/formats/json.ts'
import { apiVersionOf, type KindDef } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'
import { badRequest, type StatusError } from '../../api/status.ts'
import { goTypeOf } from '../encoding/go-types.ts'

const HEAD = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
export const goKind = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

/** What Go finds that cannot say of which kind it is. */
export function typeFault(value: unknown): string | undefined {
  if (!isObject(value)) return `${goKind(value)} into Go value of type ${HEAD}`
  for (const field of ['apiVersion', 'kind']) {
    const held = value[field]
    if (held !== undefined && held !== null && typeof held !== 'string')
      return `${goKind(held)} into Go struct field .${field} of type string`
  }
  return undefined
}

/** @throws BadRequest for an object of another kind or version */
export function refuseOther(
  kind: KindDef,
  given: { apiVersion: string; kind: string },
  { registry, alsoAs }: { registry: Registry; alsoAs: readonly string[] },
  cannot: (why: string) => StatusError,
): void {
  const expected = apiVersionOf(kind)
  const sameVersion = given.apiVersion === expected || alsoAs.includes(given.apiVersion)
  if (given.kind === kind.kind && sameVersion) return
  if (kind.custom) {
    if (given.kind !== kind.kind && sameVersion)
      throw cannot(`no kind "${given.kind}" is registered for version "${given.apiVersion}"`)
  } else if (!isRegistered(registry, given)) {
    const where = 'in scheme "pkg/api/legacyscheme/scheme.go:30"'
    throw cannot(`no kind "${given.kind}" is registered for version "${given.apiVersion}" ${where}`)
  } else if (given.kind !== kind.kind) {
    const from = `${given.apiVersion.split('/').at(-1)}.${given.kind}`
    throw cannot(`converting (${from}) to (${goTypeOf(kind).slice(1)}): unknown conversion`)
  }
  throw badRequest(
    `the API version in the data (${given.apiVersion}) does not match the expected API version (${expected})`,
  )
}

/** Kinds of every version: what accompanies requests and answers. */
const EVERYWHERE = /^(?:(?:Create|Delete|Get|List|Patch|Update)Options|WatchEvent)$/
/** Kinds that are only in v1. */
const IN_V1 = new Set(['List', 'Status', 'APIVersions', 'APIGroup', 'APIGroupList', 'APIResourceList'])
/** Versions that are not served any more and can still be read. */
const OLD: Readonly<Record<string, RegExp>> = {
  'apps/v1beta1': /^(?:Deployment|StatefulSet|ControllerRevision)$/,
  'apps/v1beta2': /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ControllerRevision)$/,
  'extensions/v1beta1': /^(?:Deployment|DaemonSet|ReplicaSet|Ingress|NetworkPolicy)$/,
  'batch/v1beta1': /^CronJob$/,
  'policy/v1beta1': /^(?:PodDisruptionBudget|Eviction)$/,
  'networking.k8s.io/v1beta1': /^(?:Ingress|IngressClass|IPAddress|ServiceCIDR)$/,
  'rbac.authorization.k8s.io/v1beta1': /^(?:Cluster)?Role(?:Binding)?$/,
  'autoscaling/v2beta1': /^HorizontalPodAutoscaler$/,
  'autoscaling/v2beta2': /^HorizontalPodAutoscaler$/,
}

function isRegistered(registry: Registry, given: { apiVersion: string; kind: string }): boolean {
  const { apiVersion } = given
  const kind = given.kind.replace(/List$/, '')
  const found = registry.of(apiVersion, given.kind) ?? registry.of(apiVersion, kind)
  if (found) return !found.custom
  if (apiVersion === 'v1' && IN_V1.has(given.kind)) return true
  return EVERYWHERE.test(given.kind) || (OLD[apiVersion]?.test(kind) ?? false)
}
