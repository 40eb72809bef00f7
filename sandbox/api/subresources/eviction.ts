/** pods/NAME/eviction: a deletion that a PodDisruptionBudget may forbid. */
import type { DeleteOptions } from '../client.ts'
import type { KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import { type LabelSelector, selects } from '../requests/selectors.ts'
import type { ApiServer } from '../server.ts'
import { conflict, notFound, StatusError, tooManyRequests } from '../status.ts'
import type { KubeObject, Pod } from '../types.ts'
import { type Condition, withVerdict } from './disruption-allowed.ts'

interface DisruptionBudget extends KubeObject {
  spec: { selector?: LabelSelector; unhealthyPodEvictionPolicy?: string }
  status: {
    disruptionsAllowed?: number
    currentHealthy?: number
    desiredHealthy?: number
    expectedPods?: number
    observedGeneration?: number
    disruptedPods?: Record<string, string>
    conditions?: Condition[]
  }
}

const EVICTION = { group: 'policy', version: 'v1', kind: 'Eviction' }
/** The last disruption that was allowed has been used up. */
const EXHAUSTED = { status: 'False', reason: 'InsufficientPods', message: '' }
const BUDGETS = 'poddisruptionbudgets.policy'
const MAX_DISRUPTED = 2000

export function evictPod(
  server: ApiServer,
  namespace: string,
  name: string,
  options: DeleteOptions,
  request: RequestOptions = {},
): void {
  const kind = server.registry.resource('pods')!
  const pod = server.find(kind, namespace, name) as Pod | undefined
  if (!pod) throw notFound(kind, name)
  const object = { kind: 'Eviction', apiVersion: 'policy/v1', metadata: { name, namespace }, deleteOptions: options }
  server.admitConnect('CREATE', kind, namespace, name, 'eviction', request, { object, objectKind: EVICTION })
  const { outside } = server
  if (!ignoresBudgets(pod)) outside.once('the budget', () => askBudget(server, pod, request))
  const isMarked = !request.dryRun && isMeant(pod, options)
  const marked = isMarked ? outside.once('the mark', () => markDisrupted(server, kind, pod, request)) : pod
  // The mark itself must not speak against what the client has asked for.
  const { resourceVersion } = options.preconditions ?? {}
  const preconditions = resourceVersion
    ? { ...options.preconditions, resourceVersion: marked.metadata.resourceVersion! }
    : options.preconditions
  server.delete(kind, namespace, name, {
    ...request,
    ...options,
    ...(preconditions && { preconditions }),
    admitted: true,
  })
}

function isMeant({ metadata }: Pod, { preconditions }: DeleteOptions): boolean {
  const { uid, resourceVersion } = preconditions ?? {}
  return (!uid || uid === metadata.uid) && (!resourceVersion || resourceVersion === metadata.resourceVersion)
}

/** The Pod tells why it goes, so that its Job need not count it as a failure. */
function markDisrupted(server: ApiServer, kind: KindDef, pod: Pod, request: RequestOptions): KubeObject {
  const conditions = pod.status.conditions ?? []
  const present = conditions.find(c => c.type === 'DisruptionTarget')
  const condition = {
    ...present,
    type: 'DisruptionTarget',
    status: 'True',
    lastTransitionTime: present?.status === 'True' ? present.lastTransitionTime : server.clock.timestamp(),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  }
  const others = conditions.filter(c => c !== present)
  const status = { ...pod.status, conditions: [...others, condition] }
  return server.replace(kind, pod, { ...pod, status }, { ...request, subresource: 'status', admitted: true })
}

/** @throws TooManyRequests when a budget forbids the disruption */
function askBudget(server: ApiServer, pod: Pod, request: RequestOptions): void {
  const { namespace, name, labels } = pod.metadata
  const all = server.context.list(BUDGETS, namespace) as DisruptionBudget[]
  const [budget, another] = all.filter(b => selects(b.spec.selector, labels))
  if (another) {
    const why = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    throw new StatusError(500, '', why)
  }
  if (!budget) return
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status
  if (!pod.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True')) {
    if (budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return
    if (currentHealthy >= desiredHealthy && desiredHealthy > 0) return
  }
  countDisruption(server, budget, name, request)
}

const ignoresBudgets = (pod: Pod): boolean =>
  Boolean(pod.metadata.deletionTimestamp) || ['Succeeded', 'Failed', 'Pending'].includes(pod.status.phase ?? '')

function countDisruption(server: ApiServer, budget: DisruptionBudget, podName: string, request: RequestOptions): void {
  const { name, generation = 0 } = budget.metadata
  const { status } = budget
  const blocked = (message: string, retryAfterSeconds = 0): never => {
    throw tooManyRequests(
      "Cannot evict pod as it would violate the pod's disruption budget.",
      [{ reason: 'DisruptionBudget', message }],
      retryAfterSeconds,
    )
  }
  if ((status.observedGeneration ?? 0) < generation)
    blocked(`The disruption budget ${name} is still being processed by the server.`, 10)
  const allowed = status.disruptionsAllowed ?? 0
  if (Object.keys(status.disruptedPods ?? {}).length > MAX_DISRUPTED) {
    throw conflict(
      { plural: 'poddisruptionbudgets', group: 'policy' },
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    )
  }
  if (allowed <= 0) {
    blocked(
      `The disruption budget ${name} needs ${status.desiredHealthy ?? 0} healthy pods and has ${status.currentHealthy ?? 0} currently`,
    )
  }
  const kind = server.registry.resource(BUDGETS)!
  if (request.dryRun) return
  server.update(
    kind,
    budget.metadata.namespace ?? '',
    name,
    old => ({
      ...old,
      metadata: { ...old.metadata },
      status: {
        ...status,
        disruptionsAllowed: allowed - 1,
        ...(allowed === 1 && {
          conditions: withVerdict(status.conditions, EXHAUSTED, status.observedGeneration, server.clock.timestamp()),
        }),
        disruptedPods: { ...status.disruptedPods, [podName]: server.clock.timestamp() },
      },
    }),
    { ...request, subresource: 'status' },
  )
}
