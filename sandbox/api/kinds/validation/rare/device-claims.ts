/** ResourceClaims and their templates as they must be: what is asked for, and what an allocation may say. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../content.ts'
import { fixed } from '../internal.ts'
import { annotations, IMMUTABLE, labels, objectMeta, objectMetaUpdate } from '../metadata.ts'
import { nodeSelector } from '../nodeselector.ts'
import { configuration, each, eachOnce, jsonObject, MAX_CONFIGS, named, selectors } from './device-classes.ts'
import { driverName, fullyQualifiedId } from './device-names.ts'

const MAX_REQUESTS = 32
const MAX_CONSTRAINTS = 32
const MAX_ALTERNATIVES = 8
const MAX_TOLERATIONS = 16
const MAX_CONSUMERS = 256
const MAX_STATUS_DATA = 10 * 1024
const EFFECTS = ['NoExecute', 'NoSchedule', 'None']

export const deviceEffect = (effect: string | undefined, path: string): FieldError[] =>
  !effect || EFFECTS.includes(effect) ? [] : [notSupported(path, effect, EFFECTS)]

function toleration({ key, operator, value = '', effect }: Draft, path: string): FieldError[] {
  const errors = key ? check(qualifiedName, `${path}.key`, key) : []
  if (operator === 'Exists') {
    if (value) errors.push(invalid(`${path}.value`, value, 'must be empty for operator `Exists`'))
  } else if (operator === 'Equal') errors.push(...check(labelValue, `${path}.value`, value))
  else if (!operator) errors.push(required(`${path}.operator`))
  else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']))
  return [...errors, ...deviceEffect(effect, `${path}.effect`)]
}

function amount({ allocationMode: mode, count = 0 }: Draft, path: string): FieldError[] {
  if (mode === 'All')
    return count ? [invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'")] : []
  if (mode === 'ExactCount') return count > 0 ? [] : [invalid(`${path}.count`, count, 'must be greater than zero')]
  return [notSupported(`${path}.allocationMode`, mode, ['All', 'ExactCount'])]
}

const demand = (request: Draft, path: string): FieldError[] => [
  ...named(dns1123Subdomain, request.deviceClassName, `${path}.deviceClassName`),
  ...selectors(request.selectors, `${path}.selectors`),
  ...amount(request, path),
  ...each(request.tolerations, MAX_TOLERATIONS, `${path}.tolerations`, toleration),
]

function request(r: Draft, path: string): FieldError[] {
  const errors = check(dns1123Label, `${path}.name`, r.name)
  const one = 'exactly one of `exactly` or `firstAvailable` is required'
  const { exactly, firstAvailable = [] } = r
  if (!exactly && !firstAvailable.length) return [...errors, required(path, one)]
  if (exactly && firstAvailable.length) return [...errors, invalid(path, null, `${one}, but multiple fields are set`)]
  if (exactly) return [...errors, ...demand(exactly, `${path}.exactly`)]
  const alternatives = eachOnce(
    firstAvailable,
    MAX_ALTERNATIVES,
    `${path}.firstAvailable`,
    (sub, at) => [...check(dns1123Label, `${at}.name`, sub.name), ...demand(sub, at)],
    sub => sub.name,
  )
  return [...errors, ...alternatives]
}

/** `gpu`, and `gpu/large` for one of its alternatives. */
const namesOf = (devices: Draft): Set<string> =>
  new Set(
    (devices?.requests ?? []).flatMap((r: Draft) => [
      r.name,
      ...(r.firstAvailable ?? []).map((sub: Draft) => `${r.name}/${sub.name}`),
    ]),
  )

const requestName =
  (known: ReadonlySet<string>) =>
  (name: string, path: string): FieldError[] => {
    const unknown = invalid(
      path,
      name,
      "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
    )
    const parts = name.split('/')
    if (parts.length > 2) return [unknown]
    return [...parts.flatMap(part => check(dns1123Label, path, part)), ...(known.has(name) ? [] : [unknown])]
  }

function constraint(c: Draft, path: string, known: ReadonlySet<string>): FieldError[] {
  const errors = eachOnce(c.requests, MAX_REQUESTS, `${path}.requests`, requestName(known))
  if (c.matchAttribute != null) return [...errors, ...fullyQualifiedId(c.matchAttribute, `${path}.matchAttribute`)]
  if (c.distinctAttribute != null)
    return [...errors, ...fullyQualifiedId(c.distinctAttribute, `${path}.distinctAttribute`)]
  return [
    ...errors,
    required(path, 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set'),
  ]
}

function devicesOf(devices: Draft, path: string): FieldError[] {
  const known = namesOf(devices)
  return [
    ...eachOnce(devices?.requests, MAX_REQUESTS, `${path}.requests`, request, r => r.name),
    ...each(devices?.constraints, MAX_CONSTRAINTS, `${path}.constraints`, (c, at) => constraint(c, at, known)),
    ...each(devices?.config, MAX_CONFIGS, `${path}.config`, (c, at) => [
      ...eachOnce(c.requests, MAX_REQUESTS, `${at}.requests`, requestName(known)),
      ...configuration(c, at),
    ]),
  ]
}

export const validateClaim = ({ metadata, spec }: Draft): FieldError[] => [
  ...objectMeta(metadata, true),
  ...devicesOf(spec.devices, 'spec.devices'),
]
export const validateClaimUpdate = (claim: Draft, old: Draft): FieldError[] => [
  ...objectMeta(claim.metadata, true),
  ...objectMetaUpdate(claim, old),
  ...fixed('ResourceClaimSpec', claim.spec, old.spec, 'spec'),
]

export const validateClaimTemplate = ({ metadata, spec }: Draft): FieldError[] => [
  ...objectMeta(metadata, true),
  ...labels(spec.metadata?.labels, 'spec.metadata.labels'),
  ...annotations(spec.metadata?.annotations, 'spec.metadata.annotations'),
  ...devicesOf(spec.spec?.devices, 'spec.spec.devices'),
]
export const validateClaimTemplateUpdate = (template: Draft, old: Draft): FieldError[] => [
  ...validateClaimTemplate(template),
  ...objectMetaUpdate(template, old),
  ...fixed('ResourceClaimTemplateSpec', template.spec, old.spec, 'spec'),
]

export function poolName(name: string | undefined, path: string): FieldError[] {
  return name ? name.split('/').flatMap(part => check(dns1123Subdomain, path, part)) : [required(path)]
}

function allocation({ devices = {}, nodeSelector: selector }: Draft, known: ReadonlySet<string>): FieldError[] {
  const path = 'status.allocation'
  const result = (r: Draft, at: string): FieldError[] => [
    ...requestName(known)(r.request ?? '', `${at}.request`),
    ...driverName(r.driver, `${at}.driver`),
    ...poolName(r.pool, `${at}.pool`),
    ...check(dns1123Label, `${at}.device`, r.device),
  ]
  const sources = ['FromClaim', 'FromClass']
  const config = (c: Draft, at: string): FieldError[] => [
    ...(c.source
      ? sources.includes(c.source)
        ? []
        : [notSupported(`${at}.source`, c.source, sources)]
      : [required(`${at}.source`)]),
    ...eachOnce(c.requests, MAX_REQUESTS, `${at}.requests`, requestName(known)),
    ...configuration(c, at),
  ]
  return [
    ...each(devices.results, MAX_REQUESTS, `${path}.devices.results`, result),
    ...each(devices.config, 2 * MAX_CONFIGS, `${path}.devices.config`, config),
    ...(selector ? nodeSelector(selector, `${path}.nodeSelector`) : []),
  ]
}

const deviceKey = ({ driver, pool, device, shareID }: Draft): string =>
  [driver, pool, device, ...(shareID ? [shareID] : [])].join('/')

export function validateClaimStatus(claim: Draft, old: Draft): FieldError[] {
  const { reservedFor = [], allocation: given, devices } = claim.status ?? {}
  const held = new Set((given?.devices?.results ?? []).map(deviceKey))
  const consumer = (ref: Draft, at: string): FieldError[] =>
    ['resource', 'name', 'uid'].flatMap(key => (ref[key] ? [] : [required(`${at}.${key}`)]))
  const device = (d: Draft, at: string): FieldError[] => [
    ...driverName(d.driver, `${at}.driver`),
    ...poolName(d.pool, `${at}.pool`),
    ...check(dns1123Label, `${at}.device`, d.device),
    ...(held.has(deviceKey(d)) ? [] : [invalid(at, deviceKey(d), 'must be an allocated device in the claim')]),
    ...(d.data == null ? [] : jsonObject(d.data, MAX_STATUS_DATA, `${at}.data`)),
  ]
  const errors = [
    ...objectMetaUpdate(claim, old),
    ...eachOnce(reservedFor, MAX_CONSUMERS, 'status.reservedFor', consumer, ref => ref.uid),
    ...eachOnce(devices, Number.POSITIVE_INFINITY, 'status.devices', device, deviceKey),
  ]
  if (reservedFor.length && !given)
    errors.push(forbiddenField('status.reservedFor', 'may not be specified when `allocated` is not set'))
  if (given && old.status?.allocation) {
    if (!deepEqual(given, old.status.allocation)) errors.push(invalid('status.allocation', given, IMMUTABLE))
  } else if (given) errors.push(...allocation(given, namesOf(claim.spec.devices)))
  return errors
}
