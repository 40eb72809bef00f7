/** The CEL environment of device selectors: one device, whose attributes and capacities have names of their own. */
import type { SizeOf } from './cost/estimate.ts'
import { range } from './cost/range.ts'
import type { Language } from './language.ts'
import { bind } from './syntax/macros.ts'
import { ANY, BOOL, mapOf, objectType, STRING, type Type } from './types/types.ts'

const DEVICE = objectType('kubernetes.DRADevice')

const FIELDS: ReadonlyMap<string, Type> = new Map([
  ['driver', STRING],
  ['attributes', mapOf(STRING, mapOf(STRING, ANY))],
  ['capacity', mapOf(STRING, mapOf(STRING, objectType('kubernetes.Quantity')))],
  ['allowMultipleAllocations', BOOL],
])

const MAX_DOMAIN = 63
const MAX_ID = 32
const MAX_VALUE = 64
const MAX_ENTRIES = 32

/** How big what stands at a path can be. */
const sizeOf: SizeOf = ([root, field, ...rest]) => {
  if (root !== 'device') return undefined
  const upTo = (size: number) => range(0n, BigInt(size))
  if (field === undefined || field === 'allowMultipleAllocations') return upTo(0)
  if (field === 'driver') return upTo(MAX_DOMAIN)
  const [domain, name] = rest
  if (domain === undefined) return upTo(MAX_ENTRIES)
  if (domain === '@keys') return upTo(MAX_DOMAIN)
  if (name === undefined) return domain === '@values' ? upTo(MAX_ENTRIES) : undefined
  if (name === '@keys') return upTo(MAX_ID)
  return field === 'attributes' ? upTo(MAX_VALUE) : name === '@values' ? upTo(0) : undefined
}

export const deviceLanguage: Language = {
  variables: new Map([['device', DEVICE]]),
  objects: { fieldsOf: name => (name === DEVICE.name ? FIELDS : undefined) },
  macros: { 'bind 3': bind },
  sizeOf,
}
