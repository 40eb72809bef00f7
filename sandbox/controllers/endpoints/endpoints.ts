/** Keeps the older Endpoints object of each Service that selects Pods. */
import { deepEqual } from '../../api/formats/json.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { isNotFound } from '../../api/status.ts'
import type { Endpoints, Pod, Service } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, watch } from '../controller.ts'
import { isReady } from '../pods.ts'
import { hostnameIn, inOrder, isHeadless, podsBehind, targetPortOn, targetRef } from './service-ports.ts'
import { triggerTime, withTriggerTime } from './trigger-time.ts'
import { watchPodsOfServices } from './watch-pods.ts'

type Subset = NonNullable<Endpoints['subsets']>[number]
type Address = NonNullable<Subset['addresses']>[number]
type Port = NonNullable<Subset['ports']>[number]

const HEADLESS = 'service.kubernetes.io/headless'
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by'
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity'
const MAX_ADDRESSES = 1000

export const endpointsController: Controller = {
  name: 'endpoint-controller',
  for: serviceKind,
  ignoresOwnStatus: true,
  watches: [
    watchPodsOfServices(),
    watch(endpointsKind, ({ type, object }) => (type === 'DELETED' ? [keyOf(object)] : [])),
  ],
  reconcile,
}

function reconcile({ namespace, name }: Key, { client }: ControllerContext): void {
  const service = client.find(serviceKind, namespace, name)
  if (!service) {
    try {
      client.delete(endpointsKind, namespace, name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    return
  }
  if (!service.spec.selector || service.spec.type === 'ExternalName') return
  const pods = podsBehind(client, service, Boolean(service.spec.publishNotReadyAddresses))
  const subsets = subsetsOf(service, pods)
  const labels: Record<string, string> = { ...service.metadata.labels, [MANAGED_BY]: 'endpoint-controller' }
  if (isHeadless(service)) labels[HEADLESS] = ''
  else delete labels[HEADLESS]
  const present = client.find(endpointsKind, namespace, name)
  const annotations = { ...present?.metadata.annotations }
  if (pods.length > MAX_ADDRESSES) annotations[OVER_CAPACITY] = 'truncated'
  else delete annotations[OVER_CAPACITY]
  if (!present) {
    client.create(endpointsKind, {
      metadata: { name, namespace, labels, annotations: withTriggerTime(annotations, triggerTime(service, pods)) },
      ...(subsets.length && { subsets }),
    } as never)
  } else if (!deepEqual(present.subsets ?? [], subsets) || !deepEqual(present.metadata.labels, labels)) {
    const {
      subsets: _,
      metadata: { annotations: __, ...meta },
      ...rest
    } = present
    const told = withTriggerTime(annotations, triggerTime(undefined, changedSince(present, subsets, pods)))
    client.update(endpointsKind, {
      ...rest,
      metadata: { ...meta, labels, ...(Object.keys(told).length && { annotations: told }) },
      ...(subsets.length && { subsets }),
    } as Endpoints)
  }
}

/** Which Pods are not where they were, or were not there. */
function changedSince(present: Endpoints, subsets: readonly Subset[], pods: readonly Pod[]): Pod[] {
  const before = placesIn(present.subsets ?? [])
  const after = placesIn(subsets)
  return pods.filter(({ metadata: { uid } }) => before.get(uid) !== after.get(uid))
}

const placesIn = (subsets: readonly Subset[]): Map<string | undefined, string> =>
  new Map(
    subsets.flatMap(({ addresses = [], notReadyAddresses = [] }) => [
      ...addresses.map(a => [a.targetRef?.uid, 'ready'] as const),
      ...notReadyAddresses.map(a => [a.targetRef?.uid, 'not ready'] as const),
    ]),
  )

interface Group {
  ports: Port[]
  ready: Address[]
  notReady: Address[]
}

/** Ports with the same addresses stand together, sorted, so that equal contents are equal objects. */
function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const byPort = new Map<string, Group>()
  for (const pod of pods.slice(0, MAX_ADDRESSES)) {
    const hostname = hostnameIn(pod, service)
    const address: Address = {
      ip: pod.status.podIP!,
      ...(hostname && { hostname }),
      ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
      targetRef: targetRef(pod),
    }
    for (const port of service.spec.ports?.length ? portsOn(service, pod) : [undefined]) {
      const key = JSON.stringify(port) ?? ''
      const group = byPort.get(key) ?? { ports: port ? [port] : [], ready: [], notReady: [] }
      byPort.set(key, group)
      ;(service.spec.publishNotReadyAddresses || isReady(pod) ? group.ready : group.notReady).push(address)
    }
  }
  const byAddresses = new Map<string, Group>()
  for (const { ports, ready, notReady } of byPort.values()) {
    const key = [ready, notReady].map(list => list.map(a => a.targetRef!.uid).join()).join(';')
    const group = byAddresses.get(key)
    if (group) group.ports.push(...ports)
    else byAddresses.set(key, { ports, ready: ready.sort(byIP), notReady: notReady.sort(byIP) })
  }
  return [...byAddresses.values()]
    .map(({ ports, ready, notReady }) => ({
      ...(ready.length && { addresses: ready }),
      ...(notReady.length && { notReadyAddresses: notReady }),
      ...(ports.length && { ports: inOrder(ports, print) }),
    }))
    .sort((a, b) => (JSON.stringify(a.ports) < JSON.stringify(b.ports) ? -1 : 1))
}

function portsOn(service: Service, pod: Pod): Port[] {
  const ports: Port[] = []
  for (const { name, protocol = 'TCP', appProtocol, ...port } of service.spec.ports ?? []) {
    const number = targetPortOn(pod, { ...port, protocol })
    if (number !== undefined)
      ports.push({ ...(name && { name }), port: number, protocol, ...(appProtocol && { appProtocol }) })
  }
  return ports
}

const print = ({ name = '', port, protocol, appProtocol = '<nil>' }: Port): string =>
  `(v1.EndpointPort){Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${appProtocol}}`

const byIP = (a: Address, b: Address): number => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0)
