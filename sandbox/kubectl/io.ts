/**
 * The interface between kubectl and its host: a server to talk to, files, a terminal and time. Implemented by process/
 * and main.node.ts.
 */

export interface RequestInit {
  method?: string
  headers?: Record<string, string>
  body?: string
}

export interface ApiResponse {
  readonly status: number
  /** A header's value; names in lower case. */
  header(name: string): string | undefined
  /** All of them; names in lower case. */
  headers(): Readonly<Record<string, string>>
  text(): Promise<string>
  /** Pieces of the body as they arrive, for watches and logs. */
  chunks(): AsyncIterable<string>
  /** Stops a body that has no end: who waits for its next piece gets none. */
  cancel(): void
}

/** A connection of several streams (exec, attach, port-forward), as v5.channel.k8s.io numbers them. */
export interface Channel {
  /** The next message, or undefined once the other side has closed. */
  receive(): Promise<{ channel: number; data: string } | undefined>
  send(channel: number, data: string): void
  /** Tells that one stream has ended (stdin, mostly). */
  end(channel: number): void
  close(): void
}

export const STDIN = 0
export const STDOUT = 1
export const STDERR = 2
export const ERROR = 3
export const RESIZE = 4

/** Where the API server is and who we are, as a kubeconfig says. */
export interface RestConfig {
  server: string
  caData?: string
  certData?: string
  keyData?: string
  token?: string
  username?: string
  password?: string
  insecure?: boolean
  tlsServerName?: string
  /** What happened to fail first, such as a certificate file that cannot be read. */
  impersonate?: { user?: string; uid?: string; groups: readonly string[] }
}

export interface Transport {
  /** @throws ConnectionError when no answer comes */
  request(path: string, init?: RequestInit): Promise<ApiResponse>
  /** @throws ConnectionError, or a Refused with the server's answer when the upgrade is refused */
  channel(path: string, headers?: Record<string, string>): Promise<Channel>
  /** @param path of the Pod's portforward subresource; throws as `channel` does */
  forward?(path: string, leads: readonly Lead[]): Promise<Forwarding>
}

/** A local port that is to lead to a port of a Pod; 0 takes any that is free. */
export interface Lead {
  address: string
  local: number
  remote: number
}

/** Ports that lead into a Pod, until the process ends. */
export interface Forwarding {
  /** For each lead the port that listens, or why none does. */
  readonly bound: readonly ({ port: number } | { error: string })[]
  /** The next connection to one of them, or what went wrong with one. Blocks. */
  next(): Promise<{ lead: number; error?: string }>
}

/** A request that somebody sends to a port of ours. */
export interface Asked {
  method: string
  /** Path and query, as they were written. */
  target: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
  /** The address of the client. */
  from: string
}

export interface Reply {
  status: number
  /** In the order in which they are sent. */
  headers: Readonly<Record<string, string>>
  body: string | Pieces
}

/** A body of which nobody knows how long it is. */
export interface Pieces {
  chunks(): AsyncIterable<string>
  /** Nobody wants any more: there will be none. */
  cancel(): void
}

/** Answers with means of its own: several are at work at once. */
export type Answering = (asked: Asked, io: Io) => Promise<Reply>

export interface Serving {
  port: number
  /** Until the process ends. */
  forever(): Promise<never>
}

/** Names of passing files end in numbers. */
export const randomDigits = (io: Io): string => Array.from(io.random(10), letter => letter.charCodeAt(0) % 10).join('')

/** No answer from the server; the words are those of Go's net package. */
export class ConnectionError extends Error {
  readonly refusedHost: string | undefined
  constructor(message: string, refusedHost?: string) {
    super(message)
    this.refusedHost = refusedHost
  }
}

/** An upgrade that the server answered as an ordinary request. */
export class Refused extends Error {
  readonly status: number
  readonly body: string
  constructor(status: number, body: string) {
    super(`unable to upgrade connection: ${body}`)
    this.status = status
    this.body = body
  }
}

export interface Files {
  /** undefined where there is no such file; throws with the C library's words for the rest. */
  read(path: string): Promise<string | undefined>
  write(path: string, data: string, mode?: number): Promise<void>
  /** Names in a directory, sorted; undefined where it is none. */
  list(path: string): Promise<readonly string[] | undefined>
  kind(path: string): Promise<'file' | 'directory' | undefined>
  /** When it was last written, in milliseconds since the epoch; undefined where there is no such file. */
  modified(path: string): Promise<number | undefined>
  mkdir(path: string): Promise<void>
  /** Whether a file may be run; absent where nobody can tell. */
  executable?(path: string): Promise<boolean>
  remove(path: string): Promise<void>
}

export interface Io {
  transport(config: RestConfig): Transport
  readonly files: Files
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly pid: number
  /** Whether a kubeconfig is needed to find a server; where it is not, this is the server to talk to. */
  readonly defaultServer?: string
  /** What there is to read on standard input; '' at its end. */
  read(): Promise<string>
  out(text: string): Promise<void>
  err(text: string): Promise<void>
  isTerminal(fd: 0 | 1 | 2): boolean
  size(): { columns: number; rows: number } | undefined
  /** Raw mode of the terminal, for exec -t and attach -t. */
  raw?(on: boolean): void
  onResize?(notify: (size: { columns: number; rows: number }) => void): () => void
  /** Milliseconds since the epoch. */
  now(): number
  sleep(ms: number): Promise<void>
  /** Letters for generated names. */
  random(letters: number): string
  /** Opens the learner's editor; null when it could not be started. */
  edit(path: string, text: string): Promise<string | null>
  /**
   * Serves HTTP at an address of this machine; port 0 is any that is free.
   * @returns why not, in the C library's words
   */
  serve?(address: string, port: number, answer: Answering): Promise<Serving | { error: string }>
  /** Runs beside the caller, with blocking calls of its own; returns how to stop it. */
  background(work: (io: Io) => Promise<void>): { done(): Promise<void>; stop(): Promise<void> }
}
