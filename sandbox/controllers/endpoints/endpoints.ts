/** Keeps the older Endpoints object of each Service that selects Pods. */
import { deepEqual } from '../../api/formats/json.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { isNotFound, StatusError } from '../../api/status.ts'
import type { Endpoints, Pod, Service } from '../../api/types.ts'
import { type Controller, type ControllerContext, formatKey, type Key, keyOf, watch } from '../controller.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { isReady } from '../pods.ts'
import { hostnameIn, isHeadless, podsOf, reachable, targetPortOn, targetRef } from './service-ports.ts'
import { type Address, type Port, pack, type Subset } from './subsets.ts'
import { TriggerTimes, withTriggerTime } from './trigger-time.ts'
import { watchPodsOfServices } from './watch-pods.ts'

const HEADLESS = 'service.kubernetes.io/headless'
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by'
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity'
const MAX_ADDRESSES = 1000

/** Makes a controller; it remembers when Pods became ready. */
export function endpointsController(): Controller {
  const times = new TriggerTimes()
  return {
    name: 'endpoint-controller',
    for: serviceKind,
    ignoresOwnStatus: true,
    watches: [
      watchPodsOfServices(),
      watch(endpointsKind, ({ type, object }) => (type === 'DELETED' ? [keyOf(object)] : [])),
    ],
    reconcile: (key, context) => reconcile(key, context, times),
  }
}

function reconcile(key: Key, { client, events }: ControllerContext, times: TriggerTimes): void {
  const { namespace, name } = key
  const service = client.find(serviceKind, namespace, name)
  if (!service) {
    times.forget(formatKey(key))
    try {
      client.delete(endpointsKind, namespace, name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    return
  }
  if (!service.spec.selector || service.spec.type === 'ExternalName') return
  const selected = podsOf(client, service)
  const time = times.look(formatKey(key), service, selected)
  const pods = reachable(selected, Boolean(service.spec.publishNotReadyAddresses))
  const subsets = subsetsOf(service, pods)
  const labels: Record<string, string> = { ...service.metadata.labels, [MANAGED_BY]: 'endpoint-controller' }
  if (isHeadless(service)) labels[HEADLESS] = ''
  else delete labels[HEADLESS]
  const present = client.find(endpointsKind, namespace, name)
  if (present && deepEqual(present.subsets ?? [], subsets) && deepEqual(present.metadata.labels, labels)) return
  const {
    subsets: _,
    metadata,
    ...rest
  } = present ?? {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace },
  }
  const { [OVER_CAPACITY]: __, ...kept } = metadata.annotations ?? {}
  const annotations = withTriggerTime(kept, time)
  if (pods.length > MAX_ADDRESSES) annotations[OVER_CAPACITY] = 'truncated'
  const { annotations: ___, ...meta } = metadata
  const wanted = {
    ...rest,
    metadata: { ...meta, labels, ...(Object.keys(annotations).length && { annotations }) },
    ...(subsets.length && { subsets }),
  } as Endpoints
  try {
    if (present) client.update(endpointsKind, wanted)
    else client.create(endpointsKind, wanted)
  } catch (error) {
    if (isNamespaceTerminating(error)) return
    if (!(error instanceof StatusError)) throw error
    const [reason, verb] = present
      ? ['FailedToUpdateEndpoint', 'update endpoint']
      : ['FailedToCreateEndpoint', 'create endpoint for service']
    const text = `Failed to ${verb} ${namespace}/${name}: ${error.message}`
    events.event(wanted, 'Warning', reason!, text)
    throw error
  }
}

function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  return pack(
    pods.slice(0, MAX_ADDRESSES).flatMap(pod => {
      const hostname = hostnameIn(pod, service)
      const address: Address = {
        ip: pod.status.podIP!,
        ...(hostname && { hostname }),
        ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
        targetRef: targetRef(pod),
      }
      const ready = service.spec.publishNotReadyAddresses || isReady(pod)
      return (service.spec.ports?.length ? portsOn(service, pod) : [undefined]).map(port => ({ port, address, ready }))
    }),
  )
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
