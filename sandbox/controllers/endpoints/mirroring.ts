/** Mirrors Endpoints written by hand, for Services without a selector, into EndpointSlices. */
import { deepEqual } from '../../api/formats/json.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { canonicalIP } from '../../api/kinds/validation/addresses.ts'
import type { EndpointSlice, Endpoints } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { MANAGED_BY, SERVICE_NAME } from './endpointslice.ts'
import { repack, type Subset } from './subsets.ts'

const MANAGER = 'endpointslicemirroring-controller.k8s.io'
const SKIP = 'endpointslice.kubernetes.io/skip-mirror'
const LEADER = 'control-plane.alpha.kubernetes.io/leader'
const NOT_COPIED = [
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
]
/** The most addresses of one subset that are mirrored. */
const MAX_ADDRESSES = 1000

const isMirror = (slice: EndpointSlice): boolean => slice.metadata.labels?.[MANAGED_BY] === MANAGER

/** Makes a controller; it knows its own writes from those of others. */
export function endpointSliceMirroringController(): Controller {
  let isWriting = false
  return {
    name: 'endpointslicemirroring-controller',
    component: 'endpoint-slice-mirroring-controller',
    for: endpointsKind,
    watches: [
      watch(serviceKind, ({ object, old }) =>
        old && !old.spec.selector === !object.spec.selector ? [] : [keyOf(object)],
      ),
      // Somebody else has taken a slice away or changed it.
      watch(sliceKind, ({ object, old }) => {
        const name = object.metadata.labels?.[SERVICE_NAME]
        if (isWriting || !name || !(isMirror(object) || (old && isMirror(old)))) return []
        return [{ namespace: object.metadata.namespace ?? '', name }]
      }),
    ],
    reconcile(key, context) {
      isWriting = true
      try {
        reconcile(key, context)
      } finally {
        isWriting = false
      }
    },
  }
}

function reconcile({ namespace, name }: Key, context: ControllerContext): void {
  const { client, events } = context
  const endpoints = client.find(endpointsKind, namespace, name)
  const service = client.find(serviceKind, namespace, name)
  const present = client.withLabels(sliceKind, namespace, { [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER })
  const { labels, annotations } = endpoints?.metadata ?? {}
  const isMirrored = service && !service.spec.selector && labels?.[SKIP] !== 'true' && !(LEADER in (annotations ?? {}))
  const unused = new Set(present)
  const drop = (): void => {
    for (const slice of unused) client.delete(sliceKind, namespace, slice.metadata.name)
  }
  if (!endpoints || !isMirrored) {
    drop()
    return
  }
  const subsets = repack(endpoints.subsets ?? [])
  const skipped = subsets.reduce((sum, subset) => sum + Math.max(0, addressesOf(subset).length - MAX_ADDRESSES), 0)
  if (skipped) {
    const text = `A max of ${MAX_ADDRESSES} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`
    events.event(endpoints, 'Warning', 'TooManyAddressesToMirror', text)
  }
  const take = (suits: (slice: EndpointSlice) => boolean): EndpointSlice | undefined => {
    const found = [...unused].find(suits)
    if (found) unused.delete(found)
    return found
  }
  // A subset keeps the slices of its ports; what is left of the slices serves those that have none, within the family of addresses.
  const wanted = subsets.flatMap(contentsOf).map(content => {
    const isOfFamily = (slice: EndpointSlice) => slice.addressType === content.addressType
    const slice = take(slice => isOfFamily(slice) && deepEqual(slice.ports ?? null, content.ports))
    return { content, isOfFamily, slice }
  })
  for (const { content, isOfFamily, slice } of wanted)
    if (!write(context, endpoints, content, slice ?? take(isOfFamily))) return
  drop()
}

interface Content {
  addressType: 'IPv4' | 'IPv6'
  endpoints: EndpointSlice['endpoints']
  ports: NonNullable<EndpointSlice['ports']> | null
}

/** @returns whether there is any use in going on */
function write(
  { client }: ControllerContext,
  endpoints: Endpoints,
  content: Content,
  old: EndpointSlice | undefined,
): boolean {
  const { namespace = '', name, labels, annotations } = endpoints.metadata
  const kept = Object.entries(annotations ?? {}).filter(([k]) => !NOT_COPIED.includes(k))
  const metadata = {
    namespace,
    labels: { ...labels, [MANAGED_BY]: MANAGER, [SERVICE_NAME]: name },
    ...(kept.length && { annotations: Object.fromEntries(kept) }),
    ownerReferences: [newControllerRef(endpoints, endpointsKind)],
  }
  if (!old) {
    try {
      client.create(sliceKind, {
        metadata: { generateName: `${name}-`, ...metadata },
        ...content,
      })
    } catch (error) {
      if (isNamespaceTerminating(error)) return false
      throw error
    }
    return true
  }
  const is = old.metadata
  const same =
    deepEqual([old.endpoints ?? null, old.ports ?? null], [content.endpoints, content.ports]) &&
    deepEqual([is.labels, is.annotations ?? {}], [metadata.labels, metadata.annotations ?? {}])
  if (!same) {
    const { annotations: _, ...rest } = is
    client.update(sliceKind, { ...old, metadata: { ...rest, ...metadata }, ...content })
  }
  return true
}

const addressesOf = ({ addresses = [], notReadyAddresses = [] }: Subset) => [...addresses, ...notReadyAddresses]

/** What the slices of a subset hold: one for each family that it has addresses of. */
function contentsOf(subset: Subset): Content[] {
  const notReady = new Set(subset.notReadyAddresses)
  const ports = (subset.ports ?? []).map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
    name,
    port,
    protocol,
    ...(appProtocol && { appProtocol }),
  }))
  const mirrored = addressesOf(subset).slice(0, MAX_ADDRESSES)
  return (['IPv4', 'IPv6'] as const).flatMap(addressType => {
    const endpoints = mirrored
      .filter(({ ip }) => ip.includes(':') === (addressType === 'IPv6'))
      .map(a => ({
        // Slices hold IPv6 addresses in one spelling alone.
        addresses: [canonicalIP(a.ip)],
        conditions: { ready: !notReady.has(a) },
        ...(a.hostname && { hostname: a.hostname }),
        ...(a.nodeName && { nodeName: a.nodeName }),
        ...(a.targetRef && { targetRef: a.targetRef }),
      }))
    return endpoints.length ? [{ addressType, endpoints, ports: ports.length ? ports : null }] : []
  })
}
