/** Deployments and ReplicaSets. */
import type { Stage } from '../stage.ts'
import { type Scene, template } from './scene.ts'

const deployment = (name: string, replicas: number, image = 'run:1', more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, annotations: { note: kept } }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: ${template(name, image)}${more && `, ${more}`} }`
const image = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })
const D = 'Deployment'

export const deployments: Scene[] = [
  {
    name: 'deploy-roll',
    async play(s: Stage) {
      await s.make(deployment('web', 4))
      await s.settle(4)
      await s.snap('made')
      await s.patch(D, 'web', image('unready:2'))
      await s.settle(4)
      await s.snap('stuck in the middle')
      await s.patch(D, 'web', { spec: { replicas: 10 } })
      await s.settle(4)
      await s.snap('scaled in the middle')
      await s.fate('app=web', 'run', 5)
      await s.settle(4)
      await s.snap('one more ready')
      await s.fate('app=web', 'run')
      await s.settle(10)
      await s.fate('app=web', 'run')
      await s.settle(5)
      await s.snap('half')
      await s.fate('app=web', 'run')
      await s.settle(5)
      await s.fate('app=web', 'run')
      await s.settle(5)
      await s.fate('app=web', 'run')
      await s.settle(5)
      await s.snap('done')
    },
  },
  {
    name: 'deploy-recreate',
    async play(s) {
      await s.make(deployment('web', 2, 'linger:1', 'strategy: { type: Recreate }'))
      await s.settle(4)
      await s.patch(D, 'web', image('run:2'))
      await s.settle(4)
      await s.snap('waits for the old')
      await s.fate('app=web', 'run')
      await s.settle(6)
      await s.snap('done')
    },
  },
  {
    name: 'deploy-pause',
    async play(s) {
      await s.make(deployment('web', 2))
      await s.settle(3)
      await s.patch(D, 'web', { spec: { paused: true } })
      await s.settle(2)
      await s.snap('paused')
      await s.patch(D, 'web', image('run:2'))
      await s.patch(D, 'web', { spec: { replicas: 3 } })
      await s.settle(3)
      await s.snap('changed while paused')
      await s.patch(D, 'web', { spec: { paused: false } })
      await s.settle(5)
      await s.snap('resumed')
      await s.patch(D, 'web', image('run:1'))
      await s.settle(5)
      await s.snap('back to the first')
    },
  },
  {
    name: 'deploy-progress-deadline',
    async play(s) {
      await s.make(deployment('web', 2, 'unready:1', 'progressDeadlineSeconds: 5'))
      await s.settle(9)
      await s.snap('too late')
      await s.fate('app=web', 'run')
      await s.settle(3)
      await s.snap('in the end')
      await s.patch(D, 'web', image('unready:2'))
      await s.settle(9)
      await s.snap('too late again')
      await s.patch(D, 'web', image('run:3'))
      await s.settle(5)
      await s.snap('third')
    },
  },
  {
    name: 'deploy-proportional',
    async play(s) {
      await s.make(
        deployment(
          'web',
          10,
          'run:1',
          'strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } }, minReadySeconds: 1',
        ),
      )
      await s.settle(6)
      await s.patch(D, 'web', image('unready:2'))
      await s.settle(5)
      await s.snap('stuck')
      await s.patch(D, 'web', { spec: { replicas: 15 } })
      await s.settle(4)
      await s.snap('15')
      await s.patch(D, 'web', { spec: { replicas: 4 } })
      await s.settle(5)
      await s.snap('4')
      await s.patch(D, 'web', image('unready:3'))
      await s.settle(5)
      await s.snap('third version')
      await s.patch(D, 'web', { spec: { replicas: 0 } })
      await s.settle(5)
      await s.snap('0')
    },
  },
  {
    name: 'deploy-history-limit',
    async play(s) {
      await s.make(deployment('web', 1, 'run:1', 'revisionHistoryLimit: 1'))
      for (const version of [2, 3, 4]) {
        await s.settle(4)
        await s.patch(D, 'web', image(`run:${version}`))
      }
      await s.settle(4)
      await s.snap('done')
      await s.patch(D, 'web', {
        metadata: { annotations: { 'kubernetes.io/change-cause': 'because' }, labels: { a: 'b' } },
      })
      await s.settle(2)
      await s.snap('annotated')
    },
  },
  {
    name: 'deploy-adopt',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: alone, labels: { app: web } }
spec: { containers: [{ name: main, image: 'run:0' }], terminationGracePeriodSeconds: 1 }
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec: { replicas: 2, selector: { matchLabels: { app: web } }, template: ${template('web')} }`)
      await s.settle(4)
      await s.snap('adopted')
      await s.patch('Pod', 'alone', { metadata: { labels: { app: 'other' } } })
      await s.settle(3)
      await s.snap('released')
      await s.patch('ReplicaSet', 'web', { spec: { replicas: 0 } })
      await s.settle(4)
      await s.snap('none')
      await s.make(deployment('web', 1))
      await s.settle(3)
      await s.snap('deployment over an orphan of its name')
    },
  },
  {
    name: 'deploy-overlap',
    async play(s) {
      await s.make(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: empty }
spec: { replicas: 1, selector: {}, template: ${template('web')} }`)
      await s.make(deployment('web', 1))
      await s.settle(3)
      await s.snap('made')
      await s.delete(D, 'web', { propagationPolicy: 'Orphan' })
      await s.settle(3)
      await s.snap('orphaned')
      await s.make(deployment('web', 2))
      await s.settle(3)
      await s.snap('adopted anew')
      await s.delete(D, 'web', { propagationPolicy: 'Foreground' })
      await s.settle(5)
      await s.snap('gone')
    },
  },
  {
    name: 'deploy-quota',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota }
spec: { hard: { pods: '2', requests.cpu: '1', count/services: '1', limits.memory: 1Gi, services.nodeports: '0', persistentvolumeclaims: '1' } }`)
      await s.settle(2)
      await s.make(deployment('web', 3))
      await s.settle(3)
      await s.snap('must say how much')
      await s.delete(D, 'web')
      await s.settle(2)
      await s.make(deployment('two', 0))
      await s.patch(D, 'two', {
        spec: {
          replicas: 3,
          template: {
            spec: {
              containers: [{ name: 'main', resources: { requests: { cpu: '100m' }, limits: { memory: '10Mi' } } }],
            },
          },
        },
      })
      await s.settle(4)
      await s.snap('one too many')
      await s.patch('ResourceQuota', 'quota', { spec: { hard: { pods: '5' } } })
      await s.settle(8)
      await s.snap('raised')
    },
  },
  {
    name: 'rs-basic',
    async play(s) {
      await s.make(`
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec: { replicas: 3, minReadySeconds: 8, selector: { matchLabels: { app: web } }, template: ${template('web')} }
---
apiVersion: v1
kind: ReplicationController
metadata: { name: rc }
spec: { replicas: 2, selector: { app: rc }, template: ${template('rc')} }`)
      await s.wait(1.5)
      await s.snap('young')
      await s.settle(9)
      await s.snap('old')
      await s.fate('app=web', 'fail', 1)
      await s.fate('app=rc', 'ok', 1)
      await s.settle(5)
      await s.snap('one failed')
      await s.patch('ReplicaSet', 'web', { spec: { replicas: 1 } })
      await s.patch('ReplicationController', 'rc', { spec: { replicas: 0 } })
      await s.settle(5)
      await s.snap('less')
      await s.delete('ReplicaSet', 'web', { propagationPolicy: 'Orphan' })
      await s.delete('ReplicationController', 'rc', { propagationPolicy: 'Foreground' })
      await s.settle(3)
      await s.snap('deleted')
    },
  },
  {
    name: 'rs-invalid-template',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: LimitRange
metadata: { name: limits }
spec: { limits: [{ type: Container, max: { cpu: 100m }, min: { cpu: 50m }, default: { cpu: 60m }, defaultRequest: { cpu: 60m } }] }
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec: { replicas: 2, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: 'run:1', resources: { requests: { cpu: 200m }, limits: { cpu: 300m } } }] } } }
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: sa }
spec: { replicas: 2, selector: { matchLabels: { app: sa } }, template: ${template('sa', 'run:1', 'serviceAccountName: nobody')} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: prio }
spec: { replicas: 1, selector: { matchLabels: { app: prio } }, template: ${template('prio', 'run:1', 'priorityClassName: nothing')} }`)
      await s.settle(3)
      await s.snap('refused')
    },
  },
]
