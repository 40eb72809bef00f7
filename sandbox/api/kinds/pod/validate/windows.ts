/** Fields that only Windows has, and fields that it lacks. */
import { type FieldError, forbiddenField, invalid } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { complaints, dns1123Subdomain } from '../../validation/content.ts'
import { allContainers, isSet } from './rules.ts'

const CONTROL = /\p{Cc}/u
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/
const DNS_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const DNS = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`)

function runAsUserName(name: string): string[] {
  if (!name) return ['runAsUserName cannot be an empty string']
  if (CONTROL.test(name)) return ['runAsUserName cannot contain control characters']
  const parts = name.split('\\')
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash']
  const user = parts.at(-1)!
  const domain = parts.length === 2 ? parts[0]! : undefined
  const errors: string[] = []
  if (domain !== undefined) {
    if (domain.length >= 256) errors.push("runAsUserName's Domain length must be under 256 characters")
    if (!NETBIOS.test(domain) && !DNS.test(domain))
      errors.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format")
  }
  if (!user) errors.push("runAsUserName's User cannot be empty")
  else if (user.length > 104) errors.push("runAsUserName's User length must not be longer than 104 characters")
  if (/^[. ]+$/.test(user)) errors.push("runAsUserName's User cannot contain only periods or spaces")
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    errors.push(`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`)
  return errors
}

export function windowsOptions(options: Draft, field: string): FieldError[] {
  if (!options) return []
  const errors: FieldError[] = []
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options
  if (isSet(name)) errors.push(...complaints(`${field}.gmsaCredentialSpecName`, name, dns1123Subdomain(name)))
  if (isSet(spec)) {
    const path = `${field}.gmsaCredentialSpec`
    if (!spec) errors.push(invalid(path, spec, 'gmsaCredentialSpec cannot be an empty string'))
    else if (spec.length > 64 * 1024) errors.push(invalid(path, spec, 'gmsaCredentialSpec size must be under 64 KiB'))
  }
  if (isSet(user)) errors.push(...complaints(`${field}.runAsUserName`, user, runAsUserName(user)))
  return errors
}

/** Processes of the node itself: all containers or none. */
export function hostProcess(spec: Draft, field: string): FieldError[] {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess
  const errors: FieldError[] = []
  const all = allContainers(spec, field)
  let count = 0
  for (const { container, field: path } of all) {
    const own = container.securityContext?.windowsOptions?.hostProcess
    if (isSet(ofPod) && isSet(own) && ofPod !== own) {
      const why = `pod hostProcess value must be identical if both are specified, was ${ofPod}`
      errors.push(invalid(`${path}.securityContext.windowsOptions.hostProcess`, own, why))
    }
    if (own ?? ofPod) count++
  }
  if (!count) return errors
  if (count !== all.length) {
    const why = 'If pod contains any hostProcess containers then all containers must be HostProcess containers'
    errors.push(invalid(field, '', why))
  }
  if (!spec.hostNetwork) {
    const why = 'hostNetwork must be true if pod contains any hostProcess containers'
    errors.push(invalid(`${field}.hostNetwork`, false, why))
  }
  return errors
}

export function linuxPod(spec: Draft, field: string): FieldError[] {
  const holders = [{ container: spec, field }, ...allContainers(spec, field)]
  return holders
    .filter(({ container }) => container.securityContext?.windowsOptions)
    .map(h =>
      forbiddenField(`${h.field}.securityContext.windowsOptions`, 'windows options cannot be set for a linux pod'),
    )
}

/** In the order in which Kubernetes asks. A dot stands before fields of the security context. */
const NOT_OF_PODS =
  '.appArmorProfile .seLinuxOptions hostUsers hostPID hostIPC .seccompProfile .fsGroup .fsGroupChangePolicy .sysctls shareProcessNamespace .runAsUser .runAsGroup .supplementalGroups .supplementalGroupsPolicy .seLinuxChangePolicy'.split(
    ' ',
  )
const NOT_OF_CONTAINERS =
  'appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup'.split(
    ' ',
  )
/** These count as set only when they are more than false or empty. */
const PLAIN = new Set(['hostPID', 'hostIPC', '.sysctls'])

export function windowsPod(spec: Draft, field: string): FieldError[] {
  const why = 'cannot be set for a windows pod'
  const errors: FieldError[] = []
  for (const key of NOT_OF_PODS) {
    const value = key[0] === '.' ? spec.securityContext?.[key.slice(1)] : spec[key]
    const set = PLAIN.has(key) ? value === true || value?.length > 0 : isSet(value)
    if (set) errors.push(forbiddenField(key[0] === '.' ? `${field}.securityContext${key}` : `${field}.${key}`, why))
  }
  for (const { container, field: path } of allContainers(spec, field)) {
    for (const key of NOT_OF_CONTAINERS) {
      if (isSet(container.securityContext?.[key])) errors.push(forbiddenField(`${path}.securityContext.${key}`, why))
    }
  }
  return errors
}
