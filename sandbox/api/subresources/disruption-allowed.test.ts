/** How the verdict on disruptions takes the place of the last one. */
import { expect, it } from 'vitest'
import { withVerdict } from './disruption-allowed.ts'

const NO = { status: 'False', reason: 'InsufficientPods', message: '' }

it('keeps the time of the last change while the status is the same, and what others have said', () => {
  const other = { type: 'Other', status: 'True', reason: 'R', message: '', lastTransitionTime: 't0' }
  const first = withVerdict([other], { ...NO, status: 'True', reason: 'SufficientPods' }, 1, 't1')
  expect(withVerdict(first, NO, 2, 't2')).toEqual([
    other,
    { ...NO, type: 'DisruptionAllowed', observedGeneration: 2, lastTransitionTime: 't2' },
  ])
  const failed = withVerdict(undefined, { status: 'False', reason: 'SyncFailed', message: 'why' }, undefined, 't3')
  expect(withVerdict(failed, NO, undefined, 't4')).toEqual([
    { ...NO, type: 'DisruptionAllowed', lastTransitionTime: 't3' },
  ])
})
