/** StatefulSets as they must be: most of their spec is fixed once they exist. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { StatefulSet } from '../../types.ts'
import { templateMetadata, validatePodTemplate } from '../pod/validate/template.ts'
import { amountOf, notAboveHundredPercent, numberOrPercent } from './amount.ts'
import { check, dns1123Label } from './content.ts'
import { isEmptySelector, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { validateClaimSpec } from './persistentvolumeclaim.ts'
import { countsUpdate, runsForever } from './replicated.ts'
import { matchesTemplate, requiredSelector, shownSelector, wellFormed } from './selector.ts'

function rollingUpdate({ partition, maxUnavailable }: Draft, path: string): FieldError[] {
  const field = `${path}.maxUnavailable`
  return [
    ...nonNegative(partition, `${path}.partition`),
    ...(maxUnavailable == null
      ? []
      : [
          ...numberOrPercent(maxUnavailable, field),
          ...(amountOf(maxUnavailable) === 0 ? [invalid(field, maxUnavailable, 'cannot be 0')] : []),
          ...notAboveHundredPercent(maxUnavailable, field),
        ]),
  ]
}

function updateStrategy({ type, rollingUpdate: rolling }: Draft, path: string): FieldError[] {
  const shown = rolling && { Partition: rolling.partition ?? 0, MaxUnavailable: rolling.maxUnavailable ?? null }
  if (!type) return [required(path)]
  if (type === 'RollingUpdate') return rolling ? rollingUpdate(rolling, `${path}.rollingUpdate`) : []
  if (type === 'OnDelete') {
    const why = "only allowed for updateStrategy 'RollingUpdate'"
    return rolling ? [invalid(`${path}.rollingUpdate`, shown, why)] : []
  }
  return [invalid(path, { Type: type, RollingUpdate: shown ?? null }, "must be 'RollingUpdate' or 'OnDelete'")]
}

const POLICIES = ['Retain', 'Delete']
const retention = (policy: Draft, path: string): FieldError[] =>
  policy
    ? ['whenDeleted', 'whenScaled'].flatMap(key =>
        POLICIES.includes(policy[key]) ? [] : [notSupported(`${path}.${key}`, policy[key] ?? '', POLICIES)],
      )
    : []

/** The template as its Pods will have it: with a volume per claim, with names that the set gives. */
function expanded({ template, volumeClaimTemplates }: Draft): Draft {
  const claims = new Set<string>((volumeClaimTemplates ?? []).map((c: Draft) => c.metadata?.name ?? ''))
  const { subdomain, hostname, ...spec } = template?.spec ?? {}
  if (!claims.size) return { ...template, spec }
  const own = [...claims].map(name => ({ name, persistentVolumeClaim: { claimName: name } }))
  const others = (spec.volumes ?? []).filter((v: Draft) => !claims.has(v.name))
  return { ...template, spec: { ...spec, volumes: [...own, ...others] } }
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template, podManagementPolicy: management, serviceName } = spec
  const errors: FieldError[] = []
  if (!management) errors.push(required('spec.podManagementPolicy'))
  else if (management !== 'OrderedReady' && management !== 'Parallel')
    errors.push(invalid('spec.podManagementPolicy', management, "must be 'OrderedReady' or 'Parallel'"))
  errors.push(
    ...updateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...retention(spec.persistentVolumeClaimRetentionPolicy, 'spec.persistentVolumeClaimRetentionPolicy'),
    ...(old
      ? []
      : (spec.volumeClaimTemplates ?? []).flatMap((claim: Draft, i: number) =>
          validateClaimSpec(claim.spec ?? {}, `spec.volumeClaimTemplates[${i}].spec`),
        )),
    ...nonNegative(spec.replicas, 'spec.replicas'),
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...nonNegative(spec.ordinals?.start, 'spec.ordinals.start'),
    ...(!old && serviceName ? check(dns1123Label, 'spec.serviceName', serviceName) : []),
    ...requiredSelector(selector, 'spec.selector', 'statefulset'),
  )
  if (!wellFormed(selector)) errors.push(invalid('spec.selector', shownSelector(selector)))
  else {
    if (!selector || !isEmptySelector(selector)) errors.push(...matchesTemplate(selector, template, 'spec.template'))
    errors.push(...validatePodTemplate(expanded(spec), 'spec.template', { oldSpec: old && expanded(old).spec }))
    errors.push(...templateMetadata(template, 'spec.template'))
  }
  return [...errors, ...runsForever(template, 'spec.template', 'StatefulSet')]
}

export const validateStatefulSet = ({ metadata, spec }: StatefulSet): FieldError[] => [
  ...objectMeta(metadata, true, dns1123Label),
  ...validateSpec(spec),
]

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]
const fixedPart = (spec: Draft): Draft =>
  Object.fromEntries(Object.entries(spec).filter(([key]) => !CHANGEABLE.includes(key)))

export function validateStatefulSetUpdate(set: StatefulSet, old: StatefulSet): FieldError[] {
  const errors = [...objectMetaUpdate(set, old), ...validateSpec(set.spec, old.spec)]
  if (deepEqual(fixedPart(set.spec), fixedPart(old.spec))) return errors
  const names = CHANGEABLE.map(name => `'${name}'`)
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return [...errors, forbiddenField('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)]
}

export const validateStatefulSetStatus = countsUpdate(
  [
    'replicas',
    'readyReplicas',
    'currentReplicas',
    'updatedReplicas',
    'availableReplicas',
    'observedGeneration',
    'collisionCount',
  ],
  ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'],
  'status.readyReplicas',
)
