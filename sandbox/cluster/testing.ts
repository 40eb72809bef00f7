/** A whole cluster for tests: Pods are made, time passes, and the result is looked at. */
import { event } from '../api/kinds/event.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { sent } from '../api/testing.ts'
import type { Pod } from '../api/types.ts'
import { type Cluster, type ClusterOptions, createCluster } from '../cluster.ts'
import type { Container } from '../runtime/cri.ts'
import { BOOT_MS } from './boot.ts'

export const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.53'
export const BUSYBOX = 'registry.k8s.io/e2e-test-images/busybox:1.37.0-1'

export interface Ran {
  code: number | undefined
  out: string
  err: string
}

export interface World {
  cluster: Cluster
  /** Makes a Pod named `name` of namespace default, and lets it run for a while. */
  run(name: string, spec: object, options?: { seconds?: number; metadata?: object }): Promise<Pod>
  pod(name: string): Pod
  container(name: string, container?: string): Container
  logs(name: string, container?: string): string
  events(name: string): string[]
  exec(name: string, script: string, container?: string): Promise<Ran>
  wait(seconds: number): Promise<void>
}

export async function world(
  options: Partial<Pick<ClusterOptions, 'nodes' | 'seed' | 'images' | 'runtime'>> = {},
): Promise<World> {
  const { nodes = ['node-1', 'node-2'], seed = 'test', images, runtime } = options
  const cluster = createCluster({ seed, nodes, images, ...(runtime && { runtime }) })
  const { clock, client, kubelets } = cluster
  const wait = (seconds: number): Promise<void> => clock.advance(seconds * 1000)
  await clock.advance(BOOT_MS)
  const get = (name: string): Pod => client.get(pod, 'default', name)
  const container = (name: string, which?: string): Container => {
    const { metadata, spec } = get(name)
    const worker = kubelets.get(spec.nodeName ?? '')?.worker(metadata.uid)
    const found = worker?.runtime.instances.findLast(i => i.name === (which ?? spec.containers[0]!.name))
    if (!found) throw new Error(`no container of ${name}`)
    return found.container
  }
  return {
    cluster,
    wait,
    pod: get,
    container,
    async run(name, spec, { seconds = 10, metadata = {} } = {}) {
      client.create(pod, sent({ metadata: { name, namespace: 'default', ...metadata }, spec }))
      await wait(seconds)
      return get(name)
    },
    logs: (name, which) =>
      container(name, which)
        .logs.lines()
        .map(l => `${l.text}${l.partial ? '' : '\n'}`)
        .join(''),
    events: name =>
      client
        .list(event, { namespace: 'default' })
        .filter(e => e.involvedObject.name === name)
        .map(e => `${e.reason}: ${e.message}`),
    async exec(name, script, which) {
      const session = container(name, which).exec({ argv: ['/bin/sh', '-c', script] })
      const ran: Ran = { code: undefined, out: '', err: '' }
      session.onOutput((stream, data) => {
        ran[stream === 'stdout' ? 'out' : 'err'] += data
      })
      session.onExit(status => {
        ran.code = status.code
      })
      for (let i = 0; i < 600 && ran.code === undefined; i++) await clock.advance(100)
      return ran
    },
  }
}
