/** Changes the size of workloads by what their Pods use. */
import { type KindDef, resourceOf } from '../../api/kind.ts'
import { horizontalPodAutoscaler as hpaKind } from '../../api/kinds/horizontalpodautoscaler/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { makeQuantity, quantityMilliValue } from '../../api/quantity.ts'
import { type LabelSelector, selects } from '../../api/selectors.ts'
import { StatusError } from '../../api/status.ts'
import type { HorizontalPodAutoscaler, KubeObject } from '../../api/types.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'
import { groupOf } from '../owners.ts'
import { type Memory, normalize } from './behavior.ts'
import { type PodMetrics, type Proposal, proposeReplicas } from './calculator.ts'

const SYNC_MS = 15_000
const TOLERANCE = 0.1
const NO_METRICS =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)'
const UNABLE = 'the HPA was unable to compute the replica count'

type Condition = NonNullable<NonNullable<HorizontalPodAutoscaler['status']>['conditions']>[number]
type Spec = NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number]
type Scalable = KubeObject & { spec: { replicas?: number; selector?: unknown }; status?: { replicas?: number } }

export interface AutoscalerOptions {
  kinds(): readonly KindDef[]
  /** Absent: a cluster without a metrics server. */
  podMetrics?: PodMetrics | undefined
}

/** Makes a controller; it remembers what it has recommended to each target. */
export function horizontalPodAutoscalerController(options: AutoscalerOptions): Controller {
  const memories = new Map<string, Memory>()
  return {
    name: 'horizontal-pod-autoscaler',
    for: hpaKind,
    ignoresOwnStatus: true,
    reconcile(key, context) {
      const hpa = context.client.find(hpaKind, key.namespace, key.name)
      if (!hpa) return
      let memory = memories.get(hpa.metadata.uid)
      if (!memory) memories.set(hpa.metadata.uid, (memory = { recommendations: [], changes: [] }))
      new Sync(context, hpa, memory, options).run(key)
      return { requeueAfter: SYNC_MS, quiet: true } satisfies Result
    },
  }
}

class Sync {
  readonly #context: ControllerContext
  readonly #hpa: HorizontalPodAutoscaler
  readonly #memory: Memory
  readonly #options: AutoscalerOptions
  readonly #conditions: Condition[]

  constructor(context: ControllerContext, hpa: HorizontalPodAutoscaler, memory: Memory, options: AutoscalerOptions) {
    this.#context = context
    this.#hpa = hpa
    this.#memory = memory
    this.#options = options
    this.#conditions = [...(hpa.status?.conditions ?? [])]
  }

  run({ namespace }: Key): void {
    const { events } = this.#context
    let found: { kind: KindDef; target: Scalable }
    try {
      found = this.#target(namespace)
    } catch (error) {
      const { message } = error as Error
      events.event(this.#hpa, 'Warning', 'FailedGetScale', message)
      this.#set(
        'AbleToScale',
        'False',
        'FailedGetScale',
        `the HPA controller was unable to get the target's current scale: ${message}`,
      )
      this.#write(this.#hpa.status?.currentReplicas, this.#hpa.status?.desiredReplicas ?? 0)
      return
    }
    this.#set(
      'AbleToScale',
      'True',
      'SucceededGetScale',
      "the HPA controller was able to get the target's current scale",
    )
    const { kind, target } = found
    const current = target.spec.replicas ?? 0
    const { minReplicas: min = 1, maxReplicas: max, metrics = [] } = this.#hpa.spec
    if (current === 0 && min !== 0) {
      this.#set(
        'ScalingActive',
        'False',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      )
      this.#write(0, 0)
    } else if (current > max) this.#rescale(kind, target, max, 'Current number of replicas above Spec.MaxReplicas')
    else if (current < min) this.#rescale(kind, target, min, 'Current number of replicas below Spec.MinReplicas')
    else this.#byMetrics(kind, target, metrics, { current, min, max })
  }

  /** @throws an Error that says why there is none */
  #target(namespace: string): { kind: KindDef; target: Scalable } {
    const { apiVersion = '', kind: name, name: targetName } = this.#hpa.spec.scaleTargetRef
    const group = groupOf(apiVersion)
    const kind = this.#options.kinds().find(k => k.kind === name && k.group === group)
    if (!kind) throw new Error(`no matches for kind "${name}" in group "${group}"`)
    if (!kind.subresources?.includes('scale')) throw new Error(`the server could not find the requested resource`)
    const target = this.#context.client.find(kind, namespace, targetName) as Scalable | undefined
    if (!target) throw new Error(`${resourceOf(kind)} "${targetName}" not found`)
    return { kind, target }
  }

  #byMetrics(
    kind: KindDef,
    target: Scalable,
    specs: readonly Spec[],
    sizes: { current: number; min: number; max: number },
  ): void {
    const { events, clock } = this.#context
    const statuses: object[] = []
    const failures: { message: string; reason: string }[] = []
    let best: { replicas: number; name: string } | undefined
    for (const spec of specs) {
      try {
        const { proposal, name, status } = this.#propose(spec, target)
        statuses.push(status)
        if (!best || proposal.replicas > best.replicas) best = { replicas: proposal.replicas, name }
      } catch (error) {
        if (error instanceof StatusError) throw error
        const { message } = error as Error
        const reason = `FailedGet${spec.type}Metric`
        failures.push({ message, reason })
        statuses.push({ type: '' })
        events.event(this.#hpa, 'Warning', reason, message)
      }
    }
    const [failure] = failures
    const text = `invalid metrics (${failures.length} invalid out of ${specs.length}), first error is: failed to get ${specs[0]?.resource?.name ?? ''} resource metric value: ${failure?.message}`
    if (failure && (!best || best.replicas < sizes.current)) {
      this.#set('ScalingActive', 'False', failure.reason, `${UNABLE}: ${failure.message}`)
      this.#write(sizes.current, this.#hpa.status?.desiredReplicas ?? 0, statuses)
      events.event(this.#hpa, 'Warning', 'FailedComputeMetricsReplicas', text)
      return
    }
    this.#set(
      'ScalingActive',
      'True',
      'ValidMetricFound',
      `the HPA was able to successfully calculate a replica count from ${best!.name}`,
    )
    const wish = { ...sizes, desired: best!.replicas, now: clock.now() }
    const verdict = normalize(wish, this.#hpa.spec.behavior, this.#memory)
    this.#set('AbleToScale', 'True', verdict.ableToScale.reason, verdict.ableToScale.message)
    this.#set('ScalingLimited', verdict.limited.status, verdict.limited.reason, verdict.limited.message)
    if (verdict.replicas === sizes.current) this.#write(sizes.current, sizes.current, statuses)
    else {
      const reason = wish.desired > sizes.current ? `${best!.name} above target` : 'All metrics below target'
      this.#rescale(kind, target, verdict.replicas, reason, statuses)
    }
  }

  /** @throws an Error that says why nothing can be said */
  #propose(spec: Spec, target: Scalable): { proposal: Proposal; name: string; status: object } {
    if (spec.type !== 'Resource' || !spec.resource) throw new Error(`metrics of type ${spec.type} are not simulated`)
    const { name: resource, target: wanted } = spec.resource
    const what = wanted.averageUtilization === undefined ? 'usage' : 'utilization'
    const fail = (message: string): never => {
      throw new Error(`failed to get ${resource} ${what}: ${message}`)
    }
    const { podMetrics } = this.#options
    if (!podMetrics) return fail(`unable to get metrics for resource ${resource}: ${NO_METRICS}`)
    const { client, clock } = this.#context
    const { behavior } = this.#hpa.spec as {
      behavior?: { scaleUp?: { tolerance?: string }; scaleDown?: { tolerance?: string } }
    }
    const tolerance = (text: string | undefined): number =>
      text === undefined ? TOLERANCE : quantityMilliValue(text) / 1000
    let proposal: Proposal
    try {
      proposal = proposeReplicas(
        {
          pods: client
            .list(podKind, { namespace: this.#hpa.metadata.namespace ?? '' })
            .filter(pod => selects(selectorOf(target), pod.metadata.labels)),
          current: target.spec.replicas ?? 0,
          resource,
          target:
            wanted.averageUtilization === undefined
              ? { averageMillis: quantityMilliValue(wanted.averageValue as string) }
              : { utilization: wanted.averageUtilization },
          tolerance: { up: tolerance(behavior?.scaleUp?.tolerance), down: tolerance(behavior?.scaleDown?.tolerance) },
          now: clock.now(),
        },
        podMetrics,
      )
    } catch (error) {
      return fail((error as Error).message)
    }
    const averageValue = makeQuantity(
      BigInt(proposal.averageMillis) * 1_000_000n,
      resource === 'memory' ? 'BinarySI' : 'DecimalSI',
    ).text
    const current = {
      averageValue,
      ...(proposal.utilization !== undefined && { averageUtilization: proposal.utilization }),
    }
    const name =
      proposal.utilization === undefined
        ? `${resource} resource`
        : `${resource} resource utilization (percentage of request)`
    return { proposal, name, status: { type: 'Resource', resource: { name: resource, current } } }
  }

  #rescale(kind: KindDef, target: Scalable, replicas: number, reason: string, metrics?: object[]): void {
    const { client, clock, events } = this.#context
    const { namespace = '', name } = target.metadata
    const current = target.spec.replicas ?? 0
    try {
      client.patch(kind, namespace, name, { spec: { replicas } }, 'scale')
    } catch (error) {
      const { message } = error as Error
      events.event(this.#hpa, 'Warning', 'FailedRescale', `New size: ${replicas}; reason: ${reason}; error: ${message}`)
      this.#set(
        'AbleToScale',
        'False',
        'FailedUpdateScale',
        `the HPA controller was unable to update the target scale: ${message}`,
      )
      this.#write(current, this.#hpa.status?.desiredReplicas ?? 0, metrics)
      throw error
    }
    this.#set(
      'AbleToScale',
      'True',
      'SucceededRescale',
      `the HPA controller was able to update the target scale to ${replicas}`,
    )
    events.event(this.#hpa, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${reason}`)
    this.#memory.changes = this.#memory.changes.filter(c => c.at > clock.now() - 1_800_000)
    this.#memory.changes.push({ at: clock.now(), by: replicas - current })
    this.#write(current, replicas, metrics, clock.timestamp())
  }

  #set(type: string, status: string, reason: string, message: string): void {
    const at = this.#conditions.findIndex(c => c.type === type)
    const present = this.#conditions[at]
    const lastTransitionTime =
      present?.status === status ? present.lastTransitionTime! : this.#context.clock.timestamp()
    const condition: Condition = { type, status, lastTransitionTime, reason, message }
    if (at < 0) this.#conditions.push(condition)
    else this.#conditions[at] = condition
  }

  #write(
    current: number | undefined,
    desired: number,
    metrics?: object[],
    scaledAt = this.#hpa.status?.lastScaleTime,
  ): void {
    this.#context.client.updateStatus(hpaKind, {
      ...this.#hpa,
      status: {
        ...(scaledAt && { lastScaleTime: scaledAt }),
        ...(current && { currentReplicas: current }),
        desiredReplicas: desired,
        currentMetrics: metrics?.length ? metrics : null,
        conditions: this.#conditions,
      },
    } as unknown as HorizontalPodAutoscaler)
  }
}

function selectorOf({ spec: { selector } }: Scalable): LabelSelector {
  const s = selector as LabelSelector & Record<string, string>
  return s.matchLabels || s.matchExpressions ? s : { matchLabels: s }
}
