/** The Deployment controller: rollouts, rollbacks, status. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../../api/kinds/replicaset.ts'
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { replicaSetController } from '../replicas/replicaset.ts'
import { makeWorld, template } from '../testing.ts'
import { fenceposts, proportionalSizes } from './arithmetic.ts'
import { deploymentController } from './index.ts'

function world() {
  const w = makeWorld({ controllers: [deploymentController, replicaSetController] })
  const get = (): Deployment => w.client.get(deploymentKind, 'default', 'web')
  const create = (spec: object = {}, image = 'v1') =>
    w.client.create(deploymentKind, {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 4,
        selector: { matchLabels: { app: 'web' } },
        template: template({ app: 'web' }, image),
        ...spec,
      },
    })
  const setImage = (image: string) =>
    w.client.patch(deploymentKind, 'default', 'web', { spec: { template: template({ app: 'web' }, image) } })
  const sets = (): readonly ReplicaSet[] => w.client.list(replicaSetKind, { namespace: 'default' })
  const images = () =>
    w
      .pods()
      .map(p => p.spec.containers[0]!.image)
      .sort()
  const conditions = () =>
    (get().status.conditions ?? []).map(c => `${c.type}=${c.status} ${c.reason}: ${c.message}`).sort()
  return { ...w, get, create, setImage, sets, images, conditions }
}

describe('a Deployment', () => {
  it('counts revisions on from any number of 64 bits', async () => {
    const w = world()
    w.create()
    await w.clock.settle()
    const [rs] = w.sets()
    const annotations = { 'deployment.kubernetes.io/revision': '3546343826724305832' }
    w.client.patch(replicaSetKind, 'default', rs!.metadata.name, { metadata: { annotations } })
    w.setImage('v2')
    await w.clock.advance(2000)
    expect(w.get().metadata.annotations!['deployment.kubernetes.io/revision']).toBe('3546343826724305833')
  })

  it('makes a ReplicaSet named after its template, and says how far it has come', async () => {
    const w = world()
    w.create()
    await w.clock.settle()
    const [rs] = w.sets()
    expect(rs!.metadata.name).toMatch(/^web-[bcdf-hj-np-tv-xz2456789]{7,10}$/)
    expect(rs!.spec.selector.matchLabels!['pod-template-hash']).toBe(rs!.metadata.labels!['pod-template-hash'])
    expect(rs!.metadata.annotations).toEqual({
      'deployment.kubernetes.io/desired-replicas': '4',
      'deployment.kubernetes.io/max-replicas': '5',
      'deployment.kubernetes.io/revision': '1',
    })
    expect(w.conditions()).toEqual([
      'Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.',
      `Progressing=True ReplicaSetUpdated: ReplicaSet "${rs!.metadata.name}" is progressing.`,
    ])
    await w.clock.advance(2000)
    expect(w.conditions()).toEqual([
      'Available=True MinimumReplicasAvailable: Deployment has minimum availability.',
      `Progressing=True NewReplicaSetAvailable: ReplicaSet "${rs!.metadata.name}" has successfully progressed.`,
    ])
    expect(w.get().metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' })
    expect(w.get().metadata.generation).toBe(1)
    expect(w.get().status).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
      terminatingReplicas: 0,
    })
    expect(w.events('Deployment')).toEqual([
      `ScalingReplicaSet x1: Scaled up replica set ${rs!.metadata.name} from 0 to 4`,
    ])
    expect(w.errors).toEqual([])
  })

  it('rolls a new template out without ever having too few or too many Pods', async () => {
    const w = world()
    w.create()
    await w.clock.advance(5000)
    w.setImage('v2')
    for (let i = 0; i < 100; i++) {
      const live = w.pods().filter(p => !p.metadata.deletionTimestamp)
      expect(live.length).toBeLessThanOrEqual(5)
      expect(
        live.filter(p => p.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True')).length,
      ).toBeGreaterThanOrEqual(3)
      await w.clock.advance(100)
    }
    expect(w.images()).toEqual(['v2', 'v2', 'v2', 'v2'])
    expect(
      w
        .sets()
        .map(rs => rs.spec.replicas)
        .sort(),
    ).toEqual([0, 4])
    expect(w.get().metadata.annotations!['deployment.kubernetes.io/revision']).toBe('2')
    expect(w.errors).toEqual([])
  })

  it('going back to an old template takes the old ReplicaSet again, as a new revision', async () => {
    const w = world()
    w.create({ replicas: 1 })
    await w.clock.advance(5000)
    w.setImage('v2')
    await w.clock.advance(5000)
    w.setImage('v1')
    await w.clock.advance(5000)
    expect(w.sets()).toHaveLength(2)
    const back = w.sets().find(rs => rs.spec.replicas === 1)!
    expect(back.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    })
    expect(w.images()).toEqual(['v1'])
  })

  describe('asked for a rollback by the annotation of old', () => {
    const ROLLBACK_TO = 'deprecated.deployment.rollback.to'
    const rolled = async () => {
      const w = world()
      w.create({ replicas: 1 })
      await w.clock.advance(2000)
      w.setImage('v2')
      await w.clock.advance(2000)
      const ask = async (revision: string) => {
        w.client.patch(deploymentKind, 'default', 'web', { metadata: { annotations: { [ROLLBACK_TO]: revision } } })
        await w.clock.advance(2000)
      }
      const told = () => w.events('Deployment').filter(text => text.startsWith('DeploymentRollback'))
      return { ...w, ask, told }
    }

    it('goes back to the revision, or to the one before, and takes the annotation away', async () => {
      const w = await rolled()
      await w.ask('1')
      expect(w.images()).toEqual(['v1'])
      expect(w.get().metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '3' })
      await w.ask('0')
      expect(w.images()).toEqual(['v2'])
      expect(w.told()).toEqual([
        'DeploymentRollback x1: Rolled back deployment "web" to revision 1',
        'DeploymentRollback x1: Rolled back deployment "web" to revision 2',
      ])
    })

    it('says why it stays', async () => {
      const w = await rolled()
      await w.ask('77')
      await w.ask('2')
      expect(w.images()).toEqual(['v2'])
      expect(w.get().metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '2' })
      expect(w.told()).toEqual([
        'DeploymentRollbackRevisionNotFound x1: Unable to find the revision to rollback to.',
        'DeploymentRollbackTemplateUnchanged x1: The rollback revision contains the same template as current deployment "web"',
      ])
    })
  })

  it('says so when a rollout makes no progress in time', async () => {
    const w = world()
    w.create({ replicas: 2, progressDeadlineSeconds: 5 })
    await w.clock.advance(3000)
    w.setImage('bad')
    await w.clock.advance(10_000)
    expect(w.conditions()[1]).toMatch(
      /^Progressing=False ProgressDeadlineExceeded: ReplicaSet "web-\w+" has timed out progressing.$/,
    )
    expect(w.images()).toEqual(['bad', 'v1', 'v1'])
    w.setImage('v1')
    await w.clock.advance(10_000)
    expect(w.conditions()[1]).toMatch(/NewReplicaSetAvailable/)
  })

  it('of strategy Recreate removes everything old before it makes anything new', async () => {
    const w = world()
    w.create({ replicas: 2, strategy: { type: 'Recreate' } })
    await w.clock.advance(3000)
    w.setImage('v2')
    for (let i = 0; i < 40; i++) {
      await w.clock.advance(100)
      expect(new Set(w.images()).size).toBeLessThanOrEqual(1)
    }
    expect(w.images()).toEqual(['v2', 'v2'])
  })

  it('that is paused scales but does not roll', async () => {
    const w = world()
    w.create({ replicas: 2 })
    await w.clock.advance(3000)
    w.client.patch(deploymentKind, 'default', 'web', { spec: { paused: true } })
    w.setImage('v2')
    w.client.patch(deploymentKind, 'default', 'web', { spec: { replicas: 3 } })
    await w.clock.advance(3000)
    expect(w.images()).toEqual(['v1', 'v1', 'v1'])
    expect(w.conditions()[1]).toBe('Progressing=Unknown DeploymentPaused: Deployment is paused')
    w.client.patch(deploymentKind, 'default', 'web', { spec: { paused: null } })
    await w.clock.advance(9000)
    expect(w.images()).toEqual(['v2', 'v2', 'v2'])
    expect(w.errors).toEqual([])
  })

  it('made smaller in the middle of a rollout that is stuck, keeps as many available as it must', async () => {
    const w = world()
    w.create({ replicas: 10, strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } })
    await w.clock.advance(5000)
    w.setImage('bad')
    for (const replicas of [10, 15, 4]) {
      w.client.patch(deploymentKind, 'default', 'web', { spec: { replicas } })
      await w.clock.advance(5000)
    }
    expect(w.images()).toEqual(['bad', 'bad', 'bad', 'bad', 'v1', 'v1'])
    expect(w.get().status).toMatchObject({ replicas: 6, updatedReplicas: 4, availableReplicas: 2 })
  })

  it('forgets old revisions beyond its limit', async () => {
    const w = world()
    w.create({ replicas: 1, revisionHistoryLimit: 1 })
    for (const image of ['v2', 'v3', 'v4']) {
      await w.clock.advance(5000)
      w.setImage(image)
    }
    await w.clock.advance(5000)
    expect(
      w
        .sets()
        .map(rs => rs.spec.template!.spec!.containers[0]!.image)
        .sort(),
    ).toEqual(['v3', 'v4'])
  })

  it('whose ReplicaSet is resized by hand takes that back', async () => {
    const w = world()
    w.create()
    await w.clock.advance(3000)
    w.client.patch(replicaSetKind, 'default', w.sets()[0]!.metadata.name, { spec: { replicas: 1 } })
    await w.clock.advance(3000)
    expect(w.sets()[0]!.spec.replicas).toBe(4)
  })

  it('whose name for a ReplicaSet is taken by another finds a new one', async () => {
    const w = world()
    w.create({ replicas: 1 })
    await w.clock.advance(3000)
    const { name } = w.sets()[0]!.metadata
    w.client.delete(replicaSetKind, 'default', name)
    w.client.create(replicaSetKind, {
      metadata: { name, namespace: 'default' },
      spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template: template({ a: 'b' }) },
    })
    await w.clock.advance(3000)
    expect(w.get().status.collisionCount).toBe(1)
    expect(w.sets()).toHaveLength(2)
    expect(w.images()).toContain('v1')
  })
})

describe('the sums', () => {
  const d = (replicas: number, surge: number | string, unavailable: number | string) =>
    ({
      spec: {
        replicas,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } },
      },
      status: {},
    }) as Deployment

  it('round surge up and unavailable down', () => {
    expect(fenceposts(d(10, '25%', '25%'))).toEqual({ surge: 3, unavailable: 2 })
    expect(fenceposts(d(1, '25%', '25%'))).toEqual({ surge: 1, unavailable: 0 })
    expect(fenceposts(d(3, 0, '10%'))).toEqual({ surge: 0, unavailable: 1 })
  })

  it('share out a change of size completely, whatever the sets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 5 }),
        (sizes, replicas, surge) => {
          const total = sizes.reduce((a, b) => a + b, 0)
          const sets = sizes.map((n, i) => ({
            metadata: {
              name: `rs-${i}`,
              creationTimestamp: `2026-01-05T09:00:0${i}Z`,
              annotations: { 'deployment.kubernetes.io/max-replicas': String(total) },
            },
            spec: { replicas: n },
          })) as unknown as ReplicaSet[]
          const result = proportionalSizes(d(replicas, surge, 1), sets)
          expect(result.every(r => r.size >= 0)).toBe(true)
          expect(result.reduce((n, r) => n + r.size, 0)).toBe(replicas === 0 ? 0 : replicas + surge)
        },
      ),
    )
  })
})

it('a Deployment converges, whatever is done to it on the way', async () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant('image' as const), image: fc.constantFrom('v1', 'v2', 'v3', 'bad') }),
    fc.record({ do: fc.constant('scale' as const), replicas: fc.nat(6) }),
    fc.record({ do: fc.constant('kill' as const), which: fc.nat(9) }),
    fc.record({ do: fc.constant('relabel' as const), which: fc.nat(9) }),
    fc.record({ do: fc.constant('pause' as const), paused: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(action, fc.nat(2500)), { maxLength: 12 }), async steps => {
      const w = world()
      w.create({ replicas: 3 })
      for (const [step, ms] of steps) {
        await w.clock.advance(ms)
        const pods = w.pods({ app: 'web' })
        const victim = pods[('which' in step ? step.which : 0) % Math.max(1, pods.length)]
        if (step.do === 'image') w.setImage(step.image)
        else if (step.do === 'scale')
          w.client.patch(deploymentKind, 'default', 'web', { spec: { replicas: step.replicas } })
        else if (step.do === 'pause')
          w.client.patch(deploymentKind, 'default', 'web', { spec: { paused: step.paused } })
        else if (victim && step.do === 'kill') w.client.delete(podKind, 'default', victim.metadata.name)
        else if (victim)
          w.client.patch(podKind, 'default', victim.metadata.name, { metadata: { labels: { app: 'stray' } } })
      }
      w.client.patch(deploymentKind, 'default', 'web', { spec: { paused: false, replicas: 3 } })
      w.setImage('v9')
      await w.clock.advance(120_000)
      expect(w.pods({ app: 'web' }).map(p => p.spec.containers[0]!.image)).toEqual(['v9', 'v9', 'v9'])
      expect(w.errors).toEqual([])
    }),
    { numRuns: 40 },
  )
})
