/** Spreads Pods over zones, hosts and whatever else labels tell apart. */
import { replicaSet } from '../../api/kinds/replicaset.ts'
import { replicationController } from '../../api/kinds/replicationcontroller.ts'
import { service } from '../../api/kinds/service/index.ts'
import { statefulSet } from '../../api/kinds/statefulset.ts'
import { matches, type Requirement, requirementsOf } from '../../api/requests/selectors.ts'
import { requiredNodes } from '../../api/scheduling/node-selection.ts'
import { tolerates } from '../../api/scheduling/taints.ts'
import type { Pod, Service } from '../../api/types.ts'
import type { ClusterState, NodeInfo } from '../cluster-state.ts'
import { type Handle, MAX_SCORE, type Plugin, refuse, refuseForGood, toleratesMore } from '../framework.ts'

const MISMATCH = "node(s) didn't match pod topology spread constraints"
const SKEWED = refuse(MISMATCH)
const UNLABELLED = refuseForGood(`${MISMATCH} (missing required label)`)
const HOSTNAME = 'kubernetes.io/hostname'

interface Constraint {
  key: string
  maxSkew: number
  minDomains: number
  requirements: readonly Requirement[]
  honorsTaints: boolean
  ignoresAffinity: boolean
}

const NONE: ReadonlySet<NodeInfo> = new Set()

/** For Pods without constraints of their own that belong to a Service or a controller. */
const DEFAULTS = [
  { key: HOSTNAME, maxSkew: 3 },
  { key: 'topology.kubernetes.io/zone', maxSkew: 5 },
]

function ownConstraints(pod: Pod, action: string): Constraint[] {
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter(c => c.whenUnsatisfiable === action)
    .map(c => {
      const requirements = requirementsOf(c.labelSelector as Parameters<typeof requirementsOf>[0])
      const keys = (c.matchLabelKeys ?? []).filter(k => pod.metadata.labels?.[k] !== undefined)
      const alike = keys.map((key): Requirement => ({ key, operator: 'in', values: [pod.metadata.labels![key]!] }))
      return {
        key: c.topologyKey,
        maxSkew: c.maxSkew,
        minDomains: c.minDomains ?? 1,
        requirements: requirements ? [...requirements, ...alike] : NOTHING,
        honorsTaints: c.nodeTaintsPolicy === 'Honor',
        ignoresAffinity: c.nodeAffinityPolicy === 'Ignore',
      }
    })
}
/** An absent selector selects nothing. */
const NOTHING: readonly Requirement[] = [{ key: '', operator: 'in', values: [] }]

/** What has been found for Pods with the same labels: good for as long as services and owner are as they were. */
interface Family {
  namespace: string
  owners: Pod['metadata']['ownerReferences']
  selector: object | undefined
  services: readonly Service[]
  constraints: readonly Constraint[]
}

/** By the labels; of each cluster apart, or labels that something else still knows would keep a world that has ended. */
const families = new WeakMap<Handle['client'], WeakMap<object, Family>>()

function familiesIn(client: Handle['client']): WeakMap<object, Family> {
  let known = families.get(client)
  if (!known) {
    known = new WeakMap()
    families.set(client, known)
  }
  return known
}

function defaultConstraints(pod: Pod, { client }: Handle): readonly Constraint[] {
  const { namespace = '', labels, ownerReferences: owners } = pod.metadata
  const services = client.list(service, { namespace })
  const owner = owners && controllerIn(owners)
  const selector = owner && selectorOf(owner, namespace, client)
  const alike = familiesIn(client)
  const known = labels && alike.get(labels)
  if (
    known?.services === services &&
    known.selector === selector &&
    known.owners === owners &&
    known.namespace === namespace
  )
    return known.constraints
  const requirements = familyOf(labels ?? {}, services, owner?.kind, selector)
  const constraints = requirements.length
    ? DEFAULTS.map(d => ({ ...d, minDomains: 1, requirements, honorsTaints: false, ignoresAffinity: false }))
    : []
  if (labels) alike.set(labels, { namespace, owners, selector, services, constraints })
  return constraints
}

type Owner = NonNullable<Pod['metadata']['ownerReferences']>[number]

function controllerIn(owners: readonly Owner[]): Owner | undefined {
  for (let i = 0; i < owners.length; i++) if (owners[i]!.controller) return owners[i]
  return undefined
}

/** What a controller selects its Pods by, in the form of its kind. */
function selectorOf({ kind, name }: Owner, namespace: string, client: Handle['client']): object | undefined {
  if (kind === 'ReplicaSet') return client.find(replicaSet, namespace, name)?.spec.selector
  if (kind === 'StatefulSet') return client.find(statefulSet, namespace, name)?.spec.selector
  if (kind === 'ReplicationController') return client.find(replicationController, namespace, name)?.spec.selector
  return undefined
}

/** What the Services and the controller of a Pod select by. */
function familyOf(
  labels: Readonly<Record<string, string>>,
  services: readonly Service[],
  kind: string | undefined,
  selector: object | undefined,
): Requirement[] {
  const merged: Record<string, string> = {}
  for (const { spec } of services) {
    const entries = Object.entries(spec.selector ?? {})
    if (spec.selector && entries.every(([k, v]) => labels[k] === v)) Object.assign(merged, spec.selector)
  }
  const isPlain = kind === 'ReplicationController'
  if (isPlain) Object.assign(merged, selector)
  return [
    ...(requirementsOf({ matchLabels: merged }) ?? []),
    ...((!isPlain && requirementsOf(selector as Parameters<typeof requirementsOf>[0])) || []),
  ]
}

/** The Pods that a constraint means, by node. A selector that is empty means none of them, though it is said of the Pod itself. */
const countsOf = (pod: Pod, { requirements }: Constraint, cluster: ClusterState) =>
  requirements.length ? cluster.counts(pod.metadata.namespace ?? '', requirements) : []

/** Whether a node's Pods count for a constraint. */
function counted(pod: Pod, c: Constraint): (node: NodeInfo) => boolean {
  const wanted = c.ignoresAffinity ? undefined : requiredNodes(pod)
  if (!wanted && !c.honorsTaints) return () => true
  const { tolerations } = pod.spec
  return ({ node }) =>
    (!wanted || wanted(node!)) &&
    (!c.honorsTaints ||
      (node!.spec.taints ?? []).every(t => t.effect === 'PreferNoSchedule' || tolerates(tolerations, t)))
}

const hasAll = (node: NodeInfo, constraints: readonly Constraint[]): boolean =>
  constraints.every(c => node.labels[c.key] !== undefined)

export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  prepare(pod, { cluster }) {
    const constraints = ownConstraints(pod, 'DoNotSchedule')
    if (!constraints.length) return
    const domains = constraints.map(c => {
      const counts = countsOf(pod, c, cluster)
      const isCounted = counted(pod, c)
      const perValue = new Map<string, number>()
      for (const node of cluster.nodes) {
        if (!hasAll(node, constraints) || !isCounted(node)) continue
        const value = node.labels[c.key]!
        let n = perValue.get(value) ?? 0
        for (const onNode of counts) n += onNode.get(node) ?? 0
        perValue.set(value, n)
      }
      const least = perValue.size < c.minDomains ? 0 : Math.min(...perValue.values(), 2 ** 31 - 1)
      const self = matches(c.requirements, pod.metadata.labels) ? 1 : 0
      return { ...c, perValue, least, self }
    })
    return {
      filter(node) {
        for (const d of domains) {
          const value = node.labels[d.key]
          if (value === undefined) return UNLABELLED
          if ((d.perValue.get(value) ?? 0) + d.self - d.least > d.maxSkew) return SKEWED
        }
        return undefined
      },
    }
  },
  scorer(pod, handle, candidates) {
    const own = Boolean(pod.spec.topologySpreadConstraints?.length)
    const constraints = own ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, handle)
    if (!constraints.length) return
    const { cluster } = handle
    const ignored = own ? new Set(candidates.filter(node => !hasAll(node, constraints))) : NONE
    // Where no candidate has the label, as where there are no zones, the constraint tells none from another.
    const telling = constraints.filter(({ key }) => candidates.some(node => node.labels[key] !== undefined))
    const parts = telling.map(c => {
      const counts = countsOf(pod, c, cluster)
      const here = (node: NodeInfo): number => {
        let n = 0
        for (let i = 0; i < counts.length; i++) n += counts[i]!.get(node) ?? 0
        return n
      }
      if (c.key === HOSTNAME) {
        const weight = Math.log(candidates.length - ignored.size + 2)
        return { key: c.key, maxSkew: c.maxSkew, weight, count: here }
      }
      const perValue = new Map<string, number>()
      for (const node of candidates) if (!ignored.has(node)) perValue.set(node.labels[c.key] ?? '', 0)
      const isCounted = counted(pod, c)
      for (const onNode of counts) {
        for (const [node, n] of onNode) {
          const value = node.labels[c.key] ?? ''
          const sum = perValue.get(value)
          if (sum !== undefined && node.node && isCounted(node) && !(own && !hasAll(node, constraints)))
            perValue.set(value, sum + n)
        }
      }
      return {
        key: c.key,
        maxSkew: c.maxSkew,
        weight: Math.log(perValue.size + 2),
        count: (node: NodeInfo) => perValue.get(node.labels[c.key]!) ?? 0,
      }
    })
    return {
      score(node) {
        if (ignored.has(node)) return 0
        const { labels } = node
        let score = 0
        for (let i = 0; i < parts.length; i++) {
          const p = parts[i]!
          if (labels[p.key] !== undefined) score += p.count(node) * p.weight + (p.maxSkew - 1)
        }
        return Math.round(score)
      },
      normalize(scores, nodes) {
        let least = Number.POSITIVE_INFINITY
        let most = 0
        for (let i = 0; i < scores.length; i++) {
          if (ignored.has(nodes[i]!)) continue
          least = Math.min(least, scores[i]!)
          most = Math.max(most, scores[i]!)
        }
        for (let i = 0; i < scores.length; i++) {
          if (ignored.has(nodes[i]!)) scores[i] = 0
          else scores[i] = most ? Math.trunc((MAX_SCORE * (most + least - scores[i]!)) / most) : MAX_SCORE
        }
      },
    }
  },
  judgesTaints: true,
  wakes(event, pod) {
    if (event.type === 'VolumeChanged' || event.type === 'ClaimChanged') return false
    if (event.type === 'NodeChanged') return event.what.has('labels') || event.what.has('taints')
    if (!('pod' in event)) return true
    const { namespace, labels } = event.pod.metadata
    if (namespace !== pod.metadata.namespace) return false
    const constraints = ownConstraints(pod, 'DoNotSchedule')
    if (event.type !== 'PodChanged') return constraints.some(c => matches(c.requirements, labels))
    if (toleratesMore(event, pod) && constraints.some(c => c.honorsTaints)) return true
    const before = event.old.metadata.labels
    return constraints.some(c => matches(c.requirements, labels) !== matches(c.requirements, before))
  },
}
