/** Secrets as they must be: each well-known type needs its keys. */
import { type FieldError, invalid, required, tooLong } from '../../fields.ts'
import { decodeBase64 } from '../../formats/go-base64.ts'
import type { Secret } from '../../types.ts'
import { decodedSize, frozen, keys, MAX_DATA } from './configmap.ts'
import { jsonObjectFault } from './jsonfault.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'

const ACCOUNT = 'kubernetes.io/service-account.name'
const text = (base64: string): string => new TextDecoder().decode(decodeBase64(base64))

function json(data: Record<string, string>, key: string): FieldError[] {
  const path = `data[${key}]`
  if (data[key] === undefined) return [required(path)]
  const fault = jsonObjectFault(text(data[key]))
  return fault ? [invalid(path, '<secret contents redacted>', fault)] : []
}

const missing = (data: Record<string, string>, ...wanted: string[]): FieldError[] =>
  wanted.filter(key => data[key] === undefined).map(key => required(`data[${key}]`))

function ofType({ type, data: given, metadata }: Secret): FieldError[] {
  const data = given ?? {}
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return metadata.annotations?.[ACCOUNT] ? [] : [required(`metadata.annotations[${ACCOUNT}]`)]
    case 'kubernetes.io/dockercfg':
      return json(data, '.dockercfg')
    case 'kubernetes.io/dockerconfigjson':
      return json(data, '.dockerconfigjson')
    case 'kubernetes.io/basic-auth': {
      const errors = missing(data, 'username', 'password')
      return errors.length === 2 ? errors : []
    }
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')]
    case 'kubernetes.io/tls':
      return missing(data, 'tls.crt', 'tls.key')
    default:
      return []
  }
}

export function validateSecret(secret: Secret): FieldError[] {
  const size = Object.values(secret.data ?? {}).reduce((sum, value) => sum + decodedSize(value), 0)
  return [
    ...objectMeta(secret.metadata, true),
    ...keys(secret.data, 'data'),
    ...(size > MAX_DATA ? [tooLong('data', MAX_DATA)] : []),
    ...ofType(secret),
  ]
}

export const validateSecretUpdate = (secret: Secret, old: Secret): FieldError[] => [
  ...objectMetaUpdate(secret, old),
  ...immutable(secret.type, old.type, 'type'),
  ...frozen(secret, old, ['data']),
  ...validateSecret(secret),
]
