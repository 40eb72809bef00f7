/** Services, budgets, autoscalers, namespaces, owners, accounts, roles, quotas. */
import { type Scene, template } from './scene.ts'

const deployment = (name: string, replicas: number, image = 'run:1', pod = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: ${template(name, image, pod)} }`

export const others: Scene[] = [
  {
    name: 'service-endpoints',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Service
metadata: { name: web, labels: { l: m }, annotations: { an: no } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: named }, { name: two, port: 81, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: headless }
spec: { clusterIP: None, selector: { app: web }, publishNotReadyAddresses: true }
---
apiVersion: v1
kind: Service
metadata: { name: nobody }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: selectorless }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: example.com }
---
apiVersion: v1
kind: Endpoints
metadata: { name: selectorless, labels: { q: r } }
subsets: [{ addresses: [{ ip: 1.2.3.4 }, { ip: 1.2.3.5, hostname: h }], notReadyAddresses: [{ ip: 1.2.3.6 }], ports: [{ port: 80 }] }]`)
      await s.make(
        deployment('web', 2, 'run:1', '').replace(
          'name: main,',
          'name: main, ports: [{ name: named, containerPort: 9 }],',
        ),
      )
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: other, labels: { app: web } }
spec: { hostname: hosty, subdomain: headless, containers: [{ name: main, image: unready, ports: [{ name: named, containerPort: 19 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: lingers, labels: { app: web } }
spec: { containers: [{ name: main, image: linger }] }`)
      await s.settle(5)
      await s.snap('made')
      await s.delete('Pod', 'lingers')
      await s.settle(3)
      await s.snap('one terminating')
      await s.patch('Service', 'web', { spec: { selector: { app: 'none' } } })
      await s.patch('Endpoints', 'selectorless', { subsets: [] })
      await s.settle(3)
      await s.snap('selects none')
      await s.delete('Service', 'web')
      await s.delete('Service', 'selectorless')
      await s.settle(3)
      await s.snap('deleted')
    },
  },
  {
    name: 'service-ports',
    async play(s) {
      const ports = [80, 443, 8080, 9090, 53]
      for (const n of [2, 3, 4, 5])
        await s.make(`
apiVersion: v1
kind: Service
metadata: { name: s${n} }
spec: { selector: { app: web }, ports: [${ports.slice(0, n).map(p => `{ name: p${p}, port: ${p}${p === 9090 ? ', appProtocol: http' : ''}${p === 53 ? ', protocol: UDP' : ''} }`)}] }`)
      await s.make(deployment('web', 1))
      await s.settle(4)
      await s.snap('made')
    },
  },
  {
    name: 'service-options',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Service
metadata: { name: np }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80 }], internalTrafficPolicy: Local, trafficDistribution: PreferClose }
---
apiVersion: v1
kind: Service
metadata: { name: aware, annotations: { service.kubernetes.io/topology-mode: Auto } }
spec: { selector: { app: web }, ports: [{ port: 80, protocol: UDP }] }
---
apiVersion: v1
kind: Service
metadata: { name: lb }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, appProtocol: http }], sessionAffinity: ClientIP }`)
      await s.make(deployment('web', 3))
      await s.settle(5)
      await s.snap('made')
      await s.fate('app=web', 'ok', 1)
      await s.settle(4)
      await s.snap('one ended')
    },
  },
  {
    name: 'pdb',
    async play(s) {
      await s.make(deployment('web', 3))
      await s.make(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: min }
spec: { minAvailable: 2, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: percent }
spec: { maxUnavailable: 50%, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: none }
spec: { maxUnavailable: 0, selector: { matchLabels: { app: none } } }
---
apiVersion: v1
kind: Pod
metadata: { name: bare, labels: { app: bare } }
spec: { containers: [{ name: main, image: run }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: bare } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare2 }
spec: { minAvailable: 1, selector: { matchLabels: { app: bare } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: bare3 }
spec: { minAvailable: 50%, selector: { matchLabels: { app: bare } } }
---
apiVersion: v1
kind: Pod
metadata: { name: strange, labels: { app: strange }, ownerReferences: [{ apiVersion: v1, kind: ConfigMap, name: cm, uid: b5a5a3ec-0000-4000-8000-000000000001, controller: true }] }
spec: { containers: [{ name: main, image: run }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: strange }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: strange } } }`)
      await s.settle(5)
      await s.snap('made')
      const evict = async (name: string) => {
        const { code, body } = await s.call('POST', `${s.path('Pod', name)}/eviction`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name },
        })
        s.note('evictions', { kind: 'Eviction', metadata: { name: String(s.seen.evictions?.length ?? 0) }, code, body })
      }
      await s.delete('PodDisruptionBudget', 'percent')
      const pods = (await s.list('Pod', '?labelSelector=app=web')).map(p => p.metadata.name).sort()
      await evict(pods[0])
      await evict(pods[1])
      await evict('bare')
      await s.settle(4)
      await s.snap('evicted')
      await s.fate('app=web', 'unready')
      await s.patch('PodDisruptionBudget', 'min', { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } })
      await s.settle(3)
      await s.snap('unhealthy')
      await evict((await s.list('Pod', '?labelSelector=app=web'))[0].metadata.name)
    },
  },
  {
    name: 'hpa',
    async play(s) {
      await s.make(deployment('web', 2).replace('name: main,', 'name: main, resources: { requests: { cpu: 100m } },'))
      await s.make(deployment('no', 2))
      const hpa = (name: string, target: string, spec: string) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }, maxReplicas: 5, ${spec} }`
      await s.make(
        hpa(
          'cpu',
          'web',
          'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }]',
        ),
      )
      await s.make(hpa('missing', 'nothing', 'minReplicas: 2'))
      await s.make(
        hpa(
          'pods',
          'no',
          'metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 1k } } }, { type: Object, object: { metric: { name: x }, describedObject: { kind: Service, name: s, apiVersion: v1 }, target: { type: Value, value: 3 } } }, { type: External, external: { metric: { name: q, selector: { matchLabels: { a: b } } }, target: { type: Value, value: 30 } } }, { type: ContainerResource, containerResource: { name: memory, container: main, target: { type: AverageValue, averageValue: 3Mi } } }]',
        ),
      )
      await s.settle(18)
      await s.snap('no metrics')
      await s.patch('HorizontalPodAutoscaler', 'cpu', { spec: { minReplicas: 3 } })
      await s.settle(18)
      await s.snap('at least three')
      await s.patch('Deployment', 'web', { spec: { replicas: 0 } })
      await s.settle(18)
      await s.snap('off')
    },
  },
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
      const cm = async (name: string, owners: object[] = [], more: object = {}) => {
        const { body } = await s.call('POST', s.path('ConfigMap'), {
          metadata: { name, ownerReferences: owners as never, ...more },
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
  {
    name: 'quota-scopes',
    async play(s) {
      const quota = (name: string, spec: string) => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: ${name} }
spec: { ${spec} }`
      await s.make(quota('best', `hard: { pods: '5' }, scopes: [BestEffort]`))
      await s.make(
        quota(
          'not-best',
          `hard: { pods: '5', requests.memory: 1Gi, limits.cpu: '2', cpu: '3' }, scopes: [NotBestEffort]`,
        ),
      )
      await s.make(quota('term', `hard: { pods: '5' }, scopes: [Terminating]`))
      await s.make(
        quota(
          'prio',
          `hard: { pods: '5' }, scopeSelector: { matchExpressions: [{ scopeName: PriorityClass, operator: Exists }] }`,
        ),
      )
      await s.make(
        quota(
          'objects',
          `hard: { configmaps: '9', secrets: '9', services: '9', services.loadbalancers: '1', services.nodeports: '4', persistentvolumeclaims: '4', requests.storage: 5Gi, gold.storageclass.storage.k8s.io/requests.storage: 3Gi, count/deployments.apps: '3', count/pods: '100', requests.ephemeral-storage: 1Gi, replicationcontrollers: '3' }`,
        ),
      )
      await s.make(deployment('web', 2))
      await s.make(
        deployment('res', 1).replace(
          'name: main,',
          'name: main, resources: { requests: { cpu: 100m, memory: 64Mi, ephemeral-storage: 1Mi }, limits: { cpu: 200m } },',
        ),
      )
      await s.make(
        `
apiVersion: v1
kind: Pod
metadata: { name: term }
spec: { activeDeadlineSeconds: 100, restartPolicy: Never, containers: [{ name: main, image: ok }] }
---
apiVersion: v1
kind: Service
metadata: { name: lb }
spec: { type: LoadBalancer, ports: [{ port: 80 }, { port: 90, name: b }] }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: gold }
spec: { storageClassName: gold, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }`.replace(
          'ports: [{ port: 80 }',
          'ports: [{ port: 80, name: a }',
        ),
      )
      await s.settle(8)
      await s.snap('used')
      await s.delete('Deployment', 'web')
      await s.delete('Service', 'lb')
      await s.settle(6)
      await s.snap('freed')
    },
  },
]
