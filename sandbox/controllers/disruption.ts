/** Counts how many of the Pods under a PodDisruptionBudget may be disrupted. */
import { deployment } from '../api/kinds/deployment.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { podDisruptionBudget as budgetKind } from '../api/kinds/poddisruptionbudget.ts'
import { replicaSet } from '../api/kinds/replicaset.ts'
import { replicationController } from '../api/kinds/replicationcontroller.ts'
import { statefulSet } from '../api/kinds/statefulset.ts'
import { type LabelSelector, selects } from '../api/selectors.ts'
import type { KubeObject, Pod, PodDisruptionBudget } from '../api/types.ts'
import { unlessZero } from './conditions.ts'
import { type Controller, type ControllerContext, type Key, keyOf, type Result, watch } from './controller.ts'
import { scaled } from './intstr.ts'
import { controllerOf, controllerRefOf } from './owners.ts'
import { isReady, isTerminating } from './pods.ts'

/** So long an eviction may take before its Pod counts again. */
const DELETION_TIMEOUT_MS = 120_000

const selectorOf = (budget: PodDisruptionBudget): LabelSelector | undefined =>
  budget.spec.selector as LabelSelector | undefined

export const disruptionController: Controller = {
  name: 'disruption-controller',
  component: 'controllermanager',
  for: budgetKind,
  ignoresOwnStatus: true,
  watches: [
    watch(podKind, ({ object, old }, client) => {
      if (
        old &&
        isReady(old) === isReady(object) &&
        isTerminating(old) === isTerminating(object) &&
        old.metadata.labels === object.metadata.labels
      )
        return []
      return client
        .list(budgetKind, { namespace: object.metadata.namespace ?? '' })
        .filter(
          b => selects(selectorOf(b), object.metadata.labels) || (old && selects(selectorOf(b), old.metadata.labels)),
        )
        .map(keyOf)
    }),
  ],
  reconcile,
}

function reconcile({ namespace, name }: Key, context: ControllerContext): Result | undefined {
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

  const disrupted: Record<string, string> = {}
  let wait: number | undefined
  for (const [pod, at] of Object.entries(budget.status.disruptedPods ?? {})) {
    const left = Date.parse(at as string) + DELETION_TIMEOUT_MS - clock.now()
    if (left <= 0 || !pods.some(p => p.metadata.name === pod && !isTerminating(p))) continue
    disrupted[pod] = at as string
    wait = Math.min(wait ?? left, left)
  }
  const healthy = pods.filter(pod => !isTerminating(pod) && isReady(pod) && !disrupted[pod.metadata.name]).length
  const { expected, desired } = expectations(budget, pods, context)
  const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0
  client.updateStatus(budgetKind, {
    ...budget,
    status: {
      ...unlessZero('observedGeneration', budget.metadata.generation ?? 0),
      ...(Object.keys(disrupted).length && { disruptedPods: disrupted }),
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions: [
        ...(budget.status.conditions ?? []).filter(c => c.type !== 'DisruptionAllowed'),
        condition(budget, allowed, clock.timestamp()),
      ],
    },
  } as PodDisruptionBudget)
  return wait === undefined ? undefined : { requeueAfter: wait }
}

function condition(budget: PodDisruptionBudget, allowed: number, now: string) {
  const present = budget.status.conditions?.find(c => c.type === 'DisruptionAllowed')
  const status = allowed > 0 ? 'True' : 'False'
  return {
    type: 'DisruptionAllowed',
    status,
    observedGeneration: budget.metadata.generation ?? 0,
    lastTransitionTime: present?.status === status ? present.lastTransitionTime : now,
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  }
}

/** Percentages, and what may be unavailable, are of what the controllers want, not of what happens to be there. */
function expectations(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  context: ControllerContext,
): { expected: number; desired: number } {
  const { minAvailable, maxUnavailable } = budget.spec
  if (maxUnavailable !== undefined) {
    const expected = scaleOf(pods, context)
    return { expected, desired: Math.max(0, expected - scaled(maxUnavailable, expected, true)) }
  }
  if (typeof minAvailable === 'string') {
    const expected = scaleOf(pods, context)
    return { expected, desired: scaled(minAvailable, expected, true) }
  }
  return { expected: pods.length, desired: minAvailable ?? 0 }
}

function scaleOf(pods: readonly Pod[], { client }: ControllerContext): number {
  const replicas = new Map<string, number>()
  for (const pod of pods) {
    const ref = controllerRefOf(pod)
    if (!ref) continue
    const namespace = pod.metadata.namespace ?? ''
    const [rs, set, rc] = [
      controllerOf(pod, replicaSet) && client.find(replicaSet, namespace, ref.name),
      controllerOf(pod, statefulSet) && client.find(statefulSet, namespace, ref.name),
      controllerOf(pod, replicationController) && client.find(replicationController, namespace, ref.name),
    ]
    const owner = rs && controllerOf(rs, deployment)
    const top = (owner && client.find(deployment, namespace, owner.name)) ?? rs ?? set ?? rc
    if (top) replicas.set((top as KubeObject).metadata.uid, (top.spec as { replicas?: number }).replicas ?? 1)
  }
  return [...replicas.values()].reduce((a, b) => a + b, 0)
}
