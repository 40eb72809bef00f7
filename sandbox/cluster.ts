/** Wires the rooms into one cluster: clock, store, API server, control plane, network, nodes. No room imports this file. */

import { admissionPlugins } from './api/admission/index.ts'
import { bootstrapApiServices } from './api/aggregation/local.ts'
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
import { sleep } from './controllers/asleep.ts'
import { startControllerManager } from './controllers/index.ts'
import { ROOT_CA } from './crypto/root-ca.ts'
import { Api } from './http/api.ts'
import { Availability } from './http/availability.ts'
import type { Kubelet } from './kubelet/kubelet.ts'
import { defaultNode } from './kubelet/node/node-status.ts'
import { nodeProxy } from './kubelet/server/node-proxy.ts'
import { Switch } from './network/switch.ts'
import type { Certificate } from './network/tls.ts'
import { part } from './parts.ts'
import { tellOfStart } from './proxy/birth-cry.ts'
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

/** @returns a cluster at its first instant; nodes are ready after `BOOT_MS` of its time */
export function createCluster({
  seed,
  start,
  nodes = DEFAULT_NODES,
  images,
  metricsServer,
  storageClass,
  featureGates,
  alwaysAllow,
  disabledAdmission = [],
  runtime: createRuntime = options => new Containerd(options),
}: ClusterOptions): Cluster {
  const clock = new Clock(start)
  const random = new Random(seed)
  const store = new Store()
  const server = new ApiServer({
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
  const client = new InProcessClient(server)
  const network = new Switch(clock)
  const recorder = (component: string, host?: string) =>
    createRecorder({ client, clock, kind: event, component, ...(host && { host }) })

  expireEvents(store, clock)
  const specs = nodes.map((name, i) => defaultNode(name, i, name === 'control-plane'))
  bootstrap(client, specs[0]?.ip ?? NODELESS_IP)
  let metrics: MetricsServer | undefined
  /** @param times how often they have been started before: a restart must not repeat the same random draws */
  const startControllers = (times: number): (() => void) => {
    const fork = (name: string): Random => random.fork(times ? `${name}/${times}` : name)
    const stopManager = startControllerManager({
      client,
      clock,
      random: fork('controllers'),
      recorder,
      kinds: () => server.registry.all(),
      rootCA: ROOT_CA,
      server,
      ...(metricsServer && { podMetrics: pod => metrics?.podMetrics(pod) }),
    })
    const chance = fork('scheduler')
    const host = specs[0]?.name ?? 'localhost'
    const stopScheduler = sleep([pod], scheduling, { client, clock }, () =>
      scheduling.now.startScheduling({ client, clock, random: chance, host }),
    )
    return () => {
      stopManager()
      stopScheduler()
    }
  }
  const runtimes = new Map<string, Containerd>()
  const kubelets = new Map<string, Kubelet>()
  const registries: Registries = { up: true }
  const availability = new Availability()
  const api = new Api({ server, nodes: nodeProxy(name => kubelets.get(name)), availability })
  const certificate = apiServerCertificate(ROOT_CA, specs[0])
  for (const node of specs) network.addNode(node.name, node)
  server.outside.isUp = () => availability.up
  // A task that wrote while a webhook was being asked is not an error: the write is made again at the task's next turn.
  const { onError } = clock
  clock.onError = error => {
    if (!(error instanceof InFlight)) onError(error)
  }
  if (specs[0]) {
    const { name } = specs[0]
    const host = network.createNamespace({ nodeName: name, hostname: name, hostNetwork: true })
    server.outside.post = (call, place, body, done) => {
      clock.soon(async () => {
        await webhookCalls.load()
        webhookCalls.now.post({ clock, host, nameServer: NODE_DNS_IP }, call, place, body, done)
      })
    }
  }
  /** The API server's port, controllers and scheduler; they stop and start together. */
  const startControlPlane = (times: number): (() => void) => {
    if (times) bootstrapApiServices(server)
    const stopControllers = startControllers(times)
    const [node] = specs
    if (!node) return stopControllers
    const closePort = serveApi({
      clock,
      api,
      host: network.createNamespace({ nodeName: node.name, hostname: node.name, hostNetwork: true }),
      certificate,
    })
    return () => {
      closePort()
      stopControllers()
    }
  }
  const controlPlane = new ControlPlane({ clock, availability, start: startControlPlane, kubelets })
  startProxy({
    client,
    network,
    clock,
    random: random.fork('proxy'),
    clusterDNS: DNS_SERVICE_IP,
    outsideDNS: [NODE_DNS_IP, '127.0.0.1'],
  })

  const programs = {
    kubectl: lazily(
      () => import('./kubectl/process/program.ts'),
      ({ kubectlProgram }) => kubectlProgram({ api, certificate }),
    ),
    'sample-apiserver': lazily(
      () => import('./cluster/addons/sample-apiserver.ts'),
      ({ sampleApiserver }) => sampleApiserver,
    ),
  }
  for (const spec of specs) {
    const { runtime, kubelet } = makeNode({
      clock,
      random,
      server,
      client,
      network,
      events: recorder('kubelet', spec.name),
      spec,
      images,
      registries,
      programs,
      createRuntime,
    })
    runtimes.set(spec.name, runtime)
    kubelets.set(spec.name, kubelet)
    kubelet.start()
    tellOfStart({ client, clock, kind: event }, spec.name)
  }
  if (metricsServer) {
    clock.soon(async () => {
      await metricsServers.load()
      metrics = metricsServers.now.startMetricsServer(clock, kubelets)
      for (const kind of metrics.kinds) server.addKind(kind)
    })
  }
  if (storageClass) {
    clock.soon(async () => {
      await storageClasses.load()
      await storageClasses.now.makeStorageClass(client)
    })
  }
  return {
    clock,
    random,
    store,
    server,
    client,
    network,
    kubelets,
    runtimes,
    api,
    certificate,
    controlPlane,
    registries,
  }
}
