/** Warnings in the picture. */
import { expect, test } from 'vitest'
import { isWarning } from './warnings.ts'

test('what every kubelet says at its start is no warning to a reader', () => {
  expect(isWarning({ type: 'Warning', reason: 'FailedMount' })).toBe(true)
  expect(isWarning({ type: 'Warning', reason: 'InvalidDiskCapacity' })).toBe(false)
  expect(isWarning({ type: 'Normal', reason: 'Started' })).toBe(false)
})
