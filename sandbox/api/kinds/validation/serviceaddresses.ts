/** A Service's cluster addresses: what they must be, and what of them may change. */
import { duplicate, type FieldError, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { ip, isIPv6 } from './addresses.ts'
import { check } from './content.ts'

const FAMILIES = ['IPv4', 'IPv6']
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack']
const PATH = 'spec.clusterIPs'
const ONCE = 'may not change once set'

export const isHeadless = ({ clusterIPs }: Draft): boolean => clusterIPs?.length === 1 && clusterIPs[0] === 'None'

export function clusterIPs(spec: Draft): FieldError[] {
  if (spec.type === 'ExternalName') return []
  const { clusterIP, ipFamilyPolicy: policy } = spec
  const ips: string[] = spec.clusterIPs ?? []
  const families: string[] = spec.ipFamilies ?? []
  const errors: FieldError[] = []
  const wrong = (detail: string): void => void errors.push(invalid(PATH, ips, detail))
  if (clusterIP && !ips.length) errors.push(required(PATH))
  else if (clusterIP && ips[0] !== clusterIP) wrong('first value must match `clusterIP`')
  else if (!clusterIP && ips.length) wrong('must be empty when `clusterIP` is not specified')
  for (const [i, family] of families.entries()) {
    const path = `spec.ipFamilies[${i}]`
    if (!FAMILIES.includes(family)) errors.push(notSupported(path, family, FAMILIES))
    if (families.indexOf(family) < i) errors.push(duplicate(path, family))
  }
  if (policy != null && !FAMILY_POLICIES.includes(policy))
    errors.push(notSupported('spec.ipFamilyPolicy', policy, FAMILY_POLICIES))
  let bad = false
  for (const [i, address] of ips.entries()) {
    if (i === 0 && address === 'None') {
      if (ips.length === 1) continue
      bad = true
      wrong("'None' must be the first and only value")
      continue
    }
    const found = check(ip, `${PATH}[${i}]`, address)
    bad ||= found.length > 0
    errors.push(...found)
  }
  if (ips.length > 2) wrong('may only hold up to 2 values')
  if (bad) return errors
  if (ips.length > 1 && new Set(ips.map(isIPv6)).size < 2) wrong('may specify no more than one IP for each IP family')
  if (isHeadless(spec)) return errors
  for (const [i, address] of ips.entries()) {
    const family = families[i]
    if (FAMILIES.includes(family!) && (family === 'IPv6') !== isIPv6(address))
      errors.push(invalid(`${PATH}[${i}]`, address, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``))
  }
  return errors
}

/** A second address or family may come and go, the first stays. */
export function clusterIPsUpdate(spec: Draft, old: Draft): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return []
  const [headless, wasHeadless] = [isHeadless(spec), isHeadless(old)]
  const errors: FieldError[] = []
  const list = (field: string, shown: string, noun: string): void => {
    const path = `spec.${field}`
    const now: string[] = spec[field] ?? []
    const before: string[] = old[field] ?? []
    const wrong = (i: number, value: Draft, detail: string): void =>
      void errors.push(invalid(`${path}[${i}]`, value, detail))
    if (now.length === before.length) {
      for (const [i, value] of before.entries()) if (value !== now[i]) wrong(field === 'clusterIPs' ? i : 0, now, ONCE)
      return
    }
    if (before.length > now.length && !(spec.clusterIPs ?? []).length)
      wrong(0, now, `primary ${noun === 'clusterIP' ? 'clusterIP' : 'ipFamily'} can not be unset`)
    if (before.length && now.length && before[0] !== now[0]) wrong(0, spec[shown], ONCE)
    if (before.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
      const why = `must be set to 'SingleStack' when releasing the secondary ${noun}`
      errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, why))
    }
  }
  if (!(headless && wasHeadless)) list('clusterIPs', 'clusterIPs', 'clusterIP')
  if (!headless && !wasHeadless) list('ipFamilies', 'clusterIPs', 'ipFamily')
  const [families, before] = [spec.ipFamilies ?? [], old.ipFamilies ?? []]
  if (!errors.length && headless && families.length < before.length && spec.ipFamilyPolicy !== 'SingleStack') {
    const why = "must be 'SingleStack' to release the secondary IP family"
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, why))
  }
  return errors
}
