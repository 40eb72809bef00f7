/** Random faults at random times, then peace: what is wanted is always reached, with never a Pod too many. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KindDef } from '../api/kind.ts'
import { job as jobKind } from '../api/kinds/job.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../api/kinds/replicaset.ts'
import { statefulSet as statefulSetKind } from '../api/kinds/statefulset.ts'
import { jobController } from './job/index.ts'
import { replicaSetController } from './replicas/replicaset.ts'
import { statefulSetController } from './statefulset/index.ts'
import { makeWorld, template } from './testing.ts'

const fault = fc.record({
  wait: fc.nat(3000),
  act: fc.constantFrom('delete' as const, 'force' as const, 'fail' as const, 'scale' as const, 'image' as const),
  which: fc.nat(9),
})

const KINDS: Record<string, KindDef> = { ReplicaSet: replicaSetKind, StatefulSet: statefulSetKind }

it.each(['ReplicaSet', 'StatefulSet'] as const)('a %s', async name => {
  const kind = KINDS[name]!
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 15 }), fc.boolean(), async (faults, parallel) => {
      const w = makeWorld({ controllers: [replicaSetController, statefulSetController] })
      w.client.create(kind, {
        metadata: { name: 'web', namespace: 'default' },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'web' } },
          template: template({ app: 'web' }),
          ...(name === 'StatefulSet' && {
            serviceName: 'web',
            podManagementPolicy: parallel ? 'Parallel' : 'OrderedReady',
          }),
        },
      })
      let most = 3
      for (const { wait, act, which } of faults) {
        await w.clock.advance(wait)
        const pods = w.pods()
        const pod = pods[which % Math.max(1, pods.length)]
        if (act === 'scale') {
          most = Math.max(most, which % 5)
          w.client.patch(kind, 'default', 'web', { spec: { replicas: which % 5 } })
        } else if (act === 'image')
          w.client.patch(kind, 'default', 'web', { spec: { template: template({ app: 'web' }, `v${which}`) } })
        else if (pod && act === 'fail')
          w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Failed' } })
        else if (pod)
          w.client.delete(podKind, 'default', pod.metadata.name, act === 'force' ? { gracePeriodSeconds: 0 } : {})
        await w.clock.settle()
        const living = w.pods().filter(p => !p.metadata.deletionTimestamp && p.status.phase !== 'Failed')
        expect(living.length).toBeLessThanOrEqual(most)
      }
      w.client.patch(kind, 'default', 'web', { spec: { replicas: 3, template: template({ app: 'web' }, 'peace') } })
      await w.clock.advance(300_000)
      const running = w.pods().filter(p => p.status.phase === 'Running' && !p.metadata.deletionTimestamp)
      expect(running).toHaveLength(3)
      if (name === 'StatefulSet')
        expect(running.map(p => p.spec.containers[0]!.image)).toEqual(['peace', 'peace', 'peace'])
      expect(w.errors).toEqual([])
    }),
    { numRuns: 30 },
  )
})

it('a Job counts every Pod once, whatever becomes of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 12 }), fc.boolean(), async (faults, indexed) => {
      const w = makeWorld({ controllers: [jobController()] })
      w.client.create(jobKind, {
        metadata: { name: 'work', namespace: 'default' },
        spec: {
          completions: 4,
          parallelism: 2,
          backoffLimit: 1000,
          ...(indexed && { completionMode: 'Indexed' }),
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } },
        },
      })
      const running = () => w.pods().filter(p => p.status.phase === 'Running' && !p.metadata.deletionTimestamp)
      const end = (which: number, phase: 'Succeeded' | 'Failed'): void => {
        const pods = running()
        const pod = pods[which % Math.max(1, pods.length)]
        if (pod) w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase } })
      }
      for (const { wait, act, which } of faults) {
        await w.clock.advance(wait)
        const pods = w.pods()
        const pod = pods[which % Math.max(1, pods.length)]
        if (act === 'fail') end(which, 'Failed')
        else if (act === 'scale') end(which, 'Succeeded')
        else if (pod) w.client.delete(podKind, 'default', pod.metadata.name)
        await w.clock.settle()
        expect(
          w.pods().filter(p => !p.metadata.deletionTimestamp && !['Failed', 'Succeeded'].includes(p.status.phase!))
            .length,
        ).toBeLessThanOrEqual(2)
      }
      for (let i = 0; i < 20; i++) {
        await w.clock.advance(700_000)
        end(0, 'Succeeded')
      }
      await w.clock.advance(5000)
      const { status } = w.client.get(jobKind, 'default', 'work')
      expect(status.succeeded).toBe(4)
      expect(status.conditions!.at(-1)).toMatchObject({ type: 'Complete', status: 'True' })
      expect(w.pods().every(p => !p.metadata.finalizers?.length)).toBe(true)
      expect(w.errors).toEqual([])
    }),
    { numRuns: 30 },
  )
})
