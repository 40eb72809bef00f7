/** Environment variables and where their values come from. */
import { type FieldError, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { formatQuantity, isQuantity, parseQuantity } from '../../../resources/quantity.ts'
import {
  check,
  configMapKey,
  dns1123Label,
  dns1123Subdomain,
  envVarName,
  qualifiedName,
} from '../../validation/content.ts'
import { type Check, each, isSet, noBacksteps } from './rules.ts'

const ENV_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
export const VOLUME_PATHS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]
/** Paths that the API knows at all; which of them are offered depends on the place. */
const KNOWN_PATHS = new Set([...ENV_PATHS, ...VOLUME_PATHS, 'spec.restartPolicy', 'spec.schedulerName', 'status.phase'])

/** `metadata.labels['app']` as its path and key. */
function subscripted(path: string): [string, string] | undefined {
  const match = /^(.+?)\['(.*)'\]$/s.exec(path)
  return match ? [match[1]!, match[2]!] : undefined
}

/** @param offered the paths without a key that this place offers, sorted */
export function fieldRef(ref: Draft, field: string, offered: readonly string[]): FieldError[] {
  if (!ref.apiVersion) return [required(`${field}.apiVersion`)]
  if (!ref.fieldPath) return [required(`${field}.fieldPath`)]
  const path = `${field}.fieldPath`
  const given: string = ref.fieldPath
  const unknown = (why: string): FieldError[] => [invalid(path, given, `error converting fieldPath: ${why}`)]
  if (ref.apiVersion !== 'v1') return unknown(`unsupported pod version: ${ref.apiVersion}`)
  const keyed = subscripted(given)
  if (keyed) {
    const [of, key] = keyed
    if (of === 'metadata.annotations') return check(qualifiedName, field, key.toLowerCase())
    if (of === 'metadata.labels') return check(qualifiedName, field, key)
    return unknown(`field label does not support subscript: ${given}`)
  }
  const meant = given === 'spec.host' ? 'spec.nodeName' : given
  if (!KNOWN_PATHS.has(meant)) return unknown(`field label not supported: ${given}`)
  return offered.includes(meant) ? [] : [notSupported(path, meant, offered)]
}

const RESOURCES = ['cpu', 'ephemeral-storage', 'memory']
const RESOURCE_PATHS = ['limits', 'requests'].flatMap(part => RESOURCES.map(name => `${part}.${name}`))
const SIZES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']
const NAMED: Record<string, string> = {
  memory: 'memory',
  'ephemeral-storage': 'local ephemeral storage',
  hugepages: 'hugepages',
}

function divisor(resource: string, value: Draft, field: string): FieldError[] {
  if (!isSet(value) || !isQuantity(value)) return []
  const { nano, format } = parseQuantity(value)
  if (nano === 0n) return []
  const text = formatQuantity(nano, format)
  const name = /^(?:limits|requests)\.(cpu|memory|ephemeral-storage|hugepages)/.exec(resource)?.[1]
  if (name === 'cpu') {
    const why = "only divisor's values 1m and 1 are supported with the cpu resource"
    return text === '1' || text === '1m' ? [] : [invalid(`${field}.divisor`, resource, why)]
  }
  if (!name || SIZES.includes(text)) return []
  const why = `only divisor's values ${SIZES.join(', ')} are supported with the ${NAMED[name]} resource`
  return [invalid(`${field}.divisor`, resource, why)]
}

/** @param ofVolume a file belongs to no container, so it must name one */
export function resourceFieldRef(ref: Draft, field: string, ofVolume: boolean): FieldError[] {
  const resource: string = ref.resource ?? ''
  const errors: FieldError[] = []
  if (ofVolume && !ref.containerName) errors.push(required(`${field}.containerName`))
  else if (!resource) errors.push(required(`${field}.resource`))
  else if (!RESOURCE_PATHS.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource))
    errors.push(notSupported(`${field}.resource`, resource, RESOURCE_PATHS))
  return [...errors, ...divisor(resource, ref.divisor, field)]
}

const keyRef: Check = (ref, field) => [
  ...check(dns1123Subdomain, `${field}.name`, ref.name),
  ...(ref.key ? check(configMapKey, `${field}.key`, ref.key) : [required(`${field}.key`)]),
]

const fileKeyRef: Check = (ref, field) => [
  ...(ref.key ? check(envVarName, `${field}.key`, ref.key) : [required(`${field}.key`)]),
  ...(ref.volumeName ? check(dns1123Label, `${field}.volumeName`, ref.volumeName) : [required(`${field}.volumeName`)]),
  ...(ref.path ? noBacksteps(ref.path, `${field}.path`) : [required(`${field}.path`)]),
]

const SOURCES: Record<string, Check> = {
  fieldRef: (ref, field) => fieldRef(ref, field, ENV_PATHS),
  resourceFieldRef: (ref, field) => resourceFieldRef(ref, field, false),
  configMapKeyRef: keyRef,
  secretKeyRef: keyRef,
  fileKeyRef,
}

function valueFrom(source: Draft, value: string | undefined, field: string): FieldError[] {
  const given = Object.keys(SOURCES).filter(key => isSet(source[key]))
  const errors = given.flatMap(key => SOURCES[key]!(source[key], `${field}.${key}`))
  const wrong = (why: string): FieldError[] => [...errors, invalid(field, '', why)]
  if (!given.length)
    return wrong(
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    )
  if (value) return wrong('may not be specified when `value` is not empty')
  return given.length > 1 ? wrong('may not have more than one field specified at a time') : errors
}

export const env: Check = (list, field) =>
  each(list, field, (variable, path) => [
    ...(variable.name ? check(envVarName, `${path}.name`, variable.name) : [required(`${path}.name`)]),
    ...(variable.valueFrom ? valueFrom(variable.valueFrom, variable.value, `${path}.valueFrom`) : []),
  ])

export const envFrom: Check = (list, field) =>
  each(list, field, (source, path) => {
    const errors = source.prefix ? check(envVarName, `${path}.prefix`, source.prefix) : []
    const given = ['configMapRef', 'secretRef'].filter(key => isSet(source[key]))
    for (const key of given) {
      const { name } = source[key]
      errors.push(...(name ? check(dns1123Subdomain, `${path}.${key}.name`, name) : [required(`${path}.${key}.name`)]))
    }
    // Said of the list, not of its item.
    if (!given.length) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'))
    else if (given.length > 1) errors.push(invalid(field, '', 'may not have more than one field specified at a time'))
    return errors
  })
