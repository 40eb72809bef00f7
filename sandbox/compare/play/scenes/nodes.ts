/** Nodes that fail and come back. */
import { type Scene, template } from './scene.ts'

export const nodes: Scene[] = [
  {
    name: 'node-down',
    alone: true,
    async play(s) {
      for (const i of [1, 2]) await s.kubelets.addNode(`node-${i}`, { labels: { 'topology.kubernetes.io/zone': 'a' } })
      await s.wait(3)
      await s.snap('ready', 'Node')
      await s.make(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 2, selector: { matchLabels: { app: web } }, template: ${template('web', 'run:1', 'tolerations: [{ key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 5 }]')} }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { selector: { matchLabels: { app: agent } }, template: ${template('agent')} }
---
apiVersion: v1
kind: Pod
metadata: { name: bare }
spec: { nodeName: node-2, containers: [{ name: main, image: run }], tolerations: [{ key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 3 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }`)
      await s.wait(4)
      s.kubelets.alive.delete('node-2')
      await s.wait(62)
      await s.snap('unreachable', 'Node')
      s.kubelets.alive.add('node-2')
      await s.wait(14)
      await s.snap('back', 'Node')
      await s.patch('Node', 'node-2', { spec: { unschedulable: true } })
      await s.wait(2)
      await s.snap('cordoned', 'Node')
      await s.patch('Node', 'node-2', { spec: { unschedulable: false } })
      await s.patch(
        'Node',
        'node-1',
        {
          status: {
            conditions: [
              { type: 'DiskPressure', status: 'True', reason: 'x', message: 'y' },
              { type: 'NetworkUnavailable', status: 'True', reason: 'x', message: 'y' },
            ],
          },
        },
        '/status',
      )
      await s.wait(2)
      await s.snap('pressure', 'Node')
      await s.wait(10)
      await s.patch('Node', 'node-1', { spec: { taints: [{ key: 'k', value: 'v', effect: 'NoExecute' }] } })
      await s.wait(4)
      await s.snap('tainted', 'Node')
      s.kubelets.alive.delete('node-2')
      await s.delete('Node', 'node-2')
      await s.wait(3)
      await s.snap('deleted', 'Node')
    },
  },
  {
    name: 'node-not-ready',
    alone: true,
    async play(s) {
      for (const i of [1, 2]) await s.kubelets.addNode(`node-${i}`)
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: bare }
spec: { nodeName: node-2, containers: [{ name: main, image: run }] }`)
      await s.wait(3)
      s.kubelets.alive.delete('node-2')
      await s.patch(
        'Node',
        'node-2',
        { status: { conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'because' }] } },
        '/status',
      )
      await s.wait(8)
      await s.snap('not ready', 'Node')
      await s.patch('Node', 'node-2', {
        spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] },
      })
      await s.wait(25)
      await s.snap('out of service', 'Node')
    },
  },
]
