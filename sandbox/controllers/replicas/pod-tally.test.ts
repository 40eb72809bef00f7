/** The tally of Pods against a look at each of them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicaSet as kind } from '../../api/kinds/replicaset.ts'
import { isReason } from '../../api/status.ts'
import { isActive, isReady, isTerminating, isUnfinished } from '../pods.ts'
import { makeWorld, readyNode, template } from '../testing.ts'
import { replicaSetController } from './replicaset.ts'

const LABELS: readonly Record<string, string>[] = [{ app: 'a', tier: 'x' }, { app: 'a' }, { app: 'b' }]

/** What can be done to the Pods of a set, or to the set. */
const action = fc.oneof(
  fc.record({ do: fc.constant('scale' as const), to: fc.nat(5) }),
  fc.record({ do: fc.constant('delete' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('relabel' as const), which: fc.nat(9), to: fc.nat(2) }),
  fc.record({ do: fc.constant('phase' as const), which: fc.nat(9), to: fc.constantFrom('Failed', 'Succeeded') }),
  fc.record({ do: fc.constant('unready' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3000) }),
)

it('a ReplicaSet’s status says what a look at each of its Pods says, whatever happens to them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25 }), async actions => {
      const w = makeWorld({ controllers: [replicaSetController] })
      for (const name of ['node-1', 'node-2']) readyNode(w.client, name)
      w.client.create(kind, {
        metadata: { name: 'web', namespace: 'default' },
        spec: { replicas: 3, selector: { matchLabels: { app: 'a' } }, template: template(LABELS[0]!) },
      })
      await w.clock.advance(2000)
      for (const one of actions) {
        try {
          if (one.do === 'scale') w.client.patch(kind, 'default', 'web', { spec: { replicas: one.to } })
          else if (one.do === 'wait') await w.clock.advance(one.ms)
          else {
            const pods = w.pods()
            const pod = pods[one.which % pods.length]
            if (!pod) continue
            const { name } = pod.metadata
            if (one.do === 'delete') w.client.delete(podKind, 'default', name)
            else if (one.do === 'relabel')
              w.client.patch(podKind, 'default', name, { metadata: { labels: { tier: null, ...LABELS[one.to] } } })
            else if (one.do === 'phase')
              w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: one.to } })
            else w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions: [] } })
          }
        } catch (error) {
          if (!isReason(error, 'NotFound') && !isReason(error, 'Conflict') && !isReason(error, 'Invalid')) throw error
        }
        await w.clock.advance(1)
        const set = w.client.get(kind, 'default', 'web')
        const own = w.client.ownedBy(podKind, set.metadata.uid).filter(isUnfinished)
        const active = own.filter(isActive)
        const { replicas, fullyLabeledReplicas = 0, readyReplicas = 0, terminatingReplicas } = set.status
        expect({ replicas, fullyLabeledReplicas, readyReplicas, terminatingReplicas }).toEqual({
          replicas: active.length,
          fullyLabeledReplicas: active.filter(pod => pod.metadata.labels?.tier === 'x').length,
          readyReplicas: active.filter(isReady).length,
          terminatingReplicas: own.filter(isTerminating).length,
        })
      }
      expect(w.errors).toEqual([])
      w.stop()
    }),
    { numRuns: 60 },
  )
})
