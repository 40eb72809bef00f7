/** Validation of a Pod's status. */
import { type FieldError, forbiddenField, invalid, joined } from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { isIPv6 } from '../../validation/addresses.ts'
import { check, dns1123Subdomain, qualifiedName } from '../../validation/content.ts'
import { IMMUTABLE, nonNegative, objectMetaUpdate } from '../../validation/metadata.ts'
import { allMayRestart, mayRestart } from './restart.ts'
import { address, each } from './rules.ts'
import { changedAnnotations } from './update.ts'

const SYSTEM_CONDITIONS = ['PodScheduled', 'Ready', 'Initialized']

/** Types of conditions that have been found to be well formed; there are few. */
const known = new Set(SYSTEM_CONDITIONS)
const KNOWN = 200

function conditions(list: Draft, field: string, errors: FieldError[]): void {
  for (let i = 0; i < (list?.length ?? 0); i++) {
    const { type = '', observedGeneration } = list[i] ?? {}
    if (observedGeneration < 0)
      errors.push(invalid(`${field}[${i}].observedGeneration`, observedGeneration, 'must be a non-negative integer'))
    if (known.has(type)) continue
    const wrong = check(qualifiedName, `${field}[${i}].Type`, type)
    if (wrong.length) errors.push(...wrong)
    else if (known.size < KNOWN) known.add(type)
  }
}

/** Whether a container of the list has ended; otherwise there is nothing that may not begin again. */
function hasEnded(statuses: Draft): boolean {
  for (let i = 0; i < (statuses?.length ?? 0); i++) if (statuses[i]?.state?.terminated) return true
  return false
}

function transitions(now: Draft, before: Draft, field: string, allowed: (old: Draft) => boolean): FieldError[] {
  return each(before, field, (old, path) => {
    if (!old.state?.terminated) return []
    const next = (now ?? []).find((s: Draft) => s.name === old.name)
    if (!next || next.state?.terminated || allowed(old)) return []
    return [forbiddenField(`${path}.state`, 'may not be transitioned to non-terminated state')]
  })
}

/** One address per family; those that were there already are not judged again. */
function addresses(now: Draft, before: Draft, field: string): FieldError[] {
  if (!now?.length || now === before || deepEqual(now, before)) return []
  let errors: FieldError[] = []
  for (let i = 0; i < now.length; i++) {
    const ip: string = now[i]?.ip ?? ''
    if (!isAmong(before, ip)) errors = joined(errors, address(ip, `${field}[${i}]`))
  }
  return now.length > 1 ? joined(errors, families(now, field)) : errors
}

function isAmong(addresses: Draft, ip: string): boolean {
  for (let i = 0; i < (addresses?.length ?? 0); i++) if (addresses[i].ip === ip) return true
  return false
}

function families(now: Draft, field: string): FieldError[] {
  const ips: string[] = now.map((p: Draft) => p?.ip ?? '')
  if (ips.length === 2 && isIPv6(ips[0]!) !== isIPv6(ips[1]!)) return []
  const shown = ips.map(ip => ({ IP: ip }))
  return [invalid(field, shown, 'may specify no more than one IP for each IP family')]
}

const RESTARTING = [
  { list: 'containerStatuses', of: 'containers' },
  { list: 'initContainerStatuses', of: 'initContainers' },
] as const

function wrongRestarts(now: Draft, before: Draft, spec: Draft): FieldError[] {
  const all = allMayRestart(spec)
  return RESTARTING.flatMap(({ list, of }) => {
    const restarts = ({ name, state }: Draft): boolean => {
      const container = spec[of]?.find((c: Draft) => c.name === name)
      return container !== undefined && mayRestart(container, spec, state.terminated.exitCode ?? 0)
    }
    return transitions(now[list], before[list], `status.${list}`, status => all || restarts(status))
  })
}

export function validatePodStatus(pod: Draft, old: Draft): FieldError[] {
  const { spec } = old
  const now = pod.status ?? {}
  const before = old.status ?? {}
  // A list of its own, to which more is added.
  const errors = objectMetaUpdate(pod, old).concat(changedAnnotations(pod, old))
  conditions(now.conditions, 'status.conditions', errors)
  const nominated: string = now.nominatedNodeName ?? ''
  if (nominated && nominated !== (before.nominatedNodeName ?? '')) {
    errors.push(...check(dns1123Subdomain, 'status.nominatedNodeName', nominated))
    if (spec.nodeName) {
      const why = 'may not be set on pods that are already bound to a node'
      errors.push(forbiddenField('status.nominatedNodeName', why))
    }
  }
  if (nonNegative(now.observedGeneration, '').length)
    errors.push(invalid('status.observedGeneration', now.observedGeneration, 'must be a non-negative integer'))
  if (now.qosClass && now.qosClass !== before.qosClass) errors.push(invalid('status.qosClass', now.qosClass, IMMUTABLE))
  if (hasEnded(before.containerStatuses) || hasEnded(before.initContainerStatuses))
    errors.push(...wrongRestarts(now, before, spec))
  const ephemeral = 'ephemeralContainerStatuses'
  if (hasEnded(before[ephemeral]))
    errors.push(...transitions(now[ephemeral], before[ephemeral], `status.${ephemeral}`, () => false))
  errors.push(...addresses(now.podIPs, before.podIPs, 'status.podIPs'))
  const first = now.hostIPs?.[0]?.ip
  if (first !== undefined && first !== now.hostIP)
    errors.push(invalid('status.hostIPs[0].ip', first, 'must be equal to `hostIP`'))
  errors.push(...addresses(now.hostIPs, before.hostIPs, 'status.hostIPs'))
  return errors
}
