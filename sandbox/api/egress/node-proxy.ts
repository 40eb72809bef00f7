/**
 * The API server's requests to a node's kubelet: logs and connections into a Pod's containers. The kubelet implements
 * it.
 */

import type { Part } from '../../parts.ts'
import type { Pod } from '../types.ts'

export interface LogOptions {
  container: string
  follow: boolean
  previous: boolean
  timestamps: boolean
  tailLines?: number
  limitBytes?: number
  sinceSeconds?: number
  /** RFC 3339. */
  sinceTime?: string
  /** 'Stdout', 'Stderr' or 'All'. */
  stream?: string
}

/** A text that comes piece by piece. */
export interface TextStream {
  /** Pieces may come inside the call already; `end` comes once. Returns how to stop. */
  open(write: (text: string) => void, end: () => void): () => void
}

export interface ExitResult {
  code: number
  /** The runtime could not start the command: its words instead of an exit code. */
  error?: string
}

/** One running command or attached terminal, from the client's side. */
export interface RemoteSession {
  writeStdin(data: string): void
  closeStdin(): void
  resize(columns: number, rows: number): void
  onOutput(handler: (stream: 'stdout' | 'stderr', data: string) => void): void
  onExit(handler: (result: ExitResult) => void): void
  /** The client has gone. */
  close(): void
}

export interface RemoteConnection {
  send(data: string): void
  onData(handler: (data: string) => void): void
  onClose(handler: () => void): void
  close(): void
}

export interface ExecOptions {
  container: string
  command: readonly string[]
  stdin: boolean
  tty: boolean
}

/** A request to a kubelet's own port. */
export interface KubeletRequest {
  method: string
  /** Below the root of the kubelet's server, with a slash in front. */
  path: string
  query: URLSearchParams
}

export interface KubeletAnswer {
  status: number
  type: string
  body: string | TextStream
  location?: string
}

/**
 * Every call speaks of a Pod that is bound to a node, and of a container that the Pod has (the API server has checked both).
 * Refusals are StatusErrors in the kubelet's words, such as BadRequest
 * `container "c" in pod "web" is waiting to start: ContainerCreating`.
 */
export interface NodeProxy {
  /** What answers on a kubelet's own port; loaded before `ask`. */
  readonly ownPort: Pick<Part<unknown>, 'load'>
  /** @throws StatusError where there is no such node, no way to it, or nothing at the port */
  ask(nodeName: string, port: string, request: KubeletRequest): KubeletAnswer
  /** @throws StatusError */
  logs(pod: Pod, options: LogOptions): TextStream
  /**
   * Whether a connection could be made now; starts nothing.
   * @throws StatusError, such as InternalError `unable to upgrade connection: container not found ("c")`
   */
  checkConnect(pod: Pod, container: string, subresource: 'exec' | 'attach'): void
  /** @throws StatusError */
  exec(pod: Pod, options: ExecOptions): RemoteSession
  /** @throws StatusError */
  attach(pod: Pod, options: Omit<ExecOptions, 'command'>): RemoteSession
  portForward(
    pod: Pod,
    port: number,
    done: (result: { connection: RemoteConnection } | { error: string }) => void,
  ): void
}
