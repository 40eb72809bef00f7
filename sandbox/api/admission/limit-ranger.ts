/** LimitRanger: a namespace's defaults, minimum, maximum and ratio for containers, Pods and claims. */
import type { Draft } from '../kind.ts'
import { podResources, type Resources } from '../resources/pod-resources.ts'
import { parseQuantity, quantityMilliValue } from '../resources/quantity.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

interface LimitRangeItem {
  type: string
  min?: Resources
  max?: Resources
  default?: Resources
  defaultRequest?: Resources
  maxLimitRequestRatio?: Resources
}

const ANNOTATION = 'kubernetes.io/limit-ranger'

const rangesOf = (server: ApiServer, namespace: string): LimitRangeItem[][] =>
  server.context
    .list('limitranges', namespace)
    .map(range => (range as KubeObject & { spec: { limits?: LimitRangeItem[] } }).spec.limits ?? [])

const amount = (quantity: string | undefined): bigint => (quantity === undefined ? 0n : parseQuantity(quantity).nano)

function setDefaults(pod: Draft, items: readonly LimitRangeItem[]): void {
  const limits: Resources = {}
  const requests: Resources = {}
  for (const item of items) {
    if (item.type !== 'Container') continue
    Object.assign(requests, item.defaultRequest)
    Object.assign(limits, item.default)
  }
  const told: string[] = []
  const fill = (container: Draft, what: string): void => {
    const own = (container.resources ??= {})
    const set = (part: 'requests' | 'limits', from: Resources): string => {
      const missing = Object.keys(from).filter(k => own[part]?.[k] === undefined)
      if (missing.length) own[part] = { ...own[part], ...Object.fromEntries(missing.map(k => [k, from[k]])) }
      return missing.sort().join(', ')
    }
    const setLimits = set('limits', limits)
    const setRequests = set('requests', requests)
    if (setRequests) told.push(`${setRequests} request for ${what} ${container.name}`)
    if (setLimits) told.push(`${setLimits} limit for ${what} ${container.name}`)
  }
  for (const container of pod.spec.containers ?? []) fill(container, 'container')
  for (const container of pod.spec.initContainers ?? []) fill(container, 'init container')
  if (told.length)
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      [ANNOTATION]: `LimitRanger plugin set: ${told.join('; ')}`,
    }
}

interface Use {
  requests?: Resources | undefined
  limits?: Resources | undefined
}

function tooSmall(type: string, name: string, least: string, { requests, limits }: Use): string | undefined {
  const head = `minimum ${name} usage per ${type} is ${least}`
  const request = requests?.[name]
  const limit = limits?.[name]
  if (request === undefined) return `${head}.  No request is specified`
  if (amount(request) < amount(least)) return `${head}, but request is ${request}`
  if (limit !== undefined && amount(limit) < amount(least)) return `${head}, but limit is ${limit}`
  return undefined
}

function tooBig(type: string, name: string, most: string, { requests, limits }: Use): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${most}`
  const request = requests?.[name]
  const limit = limits?.[name]
  if (limit === undefined) return `${head}.  No limit is specified`
  if (amount(limit) > amount(most)) return `${head}, but limit is ${limit}`
  if (request !== undefined && amount(request) > amount(most)) return `${head}, but request is ${request}`
  return undefined
}

function requestTooBig(type: string, name: string, most: string, { requests }: Use): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${most}`
  const request = requests?.[name]
  if (request === undefined) return `${head}.  No request is specified`
  return amount(request) > amount(most) ? `${head}, but request is ${request}` : undefined
}

function ratioTooBig(type: string, name: string, most: string, { requests, limits }: Use): string | undefined {
  const head = `${name} max limit to request ratio per ${type} is ${most}`
  if (amount(requests?.[name]) === 0n) return `${head}, but no request is specified or request is 0`
  if (amount(limits?.[name]) === 0n) return `${head}, but no limit is specified or limit is 0`
  const ratio = quantityMilliValue(limits![name]!) / quantityMilliValue(requests![name]!)
  return ratio * 1000 > quantityMilliValue(most) ? `${head}, but provided ratio is ${ratio.toFixed(6)}` : undefined
}

type Rule = (type: string, name: string, bound: string, use: Use) => string | undefined

const faults = (item: LimitRangeItem, use: Use, rules: readonly (readonly [Resources | undefined, Rule])[]): string[] =>
  rules.flatMap(([bounds, rule]) =>
    Object.entries(bounds ?? {}).flatMap(([name, bound]) => rule(item.type, name, bound, use) ?? []),
  )

function podFaults(pod: Draft, items: readonly LimitRangeItem[]): string[] {
  return items.flatMap(item => {
    const rules = [
      [item.min, tooSmall],
      [item.max, tooBig],
      [item.maxLimitRequestRatio, ratioTooBig],
    ] as const
    if (item.type === 'Pod') return faults(item, podResources(pod.spec), rules)
    if (item.type !== 'Container') return []
    const containers: Draft[] = [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])]
    return containers.flatMap(c => faults(item, c.resources ?? {}, rules))
  })
}

const claimFaults = (claim: Draft, items: readonly LimitRangeItem[]): string[] =>
  items
    .filter(item => item.type === 'PersistentVolumeClaim')
    .flatMap(item =>
      faults(item, { requests: claim.spec?.resources?.requests }, [
        [item.min, tooSmall],
        [item.max, requestTooBig],
      ]),
    )

const isClaim = ({ kind }: AdmissionRequest): boolean => kind.plural === 'persistentvolumeclaims'

/** What containers ask for changes by a resize alone. */
const concerns = (request: AdmissionRequest): boolean => {
  const { object, old, operation, subresource } = request
  if (!object || old?.metadata.deletionTimestamp) return false
  return operation === 'CREATE' || (operation === 'UPDATE' && (isClaim(request) || subresource === 'resize'))
}

export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  of: ['pods', 'pods/resize', 'persistentvolumeclaims'],
  admit(request, server) {
    if (!concerns(request) || isClaim(request)) return
    for (const items of rangesOf(server, request.namespace)) setDefaults(request.object, items)
  },
  validate(request, server) {
    if (!concerns(request)) return
    const { kind, name, namespace, object } = request
    for (const items of rangesOf(server, namespace)) {
      const found = isClaim(request) ? claimFaults(object, items) : podFaults(object, items)
      const unique = [...new Set(found)]
      if (unique.length) throw forbidden(kind, name, unique.length === 1 ? unique[0]! : `[${unique.join(', ')}]`)
    }
  },
}
