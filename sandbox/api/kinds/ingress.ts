/** Ingresses and their classes. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Ingress, IngressClass } from '../types.ts'
import { age, name } from './columns.ts'
import { configuration } from './validation/parts.ts'

function hosts({ spec }: Ingress): string {
  const rules = spec.rules ?? []
  const named = rules.filter(r => r.host)
  if (!named.length) return '*'
  // Rules without a host are passed over while there is room, but count among the rest.
  const third = rules.indexOf(named[2] ?? rules.at(-1)!)
  const more = named.length >= 3 && third < rules.length - 1
  const shown = named.slice(0, 3).map(r => r.host)
  return `${shown.join(',')}${more ? ` + ${rules.length - 3} more...` : ''}`
}

const address = ({ status }: Ingress): string =>
  [...new Set((status.loadBalancer?.ingress ?? []).map(i => i.ip || i.hostname || '').filter(Boolean))].sort().join(',')

export const ingress = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  shortNames: ['ing'],
  namespaced: true,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(ingress) {
    ingress.spec ??= {}
    ingress.status ??= {}
    ingress.status.loadBalancer ??= {}
  },
  prepareForCreate(ingress) {
    ingress.status = { loadBalancer: {} }
  },
  checks: within(configuration, checks => checks.ingress),
  columns: [
    name,
    { name: 'Class', cell: i => i.spec.ingressClassName ?? '<none>' },
    { name: 'Hosts', cell: hosts },
    { name: 'Address', cell: address },
    { name: 'Ports', cell: i => (i.spec.tls?.length ? '80, 443' : '80') },
    age,
  ],
})

const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'

function parameters({ spec }: IngressClass): string {
  const ref = spec.parameters
  return ref ? `${ref.kind}${ref.apiGroup ? `.${ref.apiGroup}` : ''}/${ref.name}` : '<none>'
}

export const ingressClass = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  namespaced: false,
  hasGeneration: true,
  setDefaults(ingressClass) {
    ingressClass.spec ??= {}
    if (ingressClass.spec.parameters) ingressClass.spec.parameters.scope ??= 'Cluster'
  },
  checks: within(configuration, checks => checks.ingressClass),
  columns: [
    {
      ...name,
      cell: c => `${c.metadata.name}${c.metadata.annotations?.[DEFAULT_CLASS] === 'true' ? ' (default)' : ''}`,
    },
    { name: 'Controller', cell: c => c.spec.controller ?? '' },
    { name: 'Parameters', cell: parameters },
    age,
  ],
})
