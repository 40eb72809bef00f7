/** Keeps the EndpointSlices of a Service: the addresses of its Pods, a hundred to a slice, by the ports they offer. */
import type { Client } from '../../api/client.ts'
import { deepEqual } from '../../api/formats/json.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { StatusError } from '../../api/status.ts'
import type { EndpointSlice, Pod, Service } from '../../api/types.ts'
import { type Controller, type ControllerContext, formatKey, type Key, parseKey, watch } from '../controller.ts'
import { newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { isReady, isTerminating } from '../pods.ts'
import { hostnameIn, inOrder, isHeadless, podsOf, reachable, targetPortOn, targetRef } from './service-ports.ts'
import { type Planned, sameToHints, TopologyHints, wantsTopologyHints } from './topology-hints.ts'
import { TriggerTimes, withTriggerTime } from './trigger-time.ts'
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
  const memory = { hints: new TopologyHints(), times: new TriggerTimes() }
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
          : memory.hints.overloaded(() => client.list(nodeKind)).map(parseKey),
      ),
    ],
    reconcile(key, context) {
      isWriting = true
      try {
        reconcile(key, context, memory)
      } finally {
        isWriting = false
      }
    },
  }
}

interface Memory {
  hints: TopologyHints
  times: TriggerTimes
}

function reconcile({ namespace, name }: Key, context: ControllerContext, { hints, times }: Memory): void {
  const { client, events } = context
  const service = client.find(serviceKind, namespace, name)
  const key = formatKey({ namespace, name })
  if (!service) times.forget(key)
  if (
    !service ||
    service.metadata.deletionTimestamp ||
    !service.spec.selector ||
    service.spec.type === 'ExternalName'
  ) {
    hints.drop(key)
    return
  }
  const selected = podsOf(client, service)
  const time = times.look(key, service, selected)
  const all = reachable(selected, true)
  const lost = service.spec.publishNotReadyAddresses ? [] : all.filter(pod => !hasNode(client, pod))
  const { parts, leave } = plan(
    service,
    all.filter(pod => !lost.includes(pod)),
    context,
  )
  const told = wantsTopologyHints(service) ? hints.give(key, parts, client.list(nodeKind)) : hints.drop(key)
  let verb = ''
  try {
    for (const part of parts) {
      verb = part.slice ? `update ${part.slice.metadata.name}` : 'create'
      write(context, service, part, time)
    }
    for (const slice of leave) {
      verb = `delete ${slice.metadata.name}`
      client.delete(sliceKind, namespace, slice.metadata.name)
    }
    if (told) events.event(service, told.type, told.reason, told.message)
    if (!lost.length) return
  } catch (error) {
    if (isNamespaceTerminating(error)) return
    if (!(error instanceof StatusError)) throw error
    const text = `failed to ${verb} EndpointSlice for Service ${key}: ${error.message}`
    events.event(service, 'Warning', FAILED, `Error updating Endpoint Slices for Service ${key}: ${text}`)
    throw error
  }
  // Such Pods are soon cleared away; until then it is tried again.
  const why = lost.map(p => `skipping Pod ${p.metadata.name} for Service ${key}: Node ${p.spec.nodeName} Not Found`)
  const text = why.length > 1 ? `[${why.join(', ')}]` : why[0]!
  events.event(service, 'Warning', FAILED, `Error updating Endpoint Slices for Service ${key}: ${text}`)
  throw new Error(text)
}

const FAILED = 'FailedToUpdateEndpointSlices'

const hasNode = (client: Client, { spec: { nodeName } }: Pod): boolean =>
  nodeName !== undefined && client.find(nodeKind, '', nodeName) !== undefined

interface Part extends Planned {
  ports: Port[] | null
}

/** Which endpoints each slice shall have, and which slices shall go. One that would go is used for what would be new. */
function plan(service: Service, pods: readonly Pod[], context: ControllerContext) {
  const { namespace = '', name, uid } = service.metadata
  const present = context.client
    .withLabels(sliceKind, namespace, { [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER })
    .filter(slice => !slice.metadata.deletionTimestamp)
  const isOurs = ({ metadata }: EndpointSlice) => metadata.ownerReferences?.some(o => o.uid === uid)
  const groups = groupByPorts(service, pods, context)
  // A Service without Pods keeps one empty slice.
  if (!groups.length) groups.push({ ports: null, endpoints: [] })
  const unused = new Set(present.filter(isOurs))
  const parts: Part[] = groups.flatMap(({ ports, endpoints }) => {
    const slices = [...unused].filter(slice => deepEqual(slice.ports ?? [], ports ?? []))
    const parts = distribute(endpoints, slices)
    for (const { slice } of parts) if (slice) unused.delete(slice)
    return parts.map(part => ({ ...part, ports }))
  })
  const fresh = parts.filter(part => !part.slice)
  for (const slice of unused) {
    const part = fresh.pop()
    if (!part) break
    part.slice = slice
    unused.delete(slice)
  }
  return { parts, leave: [...unused, ...present.filter(slice => !isOurs(slice))] }
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

function write({ client }: ControllerContext, service: Service, part: Part, time: string | undefined): void {
  const { slice, endpoints, ports } = part
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
  }
  if (slice) {
    const asked = [endpoints, ports ?? [], labels]
    if (deepEqual([slice.endpoints ?? [], slice.ports ?? [], slice.metadata.labels], asked)) return
    const { annotations: old, ...metadata } = slice.metadata
    const annotations = withTriggerTime(old, time)
    client.update(sliceKind, {
      ...slice,
      metadata: { ...metadata, labels, ...(Object.keys(annotations).length && { annotations }) },
      ...content,
    })
    return
  }
  client.create(sliceKind, {
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...(time && { annotations: withTriggerTime(undefined, time) }),
      ownerReferences: [newControllerRef(service, serviceKind)],
    },
    addressType: 'IPv4',
    ...content,
  })
}
