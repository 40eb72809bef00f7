/** StorageClasses as they must be. */
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { StorageClass, VolumeAttributesClass } from '../../types.ts'
import { check, complaints, qualifiedName } from './content.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'

const POLICIES = ['Delete', 'Retain']
const MODES = ['Immediate', 'WaitForFirstConsumer']

const MAX_PARAMETERS = 512
const MAX_PARAMETERS_SIZE = 256 * 1024

function driver(name: string | undefined, path: string): FieldError[] {
  return name ? complaints(path, name.toLowerCase(), qualifiedName(name.toLowerCase())) : [required(path)]
}

function parameters(map: Readonly<Record<string, string | undefined>> | undefined, mayBeEmpty: boolean): FieldError[] {
  const entries = Object.entries(map ?? {})
  if (entries.length > MAX_PARAMETERS) return [tooLong('parameters', MAX_PARAMETERS)]
  const errors = map && '' in map ? [invalid('parameters', '', 'field can not be empty.')] : []
  const size = entries.reduce((sum, [key, value = '']) => sum + key.length + value.length, 0)
  if (size > MAX_PARAMETERS_SIZE) errors.push(tooLong('parameters', MAX_PARAMETERS_SIZE))
  if (!mayBeEmpty && !entries.length) errors.push(required('parameters', 'must contain at least one key/value pair'))
  return errors
}

export function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const { metadata, provisioner, reclaimPolicy, volumeBindingMode: mode } = storageClass
  const errors = [
    ...objectMeta(metadata, false),
    ...driver(provisioner, 'provisioner'),
    ...parameters(storageClass.parameters, true),
  ]
  if (reclaimPolicy && !POLICIES.includes(reclaimPolicy))
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES))
  if (mode == null) errors.push(required('volumeBindingMode'))
  else if (!MODES.includes(mode)) errors.push(notSupported('volumeBindingMode', mode, MODES))
  return [...errors, ...topologies(storageClass.allowedTopologies ?? [])]
}

/** Where volumes may be: terms of which no two are the same, each with every key once. */
function topologies(terms: NonNullable<StorageClass['allowedTopologies']>): FieldError[] {
  // Kubernetes begins with a list of as many empty terms, so an empty one is there already.
  const seen: Record<string, string[]>[] = terms.map(() => ({}))
  return terms.flatMap((term, i) => {
    const path = `allowedTopologies[${i}]`
    const map: Record<string, string[]> = {}
    const errors = (term.matchLabelExpressions ?? []).flatMap(({ key = '', values: given }, j) => {
      const at = `${path}.matchLabelExpressions[${j}]`
      const values = given ?? []
      const found = values.length ? [] : [required(`${at}.values`)]
      values.forEach((v, k) => {
        if (values.indexOf(v) < k) found.push(duplicate(`${at}.values[${k}]`, v))
      })
      found.push(...check(qualifiedName, `${at}.key`, key))
      if (key in map) found.push(duplicate(`${at}.key`, key))
      map[key] = [...values].sort()
      return found
    })
    for (const other of seen) if (deepEqual(other, map)) errors.push(duplicate(`${path}.matchLabelExpressions`, ''))
    seen.push(map)
    return errors
  })
}

const FIXED = ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']
export const validateStorageClassUpdate = (storageClass: StorageClass, old: StorageClass): FieldError[] => [
  ...validateStorageClass(storageClass),
  ...objectMetaUpdate(storageClass, old),
  ...FIXED.flatMap(key => immutable((storageClass as Draft)[key], (old as Draft)[key], key)),
]

export const validateAttributesClass = ({
  metadata,
  driverName,
  parameters: map,
}: VolumeAttributesClass): FieldError[] => [
  ...objectMeta(metadata, false),
  ...driver(driverName, 'driverName'),
  ...parameters(map, false),
]
export function validateAttributesClassUpdate(object: VolumeAttributesClass, old: VolumeAttributesClass): FieldError[] {
  const errors = objectMetaUpdate(object, old)
  for (const key of ['driverName', 'parameters'] as const) {
    if (!deepEqual(object[key], old[key])) errors.push(forbiddenField(key, `updates to ${key} are forbidden.`))
  }
  return [...errors, ...validateAttributesClass(object)]
}
