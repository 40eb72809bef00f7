/** Mirrors Endpoints written by hand, for Services without a selector, into EndpointSlices. */
import { deepEqual } from '../../api/formats/json.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import type { EndpointSlice, Endpoints } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { MANAGED_BY, SERVICE_NAME } from './endpointslice.ts'

const MANAGER = 'endpointslicemirroring-controller.k8s.io'
const SKIP = 'endpointslice.kubernetes.io/skip-mirror'
const LEADER = 'control-plane.alpha.kubernetes.io/leader'
const NOT_COPIED = [
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
]

export const endpointSliceMirroringController: Controller = {
  name: 'endpointslicemirroring-controller',
  component: 'endpoint-slice-mirroring-controller',
  for: endpointsKind,
  watches: [watch(serviceKind, ({ object }) => [keyOf(object)])],
  reconcile,
}

/** The most addresses of one subset that are mirrored. */
const MAX_ADDRESSES = 1000

function reconcile({ namespace, name }: Key, { client, events }: ControllerContext): void {
  const endpoints = client.find(endpointsKind, namespace, name)
  const service = client.find(serviceKind, namespace, name)
  const present = client.withLabels(sliceKind, namespace, { [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER })
  const { labels, annotations } = endpoints?.metadata ?? {}
  const mirrored =
    endpoints && service && !service.spec.selector && labels?.[SKIP] !== 'true' && annotations?.[LEADER] === undefined
  const wanted = mirrored ? contents(endpoints) : []
  const skipped = mirrored ? skippedOf(endpoints) : 0
  if (skipped) {
    const text = `A max of ${MAX_ADDRESSES} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`
    events.event(endpoints!, 'Warning', 'TooManyAddressesToMirror', text)
  }
  for (const [i, slice] of present.entries()) {
    const content = wanted[i]
    if (!content) client.delete(sliceKind, namespace, slice.metadata.name)
    else if (!deepEqual([slice.endpoints ?? null, slice.ports ?? null], [content.endpoints, content.ports])) {
      client.update(sliceKind, { ...slice, ...content } as EndpointSlice)
    }
  }
  for (const content of wanted.slice(present.length)) {
    const kept = Object.entries(annotations ?? {}).filter(([k]) => !NOT_COPIED.includes(k))
    client.create(sliceKind, {
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: { ...labels, [MANAGED_BY]: MANAGER, [SERVICE_NAME]: name },
        ...(kept.length && { annotations: Object.fromEntries(kept) }),
        ownerReferences: [newControllerRef(endpoints!, endpointsKind)],
      },
      addressType: 'IPv4',
      ...content,
    } as never)
  }
}

/** How many addresses are not mirrored, as their subsets have too many. */
const skippedOf = ({ subsets }: Endpoints): number =>
  (subsets ?? []).reduce((sum, { addresses = [], notReadyAddresses = [] }) => {
    return sum + Math.max(0, addresses.length + notReadyAddresses.length - MAX_ADDRESSES)
  }, 0)

/** One slice for each subset. */
function contents({ subsets }: Endpoints): Record<'endpoints' | 'ports', unknown>[] {
  return (subsets ?? []).map(({ addresses, notReadyAddresses, ports }) => {
    const endpoint = (ready: boolean) => (a: NonNullable<typeof addresses>[number]) => ({
      addresses: [a.ip],
      conditions: { ready },
      ...(a.hostname && { hostname: a.hostname }),
      ...(a.nodeName && { nodeName: a.nodeName }),
      ...(a.targetRef && { targetRef: a.targetRef }),
    })
    const all = [...(addresses ?? []).map(endpoint(true)), ...(notReadyAddresses ?? []).map(endpoint(false))]
    const endpoints = all.slice(0, MAX_ADDRESSES)
    return {
      endpoints: endpoints.length ? endpoints : null,
      ports: ports?.length
        ? ports.map(p => ({ name: p.name ?? '', port: p.port, protocol: p.protocol ?? 'TCP' }))
        : null,
    }
  })
}
