/** ResourceQuota: what a namespace may hold. Charges the quotas before an object is stored. */
import type { Draft } from '../kind.ts'
import { resourceOf } from '../kind.ts'
import { parseQuantity } from '../resources/quantity.ts'
import {
  increase,
  type QuotaSpec,
  quotaConcerns,
  quotaMatches,
  quotaMissing,
  quotaUsage,
  type Resources,
  sumResources,
} from '../resources/quota.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

interface Quota extends KubeObject {
  spec: QuotaSpec
  status?: { hard?: Resources; used?: Resources }
}

const print = (resources: Resources, names: readonly string[]): string =>
  [...names]
    .sort()
    .map(name => `${name}=${parseQuantity(resources[name] ?? '0').text}`)
    .join(',')

const NO_QUOTAS: readonly [Quota, string[]][] = []

/** The quotas that an object counts in, each with what is counted there. Refuses what lacks something that one of them asks for. */
function pertinent(
  { kind, name, namespace, object, old }: AdmissionRequest,
  server: ApiServer,
): readonly [Quota, string[]][] {
  const quotas = server.context.list('resourcequotas', namespace) as readonly Quota[]
  if (!quotas.length) return NO_QUOTAS
  const resource = resourceOf(kind)
  const found: [Quota, string[]][] = []
  for (const quota of quotas) {
    const hard = quota.status?.hard ?? {}
    if (!quotaMatches(quota.spec, hard, resource, object)) continue
    const names = Object.keys(hard).filter(n => quotaConcerns(resource, n))
    const limits = Object.fromEntries(names.map(n => [n, hard[n]!]))
    const missing = old ? undefined : quotaMissing(limits, resource, object)
    if (missing) throw forbidden(kind, name, `failed quota: ${quota.metadata.name}: ${missing}`)
    const used = quota.status?.used ?? {}
    const unknown = names.filter(n => used[n] === undefined)
    if (unknown.length)
      throw forbidden(
        kind,
        name,
        `status unknown for quota: ${quota.metadata.name}, resources: ${names.sort().join(',')}`,
      )
    found.push([quota, names])
  }
  return found
}

function charge(request: AdmissionRequest, server: ApiServer): void {
  const { kind, name, namespace, object, old, dryRun } = request
  const quotas = pertinent(request, server)
  if (!quotas.length) return
  const resource = resourceOf(kind)
  const now = server.clock.now()
  const usage = quotaUsage(resource, object, now)
  const delta = old ? increase(usage, quotaUsage(resource, old, now)) : increase(usage, {})
  const charged: { quota: Quota; used: Resources }[] = []
  for (const [quota, names] of quotas) {
    const { hard = {}, used = {} } = quota.status ?? {}
    const requested = Object.fromEntries(Object.entries(delta).filter(([n]) => names.includes(n)))
    if (!Object.keys(requested).length) continue
    const after = sumResources(used, requested)
    const exceeded = Object.keys(requested).filter(n => parseQuantity(after[n]!).nano > parseQuantity(hard[n]!).nano)
    if (exceeded.length) {
      throw forbidden(
        kind,
        name,
        `exceeded quota: ${quota.metadata.name}, requested: ${print(requested, exceeded)}, used: ${print(used, exceeded)}, limited: ${print(hard, exceeded)}`,
      )
    }
    charged.push({ quota, used: after })
  }
  if (dryRun) return
  const quotaKind = server.registry.resource('resourcequotas')!
  for (const { quota, used } of charged) {
    server.update(
      quotaKind,
      namespace,
      quota.metadata.name,
      was => ({ ...was, metadata: { ...was.metadata }, status: { ...(was as Quota).status, used } }) as Draft,
      {
        subresource: 'status',
      },
    )
  }
}

export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate(request, server) {
    const { operation, namespace, object, subresource, kind } = request
    if (!namespace || !object || (subresource && subresource !== 'resize')) return
    if (
      operation === 'CREATE' ||
      (operation === 'UPDATE' &&
        (kind.plural === 'services' || kind.plural === 'persistentvolumeclaims' || subresource === 'resize'))
    ) {
      charge(request, server)
    }
  },
}
