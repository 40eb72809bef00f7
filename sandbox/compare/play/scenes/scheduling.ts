/** Pods that the scheduler refuses, retries, and places by preemption. */
import type { Scene } from './scene.ts'

const pod = (name: string, spec: string, meta = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}${meta && `, ${meta}`} }
spec: { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: run }]${spec && `, ${spec}`} }`
const cpu = (name: string, amount: string, spec = '', meta = ''): string =>
  pod(name, spec, meta).replace('image: run', `image: run, resources: { requests: { cpu: ${amount} } }`)

export const scheduling: Scene[] = [
  {
    name: 'refusals',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { capacity: { cpu: '2', pods: '5' }, labels: { zone: 'a', disk: 'ssd' } })
      await s.kubelets.addNode('node-2', {
        capacity: { cpu: '1', memory: '1Gi', 'example.com/gpu': '1' },
        labels: { zone: 'b' },
      })
      await s.kubelets.addNode('node-3', {
        taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }],
        labels: { zone: 'b' },
      })
      await s.kubelets.addNode('node-4', { unschedulable: true, taints: [{ key: 'other', effect: 'NoExecute' }] })
      await s.settle(3)
      await s.make(
        cpu('user', '900m', 'nodeName: node-1', 'labels: { app: a, role: db }').replace(
          'image: run',
          'image: run, ports: [{ containerPort: 80, hostPort: 8080 }]',
        ),
      )
      await s.settle(2)
      await s.make(cpu('too-big', '3'))
      await s.make(cpu('huge', '100'))
      await s.make(
        pod('memory', '').replace(
          'image: run',
          'image: run, resources: { requests: { memory: 20Gi, ephemeral-storage: 200Gi } }',
        ),
      )
      await s.make(pod('gpu', '').replace('image: run', 'image: run, resources: { limits: { example.com/gpu: 2 } }'))
      await s.make(pod('selector', 'nodeSelector: { disk: nvme }'))
      await s.make(
        pod(
          'affinity',
          'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [c] }] }] } } }',
        ),
      )
      await s.make(
        pod(
          'field',
          'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [node-9] }] }] } } }',
        ),
      )
      await s.make(
        pod(
          'field4',
          'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [node-4] }] }] } } }',
        ),
      )
      await s.make(
        pod(
          'pod-affinity',
          'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: { matchLabels: { app: nothing } } }] } }',
        ),
      )
      await s.make(
        pod(
          'anti',
          'tolerations: [{ operator: Exists }], affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/os, labelSelector: { matchLabels: { app: a } } }] } }',
        ),
      )
      await s.make(
        pod('port', 'nodeSelector: { zone: a }').replace(
          'image: run',
          'image: run, ports: [{ containerPort: 80, hostPort: 8080 }]',
        ),
      )
      await s.make(
        pod(
          'spread',
          'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: nolabel, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: a } } }]',
        ),
      )
      await s.make(pod('gated', 'schedulingGates: [{ name: example.com/wait }, { name: example.com/two }]'))
      await s.make(pod('other', 'schedulerName: mine'))
      await s.make(
        pod('never', 'preemptionPolicy: Never', '').replace(
          'image: run',
          'image: run, resources: { requests: { cpu: 3 } }',
        ),
      )
      await s.make(pod('pvc', 'volumes: [{ name: v, persistentVolumeClaim: { claimName: nope } }]'))
      await s.settle(6)
      await s.snap('refused')
      await s.patch('Pod', 'gated', { spec: { schedulingGates: [{ name: 'example.com/two', $patch: 'delete' }] } })
      await s.settle(2)
      await s.patch('Pod', 'gated', { spec: { schedulingGates: null } }, '', 'application/merge-patch+json')
      await s.kubelets.addNode('node-5', { capacity: { cpu: '3' } })
      await s.settle(6)
      await s.snap('another node')
      await s.patch('Node', 'node-2', { metadata: { labels: { disk: 'nvme' } } })
      await s.patch('Node', 'node-3', { spec: { taints: null } }, '', 'application/merge-patch+json')
      await s.settle(6)
      await s.snap('changed nodes')
    },
  },
  {
    name: 'no-nodes',
    alone: true,
    async play(s) {
      await s.make(pod('a', ''))
      await s.make(pod('b', 'priority: 0'))
      await s.settle(4)
      await s.snap('none')
    },
  },
  {
    name: 'full-nodes',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { capacity: { pods: '2' } })
      await s.kubelets.addNode('node-2', { capacity: { pods: '1' } })
      await s.settle(2)
      for (const name of ['a', 'b', 'c']) await s.make(pod(name, ''))
      await s.settle(3)
      await s.make(pod('d', ''))
      await s.settle(3)
      await s.snap('too many')
      await s.delete('Pod', 'a')
      await s.settle(4)
      await s.snap('room')
    },
  },
  {
    name: 'preemption',
    alone: true,
    async play(s) {
      for (const [name, value, policy] of [
        ['cmp-high', 1000, 'PreemptLowerPriority'],
        ['cmp-mid', 500, 'PreemptLowerPriority'],
        ['cmp-polite', 2000, 'Never'],
      ] as const)
        await s.call('POST', s.path('PriorityClass'), { metadata: { name }, value, preemptionPolicy: policy })
      await s.kubelets.addNode('node-1', { capacity: { cpu: '2' } })
      await s.kubelets.addNode('node-2', { capacity: { cpu: '2' } })
      await s.kubelets.addNode('node-3', { taints: [{ key: 'k', effect: 'NoSchedule' }] })
      await s.settle(3)
      await s.make(cpu('low-1', '1500m', 'nodeName: node-1').replace('image: run', 'image: linger'))
      await s.make(
        cpu('low-2', '1500m', 'nodeName: node-2, priorityClassName: cmp-mid').replace('image: run', 'image: linger'),
      )
      await s.settle(2)
      await s.make(cpu('polite', '1', 'priorityClassName: cmp-polite'))
      await s.make(cpu('equal', '1'))
      await s.settle(3)
      await s.snap('before')
      await s.make(cpu('high', '1', 'priorityClassName: cmp-high'))
      await s.settle(4)
      await s.snap('nominated')
      await s.patch('Pod', 'low-1', { metadata: { annotations: { fate: 'run' } } })
      await s.settle(4)
      await s.snap('placed')
      await s.make(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: guard }
spec: { minAvailable: 1, selector: { matchLabels: { app: guarded } } }`)
      await s.make(cpu('huge', '50', 'priorityClassName: cmp-high'))
      await s.settle(3)
      await s.snap('cannot help')
      for (const name of ['cmp-high', 'cmp-mid', 'cmp-polite']) await s.call('DELETE', s.path('PriorityClass', name))
    },
  },
  {
    name: 'spread',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { labels: { zone: 'a' } })
      await s.kubelets.addNode('node-2', { labels: { zone: 'b' }, capacity: { cpu: '100m' } })
      await s.kubelets.addNode('node-3', {})
      await s.settle(2)
      const spread =
        'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: s } } }]'
      await s.make(cpu('one', '200m', spread, 'labels: { app: s }'))
      await s.settle(2)
      await s.make(cpu('two', '200m', spread, 'labels: { app: s }'))
      await s.make(
        pod(
          'anti-1',
          'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: { matchLabels: { app: anti } } }] } }',
          'labels: { app: anti }',
        ),
      )
      await s.settle(2)
      await s.make(pod('anti-2', 'nodeSelector: { zone: a }', 'labels: { app: anti }'))
      await s.make(
        pod(
          'with',
          'nodeSelector: { zone: b }, affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: s } } }] } }',
        ),
      )
      await s.settle(4)
      await s.snap('spread')
    },
  },
]
