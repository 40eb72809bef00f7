/** Volumes made of files that the API holds: ConfigMaps, Secrets, downward API, and projections of several. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Subdomain } from '../../validation/content.ts'
import { asInternal } from '../../validation/internal.ts'
import { annotations, labelSelector } from '../../validation/metadata.ts'
import { fieldRef, resourceFieldRef, VOLUME_PATHS } from './env.ts'
import { type Check, each, fileMode, isSet, needs, unreservedPath } from './rules.ts'

const keyToPath: Check = (item, field) => [
  ...needs(item, field, 'key', 'path'),
  ...unreservedPath(item.path ?? '', `${field}.path`),
  ...fileMode(item.mode, `${field}.mode`),
]

const keyed =
  (nameKey: string): Check =>
  (source, field) => [
    ...needs(source, field, nameKey),
    ...fileMode(source.defaultMode, `${field}.defaultMode`),
    ...each(source.items, `${field}.items`, keyToPath),
  ]

export const configMapVolume = keyed('name')
export const secretVolume = keyed('secretName')

function downwardFile(file: Draft, field: string): FieldError[] {
  const errors = [...needs(file, field, 'path'), ...unreservedPath(file.path ?? '', `${field}.path`)]
  if (file.fieldRef) {
    errors.push(...fieldRef(file.fieldRef, `${field}.fieldRef`, VOLUME_PATHS))
    if (file.resourceFieldRef) {
      const why = 'fieldRef and resourceFieldRef can not be specified simultaneously'
      errors.push(invalid(field, 'resource', why))
    }
  } else if (file.resourceFieldRef)
    errors.push(...resourceFieldRef(file.resourceFieldRef, `${field}.resourceFieldRef`, true))
  else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'))
  return [...errors, ...fileMode(file.mode, `${field}.mode`)]
}

/** Errors of an item name the volume, not the item. */
export const downwardVolume: Check = (source, field) => [
  ...fileMode(source.defaultMode, `${field}.defaultMode`),
  ...(source.items ?? []).flatMap((file: Draft) => downwardFile(file ?? {}, field)),
]

const MIN_TOKEN = 600
const MAX_TOKEN = 2 ** 32
const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519']
const DAY = 24 * 60 * 60
const CERTIFICATE_PATHS = ['credentialBundlePath', 'keyPath', 'certificateChainPath']

function signerName(name: string, field: string): FieldError[] {
  if (!name) return [required(field)]
  const [domain = '', path, ...more] = name.split('/')
  if (path === undefined || more.length)
    return [invalid(field, name, 'must be a fully qualified domain and path of the form "example.com/signer-name"')]
  const errors = check(dns1123Subdomain, field, domain)
  if (!domain.includes('.'))
    errors.push(invalid(field, name, 'should be a domain with at least two segments separated by dots'))
  if (!path) errors.push(invalid(field, name, 'validating path: must not be empty'))
  return errors
}

function trustBundle(bundle: Draft, field: string): FieldError[] {
  const errors: FieldError[] = []
  const byName = isSet(bundle.name)
  const bySigner = isSet(bundle.signerName)
  if (byName && bySigner) {
    const shown = asInternal('ClusterTrustBundleProjection', bundle)
    errors.push(invalid(field, shown, 'only one of name and signerName may be used'))
  } else if (byName) {
    if (!bundle.name) errors.push(required(`${field}.name`, 'must be a valid object name'))
    for (const message of dns1123Subdomain(bundle.name.split(':').at(-1)))
      errors.push(invalid(`${field}.name`, bundle.name, `not a valid clustertrustbundlename: ${message}`))
    if (bundle.labelSelector) {
      const why = 'labelSelector must be unset if name is specified'
      errors.push(invalid(`${field}.labelSelector`, bundle.labelSelector, why))
    }
  } else if (bySigner) {
    if (!bundle.signerName) errors.push(required(`${field}.signerName`, 'must be a valid signer name'))
    errors.push(...signerName(bundle.signerName, `${field}.signerName`))
    errors.push(...labelSelector(bundle.labelSelector, `${field}.labelSelector`))
  } else errors.push(required(field, 'either name or signerName must be specified'))
  return [...errors, ...needs(bundle, field, 'path'), ...unreservedPath(bundle.path ?? '', `${field}.path`)]
}

function certificateTerms(source: Draft, field: string): FieldError[] {
  const errors = signerName(source.signerName ?? '', `${field}.signerName`)
  if (source.userAnnotations) errors.push(...annotations(source.userAnnotations, `${field}.userAnnotations`))
  if (!KEY_TYPES.includes(source.keyType))
    errors.push(notSupported(`${field}.keyType`, source.keyType ?? '', KEY_TYPES))
  const seconds = source.maxExpirationSeconds
  if (!isSet(seconds)) return errors
  const path = `${field}.maxExpirationSeconds`
  const most = /^([^/]*\.)?kubernetes\.io\//.test(source.signerName ?? '') ? DAY : 91 * DAY
  if (seconds < 3600) errors.push(invalid(path, seconds, 'if provided, maxExpirationSeconds must be >= 3600'))
  if (seconds > most) errors.push(invalid(path, seconds, `if provided, maxExpirationSeconds must be <= ${most}`))
  return errors
}

function token(source: Draft, field: string, volume: string): FieldError[] {
  const errors: FieldError[] = []
  const seconds = source.expirationSeconds ?? 0
  const path = `${field}.expirationSeconds`
  if (seconds < MIN_TOKEN) errors.push(invalid(path, seconds, 'may not specify a duration less than 10 minutes'))
  if (seconds > MAX_TOKEN) errors.push(invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds'))
  return [...errors, ...needs(source, volume, 'path'), ...unreservedPath(source.path ?? '', `${volume}.path`)]
}

/** The sources share one directory, so no two of them may write one path. */
export const projectedVolume: Check = (projection, field) => {
  const errors = fileMode(projection.defaultMode, `${field}.defaultMode`)
  const paths = new Set<string>()
  const claim = (path: string, shown = path): FieldError[] => {
    if (paths.has(path)) return [invalid(field, shown, 'conflicting duplicate paths')]
    paths.add(path)
    return []
  }
  const items = (source: Draft, at: string, check: Check, name?: string): FieldError[] =>
    each(source.items, `${at}.items`, (item, path) => [
      // The downward API names its projection, the others their item.
      ...check(item, name === undefined ? at : path),
      ...(item.path ? claim(item.path, name) : []),
    ])
  const kinds: Record<string, Check> = {
    secret: (s, at) => [...needs(s, at, 'name'), ...items(s, at, keyToPath, s.name ?? '')],
    configMap: (s, at) => [...needs(s, at, 'name'), ...items(s, at, keyToPath, s.name ?? '')],
    downwardAPI: (s, at) => items(s, at, downwardFile),
    serviceAccountToken: (s, at) => token(s, at, field),
    clusterTrustBundle: (s, at) => [...trustBundle(s, at), ...claim(s.path ?? '')],
    podCertificate: (s, at) => {
      const found = certificateTerms(s, at)
      const given = CERTIFICATE_PATHS.filter(key => s[key])
      for (const key of given) found.push(...unreservedPath(s[key], `${at}.${key}`), ...claim(s[key]))
      if (given.length) return found
      return [...found, required(at, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath')]
    },
  }
  const found = each(projection.sources, `${field}.sources`, (source, path) => {
    const given = Object.keys(kinds).filter(key => isSet(source[key]))
    const wrong = given.flatMap(key => kinds[key]!(source[key], `${path}.${key}`))
    return given.length > 1
      ? [...wrong, forbiddenField(path, 'may not specify more than 1 volume type per source')]
      : wrong
  })
  return [...errors, ...found]
}
