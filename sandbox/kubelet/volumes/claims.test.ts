/** Volumes of claims on a node: what events say when they cannot be mounted. */
import { describe, expect, it } from 'vitest'
import { persistentVolume as volumeKind } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim as claimKind } from '../../api/kinds/persistentvolumeclaim/index.ts'
import type { ObjectMeta } from '../../api/types.ts'
import { type TestNode, testNode } from '../testing.ts'

type OwnerReference = NonNullable<ObjectMeta['ownerReferences']>[number]

const resources = { requests: { storage: '1Gi' } }

/** A claim with what it is bound to; nothing else binds here. */
function bind({ client }: TestNode, name: string, source: object, owner?: OwnerReference): void {
  const spec = { accessModes: ['ReadWriteOnce' as const], resources, volumeName: `pv-${name}`, storageClassName: '' }
  const metadata = { name, namespace: 'default', ...(owner && { ownerReferences: [owner] }) }
  const claim = client.create(claimKind, { metadata, spec })
  client.updateStatus(claimKind, { ...claim, status: { phase: 'Bound' } })
  const claimRef = { kind: 'PersistentVolumeClaim', name, namespace: 'default', uid: claim.metadata.uid }
  client.create(volumeKind, {
    metadata: { name: `pv-${name}` },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], claimRef, ...source },
  })
}

const mounting = (volume: object) => ({
  volumes: [{ name: 'data', ...volume }],
  containers: [{ volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
})
const claimed = (claimName: string) => mounting({ persistentVolumeClaim: { claimName } })

const unable = (why: string): string =>
  `FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[data]: ${why}`

describe('a claim that a node cannot use', () => {
  it('is not waited for: the sync is tried again, and an event says what is wrong with it', async () => {
    const node = testNode()
    node.run('early', claimed('missing'))
    const claim = node.client.create(claimKind, {
      metadata: { name: 'free', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources },
    })
    node.client.updateStatus(claimKind, { ...claim, status: { phase: 'Pending' } })
    node.run('unbound', claimed('free'))
    await node.pass(2)
    expect(node.events('early')).toEqual([
      unable(
        'error processing PVC default/missing: failed to fetch PVC from API server: persistentvolumeclaims "missing" not found',
      ),
    ])
    expect(node.events('unbound')).toEqual([unable('error processing PVC default/free: PVC is not bound')])
    bind(node, 'missing', { hostPath: { path: '/srv' } })
    await node.pass(20)
    expect(node.get('early').status.phase).toBe('Running')
  })

  it('is told of once, however many volumes name it; what is wrong with several comes in order', async () => {
    const node = testNode()
    const names = ['zeta', 'alpha', 'zeta']
    node.run('several', {
      volumes: names.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })),
      containers: [{ volumeMounts: names.map((_, i) => ({ name: `v${i}`, mountPath: `/v${i}` })) }],
    })
    await node.pass(2)
    const missing = (name: string): string =>
      `error processing PVC default/${name}: failed to fetch PVC from API server: persistentvolumeclaims "${name}" not found`
    expect(node.events('several')).toEqual([
      `FailedMount: Unable to attach or mount volumes: unmounted volumes=[v0 v1 v2], unattached volumes=[], failed to process volumes=[v0 v1 v2]: ${missing('alpha')}; ${missing('zeta')}`,
    ])
  })

  it('may belong to somebody else than the Pod that it is called after', async () => {
    const node = testNode()
    const template = { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources } } } }
    bind(node, 'scratch-data', { hostPath: { path: '/srv' } })
    node.run('scratch', mounting(template))
    await node.pass(2)
    expect(node.events('scratch')).toEqual([
      unable('PVC default/scratch-data was not created for pod default/scratch (pod is not owner)'),
    ])
    const own = node.run('own', mounting(template))
    bind(
      node,
      'own-data',
      { hostPath: { path: '/srv' } },
      { apiVersion: 'v1', kind: 'Pod', name: 'own', uid: own.metadata.uid, controller: true },
    )
    await node.pass(20)
    expect(node.get('own').status.phase).toBe('Running')
  })
})

describe('a PersistentVolume that cannot be mounted', () => {
  it('is named in the event, with the step that failed', async () => {
    const node = testNode()
    const on = (name: string) => ({
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }],
      },
    })
    bind(node, 'typed', { hostPath: { path: '/nowhere', type: 'Directory' } })
    bind(node, 'disk', { local: { path: '/mnt/disks/ssd1' }, nodeAffinity: on('node-1') })
    bind(node, 'elsewhere', { local: { path: '/tmp' }, nodeAffinity: on('node-2') })
    for (const name of ['typed', 'disk', 'elsewhere']) node.run(name, claimed(name))
    await node.pass(0.3)
    expect(node.events('typed')).toEqual([
      'FailedMount: MountVolume.SetUp failed for volume "pv-typed" : hostPath type check failed: /nowhere is not a directory',
    ])
    expect(node.events('disk')).toEqual([
      'FailedMount: MountVolume.NewMounter initialization failed for volume "pv-disk" : path "/mnt/disks/ssd1" does not exist',
    ])
    expect(node.events('elsewhere')).toEqual([
      'FailedMount: MountVolume.NodeAffinity check failed for volume "pv-elsewhere" : no matching NodeSelectorTerms',
    ])
  })

  it('is no file by its path, nor by its mode, and may be for one Pod alone', async () => {
    const node = testNode()
    const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }]
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions }] } }
    bind(node, 'file', { local: { path: '/etc/machine-id' }, nodeAffinity })
    bind(node, 'raw', { hostPath: { path: '/srv' }, volumeMode: 'Block' })
    bind(node, 'own', { hostPath: { path: '/srv' }, accessModes: ['ReadWriteOncePod'] })
    for (const name of ['file', 'raw', 'own']) node.run(name, claimed(name))
    await node.pass(0.3)
    expect(node.events('file')).toEqual([
      'FailedMount: MountVolume.NewMounter initialization failed for volume "pv-file" : only directory and block device are supported',
    ])
    expect(node.events('raw')).toEqual([unable('volume data has volumeMode Block, but is specified in volumeMounts')])
    node.run('second', claimed('own'))
    await node.pass(3)
    expect(node.events('second')[0]).toBe(
      'FailedMount: MountVolume.SetUp failed for volume "pv-own" : volume uses the ReadWriteOncePod access mode and is already in use by another pod',
    )
    node.delete('own', 0)
    await node.pass(60)
    expect(node.get('second').status.phase).toBe('Running')
  })
})
