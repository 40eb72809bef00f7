/** Validation of a PodSpec, in the order in which Kubernetes reports errors. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  required,
} from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { between, check, complaints, dns1123Label, dns1123Subdomain, qualifiedName } from '../../validation/content.ts'
import { asInternal } from '../../validation/internal.ts'
import { labels } from '../../validation/metadata.ts'
import { isMirror } from './annotations.ts'
import { containers, ephemeralContainers, initContainers, type PodFacts } from './container.ts'
import { DNS_POLICIES, dnsConfig, hostAliases, hostnameOverride } from './names.ts'
import { hostNetworkPorts } from './ports.ts'
import { containerResources, podLevelResources } from './resources.ts'
import { allContainers, each, isSet, oneOf } from './rules.ts'
import { affinity, spreadConstraints, tolerations } from './scheduling.ts'
import { podSecurity, userNamespace } from './security.ts'
import { notSimulated } from './simulated.ts'
import { volumes } from './volumes.ts'
import { hostProcess, linuxPod, windowsPod } from './windows.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const PREEMPTION = ['PreemptLowerPriority', 'Never']
const MAX_SECONDS = 2147483647

export interface PodValidationContext {
  /** The spec before an update: what was let in before a rule was made may stay. */
  oldSpec?: Draft
}

/** @param meta the metadata of the Pod; undefined for a template, whose Pods have no names yet */
export function validatePodSpec(
  spec: Draft,
  field: string,
  meta: Draft,
  { oldSpec }: PodValidationContext = {},
): FieldError[] {
  const isPod = meta !== undefined
  const held = volumes(spec.volumes, `${field}.volumes`, meta?.name, isPod)
  const claims: string[] = (spec.resourceClaims ?? []).map((c: Draft) => c?.name).filter(Boolean)
  const grace: number | undefined = spec.terminationGracePeriodSeconds ?? undefined
  const facts: PodFacts = { spec, oldSpec, volumes: held.valid, claims, grace }
  const errors = [
    ...(grace === undefined ? [required(`${field}.terminationGracePeriodSeconds`)] : []),
    ...held.errors,
    ...resourceClaims(spec, `${field}.resourceClaims`, meta),
    ...containers(facts, `${field}.containers`),
    ...initContainers(facts, `${field}.initContainers`),
    ...ephemeralContainers(facts, `${field}.ephemeralContainers`),
    ...podLevelResources(spec, field, claims),
    ...hostNetworkPorts(spec, field, isPod),
    ...oneOf(spec.restartPolicy, `${field}.restartPolicy`, RESTART_POLICIES),
    ...oneOf(spec.dnsPolicy, `${field}.dnsPolicy`, DNS_POLICIES),
    ...labels(spec.nodeSelector, `${field}.nodeSelector`),
    ...podSecurity(spec, field),
    ...affinity(spec.affinity, `${field}.affinity`),
    ...dnsConfig(spec, `${field}.dnsConfig`),
    ...each(spec.readinessGates, `${field}.readinessGates`, (gate, path) =>
      check(qualifiedName, `${path}.conditionType`, gate.conditionType),
    ),
    ...schedulingGates(spec.schedulingGates, `${field}.schedulingGates`),
    ...spreadConstraints(spec.topologySpreadConstraints, `${field}.topologySpreadConstraints`),
    ...hostProcess(spec, field),
    ...userNamespace(spec, field),
    ...hostnameOverride(spec, field),
    ...named(spec, field, 'serviceAccountName', 'nodeName'),
    ...activeDeadline(spec.activeDeadlineSeconds, `${field}.activeDeadlineSeconds`),
    ...(spec.hostname ? check(dns1123Label, `${field}.hostname`, spec.hostname) : []),
    ...(spec.subdomain ? check(dns1123Label, `${field}.subdomain`, spec.subdomain) : []),
    ...tolerations(spec.tolerations, `${field}.tolerations`),
    ...hostAliases(spec.hostAliases, `${field}.hostAliases`),
    ...named(spec, field, 'priorityClassName'),
    ...(isSet(spec.runtimeClassName)
      ? check(dns1123Subdomain, `${field}.runtimeClassName`, spec.runtimeClassName)
      : []),
    ...(isSet(spec.preemptionPolicy) ? oneOf(spec.preemptionPolicy, `${field}.preemptionPolicy`, PREEMPTION) : []),
    ...(spec.overhead ? containerResources({ limits: spec.overhead }, `${field}.overhead`, []) : []),
    ...operatingSystem(spec, field),
    ...filesOfKeys(spec, field),
  ]
  return errors.length ? errors : notSimulated(spec, field)
}

const named = (spec: Draft, field: string, ...keys: string[]): FieldError[] =>
  keys.flatMap(key => (spec[key] ? check(dns1123Subdomain, `${field}.${key}`, spec[key]) : []))

const activeDeadline = (seconds: Draft, field: string): FieldError[] =>
  isSet(seconds) && (seconds < 1 || seconds > MAX_SECONDS) ? [invalid(field, seconds, between(1, MAX_SECONDS))] : []

function schedulingGates(list: Draft, field: string): FieldError[] {
  const seen = new Set<string>()
  return each(list, field, ({ name = '' }, path) => {
    const errors = check(qualifiedName, path, name)
    if (seen.has(name)) errors.push(duplicate(path, name))
    seen.add(name)
    return errors
  })
}

function resourceClaims(spec: Draft, field: string, meta: Draft): FieldError[] {
  const seen = new Set<string>()
  return each(spec.resourceClaims, field, (claim, path) => {
    if (meta && isMirror({ metadata: meta })) return [forbiddenField('', 'static pods do not support resource claims')]
    const { name, resourceClaimName: existing, resourceClaimTemplateName: template } = claim
    const errors: FieldError[] = []
    if (!name) errors.push(required(`${path}.name`))
    else if (seen.has(name)) errors.push(duplicate(`${path}.name`, name))
    else errors.push(...check(dns1123Label, `${path}.name`, name))
    if (name) seen.add(name)
    const shown = asInternal('PodResourceClaim', claim)
    if (isSet(existing) && isSet(template)) {
      const why = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'
      errors.push(invalid(path, shown, why))
    }
    if (!isSet(existing) && !isSet(template))
      errors.push(invalid(path, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'))
    for (const key of ['resourceClaimName', 'resourceClaimTemplateName']) {
      if (isSet(claim[key])) errors.push(...complaints(`${path}.${key}`, claim[key], dns1123Subdomain(claim[key])))
    }
    return errors
  })
}

function operatingSystem(spec: Draft, field: string): FieldError[] {
  if (!spec.os) return []
  const { name } = spec.os
  if (!name) return [required(`${field}.os.name`)]
  if (name === 'linux') return linuxPod(spec, field)
  if (name === 'windows') return windowsPod(spec, field)
  return [notSupported(`${field}.os`, name, ['linux', 'windows'])]
}

/** Variables that are read from a file need a volume that a container can have written it to. */
function filesOfKeys(spec: Draft, field: string): FieldError[] {
  return allContainers(spec, field).flatMap(({ container, field: path }) =>
    each(container.env, `${path}.env`, (variable, at) => {
      const ref = variable.valueFrom?.fileKeyRef
      if (!ref) return []
      const name: string = ref.volumeName ?? ''
      const volume = (spec.volumes ?? []).find((v: Draft) => (v?.name ?? '') === name)
      const where = `${at}.valueFrom.fileKeyRef.volumeName`
      if (!volume) return [notFoundValue(where, name)]
      return isSet(volume.emptyDir) ? [] : [invalid(where, name, 'referenced volume must be of type emptyDir')]
    }),
  )
}
