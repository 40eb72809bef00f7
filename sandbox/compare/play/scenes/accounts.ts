/** Service accounts, their tokens, and roles made of roles. */
import type { Scene } from './scene.ts'

export const accounts: Scene[] = [
  {
    name: 'accounts',
    async play(s) {
      await s.delete('ServiceAccount', 'default')
      await s.delete('ConfigMap', 'kube-root-ca.crt')
      await s.settle(2)
      const sa = (await s.call('GET', s.path('ServiceAccount', 'default'))).body
      const cm = (await s.call('GET', s.path('ConfigMap', 'kube-root-ca.crt'))).body
      s.note('again', { kind: 'ServiceAccount', ...sa }, { kind: 'ConfigMap', ...cm, data: Object.keys(cm.data ?? {}) })
      await s.patch('ConfigMap', 'kube-root-ca.crt', { data: { 'ca.crt': 'x', more: 'y' } })
      await s.settle(2)
      const mended = (await s.call('GET', s.path('ConfigMap', 'kube-root-ca.crt'))).body
      s.note('mended', {
        kind: 'ConfigMap',
        ...mended,
        data: Object.keys(mended.data ?? {}),
        same: mended.data?.['ca.crt'] === cm.data?.['ca.crt'],
      })
      await s.make(`
apiVersion: v1
kind: Secret
metadata: { name: token, annotations: { kubernetes.io/service-account.name: default } }
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: Secret
metadata: { name: orphan, annotations: { kubernetes.io/service-account.name: nobody } }
type: kubernetes.io/service-account-token`)
      await s.settle(2)
      const secrets = await s.list('Secret')
      s.note('secrets', ...secrets.map(o => ({ ...o, data: Object.keys(o.data ?? {}) })))
    },
  },
  {
    name: 'aggregation',
    async play(s) {
      const base = s.path('ClusterRole')
      await s.call('POST', base, {
        metadata: { name: `${s.ns}-all` },
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [s.ns]: 'yes' } }] },
        rules: [],
      })
      await s.call('POST', base, {
        metadata: { name: `${s.ns}-b`, labels: { [s.ns]: 'yes' } },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      })
      await s.call('POST', base, {
        metadata: { name: `${s.ns}-a`, labels: { [s.ns]: 'yes' } },
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
          { apiGroups: ['apps'], resources: ['*'], verbs: ['list'] },
        ],
      })
      await s.settle(2)
      s.note('aggregated', { kind: 'ClusterRole', ...(await s.call('GET', `${base}/${s.ns}-all`)).body })
      for (const x of ['all', 'a', 'b']) await s.call('DELETE', `${base}/${s.ns}-${x}`)
    },
  },
]
