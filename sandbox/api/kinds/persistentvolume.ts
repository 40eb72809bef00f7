/** PersistentVolumes. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { PersistentVolume } from '../types.ts'
import { accessModes, age, name, storageOf } from './columns.ts'
import { setStorageDefaults } from './pod/defaults.ts'
import { setResourceListDefaults } from './resources.ts'
import { workloads } from './validation/parts.ts'

/** The class by its old annotation, which wins over the field. */
export const classOf = (o: {
  metadata: { annotations?: Record<string, string> | null }
  spec: { storageClassName?: string | null }
}): string => o.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? o.spec.storageClassName ?? ''

export const persistentVolume = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  shortNames: ['pv'],
  namespaced: false,
  subresources: ['status'],
  setDefaults(volume) {
    const spec = (volume.spec ??= {})
    setResourceListDefaults(spec.capacity)
    setStorageDefaults(spec)
    spec.persistentVolumeReclaimPolicy ||= 'Retain'
    spec.volumeMode ??= 'Filesystem'
    volume.status ??= {}
    volume.status.phase ||= 'Pending'
  },
  prepareForCreate(volume, { now }) {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: now }
  },
  prepareForStatusUpdate(volume, old, { now }) {
    const { phase, lastPhaseTransitionTime: since } = old.status
    const { status } = volume
    if (status.phase === phase) status.lastPhaseTransitionTime ??= since
    else if (!status.lastPhaseTransitionTime || status.lastPhaseTransitionTime === since)
      status.lastPhaseTransitionTime = now
  },
  checks: within(workloads, checks => checks.persistentVolume),
  columns: [
    name,
    { name: 'Capacity', cell: v => storageOf(v.spec.capacity) },
    { name: 'Access Modes', cell: v => accessModes(v.spec.accessModes) },
    { name: 'Reclaim Policy', cell: v => v.spec.persistentVolumeReclaimPolicy ?? '' },
    { name: 'Status', cell: v => (v.metadata.deletionTimestamp ? 'Terminating' : (v.status.phase ?? '')) },
    {
      name: 'Claim',
      cell: v => (v.spec.claimRef ? `${v.spec.claimRef.namespace ?? ''}/${v.spec.claimRef.name ?? ''}` : ''),
    },
    { name: 'StorageClass', cell: classOf },
    { name: 'VolumeAttributesClass', cell: v => v.spec.volumeAttributesClassName ?? '<unset>' },
    { name: 'Reason', cell: v => v.status.reason ?? '' },
    age,
    { name: 'VolumeMode', priority: 1, cell: v => v.spec.volumeMode ?? '<unset>' },
  ],
})
