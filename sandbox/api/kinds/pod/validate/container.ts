/** Validation of containers, and of each of the three lists of containers. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  required,
  tooMany,
} from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Label } from '../../validation/content.ts'
import { env, envFrom } from './env.ts'
import { lifecycle, noHandlers, probes } from './handlers.ts'
import { type Volumes, volumeDevices, volumeMounts } from './mounts.ts'
import { hostPortConflicts, ports } from './ports.ts'
import { containerResources, resizePolicies } from './resources.ts'
import { each, isSet, oneOf } from './rules.ts'
import { containerSecurity } from './security.ts'

/** What a container's Pod has to say about it. */
export interface PodFacts {
  spec: Draft
  oldSpec: Draft
  volumes: Volumes
  /** Names of the Pod's resource claims. */
  claims: readonly string[]
  grace: number | undefined
}

export const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError']

function common(c: Draft, field: string, { spec, volumes, claims }: PodFacts): FieldError[] {
  return [
    ...(c.name ? check(dns1123Label, `${field}.name`, c.name) : [required(`${field}.name`)]),
    ...(c.image ? [] : [required(`${field}.image`)]),
    ...oneOf(c.terminationMessagePolicy, `${field}.terminationMessagePolicy`, MESSAGE_POLICIES),
    ...ports(c.ports, `${field}.ports`),
    ...env(c.env, `${field}.env`),
    ...envFrom(c.envFrom, `${field}.envFrom`),
    ...volumeMounts(c, volumes, `${field}.volumeMounts`),
    ...volumeDevices(c, volumes, `${field}.volumeDevices`),
    ...oneOf(c.imagePullPolicy, `${field}.imagePullPolicy`, PULL_POLICIES),
    ...containerResources(c.resources, `${field}.resources`, claims),
    ...resizePolicies(c.resizePolicy, `${field}.resizePolicy`, spec.restartPolicy),
    ...containerSecurity(c.securityContext, `${field}.securityContext`, spec.hostUsers !== false),
  ]
}

const RESTARTS = ['Always', 'Never', 'OnFailure']
const ACTIONS = ['Restart', 'RestartAllContainers']

function restartPolicy(c: Draft, field: string): FieldError[] {
  const rules: Draft[] = c.restartPolicyRules ?? []
  const errors: FieldError[] = []
  const path = `${field}.restartPolicy`
  if (!isSet(c.restartPolicy)) {
    if (!rules.length) return []
    errors.push(required(path, 'must specify restartPolicy when restart rules are used'))
  } else if (!RESTARTS.includes(c.restartPolicy)) errors.push(notSupported(path, c.restartPolicy, RESTARTS))
  if (rules.length > 20) errors.push(tooMany(`${field}.restartPolicyRules`, rules.length, 20))
  return [...errors, ...each(rules, `${field}.restartPolicyRules`, restartRule)]
}

function restartRule({ action = '', exitCodes }: Draft, field: string): FieldError[] {
  const errors = ACTIONS.includes(action) ? [] : [notSupported(`${field}.action`, action, ACTIONS)]
  if (!exitCodes) return [...errors, required(`${field}.exitCodes`, 'must be specified')]
  const { operator = '', values = [] } = exitCodes
  const operators = ['In', 'NotIn']
  if (!operators.includes(operator)) errors.push(notSupported(`${field}.exitCodes.operator`, operator, operators))
  if (values?.length > 255) errors.push(tooMany(`${field}.exitCodes.values`, values.length, 255))
  return errors
}

export function containers(facts: PodFacts, field: string): FieldError[] {
  const list: Draft[] = facts.spec.containers ?? []
  if (!list.length) return [required(field)]
  const names = new Set<string>()
  const errors = each(list, field, (c, path) => {
    const found = common(c, path, facts)
    const name = c.name ?? ''
    if (names.has(name)) found.push(duplicate(`${path}.name`, name))
    names.add(name)
    return [
      ...found,
      ...lifecycle(c.lifecycle, `${path}.lifecycle`, facts.grace),
      ...probes(c, path, facts.grace),
      ...restartPolicy(c, path),
    ]
  })
  return [...errors, ...hostPortConflicts(list, field)]
}

export function initContainers(facts: PodFacts, field: string): FieldError[] {
  const names = new Set<string>((facts.spec.containers ?? []).map((c: Draft) => c?.name ?? ''))
  return each(facts.spec.initContainers, field, (c, path) => {
    const sidecar = c.restartPolicy === 'Always'
    const errors = [...common(c, path, facts), ...initRestartPolicy(c, path)]
    const name = c.name ?? ''
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name))
    else if (name) names.add(name)
    // Each init container is asked about alone, as if it were the first.
    errors.push(...hostPortConflicts([c], field))
    if (!sidecar) return [...errors, ...noHandlers(c, path), ...noRestartOnResize(c, path, facts.oldSpec)]
    return [...errors, ...lifecycle(c.lifecycle, `${path}.lifecycle`, facts.grace), ...probes(c, path, facts.grace)]
  })
}

/** Rules without a policy are refused as a whole. */
const initRestartPolicy = (c: Draft, field: string): FieldError[] =>
  isSet(c.restartPolicy) ? restartPolicy(c, field) : restartPolicy(c, field).slice(0, 1)

const restartsOnResize = (c: Draft): boolean =>
  c?.restartPolicy !== 'Always' && c?.resizePolicy?.some((p: Draft) => p.restartPolicy === 'RestartContainer')

function noRestartOnResize(c: Draft, field: string, oldSpec: Draft): FieldError[] {
  if (oldSpec?.initContainers?.some(restartsOnResize)) return []
  return each(c.resizePolicy, `${field}.resizePolicy`, (policy, path) =>
    policy.restartPolicy === 'RestartContainer'
      ? [
          invalid(
            `${path}.restartPolicy`,
            policy.restartPolicy,
            "must not be set to 'RestartContainer' for non-sidecar initContainers",
          ),
        ]
      : [],
  )
}

/** Fields of a container that an ephemeral one can't have, in Go's order. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
]

const holds = (value: Draft): boolean =>
  isSet(value) && (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length > 0)

export function ephemeralContainers(facts: PodFacts, field: string): FieldError[] {
  const { spec } = facts
  const others = new Set<string>([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(c => c?.name ?? ''))
  const names = new Set(others)
  const why = 'cannot be set for an Ephemeral Container'
  return each(spec.ephemeralContainers, field, (c, path) => {
    const errors = [...common(c, path, facts), ...trimmedImage(c, path)]
    const name = c.name ?? ''
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name))
    names.add(name)
    const target = c.targetContainerName
    if (target && !others.has(target)) errors.push(notFoundValue(`${path}.targetContainerName`, target))
    errors.push(...NOT_EPHEMERAL.filter(key => holds(c[key])).map(key => forbiddenField(`${path}.${key}`, why)))
    const mounts = each(c.volumeMounts, `${path}.volumeMounts`, (mount, at) =>
      ['subPath', 'subPathExpr'].filter(key => mount[key]).map(key => forbiddenField(`${at}.${key}`, why)),
    )
    return [...errors, ...mounts]
  })
}

/** Only Pods are asked this: templates with such images have been let in for too long. */
export const trimmedImage = (c: Draft, field: string): FieldError[] => {
  const image: string = c?.image ?? ''
  return image === image.trim()
    ? []
    : [invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')]
}
