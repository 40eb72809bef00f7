/** Stories of claims that name their volume, and of volumes that are given back. */
import { describe, expect, it } from 'vitest'
import { persistentVolume } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageClass } from '../../api/kinds/storage.ts'
import { makeWorld } from '../testing.ts'
import { persistentVolumeBinder } from './binder.ts'

function world() {
  const w = makeWorld({ controllers: [persistentVolumeBinder] })
  const addVolume = (name: string, spec: object = {}): void =>
    void w.client.create(persistentVolume, {
      metadata: { name },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/data' },
        ...spec,
      },
    })
  const addClaim = (name: string, spec: object = {}): void =>
    void w.client.create(persistentVolumeClaim, {
      metadata: { name, namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
    })
  const claim = (name: string) => w.client.get(persistentVolumeClaim, 'default', name)
  const volume = (name: string) => w.client.get(persistentVolume, '', name)
  const drop = (name: string): void => {
    w.client.patch(persistentVolumeClaim, 'default', name, { metadata: { finalizers: null } })
    w.client.delete(persistentVolumeClaim, 'default', name)
  }
  return { ...w, addVolume, addClaim, claim, volume, drop }
}

describe('a claim that names its volume', () => {
  it('is told why that one will not do', async () => {
    const w = world()
    w.addVolume('pv')
    w.addVolume('block', { volumeMode: 'Block' })
    w.addClaim('large', { volumeName: 'pv', resources: { requests: { storage: '2Gi' } } })
    w.addClaim('class', { volumeName: 'pv', storageClassName: 'fast' })
    w.addClaim('shared', { volumeName: 'pv', accessModes: ['ReadWriteMany'] })
    w.addClaim('files', { volumeName: 'block' })
    w.addClaim('early', { volumeName: 'nosuch' })
    await w.clock.settle()
    expect(w.events('PersistentVolumeClaim').sort()).toEqual([
      'VolumeMismatch x1: Cannot bind to requested volume "block": incompatible volumeMode',
      'VolumeMismatch x1: Cannot bind to requested volume "pv": incompatible accessMode',
      'VolumeMismatch x1: Cannot bind to requested volume "pv": requested PV is too small',
      'VolumeMismatch x1: Cannot bind to requested volume "pv": storageClassName does not match',
    ])
    await w.clock.advance(15_000)
    expect(w.events('PersistentVolumeClaim')[0]).toMatch(/^VolumeMismatch x2/)
    expect(w.claim('early').status).toEqual({ phase: 'Pending' })
  })

  it('waits while another has it', async () => {
    const w = world()
    w.addVolume('pv')
    w.addClaim('first')
    await w.clock.settle()
    w.addClaim('second', { volumeName: 'pv' })
    await w.clock.settle()
    expect(w.events('PersistentVolumeClaim')).toEqual([
      'FailedBinding x1: volume "pv" already bound to a different claim.',
    ])
  })
})

it('a volume with few access modes goes before a smaller one with more', async () => {
  const w = world()
  w.addVolume('small', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] })
  w.addVolume('simple', { capacity: { storage: '5Gi' } })
  w.addClaim('data')
  await w.clock.settle()
  expect(w.claim('data').spec.volumeName).toBe('simple')
})

it('a volume that is kept for a claim by name is its own whatever the class', async () => {
  const w = world()
  w.addVolume('kept', { storageClassName: 'x', claimRef: { namespace: 'default', name: 'data' } })
  w.addVolume('other')
  w.addClaim('data')
  await w.clock.settle()
  expect(w.claim('data').spec.volumeName).toBe('kept')
})

it('a claim without a class gets the default that comes later', async () => {
  const w = world()
  w.addClaim('data')
  w.addClaim('none', { storageClassName: '' })
  await w.clock.settle()
  const text = 'FailedBinding x2: no persistent volumes available for this claim and no storage class is set'
  w.client.create(storageClass, {
    metadata: { name: 'std', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
  })
  await w.clock.advance(15_000)
  expect([w.claim('data').spec.storageClassName, w.claim('none').spec.storageClassName]).toEqual(['std', ''])
  expect(w.events('PersistentVolumeClaim')).toContain(text)
  expect(w.events('PersistentVolumeClaim')).toContain(
    'ProvisioningFailed x1: no volume plugin matched name: kubernetes.io/no-provisioner',
  )
})

it('a plugin of the controller manager that may not provision is asked, and says so', async () => {
  const w = world()
  w.client.create(storageClass, { metadata: { name: 'std' }, provisioner: 'kubernetes.io/host-path' })
  w.addClaim('data', { storageClassName: 'std' })
  await w.clock.settle()
  const annotations = w.claim('data').metadata.annotations ?? {}
  expect(annotations['volume.kubernetes.io/storage-provisioner']).toBe('kubernetes.io/host-path')
  expect(w.events('PersistentVolumeClaim')).toEqual([
    'ProvisioningFailed x1: Failed to create provisioner: provisioning in volume plugin "kubernetes.io/host-path" is disabled',
  ])
})

it('a claim that has lost its volume says so, and forgets what it had', async () => {
  const w = world()
  w.addVolume('pv')
  w.addClaim('data')
  await w.clock.settle()
  expect(w.claim('data').status.capacity).toEqual({ storage: '1Gi' })
  w.client.patch(persistentVolume, '', 'pv', { metadata: { finalizers: null } })
  w.client.delete(persistentVolume, '', 'pv')
  await w.clock.settle()
  expect(w.claim('data').status).toEqual({ phase: 'Lost' })
  expect(w.events('PersistentVolumeClaim')).toEqual([
    'ClaimLost x1: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
  ])
})

describe('a volume whose claim is gone', () => {
  const gone = async (policy: string, spec: object) => {
    const w = world()
    w.addVolume('pv', { persistentVolumeReclaimPolicy: policy, hostPath: undefined, ...spec })
    w.addClaim('data')
    await w.clock.settle()
    w.drop('data')
    await w.clock.settle()
    return w
  }

  it.each([
    [
      { hostPath: { path: '/data' } },
      'VolumeFailedDelete x1: host_path deleter only supports /tmp/.+ but received provided /data',
    ],
    [
      { nfs: { server: 's', path: '/' } },
      'VolumeFailedDelete x1: error getting deleter volume plugin for volume "pv": no deletable volume plugin matched',
    ],
    [
      { iscsi: { targetPortal: '1.2.3.4', iqn: 'iqn.2001-04.com.example:x', lun: 0 } },
      'VolumeFailedDelete x1: error getting deleter volume plugin for volume "pv": no volume plugin matched',
    ],
  ])('and that cannot be deleted has failed: %j', async (source, text) => {
    const w = await gone('Delete', source)
    expect([w.volume('pv').status.phase, w.events('PersistentVolume')]).toEqual(['Failed', [text]])
  })

  it('is left to its driver', async () => {
    const w = await gone('Delete', { csi: { driver: 'example.com', volumeHandle: 'x' } })
    expect([w.volume('pv').status.phase, w.events('PersistentVolume')]).toEqual(['Released', []])
  })

  it('is emptied by a Pod, and there for the next', async () => {
    const w = await gone('Recycle', { hostPath: { path: '/data' } })
    const pod = w.client.get(podKind, 'default', 'recycler-for-pv')
    expect(pod.spec).toMatchObject({
      activeDeadlineSeconds: 60,
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', hostPath: { path: '/data' } }],
    })
    w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Succeeded' } })
    await w.clock.settle()
    expect(w.volume('pv').status.phase).toBe('Available')
    expect(w.volume('pv').spec.claimRef).toBeUndefined()
    expect(w.events('PersistentVolume')).toEqual(['VolumeRecycled x1: Volume recycled'])
  })

  it('and that nobody can empty has failed', async () => {
    const w = await gone('Recycle', { csi: { driver: 'example.com', volumeHandle: 'x' } })
    expect(w.events('PersistentVolume')).toEqual(['VolumeFailedRecycle x1: No recycler plugin found for the volume!'])
  })
})

it('a provisioner is asked whatever it is called', async () => {
  const w = world()
  w.client.create(storageClass, { metadata: { name: 'std' }, provisioner: 'constructor' })
  w.addClaim('data', { storageClassName: 'std' })
  await w.clock.settle()
  expect(w.claim('data').metadata.annotations?.['volume.kubernetes.io/storage-provisioner']).toBe('constructor')
  expect(w.errors).toEqual([])
})
