/** A cluster of nodes without kubelets, for tests of the scheduler. */
import { createSeriesRecorder } from '../api/events/event-series.ts'
import type { KindDef } from '../api/kind.ts'
import { event as eventKind } from '../api/kinds/event.ts'
import { kinds } from '../api/kinds/index.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { testServer } from '../api/testing.ts'
import type { Node, Pod } from '../api/types.ts'
import { SCHEDULER_NAME, startScheduler } from './scheduler.ts'

export interface NodeOptions {
  cpu?: string
  memory?: string
  pods?: string
  labels?: Record<string, string>
  taints?: Node['spec']['taints']
  unschedulable?: boolean
  images?: { names: string[]; sizeBytes: number }[]
}

export function makeCluster() {
  const world = testServer(kinds as readonly KindDef[])
  const { clock, client, random } = world
  const events = createSeriesRecorder({ client, clock, kind: eventKind, component: SCHEDULER_NAME, host: 'cp' })
  const errors: unknown[] = []
  clock.onError = error => errors.push(error)
  const stop = startScheduler({ client, events, clock, random: random.fork('scheduler') })

  const addNode = (name: string, o: NodeOptions = {}): void => {
    const size = { cpu: o.cpu ?? '4', memory: o.memory ?? '8Gi', pods: o.pods ?? '110' }
    client.create(nodeKind, {
      metadata: { name, labels: { 'kubernetes.io/hostname': name, ...o.labels } },
      spec: { ...(o.taints && { taints: o.taints }), ...(o.unschedulable && { unschedulable: true }) },
    })
    const node = client.get(nodeKind, '', name)
    client.updateStatus(nodeKind, {
      ...node,
      status: { capacity: size, allocatable: size, ...(o.images && { images: o.images }) },
    })
  }
  const addPod = (name: string, spec: object = {}, labels: Record<string, string> = {}): Pod =>
    client.create(podKind, {
      metadata: { name, namespace: 'default', labels },
      spec: { containers: [{ name: 'app', image: 'nginx:1.27' }], ...spec },
    })
  const pod = (name: string): Pod => client.get(podKind, 'default', name)
  const placed = (name: string): string | undefined => pod(name).spec.nodeName
  const message = (name: string): string | undefined =>
    pod(name).status.conditions?.find(c => c.type === 'PodScheduled')?.message
  const eventsOf = (name: string): string[] =>
    client
      .list(eventKind)
      .filter(e => e.involvedObject.name === name)
      .map(e => `${e.type} ${e.reason}: ${e.message}`)
  return { ...world, addNode, addPod, pod, placed, message, eventsOf, errors, stop }
}

/** A container that asks for so much. */
export const asking = (requests: Record<string, string>, more: object = {}): object => ({
  containers: [{ name: 'app', image: 'nginx:1.27', resources: { requests } }],
  ...more,
})
