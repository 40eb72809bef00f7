/** HorizontalPodAutoscalers as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { compareQuantities, parseQuantity } from '../../resources/quantity.ts'
import type { HorizontalPodAutoscaler } from '../../types.ts'
import { check, dns1123Label, pathSegment } from './content.ts'
import { NEGATIVE, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { positiveQuantity } from './persistentvolumeclaim.ts'
import { containerResourceName } from './resourcenames.ts'

const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']
const PARTS: Record<string, string> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
}
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue']
const SELECT_POLICIES = ['Disabled', 'Max', 'Min']
const POLICY_TYPES = ['Percent', 'Pods']
const MAX_WINDOW = 3600
const MAX_PERIOD = 1800

/** Which versions a reference may name: any, any that is one, or one with a group. */
type Versions = 'any' | 'valid' | 'grouped'

function reference({ kind, name, apiVersion = '' }: Draft, path: string, versions: Versions): FieldError[] {
  const errors = [
    ...(kind ? check(pathSegment, `${path}.kind`, kind) : [required(`${path}.kind`)]),
    ...(name ? check(pathSegment, `${path}.name`, name) : [required(`${path}.name`)]),
  ]
  const parts = apiVersion.split('/')
  const wrong = (why: string): void => void errors.push(invalid(`${path}.apiVersion`, apiVersion, why))
  if (versions === 'any') return errors
  if (parts.length > 2) wrong(`unexpected GroupVersion string: ${apiVersion}`)
  else if (versions === 'grouped' && (parts.length < 2 || !parts[0])) wrong('apiVersion must specify API group')
  return errors
}

function target({ type, value, averageValue, averageUtilization }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (!type) errors.push(required(`${path}.type`, 'must specify a metric target type'))
  if (!TARGET_TYPES.includes(type))
    errors.push(invalid(`${path}.type`, type ?? '', 'must be either Utilization, Value, or AverageValue'))
  const positive = (amount: Draft, key: string): FieldError[] =>
    amount == null || !positiveQuantity(amount, path).length
      ? []
      : [invalid(`${path}.${key}`, parseQuantity(amount).text, 'must be positive')]
  errors.push(...positive(value, 'value'), ...positive(averageValue, 'averageValue'))
  if (averageUtilization != null && averageUtilization < 1)
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0'))
  return errors
}

/** The selector belongs to whoever serves the metric, and is not looked at here. */
const identifier = ({ name }: Draft, path: string): FieldError[] =>
  name ? check(pathSegment, `${path}.name`, name) : [required(`${path}.name`, 'must specify a metric name')]

function utilization(goal: Draft, path: string): FieldError[] {
  const [percent, raw] = [goal.averageUtilization != null, goal.averageValue != null]
  const errors = target(goal, path)
  if (!percent && !raw)
    errors.push(required(`${path}.averageUtilization`, 'must set either a target raw value or a target utilization'))
  if (percent && raw)
    errors.push(forbiddenField(`${path}.averageValue`, 'may not set both a target raw value and a target utilization'))
  return errors
}

/** What each kind of metric needs, in the order in which they are looked at. */
const SOURCES: Record<string, (source: Draft, path: string) => FieldError[]> = {
  object: ({ describedObject = {}, metric = {}, target: goal = {} }, path) => [
    ...reference(describedObject, `${path}.describedObject`, 'valid'),
    ...identifier(metric, `${path}.metric`),
    ...target(goal, `${path}.target`),
    ...(goal.value == null && goal.averageValue == null
      ? [required(`${path}.target.averageValue`, 'must set either a target value or averageValue')]
      : []),
  ],
  external({ metric = {}, target: goal = {} }, path) {
    const [whole, each] = [goal.value != null, goal.averageValue != null]
    const errors = [...identifier(metric, `${path}.metric`), ...target(goal, `${path}.target`)]
    const both = 'a target value for metric and a per-pod target'
    if (!whole && !each)
      errors.push(
        required(`${path}.target.averageValue`, 'must set either a target value for metric or a per-pod target'),
      )
    if (whole && each) errors.push(forbiddenField(`${path}.target.value`, `may not set both ${both}`))
    return errors
  },
  pods: ({ metric = {}, target: goal = {} }, path) => [
    ...identifier(metric, `${path}.metric`),
    ...target(goal, `${path}.target`),
    ...(goal.averageValue == null
      ? [required(`${path}.target.averageValue`, 'must specify a positive target averageValue')]
      : []),
  ],
  resource: ({ name, target: goal = {} }, path) => [
    ...(name ? [] : [required(`${path}.name`, 'must specify a resource name')]),
    ...utilization(goal, `${path}.target`),
  ],
  containerResource: ({ name, container, target: goal = {} }, path) => [
    ...(name
      ? containerResourceName(name, `${path}.name`)
      : [required(`${path}.name`, 'must specify a resource name')]),
    ...(container
      ? check(dns1123Label, `${path}.container`, container)
      : [required(`${path}.container`, 'must specify a container')]),
    ...utilization(goal, `${path}.target`),
  ],
}

function metric(spec: Draft, path: string): FieldError[] {
  const { type = '' } = spec
  const errors: FieldError[] = []
  if (!type) errors.push(required(`${path}.type`, 'must specify a metric source type'))
  const unknown = TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, TYPES)]
  errors.push(...unknown)
  const present = Object.keys(SOURCES).filter(key => spec[key])
  if (present[0]) errors.push(...SOURCES[present[0]]!(spec[present[0]], `${path}.${present[0]}`))
  const expected = PARTS[type]
  if (expected && !spec[expected])
    errors.push(required(`${path}.${expected}`, 'must populate information for the given metric source'))
  // Once when the type is looked at, once when its source is.
  errors.push(...unknown)
  if (present.length > 1) {
    for (const key of present)
      if (key !== expected) errors.push(forbiddenField(`${path}.${key}`, 'must populate the given metric source only'))
  }
  return errors
}

function policy({ type = '', value = 0, periodSeconds = 0 }: Draft, path: string): FieldError[] {
  const errors = POLICY_TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, POLICY_TYPES)]
  const seconds = `${path}.periodSeconds`
  if (value <= 0) errors.push(invalid(`${path}.value`, value, 'must be greater than zero'))
  if (periodSeconds <= 0) errors.push(invalid(seconds, periodSeconds, 'must be greater than zero'))
  if (periodSeconds > MAX_PERIOD)
    errors.push(invalid(seconds, periodSeconds, `must be less than or equal to ${MAX_PERIOD}`))
  return errors
}

function scalingRules(rules: Draft, path: string): FieldError[] {
  if (!rules) return []
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies = [], tolerance } = rules
  const errors: FieldError[] = []
  const window = (why: string): void => void errors.push(invalid(`${path}.stabilizationWindowSeconds`, seconds, why))
  if (seconds != null && seconds < 0) window('must be greater than or equal to zero')
  if (seconds != null && seconds > MAX_WINDOW) window(`must be less than or equal to ${MAX_WINDOW}`)
  if (selectPolicy != null && !SELECT_POLICIES.includes(selectPolicy))
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES))
  if (!policies?.length) errors.push(required(`${path}.policies`, 'must specify at least one Policy'))
  errors.push(...(policies ?? []).flatMap((p: Draft, i: number) => policy(p, `${path}.policies[${i}]`)))
  if (tolerance != null && compareQuantities(tolerance, 0) < 0)
    errors.push(invalid(`${path}.tolerance`, parseQuantity(tolerance).text, NEGATIVE))
  return errors
}

/** The one that can be scaled in the group without a name is named without; what stood there before may stand. */
function versionsOfTarget({ scaleTargetRef: { kind, apiVersion } = {} }: Draft, was: Draft | undefined): Versions {
  const before = was?.scaleTargetRef
  if (before && before.kind === kind && before.apiVersion === apiVersion) return 'any'
  return kind === 'ReplicationController' ? 'valid' : 'grouped'
}

/** @param was before a change */
function validateSpec(spec: Draft, was?: Draft): FieldError[] {
  const { minReplicas: min, maxReplicas: max = 0, metrics = [], behavior } = spec
  const errors: FieldError[] = []
  if (min != null && min < 1) errors.push(invalid('spec.minReplicas', min, 'must be greater than or equal to 1'))
  if (max === 0) errors.push(required('spec.maxReplicas', 'must be set and greater than 0'))
  if (max < 0) errors.push(invalid('spec.maxReplicas', max, 'must be greater than or equal to 1'))
  if (min != null && max < min)
    errors.push(invalid('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'))
  errors.push(...reference(spec.scaleTargetRef ?? {}, 'spec.scaleTargetRef', versionsOfTarget(spec, was)))
  errors.push(...metrics.flatMap((m: Draft, i: number) => metric(m, `spec.metrics[${i}]`)))
  if (min === 0 && !metrics.some((m: Draft) => m.type === 'Object' || m.type === 'External')) {
    const why = 'must specify at least one Object or External metric to support scaling to zero replicas'
    errors.push(forbiddenField('spec.metrics', why))
  }
  return [
    ...errors,
    ...scalingRules(behavior?.scaleUp, 'spec.behavior.scaleUp'),
    ...scalingRules(behavior?.scaleDown, 'spec.behavior.scaleDown'),
  ]
}

export const validateAutoscaler = ({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec),
]
export const validateAutoscalerUpdate = (
  autoscaler: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] => [...objectMetaUpdate(autoscaler, old), ...validateSpec(autoscaler.spec, old.spec)]

export const validateAutoscalerStatus = (
  autoscaler: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] => [
  ...objectMetaUpdate(autoscaler, old),
  ...nonNegative(autoscaler.status?.currentReplicas, 'status.currentReplicas'),
  ...nonNegative(autoscaler.status?.desiredReplicas, 'status.desiredReplicas'),
]
