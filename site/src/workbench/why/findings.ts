/** Diagnosis of a Pod, by what scheduler and kubelet have reported about it, in the reader's words. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { type PodState, podState } from '../picture/pod-state.ts'
import type { Case, Finding, Pod } from './case.ts'
import { crashing, initializing, unready } from './containers.ts'
import { failed, succeeded, terminating, unknown } from './leaving.ts'
import { configFailed, creating, imageFailed, unscheduled } from './waiting.ts'

const byState: Record<PodState, (it: Case) => Finding[]> = {
  unscheduled,
  creating: it => creating(it, false),
  pulling: it => creating(it, true),
  imageFailed,
  configFailed,
  initializing,
  running: () => [],
  unready,
  crashing,
  succeeded,
  failed,
  terminating,
  unknown,
}

/** Empty when all is well. */
export function findings(pod: Pod, view: ClusterView, now: number, pulling: boolean, w: Words['why']): Finding[] {
  const events = view.events.filter(e => e.involvedObject.uid === pod.metadata.uid)
  return byState[podState(pod, pulling)]({ pod, now, w, events, view })
}
