/** Volumes and claims. */
import type { Scene } from './scene.ts'

const volume = (name: string, spec: string, meta = ''): string => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: ${name}${meta && `, ${meta}`} }
spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /x }${spec && `, ${spec}`} }`
const claim = (name: string, spec: string, size = '1Gi'): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } }${spec && `, ${spec}`} }`
const user = (name: string, claimName: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: run }], volumes: [{ name: data, persistentVolumeClaim: { claimName: ${claimName} } }]${more} }`

export const storage: Scene[] = [
  {
    name: 'pv-static',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1')
      await s.settle(2)
      await s.make(volume('small', 'storageClassName: ""'))
      await s.make(
        volume('big', 'storageClassName: manual, persistentVolumeReclaimPolicy: Retain').replace('1Gi', '5Gi'),
      )
      await s.make(
        volume('mid', 'storageClassName: manual, persistentVolumeReclaimPolicy: Delete').replace('1Gi', '3Gi'),
      )
      await s.make(volume('reserved', 'storageClassName: manual, claimRef: { namespace: $NS, name: reserved }'))
      await s.make(volume('recycle', 'storageClassName: rec, persistentVolumeReclaimPolicy: Recycle'))
      await s.make(claim('none', 'storageClassName: nothing'))
      await s.make(claim('plain', 'storageClassName: ""'))
      await s.make(claim('manual', 'storageClassName: manual', '2Gi'))
      await s.make(claim('reserved', 'storageClassName: manual'))
      await s.make(claim('named', 'storageClassName: manual, volumeName: big'))
      await s.make(claim('lost', 'storageClassName: manual, volumeName: nowhere'))
      await s.make(claim('huge', 'storageClassName: manual', '50Gi'))
      await s.make(claim('select', 'storageClassName: manual, selector: { matchLabels: { a: b } }'))
      await s.make(claim('rec', 'storageClassName: rec'))
      await s.make(user('waits', 'none'))
      await s.make(user('uses', 'plain'))
      await s.make(user('nothing', 'no-such-claim'))
      await s.settle(18)
      await s.snap('bound', 'PersistentVolume')
      await s.delete('PersistentVolumeClaim', 'plain')
      await s.delete('PersistentVolume', 'mid')
      await s.settle(3)
      await s.snap('protected', 'PersistentVolume')
      await s.delete('Pod', 'uses')
      await s.delete('PersistentVolumeClaim', 'manual')
      await s.delete('PersistentVolumeClaim', 'named')
      await s.delete('PersistentVolumeClaim', 'rec')
      await s.settle(6)
      await s.snap('released', 'PersistentVolume')
      await s.delete('PersistentVolume', 'reserved')
      await s.settle(2)
      await s.call(
        'PATCH',
        s.path('PersistentVolume', 'reserved'),
        { metadata: { finalizers: null } },
        'application/merge-patch+json',
      )
      await s.settle(18)
      await s.snap('lost', 'PersistentVolume')
      await s.call(
        'PATCH',
        s.path('PersistentVolume', 'big'),
        { spec: { claimRef: null } },
        'application/merge-patch+json',
      )
      await s.settle(4)
      await s.snap('freed', 'PersistentVolume')
    },
  },
  {
    name: 'pv-classes',
    alone: true,
    async play(s) {
      await s.kubelets.addNode('node-1', { labels: { disk: 'a' } })
      await s.kubelets.addNode('node-2', { labels: { disk: 'b' } })
      await s.settle(2)
      await s.make(`
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: local }
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: immediate, annotations: { storageclass.kubernetes.io/is-default-class: 'true' } }
provisioner: example.com/outside
allowVolumeExpansion: true
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: wait }
provisioner: example.com/outside
volumeBindingMode: WaitForFirstConsumer`)
      await s.make(
        volume(
          'on-b',
          'storageClassName: local, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: disk, operator: In, values: [b] }] }] } }',
        ),
      )
      await s.make(claim('later', 'storageClassName: local'))
      await s.make(claim('later2', 'storageClassName: local'))
      await s.make(claim('default', ''))
      await s.make(claim('waits', 'storageClassName: wait'))
      await s.settle(4)
      await s.snap('nobody uses', 'PersistentVolume')
      await s.make(user('first', 'later'))
      await s.make(user('third', 'waits'))
      await s.make(user('fourth', 'default'))
      await s.settle(4)
      await s.snap('used', 'PersistentVolume')
      await s.make(user('second', 'later2'))
      await s.settle(4)
      await s.snap('second', 'PersistentVolume')
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: eph }
spec: { containers: [{ name: main, image: run }], volumes: [{ name: scratch, ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: b } }, spec: { storageClassName: wait, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }] }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: taken-scratch }
spec: { storageClassName: wait, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: taken }
spec: { containers: [{ name: main, image: run }], volumes: [{ name: scratch, ephemeral: { volumeClaimTemplate: { spec: { storageClassName: wait, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }] }`)
      await s.settle(4)
      await s.snap('ephemeral', 'PersistentVolume')
    },
  },
]
