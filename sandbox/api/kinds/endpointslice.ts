/** EndpointSlices: the addresses behind a Service. */
import { present } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { defineKind } from '../kind.ts'
import type { EndpointSlice } from '../types.ts'
import { age, firstOf, name } from './columns.ts'
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validation/endpoints.ts'

const ports = ({ ports }: EndpointSlice): string =>
  firstOf(
    (ports ?? []).map(p => (p.port != null ? String(p.port) : (p.name ?? '*'))),
    3,
  ) || '<unset>'

const content = ({ addressType, endpoints, ports, metadata }: EndpointSlice): unknown => [
  addressType,
  endpoints,
  ports,
  metadata.labels,
]

export const endpointSlice = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  namespaced: true,
  hasGeneration: (slice, old) => !deepEqual(content(slice), content(old)),
  setDefaults(slice) {
    for (const port of slice.ports ?? []) {
      if (!port) continue
      port.name ??= ''
      port.protocol ??= 'TCP'
    }
  },
  checks: present({
    validate: slice => validateEndpointSlice(slice),
    validateUpdate: validateEndpointSliceUpdate,
    warnings: (slice, old) =>
      !old && slice.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [],
  }),
  columns: [
    name,
    { name: 'AddressType', cell: s => s.addressType },
    { name: 'Ports', cell: ports },
    {
      name: 'Endpoints',
      cell: s =>
        firstOf(
          (s.endpoints ?? []).flatMap(e => e.addresses ?? []),
          3,
        ) || '<unset>',
    },
    age,
  ],
})
