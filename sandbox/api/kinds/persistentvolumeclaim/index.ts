/** PersistentVolumeClaims. */
import { within } from '../../../parts.ts'
import { type Draft, defineKind } from '../../kind.ts'
import type { PersistentVolumeClaim } from '../../types.ts'
import { accessModes, age, name, storageOf } from '../columns.ts'
import { classOf } from '../persistentvolume.ts'
import { workloads } from '../validation/parts.ts'
import { setClaimDefaults } from './defaults.ts'

/** The older field takes claims and snapshots only; anything else in it is dropped. */
const isKnownSource = ({ apiGroup, kind }: { apiGroup?: string | null; kind?: string }): boolean =>
  apiGroup
    ? apiGroup === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot'
    : apiGroup == null && kind === 'PersistentVolumeClaim'

/** Who names a source in one of the two ways has named it in the other. */
function pairSources(spec: Draft): void {
  const { dataSource, dataSourceRef } = spec
  if (dataSource && !dataSourceRef) spec.dataSourceRef = { ...dataSource }
  if (!dataSource && dataSourceRef && !dataSourceRef.namespace) spec.dataSource = { ...dataSourceRef }
}

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  namespaced: true,
  subresources: ['status'],
  setDefaults: setClaimDefaults,
  prepareForCreate(claim) {
    claim.status = { phase: 'Pending' }
    const { spec } = claim
    if (spec.dataSource && !isKnownSource(spec.dataSource)) delete spec.dataSource
    pairSources(spec)
  },
  prepareForUpdate: ({ spec }) => pairSources(spec),
  checks: within(workloads, checks => checks.persistentVolumeClaim),
  columns: [
    name,
    { name: 'Status', cell: c => (c.metadata.deletionTimestamp ? 'Terminating' : (c.status.phase ?? '')) },
    { name: 'Volume', cell: c => c.spec.volumeName ?? '' },
    { name: 'Capacity', cell: c => (c.spec.volumeName ? storageOf(c.status.capacity) : '') },
    { name: 'Access Modes', cell: c => (c.spec.volumeName ? accessModes(c.status.accessModes) : '') },
    { name: 'StorageClass', cell: classOf },
    { name: 'VolumeAttributesClass', cell: c => c.spec.volumeAttributesClassName ?? '<unset>' },
    age,
    { name: 'VolumeMode', priority: 1, cell: c => c.spec.volumeMode ?? '<unset>' },
  ],
})
