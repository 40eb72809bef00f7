/** The simulated container runtime of one node: images, sandboxes and containers on a kernel of their own. */
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { Network, NetworkNamespace } from '../network/network.ts'
import { SimulatedContainer } from './container.ts'
import {
  type Container,
  type ContainerConfig,
  type ContainerRuntime,
  type DialResult,
  type ImageInfo,
  type PortStream,
  RuntimeError,
  type Sandbox,
  type SandboxConfig,
} from './cri.ts'
import { devTree } from './devfs.ts'
import { grpcHealth, type HttpTarget, httpGet, portStream, tcpDial } from './dial.ts'
import type { Image } from './images/image.ts'
import { images as published } from './images/index.ts'
import { parseReference, type Reference } from './images/reference.ts'
import { Kernel, PidSpace } from './kernel.ts'
import { programLoader } from './programs.ts'
import { Disk, type Inode, newInode } from './tree.ts'
import { directory } from './volume.ts'

export interface ContainerdOptions {
  clock: Clock
  random: Random
  network: Network
  nodeName: string
  cores?: number
  /** What can be pulled; the built-in images when absent. */
  registry?: readonly Image[]
}

interface Pulled {
  image: Image
  tree: Inode
  info: ImageInfo
}

class PodSandbox implements Sandbox {
  readonly id: string
  readonly config: SandboxConfig
  readonly net: NetworkNamespace
  readonly containers = new Set<SimulatedContainer>()
  readonly pids: PidSpace | undefined
  constructor(id: string, config: SandboxConfig, net: NetworkNamespace) {
    this.id = id
    this.config = config
    this.net = net
    // With a shared PID namespace, the pause process is the first.
    if (config.shareProcessNamespace) this.pids = new PidSpace()
  }
  get ips(): readonly string[] {
    return this.net.ips
  }
}

/** Bytes a second that come from a registry, and what it takes to ask. */
const BANDWIDTH = 40_000_000
const ASK_MS = 700

export class Containerd implements ContainerRuntime {
  readonly version = 'containerd://2.1.4'
  /** Pulls fail while the registry cannot be reached. */
  registryDown = false
  readonly #clock: Clock
  readonly #random: Random
  readonly #network: Network
  readonly #nodeName: string
  readonly #registry: readonly Image[]
  readonly #kernel: Kernel
  readonly #dev: Inode
  readonly #pulled = new Map<string, Pulled>()
  #busyUntil = 0
  #host: NetworkNamespace | undefined

  constructor({ clock, random, network, nodeName, cores, registry = published }: ContainerdOptions) {
    this.#clock = clock
    this.#random = random
    this.#network = network
    this.#nodeName = nodeName
    this.#registry = registry
    this.#kernel = new Kernel({
      clock,
      random: random.fork('kernel'),
      load: programLoader(Object.assign({}, ...registry.map(image => image.programs))),
      ...(cores && { cores }),
    })
    this.#dev = devTree(() => clock.now())
  }

  image(name: string): ImageInfo | undefined {
    return this.#pulled.get(parseReference(name).full)?.info
  }

  images(): readonly ImageInfo[] {
    return [...this.#pulled.values()].map(p => p.info)
  }

  pull(name: string, done: Parameters<ContainerRuntime['pull']>[1]): void {
    const asked = this.#clock.now()
    const reference = parseReference(name)
    const found = this.#resolve(reference)
    const present = this.#pulled.get(reference.full)
    const transfer = 'image' in found && !present ? (bytesOf(found.image) / BANDWIDTH) * 1000 : 0
    const at = Math.max(asked, this.#busyUntil) + ASK_MS + Math.round(transfer)
    this.#busyUntil = at
    this.#clock.after(at - asked, () => {
      const ms = this.#clock.now() - asked
      if ('error' in found) done({ error: found.error, ms })
      else done({ image: this.#keep(reference, found.image).info, ms })
    })
  }

  createSandbox(config: SandboxConfig): Sandbox {
    const { nodeName, hostname, hostNetwork } = config
    const net = this.#network.createNamespace({ nodeName, hostname, hostNetwork })
    return new PodSandbox(this.#random.hex(64), config, net)
  }

  removeSandbox(sandbox: Sandbox): void {
    const pod = sandbox as PodSandbox
    for (const container of pod.containers) container.destroy()
    this.#network.removeNamespace(pod.net)
  }

  createContainer(sandbox: Sandbox, config: ContainerConfig): Container {
    const pod = sandbox as PodSandbox
    const pulled = this.#pulled.get(parseReference(config.image).full)
    if (!pulled) throw new RuntimeError('NotFound', `image "${config.image}": not found`)
    const target = config.targetContainer && [...pod.containers].findLast(c => c.config.name === config.targetContainer)
    const { hostname, hosts, resolvConf } = pod.config
    const container = new SimulatedContainer({
      kernel: this.#kernel,
      id: this.#random.hex(64),
      config,
      image: pulled.image,
      tree: pulled.tree,
      info: pulled.info,
      net: pod.net,
      hostname,
      pids: pod.pids ?? (target ? target.pids : new PidSpace()),
      dev: this.#dev,
      etc: { '/etc/hostname': `${hostname}\n`, '/etc/hosts': hosts, '/etc/resolv.conf': resolvConf },
      newId: () => this.#random.hex(64),
    })
    pod.containers.add(container)
    return container
  }

  removeContainer(container: Container): void {
    ;(container as SimulatedContainer).destroy()
  }

  httpGet(target: HttpTarget, timeoutMs: number, done: (result: DialResult) => void): void {
    httpGet(this.#clock, this.#from(), target, timeoutMs, done)
  }

  tcpDial(target: { ip: string; port: number }, timeoutMs: number, done: (result: DialResult) => void): void {
    tcpDial(this.#clock, this.#from(), target, timeoutMs, done)
  }

  grpcHealth(
    target: { ip: string; port: number; service: string },
    timeoutMs: number,
    done: (result: DialResult) => void,
  ): void {
    grpcHealth(this.#clock, this.#from(), target, timeoutMs, done)
  }

  connect(sandbox: Sandbox, port: number, done: (result: { stream: PortStream } | { error: string }) => void): void {
    portStream((sandbox as PodSandbox).net, port, done)
  }

  /** The node's own end of a connection. */
  #from(): NetworkNamespace {
    this.#host ??= this.#network.createNamespace({
      nodeName: this.#nodeName,
      hostname: this.#nodeName,
      hostNetwork: true,
    })
    return this.#host
  }

  #resolve(reference: Reference): { image: Image } | { error: RuntimeError } {
    const { host, repository, tag, full } = reference
    const refuse = (code: string, why: string): { error: RuntimeError } => ({
      error: new RuntimeError(code, `failed to pull and unpack image "${full}": failed to resolve image: ${why}`),
    })
    const server = host === 'docker.io' ? 'registry-1.docker.io' : host
    const head = `failed to do request: Head "https://${server}/v2/${repository.slice(host.length + 1)}/manifests/${tag}": dial tcp`
    if (this.registryDown) return refuse('DeadlineExceeded', `${head}: i/o timeout`)
    const image = this.#registry.find(i => i.repositories.includes(repository))
    if (image) {
      if (reference.digest || image.tags.test(tag)) return { image }
      return refuse('NotFound', `${full}: not found`)
    }
    if (host === 'docker.io' || this.#registry.some(i => i.repositories.some(r => r.startsWith(`${host}/`)))) {
      return refuse(
        'Unknown',
        'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      )
    }
    return refuse('Unknown', `${head}: lookup ${host}: no such host`)
  }

  #keep(reference: Reference, image: Image): Pulled {
    const present = this.#pulled.get(reference.full)
    if (present) return present
    const digest = digestOf(reference.full)
    const info: ImageInfo = {
      name: reference.full,
      id: `sha256:${digestOf(`${reference.full} config`)}`,
      digest: `${reference.repository}@sha256:${digest}`,
      bytes: bytesOf(image),
      user: image.user ?? '',
    }
    const pulled = { image, info, tree: treeOf(image, reference.tag || 'latest') }
    this.#pulled.set(reference.full, pulled)
    return pulled
  }
}

/** All nodes and clusters of a program share the trees of images. */
const trees = new Map<string, Inode>()
const BUILT = Date.UTC(2026, 0, 1)

function treeOf(image: Image, tag: string): Inode {
  const key = `${image.repositories[0]}:${tag}`
  let tree = trees.get(key)
  if (!tree) {
    tree = newInode(new Disk({ type: 'overlay', now: () => BUILT }), 'directory')
    const root = directory(tree)
    image.base(root)
    image.files?.(root, tag)
    trees.set(key, tree)
  }
  return tree
}

const bytesOf = (image: Image): number => image.megabytes * 1_000_000

/** 64 hexadecimal digits that depend on a text alone (FNV-1a, eight times over): the same for an image everywhere. */
function digestOf(text: string): string {
  let out = ''
  for (let round = 0; round < 8; round++) {
    let hash = 2166136261 ^ Math.imul(round, 0x9e3779b9)
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
    out += (hash >>> 0).toString(16).padStart(8, '0')
  }
  return out
}
