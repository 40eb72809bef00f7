/** Warnings for Pods and Pod templates that are accepted although something in them is deprecated or has no effect. */
import type { Draft } from '../../../kind.ts'
import { isQuantity } from '../../../resources/quantity.ts'
import { spelling } from '../../validation/addresses.ts'
import { isWholeBytes } from '../../validation/bytes.ts'
import { dns1123Label, labelValue } from '../../validation/content.ts'
import { NODE_LABELS } from '../../validation/node-labels.ts'
import { overlappingPaths } from './overlaps.ts'
import { allContainers, isSet } from './rules.ts'

const ANNOTATIONS: Record<string, string> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
}
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'
const USE_SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead'

const VOLUMES: Record<string, string> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const NULL_SELECTOR = 'a null labelSelector results in matching no pod'

function nodeTerm(term: Draft, field: string, withValues: boolean): string[] {
  return (term?.matchExpressions ?? []).flatMap((e: Draft, i: number) => {
    const path = `${field}.matchExpressions[${i}]`
    const old = NODE_LABELS[e.key] ? [`${path}.key: ${e.key} is ${NODE_LABELS[e.key]}`] : []
    const values = (withValues ? (e.values ?? []) : []).flatMap((v: string, j: number) =>
      labelValue(v).map(message => `${path}.values[${j}]: ${v} is invalid, ${message}`),
    )
    return [...old, ...values]
  })
}

function placement(spec: Draft, field: string): string[] {
  const warnings = Object.keys(spec.nodeSelector ?? {})
    .filter(key => NODE_LABELS[key])
    .map(key => `${field}.nodeSelector[${key}]: ${NODE_LABELS[key]}`)
  const node = spec.affinity?.nodeAffinity
  const path = `${field}.affinity.nodeAffinity`
  for (const [i, term] of (node?.[REQUIRED]?.nodeSelectorTerms ?? []).entries())
    warnings.push(...nodeTerm(term, `${path}.${REQUIRED}.nodeSelectorTerms[${i}]`, false))
  for (const [i, term] of (node?.[PREFERRED] ?? []).entries())
    warnings.push(...nodeTerm(term?.preference, `${path}.${PREFERRED}[${i}].preference`, true))
  for (const [i, c] of (spec.topologySpreadConstraints ?? []).entries()) {
    const at = `${field}.topologySpreadConstraints[${i}]`
    const old = NODE_LABELS[c.topologyKey]
    if (old) warnings.push(`${at}.topologyKey: ${c.topologyKey} is ${old}`)
    if (!c.labelSelector) warnings.push(`${at}.labelSelector: ${NULL_SELECTOR}`)
  }
  return warnings
}

function podAffinity(spec: Draft, field: string): string[] {
  return ['podAffinity', 'podAntiAffinity'].flatMap(kind => {
    const given = spec.affinity?.[kind]
    const path = `${field}.affinity.${kind}`
    const required = (given?.[REQUIRED] ?? []).flatMap((t: Draft, i: number) =>
      t?.labelSelector ? [] : [`${path}.${REQUIRED}[${i}].labelSelector: ${NULL_SELECTOR}`],
    )
    const preferred = (given?.[PREFERRED] ?? []).flatMap((t: Draft, i: number) =>
      t?.podAffinityTerm?.labelSelector
        ? []
        : [`${path}.${PREFERRED}[${i}].podAffinityTerm.labelSelector: ${NULL_SELECTOR}`],
    )
    return [...required, ...preferred]
  })
}

/** Bytes have no fractions. */
function fractional(list: Draft, field: string, names = ['memory', 'ephemeral-storage']): string[] {
  return names.flatMap(name => {
    const text = list?.[name]
    if (!isSet(text) || !isQuantity(text) || isWholeBytes(text)) return []
    return [`${field}[${name}]: fractional byte value ${JSON.stringify(text)} is invalid, must be an integer`]
  })
}

function repeated(list: Draft, key: string, what: string, field: string): string[] {
  const seen = new Set<string>()
  return (list ?? []).flatMap((item: Draft, i: number) => {
    const value = item?.[key] ?? ''
    if (seen.has(value)) return [`${field}[${i}].${key}: duplicate ${what} ${JSON.stringify(value)}`]
    seen.add(value)
    return []
  })
}

function hiddenVariables(container: Draft, field: string): string[] {
  const seen = new Set<string>()
  return (container.env ?? []).flatMap((variable: Draft, i: number) => {
    const { name = '', value = '', valueFrom } = variable
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    // One that builds on the value before it is meant to stand there twice.
    const reference = `$(${name})`
    const builds = !valueFrom && value !== reference && value.includes(reference)
    if (builds) return []
    return [`${field}.env[${i}]: hides previous definition of "${name}", which may be dropped when using apply`]
  })
}

interface SeenPort {
  field: string
  port: Draft
}

function portRelation(a: Draft, b: Draft): string {
  const [ip, otherIp] = [a.hostIP ?? '', b.hostIP ?? '']
  const [port, otherPort] = [a.hostPort ?? 0, b.hostPort ?? 0]
  if (ip === otherIp && port === otherPort) return 'duplicate'
  if (!port || !otherPort) return 'overlapping'
  return port === otherPort && (ip === '') !== (otherIp === '') ? 'dangerously ambiguous' : ''
}

function ports(spec: Draft, field: string): string[] {
  const warnings: string[] = []
  const all: SeenPort[] = allContainers(spec, field).flatMap(({ container, field: path }) =>
    (container.ports ?? []).map((port: Draft, i: number) => ({ port: port ?? {}, field: `${path}.ports[${i}]` })),
  )
  for (const [i, { port, field: path }] of all.entries()) {
    if (port.hostIP && !port.hostPort) {
      const text = `{Name:${port.name ?? ''} HostPort:0 ContainerPort:${port.containerPort} Protocol:${port.protocol} HostIP:${port.hostIP}}`
      warnings.push(`${path}: hostIP set without hostPort: ${text}`)
    }
    for (const other of all.slice(0, i)) {
      if (other.port.containerPort !== port.containerPort || other.port.protocol !== port.protocol) continue
      const relation = portRelation(port, other.port)
      if (relation) warnings.push(`${path}: ${relation} port definition with ${other.field}`)
    }
  }
  const names = new Map<string, string>()
  for (const { port, field: path } of all) {
    if (!port.name) continue
    const other = names.get(port.name)
    if (!other) names.set(port.name, path)
    else
      warnings.push(
        `${path}: duplicate port name "${port.name}" with ${other}, services and probes that select ports by name will use ${other}`,
      )
  }
  return warnings
}

function containers(spec: Draft, meta: Draft, field: string, metaField: string): string[] {
  return allContainers(spec, field).flatMap(({ container, field: path }) => {
    const own = container.securityContext ?? {}
    const seccomp = SECCOMP_CONTAINER + container.name
    const appArmor = APP_ARMOR + container.name
    const note = (key: string): string => `${metaField}.annotations[${key}]`
    const { limits, requests } = container.resources ?? {}
    return [
      ...(!own.seccompProfile && meta.annotations?.[seccomp] !== undefined ? [`${note(seccomp)}: ${USE_SECCOMP}`] : []),
      ...(!own.appArmorProfile && meta.annotations?.[appArmor] !== undefined
        ? [`${note(appArmor)}: deprecated since v1.30; use the "appArmorProfile" field instead`]
        : []),
      ...['memory', 'ephemeral-storage'].flatMap(name => [
        ...fractional(limits, `${path}.resources.limits`, [name]),
        ...fractional(requests, `${path}.resources.requests`, [name]),
      ]),
      ...hiddenVariables(container, path),
    ]
  })
}

function volumes(spec: Draft, field: string): string[] {
  return (spec.volumes ?? []).flatMap((volume: Draft, i: number) => {
    const path = `${field}.volumes[${i}]`
    const old = Object.keys(VOLUMES).filter(key => volume?.[key])
    // Here alone the field is called by another name.
    const texts = old.map(key => `${path}.${key === 'storageos' ? 'storageOS' : key}: ${VOLUMES[key]}`)
    const claim = volume?.ephemeral?.volumeClaimTemplate?.spec?.resources
    const at = `${path}.ephemeral.volumeClaimTemplate.spec.resources`
    return [
      ...texts,
      ...fractional(claim?.limits, `${at}.limits`, ['storage']),
      ...fractional(claim?.requests, `${at}.requests`, ['storage']),
    ]
  })
}

/** @param parent the path of the template, or '' for a Pod */
function warningsFor(object: Draft, parent: string): string[] {
  const spec = object.spec ?? {}
  const meta = object.metadata ?? {}
  const field = parent ? `${parent}.spec` : 'spec'
  const metaField = parent ? `${parent}.metadata` : 'metadata'
  const aliases: Draft[] = spec.hostAliases ?? []
  const secrets: Draft[] = spec.imagePullSecrets ?? []
  return [
    ...placement(spec, field),
    ...Object.keys(ANNOTATIONS)
      .filter(key => meta.annotations?.[key] !== undefined)
      .map(key => `${metaField}.annotations[${key}]: ${ANNOTATIONS[key]}`),
    ...volumes(spec, field),
    ...overlappingPaths(spec.volumes),
    ...repeated(aliases, 'ip', 'ip', `${field}.hostAliases`),
    ...repeated(secrets, 'name', 'name', `${field}.imagePullSecrets`),
    ...secrets.flatMap((s, i) => (s?.name ? [] : [`${field}.imagePullSecrets[${i}].name: invalid empty name ""`])),
    ...fractional(spec.overhead, `${field}.overhead`),
    ...(!spec.securityContext?.seccompProfile && meta.annotations?.[SECCOMP_POD] !== undefined
      ? [`${metaField}.annotations[${SECCOMP_POD}]: ${USE_SECCOMP}`]
      : []),
    ...containers(spec, meta, field, metaField),
    ...ports(spec, field),
    ...(spec.terminationGracePeriodSeconds < 0
      ? [`${field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...podAffinity(spec, field),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip: string, i: number) =>
      spelling(ip, `${field}.dnsConfig.nameservers[${i}]`),
    ),
    ...aliases.flatMap((alias, i) => spelling(alias?.ip, `${field}.hostAliases[${i}].ip`)),
  ]
}

/** Only of new Pods: people hardly ever change one themselves. */
export function podWarnings(pod: Draft, old: Draft): string[] {
  if (old) return []
  const wrong = dns1123Label(pod.metadata.name ?? '')
  const surprise =
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended"
  return [...(wrong.length ? [`${surprise}: [${wrong.join(' ')}]`] : []), ...warningsFor(pod, '')]
}

/** @param field the template's own path, as `spec.template` */
export const podTemplateWarnings = (template: Draft, field: string): string[] => warningsFor(template ?? {}, field)
