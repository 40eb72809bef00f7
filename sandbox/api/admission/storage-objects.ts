/** StorageObjectInUseProtection and PersistentVolumeClaimResize: claims and volumes are not lost while in use, and grow only where they can. */
import { resourceOf } from '../kind.ts'
import { parseQuantity } from '../resources/quantity.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { PersistentVolumeClaim, StorageClass } from '../types.ts'
import type { AdmissionPlugin } from './admission.ts'

/** By resource. */
const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
}

export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  of: Object.keys(FINALIZERS),
  admit({ operation, kind, subresource, object }) {
    if (operation !== 'CREATE' || subresource) return
    const finalizer = FINALIZERS[resourceOf(kind)]!
    const present: string[] = object.metadata.finalizers ?? []
    if (!present.includes(finalizer)) object.metadata.finalizers = [...present, finalizer]
  },
}

export const claimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  of: ['persistentvolumeclaims'],
  validate({ operation, kind, subresource, name, object, old }, server) {
    if (operation !== 'UPDATE' || subresource) return
    const [now, was] = [object as PersistentVolumeClaim, old as PersistentVolumeClaim]
    if (sizeOf(now) <= sizeOf(was)) return
    if (was.status?.phase !== 'Bound')
      throw forbidden(kind, name, 'Only bound persistent volume claims can be expanded')
    if (!mayGrow(server, now, was)) {
      const why =
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize'
      throw forbidden(kind, name, why)
    }
  },
}

const sizeOf = ({ spec }: PersistentVolumeClaim): bigint => {
  const storage = spec.resources?.requests?.storage
  return storage === undefined ? 0n : parseQuantity(String(storage)).nano
}

const classOf = ({ metadata, spec }: PersistentVolumeClaim): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''

function mayGrow(server: ApiServer, now: PersistentVolumeClaim, was: PersistentVolumeClaim): boolean {
  const name = classOf(now)
  if (!name || name !== classOf(was)) return false
  const found = server.context.find('storageclasses.storage.k8s.io', '', name) as StorageClass | undefined
  return found?.allowVolumeExpansion ?? false
}
