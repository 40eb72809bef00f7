/** Pods that were to be disrupted, and were not. */
import { expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { makeWorld, template } from '../testing.ts'
import { staleDisruptionController } from './stale-disruption.ts'

it('a Pod that nobody deletes is no target of a disruption any more after two minutes, unless its kubelet says so', async () => {
  const w = makeWorld({ controllers: [staleDisruptionController] })
  for (const [name, reason] of [
    ['forgotten', 'EvictionByEvictionAPI'],
    ['ending', 'TerminationByKubelet'],
  ] as const) {
    const pod = w.client.create(podKind, { metadata: { name, namespace: 'default' }, spec: template({}).spec })
    const lastTransitionTime = w.clock.timestamp()
    const condition = { type: 'DisruptionTarget', status: 'True', reason, message: 'why', lastTransitionTime }
    const conditions = [condition] as (typeof pod.status)['conditions']
    w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions } })
  }
  const target = (name: string) =>
    w.client.get(podKind, 'default', name).status.conditions?.find(c => c.type === 'DisruptionTarget')
  await w.clock.advance(118_000)
  expect(target('forgotten')).toMatchObject({ status: 'True' })
  await w.clock.advance(3_000)
  const taken = target('forgotten')
  expect(taken).toMatchObject({ status: 'False', observedGeneration: 1 })
  expect(taken).not.toHaveProperty('reason')
  expect(taken).not.toHaveProperty('message')
  expect(target('ending')).toMatchObject({ status: 'True', message: 'why' })
  expect(w.errors).toEqual([])
})
