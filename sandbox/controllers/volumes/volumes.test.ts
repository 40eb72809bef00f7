/** The controllers of claims and volumes. */
import { describe, expect, it } from 'vitest'
import { persistentVolume } from '../../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { storageClass, volumeAttributesClass } from '../../api/kinds/storage.ts'
import { makeWorld } from '../testing.ts'
import { persistentVolumeBinder } from './binder.ts'
import { attributesProtectionController, claimProtectionController, volumeProtectionController } from './protection.ts'

it('attributes of volumes stay while a claim has them', async () => {
  const w = makeWorld({ controllers: [attributesProtectionController] })
  w.client.create(volumeAttributesClass, {
    metadata: { name: 'gold' },
    driverName: 'd',
    parameters: { a: 'b' },
  })
  w.client.create(persistentVolumeClaim, {
    metadata: { name: 'data', namespace: 'default' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      volumeAttributesClassName: 'gold',
      resources: { requests: { storage: '1Gi' } },
    },
  })
  await w.clock.settle()
  w.client.delete(volumeAttributesClass, '', 'gold')
  await w.clock.settle()
  expect(w.client.get(volumeAttributesClass, '', 'gold').metadata.finalizers).toEqual(['kubernetes.io/vac-protection'])
  w.client.patch(persistentVolumeClaim, 'default', 'data', { metadata: { finalizers: null } })
  w.client.delete(persistentVolumeClaim, 'default', 'data')
  await w.clock.settle()
  expect(w.client.find(volumeAttributesClass, '', 'gold')).toBeUndefined()
})

describe('a claim', () => {
  function world() {
    const w = makeWorld({
      controllers: [persistentVolumeBinder, claimProtectionController, volumeProtectionController],
    })
    const addVolume = (name: string, size: string, more: object = {}): void =>
      void w.client.create(persistentVolume, {
        metadata: { name },
        spec: {
          capacity: { storage: size },
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'slow',
          hostPath: { path: '/data' },
          ...more,
        },
      })
    const addClaim = (name: string, more: object = {}, annotations: Record<string, string> = {}): void =>
      void w.client.create(persistentVolumeClaim, {
        metadata: { name, namespace: 'default', annotations },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'slow',
          resources: { requests: { storage: '500Mi' } },
          ...more,
        },
      })
    const claim = (name: string) => w.client.get(persistentVolumeClaim, 'default', name)
    const phase = (name: string) => w.client.get(persistentVolume, '', name).status.phase
    return { ...w, addVolume, addClaim, claim, phase }
  }

  it('gets the smallest volume that will do, and leaves it released', async () => {
    const w = world()
    w.addVolume('big', '10Gi')
    w.addVolume('small', '1Gi')
    w.addVolume('tiny', '100Mi')
    await w.clock.settle()
    expect(w.phase('small')).toBe('Available')
    w.addClaim('data')
    await w.clock.settle()
    expect([w.claim('data').spec.volumeName, w.claim('data').status.phase, w.phase('small')]).toEqual([
      'small',
      'Bound',
      'Bound',
    ])
    w.client.delete(persistentVolumeClaim, 'default', 'data')
    await w.clock.settle()
    expect(w.phase('small')).toBe('Released')
    w.addClaim('next')
    await w.clock.settle()
    expect(w.claim('next').spec.volumeName).toBe('big')
    expect(w.errors).toEqual([])
  })

  it('without a class that exists waits, and says why', async () => {
    const w = world()
    w.addClaim('data')
    await w.clock.settle()
    expect(w.events('PersistentVolumeClaim')[0]).toMatch(/storageclass.storage.k8s.io "slow" not found$/)
    w.addVolume('late', '1Gi')
    await w.clock.settle()
    expect(w.claim('data').status.phase, 'claims that wait are looked at every 15 seconds').toBe('Pending')
    await w.clock.advance(15_000)
    expect(w.claim('data').status.phase).toBe('Bound')
  })

  it('that asks for more than the provisioner can do is told so, and gets no volume', async () => {
    const w = world()
    w.client.create(storageClass, {
      metadata: { name: 'slow' },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
    })
    const node = { 'volume.kubernetes.io/selected-node': 'node-1' }
    w.addClaim('plain', {}, node)
    w.addClaim('picky', { selector: { matchLabels: { disk: 'fast' } } }, node)
    w.addClaim('copy', { dataSource: { kind: 'PersistentVolumeClaim', name: 'plain' } }, node)
    w.addClaim('tuned', { volumeAttributesClassName: 'gold' }, node)
    await w.clock.settle()
    const phases = ['plain', 'picky', 'copy', 'tuned'].map(name => w.claim(name).status.phase)
    expect(phases).toEqual(['Bound', 'Pending', 'Pending', 'Pending'])
    expect(w.events('PersistentVolumeClaim').filter(text => text.includes('failed to provision'))).toEqual(
      [
        'spec.dataSource: not simulated',
        'claim.Spec.Selector is not supported',
        'spec.volumeAttributesClassName: not simulated',
      ].map(why => expect.stringContaining(`failed to provision volume with StorageClass "slow": ${why}`)),
    )
  })

  it('in use does not go before its Pod', async () => {
    const w = world()
    w.addVolume('v', '1Gi')
    w.addClaim('data')
    w.client.create(podKind, {
      metadata: { name: 'p', namespace: 'default' },
      spec: {
        containers: [{ name: 'app', image: 'v1' }],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
      },
    })
    await w.clock.advance(3000)
    w.client.delete(persistentVolumeClaim, 'default', 'data')
    await w.clock.settle()
    expect(w.claim('data').metadata.deletionTimestamp).toBeDefined()
    w.client.delete(podKind, 'default', 'p')
    await w.clock.advance(3000)
    expect(w.client.find(persistentVolumeClaim, 'default', 'data')).toBeUndefined()
  })
})
