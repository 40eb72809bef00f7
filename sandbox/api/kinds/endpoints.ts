/** Endpoints, the old form of EndpointSlices. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Endpoints } from '../types.ts'
import { age, firstOf, name } from './columns.ts'
import { endpointsWarnings, validateEndpoints, validateEndpointsUpdate } from './validation/endpoints.ts'

const hostPort = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)

function endpointList({ subsets }: Endpoints): string {
  if (!subsets?.length) return '<none>'
  const all = subsets.flatMap(({ addresses, ports }) =>
    ports?.length
      ? ports.flatMap(p => (addresses ?? []).map(a => hostPort(a.ip, p.port)))
      : (addresses ?? []).map(a => a.ip),
  )
  return firstOf(all, 3)
}

export const endpoints = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  createOnUpdate: true,
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  setDefaults(endpoints) {
    for (const subset of endpoints.subsets ?? []) {
      for (const port of subset?.ports ?? []) if (port) port.protocol ||= 'TCP'
    }
  },
  checks: present({
    validate: validateEndpoints,
    validateUpdate: validateEndpointsUpdate,
    warnings: endpointsWarnings,
  }),
  columns: [name, { name: 'Endpoints', cell: endpointList }, age],
  deprecated: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
})
