/** A daemon as data: where it listens, what it says and answers, when it refuses to start. */
import type { Connection } from '../../../network/network.ts'
import type { Process } from '../../processes/process.ts'
import type { SettingFiles } from '../databases/setting-files.ts'
import type { LogStep } from './log-steps.ts'
import type { StampName } from './stamps.ts'

/** A server that cannot begin. */
export interface Failed {
  lines?: readonly LogStep[]
  /** Why not. */
  fatal: string
  /** 1 when absent. */
  code?: number
}

/** What speaks to those who connect, and lives as long as its process. */
export interface DaemonServer {
  /** What it has to say before it listens. */
  lines?: readonly LogStep[]
  /** What it says when it has begun and when it ends, where that is more than its daemon's lines. */
  log?: { ready(): readonly LogStep[]; stopping(): readonly LogStep[] }
  fatal?: undefined
  converse(connection: Connection): void
  /** What it does beside. */
  run?(): Promise<void>
}

export interface Daemon {
  /** 0: it listens nowhere that is simulated. */
  port: number
  memory: number
  /** For tags that say none; `{version}` stands for it in its words. */
  version?: string
  /** What `--version` prints, and nothing starts. */
  about?: string
  /** Settings that may stand in files. */
  settings?: SettingFiles
  /** Why it will not start, as its entrypoint says. */
  refuses?(process: Process, version: string): string | undefined
  /** CPU until it listens. */
  startMs?: number
  ready: readonly string[]
  stopping?: readonly string[]
  /** How it writes the time before each line of its log. */
  stamp?: StampName
  /** Answers HTTP with this. */
  page?: { body: string; type?: string }
  serve?(process: Process, version: string): DaemonServer | Failed | Promise<DaemonServer | Failed>
  also?(process: Process): void | Promise<void>
}
