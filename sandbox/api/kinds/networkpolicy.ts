/** NetworkPolicies. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { NetworkPolicy } from '../types.ts'
import { age, formatSelector, name } from './columns.ts'
import { configuration } from './validation/parts.ts'

export const networkPolicy = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  namespaced: true,
  hasGeneration: true,
  setDefaults(policy) {
    const spec = (policy.spec ??= {})
    spec.podSelector ??= {}
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      for (const port of rule?.ports ?? []) if (port) port.protocol ??= 'TCP'
    }
    if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']
  },
  checks: within(configuration, checks => checks.networkPolicy),
  columns: [name, { name: 'Pod-Selector', cell: p => formatSelector(p.spec.podSelector) }, age],
})
