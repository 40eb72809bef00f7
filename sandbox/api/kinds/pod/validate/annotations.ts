/** Annotations that mean something to Pods, some of them older than the fields that replaced them. */
import { type FieldError, forbiddenField, invalid } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { allContainers, descendingPath } from './rules.ts'
import { tolerations } from './scheduling.ts'

const MIRROR = 'kubernetes.io/config.mirror'
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations'
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'

export const isMirror = (pod: Draft): boolean => pod.metadata.annotations?.[MIRROR] !== undefined

function deletionCost(value: string): boolean {
  const number = Number(value)
  return /^(0|-?[1-9]\d*)$/.test(value) && number >= -(2 ** 31) && number < 2 ** 31
}

function tolerationList(text: string, field: string): FieldError[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? tolerations(list, `${field}.${TOLERATIONS}`) : []
  } catch (error) {
    return [invalid(field, TOLERATIONS, error instanceof Error ? error.message : '')]
  }
}

function seccomp(profile: string, field: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return []
  if (profile.startsWith('localhost/')) return descendingPath(profile.slice('localhost/'.length), field)
  return [invalid(field, profile, 'must be a valid seccomp profile')]
}

function appArmor(key: string, profile: string, spec: Draft, field: string): FieldError[] {
  const container = key.slice(APP_ARMOR.length)
  const path = `${field}[${key}]`
  const errors: FieldError[] = []
  if (!allContainers(spec, '').some(c => c.container.name === container))
    errors.push(invalid(path, container, 'container not found'))
  if (profile && profile !== 'runtime/default' && profile !== 'unconfined' && !profile.startsWith('localhost/'))
    errors.push(invalid(path, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`))
  return errors
}

export function podAnnotations(annotations: Draft, spec: Draft, field: string): FieldError[] {
  if (!annotations) return []
  const all = Object.entries(annotations) as [string, string][]
  if (!all.length) return []
  const errors: FieldError[] = []
  if (annotations[MIRROR] !== undefined && !spec.nodeName) {
    const why = 'must set spec.nodeName if mirror pod annotation is set'
    errors.push(invalid(`${field}[${MIRROR}]`, annotations[MIRROR], why))
  }
  if (annotations[TOLERATIONS]) errors.push(...tolerationList(annotations[TOLERATIONS], field))
  const cost = annotations[DELETION_COST]
  if (cost !== undefined && !deletionCost(cost))
    errors.push(invalid(`${field}[${DELETION_COST}]`, cost, 'must be a 32bit integer'))
  const ofPod = annotations[SECCOMP_POD]
  if (ofPod !== undefined) errors.push(...seccomp(ofPod, `${field}.${SECCOMP_POD}`))
  for (const [key, value] of all)
    if (key.startsWith(SECCOMP_CONTAINER)) errors.push(...seccomp(value, `${field}.${key}`))
  for (const [key, value] of all) if (key.startsWith(APP_ARMOR)) errors.push(...appArmor(key, value, spec, field))
  return errors
}

export function annotationUpdates(now: Draft, before: Draft, field: string): FieldError[] {
  if (now === before) return []
  const errors: FieldError[] = []
  const refuse = (key: string, verb: string): void => {
    if (key.startsWith(APP_ARMOR))
      errors.push(forbiddenField(`${field}[${key}]`, `may not ${verb} AppArmor annotations`))
    if (key === MIRROR) errors.push(forbiddenField(`${field}[${key}]`, `may not ${verb} mirror pod annotation`))
  }
  for (const [key, value] of Object.entries(before ?? {})) if (now?.[key] !== value) refuse(key, 'remove or update')
  for (const key of Object.keys(now ?? {})) if (before?.[key] === undefined) refuse(key, 'add')
  return errors
}

/** What the annotation calls each type of profile. */
const SECCOMP_TEXTS: Record<string, readonly string[]> = {
  Unconfined: ['unconfined'],
  RuntimeDefault: ['runtime/default', 'docker/default'],
}
const APP_ARMOR_TEXTS: Record<string, readonly string[]> = {
  Unconfined: ['unconfined'],
  RuntimeDefault: ['runtime/default'],
}

function agree(
  kind: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: Draft,
  field: string,
): FieldError[] {
  if (annotation === undefined || !profile) return []
  const differs = (what: string, key: string): FieldError[] => [
    forbiddenField(`${field}.${key}`, `${kind} ${what} in annotation and field must match`),
  ]
  if (profile.type === 'Localhost') {
    if (!annotation.startsWith('localhost/')) return differs('type', 'type')
    return annotation.slice('localhost/'.length) === profile.localhostProfile
      ? []
      : differs('profile', 'localhostProfile')
  }
  const texts = (kind === 'seccomp' ? SECCOMP_TEXTS : APP_ARMOR_TEXTS)[profile.type]
  return !texts || texts.includes(annotation) ? [] : differs('type', 'type')
}

/** An old annotation and the field that replaced it may stand together only if they say the same. */
export function annotationsAgree(annotations: Draft, spec: Draft, field: string): FieldError[] {
  if (!annotations) return []
  const own = spec.securityContext ?? {}
  const all = allContainers(spec, field)
  const errors = agree(
    'seccomp',
    annotations[SECCOMP_POD],
    own.seccompProfile,
    `${field}.securityContext.seccompProfile`,
  )
  for (const { container, field: path } of all) {
    const annotation = annotations[SECCOMP_CONTAINER + container.name]
    const profile = container.securityContext?.seccompProfile
    errors.push(...agree('seccomp', annotation, profile, `${path}.securityContext.seccompProfile`))
  }
  if (spec.os?.name === 'windows') return errors
  for (const { container, field: path } of all) {
    const annotation = annotations[APP_ARMOR + container.name]
    const profile = container.securityContext?.appArmorProfile ?? own.appArmorProfile
    errors.push(...agree('apparmor', annotation, profile, `${path}.securityContext.appArmorProfile`))
  }
  return errors
}
