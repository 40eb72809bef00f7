/** The messages between the page and the worker that holds the cluster. */
import type {
  CheckResult,
  ClusterView,
  Complaint,
  Input,
  LessonWorld,
  LiveComparison,
  NodeAnswer,
  PreviewAnswer,
  SessionRecord,
} from '../../../sandbox/scenario/session.ts'

/** Of a terminal. */
export interface Size {
  columns: number
  rows: number
}

/** A call is answered by one reply of the same number. */
export type Call =
  /**
   * `until`: how far to play the record; the rest of it lies ahead, as on a tape.
   * `terminal`: to be opened if there is none then.
   */
  | { type: 'open'; seed: string; lesson: LessonWorld | null; record?: SessionRecord; until?: number; terminal?: Size }
  | { type: 'input'; input: Input }
  | ({ type: 'terminal' } & Size)
  | { type: 'closeTerminal'; terminal: number }
  | { type: 'check'; exercise: string }
  | { type: 'askNodes'; pod: string }
  | { type: 'preview'; port: number; path: string }
  | { type: 'dryRun'; text: string }
  | { type: 'compareLive'; text: string }
  | { type: 'skip'; ms: number }
  /** To the next change that the picture shows. */
  | { type: 'step'; limitMs: number }
  | { type: 'record' }
  | { type: 'hash' }

export interface Answers {
  open: { files: Record<string, string>; terminals: number[]; now: number; record: SessionRecord }
  input: null
  terminal: number
  closeTerminal: null
  check: CheckResult[]
  askNodes: readonly NodeAnswer[] | undefined
  preview: PreviewAnswer
  dryRun: readonly Complaint[]
  compareLive: readonly LiveComparison[]
  skip: null
  step: boolean
  record: SessionRecord
  hash: string
}

export type ToWorker =
  | { type: 'call'; id: number; call: Call }
  /** Virtual seconds per second; 0 pauses. */
  | { type: 'speed'; speed: number }
  /** The last change of the view is on the screen. */
  | { type: 'drawn' }
  | { type: 'edited'; request: number; text: string | null }

export type FromWorker =
  | { type: 'reply'; id: number; result: unknown }
  | { type: 'refused'; id: number; message: string }
  | { type: 'output'; terminal: number; data: string }
  | { type: 'file'; path: string; text: string | null }
  | { type: 'edit'; request: number; path: string; text: string }
  | { type: 'view'; change: ViewChange }
  /** Ports of the workstation that can be looked at, when they have changed. */
  | { type: 'ports'; ports: readonly number[] }
  /** How far time has come; also the sign that the worker lives. */
  | { type: 'time'; now: number }
  /** Lines new in the record. */
  | { type: 'recorded'; inputs: SessionRecord['inputs'] }
  /** Something new was done in the past: what lay ahead is gone, and this is the record now. */
  | { type: 'branched'; record: SessionRecord }
  /** The tape has been played to its end. */
  | { type: 'caughtUp' }
  /** Terminals opened or closed by the tape. */
  | { type: 'terminals'; terminals: number[] }
  | { type: 'crash'; message: string }

/** Only what differs from what was sent before, and no more at a time than the page can draw within a frame. */
export interface ViewChange {
  now: number
  /** The first look at a world: nothing of an earlier one remains. */
  whole?: true
  nodes?: ClusterView['nodes']
  services?: ClusterView['services']
  workloads?: ClusterView['workloads']
  pods: ClusterView['pods'][number][]
  gone: string[]
  /** Events new or counted up since. */
  events: ClusterView['events'][number][]
}
