/** The simulated container runtime of one node. */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { Network, NetworkNamespace } from '../../network/network.ts'
import { part } from '../../parts.ts'
import {
  type Container,
  type ContainerConfig,
  type ContainerRuntime,
  type DialResult,
  type HttpTarget,
  type ImageInfo,
  RuntimeError,
  type Sandbox,
  type SandboxConfig,
} from '../cri.ts'
import type { Volume } from '../files/fs.ts'
import { Disk, type Inode, lookup, newInode, overlay } from '../files/tree.ts'
import { createVolume, volumeOf } from '../files/volume.ts'
import type { DeclaredImage } from '../images/declared/declared.ts'
import { Kernel, type Loader, PidSpace, type World } from '../kernel/kernel.ts'
import { HOST_NAMESPACES, type Namespaces } from '../kernel/namespaces.ts'
import type { GrpcTarget } from '../network/grpc-health.ts'
import type { Forwarded } from '../network/port-forward.ts'
import type { Program } from '../processes/process.ts'
import type { ImageSpec } from '../registry/image-spec.ts'
import type { Registries } from '../registry/registry.ts'
import type { SimulatedContainer } from './container.ts'
import { NodeImages } from './node-images.ts'
import type { PodWorld } from './pod-world.ts'

export interface ContainerdOptions {
  clock: Clock
  random: Random
  network: Network
  nodeName: string
  cores?: number
  /** All of the node's memory. */
  memoryBytes?: number
  /** Images besides those of the world. */
  images?: readonly DeclaredImage[] | undefined
  registries?: Registries
  /** The root of the node's own tree. */
  machine?: () => Inode
  /** Programs of images that are not the runtime's own, such as kubectl, by the name that a binary carries. */
  programs?: Readonly<Record<string, Program>>
}

/** The ways to run containers that its configuration names; the empty one is the default. */
const HANDLERS = new Set(['', 'runc'])

/** The images of the world, and what runs them: nobody needs them before there is a Pod. */
const containers = part('the images and what runs them', () => import('./containers.ts'))

interface SandboxState extends Sandbox {
  hostNetwork: boolean
  pod: PodWorld
  containers: Set<SimulatedContainer>
  removed: boolean
  endProcesses?: () => void
}

/** The files of the sandbox that containers see in /etc. */
function etcOf(volume: Volume, { hosts, resolvConf, hostname }: SandboxConfig): Volume {
  const { root } = volume
  volume.fillLater(() => {
    root.write('/hosts', hosts())
    root.write('/resolv.conf', resolvConf)
    root.write('/hostname', `${hostname}\n`)
  })
  return volume
}

export class Containerd implements ContainerRuntime {
  readonly version = 'containerd://2.1.5'
  readonly kernel: Kernel
  readonly #clock: Clock
  readonly #random: Random
  readonly #network: Network
  readonly #nodeName: string
  readonly #declared: readonly DeclaredImage[] | undefined
  readonly #machine: () => Inode
  readonly #images: NodeImages
  readonly #sandboxes = new Map<string, SandboxState>()
  readonly #owners = new WeakMap<Container, SandboxState>()
  #node: NetworkNamespace | undefined
  /** What the node's own processes see, once they are there. */
  #installed: World | undefined

  constructor(options: ContainerdOptions) {
    this.#clock = options.clock
    this.#random = options.random
    this.#network = options.network
    this.#nodeName = options.nodeName
    this.#declared = options.images
    this.#images = new NodeImages(options.clock, name =>
      containers.now.imageSpec(name, options.images, options.registries),
    )
    const bare = newInode(new Disk({ type: 'ext4', clock: options.clock }), 'directory')
    this.#machine = options.machine ?? (() => bare)
    let loader: Loader | undefined
    this.kernel = new Kernel({
      clock: options.clock,
      random: options.random.fork('kernel'),
      cores: options.cores ?? 4,
      memoryBytes: options.memoryBytes,
      load: (content, path) => (loader ??= containers.now.loaderOf(options.programs))(content, path),
    })
  }

  load(): Promise<unknown> | undefined {
    return containers.load()
  }

  watchSystemOom(told: (name: string, pid: number) => void): void {
    this.kernel.onSystemOom = told
  }

  image(name: string): ImageInfo | undefined {
    return this.spec(name)?.info
  }

  /** What an image that is on the node says of itself. */
  spec(name: string): ImageSpec | undefined {
    return this.#images.find(name)
  }

  /** The addresses and ports of a Pod. */
  namespaceOf(sandbox: Sandbox): NetworkNamespace | undefined {
    return this.#sandboxes.get(sandbox.id)?.pod.net
  }

  images(): readonly ImageInfo[] {
    return this.#images.all()
  }

  removeImage(id: string): void {
    this.#images.remove(id)
  }

  imageVolume(name: string): Volume | undefined {
    const spec = this.spec(name)
    return spec && volumeOf(overlay(new Disk({ type: 'overlay', clock: this.#clock }), spec.rootfs))
  }

  pull(name: string, done: Parameters<ContainerRuntime['pull']>[1]): void {
    this.#images.pull(name, done)
  }

  /** Puts an image on the node without a pull, as one that was there from the beginning. */
  preload(name: string): ImageInfo {
    const spec = containers.now.imageSpec(name, this.#declared)
    this.#images.keep(spec)
    return spec.info
  }

  createSandbox(config: SandboxConfig): Sandbox {
    const { runtimeHandler = '' } = config
    if (!HANDLERS.has(runtimeHandler)) {
      const why = `unable to get OCI runtime for sandbox "${this.#random.hex(64)}": no runtime for ${JSON.stringify(runtimeHandler)} is configured`
      throw new RuntimeError('Unknown', why)
    }
    containers.now.refuseImpossible(config, () => this.#random.hex(64))
    const net = this.#network.createNamespace({
      nodeName: this.#nodeName,
      hostname: config.hostname,
      hostNetwork: config.hostNetwork,
    })
    const etc = etcOf(createVolume(this.#clock), config)
    const uts = { hostname: config.hostname }
    if (config.hostPID) this.install(this.#machine())
    const pids = config.hostPID
      ? this.kernel.pids
      : config.shareProcessNamespace
        ? this.#sharedPids(net, uts)
        : undefined
    const state: SandboxState = {
      id: this.#random.hex(64),
      ips: net.ips,
      hostNetwork: config.hostNetwork,
      pod: {
        net,
        uts,
        etc,
        createdAt: this.#clock.now(),
        pids,
        sysctls: config.sysctls,
        namespaces: this.#namespaces(config),
        ...(config.hostIPC && { sharedMemory: this.#sharedMemory() }),
      },
      containers: new Set(),
      removed: false,
    }
    this.#sandboxes.set(state.id, state)
    this.#showProcesses(state)
    return state
  }

  /** The node's own, for Pods that share its IPC. */
  #sharedMemory(): Inode {
    const root = this.#machine()
    this.install(root)
    return lookup(lookup(root, 'dev')!, 'shm')!
  }

  /** What /proc/PID/ns and uid_map say; the node's own where the Pod has none of its own. */
  #namespaces({ hostNetwork, hostIPC, userNamespace }: SandboxConfig): Namespaces {
    const { kernel } = this
    const own: Namespaces = {
      net: hostNetwork ? HOST_NAMESPACES.net : kernel.namespace(),
      uts: hostNetwork ? HOST_NAMESPACES.uts : kernel.namespace(),
      ipc: hostIPC ? HOST_NAMESPACES.ipc : kernel.namespace(),
      user: userNamespace === undefined ? HOST_NAMESPACES.user : kernel.namespace(),
    }
    if (userNamespace !== undefined) own.firstId = userNamespace
    return own
  }

  /** One PID namespace for a Pod, with the sandbox's own pause as PID 1. */
  #sharedPids(net: NetworkNamespace, uts: { hostname: string }): PidSpace {
    const pids = new PidSpace(this.kernel)
    containers.now.startPause(this.#owner, pids, { net, uts })
    return pids
  }

  get #owner(): { kernel: Kernel; pause: Program } {
    return { kernel: this.kernel, pause: containers.now.pauseProgram }
  }

  /** Puts into the node's own tree what is installed there and what its kernel shows, and starts its own processes. */
  install(root: Inode): void {
    if (this.#installed) return
    const machine = { root, net: this.#host, hostname: this.#nodeName }
    this.#installed = containers.now.installNode(this.kernel, machine)
    for (const state of this.#sandboxes.values()) this.#showProcesses(state)
  }

  /** What runs for a Pod beside its containers, once there may be somebody who sees it. */
  #showProcesses(state: SandboxState): void {
    if (!this.#installed || state.endProcesses) return
    const { id, pod } = state
    state.endProcesses = containers.now.startSandboxProcesses(this.#owner, this.#installed, { id, ...pod })
  }

  removeSandbox(sandbox: Sandbox): void {
    const state = this.#sandboxes.get(sandbox.id)
    if (!state || state.removed) return
    state.removed = true
    for (const container of state.containers) container.kill('KILL')
    if (state.pod.pids !== this.kernel.pids) state.pod.pids?.init?.signal('KILL', true)
    state.endProcesses?.()
    if (!state.hostNetwork) this.#network.removeNamespace(state.pod.net)
    this.#sandboxes.delete(sandbox.id)
  }

  createContainer(sandbox: Sandbox, config: ContainerConfig): Container {
    const state = this.#sandboxes.get(sandbox.id)
    if (!state) throw new RuntimeError('NotFound', `failed to find sandbox id "${sandbox.id}": not found`)
    const spec = this.spec(config.image)
    if (!spec)
      throw new RuntimeError(
        'NotFound',
        `failed to create containerd container: get image "${config.image}": not found`,
      )
    if (!config.command?.length && !config.args?.length && !spec.entrypoint.length && !spec.cmd.length) {
      throw new RuntimeError(
        'Unknown',
        'failed to generate container spec: failed to generate spec: no command specified',
      )
    }
    containers.now.refuseMissingProfiles(config)
    this.#checkImageVolumes(config)
    const id = this.#random.hex(64)
    const target = config.targetContainer
      ? [...state.containers].findLast(c => c.config.name === config.targetContainer)
      : undefined
    if (target && target.state.state !== 'running') {
      const why = `container "${target.id}" is not running - in state CONTAINER_${target.state.state.toUpperCase()}`
      throw new RuntimeError('Unknown', `failed to generate container "${id}" spec: invalid target container: ${why}`)
    }
    const pids = state.pod.pids ?? target?.world.pids
    const container = new containers.now.SimulatedContainer({
      id,
      kernel: this.kernel,
      pod: state.pod,
      spec,
      config,
      ...(pids ? { pids } : {}),
    })
    state.containers.add(container)
    this.#owners.set(container, state)
    return container
  }

  /** Of an image volume only what is there can be mounted. */
  #checkImageVolumes({ mounts }: ContainerConfig): void {
    for (const { ofImage, subPath = '', volume } of mounts) {
      if (!ofImage || volume.root.stat(subPath)) continue
      const mounted = `/var/lib/containerd/io.containerd.grpc.v1.cri/image-volumes/${this.#random.hex(64)}/${this.#random.hex(64)}`
      const why = `failed to ensure image subpath "${subPath}" in "${mounted}": openat ${subPath}: no such file or directory`
      throw new RuntimeError('Unknown', `failed to mount image volume: ImageVolumeMountFailed: ${why}`)
    }
  }

  removeContainer(container: Container): void {
    container.kill('KILL')
    const owner = this.#owners.get(container)
    if (!owner) return
    const simulated = container as SimulatedContainer
    owner.containers.delete(simulated)
    simulated.world.cgroup.leave()
  }

  /** Where probes come from. */
  get #host(): NetworkNamespace {
    this.#node ??= this.#network.createNamespace({
      nodeName: this.#nodeName,
      hostname: this.#nodeName,
      hostNetwork: true,
    })
    return this.#node
  }

  httpGet(target: HttpTarget, timeoutMs: number, done: (result: DialResult) => void): void {
    containers.now.httpGet(this.#clock, this.#host, target, timeoutMs, done)
  }

  tcpDial(target: { ip: string; port: number }, timeoutMs: number, done: (result: DialResult) => void): void {
    containers.now.dial(this.#clock, this.#host, target, timeoutMs, result => {
      if ('error' in result) return done({ ok: false, error: result.error })
      result.connection.close()
      done({ ok: true })
    })
  }

  grpcHealth(target: GrpcTarget, timeoutMs: number, done: (result: DialResult) => void): void {
    containers.now.grpcHealth(this.#clock, this.#host, target, timeoutMs, done)
  }

  connect(sandbox: Sandbox, port: number, done: (result: Forwarded) => void): void {
    const state = this.#sandboxes.get(sandbox.id)
    if (state) containers.now.forward(state.pod.net, sandbox.id, port, done)
    else done({ error: `failed to find sandbox "${sandbox.id}" in store: not found` })
  }
}
