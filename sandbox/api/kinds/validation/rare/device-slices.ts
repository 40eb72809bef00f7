/** ResourceSlices as they must be: which pool, on which nodes, and the devices that a driver offers there. */
import { type FieldError, forbiddenField, invalid, required, tooLong } from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../content.ts'
import { immutable, objectMeta, objectMetaUpdate } from '../metadata.ts'
import { nodeSelector } from '../nodeselector.ts'
import { deviceEffect, poolName } from './device-claims.ts'
import { each, eachOnce } from './device-classes.ts'
import { driverName, qualifiedId } from './device-names.ts'

const MAX_DEVICES = 128
/** With taints, counters or lists of attributes, which cost more. */
const MAX_RICH_DEVICES = 64
const MAX_COUNTER_SETS = 8
const MAX_COUNTERS = 32
const MAX_CONSUMPTIONS = 2
const MAX_ATTRIBUTES = 32
const MAX_VALUES = 48
const MAX_TAINTS = 16
const MAX_VALUE = 64

const LISTS = ['bools', 'ints', 'strings', 'versions']
const VALUES = ['bool', 'int', 'string', 'version', ...LISTS]
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/

function attribute(value: Draft, path: string): FieldError[] {
  const given = VALUES.filter(key => value[key] != null)
  const text = (t: string, at: string): FieldError[] => (isLonger(t, MAX_VALUE) ? [tooLong(at, MAX_VALUE)] : [])
  const version = (v: string, at: string): FieldError[] => [
    ...(SEMVER.test(v) ? [] : [invalid(at, v, 'must be a string compatible with semver.org spec 2.0.0')]),
    ...text(v, at),
  ]
  const list = (key: string, item: typeof text): FieldError[] =>
    (value[key] ?? []).flatMap((it: string, i: number) => item(it, `${path}.${key}[${i}]`))
  const errors = [
    ...(value.string != null ? text(value.string, `${path}.string`) : []),
    ...(value.version != null ? version(value.version, `${path}.version`) : []),
    ...LISTS.filter(key => value[key]?.length === 0).map(key =>
      invalid(`${path}.${key}`, [], 'must not be empty if specified'),
    ),
    ...list('strings', text),
    ...list('versions', version),
  ]
  if (given.length === 1) return errors
  return [...errors, invalid(path, given.length ? value : '', 'exactly one value must be specified')]
}

const eachEntry = (
  map: Draft,
  path: string,
  key: (name: string, path: string) => FieldError[],
  value: (value: Draft, path: string) => FieldError[],
): FieldError[] =>
  Object.entries<Draft>(map ?? {}).flatMap(([name, it]) => {
    const at = `${path}[${name}]`
    return [...key(name, at), ...value(it, at)]
  })

const counterName = (name: string, path: string): FieldError[] => check(dns1123Label, path, name)

function counters(map: Draft, path: string): FieldError[] {
  const count = Object.keys(map ?? {}).length
  if (!count) return [required(path)]
  if (count > MAX_COUNTERS) return [forbiddenField(path, `must not have more than ${MAX_COUNTERS} entries`)]
  return eachEntry(map, path, counterName, () => [])
}

/** Which of the ways to say where devices are is used; there has to be exactly one. */
function placed(spec: Draft, ways: readonly string[], path: string, words: string): FieldError[] {
  const errors: FieldError[] = []
  const given: string[] = []
  for (const way of ways) {
    const value = spec[way]
    if (value == null) continue
    const at = `${path}.${way}`
    if (way === 'nodeName') {
      if (value === '') errors.push(invalid(at, value, 'must be either unset or set to a non-empty string'))
      else errors.push(...check(dns1123Subdomain, at, value))
    } else if (way === 'nodeSelector') {
      errors.push(...nodeSelector(value, at))
      const terms = value.nodeSelectorTerms ?? []
      if (terms.length !== 1)
        errors.push(invalid(`${at}.nodeSelectorTerms`, terms, 'must have exactly one node selector term'))
    } else if (value === false) errors.push(invalid(at, value, 'must be either unset or set to true'))
    if (value) given.push(`\`${way}\``)
  }
  if (!given.length) errors.push(required(path, words))
  if (given.length > 1) errors.push(invalid(path, `{${given.join(', ')}}`, `${words}, but multiple fields are set`))
  return errors
}

function taint({ key, value, effect }: Draft, path: string): FieldError[] {
  return [
    ...check(qualifiedName, `${path}.key`, key),
    ...(value ? check(labelValue, `${path}.value`, value) : []),
    ...(effect ? deviceEffect(effect, `${path}.effect`) : [required(`${path}.effect`)]),
  ]
}

const DEVICE_PLACES = ['nodeName', 'nodeSelector', 'allNodes']

function device(d: Draft, path: string, oneByOne: boolean): FieldError[] {
  const { attributes = {}, capacity = {} } = d
  const errors = check(dns1123Label, `${path}.name`, d.name)
  const total = Object.keys(attributes).length + Object.keys(capacity).length
  if (total > MAX_ATTRIBUTES) {
    const why = `the total number of attributes and capacities must not exceed ${MAX_ATTRIBUTES}`
    errors.push(invalid(path, total, why))
  }
  const values = Object.values<Draft>(attributes).reduce(
    (sum, a) => sum + (LISTS.reduce((n, key) => n + (a[key]?.length ?? 0), 0) || 1),
    0,
  )
  if (values > MAX_VALUES)
    errors.push(invalid(path, values, `the total number of attribute values must not exceed ${MAX_VALUES}`))
  errors.push(
    ...eachEntry(attributes, `${path}.attributes`, qualifiedId, attribute),
    ...eachEntry(capacity, `${path}.capacity`, qualifiedId, (c, at) =>
      c.requestPolicy && !d.allowMultipleAllocations
        ? [forbiddenField(`${at}.requestPolicy`, 'allowMultipleAllocations must be true')]
        : [],
    ),
    ...each(d.taints, MAX_TAINTS, `${path}.taints`, taint),
    ...eachOnce(
      d.consumesCounters,
      MAX_CONSUMPTIONS,
      `${path}.consumesCounters`,
      (c, at) => [
        ...(c.counterSet ? check(dns1123Label, `${at}.counterSet`, c.counterSet) : [required(`${at}.counterSet`)]),
        ...counters(c.counters, `${at}.counters`),
      ],
      c => c.counterSet,
    ),
  )
  if (oneByOne) {
    const words =
      'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec'
    errors.push(...placed(d, DEVICE_PLACES, path, words))
  } else if (DEVICE_PLACES.some(key => d[key] != null)) {
    const why =
      '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec'
    errors.push(invalid(path, null, why))
  }
  return errors
}

const isRich = (d: Draft): boolean =>
  d.taints?.length > 0 ||
  d.consumesCounters?.length > 0 ||
  Object.values<Draft>(d.attributes ?? {}).some(a => LISTS.some(key => a[key]))

const PLACES = [...DEVICE_PLACES, 'perDeviceNodeSelection']

export function validateSlice(slice: Draft, old?: Draft): FieldError[] {
  const { spec } = slice
  const { pool = {}, devices, sharedCounters } = spec
  const errors = old ? objectMetaUpdate(slice, old) : objectMeta(slice.metadata, false)
  errors.push(...driverName(spec.driver, 'spec.driver'), ...poolName(pool.name, 'spec.pool.name'))
  if (!(pool.resourceSliceCount > 0))
    errors.push(invalid('spec.pool.resourceSliceCount', pool.resourceSliceCount ?? 0, 'must be greater than zero'))
  if (pool.generation < 0)
    errors.push(invalid('spec.pool.generation', pool.generation, 'must be greater than or equal to zero'))
  if (old) {
    errors.push(
      ...immutable(pool.name, old.spec.pool.name, 'spec.pool.name'),
      ...immutable(spec.driver, old.spec.driver, 'spec.driver'),
      ...immutable(spec.nodeName, old.spec.nodeName, 'spec.nodeName'),
    )
  }
  const words = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required'
  errors.push(...placed(spec, PLACES, 'spec', words))
  if (sharedCounters && devices)
    errors.push(invalid('spec', '', 'only one of `sharedCounters` or `devices` is allowed'))
  const max = devices?.some(isRich) ? MAX_RICH_DEVICES : MAX_DEVICES
  const oneByOne = spec.perDeviceNodeSelection === true
  return [
    ...errors,
    ...eachOnce(
      devices,
      max,
      'spec.devices',
      (d, at) => device(d, at, oneByOne),
      d => d.name,
    ),
    ...eachOnce(
      sharedCounters,
      MAX_COUNTER_SETS,
      'spec.sharedCounters',
      (set, at) => [
        ...(set.name ? check(dns1123Label, `${at}.name`, set.name) : [required(`${at}.name`)]),
        ...counters(set.counters, `${at}.counters`),
      ],
      set => set.name,
    ),
  ]
}
