/** The scheduler's messages where nodes are refused for several reasons, and each plugin at its edges. */
import type { Scene } from './scene.ts'

const pod = (name: string, spec = '', container = '', labels = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}${labels && `, labels: { ${labels} }`} }
spec: { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: run${container && `, ${container}`} }]${spec && `, ${spec}`} }`
const requests = (amounts: string): string => `resources: { requests: { ${amounts} } }`
const anti = (term: string): string =>
  `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ${term} }] } }`
const near = (...terms: string[]): string =>
  `affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${terms.map(t => `{ ${t} }`)}] } }`
const onNodes = (...terms: string[]): string =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms.map(t => `{ ${t} }`)}] } } }`
const spread = (...constraints: string[]): string =>
  `topologySpreadConstraints: [${constraints.map(c => `{ maxSkew: 1, whenUnsatisfiable: DoNotSchedule, ${c} }`)}]`
const match = (labels: string): string => `labelSelector: { matchLabels: { ${labels} } }`

export const placing: Scene[] = [
  {
    name: 'mixtures',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { capacity: { cpu: '1', memory: '1Gi', pods: '2' }, labels: { size: '1' } })
      await s.kubelets.addNode('node-2', { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] })
      await s.kubelets.addNode('node-3', { unschedulable: true, labels: { size: '30' } })
      await s.kubelets.addNode('node-4', {
        capacity: { cpu: '2', memory: '512Mi', 'hugepages-2Mi': '64Mi', 'example.com/a': '1', 'example.com/b': '1' },
        taints: [
          { key: 'a', value: 'c', effect: 'NoExecute' },
          { key: 'soft', effect: 'PreferNoSchedule' },
        ],
      })
      await s.settle(3)
      await s.make(pod('sits-1', 'nodeName: node-1', requests('cpu: 900m, memory: 900Mi')))
      await s.make(pod('sits-2', 'nodeName: node-1'))
      await s.settle(2)
      const all = 'tolerations: [{ operator: Exists }]'
      await s.make(pod('both', '', requests('cpu: 500m, memory: 500Mi')))
      await s.make(pod('both-all', all, requests('cpu: 500m, memory: 600Mi')))
      await s.make(pod('much', all, requests('cpu: 5, memory: 50Gi, ephemeral-storage: 500Gi')))
      await s.make(
        pod(
          'extended',
          all,
          'resources: { limits: { example.com/b: 2, example.com/a: 2, hugepages-2Mi: 128Mi, memory: 10Mi, cpu: 9 } }',
        ),
      )
      await s.make(
        pod('init', `${all}, initContainers: [{ name: i, image: run, resources: { requests: { cpu: 7 } } }]`),
      )
      await s.make(
        pod(
          'sidecar',
          `${all}, initContainers: [{ name: i, image: run, restartPolicy: Always, resources: { requests: { cpu: 3 } } }]`,
          requests('cpu: 2'),
        ),
      )
      await s.make(pod('equal', 'tolerations: [{ key: a, value: c, effect: NoExecute }]', requests('cpu: 3')))
      await s.make(pod('wrong-effect', 'tolerations: [{ key: a, value: b, effect: NoExecute }]', requests('cpu: 3')))
      await s.make(pod('cordon', 'tolerations: [{ key: node.kubernetes.io/unschedulable }]', requests('cpu: 5')))
      await s.make(pod('gt', onNodes('matchExpressions: [{ key: size, operator: Gt, values: ["10"] }]')))
      await s.make(pod('lt', onNodes('matchExpressions: [{ key: size, operator: Lt, values: ["0"] }]')))
      await s.make(pod('not', onNodes('matchExpressions: [{ key: size, operator: DoesNotExist }]')))
      await s.make(
        pod(
          'conflict',
          onNodes(
            'matchFields: [{ key: metadata.name, operator: In, values: [node-1] }, { key: metadata.name, operator: NotIn, values: [node-1] }]',
          ),
        ),
      )
      await s.make(pod('field', onNodes('matchFields: [{ key: metadata.name, operator: In, values: [node-2] }]')))
      await s.make(
        pod(
          'fields',
          onNodes(
            'matchFields: [{ key: metadata.name, operator: In, values: [node-1] }]',
            'matchFields: [{ key: metadata.name, operator: In, values: [node-7] }]',
          ),
        ),
      )
      await s.make(
        pod(
          'selector-and',
          `nodeSelector: { size: '1' }, ${onNodes('matchExpressions: [{ key: no, operator: Exists }]')}`,
        ),
      )
      await s.make(pod('there', 'nodeName: node-9'))
      await s.make(pod('priority', 'priority: 0, preemptionPolicy: PreemptLowerPriority', requests('cpu: 300m')))
      await s.settle(8)
      await s.snap('refused')
      await s.delete('Pod', 'sits-2')
      await s.patch('Node', 'node-3', { spec: { unschedulable: false } })
      await s.settle(6)
      await s.snap('uncordoned')
      await s.delete('Node', 'node-4')
      s.kubelets.alive.delete('node-4')
      await s.patch('Node', 'node-1', { status: { allocatable: { cpu: '9' }, capacity: { cpu: '9' } } }, '/status')
      await s.settle(6)
      await s.snap('grown')
    },
  },
  {
    name: 'ports',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1')
      await s.kubelets.addNode('node-2', { unschedulable: true })
      await s.settle(2)
      const port = (spec: string): string => `ports: [{ ${spec} }]`
      await s.make(pod('first', '', port('containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1')))
      await s.settle(1)
      await s.make(pod('other-ip', '', port('containerPort: 80, hostPort: 8080, hostIP: 10.0.0.2')))
      await s.make(pod('udp', '', port('containerPort: 80, hostPort: 8080, protocol: UDP')))
      await s.make(pod('any-ip', '', port('containerPort: 80, hostPort: 8080')))
      await s.make(pod('host-network', 'hostNetwork: true', port('containerPort: 8080, hostPort: 8080')))
      await s.make(
        pod(
          'sidecar',
          `initContainers: [{ name: i, image: run, restartPolicy: Always, ${port('containerPort: 1, hostPort: 8080')} }]`,
        ),
      )
      await s.settle(5)
      await s.snap('taken')
      await s.delete('Pod', 'first')
      await s.settle(5)
      await s.snap('free')
    },
  },
  {
    name: 'neighbours',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { labels: { zone: 'a' } })
      await s.kubelets.addNode('node-2', { labels: { zone: 'b' }, capacity: { cpu: '1' } })
      await s.kubelets.addNode('node-3', { taints: [{ key: 'x', effect: 'NoSchedule' }], labels: { zone: 'c' } })
      await s.settle(2)
      await s.make(pod('web', 'nodeName: node-1', '', 'app: web, v: "1"'))
      await s.make(
        pod('alone', `nodeName: node-2, ${anti(`topologyKey: zone, ${match('app: web')}`)}`, '', 'app: alone'),
      )
      await s.settle(2)
      await s.make(pod('unwelcome', `nodeSelector: { zone: b }`, '', 'app: web'))
      await s.make(pod('unwelcome-all', anti(`topologyKey: zone, ${match('app: web')}`), '', 'app: web'))
      await s.make(
        pod('far', anti(`topologyKey: zone, namespaceSelector: {}, ${match('app: web')}`), requests('cpu: 2')),
      )
      await s.make(pod('elsewhere', near(`topologyKey: zone, namespaces: [default], ${match('app: web')}`)))
      await s.make(pod('no-key', near(`topologyKey: rack, ${match('app: web')}`)))
      await s.make(pod('self-no-key', near(`topologyKey: rack, ${match('app: me')}`), '', 'app: me'))
      await s.make(pod('self', near(`topologyKey: zone, ${match('app: self')}`), '', 'app: self'))
      await s.make(
        pod('two', near(`topologyKey: zone, ${match('app: web')}`, `topologyKey: zone, ${match('app: alone')}`)),
      )
      await s.make(
        pod('keys', near(`topologyKey: zone, ${match('app: web')}, matchLabelKeys: [v]`), '', 'app: q, v: "2"'),
      )
      await s.make(
        pod('miss', near(`topologyKey: zone, ${match('app: web')}, mismatchLabelKeys: [v]`), '', 'app: q, v: "1"'),
      )
      await s.make(
        pod(
          'near-and-far',
          `affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, ${match('app: web')} }] }, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, ${match('v: "1"')} }] } }`,
        ),
      )
      await s.settle(6)
      await s.snap('refused')
      await s.make(pod('web-2', 'nodeName: node-3', '', 'app: web, v: "2"'))
      await s.settle(4)
      await s.delete('Pod', 'alone')
      await s.patch('Pod', 'web', { metadata: { labels: { v: '3' } } })
      await s.settle(6)
      await s.snap('changed')
    },
  },
  {
    name: 'spread-rules',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { labels: { zone: 'a', rack: '1' } })
      await s.kubelets.addNode('node-2', { labels: { zone: 'b', rack: '1' }, capacity: { cpu: '1' } })
      await s.kubelets.addNode('node-3', { labels: { zone: 'c' }, taints: [{ key: 'x', effect: 'NoSchedule' }] })
      await s.kubelets.addNode('node-4', {})
      await s.settle(2)
      for (const name of ['s1', 's2']) await s.make(pod(name, 'nodeName: node-1', '', 'app: s, v: "1"'))
      await s.make(pod('s3', 'nodeName: node-2', '', 'app: s, v: "1"'))
      await s.settle(2)
      const zone = `topologyKey: zone, ${match('app: s')}`
      await s.make(pod('plain', spread(zone), '', 'app: s'))
      await s.make(pod('not-self', spread(zone), '', 'app: t'))
      await s.make(pod('honor', spread(`${zone}, nodeTaintsPolicy: Honor`), requests('cpu: 2'), 'app: s'))
      await s.make(
        pod('ignore', `nodeSelector: { zone: a }, ${spread(`${zone}, nodeAffinityPolicy: Ignore`)}`, '', 'app: s'),
      )
      await s.make(pod('affine', `nodeSelector: { zone: a }, ${spread(zone)}`, requests('cpu: 10'), 'app: s'))
      await s.make(pod('domains', spread(`${zone}, minDomains: 5`), '', 'app: s'))
      await s.make(pod('two', spread(zone, `topologyKey: kubernetes.io/hostname, ${match('app: s')}`), '', 'app: s'))
      await s.make(pod('rack', spread(`topologyKey: rack, ${match('app: s')}`, zone), '', 'app: s'))
      await s.make(pod('keys', spread(`${zone}, matchLabelKeys: [v]`), '', 'app: s, v: "2"'))
      await s.make(pod('any', spread('topologyKey: zone, labelSelector: {}'), '', 'app: s'))
      await s.make(pod('nobody', spread('topologyKey: zone'), '', 'app: s'))
      await s.settle(6)
      await s.snap('refused')
      await s.patch('Node', 'node-3', { spec: { taints: null } }, '', 'application/merge-patch+json')
      await s.settle(8)
      await s.snap('untainted')
    },
  },
  {
    name: 'gates',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1')
      await s.settle(2)
      await s.make(pod('gated', 'schedulingGates: [{ name: b.io/x }, { name: a.io/y }]', requests('cpu: 10')))
      await s.make(pod('gone', 'schedulingGates: [{ name: b.io/x }]'))
      await s.settle(2)
      await s.snap('gated')
      await s.patch('Pod', 'gated', { spec: { nodeSelector: { disk: 'ssd' } } })
      await s.patch('Pod', 'gated', { spec: { schedulingGates: [{ name: 'b.io/x', $patch: 'delete' }] } })
      await s.delete('Pod', 'gone')
      await s.settle(2)
      await s.snap('one less')
      await s.patch('Pod', 'gated', { spec: { schedulingGates: null } }, '', 'application/merge-patch+json')
      await s.settle(3)
      await s.snap('open')
      await s.patch('Node', 'node-1', { metadata: { labels: { disk: 'ssd' } } })
      await s.settle(4)
      await s.snap('labelled')
    },
  },
  {
    name: 'placed-by-score',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { capacity: { cpu: '4', memory: '8Gi' }, labels: { zone: 'a', disk: 'ssd' } })
      await s.kubelets.addNode('node-2', { capacity: { cpu: '8', memory: '8Gi' }, labels: { zone: 'b' } })
      await s.kubelets.addNode('node-3', {
        capacity: { cpu: '2', memory: '16Gi' },
        labels: { zone: 'b' },
        taints: [{ key: 'soft', effect: 'PreferNoSchedule' }],
      })
      await s.patch(
        'Node',
        'node-1',
        {
          status: {
            images: [
              { names: ['big:1'], sizeBytes: 900_000_000 },
              { names: ['mid:latest'], sizeBytes: 400_000_000 },
            ],
          },
        },
        '/status',
      )
      await s.settle(2)
      const one = async (yaml: string): Promise<void> => {
        await s.make(yaml)
        await s.settle(1)
      }
      await one(pod('cpu', '', requests('cpu: 500m')))
      await one(pod('memory', '', requests('memory: 2Gi')))
      await one(pod('both', '', requests('cpu: 1, memory: 1Gi')))
      await one(pod('image', '').replace('image: run', 'image: big:1'))
      await one(pod('image-2', '', requests('cpu: 100m')).replace('image: run', 'image: mid'))
      await one(
        pod(
          'ssd',
          'affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, preference: { matchExpressions: [{ key: disk, operator: In, values: [ssd] }] } }, { weight: 4, preference: { matchExpressions: [{ key: zone, operator: In, values: [b] }] } }] } }',
          requests('cpu: 200m'),
          'app: ssd',
        ),
      )
      await one(
        pod(
          'with',
          `affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, podAffinityTerm: { topologyKey: zone, ${match('app: ssd')} } }] } }`,
          requests('cpu: 200m'),
        ),
      )
      await one(
        pod(
          'without',
          `affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, podAffinityTerm: { topologyKey: zone, ${match('app: ssd')} } }] } }`,
          requests('cpu: 200m'),
        ),
      )
      for (const i of [1, 2, 3, 4])
        await one(
          pod(
            `spread-${i}`,
            `topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, ${match('app: sp')} }]`,
            requests('cpu: 100m, memory: 300Mi'),
            'app: sp',
          ),
        )
      await s.make(`
apiVersion: v1
kind: Service
metadata: { name: svc }
spec: { selector: { app: sv }, ports: [{ port: 80 }] }`)
      for (const i of [1, 2, 3]) await one(pod(`service-${i}`, '', requests('cpu: 50m, memory: 100Mi'), 'app: sv'))
      for (const i of [1, 2, 3, 4, 5, 6]) await one(pod(`plain-${i}`, '', requests('cpu: 150m, memory: 700Mi')))
      await s.snap('placed')
    },
  },
]
