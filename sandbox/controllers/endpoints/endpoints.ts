/** Keeps the older Endpoints object of each Service that selects Pods. */
import { deepEqual } from '../../api/json.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { isNotFound } from '../../api/status.ts'
import type { Endpoints, Pod, Service } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, watch } from '../controller.ts'
import { isReady } from '../pods.ts'
import { hostnameIn, isHeadless, podsBehind, targetPortOn, targetRef } from './service-ports.ts'
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
    watch(endpointsKind, ({ type, object }) => (type === 'MODIFIED' ? [] : [keyOf(object)])),
  ],
  reconcile,
}

function reconcile({ namespace, name }: Key, { client }: ControllerContext): void {
  const service = client.find(serviceKind, namespace, name)
  if (!service) {
    const left = client.find(endpointsKind, namespace, name)
    if (left?.metadata.labels?.[MANAGED_BY] !== 'endpoint-controller') return
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

/** Addresses with the same ports stand together, sorted, so that equal contents are equal objects. */
function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const byPorts = new Map<string, { ports: Port[]; ready: Address[]; notReady: Address[] }>()
  for (const pod of pods.slice(0, MAX_ADDRESSES)) {
    const hostname = hostnameIn(pod, service)
    const address: Address = {
      ip: pod.status.podIP!,
      ...(hostname && { hostname }),
      ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
      targetRef: targetRef(pod),
    }
    const ports = portsOn(service, pod)
    if (!ports.length && service.spec.ports?.length) continue
    const key = JSON.stringify(ports)
    const group = byPorts.get(key) ?? { ports, ready: [], notReady: [] }
    byPorts.set(key, group)
    ;(service.spec.publishNotReadyAddresses || isReady(pod) ? group.ready : group.notReady).push(address)
  }
  return [...byPorts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ports, ready, notReady }]) => ({
      ...(ready.length && { addresses: ready.sort(byIP) }),
      ...(notReady.length && { notReadyAddresses: notReady.sort(byIP) }),
      ...(ports.length && { ports }),
    }))
}

function portsOn(service: Service, pod: Pod): Port[] {
  const ports: Port[] = []
  for (const port of service.spec.ports ?? []) {
    const number = targetPortOn(pod, port)
    if (number !== undefined)
      ports.push({ ...(port.name && { name: port.name }), port: number, protocol: port.protocol ?? 'TCP' })
  }
  return ports
}

const byIP = (a: Address, b: Address): number => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0)
