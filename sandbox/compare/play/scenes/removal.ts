/** Cascading deletion, by namespace and by owner. */
import type { Json } from '../../questions.ts'
import type { Scene } from './scene.ts'

export const removal: Scene[] = [
  {
    name: 'namespace-gone',
    async play(s) {
      const inner = `${s.ns}-inner`
      await s.call('POST', '/api/v1/namespaces', { metadata: { name: inner } })
      await s.settle(2)
      await s.call('POST', `/api/v1/namespaces/${inner}/configmaps`, {
        metadata: { name: 'stuck', finalizers: ['example.com/wait'] },
      })
      await s.call('POST', `/api/v1/namespaces/${inner}/configmaps`, { metadata: { name: 'free' } })
      await s.call('POST', `/api/v1/namespaces/${inner}/pods`, {
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'main', image: 'linger' }] },
      })
      await s.settle(2)
      await s.call('DELETE', `/api/v1/namespaces/${inner}`)
      await s.settle(6)
      const look = async (moment: string) => {
        const ns = (await s.call('GET', `/api/v1/namespaces/${inner}`)).body
        s.note(moment, { kind: 'Namespace', ...ns })
        for (const kind of ['configmaps', 'pods', 'serviceaccounts', 'events'])
          s.note(
            moment,
            ...(await s.call('GET', `/api/v1/namespaces/${inner}/${kind}`)).body.items.map((o: object) => ({
              kind: kind === 'events' ? 'Event' : kind,
              ...o,
            })),
          )
      }
      await look('waiting')
      const refused = await s.call('POST', `/api/v1/namespaces/${inner}/configmaps`, { metadata: { name: 'late' } })
      s.note('late', { kind: 'x', metadata: { name: 'x' }, ...refused })
      await s.call('DELETE', `/api/v1/namespaces/${inner}/pods/p`, { gracePeriodSeconds: 0 })
      await s.settle(10)
      await look('one left')
      await s.call(
        'PATCH',
        `/api/v1/namespaces/${inner}/configmaps/stuck`,
        { metadata: { finalizers: null } },
        'application/merge-patch+json',
      )
      await s.settle(18)
      s.note('gone', {
        kind: 'x',
        metadata: { name: 'x' },
        code: (await s.call('GET', `/api/v1/namespaces/${inner}`)).code,
      })
    },
  },
  {
    name: 'gc',
    async play(s) {
      const cm = async (name: string, owners: Json[] = [], more: Record<string, Json> = {}) => {
        const { body } = await s.call('POST', s.path('ConfigMap'), {
          metadata: { name, ownerReferences: owners, ...more },
        })
        return { apiVersion: 'v1', kind: 'ConfigMap', name, uid: body.metadata.uid }
      }
      const a = await cm('a')
      const b = await cm('b')
      await cm('child', [a])
      await cm('both', [a, b])
      await cm('blocks', [{ ...a, blockOwnerDeletion: true }], { finalizers: ['example.com/x'] })
      await cm('wrong-uid', [{ ...a, uid: 'b5a5a3ec-0000-4000-8000-000000000001' }])
      await cm('wrong-name', [{ ...a, name: 'zzz' }])
      await cm('wrong-kind', [{ ...a, kind: 'Foo' }])
      await cm('wrong-version', [{ ...a, apiVersion: 'x/v9' }])
      await cm('cluster-owner', [
        { apiVersion: 'v1', kind: 'Node', name: 'nope', uid: 'b5a5a3ec-0000-4000-8000-000000000009' },
      ])
      await cm('other-ns-owner', [
        { apiVersion: 'v1', kind: 'Secret', name: 'nope', uid: 'b5a5a3ec-0000-4000-8000-000000000019' },
      ])
      await s.settle(3)
      await s.snap('made')
      await s.delete('ConfigMap', 'a', { propagationPolicy: 'Foreground' })
      await s.settle(3)
      await s.snap('foreground')
      await s.patch('ConfigMap', 'blocks', { metadata: { finalizers: null } }, '', 'application/merge-patch+json')
      await s.settle(3)
      await s.snap('unblocked')
      await s.delete('ConfigMap', 'b', { propagationPolicy: 'Orphan' })
      await s.settle(3)
      await s.snap('orphaned')
    },
  },
]
