/** Validation of HorizontalPodAutoscalers: the target's API version. */
import { expect, test } from 'vitest'
import type { Draft } from '../../kind.ts'
import { validateAutoscaler, validateAutoscalerUpdate } from './horizontalpodautoscaler.ts'

const metadata = {
  name: 'a',
  namespace: 'shop',
  uid: 'a',
  resourceVersion: '1',
  creationTimestamp: '2026-01-05T09:00:00Z',
}
const scaling = (kind: string, apiVersion: string): Draft => ({
  metadata,
  spec: { maxReplicas: 3, scaleTargetRef: { kind, apiVersion, name: 'x' } },
})
const bodies = (errors: readonly { body: string }[]): string[] => errors.map(e => e.body)

test('the one that can be scaled in the group without a name needs none; all others do', () => {
  expect(validateAutoscaler(scaling('ReplicationController', 'v1'))).toEqual([])
  expect(validateAutoscaler(scaling('ReplicationController', ''))).toEqual([])
  expect(bodies(validateAutoscaler(scaling('Deployment', 'v1')))).toEqual([
    'Invalid value: "v1": apiVersion must specify API group',
  ])
  expect(bodies(validateAutoscaler(scaling('ReplicationController', 'a/b/c')))).toEqual([
    'Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
  ])
})

test('what was named without a group before may stay so', () => {
  const old = scaling('Deployment', 'v1')
  expect(validateAutoscalerUpdate(scaling('Deployment', 'v1'), old)).toEqual([])
  expect(validateAutoscalerUpdate(scaling('Deployment', 'v2'), old)).toHaveLength(1)
})
