/** Pods that want to be near other Pods, or far from them. */
import { deepEqual } from '../../api/formats/json.ts'
import { namespace as namespaceKind } from '../../api/kinds/namespace.ts'
import { type LabelSelector, matches, type Requirement, requirementsOf } from '../../api/requests/selectors.ts'
import type { Pod } from '../../api/types.ts'
import { type Handle, MAX_SCORE, type Plugin, refuse, refuseForGood } from '../framework.ts'

const NOT_NEAR = refuseForGood("node(s) didn't match pod affinity rules")
const TOO_NEAR = refuse("node(s) didn't match pod anti-affinity rules")
const UNWELCOME = refuse("node(s) didn't satisfy existing pods anti-affinity rules")

/** As for the weight of a required affinity term of a Pod that is there already. */
const HARD_AFFINITY_WEIGHT = 1

interface RawTerm {
  topologyKey: string
  labelSelector?: LabelSelector
  namespaces?: readonly string[]
  namespaceSelector?: LabelSelector
  matchLabelKeys?: readonly string[]
  mismatchLabelKeys?: readonly string[]
}

interface Term {
  key: string
  requirements: readonly Requirement[] | undefined
  inNamespace(name: string): boolean
}

/** Counts by `key=value` of topology labels. */
type Domains = Map<string, number>
const add = (domains: Domains, domain: string, n: number): void =>
  void domains.set(domain, (domains.get(domain) ?? 0) + n)

/** @param owner the Pod whose term it is; its namespace is meant when the term names none */
function parse(term: RawTerm, owner: Pod, { client }: Handle): Term {
  const names = new Set(term.namespaces)
  const selector = requirementsOf(term.namespaceSelector)
  if (!names.size && !selector) names.add(owner.metadata.namespace ?? '')
  return {
    key: term.topologyKey,
    requirements: requirementsOf(term.labelSelector),
    inNamespace: name =>
      names.has(name) || Boolean(selector && matches(selector, client.find(namespaceKind, '', name)?.metadata.labels)),
  }
}

const means = (term: Term, namespace: string, labels: Record<string, string> | undefined): boolean =>
  term.requirements !== undefined && matches(term.requirements, labels) && term.inNamespace(namespace)

const meansPod = (term: Term, { metadata }: Pod): boolean => means(term, metadata.namespace ?? '', metadata.labels)

function affinityOf({ spec }: Pod) {
  const near = spec.affinity?.podAffinity
  const far = spec.affinity?.podAntiAffinity
  return {
    near: (near?.requiredDuringSchedulingIgnoredDuringExecution ?? []) as RawTerm[],
    far: (far?.requiredDuringSchedulingIgnoredDuringExecution ?? []) as RawTerm[],
    ratherNear: (near?.preferredDuringSchedulingIgnoredDuringExecution ?? []) as {
      weight: number
      podAffinityTerm: RawTerm
    }[],
    ratherFar: (far?.preferredDuringSchedulingIgnoredDuringExecution ?? []) as {
      weight: number
      podAffinityTerm: RawTerm
    }[],
  }
}

/** Domains in which Pods are that all of the terms (or, with `each`, the single term) mean. */
function domainsOf(terms: readonly Term[], { cluster }: Handle, each: boolean): Domains {
  const domains: Domains = new Map()
  for (const kin of cluster.kindred()) {
    const meant = terms.filter(t => means(t, kin.namespace, kin.labels))
    if (!meant.length || (!each && meant.length < terms.length)) continue
    for (const [node, n] of kin.onNode) {
      for (const { key } of meant) {
        const value = node.labels[key]
        if (value !== undefined) add(domains, `${key}=${value}`, n)
      }
    }
  }
  return domains
}

export const interPodAffinity: Plugin = {
  name: 'InterPodAffinity',
  weight: 2,
  prepare(pod, handle) {
    const { near, far } = affinityOf(pod)
    const { cluster } = handle
    if (!near.length && !far.length && !cluster.withRequiredAntiAffinity.size) return
    const nearTerms = near.map(t => parse(t, pod, handle))
    const farTerms = far.map(t => parse(t, pod, handle))
    const nearDomains = domainsOf(nearTerms, handle, false)
    const farDomains = farTerms.length ? domainsOf(farTerms, handle, true) : new Map<string, number>()
    const unwelcome = new Set<string>()
    for (const other of cluster.withRequiredAntiAffinity.values()) {
      const labels = cluster.get(other.spec.nodeName!)?.labels
      for (const raw of affinityOf(other).far) {
        const value = labels?.[raw.topologyKey]
        if (value !== undefined && meansPod(parse(raw, other, handle), pod))
          unwelcome.add(`${raw.topologyKey}=${value}`)
      }
    }
    // The first of a family that wants to be near itself may go anywhere.
    const first = !nearDomains.size && nearTerms.every(t => meansPod(t, pod))
    const unwelcomeKeys = [...new Set([...unwelcome].map(d => d.slice(0, d.indexOf('='))))]
    if (!nearTerms.length && !farTerms.length && !unwelcome.size) return
    return {
      filter({ labels }) {
        let missing = false
        for (const { key } of nearTerms) {
          if (labels[key] === undefined) return NOT_NEAR
          if (!nearDomains.get(`${key}=${labels[key]}`)) missing = true
        }
        if (missing && !first) return NOT_NEAR
        if (farTerms.some(({ key }) => labels[key] !== undefined && farDomains.get(`${key}=${labels[key]}`)))
          return TOO_NEAR
        if (unwelcomeKeys.some(key => labels[key] !== undefined && unwelcome.has(`${key}=${labels[key]}`)))
          return UNWELCOME
        return undefined
      },
    }
  },
  scorer(pod, handle) {
    const { ratherNear, ratherFar } = affinityOf(pod)
    const { cluster } = handle
    if (!ratherNear.length && !ratherFar.length && !cluster.withAffinity.size) return
    const domains: Domains = new Map()
    const own = (list: readonly { weight: number; podAffinityTerm: RawTerm }[], sign: number): void => {
      for (const { weight, podAffinityTerm } of list) {
        for (const [domain, n] of domainsOf([parse(podAffinityTerm, pod, handle)], handle, true))
          add(domains, domain, sign * weight * n)
      }
    }
    own(ratherNear, 1)
    own(ratherFar, -1)
    for (const other of cluster.withAffinity.values()) {
      const labels = cluster.get(other.spec.nodeName!)?.labels
      if (!labels) continue
      const theirs = affinityOf(other)
      const count = (raw: RawTerm, weight: number): void => {
        const value = labels[raw.topologyKey]
        if (value !== undefined && meansPod(parse(raw, other, handle), pod))
          add(domains, `${raw.topologyKey}=${value}`, weight)
      }
      for (const term of theirs.near) count(term, HARD_AFFINITY_WEIGHT)
      for (const { weight, podAffinityTerm } of theirs.ratherNear) count(podAffinityTerm, weight)
      for (const { weight, podAffinityTerm } of theirs.ratherFar) count(podAffinityTerm, -weight)
    }
    if (!domains.size) return
    const keys = [...new Set([...domains.keys()].map(d => d.slice(0, d.indexOf('='))))]
    return {
      score: ({ labels }) =>
        keys.reduce((n, key) => n + (labels[key] === undefined ? 0 : (domains.get(`${key}=${labels[key]}`) ?? 0)), 0),
      normalize(scores) {
        const [least, most] = [Math.min(...scores), Math.max(...scores)]
        for (const [i, score] of scores.entries())
          scores[i] = most > least ? Math.trunc((MAX_SCORE * (score - least)) / (most - least)) : 0
      },
    }
  },
  wakes(event, pod, handle) {
    if (event.type === 'VolumeChanged' || event.type === 'ClaimChanged') return false
    if (event.type === 'NodeChanged') return event.what.has('labels')
    if (!('pod' in event)) return true
    const { near, far } = affinityOf(pod)
    const mean = (terms: readonly RawTerm[], owner: Pod, other: Pod): boolean =>
      terms.length > 0 && terms.every(term => meansPod(parse(term, owner, handle), other))
    if (event.type === 'PodBound') return mean(near, pod, event.pod)
    if (event.type === 'PodDeleted') return mean(far, pod, event.pod) || mean(affinityOf(event.pod).far, event.pod, pod)
    const { pod: now, old } = event
    if (now.metadata.uid === pod.metadata.uid) return !deepEqual(now.metadata.labels, old.metadata.labels)
    return (!mean(near, pod, old) && mean(near, pod, now)) || (mean(far, pod, old) && !mean(far, pod, now))
  },
}
