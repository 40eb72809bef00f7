/**
 * A session: one cluster, the learner's workstation, and the record of everything the learner did.
 * The record, the lesson and the seed are the whole history: replayed, they give the same bytes.
 */

import type { FeatureGate } from '../api/feature-gates.ts'
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Event,
  Job,
  Node,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
} from '../api/types.ts'
import type { DeclaredImage } from '../runtime/images/declared/declared.ts'

/** Whatever comes in from outside; each is a line of the record. */
export type Input =
  /** Bytes typed or pasted into a terminal. */
  | { type: 'terminal'; terminal: number; data: string }
  | { type: 'resize'; terminal: number; columns: number; rows: number }
  /** A terminal opened or closed; written by openTerminal and closeTerminal. */
  | { type: 'open'; terminal: number; columns: number; rows: number }
  | { type: 'close'; terminal: number }
  /** The answer to an edit request: the text as saved, or null when it was given up. */
  | { type: 'edited'; request: number; text: string | null }
  /** A file of the workstation's home directory saved from the editor; null deletes it. */
  | { type: 'file'; path: string; text: string | null }
  /** A command run by a button, such as Apply; shown in the terminal as if typed. */
  | { type: 'command'; terminal: number; line: string }
  /** A page asked for at a forwarded port of the workstation, to be looked at. */
  | { type: 'preview'; port: number; path: string }
  /** Something that happens to the cluster: `node stop worker-1`, `node start worker-1` … */
  | { type: 'fault'; command: string }

export interface SessionRecord {
  version: 1
  /** The lesson's id, such as `01-meet-the-pod/01-what-a-pod-is`; '' for the playground. */
  lesson: string
  seed: string
  /** Virtual milliseconds since the Unix epoch at which the world began. */
  start: number
  nodes: readonly string[]
  /** Set where the cluster has a metrics server. */
  metricsServer?: true
  /** Set where the cluster has a default StorageClass. */
  storageClass?: true
  inputs: readonly { at: number; input: Input }[]
  /** How far time had come. */
  end: number
}

export type Workload = Deployment | ReplicaSet | StatefulSet | DaemonSet | Job | CronJob

/** What the picture shows; objects are those of the API, shared and frozen. */
export interface ClusterView {
  now: number
  nodes: readonly Node[]
  pods: readonly Pod[]
  services: readonly Service[]
  /** What makes Pods, and what makes that. */
  workloads: readonly Workload[]
  /** Newest last. */
  events: readonly Event[]
}

/** What the scheduler says of one node for a Pod; no reasons: the Pod would fit. */
export interface NodeAnswer {
  node: string
  reasons: readonly string[]
}

/** What the API server would say to a manifest. */
export interface Complaint {
  /** From 1. */
  line: number
  message: string
  severity: 'error' | 'warning'
}

/** An object of a file, beside the one that the cluster has. */
export interface LiveComparison {
  /** `Pod web` */
  name: string
  /** Whether the cluster has it. */
  live: boolean
  /** Whether the API server would not take the file's as it is. */
  refused: boolean
  /** YAML, before and after an apply: of the fields that the file has, or what was applied last. */
  brief: { before: string; after: string }
  /** All of it but managed fields. */
  whole: { before: string; after: string }
}

export interface CheckResult {
  id: string
  passed: boolean
  /** Which of the lesson's hints explains the failure; its words are in the MDX. */
  hint?: string
}

export interface SessionOptions {
  seed: string
  nodes?: readonly string[]
  metricsServer?: boolean
  storageClass?: boolean
  start?: number
  lesson?: LessonWorld
}

/** The part of a lesson.yaml that the engine needs, with its manifests read. */
export interface LessonWorld {
  id: string
  /** Manifests applied, in order, before the learner arrives; path → YAML. */
  manifests: Record<string, string>
  /** What stands in the learner's home directory; path → text. */
  files: Record<string, string>
  /** Virtual milliseconds to let pass after the manifests. */
  settleMs: number
  /** Node names where the lesson wants others than the usual three. */
  nodes?: readonly string[]
  /** Images that the lesson brings along. */
  images?: readonly DeclaredImage[]
  /** Whether the cluster has a metrics server. */
  metricsServer?: boolean
  /** Whether the cluster has a default StorageClass. */
  storageClass?: boolean
  /** Gates of Kubernetes' features that are open in the cluster. */
  featureGates?: readonly FeatureGate[]
  exercises: readonly Exercise[]
}

export interface Exercise {
  id: string
  checks: readonly Check[]
}

export interface Check {
  id: string
  /** CEL that must be true. See docs/authoring.md for what it can see. */
  expression: string
  /** The first whose `when` (CEL) is true names the hint; the check's own id is the fallback. */
  hints?: readonly { id: string; when: string }[]
}

export interface PreviewAnswer {
  /** 0 when no answer came; `error` says why. */
  status: number
  type: string
  body: string
  error: string
}

/** A file that a program of the workstation wants to have edited. */
export interface EditRequest {
  path: string
  text: string
  /** @param text null when the learner has cancelled */
  done(text: string | null): void
}

export interface Session {
  readonly now: number
  /** Applies an input at the present instant, records it, and lets the world settle. */
  dispatch(input: Input): Promise<void>
  /** Lets time pass. */
  advance(ms: number): Promise<void>
  /** To the next event, at most `limitMs` ahead; false when nothing will happen by then. */
  step(limitMs?: number): Promise<boolean>
  openTerminal(options: { columns: number; rows: number }): number
  closeTerminal(terminal: number): void
  onOutput(handler: (terminal: number, data: string) => void): void
  /** A file of the home directory changed from inside (a shell command): the editor shows it. The path is relative to the home. */
  onFile(handler: (path: string, text: string | null) => void): void
  /** `kubectl edit`, `vi` and `nano` ask the editor pane to open a file; answer by calling `done`. */
  onEdit(handler: (request: EditRequest) => void): void
  /** Told at most once an instant, when anything in the view has changed. */
  onChange(handler: () => void): void
  view(): ClusterView
  /** Why a Pod gets no node, node by node, as of now; undefined when there is no such Pod. Looks only. */
  askNodes(uid: string): Promise<readonly NodeAnswer[] | undefined>
  /** Lets the API server try manifests without keeping anything: neither objects nor draws of chance. */
  dryRun(text: string): Promise<readonly Complaint[]>
  /** What applying a file would change, object by object. Looks only. */
  compareLive(text: string): Promise<readonly LiveComparison[]>
  files(): Record<string, string>
  /** Ports of the workstation that somebody could look at: those of `kubectl port-forward`. */
  ports(): readonly number[]
  /** Asks one of them for a page. A deed like any other: it is recorded, and time passes until the answer is there. */
  preview(port: number, path: string): Promise<PreviewAnswer>
  /** Looks only: what has to be tried (a request to a Service) is tried on a copy of the world. */
  check(exercise: string): Promise<CheckResult[]>
  record(): SessionRecord
  /** Of the store and everything printed; equal for equal histories, in every JavaScript engine. */
  hash(): string
}
