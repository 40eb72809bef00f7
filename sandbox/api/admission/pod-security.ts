/** PodSecurity: the level that a namespace's labels ask of its Pods. The checks are loaded with the first such label. */
import { part } from '../../parts.ts'
import { type FieldError, invalid } from '../fields.ts'
import { resourceOf } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

export type Level = 'privileged' | 'baseline' | 'restricted'

export interface LevelVersion {
  level: Level
  /** A minor of 1; undefined for `latest`. */
  minor: number | undefined
}

export interface Policy {
  enforce: LevelVersion
  warn: LevelVersion
  /** Labels that make no sense. */
  errors: FieldError[]
}

const PREFIX = 'pod-security.kubernetes.io/'
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted']

/** Needed before a namespace gets such labels. */
export const podSecurityChecks = part('the levels of Pod security', () => import('./pod-security/index.ts'))

type Labels = Readonly<Record<string, string | undefined>>

/** What is wrong fails closed where Pods are refused, and open where people are only warned. */
function parse(labels: Labels): Policy {
  const errors: FieldError[] = []
  const read = (mode: string): LevelVersion => {
    const level = labels[PREFIX + mode]
    const version = labels[`${PREFIX}${mode}-version`]
    const known = level === undefined || LEVELS.includes(level)
    const minor = /^v1\.(0|[1-9]\d*)$/.exec(version ?? '')?.[1]
    const wrong = (label: string, value: string, why: string): void =>
      void errors.push(invalid(`metadata.labels[${PREFIX}${label}]`, value, why))
    if (!known) wrong(mode, level, `must be one of ${LEVELS.join(', ')}`)
    if (version !== undefined && version !== 'latest' && minor === undefined)
      wrong(`${mode}-version`, version, 'must be "latest" or "v1.x"')
    const fallback = mode === 'enforce' && !known ? 'restricted' : 'privileged'
    return {
      level: (known && level !== undefined ? level : fallback) as Level,
      minor: minor === undefined ? undefined : Number(minor),
    }
  }
  const enforce = read('enforce')
  read('audit')
  const warn = read('warn')
  // Authors of templates are warned of what will refuse their Pods, unless the namespace says what to warn of.
  const level = labels[`${PREFIX}enforce`]
  const saysWhat = labels[`${PREFIX}warn`] !== undefined
  if (saysWhat || level === undefined || !LEVELS.includes(level)) return { enforce, warn, errors }
  const minor = labels[`${PREFIX}warn-version`] === undefined ? enforce.minor : warn.minor
  return { enforce, warn: { level: enforce.level, minor }, errors }
}

const parsed = new WeakMap<Labels, Policy | null>()

/** Undefined where no label speaks of it. */
function policyOf(labels: Labels | undefined): Policy | undefined {
  if (!labels) return undefined
  const known = parsed.get(labels)
  if (known !== undefined) return known ?? undefined
  const policy = Object.keys(labels).some(k => k.startsWith(PREFIX)) ? parse(labels) : null
  if (Object.isFrozen(labels)) parsed.set(labels, policy)
  return policy ?? undefined
}

/** Where objects keep their Pod template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  replicationcontrollers: ['spec', 'template'],
  podtemplates: ['template'],
  'replicasets.apps': ['spec', 'template'],
  'deployments.apps': ['spec', 'template'],
  'statefulsets.apps': ['spec', 'template'],
  'daemonsets.apps': ['spec', 'template'],
  'jobs.batch': ['spec', 'template'],
  'cronjobs.batch': ['spec', 'jobTemplate', 'spec', 'template'],
}
const PASSED_OVER = new Set(['status', 'binding', 'eviction', 'log', 'exec', 'attach', 'portforward', 'proxy'])

function validate(request: AdmissionRequest, server: ApiServer): void {
  const { kind, operation, subresource, namespace, object, old } = request
  if (!object || (operation !== 'CREATE' && operation !== 'UPDATE')) return
  const resource = resourceOf(kind)
  if (resource === 'namespaces') {
    if (subresource) return
    const policy = policyOf(object.metadata.labels)
    if (policy) podSecurityChecks.now.checkNamespace(request, policy, policyOf(old?.metadata.labels), server)
    return
  }
  const isPod = resource === 'pods'
  const template = isPod ? [] : TEMPLATES[resource]
  if (!template || (isPod ? PASSED_OVER.has(subresource) : subresource)) return
  const policy = policyOf(server.context.find('namespaces', '', namespace)?.metadata.labels)
  if (policy) podSecurityChecks.now.checkPods(request, policy, template)
}

export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  of: ['namespaces', 'pods', 'pods/*', ...Object.keys(TEMPLATES)],
  validate,
}
