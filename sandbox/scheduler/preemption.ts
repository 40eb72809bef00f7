/** Making room for a more important Pod: which less important ones would have to go, and on which node that does least harm. */
import { podDisruptionBudget } from '../api/kinds/poddisruptionbudget.ts'
import { selects } from '../api/requests/selectors.ts'
import type { Pod, PodDisruptionBudget } from '../api/types.ts'
import type { Random } from '../clock/random.ts'
import { type NodeInfo, priorityOf } from './cluster-state.ts'
import { type Diagnosis, describe, type Refusal, refuseForGood } from './framework.ts'
import { type Placer, prepareChecks } from './placement.ts'

const NO_VICTIMS = refuseForGood('No preemption victims found for incoming pod')
const NOT_HELPFUL = refuseForGood('Preemption is not helpful for scheduling')
const LEAST_CANDIDATES = 100

export interface Candidate {
  node: NodeInfo
  /** The most important first. */
  victims: Pod[]
  violations: number
}

export type Preemption = { candidate: Candidate } | { message: string }

export function findPreemption(placer: Placer, pod: Pod, diagnosis: Diagnosis, random: Random): Preemption {
  if (pod.spec.preemptionPolicy === 'Never') return { message: 'not eligible due to preemptionPolicy=Never.' }
  const { cluster, client } = placer.handle
  const promised = cluster.get(pod.status.nominatedNodeName ?? '')
  if (promised && !diagnosis.refusals.get(promised)?.unresolvable) {
    for (const other of promised.pods.values()) {
      if (priorityOf(other) < priorityOf(pod) && isBeingPreempted(other)) {
        return { message: 'not eligible due to a terminating pod on the nominated node.' }
      }
    }
  }
  const potential = [...diagnosis.refusals].filter(([, refusal]) => !refusal.unresolvable).map(([node]) => node)
  const refusals = new Map<NodeInfo, Refusal>()
  const candidates: Candidate[] = []
  const enough = Math.min(potential.length, Math.max(LEAST_CANDIDATES, Math.trunc(potential.length / 10)))
  const offset = potential.length ? random.int(potential.length) : 0
  const budgets = potential.length ? client.list(podDisruptionBudget) : []
  for (let i = 0; i < potential.length && candidates.length < enough; i++) {
    const node = potential[(offset + i) % potential.length]!
    const found = victimsOn(placer, pod, node, budgets)
    if ('reasons' in found) refusals.set(node, found)
    else candidates.push({ node, ...found })
  }
  const best = leastHarm(candidates)
  if (best) return { candidate: best }
  return { message: describe({ total: diagnosis.total, refusals, plugins: new Set(), unseen: NOT_HELPFUL }) }
}

const isBeingPreempted = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp !== undefined &&
  Boolean(
    pod.status.conditions?.some(
      c => c.type === 'DisruptionTarget' && c.status === 'True' && c.reason === 'PreemptionByScheduler',
    ),
  )

const startOf = (pod: Pod): string => pod.status.startTime ?? '9999'

/** The more important comes first: of equals the one that has run longer. */
const byImportance = (a: Pod, b: Pod): number =>
  priorityOf(b) - priorityOf(a) || (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0)

/** Takes every less important Pod off the node in thought, then puts back, best first, as many as leave room. */
function victimsOn(
  placer: Placer,
  pod: Pod,
  node: NodeInfo,
  budgets: readonly PodDisruptionBudget[],
): { victims: Pod[]; violations: number } | Refusal {
  const { cluster } = placer.handle
  const priority = priorityOf(pod)
  const potential: Pod[] = []
  for (const p of node.pods.values()) if (priorityOf(p) < priority) potential.push(p)
  if (!potential.length) return NO_VICTIMS
  potential.sort(byImportance)
  const refusalNow = (): Refusal | undefined => {
    const checks = prepareChecks(placer.plugins, pod, placer.handle)
    return (checks.refusal ?? placer.refusal(pod, checks, node))?.refusal
  }
  for (const p of potential) cluster.removePod(p.metadata.uid)
  const victims: Pod[] = []
  let violations = 0
  const refusal = refusalNow()
  if (!refusal) {
    const { violating, others } = splitByBudget(potential, budgets)
    for (const p of [...violating, ...others]) {
      cluster.setPod(p)
      if (!refusalNow()) continue
      cluster.removePod(p.metadata.uid)
      victims.push(p)
      if (violating.includes(p)) violations++
    }
  }
  for (const p of refusal ? potential : victims) cluster.setPod(p)
  return refusal ?? { victims: victims.sort(byImportance), violations }
}

function splitByBudget(
  pods: readonly Pod[],
  budgets: readonly PodDisruptionBudget[],
): { violating: Pod[]; others: Pod[] } {
  const allowed = new Map(budgets.map(b => [b, b.status.disruptionsAllowed ?? 0]))
  const violating: Pod[] = []
  const others: Pod[] = []
  for (const pod of pods) {
    const { namespace, labels, name } = pod.metadata
    let violates = false
    for (const budget of labels ? budgets : []) {
      const selector = budget.spec.selector as Parameters<typeof selects>[0]
      const empty = !Object.keys(selector?.matchLabels ?? {}).length && !selector?.matchExpressions?.length
      if (budget.metadata.namespace !== namespace || empty || !selects(selector, labels)) continue
      if (budget.status.disruptedPods?.[name]) continue
      const left = allowed.get(budget)! - 1
      allowed.set(budget, left)
      if (left < 0) violates = true
    }
    if (violates) violating.push(pod)
    else others.push(pod)
  }
  return { violating, others }
}

/** Each number is better when lower; the next counts only among equals. */
const HARM: readonly ((c: Candidate) => number)[] = [
  c => c.violations,
  c => (c.victims[0] ? priorityOf(c.victims[0]) : Number.NEGATIVE_INFINITY),
  c => c.victims.reduce((sum, p) => sum + priorityOf(p) + 2 ** 31, 0),
  c => c.victims.length,
  c => -earliestStart(c.victims),
]

/** Of the most important victims. */
function earliestStart(victims: readonly Pod[]): number {
  const highest = victims[0] ? priorityOf(victims[0]) : 0
  return Math.min(
    ...victims.filter(p => priorityOf(p) === highest).map(p => Date.parse(startOf(p)) || Number.MAX_SAFE_INTEGER),
  )
}

function leastHarm(candidates: readonly Candidate[]): Candidate | undefined {
  let rest = [...candidates]
  for (const harm of HARM) {
    if (rest.length <= 1) break
    const least = Math.min(...rest.map(harm))
    rest = rest.filter(c => harm(c) === least)
  }
  return rest[0]
}
