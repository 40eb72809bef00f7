/**
 * What the kubelet asks of a container runtime (after the CRI). The simulated runtime implements it in `runtime/containers/containerd.ts`;
 * another may run real processes. One contract test suite (`cri.contract.ts`) holds for all.
 */
import type { Volume } from './files/fs.ts'
import type { ExitStatus, Signal, Stream } from './processes/process.ts'

/** A refusal by the runtime or registry, with the words that end up in a Pod's status and events. */
export class RuntimeError extends Error {
  /** gRPC code as the kubelet prints it: `rpc error: code = NotFound desc = …`. */
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface ImageInfo {
  /** As a status shows it: docker.io/library/nginx:1.25. */
  name: string
  /** sha256:… */
  id: string
  /** docker.io/library/nginx@sha256:… */
  digest: string
  bytes: number
  /** The user that the image sets: a number, a name, or '' for root. */
  user: string
}

export interface SandboxConfig {
  namespace: string
  name: string
  uid: string
  nodeName: string
  hostname: string
  hostNetwork: boolean
  shareProcessNamespace: boolean
  /** Whether the containers see all processes of the node. */
  hostPID?: boolean
  /** Whether they share the node's IPC namespace. */
  hostIPC?: boolean
  /** In a user namespace of their own: the node's id that stands for root. */
  userNamespace?: number
  /** Whom the Pod as a whole runs as. */
  user?: { uid?: number | undefined; gid?: number | undefined }
  /** What its containers may hold together, when all of them have a limit. */
  memoryBytes?: number
  /** Kernel parameters of the Pod's namespaces. */
  sysctls?: Readonly<Record<string, string>>
  /** The handler of the Pod's RuntimeClass; absent or empty for the runtime's own way. */
  runtimeHandler?: string
  /** /etc/resolv.conf and /etc/hosts as the kubelet computed them. */
  resolvConf: string
  hosts: () => string
}

export interface Sandbox {
  readonly id: string
  /** The Pod's addresses; the node's for hostNetwork. */
  readonly ips: readonly string[]
}

export interface Mount {
  containerPath: string
  /** Where it lies on the node, for what is said when it cannot be mounted. */
  hostPath?: string
  volume: Volume
  subPath?: string
  /** That there is a file, as the kubelet has just written it: nobody need look before it is read. */
  isFile?: true
  /** The volume is an image: the runtime mounts it itself, and makes nothing that is not in it. */
  ofImage?: true
  readOnly: boolean
}

/** A security profile: the runtime's own, none, or one of the node by its name. */
export type Profile = 'RuntimeDefault' | 'Unconfined' | { localhost: string }

export interface ContainerConfig {
  name: string
  attempt: number
  image: string
  /** What the kubelet keeps for the Pod on the node, for what is said when something there cannot be mounted. */
  podDirectory?: string
  /** Replace the image's entrypoint and command, as a Pod's command and args do. */
  command?: readonly string[]
  args?: readonly string[]
  env: Record<string, string>
  workingDir?: string
  mounts: readonly Mount[]
  stdin: boolean
  stdinOnce: boolean
  tty: boolean
  /** `strict`: without the groups that the image's /etc/group gives the user. */
  user?: { uid?: number; gid?: number; groups?: readonly number[]; strict?: boolean }
  readOnlyRootFilesystem: boolean
  /** A file that anybody in the container may write, wherever else nothing may be written. */
  terminationMessagePath?: string
  privileged: boolean
  capabilities: { add: readonly string[]; drop: readonly string[] }
  /** Nothing that runs gains what its parent did not have. */
  noNewPrivileges?: boolean
  seccomp?: Profile
  appArmor?: Profile
  /** Limits; absent is unlimited. */
  cpuMillis?: number
  /** Thousandths of a cpu that were asked for. */
  cpuRequestMillis?: number
  memoryBytes?: number
  /** How soon its processes are sacrificed when the node runs out of memory. */
  oomScoreAdj?: number
  /** Who sees whose processes: this container's name, for ephemeral containers. */
  targetContainer?: string
}

export type ContainerState =
  | { state: 'created' }
  | { state: 'running'; startedAt: number }
  | { state: 'exited'; startedAt: number; finishedAt: number; status: ExitStatus }

export interface LogLine {
  /** Virtual milliseconds. */
  time: number
  stream: 'stdout' | 'stderr'
  /** Without its newline; `partial` when it was not ended by one yet. */
  text: string
  partial: boolean
}

export interface Logs {
  /** From line `from` on; lines once written never change (a partial one grows). */
  lines(from?: number): readonly LogLine[]
  /** Called at every addition and at the end. Returns how to stop. */
  follow(notify: () => void): () => void
  readonly ended: boolean
}

export interface ExecSession {
  /** What the client types. */
  writeStdin(data: string): void
  closeStdin(): void
  resize(columns: number, rows: number): void
  signal(signal: Signal): void
  /** Called with output in order; and once at the end. */
  onOutput(handler: (stream: 'stdout' | 'stderr', data: string) => void): void
  onExit(handler: (status: ExitStatus) => void): void
  /** The client has gone. */
  close(): void
}

export interface Container {
  readonly id: string
  readonly config: ContainerConfig
  readonly image: ImageInfo
  readonly state: ContainerState
  readonly logs: Logs
  /** Who its first process runs as. */
  readonly user?: { uid: number; gid: number; groups: readonly number[] }
  /** @throws RuntimeError when the entrypoint cannot be started (exit code 128, the runtime's words) */
  start(): void
  /** Signals PID 1; a stopped container is left alone. */
  kill(signal: Signal): void
  /** The image's STOPSIGNAL or SIGTERM. */
  readonly stopSignal: Signal
  onExit(handler: (status: ExitStatus) => void): void
  /** @throws RuntimeError with containerd's words when the command cannot be found */
  exec(options: { argv: readonly string[]; tty?: boolean; stdin?: boolean }): ExecSession
  attach(options: { stdin?: boolean; tty?: boolean }): ExecSession
  /** New limits for a container that runs, without a restart; absent is unlimited. */
  updateResources?(limits: { cpuMillis?: number; cpuRequestMillis?: number; memoryBytes?: number }): void
  /** Contents of a file of the container, for terminationMessagePath; undefined if there is none. */
  readFile(path: string): string | undefined
  /** CPU used since start in milliseconds, memory now in bytes, bytes in the writable layer and in the log's file. */
  usage(): { cpuMs: number; memoryBytes: number; writableBytes: number; logBytes?: number }
  /** What the writable layer takes on the disk, in whole blocks and with its directories; where nobody counts them, `writableBytes`. */
  diskUsage?(): number
}

/** Whom a probe by HTTP asks, and how. */
export interface HttpTarget {
  ip: string
  port: number
  path: string
  scheme: 'HTTP' | 'HTTPS'
  headers: readonly { name: string; value: string }[]
}

/** What a probe by network found. */
export type DialResult =
  | { ok: true; status?: number; body?: string /** Where a redirect leads. */; location?: string | undefined }
  | { ok: false; error: string }

export interface ContainerRuntime {
  /** `containerd://2.1.0`, as node status shows it. */
  readonly version: string
  /** To be awaited before the first Pod: what runs containers may not be loaded yet. Undefined when it is. */
  load(): Promise<unknown> | undefined
  /** Tells of each process that the kernel kills because the node as a whole has no memory left: its name, its number there. */
  watchSystemOom?(told: (name: string, pid: number) => void): void
  image(name: string): ImageInfo | undefined
  images(): readonly ImageInfo[]
  /** Forgets an image by its id, under all of its names; containers that were made of it keep what they have. */
  removeImage?(id: string): void
  /** The files of an image that is on the node. */
  imageVolume?(name: string): Volume | undefined
  /** Calls back once pulled or refused; pulls of a node go one at a time, and `ms` does not count the wait. Messages are those of containerd and the registry. */
  pull(
    name: string,
    done: (result: { image: ImageInfo; ms: number } | { error: RuntimeError; ms: number }) => void,
  ): void
  createSandbox(config: SandboxConfig): Sandbox
  /** Stops what still runs in it and frees the address. */
  removeSandbox(sandbox: Sandbox): void
  /** @throws RuntimeError */
  createContainer(sandbox: Sandbox, config: ContainerConfig): Container
  removeContainer(container: Container): void
  /** From the node, as the kubelet probes: answers after the time it took in the simulation, or at `timeoutMs`. */
  httpGet(target: HttpTarget, timeoutMs: number, done: (result: DialResult) => void): void
  tcpDial(target: { ip: string; port: number }, timeoutMs: number, done: (result: DialResult) => void): void
  grpcHealth(
    target: { ip: string; port: number; service: string },
    timeoutMs: number,
    done: (result: DialResult) => void,
  ): void
  /** A connection into the Pod's network, for port-forward. */
  connect(sandbox: Sandbox, port: number, done: (result: { stream: PortStream } | { error: string }) => void): void
}

export interface PortStream {
  send(data: string): void
  onData(handler: (data: string) => void): void
  onClose(handler: () => void): void
  close(): void
}

export type { Stream }
