/** Wires the rooms into one cluster: clock, store, API server, control plane, network, nodes. No room imports this file. */

import { admissionPlugins } from './api/admission/index.ts'
import { bootstrapApiServices } from './api/aggregation/local.ts'
import type { EventRecorder } from './api/client.ts'
import { InFlight } from './api/egress/outside.ts'
import { expireEvents } from './api/events/event-ttl.ts'
import { createRecorder } from './api/events/events.ts'
import type { FeatureGate } from './api/feature-gates.ts'
import { InProcessClient } from './api/in-process.ts'
import { event } from './api/kinds/event.ts'
import { kinds } from './api/kinds/index.ts'
import { pod } from './api/kinds/pod/index.ts'
import { ApiServer } from './api/server.ts'
import { Clock } from './clock/clock.ts'
import { Random } from './clock/random.ts'
import type { MetricsServer } from './cluster/addons/metrics-server.ts'
import { apiServerCertificate, serveApi } from './cluster/api-endpoint.ts'
import { DEFAULT_NODES } from './cluster/boot.ts'
import { bootstrap, DNS_SERVICE_IP } from './cluster/bootstrap.ts'
import { ControlPlane } from './cluster/control-plane.ts'
import { makeNode, NODE_DNS_IP } from './cluster/make-node.ts'
import { openKubeletPorts, openProxyPorts } from './cluster/node-ports.ts'
import { sleep } from './controllers/asleep.ts'
import type { PodMetrics } from './controllers/hpa/calculator.ts'
import { startControllerManager } from './controllers/index.ts'
import { ROOT_CA } from './crypto/root-ca.ts'
import { Api } from './http/api.ts'
import { Availability } from './http/availability.ts'
import type { Kubelet } from './kubelet/kubelet.ts'
import { defaultNode } from './kubelet/node/node-status.ts'
import { nodeProxy } from './kubelet/server/node-proxy.ts'
import type { NetworkNamespace } from './network/network.ts'
import { Switch } from './network/switch.ts'
import type { Certificate } from './network/tls.ts'
import { part } from './parts.ts'
import { recordStart } from './proxy/events.ts'
import { startProxy } from './proxy/proxy.ts'
import { Containerd, type ContainerdOptions } from './runtime/containers/containerd.ts'
import type { DeclaredImage } from './runtime/images/declared/declared.ts'
import { lazily } from './runtime/programs.ts'
import type { Registries } from './runtime/registry/registry.ts'
import { Store } from './store/store.ts'

export interface ClusterOptions {
  /** Same seed and same requests at the same virtual times: the same history. */
  seed: string
  /** Virtual milliseconds since the Unix epoch; a fixed Monday morning when absent. */
  start?: number
  /** Names of the nodes. One named `control-plane` is tainted as such. */
  nodes?: readonly string[]
  /** Images that a course declares. */
  images?: readonly DeclaredImage[] | undefined
  /** Whether there is a metrics server, as `kubectl top` and autoscalers need one; new clusters have none. */
  metricsServer?: boolean
  /** Whether there is a default StorageClass, kind's `standard`; new clusters have none. */
  storageClass?: boolean
  /** Gates of Kubernetes' features that are to be open, as by --feature-gates; none is when absent. */
  featureGates?: readonly FeatureGate[] | undefined
  /** Every authenticated user may do anything and no request is anonymous, as with --authorization-mode=AlwaysAllow. */
  alwaysAllow?: boolean | undefined
  /** Names of admission plugins that are not to be asked, as by --disable-admission-plugins. */
  disabledAdmission?: readonly string[] | undefined
  /** What runs the containers of a node; a simulation when absent. */
  runtime?: (options: ContainerdOptions) => Containerd
}

/** Loaded with the first Pod. */
const scheduling = part('the scheduler', () => import('./cluster/scheduling.ts'))

/** Loaded with the first call: few clusters have webhooks. */
const webhookCalls = part('calls of webhooks', () => import('./cluster/webhook-calls.ts'))

/** Loaded by a cluster that is made with one. */
const metricsServers = part('the metrics server', () => import('./cluster/addons/metrics-server.ts'))

/** Loaded by a cluster that is made with one. */
const storageClasses = part('the default StorageClass', () => import('./cluster/addons/storage-class.ts'))

/** Where the API server is in a cluster without nodes; no loopback address may stand in an Endpoints. */
const NODELESS_IP = '192.168.49.2'

export interface Cluster {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly server: ApiServer
  readonly api: Api
  /** The API server's serving certificate on the simulated network. */
  readonly certificate: Certificate
  readonly network: Switch
  /** The API in the name of the cluster itself. */
  readonly client: InProcessClient
  readonly kubelets: ReadonlyMap<string, Kubelet>
  readonly runtimes: ReadonlyMap<string, Containerd>
  readonly controlPlane: ControlPlane
  readonly registries: Registries
}

/** What is there before anything runs: the API server, and how to reach it in process and over the network. */
type Core = Pick<Cluster, 'clock' | 'random' | 'server' | 'client' | 'network'>

/** @returns a cluster at its first instant; nodes are ready after `BOOT_MS` of its time */
export function createCluster(options: ClusterOptions): Cluster {
  const clock = new Clock(options.start)
  const random = new Random(options.seed)
  const store = new Store()
  const server = createServer(options, clock, random, store)
  const client = new InProcessClient(server)
  const network = new Switch(clock)
  const core: Core = { clock, random, server, client, network }

  expireEvents(store, clock)
  const nodes = (options.nodes ?? DEFAULT_NODES).map((name, i) => defaultNode(name, i, name === 'control-plane'))
  const [first] = nodes
  bootstrap(client, first?.ip ?? NODELESS_IP)
  for (const node of nodes) network.addNode(node.name, node)
  tolerateInFlight(clock)

  const kubelets = new Map<string, Kubelet>()
  const runtimes = new Map<string, Containerd>()
  const registries: Registries = { up: true }
  const availability = new Availability()
  const api = new Api({ server, nodes: nodeProxy(name => kubelets.get(name)), availability })
  const certificate = apiServerCertificate(ROOT_CA, first)
  server.outside.isUp = () => availability.up
  if (first) connectOutside(core, first.name)

  let metrics: MetricsServer | undefined
  const podMetrics: PodMetrics | undefined = options.metricsServer ? pod => metrics?.podMetrics(pod) : undefined
  const controlPlane = new ControlPlane({
    clock,
    availability,
    kubelets,
    start: times => startControlPlane({ ...core, api, certificate, podMetrics }, first?.name, times),
  })
  const proxy = startProxy({
    client,
    network,
    clock,
    random: random.fork('proxy'),
    clusterDNS: DNS_SERVICE_IP,
    outsideDNS: [NODE_DNS_IP, '127.0.0.1'],
  })

  const programs = clusterPrograms(api, certificate)
  const recorder = recorderOf(core)
  for (const spec of nodes) {
    const host = hostNetwork(network, spec.name)
    const ports = { clock, client, host, node: spec, rulesChangedAt: proxy.changedAt }
    openProxyPorts(ports)
    const { runtime, kubelet } = makeNode({
      ...core,
      events: recorder('kubelet', spec.name),
      spec,
      openPorts: () => openKubeletPorts(ports),
      images: options.images,
      registries,
      programs,
      createRuntime: options.runtime ?? (given => new Containerd(given)),
    })
    runtimes.set(spec.name, runtime)
    kubelets.set(spec.name, kubelet)
    kubelet.start()
    recordStart({ client, clock, kind: event }, spec.name)
  }
  if (options.metricsServer)
    clock.soon(async () => {
      metrics = await addMetricsServer(core, kubelets)
    })
  if (options.storageClass)
    clock.soon(async () => {
      await storageClasses.load()
      await storageClasses.now.makeStorageClass(client)
    })
  return { ...core, store, api, certificate, kubelets, runtimes, controlPlane, registries }
}

function createServer(
  { featureGates, alwaysAllow, disabledAdmission = [] }: ClusterOptions,
  clock: Clock,
  random: Random,
  store: Store,
): ApiServer {
  return new ApiServer({
    clock,
    random: random.fork('api'),
    store,
    kinds,
    ...(featureGates && { featureGates }),
    ...(alwaysAllow && { alwaysAllow }),
    ...(disabledAdmission.length && {
      admission: admissionPlugins.filter(({ name }) => !name || !disabledAdmission.includes(name)),
    }),
  })
}

const recorderOf =
  ({ client, clock }: Core) =>
  (component: string, host?: string): EventRecorder =>
    createRecorder({ client, clock, kind: event, component, ...(host && { host }) })

/** The network namespace of a node itself, for what the control plane runs there. */
const hostNetwork = (network: Switch, node: string): NetworkNamespace =>
  network.createNamespace({ nodeName: node, hostname: node, hostNetwork: true })

/** A task that wrote while a webhook was being asked has not failed: the write is made again at the task's next turn. */
function tolerateInFlight(clock: Clock): void {
  const { onError } = clock
  clock.onError = error => {
    if (!(error instanceof InFlight)) onError(error)
  }
}

/** Lets the API server call webhooks and aggregated API servers from the node that it runs on. */
function connectOutside({ clock, network, server }: Core, node: string): void {
  const host = hostNetwork(network, node)
  server.outside.post = (call, place, body, done) => {
    clock.soon(async () => {
      await webhookCalls.load()
      webhookCalls.now.post({ clock, host, nameServer: NODE_DNS_IP }, call, place, body, done)
    })
  }
}

interface ControlPlaneParts extends Core {
  api: Api
  certificate: Certificate
  podMetrics: PodMetrics | undefined
}

/**
 * Opens the API server's port and starts the controller manager and the scheduler.
 * @param node that they run on; in a cluster without nodes the API has no port
 * @param times how often they have been started before
 * @returns how to stop them
 */
function startControlPlane(parts: ControlPlaneParts, node: string | undefined, times: number): () => void {
  const { clock, network, server, api, certificate } = parts
  if (times) bootstrapApiServices(server)
  const stopControllers = startControllers(parts, node ?? 'localhost', times)
  if (node === undefined) return stopControllers
  const closePort = serveApi({ clock, api, host: hostNetwork(network, node), certificate })
  return () => {
    closePort()
    stopControllers()
  }
}

/** @param times how often they have been started before: a restart must not repeat the same random draws */
function startControllers(parts: ControlPlaneParts, host: string, times: number): () => void {
  const { clock, client, server, podMetrics } = parts
  const fork = (name: string): Random => parts.random.fork(times ? `${name}/${times}` : name)
  const stopManager = startControllerManager({
    client,
    clock,
    random: fork('controllers'),
    recorder: recorderOf(parts),
    kinds: () => server.registry.all(),
    rootCA: ROOT_CA,
    server,
    ...(podMetrics && { podMetrics }),
  })
  const random = fork('scheduler')
  const stopScheduler = sleep([pod], scheduling, { client, clock }, () =>
    scheduling.now.startScheduling({ client, clock, random, host }),
  )
  return () => {
    stopManager()
    stopScheduler()
  }
}

/** Programs of containers that need the cluster itself. */
const clusterPrograms = (api: Api, certificate: Certificate): NonNullable<ContainerdOptions['programs']> => ({
  kubectl: lazily(
    () => import('./kubectl/process/program.ts'),
    ({ kubectlProgram }) => kubectlProgram({ api, certificate }),
  ),
  'sample-apiserver': lazily(
    () => import('./cluster/addons/sample-apiserver.ts'),
    ({ sampleApiserver }) => sampleApiserver,
  ),
})

async function addMetricsServer({ clock, server }: Core, kubelets: Cluster['kubelets']): Promise<MetricsServer> {
  await metricsServers.load()
  const metrics = metricsServers.now.startMetricsServer(clock, kubelets)
  for (const kind of metrics.kinds) server.addKind(kind)
  return metrics
}
