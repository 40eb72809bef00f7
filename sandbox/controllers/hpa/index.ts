/** Changes the size of workloads by what their Pods use. */

import { InFlight } from '../../api/egress/outside.ts'
import { type KindDef, resourceOf } from '../../api/kind.ts'
import { horizontalPodAutoscaler as hpaKind } from '../../api/kinds/horizontalpodautoscaler/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { matches, parseLabelSelector, type Requirement } from '../../api/requests/selectors.ts'
import { quantityMilliValue } from '../../api/resources/quantity.ts'
import { scaleOf } from '../../api/subresources/scale.ts'
import type { HorizontalPodAutoscaler, KubeObject } from '../../api/types.ts'
import { type Controller, type ControllerContext, formatKey, type Key, type Result } from '../controller.ts'
import { groupOf } from '../owners.ts'
import { type Memory, normalize } from './behavior.ts'
import type { PodMetrics } from './calculator.ts'
import { NoMetric, propose, type Scene, type Spec } from './sources.ts'

const SYNC_MS = 15_000
const TOLERANCE = 0.1
const UNABLE = 'the HPA was unable to compute the replica count'

type Condition = NonNullable<NonNullable<HorizontalPodAutoscaler['status']>['conditions']>[number]
/** What is scaled, and how big it is by its Scale. */
interface Target {
  kind: KindDef
  object: KubeObject
  current: number
  /** As the Scale has it; empty where a custom resource tells of none. */
  selector: string
}

export interface AutoscalerOptions {
  kinds(): readonly KindDef[]
  /** Absent: a cluster without a metrics server. */
  podMetrics?: PodMetrics | undefined
}

/** By namespace and name, the autoscalers that have looked at their Pods, and by which selector. */
type Selectors = Map<string, { key: Key; selector: readonly Requirement[] }>

/** Makes a controller; it remembers what it has recommended to each target. */
export function horizontalPodAutoscalerController(options: AutoscalerOptions): Controller {
  /** By namespace and name: one that comes in place of another between two looks takes on what that had recommended. */
  const memories = new Map<string, Memory>()
  const selectors: Selectors = new Map()
  return {
    name: 'horizontal-pod-autoscaler',
    for: hpaKind,
    // It looks in its own rhythm, at new ones too.
    delay: SYNC_MS,
    ignoresOwnStatus: true,
    reconcile(key, context) {
      const hpa = context.client.find(hpaKind, key.namespace, key.name)
      const name = formatKey(key)
      if (!hpa) {
        selectors.delete(name)
        memories.delete(name)
        return
      }
      let memory = memories.get(name)
      if (!memory) memories.set(name, (memory = { recommendations: [], changes: [] }))
      new Sync(context, hpa, memory, selectors, options).run(key)
      return { requeueAfter: SYNC_MS, quiet: true } satisfies Result
    },
  }
}

class Sync {
  readonly #context: ControllerContext
  readonly #hpa: HorizontalPodAutoscaler
  readonly #memory: Memory
  readonly #selectors: Selectors
  readonly #options: AutoscalerOptions
  readonly #conditions: Condition[]

  constructor(
    context: ControllerContext,
    hpa: HorizontalPodAutoscaler,
    memory: Memory,
    selectors: Selectors,
    options: AutoscalerOptions,
  ) {
    this.#context = context
    this.#hpa = hpa
    this.#memory = memory
    this.#selectors = selectors
    this.#options = options
    this.#conditions = [...(hpa.status?.conditions ?? [])]
  }

  run(key: Key): void {
    const { namespace } = key
    const { events } = this.#context
    let target: Target
    try {
      target = this.#target(namespace)
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
    const { current } = target
    const { minReplicas: min = 1, maxReplicas: max, metrics = [] } = this.#hpa.spec
    if (current === 0 && min !== 0) {
      this.#set(
        'ScalingActive',
        'False',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      )
      this.#write(0, 0)
    } else if (current > max) this.#rescale(target, max, 'Current number of replicas above Spec.MaxReplicas')
    else if (current < min) this.#rescale(target, min, 'Current number of replicas below Spec.MinReplicas')
    else {
      const selector = this.#selectorOf(key, target)
      if (selector) this.#byMetrics(target, selector, metrics, { current, min, max })
    }
  }

  /** The Pods of the target, unless it tells of none, or several autoscalers mean them: all that know of each other leave them alone. */
  #selectorOf(key: Key, { selector, current }: Target): readonly Requirement[] | undefined {
    const { client, events } = this.#context
    const refuse = (reason: string, why: string, message: string, condition = message): undefined => {
      events.event(this.#hpa, 'Warning', why, message)
      this.#set('ScalingActive', 'False', reason, condition)
      this.#write(current, this.#hpa.status?.desiredReplicas ?? 0)
      events.event(this.#hpa, 'Warning', 'FailedComputeMetricsReplicas', message)
    }
    if (!selector) {
      const condition = "the HPA target's scale is missing a selector"
      return refuse('InvalidSelector', 'SelectorRequired', 'selector is required', condition)
    }
    let parsed: readonly Requirement[]
    try {
      parsed = parseLabelSelector(selector)
    } catch (error) {
      const text = `couldn't convert selector into a corresponding internal selector object: ${(error as Error).message}`
      return refuse('InvalidSelector', 'InvalidSelector', text)
    }
    this.#selectors.set(formatKey(key), { key, selector: parsed })
    const near = [...this.#selectors.values()].filter(s => s.key.namespace === key.namespace)
    if (near.length === 1) return parsed
    const pods = client.list(podKind, { namespace: key.namespace }).filter(p => matches(parsed, p.metadata.labels))
    const rivals = near.filter(other => pods.some(pod => matches(other.selector, pod.metadata.labels)))
    if (rivals.length <= 1) return parsed
    const names = rivals.map(rival => formatKey(rival.key)).join(' ')
    const message = `pods by selector ${selector} are controlled by multiple HPAs: [${names}]`
    return refuse('AmbiguousSelector', 'AmbiguousSelector', message)
  }

  /** @throws an Error that says why there is none */
  #target(namespace: string): Target {
    const { apiVersion = '', kind: name, name: targetName } = this.#hpa.spec.scaleTargetRef
    const group = groupOf(apiVersion)
    const kind = this.#options.kinds().find(k => k.kind === name && k.group === group)
    if (!kind) throw new Error(`no matches for kind "${name}" in group "${group}"`)
    if (!kind.subresources?.includes('scale')) throw new Error(`the server could not find the requested resource`)
    const object = this.#context.client.find(kind, namespace, targetName)
    if (!object) throw new Error(`${resourceOf(kind)} "${targetName}" not found`)
    const { spec, status } = scaleOf(object, kind.scalePaths)
    return { kind, object, current: spec.replicas ?? 0, selector: status.selector ?? '' }
  }

  #byMetrics(
    target: Target,
    selector: readonly Requirement[],
    specs: readonly Spec[],
    sizes: { current: number; min: number; max: number },
  ): void {
    const { events, clock } = this.#context
    const statuses: object[] = []
    const failures: NoMetric[] = []
    let best: { replicas: number; name: string } | undefined
    const scene = this.#scene(target, selector)
    for (const spec of specs) {
      try {
        const { replicas, name, status } = propose(spec, scene)
        statuses.push(status)
        if (!best || replicas > best.replicas) best = { replicas, name }
      } catch (error) {
        if (!(error instanceof NoMetric)) throw error
        failures.push(error)
        statuses.push({ type: '' })
        events.event(this.#hpa, 'Warning', error.reason, error.message)
      }
    }
    const [failure] = failures
    if (failure && (!best || best.replicas < sizes.current)) {
      this.#set('ScalingActive', 'False', failure.reason, `${UNABLE}: ${failure.message}`)
      this.#write(sizes.current, this.#hpa.status?.desiredReplicas ?? 0, statuses)
      const text = `invalid metrics (${failures.length} invalid out of ${specs.length}), first error is: ${failure.whole}`
      events.event(this.#hpa, 'Warning', 'FailedComputeMetricsReplicas', text)
      return
    }
    this.#set(
      'ScalingActive',
      'True',
      'ValidMetricFound',
      `the HPA was able to successfully calculate a replica count from ${best!.name}`,
    )
    const args = { ...sizes, desired: best!.replicas, now: clock.now() }
    const verdict = normalize(args, this.#hpa.spec.behavior, this.#memory)
    this.#set('AbleToScale', 'True', verdict.ableToScale.reason, verdict.ableToScale.message)
    this.#set('ScalingLimited', verdict.limited.status, verdict.limited.reason, verdict.limited.message)
    if (verdict.replicas === sizes.current) this.#write(sizes.current, sizes.current, statuses)
    else {
      const reason = args.desired > sizes.current ? `${best!.name} above target` : 'All metrics below target'
      this.#rescale(target, verdict.replicas, reason, statuses)
    }
  }

  #scene({ current }: Target, selector: readonly Requirement[]): Scene {
    const { client, clock } = this.#context
    const { namespace = '' } = this.#hpa.metadata
    const { behavior } = this.#hpa.spec as {
      behavior?: { scaleUp?: { tolerance?: string }; scaleDown?: { tolerance?: string } }
    }
    const tolerance = (text: string | undefined): number =>
      text === undefined ? TOLERANCE : quantityMilliValue(text) / 1000
    return {
      namespace,
      pods: () => client.list(podKind, { namespace }).filter(pod => matches(selector, pod.metadata.labels)),
      current,
      tolerance: { up: tolerance(behavior?.scaleUp?.tolerance), down: tolerance(behavior?.scaleDown?.tolerance) },
      now: clock.now(),
      podMetrics: this.#options.podMetrics,
    }
  }

  #rescale({ kind, object, current }: Target, replicas: number, reason: string, metrics?: object[]): void {
    const { client, clock, events } = this.#context
    const { namespace = '', name } = object.metadata
    try {
      client.patch(kind, namespace, name, { spec: { replicas } }, 'scale')
    } catch (error) {
      if (error instanceof InFlight) throw error
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
    } as HorizontalPodAutoscaler)
  }
}
