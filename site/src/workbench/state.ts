/** What the workbench shows. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'

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
  | 'rewound'

export interface EditRequest {
  request: number
  path: string
}

export interface State {
  phase: Phase
  now: number
  /** When the world began. */
  began: number
  speed: number
  paused: boolean
  /** Texts as the editor has them. */
  files: Readonly<Record<string, string>>
  /** Open file; undefined when there is none. */
  active: string | undefined
  edit: EditRequest | undefined
  terminals: readonly number[]
  terminal: number
  /** Which side of the cluster is looked at. */
  shown: 'picture' | 'events'
  /** uid of the Pod that is looked at closely. */
  pod: string | undefined
  notices: readonly NoticeKind[]
  /** A sentence about the file in front, such as that it is too big to send. */
  refusal: string | undefined
}

/** The cluster changes far more often than the rest. */
export interface ViewState {
  view: ClusterView
}
