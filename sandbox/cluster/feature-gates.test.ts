/** Feature gates: their flag, and what opens with them. */
import { expect, test } from 'vitest'
import { statefulSet } from '../api/kinds/statefulset.ts'
import { createCluster } from '../cluster.ts'
import { template } from '../controllers/testing.ts'
import { readFeatureGates } from './feature-gates.ts'

test('gates are read as their flag is written; what is wrong is named', () => {
  expect(readFeatureGates('')).toEqual([])
  expect(readFeatureGates('MaxUnavailableStatefulSet=true')).toEqual(['MaxUnavailableStatefulSet'])
  expect(readFeatureGates('MaxUnavailableStatefulSet=T, MaxUnavailableStatefulSet=0')).toEqual([])
  expect(readFeatureGates('MaxUnavailableStatefulSet')).toBe('missing bool value for MaxUnavailableStatefulSet')
  expect(readFeatureGates('MaxUnavailableStatefulSet=yes')).toBe(
    'invalid value of MaxUnavailableStatefulSet=yes, err: strconv.ParseBool: parsing "yes": invalid syntax',
  )
  expect(readFeatureGates('GangScheduling=true')).toContain('not simulated')
})

test('where the gate is open, several Pods of a StatefulSet are replaced at once, and one where nothing is said', async () => {
  const { clock, client } = createCluster({ seed: 'gates', featureGates: ['MaxUnavailableStatefulSet'] })
  await clock.advance(2000)
  const spec = (image: string, rollingUpdate: object) => ({
    replicas: 4,
    podManagementPolicy: 'Parallel' as const,
    selector: { matchLabels: { app: 'db' } },
    updateStrategy: { type: 'RollingUpdate' as const, rollingUpdate },
    template: template({ app: 'db' }, image),
  })
  const make = (name: string, rollingUpdate: object) =>
    client.create(statefulSet, {
      metadata: { name, namespace: 'default' },
      spec: spec('nginx:1.25', rollingUpdate),
    })
  make('db', { maxUnavailable: '50%' })
  await clock.advance(30_000)
  client.patch(statefulSet, 'default', 'db', { spec: { template: template({ app: 'db' }, 'nginx:1.26') } })
  await clock.advance(500)
  const set = client.get(statefulSet, 'default', 'db')
  expect([set.spec.updateStrategy!.rollingUpdate, set.status.readyReplicas]).toEqual([
    { partition: 0, maxUnavailable: '50%' },
    2,
  ])
  expect(make('one', {}).spec.updateStrategy!.rollingUpdate).toEqual({ partition: 0, maxUnavailable: 1 })
  expect(() => make('none', { maxUnavailable: 0 })).toThrow(
    'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0',
  )
})
