/** The state of the workbench. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { Refusal } from './real/reasons.ts'

export type Phase = 'starting' | 'restoring' | 'ready' | 'dead'
export type NoticeKind =
  | 'unkept'
  | 'elsewhere'
  | 'unrestored'
  | 'restored'
  | 'crashed'
  | 'crashedLast'
  | 'crashedHard'
  | 'nothingNext'
  | 'past'
  | 'branched'
  | 'visiting'
  | 'badLink'
  | 'real'

export interface EditRequest {
  request: number
  path: string
}

/** A dialog in front of the workbench. */
export type Asking =
  | { kind: 'share' }
  | { kind: 'real' }
  | { kind: 'reset'; workers?: number }
  | { kind: 'compare'; path: string; solution: string }
  | { kind: 'compareLive'; path: string }

export interface State {
  phase: Phase
  now: number
  /** When the world began. */
  began: number
  speed: number
  paused: boolean
  /** How far the record goes; later than `now` for who looks into the past. */
  end: number
  past: boolean
  /** Texts as the editor has them. */
  files: Readonly<Record<string, string>>
  /** Open file; undefined when there is none. */
  active: string | undefined
  edit: EditRequest | undefined
  terminals: readonly number[]
  terminal: number
  /** Forwarded ports of the workstation. */
  ports: readonly number[]
  /** Which side of the cluster is looked at. */
  shown: 'picture' | 'events'
  /** uid of what is looked at closely: a Pod, a node, a Service, a workload. */
  chosen: string | undefined
  asking: Asking | undefined
  notices: readonly NoticeKind[]
  /** Whether the cluster runs on real Node. */
  real: 'off' | 'starting' | 'on'
  /** Why it does not, when the reader has asked for it. */
  realRefusal: Refusal | undefined
  /** A sentence about the file in front, such as that it is too big to send. */
  refusal: string | undefined
}

/** @param active the file to be in front */
export const initialState = (files: State['files'], active: string | undefined): State => ({
  phase: 'starting',
  now: 0,
  began: 0,
  speed: 1,
  paused: false,
  end: 0,
  past: false,
  files,
  active,
  edit: undefined,
  terminals: [],
  terminal: 0,
  ports: [],
  shown: 'picture',
  chosen: undefined,
  asking: undefined,
  notices: [],
  real: 'off',
  realRefusal: undefined,
  refusal: undefined,
})

/** The cluster changes far more often than the rest. */
export interface ViewState {
  view: ClusterView
}
