/** The outcome of a probe. */
import type { DialResult } from '../../runtime/cri.ts'
import type { Task } from '../task.ts'

export interface ProbeOutcome {
  /** Unknown: the probe itself did not work, and its result is thrown away. */
  result: 'success' | 'warning' | 'failure' | 'unknown'
  output: string
  error?: string
}

export const failure = (output: string): ProbeOutcome => ({ result: 'failure', output })
export const success = (output = ''): ProbeOutcome => ({ result: 'success', output })
export const broken = (error: string): ProbeOutcome => ({ result: 'unknown', output: '', error })

/** Waits for what a dial of the runtime found. */
export function* dialled(start: (done: (result: DialResult) => void) => void): Task<DialResult> {
  return (yield resume => start(resume)) as DialResult
}
