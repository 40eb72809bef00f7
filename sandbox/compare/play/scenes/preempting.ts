/** Preemption: victims, the Pods that are spared, and the messages about both. */
import type { Stage } from '../stage.ts'
import type { Scene } from './scene.ts'

const CLASSES = { low: -10, mid: 500, high: 1000, top: 2000 }
type Class = keyof typeof CLASSES

const pod = (name: string, of: Class | '', cpu: string, spec = '', meta = '', container = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}${meta && `, ${meta}`} }
spec: { terminationGracePeriodSeconds: 1, ${of && `priorityClassName: cmp-${of}, `}containers: [{ name: main, image: run, resources: { requests: { cpu: ${cpu} } }${container && `, ${container}`} }]${spec && `, ${spec}`} }`
const lingering = (yaml: string): string => yaml.replace('image: run', 'image: linger')

async function withClasses(s: Stage, play: () => Promise<void>): Promise<void> {
  const names = Object.keys(CLASSES).map(name => `cmp-${name}`)
  for (const name of names) await s.call('DELETE', s.path('PriorityClass', name))
  for (const [name, value] of Object.entries(CLASSES))
    await s.call('POST', s.path('PriorityClass'), { metadata: { name: `cmp-${name}` }, value })
  await play()
  for (const name of names) await s.call('DELETE', s.path('PriorityClass', name))
}

export const preempting: Scene[] = [
  {
    name: 'victims',
    alone: true,
    play: s =>
      withClasses(s, async () => {
        await s.kubelets.addNode('node-1', { capacity: { cpu: '4' } })
        await s.kubelets.addNode('node-2', { taints: [{ key: 'x', effect: 'NoSchedule' }] })
        await s.settle(2)
        await s.make(pod('low-1', 'low', '1'))
        await s.settle(2)
        await s.make(pod('low-2', 'low', '1'))
        await s.settle(2)
        await s.make(pod('none', '', '1'))
        await s.make(pod('mid', 'mid', '1'))
        await s.settle(3)
        await s.make(pod('same', 'low', '1'))
        await s.settle(3)
        await s.snap('full')
        await s.make(pod('one', 'high', '1'))
        await s.settle(6)
        await s.snap('one')
        await s.make(pod('three', 'top', '3'))
        await s.settle(6)
        await s.snap('three')
        await s.make(pod('never', 'top', '3', 'preemptionPolicy: Never'))
        await s.make(pod('too-much', 'top', '5'))
        await s.settle(4)
        await s.snap('no help')
      }),
  },
  {
    name: 'nominated',
    alone: true,
    play: s =>
      withClasses(s, async () => {
        await s.kubelets.addNode('node-1', { capacity: { cpu: '2' } })
        await s.settle(2)
        await s.make(lingering(pod('slow', 'low', '1500m')))
        await s.settle(2)
        await s.make(pod('high', 'high', '1'))
        await s.settle(3)
        await s.snap('waits')
        await s.make(pod('small', 'mid', '400m'))
        await s.make(pod('bigger', 'mid', '900m'))
        await s.settle(3)
        await s.snap('others')
        await s.make(pod('top', 'top', '1500m'))
        await s.settle(4)
        await s.snap('outdone')
        await s.patch('Pod', 'high', { metadata: { labels: { touched: 'yes' } } })
        await s.settle(3)
        await s.patch('Pod', 'slow', { metadata: { annotations: { fate: 'run' } } })
        await s.settle(6)
        await s.snap('gone')
        await s.delete('Pod', 'top')
        await s.settle(5)
        await s.snap('after all')
      }),
  },
  {
    name: 'budgets',
    alone: true,
    play: s =>
      withClasses(s, async () => {
        await s.kubelets.addNode('node-1', { capacity: { cpu: '2' } })
        await s.kubelets.addNode('node-2', { capacity: { cpu: '2' } })
        await s.settle(2)
        await s.make(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: guard }
spec: { minAvailable: 1, selector: { matchLabels: { app: guarded } } }`)
        await s.make(pod('guarded', 'low', '1500m', 'nodeName: node-1', 'labels: { app: guarded }'))
        await s.make(pod('mid', 'mid', '1500m', 'nodeName: node-2'))
        await s.settle(4)
        await s.make(pod('first', 'high', '1'))
        await s.settle(6)
        await s.snap('spared')
        await s.make(pod('second', 'high', '1500m'))
        await s.settle(6)
        await s.snap('broken')
      }),
  },
  {
    name: 'rules-and-victims',
    alone: true,
    play: s =>
      withClasses(s, async () => {
        await s.kubelets.addNode('node-1', { capacity: { cpu: '2', pods: '3' }, labels: { zone: 'a' } })
        await s.kubelets.addNode('node-2', { capacity: { cpu: '2', pods: '1' }, labels: { zone: 'a' } })
        await s.settle(2)
        await s.make(
          pod(
            'port',
            'low',
            '100m',
            'nodeName: node-1',
            'labels: { app: shy }',
            'ports: [{ containerPort: 1, hostPort: 1 }]',
          ),
        )
        await s.make(pod('fills', 'mid', '100m', 'nodeName: node-2', 'labels: { app: fills }'))
        await s.settle(3)
        await s.make(pod('wants-port', 'high', '100m', '', '', 'ports: [{ containerPort: 1, hostPort: 1 }]'))
        await s.settle(6)
        await s.snap('port')
        await s.make(
          pod(
            'not-with',
            'high',
            '100m',
            'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: { matchLabels: { app: fills } } }] } }',
          ),
        )
        await s.settle(5)
        await s.snap('zone')
        await s.make(
          pod(
            'only-with',
            'top',
            '100m',
            'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: { matchLabels: { app: none } } }] } }',
          ),
        )
        await s.make(pod('nowhere', 'top', '100m', 'nodeSelector: { no: such }'))
        await s.make(pod('any', 'mid', '1950m'))
        await s.settle(5)
        await s.snap('no help')
      }),
  },
]
