/** A node of a cluster: its disk, the runtime of its containers, and its kubelet. */
import type { EventRecorder } from '../api/client.ts'
import type { InProcessClient } from '../api/in-process.ts'
import type { ApiServer } from '../api/server.ts'
import { grantToken } from '../api/subresources/token.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { bytesOf } from '../kubelet/containers/limits.ts'
import { Kubelet } from '../kubelet/kubelet.ts'
import { nodeDisk } from '../kubelet/node/disk.ts'
import type { NodeOptions } from '../kubelet/node/node-status.ts'
import type { Switch } from '../network/switch.ts'
import { part } from '../parts.ts'
import type { Containerd, ContainerdOptions } from '../runtime/containers/containerd.ts'
import { inodeOf } from '../runtime/files/volume.ts'
import { DNS_SERVICE_IP } from './bootstrap.ts'

/** The name server that the nodes themselves ask. */
export const NODE_DNS_IP = '192.168.49.1'

/** Loaded with the first manifest of a static Pod. */
const staticManifests = part('the reader of static Pods', async () => {
  const [{ readManifest }, { yamlParser }] = await Promise.all([
    import('./static-manifest.ts'),
    import('../http/yaml/yaml.ts'),
  ])
  await yamlParser.load()
  return readManifest
})

interface MakeNodeOptions extends Pick<ContainerdOptions, 'images' | 'registries' | 'programs'> {
  clock: Clock
  random: Random
  server: ApiServer
  client: InProcessClient
  network: Switch
  /** A recorder whose events name the node's kubelet as their source. */
  events: EventRecorder
  spec: NodeOptions
  /** Opens the kubelet's ports. */
  openPorts(): () => void
  createRuntime(options: ContainerdOptions): Containerd
}

/** @returns what runs on the node; the kubelet is not started yet */
export function makeNode({
  clock,
  random,
  server,
  client,
  network,
  events,
  spec,
  openPorts,
  createRuntime,
  ...ofRuntime
}: MakeNodeOptions): { runtime: Containerd; kubelet: Kubelet } {
  const disk = nodeDisk(clock, spec.name, root => runtime.install(root))
  const runtime = createRuntime({
    ...ofRuntime,
    clock,
    random: random.fork(`runtime/${spec.name}`),
    network,
    nodeName: spec.name,
    cores: Number(spec.cpu),
    memoryBytes: bytesOf(spec.memory),
    machine: () => inodeOf(disk.at('/')),
  })
  const kubelet = new Kubelet({
    clock,
    random,
    client: client.as(`system:node:${spec.name}`),
    events,
    runtime,
    disk,
    node: spec,
    openPorts,
    dns: {
      clusterDomain: 'cluster.local',
      clusterDNS: [DNS_SERVICE_IP],
      nameservers: [NODE_DNS_IP],
      searches: [],
    },
    serviceAccountToken: (pod, request) =>
      server.outside.write(
        () => `token of ${pod.metadata.uid}`,
        () => tokenFor(server, pod, request),
      ),
    manifests: staticManifests,
  })
  return { runtime, kubelet }
}

/** The token that a Pod's projected volume holds, bound to the Pod. */
function tokenFor(
  server: ApiServer,
  pod: { metadata: { namespace?: string; name: string; uid: string }; spec: { serviceAccountName?: string } },
  request: { audience?: string | undefined; expirationSeconds?: number | undefined },
): () => string {
  const { namespace = '', name, uid } = pod.metadata
  const spec = {
    ...(request.audience && { audiences: [request.audience] }),
    ...(request.expirationSeconds && { expirationSeconds: request.expirationSeconds }),
    boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name, uid },
  }
  return grantToken(server, namespace, pod.spec.serviceAccountName ?? 'default', { spec }, {}).token
}
