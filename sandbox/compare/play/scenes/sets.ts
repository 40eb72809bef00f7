/** StatefulSets and DaemonSets. */
import { type Scene, template } from './scene.ts'

const set = (name: string, replicas: number, image = 'run:1', more = ''): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${name} }
spec: { serviceName: ${name}, replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: ${template(name, image)}${more && `, ${more}`} }`
const daemon = (name: string, image = 'run:1', more = '', pod = ''): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name} }
spec: { selector: { matchLabels: { app: ${name} } }, template: ${template(name, image, pod)}${more && `, ${more}`} }`
const image = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })
const S = 'StatefulSet'
const DS = 'DaemonSet'

export const sets: Scene[] = [
  {
    name: 'sts-ordered',
    async play(s) {
      await s.make(set('db', 3, 'unready:1'))
      await s.settle(3)
      await s.snap('first waits')
      await s.fate('app=db', 'run')
      await s.settle(2)
      await s.snap('second waits')
      await s.fate('app=db', 'run')
      await s.settle(2)
      await s.fate('app=db', 'run')
      await s.settle(2)
      await s.snap('all')
      await s.patch(S, 'db', image('unready:2'))
      await s.settle(4)
      await s.snap('last is new and not ready')
      await s.patch(S, 'db', image('run:3'))
      await s.settle(4)
      await s.snap('broken one stays')
      await s.fate('app=db', 'run')
      await s.settle(12)
      await s.snap('rolled')
      await s.patch(S, 'db', { spec: { replicas: 1 } })
      await s.settle(6)
      await s.snap('one')
      await s.fate('app=db', 'fail')
      await s.settle(5)
      await s.snap('failed is made again')
    },
  },
  {
    name: 'sts-parallel',
    async play(s) {
      await s.make(set('db', 3, 'unready:1', 'podManagementPolicy: Parallel'))
      await s.settle(3)
      await s.snap('all at once')
      await s.fate('app=db', 'run')
      await s.settle(2)
      await s.patch(S, 'db', image('run:2'))
      await s.settle(9)
      await s.snap('rolled')
      await s.patch(S, 'db', { spec: { replicas: 0 } })
      await s.settle(4)
      await s.snap('none')
    },
  },
  {
    name: 'sts-partition',
    async play(s) {
      await s.make(set('db', 3, 'run:1', 'updateStrategy: { rollingUpdate: { partition: 2 } }'))
      await s.settle(8)
      await s.patch(S, 'db', image('run:2'))
      await s.settle(5)
      await s.snap('canary')
      await s.delete('Pod', 'db-0')
      await s.settle(4)
      await s.snap('old one made again')
      await s.patch(S, 'db', { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } })
      await s.settle(8)
      await s.snap('rolled')
      await s.patch(S, 'db', image('run:1'))
      await s.settle(9)
      await s.snap('back')
    },
  },
  {
    name: 'sts-ondelete',
    async play(s) {
      await s.make(
        set(
          'db',
          2,
          'run:1',
          'updateStrategy: { type: OnDelete }, ordinals: { start: 5 }, minReadySeconds: 1, revisionHistoryLimit: 1',
        ),
      )
      await s.settle(6)
      await s.patch(S, 'db', image('run:2'))
      await s.settle(3)
      await s.snap('changed')
      await s.delete('Pod', 'db-5')
      await s.settle(4)
      await s.snap('one deleted')
      await s.delete('Pod', 'db-6')
      await s.settle(4)
      await s.snap('both')
      await s.patch(S, 'db', image('run:3'))
      await s.settle(3)
      await s.patch(S, 'db', image('run:4'))
      await s.settle(3)
      await s.snap('history')
    },
  },
  {
    name: 'sts-claims',
    async play(s) {
      const claims = `volumeClaimTemplates: [{ metadata: { name: data, labels: { x: y } }, spec: { storageClassName: none, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]`
      await s.make(set('keep', 2, 'run:1', `podManagementPolicy: Parallel, ${claims}`))
      await s.make(
        set(
          'drop',
          2,
          'run:1',
          `podManagementPolicy: Parallel, persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete, whenScaled: Delete }, ${claims}`,
        ),
      )
      await s.make(
        set(
          'mixed',
          2,
          'run:1',
          `podManagementPolicy: Parallel, persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete, whenScaled: Retain }, ${claims}`,
        ),
      )
      await s.settle(4)
      await s.snap('made')
      for (const name of ['keep', 'drop', 'mixed']) await s.patch(S, name, { spec: { replicas: 1 } })
      await s.settle(5)
      await s.snap('scaled')
      for (const name of ['keep', 'drop', 'mixed']) await s.delete(S, name)
      await s.settle(6)
      await s.snap('deleted')
    },
  },
  {
    name: 'sts-max-unavailable',
    async play(s) {
      await s.make(
        set(
          'db',
          4,
          'run:1',
          'podManagementPolicy: Parallel, updateStrategy: { rollingUpdate: { maxUnavailable: 2 } }',
        ),
      )
      await s.settle(5)
      await s.patch(S, 'db', image('unready:2'))
      await s.settle(5)
      await s.snap('two at a time')
      await s.fate('app=db', 'run')
      await s.settle(6)
      await s.fate('app=db', 'run')
      await s.settle(6)
      await s.snap('done')
    },
  },
  {
    name: 'sts-refused',
    async play(s) {
      await s.make(set('db', 2, 'run:1', '').replace('containers', 'serviceAccountName: nobody, containers'))
      await s.make(`
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota }
spec: { hard: { persistentvolumeclaims: '1' } }`)
      await s.settle(2)
      await s.make(
        set(
          'pvc',
          2,
          'run:1',
          `podManagementPolicy: Parallel, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: none, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]`,
        ),
      )
      await s.settle(4)
      await s.snap('refused')
      await s.fate('app=pvc', 'run')
      await s.settle(2)
    },
  },
  {
    name: 'sts-retention',
    async play(s) {
      for (const i of [1, 2])
        await s.make(`
apiVersion: v1
kind: PersistentVolume
metadata: { name: ret-${i} }
spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /x }, storageClassName: ret }`)
      const claims = `volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: ret, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]`
      await s.make(set('db', 2, 'run:1', claims))
      await s.settle(8)
      await s.snap('made')
      await s.patch(S, 'db', {
        spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } },
      })
      await s.settle(4)
      await s.snap('told to delete')
      await s.patch(S, 'db', { spec: { replicas: 1 } })
      await s.settle(6)
      await s.snap('scaled')
      await s.delete(S, 'db')
      await s.settle(5)
      await s.snap('deleted')
      for (const i of [1, 2]) await s.delete('PersistentVolume', `ret-${i}`)
    },
  },
  {
    name: 'sts-adopt',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: db-0, labels: { app: db } }
spec: { containers: [{ name: main, image: 'run:0' }], terminationGracePeriodSeconds: 1 }
---
apiVersion: v1
kind: Pod
metadata: { name: db-x, labels: { app: db } }
spec: { containers: [{ name: main, image: 'run:0' }], terminationGracePeriodSeconds: 1 }`)
      await s.settle(2)
      await s.make(set('db', 2))
      await s.settle(6)
      await s.snap('adopted')
      await s.delete(S, 'db', { propagationPolicy: 'Orphan' })
      await s.settle(3)
      await s.snap('orphaned')
    },
  },
  {
    name: 'ds-roll',
    alone: true,
    async play(s) {
      for (const i of [1, 2, 3]) await s.kubelets.addNode(`node-${i}`, { labels: { n: String(i) } })
      await s.kubelets.addNode('node-4', { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] })
      await s.settle(2)
      await s.make(daemon('agent'))
      await s.settle(4)
      await s.snap('made')
      await s.patch(DS, 'agent', image('unready:2'))
      await s.settle(4)
      await s.snap('stuck')
      await s.patch(DS, 'agent', image('run:3'))
      await s.settle(10)
      await s.snap('rolled')
      await s.patch(DS, 'agent', image('run:1'))
      await s.settle(10)
      await s.snap('back')
      await s.patch(DS, 'agent', { spec: { template: { spec: { nodeSelector: { n: '1' } } } } })
      await s.settle(6)
      await s.snap('selected')
      await s.patch(DS, 'agent', {
        spec: { template: { spec: { tolerations: [{ operator: 'Exists' }], nodeSelector: null } } },
      })
      await s.settle(8)
      await s.snap('everywhere')
      await s.fate('app=agent', 'fail')
      await s.settle(5)
      await s.snap('failed')
    },
  },
  {
    name: 'ds-surge',
    alone: true,
    async play(s) {
      for (const i of [1, 2]) await s.kubelets.addNode(`node-${i}`)
      await s.settle(2)
      await s.make(daemon('agent', 'run:1', 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'))
      await s.make(
        daemon('manual', 'run:1', 'updateStrategy: { type: OnDelete }, minReadySeconds: 1, revisionHistoryLimit: 1'),
      )
      await s.settle(4)
      await s.patch(DS, 'agent', image('unready:2'))
      await s.patch(DS, 'manual', image('run:2'))
      await s.settle(4)
      await s.snap('surge')
      await s.fate('app=agent', 'run')
      await s.settle(4)
      await s.fate('app=agent', 'run')
      await s.settle(4)
      await s.snap('done')
      await s.patch(DS, 'manual', image('run:3'))
      await s.settle(2)
      await s.patch(DS, 'manual', image('run:4'))
      await s.settle(2)
      await s.snap('history')
      await s.patch('Node', 'node-2', { spec: { taints: [{ key: 'x', effect: 'NoExecute' }] } })
      await s.settle(4)
      await s.snap('tainted')
      await s.delete('Node', 'node-1')
      s.kubelets.alive.delete('node-1')
      await s.settle(4)
      await s.snap('a node less')
      await s.delete(DS, 'agent', { propagationPolicy: 'Foreground' })
      await s.delete(DS, 'manual', { propagationPolicy: 'Orphan' })
      await s.settle(3)
      await s.snap('deleted')
    },
  },
  {
    name: 'ds-unfit',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { capacity: { cpu: '1' } })
      await s.kubelets.addNode('node-2', { unschedulable: true })
      await s.settle(2)
      await s.make(daemon('big').replace('name: main,', 'name: main, resources: { requests: { cpu: 700m } },'))
      await s.make(daemon('big2').replace('name: main,', 'name: main, resources: { requests: { cpu: 700m } },'))
      await s.make(daemon('named', 'run:1', '', 'nodeName: node-1'))
      await s.make(daemon('nowhere', 'run:1', '', 'nodeSelector: { no: such }'))
      await s.make(daemon('refused', 'run:1', '', 'serviceAccountName: nobody'))
      await s.settle(5)
      await s.snap('made')
    },
  },
]
