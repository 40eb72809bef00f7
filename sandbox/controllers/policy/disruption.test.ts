/** The disruption controller: what a PodDisruptionBudget allows. */
import { expect, it } from 'vitest'
import { kinds } from '../../api/kinds/index.ts'
import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { podDisruptionBudget } from '../../api/kinds/poddisruptionbudget.ts'
import { replicaSet } from '../../api/kinds/replicaset.ts'
import { replicaSetController } from '../replicas/replicaset.ts'
import { makeWorld, template } from '../testing.ts'
import { disruptionController } from './disruption.ts'

it('a PodDisruptionBudget knows how many may go', async () => {
  const w = makeWorld({ controllers: [disruptionController(() => kinds), replicaSetController] })
  w.client.create(replicaSet, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }) },
  })
  for (const [name, spec] of [
    ['min', { minAvailable: 2 }],
    ['max', { maxUnavailable: '10%' }],
  ] as const) {
    w.client.create(podDisruptionBudget, {
      metadata: { name, namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    })
  }
  await w.clock.advance(3000)
  const status = (name: string) => w.client.get(podDisruptionBudget, 'default', name).status
  expect(status('min')).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 })
  expect(status('max')).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 })
  expect(w.events('Pod').join('\n')).toMatch(
    /MultiplePodDisruptionBudgets x\d+: Pod "default"\/"web-\w{5}" matches multiple PodDisruptionBudgets\. {2}Chose "max" arbitrarily\./,
  )
  const [pod] = w.pods()
  // Two budgets for one Pod forbid its eviction: there is one again.
  w.client.delete(podDisruptionBudget, 'default', 'max')
  w.client.evict('default', pod!.metadata.name)
  expect(status('min'), 'the eviction itself says that it was the last').toMatchObject({
    disruptionsAllowed: 0,
    currentHealthy: 3,
    conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', observedGeneration: 1 }],
  })
  await w.clock.advance(3000)
  // The one that has gone is not counted any more.
  expect(status('min')).toMatchObject({ currentHealthy: 3, expectedPods: 3 })
  expect(w.errors).toEqual([])
})

it('a PodDisruptionBudget says which Pod has stayed that was to go', async () => {
  const w = makeWorld({ controllers: [disruptionController(() => kinds)] })
  w.client.create(podKind, {
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec: template({}).spec,
  })
  const budget = w.client.create(podDisruptionBudget, {
    metadata: { name: 'min', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, minAvailable: 0 },
  })
  const status = { ...budget.status, disruptedPods: { web: w.clock.timestamp() } }
  w.client.updateStatus(podDisruptionBudget, { ...budget, status })
  const pod = w.client.get(podKind, 'default', 'web')
  w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, reason: 'looked at' } })
  const disrupted = () => w.client.get(podDisruptionBudget, 'default', 'min').status.disruptedPods
  await w.clock.advance(119_000)
  expect(Object.keys(disrupted() ?? {})).toEqual(['web'])
  await w.clock.advance(3_000)
  expect(disrupted()).toBeUndefined()
  expect(w.events('Pod')).toContainEqual(
    expect.stringMatching(/^NotDeleted x1: Pod was expected by PDB default\/default to be deleted but it wasn't$/),
  )
})

it('a PodDisruptionBudget says what it cannot count', async () => {
  const w = makeWorld({ controllers: [disruptionController(() => kinds)] })
  const add = (name: string, more: object = {}): void =>
    void w.client.create(podKind, {
      metadata: { name, namespace: 'default', labels: { app: name }, ...more },
      spec: template({}).spec,
    })
  add('bare')
  const owner = w.client.create(jobKind, {
    metadata: { name: 'work', namespace: 'default' },
    spec: { template: { spec: { ...template({}).spec, restartPolicy: 'Never' } } },
  })
  const { uid } = owner.metadata
  add('worker', {
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'work', uid, controller: true }],
  })
  for (const app of ['bare', 'worker']) {
    w.client.create(podDisruptionBudget, {
      metadata: { name: app, namespace: 'default' },
      spec: { selector: { matchLabels: { app } }, maxUnavailable: 1 },
    })
  }
  await w.clock.advance(3000)
  const events = w.events('PodDisruptionBudget').join('\n')
  expect(events).toContain(
    'Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: bare,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged.',
  )
  expect(events).toContain(
    'Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource',
  )
  const status = (name: string) => w.client.get(podDisruptionBudget, 'default', name).status
  expect(status('bare')).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 })
  expect(status('worker').conditions).toMatchObject([
    { type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed' },
  ])
  await w.clock.advance(60_000)
  expect(w.events('PodDisruptionBudget').join('\n'), 'nothing has changed, so nobody looks again').toBe(events)
  expect(w.errors).toEqual([])
})
