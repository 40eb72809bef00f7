/** StorageClasses as they must be. */
import { type FieldError, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { StorageClass } from '../../types.ts'
import { complaints, qualifiedName } from './content.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'

const POLICIES = ['Delete', 'Retain']
const MODES = ['Immediate', 'WaitForFirstConsumer']

export function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode: mode } = storageClass
  const errors = objectMeta(metadata, false)
  if (!provisioner) errors.push(required('provisioner'))
  else {
    const name = provisioner.toLowerCase()
    errors.push(...complaints('provisioner', name, qualifiedName(name)))
  }
  if (parameters && '' in parameters) errors.push(invalid('parameters', '', 'field can not be empty.'))
  if (reclaimPolicy && !POLICIES.includes(reclaimPolicy))
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES))
  if (mode == null) errors.push(required('volumeBindingMode'))
  else if (!MODES.includes(mode)) errors.push(notSupported('volumeBindingMode', mode, MODES))
  return errors
}

const FIXED = ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']
export const validateStorageClassUpdate = (storageClass: StorageClass, old: StorageClass): FieldError[] => [
  ...objectMetaUpdate(storageClass, old),
  ...FIXED.flatMap(key => immutable((storageClass as Draft)[key], (old as Draft)[key], key)),
]
