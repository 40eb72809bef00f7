/** A node with a fake runtime under a real API server, for the kubelet's tests. */
import { createRecorder } from '../api/events/events.ts'
import { event } from '../api/kinds/event.ts'
import { kinds } from '../api/kinds/index.ts'
import { namespace } from '../api/kinds/namespace.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { testServer } from '../api/testing.ts'
import type { Event, Pod } from '../api/types.ts'
import { Random } from '../clock/random.ts'
import { present } from '../parts.ts'
import { FakeRuntime } from './fake-runtime.ts'
import { Kubelet } from './kubelet.ts'
import { nodeDisk } from './node/disk.ts'
import { defaultNode, type NodeOptions } from './node/node-status.ts'
import type { Manifest } from './static-pods/static-pods.ts'
import type { ContainerSpec, PodSpec } from './types.ts'

export function testNode(seed = 'test', size: Partial<NodeOptions> = {}) {
  const { clock, store, client } = testServer(kinds)
  const random = new Random(seed)
  for (const name of ['kube-node-lease']) client.create(namespace, { metadata: { name }, spec: {} })
  const runtime = new FakeRuntime(clock)
  const kubelet = new Kubelet({
    clock,
    random,
    client,
    runtime,
    events: createRecorder({ client, clock, kind: event, component: 'kubelet', host: 'node-1' }),
    disk: nodeDisk(clock, 'node-1'),
    node: { ...defaultNode('node-1', 0, false), ...size },
    dns: { clusterDomain: 'cluster.local', clusterDNS: ['10.96.0.10'], nameservers: ['192.168.49.1'], searches: [] },
    serviceAccountToken: () => () => 'token',
    manifests: present(text => (text.startsWith('{') ? (JSON.parse(text) as Manifest) : undefined)),
  })
  kubelet.start()
  const get = (name: string): Pod => client.get(podKind, 'default', name)
  return {
    clock,
    client,
    runtime,
    kubelet,
    store,
    get,
    find: (name: string): Pod | undefined => client.find(podKind, 'default', name),
    /** Makes a Pod that is bound to the node already. */
    run(
      name: string,
      spec: Omit<Partial<PodSpec>, 'containers'> & { containers?: Partial<ContainerSpec>[] },
      metadata: object = {},
    ): Pod {
      const containers = (list: Partial<ContainerSpec>[] | undefined) =>
        list?.map(c => ({ name: 'app', image: 'busybox:1.36', ...c })) as ContainerSpec[]
      return client.create(podKind, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default', ...metadata },
        spec: {
          nodeName: 'node-1',
          automountServiceAccountToken: false,
          ...spec,
          ...(spec.initContainers && { initContainers: containers(spec.initContainers) }),
          containers: containers(spec.containers ?? [{}]),
        } as PodSpec,
      })
    },
    delete: (name: string, gracePeriodSeconds?: number): void =>
      client.delete(podKind, 'default', name, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    pass: (seconds: number): Promise<void> => clock.advance(seconds * 1000),
    /** `REASON: message` of a Pod's events, in the order of their first time. */
    events(name: string): string[] {
      return client
        .list(event, { namespace: 'default' })
        .filter((e: Event) => e.involvedObject.name === name)
        .map((e: Event) => `${e.reason}: ${e.message}`)
    },
    state: (name: string, container = 'app') => {
      const { containerStatuses = [], initContainerStatuses = [] } = get(name).status
      return [...containerStatuses, ...initContainerStatuses].find(s => s.name === container)!
    },
  }
}

export type TestNode = ReturnType<typeof testNode>
