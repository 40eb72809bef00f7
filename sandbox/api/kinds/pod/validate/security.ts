/** Security contexts of containers and Pods. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { complaints, posixId } from '../../validation/content.ts'
import { asInternal } from '../../validation/internal.ts'
import { allContainers, descendingPath, each, isSet, oneOfIfSet } from './rules.ts'
import { windowsOptions } from './windows.ts'

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined']

function seccompProfile(profile: Draft, field: string): FieldError[] {
  if (!profile) return []
  const { type, localhostProfile: local } = profile
  const errors: FieldError[] = []
  if (!type) errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'))
  else if (!PROFILES.includes(type)) errors.push(notSupported(`${field}.type`, type, PROFILES))
  const path = `${field}.localhostProfile`
  if (type === 'Localhost') {
    if (!isSet(local)) errors.push(required(path, 'must be set when seccomp type is Localhost'))
    else errors.push(...descendingPath(local, path))
  } else if (isSet(local)) {
    const why = 'can only be set when seccomp type is Localhost'
    errors.push(invalid(path, asInternal('SeccompProfile', profile), why))
  }
  return errors
}

function appArmorProfile(profile: Draft, field: string): FieldError[] {
  if (!profile) return []
  const { type, localhostProfile: local } = profile
  const path = `${field}.localhostProfile`
  if (!type) return [required(`${field}.type`, 'type is required when appArmorProfile is set')]
  if (!PROFILES.includes(type)) return [notSupported(`${field}.type`, type, PROFILES)]
  if (type !== 'Localhost')
    return isSet(local) ? [invalid(path, local, 'can only be set when AppArmor type is Localhost')] : []
  if (!local) return [required(path, 'must be set when AppArmor type is Localhost')]
  const errors = local !== local.trim() ? [invalid(path, local, 'must not be padded with whitespace')] : []
  return isLonger(local, 4095) ? [...errors, tooLong(path, 4095)] : errors
}

const ids = (context: Draft, field: string, ...keys: string[]): FieldError[] =>
  keys.flatMap(key => (isSet(context[key]) ? complaints(`${field}.${key}`, context[key], posixId(context[key])) : []))

/** @param hostUsers whether the Pod's users are those of its node */
export function containerSecurity(context: Draft, field: string, hostUsers: boolean): FieldError[] {
  if (!context) return []
  const { procMount, privileged, allowPrivilegeEscalation: escalation } = context
  const errors = ids(context, field, 'runAsUser', 'runAsGroup')
  errors.push(...oneOfIfSet(procMount, `${field}.procMount`, ['Default', 'Unmasked']))
  if (hostUsers && procMount === 'Unmasked')
    errors.push(invalid(`${field}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`'))
  errors.push(...seccompProfile(context.seccompProfile, `${field}.seccompProfile`))
  if (escalation === false) {
    const refuse = (why: string): void =>
      void errors.push(
        invalid(
          field,
          asInternal('SecurityContext', context),
          `cannot set \`allowPrivilegeEscalation\` to false and ${why}`,
        ),
      )
    if (privileged) refuse('`privileged` to true')
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN')) refuse('`capabilities.Add` CAP_SYS_ADMIN')
  }
  return [
    ...errors,
    ...windowsOptions(context.windowsOptions, `${field}.windowsOptions`),
    ...appArmorProfile(context.appArmorProfile, `${field}.appArmorProfile`),
  ]
}

const SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const SYSCTL = `^(${SEGMENT}[\\./])*${SEGMENT}$`
const SYSCTL_PATTERN = new RegExp(SYSCTL)
const NET = /^net[./]/
const IPC = /^(kernel[./](shm|msg|sem)|fs[./]mqueue[./])/

function sysctls(spec: Draft, field: string): FieldError[] {
  const names = new Set<string>()
  return each(spec.securityContext.sysctls, field, ({ name = '' }, path) => {
    const at = `${path}.name`
    const errors: FieldError[] = []
    if (!name) errors.push(required(at))
    else if (name.length > 253 || !SYSCTL_PATTERN.test(name))
      errors.push(invalid(at, name, `must have at most 253 characters and match regex ${SYSCTL}`))
    else if (names.has(name)) errors.push(duplicate(at, name))
    names.add(name)
    if (spec.hostNetwork && NET.test(name))
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"))
    else if (spec.hostIPC && IPC.test(name))
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"))
    return errors
  })
}

export function podSecurity(spec: Draft, field: string): FieldError[] {
  const path = `${field}.securityContext`
  const context = spec.securityContext ?? {}
  const errors = ids(context, path, 'fsGroup', 'runAsUser', 'runAsGroup')
  for (const [i, group] of (context.supplementalGroups ?? []).entries())
    errors.push(...complaints(`${path}.supplementalGroups[${i}]`, group, posixId(group)))
  if (spec.shareProcessNamespace && spec.hostPID) {
    const why = 'ShareProcessNamespace and HostPID cannot both be enabled'
    errors.push(invalid(`${path}.shareProcessNamespace`, true, why))
  }
  if (context.sysctls) errors.push(...sysctls(spec, `${path}.sysctls`))
  return [
    ...errors,
    ...oneOfIfSet(context.fsGroupChangePolicy, `${path}.fsGroupChangePolicy`, ['Always', 'OnRootMismatch']),
    ...seccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...windowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...appArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
    ...oneOfIfSet(context.supplementalGroupsPolicy, `${path}.supplementalGroupsPolicy`, ['Merge', 'Strict']),
    // MountOption is behind a gate that is closed in 1.36.
    ...oneOfIfSet(context.seLinuxChangePolicy, `${path}.seLinuxChangePolicy`, ['Recursive']),
  ]
}

/** A Pod with users of its own can't share the node's namespaces. */
export function userNamespace(spec: Draft, field: string): FieldError[] {
  if (spec.hostUsers !== false) return []
  const refuse = (path: string): FieldError => forbiddenField(`${field}.${path}`, 'when `hostUsers` is false')
  const errors: FieldError[] = []
  if (spec.hostNetwork) errors.push(refuse('hostNetwork'))
  if (spec.hostPID) errors.push(refuse('HostPID'))
  if (spec.hostIPC) errors.push(refuse('HostIPC'))
  for (const { container, field: path } of allContainers(spec, field)) {
    if (container.volumeDevices?.length)
      errors.push(forbiddenField(`${path}.volumeDevices`, 'when `hostUsers` is false'))
  }
  return errors
}
