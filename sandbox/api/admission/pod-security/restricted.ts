/** The checks that the level `restricted` adds: what hardening asks of every Pod. */
import type { Draft } from '../../kind.ts'
import { seccompProfile as explicitSeccomp } from './baseline.ts'
import type { Check } from './levels.ts'
import { containersOf, named, namesOf, plural, quoted, setters, sortedSet } from './phrases.ts'

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

export const allowPrivilegeEscalation: Check = pod => {
  const names = namesOf(pod, c => c.securityContext?.allowPrivilegeEscalation !== false)
  return names.length
    ? {
        reason: 'allowPrivilegeEscalation != false',
        detail: `${named(names)} must set securityContext.allowPrivilegeEscalation=false`,
      }
    : undefined
}

export const capabilities: Check = pod => {
  const forbidden = (c: Draft): string[] =>
    (c.securityContext?.capabilities?.add ?? []).filter((cap: string) => cap !== 'NET_BIND_SERVICE')
  const keeping = namesOf(pod, c => !c.securityContext?.capabilities?.drop?.includes('ALL'))
  const adding = namesOf(pod, c => forbidden(c).length > 0)
  const details = [
    ...(keeping.length ? [`${named(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length
      ? [
          `${named(adding)} must not include ${quoted(sortedSet(containersOf(pod).flatMap(forbidden)))} in securityContext.capabilities.add`,
        ]
      : []),
  ]
  return details.length ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined
}

export const volumes: Check = ({ spec }) => {
  const type = (v: Draft): string => Object.keys(v).find(key => key !== 'name') ?? 'unknown'
  const bad: Draft[] = (spec.volumes ?? []).filter((v: Draft) => !VOLUMES.some(key => v[key] !== undefined))
  if (!bad.length) return undefined
  const types = sortedSet(bad.map(type))
  const who = `${plural('volume', bad.length)} ${quoted(bad.map(v => v.name))}`
  return {
    reason: 'restricted volume types',
    detail: `${who} ${bad.length === 1 ? 'uses' : 'use'} ${plural('restricted volume type', types.length)} ${quoted(types)}`,
  }
}

export const runAsNonRoot: Check = pod => {
  const reason = 'runAsNonRoot != true'
  const own = pod.spec.securityContext?.runAsNonRoot
  const who = setters(
    own === false,
    namesOf(pod, c => c.securityContext?.runAsNonRoot === false),
  )
  if (who) return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` }
  const silent = own === true ? [] : namesOf(pod, c => c.securityContext?.runAsNonRoot === undefined)
  return silent.length
    ? { reason, detail: `pod or ${named(silent)} must set securityContext.runAsNonRoot=true` }
    : undefined
}

export const runAsUser: Check = pod => {
  const who = setters(
    pod.spec.securityContext?.runAsUser === 0,
    namesOf(pod, c => c.securityContext?.runAsUser === 0),
  )
  return who ? { reason: 'runAsUser=0', detail: `${who} must not set runAsUser=0` } : undefined
}

export const seccompProfile: Check = pod => {
  const explicit = explicitSeccomp(pod)
  if (explicit) return explicit
  if (pod.spec.securityContext?.seccompProfile) return undefined
  const silent = namesOf(pod, c => !c.securityContext?.seccompProfile)
  return silent.length
    ? {
        reason: 'seccompProfile',
        detail: `pod or ${named(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      }
    : undefined
}
