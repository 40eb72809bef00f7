/** storage.k8s.io: StorageClasses; attachments and CSI objects, which this cluster only lists. */
import { within } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { defineKind } from '../kind.ts'
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  StorageClass,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../types.ts'
import { age, name, plainColumns } from './columns.ts'
import { configuration, rare } from './validation/parts.ts'

const group = 'storage.k8s.io'
const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]

const isDefaultClass = ({ metadata }: StorageClass): boolean =>
  DEFAULT_CLASS.some(key => metadata.annotations?.[key] === 'true')

export const storageClass = defineKind<StorageClass>({
  group,
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  shortNames: ['sc'],
  namespaced: false,
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ??= 'Delete'
    storageClass.volumeBindingMode ??= 'Immediate'
  },
  checks: within(configuration, checks => checks.storageClass),
  columns: [
    { ...name, cell: s => `${s.metadata.name}${isDefaultClass(s) ? ' (default)' : ''}` },
    { name: 'Provisioner', cell: s => s.provisioner },
    { name: 'ReclaimPolicy', cell: s => s.reclaimPolicy ?? 'Delete' },
    { name: 'VolumeBindingMode', cell: s => s.volumeBindingMode ?? 'Immediate' },
    { name: 'AllowVolumeExpansion', cell: s => s.allowVolumeExpansion ?? false },
    age,
  ],
})

export const volumeAttachment = defineKind<VolumeAttachment>({
  group,
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  namespaced: false,
  // What has no pointer in Kubernetes is always there.
  setDefaults(attachment) {
    attachment.spec ??= {}
    attachment.spec.source ??= {}
  },
  checks: within(rare, checks => checks.volumeAttachment),
  subresources: ['status'],
  statusAlone: true,
  prepareForCreate(attachment) {
    attachment.status = { attached: false }
  },
  columns: [
    name,
    { name: 'Attacher', format: 'name', cell: a => a.spec.attacher },
    { name: 'PV', cell: a => a.spec.source.persistentVolumeName ?? '' },
    { name: 'Node', cell: a => a.spec.nodeName },
    { name: 'Attached', type: 'boolean', cell: a => a.status?.attached ?? false },
    age,
  ],
})

export const csiDriver = defineKind<CSIDriver>({
  group,
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  namespaced: false,
  checks: within(rare, checks => checks.csiDriver),
  // Changes are counted from nothing here.
  prepareForUpdate(driver, old) {
    if (!deepEqual(driver.spec, old.spec)) driver.metadata.generation = (old.metadata.generation ?? 0) + 1
  },
  setDefaults(driver) {
    const spec = (driver.spec ??= {})
    spec.attachRequired ??= true
    spec.podInfoOnMount ??= false
    spec.storageCapacity ??= false
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType'
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent']
    spec.requiresRepublish ??= false
    spec.seLinuxMount ??= false
  },
  columns: [
    name,
    { name: 'AttachRequired', type: 'boolean', cell: d => d.spec.attachRequired ?? true },
    { name: 'PodInfoOnMount', type: 'boolean', cell: d => d.spec.podInfoOnMount ?? false },
    { name: 'StorageCapacity', type: 'boolean', cell: d => d.spec.storageCapacity ?? false },
    { name: 'TokenRequests', cell: d => d.spec.tokenRequests?.map(t => t.audience).join(',') ?? '<unset>' },
    { name: 'RequiresRepublish', type: 'boolean', cell: d => d.spec.requiresRepublish ?? false },
    { name: 'Modes', cell: d => d.spec.volumeLifecycleModes?.join(',') || '<none>' },
    age,
  ],
})

export const csiNode = defineKind<CSINode>({
  group,
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  namespaced: false,
  setDefaults(node) {
    node.spec ??= {}
  },
  checks: within(rare, checks => checks.csiNode),
  columns: [name, { name: 'Drivers', type: 'integer', cell: n => n.spec.drivers?.length ?? 0 }, age],
})

export const csiStorageCapacity = defineKind<CSIStorageCapacity>({
  group,
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  namespaced: true,
  checks: within(rare, checks => checks.csiStorageCapacity),
  columns: plainColumns,
})

export const volumeAttributesClass = defineKind<VolumeAttributesClass>({
  group,
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  shortNames: ['vac'],
  namespaced: false,
  checks: within(configuration, checks => checks.volumeAttributesClass),
  columns: [name, { name: 'DriverName', cell: c => c.driverName }, age],
})
