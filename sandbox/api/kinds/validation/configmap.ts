/** ConfigMaps as they must be. */
import { type FieldError, forbiddenField, invalid, tooLong } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { ConfigMap } from '../../types.ts'
import { complaints, configMapKey } from './content.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'

/** One mebibyte, for ConfigMaps and Secrets alike. */
export const MAX_DATA = 1024 * 1024
const FROZEN = 'field is immutable when `immutable` is set'

export const keys = (map: object | null | undefined, field: string): FieldError[] =>
  Object.keys(map ?? {}).flatMap(key => complaints(`${field}[${key}]`, key, configMapKey(key)))

/** The number of bytes that base64 text stands for. */
export const decodedSize = (text: string): number =>
  Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)

/** What may not change any more once `immutable` is set. */
export function frozen(object: object, old: object, fields: readonly string[]): FieldError[] {
  const [now, before] = [object as Draft, old as Draft]
  if (before.immutable !== true) return []
  return [
    ...(now.immutable === true ? [] : [forbiddenField('immutable', FROZEN)]),
    ...fields.flatMap(key => (deepEqual(now[key] ?? {}, before[key] ?? {}) ? [] : [forbiddenField(key, FROZEN)])),
  ]
}

export function validateConfigMap({ metadata, data, binaryData }: ConfigMap): FieldError[] {
  const errors = objectMeta(metadata, true)
  let size = 0
  const encoder = new TextEncoder()
  for (const [key, value] of Object.entries(data ?? {})) {
    errors.push(...complaints(`data[${key}]`, key, configMapKey(key)))
    if (Object.hasOwn(binaryData ?? {}, key))
      errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'))
    size += encoder.encode(value).length
  }
  errors.push(...keys(binaryData, 'binaryData'))
  for (const value of Object.values(binaryData ?? {})) size += decodedSize(value)
  return size > MAX_DATA ? [...errors, tooLong('[]', MAX_DATA)] : errors
}

export const validateConfigMapUpdate = (map: ConfigMap, old: ConfigMap): FieldError[] => [
  ...objectMetaUpdate(map, old),
  ...frozen(map, old, ['data', 'binaryData']),
  ...validateConfigMap(map),
]
