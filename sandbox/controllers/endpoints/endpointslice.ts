/** Keeps the EndpointSlices of a Service: the addresses of its Pods, a hundred to a slice, by the ports they offer. */
import { deepEqual } from '../../api/formats/json.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import type { EndpointSlice, Pod, Service } from '../../api/types.ts'
import { type Controller, type ControllerContext, formatKey, type Key, parseKey, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { isReady, isTerminating } from '../pods.ts'
import { hostnameIn, inOrder, isHeadless, podsBehind, targetPortOn, targetRef } from './service-ports.ts'
import { type Planned, sameToHints, TopologyHints, wantsTopologyHints } from './topology-hints.ts'
import { triggerTime, withTriggerTime } from './trigger-time.ts'
import { watchPodsOfServices } from './watch-pods.ts'

export const SERVICE_NAME = 'kubernetes.io/service-name'
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const MANAGER = 'endpointslice-controller.k8s.io'
const HEADLESS = 'service.kubernetes.io/headless'
const MAX_ENDPOINTS = 100

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number]
type Port = NonNullable<EndpointSlice['ports']>[number]

/** Makes a controller; it remembers which Services have hints of which zones. */
export function endpointSliceController(): Controller {
  const hints = new TopologyHints()
  let isWriting = false
  return {
    name: 'endpointslice-controller',
    component: 'endpoint-slice-controller',
    for: serviceKind,
    ignoresOwnStatus: true,
    watches: [
      watchPodsOfServices(),
      // Somebody else has taken a slice away or changed it.
      watch(sliceKind, ({ object: { metadata } }) => {
        if (isWriting) return []
        const name = metadata.labels?.[SERVICE_NAME]
        return name && metadata.labels?.[MANAGED_BY] === MANAGER ? [{ namespace: metadata.namespace ?? '', name }] : []
      }),
      watch(nodeKind, ({ type, object, old }, client) =>
        type === 'MODIFIED' && sameToHints(old!, object)
          ? []
          : hints.overloaded(() => client.list(nodeKind)).map(parseKey),
      ),
    ],
    reconcile(key, context) {
      isWriting = true
      try {
        reconcile(key, context, hints)
      } finally {
        isWriting = false
      }
    },
  }
}

function reconcile({ namespace, name }: Key, context: ControllerContext, hints: TopologyHints): void {
  const { client } = context
  const service = client.find(serviceKind, namespace, name)
  const key = formatKey({ namespace, name })
  if (
    !service ||
    service.metadata.deletionTimestamp ||
    !service.spec.selector ||
    service.spec.type === 'ExternalName'
  ) {
    hints.drop(key)
    return
  }
  const present = client
    .withLabels(sliceKind, namespace, { [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER })
    .filter(slice => !slice.metadata.deletionTimestamp)
  const pods = podsBehind(client, service, true)
  const groups = groupByPorts(service, pods, context)
  const trigger = triggerTime(present.length ? undefined : service, changedSince(present, groups, pods))
  // A Service without Pods keeps one empty slice.
  if (!groups.length) groups.push({ ports: null, endpoints: [] })
  const unused = new Set(present)
  const parts = groups.flatMap(({ ports, endpoints }) => {
    const slices = present.filter(slice => unused.has(slice) && deepEqual(slice.ports ?? [], ports ?? []))
    const parts = distribute(endpoints, slices)
    for (const { slice } of parts) if (slice) unused.delete(slice)
    return parts.map(part => ({ ...part, ports }))
  })
  const told = wantsTopologyHints(service) ? hints.give(key, parts, client.list(nodeKind)) : hints.drop(key)
  for (const part of parts) write(context, service, part.ports, part, trigger)
  for (const slice of unused) client.delete(sliceKind, namespace, slice.metadata.name)
  if (told) context.events.event(service, told.type, told.reason, told.message)
}

/** Which Pods are new, or ready where they were not, or the reverse. */
function changedSince(present: readonly EndpointSlice[], groups: readonly Group[], pods: readonly Pod[]): Pod[] {
  const servingIn = (lists: readonly { endpoints?: readonly Endpoint[] | null }[]) =>
    new Map(lists.flatMap(l => (l.endpoints ?? []).map(e => [e.targetRef?.uid, e.conditions?.serving] as const)))
  const before = servingIn(present)
  const after = servingIn(groups)
  return pods.filter(({ metadata: { uid } }) => before.get(uid) !== after.get(uid))
}

interface Group {
  ports: Port[] | null
  endpoints: Endpoint[]
}

/** Pods that give a named port different numbers cannot share a slice. */
function groupByPorts(service: Service, pods: readonly Pod[], context: ControllerContext): Group[] {
  const groups = new Map<string, Group>()
  for (const pod of pods) {
    const ports = portsOn(service, pod)
    const key = JSON.stringify(ports)
    const group = groups.get(key) ?? { ports, endpoints: [] }
    groups.set(key, group)
    group.endpoints.push(endpointOf(service, pod, context))
  }
  return [...groups.values()]
}

function portsOn(service: Service, pod: Pod): Port[] {
  const ports: Port[] = []
  for (const port of service.spec.ports ?? []) {
    const number = targetPortOn(pod, port)
    if (number === undefined) continue
    const { appProtocol } = port
    ports.push({
      name: port.name ?? '',
      port: number,
      protocol: port.protocol ?? 'TCP',
      ...(appProtocol && { appProtocol }),
    })
  }
  return inOrder(
    ports,
    ({ name, port, protocol, appProtocol = '<nil>' }) =>
      `(v1.EndpointPort){Name:(*string)${name} Protocol:(*v1.Protocol)${protocol} Port:(*int32)${port} AppProtocol:(*string)${appProtocol}}`,
  )
}

function endpointOf(service: Service, pod: Pod, { client }: ControllerContext): Endpoint {
  const serving = isReady(pod)
  const terminating = isTerminating(pod)
  const hostname = hostnameIn(pod, service)
  const { nodeName } = pod.spec
  const zone = nodeName && client.find(nodeKind, '', nodeName)?.metadata.labels?.['topology.kubernetes.io/zone']
  const ready = Boolean(service.spec.publishNotReadyAddresses) || (serving && !terminating)
  const hints = ready && !wantsTopologyHints(service) && hintsFor(service.spec.trafficDistribution, nodeName, zone)
  return {
    addresses: [pod.status.podIP!],
    conditions: { ready, serving, terminating },
    ...(hints && { hints }),
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: targetRef(pod),
    ...(zone && { zone }),
  }
}

/** Hints for an endpoint: the clients that should prefer it, on the same node or in the same zone. */
function hintsFor(
  distribution: string | undefined,
  nodeName: string | undefined,
  zone: string | undefined,
): Endpoint['hints'] {
  const forZones = zone ? [{ name: zone }] : undefined
  switch (distribution) {
    case 'PreferSameZone':
    case 'PreferClose':
      return forZones && { forZones }
    case 'PreferSameNode':
      return nodeName ? { forNodes: [{ name: nodeName }], ...(forZones && { forZones }) } : undefined
    default:
      return undefined
  }
}

/** Endpoints stay in the slice in which they are; new ones fill up what there is before a slice is added. */
function distribute(endpoints: readonly Endpoint[], slices: readonly EndpointSlice[]): Planned[] {
  const left = new Map(endpoints.map(e => [e.targetRef!.uid!, e]))
  const parts: Planned[] = slices.map(slice => {
    const kept: Endpoint[] = []
    for (const { targetRef: ref } of slice.endpoints ?? []) {
      const endpoint = left.get(ref?.uid ?? '')
      if (!endpoint) continue
      kept.push(endpoint)
      left.delete(ref!.uid!)
    }
    return { slice, endpoints: kept }
  })
  for (const endpoint of left.values()) {
    let part = parts.find(p => p.endpoints.length < MAX_ENDPOINTS)
    if (!part) parts.push((part = { slice: undefined, endpoints: [] }))
    part.endpoints.push(endpoint)
  }
  if (!parts.length) return [{ slice: undefined, endpoints: [] }]
  const filled = parts.filter(p => p.endpoints.length)
  return filled.length ? filled : parts.slice(0, 1)
}

function write(
  { client }: ControllerContext,
  service: Service,
  ports: Port[] | null,
  { slice, endpoints }: Planned,
  trigger: string | undefined,
): void {
  const { namespace = '', name } = service.metadata
  const labels = {
    ...Object.fromEntries(
      Object.entries(service.metadata.labels ?? {}).filter(
        ([k]) => k !== SERVICE_NAME && k !== MANAGED_BY && k !== HEADLESS,
      ),
    ),
    ...(isHeadless(service) && { [HEADLESS]: '' }),
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: name,
  }
  const content = {
    endpoints: endpoints.length ? endpoints : null,
    ports: ports?.length ? ports : null,
  } as Group
  if (slice) {
    const same = deepEqual(slice.endpoints ?? [], endpoints) && deepEqual(slice.metadata.labels, labels)
    if (same) return
    const { annotations: old, ...metadata } = slice.metadata
    const annotations = withTriggerTime(old, trigger)
    client.update(sliceKind, {
      ...slice,
      metadata: { ...metadata, labels, ...(Object.keys(annotations).length && { annotations }) },
      ...content,
    } as EndpointSlice)
    return
  }
  client.create(sliceKind, {
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...(trigger && { annotations: withTriggerTime(undefined, trigger) }),
      ownerReferences: [newControllerRef(service, serviceKind)],
    },
    addressType: 'IPv4',
    ...content,
  } as never)
}
