/**
 * A node's runtime whose containers of Node images are real processes of this machine. All other images run simulated
 * beside them, in the same Pods, on the same network and volumes.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { Network } from '../../network/network.ts'
import { Containerd, type ContainerdOptions } from '../containers/containerd.ts'
import type { Container, ContainerConfig, Mount, Sandbox, SandboxConfig } from '../cri.ts'
import { inodeOf } from '../files/volume.ts'
import type { DeclaredImage } from '../images/declared/declared.ts'
import type { ImageSpec } from '../registry/image-spec.ts'
import { ProcessContainer } from './container.node.ts'
import { ContainerFolder } from './folder.node.ts'
import { type NodeImage, nodeImage } from './images.ts'
import { MEASURES } from './measure.node.ts'
import { Mirror } from './mirror.node.ts'
import { PodPorts } from './ports.node.ts'
import { notSimulated, refuseImpossible } from './refusals.ts'

/** How often what processes write to volumes is looked for. */
const CARRY_MS = 200

/** A Pod that has real processes. */
interface Pod {
  path: string
  ports: PodPorts
  /** By what is mounted. */
  mirrors: Map<object, Mirror>
  /** Of these, what some container may write to. */
  writable: Set<Mirror>
  containers: Set<ProcessContainer>
  carrying: ReturnType<typeof setInterval>
}

export interface ProcessRuntimeOptions extends ContainerdOptions {
  /** A folder of this machine that is this runtime's own; its path has to be short, for sockets are in it. */
  folder: string
  /** The address of what `preload.node.ts` has become, when it is not what it is here. */
  preload?: string
  /** Whether files can be sockets. */
  socketFiles?: boolean
  /** Told of every port of this machine that is taken for the sake of the simulation. */
  onPort?(port: number): void
}

export class ProcessRuntime extends Containerd {
  readonly #clock: Clock
  readonly #ids: Random
  readonly #network: Network
  readonly #declared: readonly DeclaredImage[] | undefined
  readonly #folder: string
  readonly #preload: string
  readonly #socketFiles: boolean
  readonly #onPort: (port: number) => void
  readonly #configs = new Map<string, SandboxConfig>()
  readonly #pods = new Map<string, Pod>()
  readonly #folders = new WeakMap<Container, ContainerFolder>()
  #numbers = 0

  constructor(options: ProcessRuntimeOptions) {
    super(options)
    this.#clock = options.clock
    this.#network = options.network
    this.#ids = options.random.fork('processes')
    this.#declared = options.images
    this.#folder = options.folder
    this.#preload = options.preload ?? import.meta.url.replace(/runtime(\.node\.[jt]s)$/, 'preload$1')
    this.#socketFiles = options.socketFiles ?? true
    this.#onPort = options.onPort ?? (() => {})
  }

  override createSandbox(config: SandboxConfig): Sandbox {
    const sandbox = super.createSandbox(config)
    this.#configs.set(sandbox.id, config)
    return sandbox
  }

  override createContainer(sandbox: Sandbox, config: ContainerConfig): Container {
    const image = nodeImage(config.image, this.#declared)
    const spec = this.spec(config.image)
    const pod = this.#configs.get(sandbox.id)
    if (!pod || !spec) return super.createContainer(sandbox, config)
    if (!image) {
      const real = [...(this.#pods.get(sandbox.id)?.containers ?? [])].map(({ config: { name } }) => name)
      if (config.targetContainer && real.includes(config.targetContainer))
        throw notSimulated(`a look into its processes (--target ${config.targetContainer})`)
      return super.createContainer(sandbox, config)
    }
    refuseImpossible(config, pod, {
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      measuresMemory: MEASURES,
    })
    return this.#real(sandbox, pod, config, image, spec)
  }

  #real(sandbox: Sandbox, of: SandboxConfig, config: ContainerConfig, image: NodeImage, spec: ImageSpec): Container {
    const pod = this.#pod(sandbox)
    const folder = new ContainerFolder({
      path: join(pod.path, `${config.name}-${this.#numbers++}`),
      mounts: config.mounts,
      mirrorOf: mount => this.#mirror(pod, mount),
      files: image.files,
      workingDir: config.workingDir || spec.workingDir,
      terminationMessagePath: config.terminationMessagePath,
    })
    const { PATH: _, ...env } = spec.env
    const container = new ProcessContainer({
      id: this.#ids.hex(64),
      clock: this.#clock,
      config,
      image: spec.info,
      argv: argvOf(config, image, spec, folder),
      env,
      stopSignal: spec.stopSignal,
      folder,
      hostname: of.hostname,
      channel: pod.ports.channel,
      preload: this.#preload,
      carryVolumes: () => carry(pod),
      execId: () => this.#ids.hex(64),
    })
    pod.containers.add(container)
    this.#folders.set(container, folder)
    return container
  }

  #pod(sandbox: Sandbox): Pod {
    let pod = this.#pods.get(sandbox.id)
    if (!pod) {
      const path = join(this.#folder, String(this.#numbers++))
      mkdirSync(path, { recursive: true, mode: 0o700 })
      const made: Pod = {
        path,
        ports: new PodPorts({
          clock: this.#clock,
          network: this.#network,
          net: this.namespaceOf(sandbox)!,
          resolvConf: this.#configs.get(sandbox.id)?.resolvConf ?? '',
          path: this.#socketFiles ? join(path, 'net') : undefined,
          onPort: this.#onPort,
          onAlive(pid) {
            for (const container of made.containers) container.alive(pid)
          },
        }),
        mirrors: new Map(),
        writable: new Set(),
        containers: new Set(),
        carrying: setInterval(() => {
          if ([...made.containers].some(c => c.state.state === 'running')) this.#clock.soon(() => carry(made))
        }, CARRY_MS).unref(),
      }
      this.#pods.set(sandbox.id, (pod = made))
    }
    return pod
  }

  /** One directory for all mounts of a volume in the Pod. */
  #mirror(pod: Pod, { volume, readOnly }: Mount): Mirror {
    const key = inodeOf(volume)
    let mirror = pod.mirrors.get(key)
    if (!mirror) {
      mirror = new Mirror(volume, join(pod.path, `volume-${this.#numbers++}`))
      pod.mirrors.set(key, mirror)
    }
    if (!readOnly) pod.writable.add(mirror)
    return mirror
  }

  override removeContainer(container: Container): void {
    super.removeContainer(container)
    this.#folders.get(container)?.remove()
    for (const pod of this.#pods.values()) pod.containers.delete(container as ProcessContainer)
  }

  override removeSandbox(sandbox: Sandbox): void {
    const pod = this.#pods.get(sandbox.id)
    if (pod) this.#removePod(pod)
    this.#pods.delete(sandbox.id)
    this.#configs.delete(sandbox.id)
    super.removeSandbox(sandbox)
  }

  #removePod(pod: Pod): void {
    clearInterval(pod.carrying)
    for (const container of pod.containers) container.killNow()
    carry(pod)
    for (const mirror of pod.mirrors.values()) mirror.stop()
    pod.ports.close()
    rmSync(pod.path, { recursive: true, force: true })
  }

  /** Ends every process at once, when the cluster ends. */
  close(): void {
    for (const pod of this.#pods.values()) this.#removePod(pod)
    this.#pods.clear()
  }
}

function carry(pod: Pod): void {
  for (const mirror of pod.writable) mirror.pull()
}

/** The official image's entrypoint runs what is no command with node: `args: ["server.js"]`, `args: ["--version"]`. */
function argvOf(config: ContainerConfig, image: NodeImage, spec: ImageSpec, folder: ContainerFolder): string[] {
  const { command = [], args = [] } = config
  if (command.length) return [...command, ...args]
  const words = args.length ? [...args] : [...spec.cmd]
  if (!image.official) return [...spec.entrypoint, ...words]
  const first = words[0] ?? 'node'
  const isCommand =
    first === 'node' || 'file' in folder.which(first, process.env.PATH ?? '', folder.locate(folder.workingDir))
  return isCommand && !first.startsWith('-') ? words : ['node', ...words]
}
