/** Counts how many of the Pods under a PodDisruptionBudget may be disrupted. */
import type { Client } from '../../api/client.ts'
import { type KindDef, resourceOf } from '../../api/kind.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { podDisruptionBudget as budgetKind } from '../../api/kinds/poddisruptionbudget.ts'
import { replicaSet } from '../../api/kinds/replicaset.ts'
import { type LabelSelector, selects } from '../../api/requests/selectors.ts'
import { type Condition, withVerdict } from '../../api/subresources/disruption-allowed.ts'
import type { Pod, PodDisruptionBudget } from '../../api/types.ts'
import { unlessZero } from '../conditions.ts'
import { type Controller, type ControllerContext, type Key, keyOf, type Result, watch } from '../controller.ts'
import { goSelector } from '../go-selector.ts'
import { scaled } from '../intstr.ts'
import { controllerRefOf, groupOf } from '../owners.ts'
import { isReady, isTerminating } from '../pods.ts'

/** So long an eviction may take before its Pod counts again. */
const DELETION_TIMEOUT_MS = 120_000

/** Begins a key that is a Pod's; no budget is called so. */
const POD = '/'

const selectorOf = (budget: PodDisruptionBudget): LabelSelector | undefined =>
  budget.spec.selector as LabelSelector | undefined

/** @param kinds everything that the API serves at the moment */
export const disruptionController = (kinds: () => readonly KindDef[]): Controller => ({
  name: 'disruption-controller',
  component: 'controllermanager',
  for: budgetKind,
  watches: [
    watch(podKind, ({ type, object, old }, client) => {
      const { namespace = '', labels, name } = object.metadata
      const budgets = client.list(budgetKind, { namespace })
      const over = budgets.filter(b => selects(selectorOf(b), labels))
      const keys = over.length > 1 && type !== 'DELETED' ? [{ namespace, name: POD + name }] : []
      const isSame =
        type === 'MODIFIED' &&
        old &&
        isReady(old) === isReady(object) &&
        isTerminating(old) === isTerminating(object) &&
        old.metadata.labels === labels
      if (isSame) return keys
      const left =
        old?.metadata.labels === labels ? [] : budgets.filter(b => selects(selectorOf(b), old?.metadata.labels))
      return [...keys, ...[...over, ...left].map(keyOf)]
    }),
  ],
  reconcile: (key, context) => (key.name.startsWith(POD) ? tellOfMany(key, context) : reconcile(key, context, kinds)),
})

/** A Pod can be disrupted only when no more than one budget speaks of it. */
function tellOfMany({ namespace, name }: Key, { client, events }: ControllerContext): undefined {
  const pod = client.find(podKind, namespace, name.slice(POD.length))
  if (!pod) return
  const over = client.list(budgetKind, { namespace }).filter(b => selects(selectorOf(b), pod.metadata.labels))
  if (over.length < 2) return
  const [chosen] = over
  const text = `Pod "${namespace}"/"${pod.metadata.name}" matches multiple PodDisruptionBudgets.  Chose "${chosen!.metadata.name}" arbitrarily.`
  events.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', text)
  return
}

function reconcile(
  { namespace, name }: Key,
  context: ControllerContext,
  kinds: () => readonly KindDef[],
): Result | undefined {
  const { client, clock, events } = context
  const budget = client.find(budgetKind, namespace, name)
  if (!budget) return
  const selector = selectorOf(budget)
  const labels = selector?.matchLabels ?? {}
  const candidates = Object.keys(labels).length
    ? client.withLabels(podKind, namespace, labels)
    : client.list(podKind, { namespace })
  const pods = candidates.filter(pod => selects(selector, pod.metadata.labels))
  if (!pods.length) events.event(budget, 'Normal', 'NoPods', 'No matching pods found')
  const expectation = expectations(budget, pods, context, kinds)
  if ('problem' in expectation) {
    failSync(budget, expectation.problem, context)
    return
  }
  const { expected, desired, unmanaged } = expectation
  if (unmanaged)
    events.event(
      budget,
      'Warning',
      'UnmanagedPods',
      `Pods selected by this PodDisruptionBudget (selector: ${goSelector(selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`,
    )

  const { disrupted, overdue, wait } = awaitedEvictions(budget, pods, clock.now())
  // The namespace stands where the budget's name should.
  const text = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`
  for (const pod of overdue) events.event(pod, 'Warning', 'NotDeleted', text)
  const healthy = pods.filter(pod => !isTerminating(pod) && isReady(pod) && !disrupted[pod.metadata.name]).length
  const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0
  const [verdict, reason] =
    allowed > 0 ? (['True', 'SufficientPods'] as const) : (['False', 'InsufficientPods'] as const)
  const { generation } = budget.metadata
  client.updateStatus(budgetKind, {
    ...budget,
    status: {
      ...unlessZero('observedGeneration', generation ?? 0),
      ...(Object.keys(disrupted).length && { disruptedPods: disrupted }),
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions: withVerdict(
        budget.status.conditions as Condition[] | undefined,
        { status: verdict, reason, message: '' },
        generation,
        clock.timestamp(),
      ),
    },
  } as PodDisruptionBudget)
  return wait === undefined ? undefined : { requeueAfter: wait }
}

/** No disruption is allowed while it is not known how many Pods are expected: until the next change, for nobody tries again. */
function failSync(budget: PodDisruptionBudget, problem: string, { client, clock, events }: ControllerContext): void {
  const text = `Failed to calculate the number of expected pods: ${problem}`
  events.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', text)
  const { conditions, observedGeneration } = budget.status
  const verdict = { status: 'False', reason: 'SyncFailed', message: problem }
  client.updateStatus(budgetKind, {
    ...budget,
    status: {
      ...budget.status,
      disruptionsAllowed: 0,
      conditions: withVerdict(conditions as Condition[] | undefined, verdict, observedGeneration, clock.timestamp()),
    },
  } as PodDisruptionBudget)
}

/**
 * Evicted Pods whose deletion has not been seen yet: they count as disrupted for a while.
 * @returns them with the time of their eviction, and the milliseconds until the first of them is given up
 */
function awaitedEvictions(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  now: number,
): { disrupted: Record<string, string>; overdue: Pod[]; wait: number | undefined } {
  const disrupted: Record<string, string> = {}
  const overdue: Pod[] = []
  let wait: number | undefined
  for (const pod of pods) {
    const at = budget.status.disruptedPods?.[pod.metadata.name] as string | undefined
    if (at === undefined || isTerminating(pod)) continue
    const left = Date.parse(at) + DELETION_TIMEOUT_MS - now
    if (left < 0) {
      overdue.push(pod)
      continue
    }
    disrupted[pod.metadata.name] = at
    wait = Math.min(wait ?? left + 1, left + 1)
  }
  return { disrupted, overdue, wait }
}

type Expectation = { expected: number; desired: number; unmanaged?: boolean } | { problem: string }

/** Percentages, and what may be unavailable, are of what the controllers want, not of what happens to be there. */
function expectations(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  { client }: ControllerContext,
  kinds: () => readonly KindDef[],
): Expectation {
  const { minAvailable, maxUnavailable } = budget.spec
  if (maxUnavailable === undefined && typeof minAvailable !== 'string')
    return { expected: pods.length, desired: minAvailable ?? 0 }
  const found = scaleOf(pods, client, kinds)
  if ('problem' in found) return found
  const { expected } = found
  const desired =
    maxUnavailable === undefined
      ? scaled(minAvailable, expected, true)
      : Math.max(0, expected - scaled(maxUnavailable, expected, true))
  return { ...found, desired }
}

/** How many Pods the controllers of these want, all together. */
function scaleOf(
  pods: readonly Pod[],
  client: Client,
  kinds: () => readonly KindDef[],
): { expected: number; unmanaged: boolean } | { problem: string } {
  const replicas = new Map<string, number>()
  const known = new Set<string>()
  let unmanaged = false
  for (const pod of pods) {
    const ref = controllerRefOf(pod)
    if (!ref) {
      unmanaged = true
      continue
    }
    if (known.has(ref.uid)) continue
    known.add(ref.uid)
    const group = groupOf(ref.apiVersion)
    const kind = kinds().find(k => k.kind === ref.kind && k.group === group)
    if (!kind) return { problem: `no matches for kind "${ref.kind}" in version "${ref.apiVersion}"` }
    const owner = ownerOf(client, kind, pod.metadata.namespace ?? '', ref)
    if (!owner) return { problem: `found no controllers for pod "${pod.metadata.name}"` }
    const upper = ref.kind === replicaSet.kind ? controllerRefOf(owner) : undefined
    const top = upper && ownerOf(client, deployment, pod.metadata.namespace ?? '', upper)
    if (!kind.subresources?.includes('scale'))
      return { problem: `${resourceOf(kind)} does not implement the scale subresource` }
    const { metadata, spec } = top ?? owner
    replicas.set(metadata.uid, (spec as { replicas?: number }).replicas ?? 1)
  }
  return { expected: [...replicas.values()].reduce((a, b) => a + b, 0), unmanaged }
}

function ownerOf(client: Client, kind: KindDef, namespace: string, ref: { name: string; uid: string }) {
  const owner = client.find(kind, namespace, ref.name)
  return owner?.metadata.uid === ref.uid ? owner : undefined
}
