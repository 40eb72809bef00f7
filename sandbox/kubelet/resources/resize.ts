/**
 * Changing a running Pod's cpu and memory: what the spec wants, what the node has set aside (allocated), and what the
 * containers really have (actual) follow one another.
 */
import { deepEqual } from '../../api/formats/json.ts'
import { ZERO_TIME } from '../../api/formats/zero-time.ts'
import { limitAmounts } from '../containers/limits.ts'
import type { NodeContext } from '../node-context.ts'
import type { Instance, PodRuntime } from '../pods/instances.ts'
import type { ContainerSpec, Pod, PodCondition, Refusal } from '../types.ts'
import { initContainersOf, named } from '../types.ts'

type Resources = NonNullable<ContainerSpec['resources']>
type Amounts = Record<string, string | number> | undefined

function resizable(pod: Pod): readonly ContainerSpec[] {
  const init = initContainersOf(pod)
  return init.length ? [...init, ...pod.spec.containers] : pod.spec.containers
}

const NOBODY: ReadonlySet<string> = new Set()

export class PodResize {
  readonly #node: NodeContext
  /** The containers as what was set aside for them. */
  #allocated: readonly ContainerSpec[]
  #actual: WeakMap<Instance, Resources> | undefined
  #pending: (Refusal & { since: string; generation: number | undefined }) | undefined
  #inProgress: { since: string; generation: number | undefined; error?: string } | undefined

  constructor(node: NodeContext, pod: Pod) {
    this.#node = node
    this.#allocated = resizable(pod)
  }

  allocated(container: ContainerSpec): Resources {
    return this.#resourcesOf(container.name) ?? container.resources ?? {}
  }

  /** The Pod with what is set aside for it, which is what others are measured against. */
  allocatedPod(pod: Pod): Pod {
    if (this.#isAllocated(resizable(pod))) return pod
    const given = (containers: readonly ContainerSpec[] | undefined): ContainerSpec[] | undefined =>
      containers?.map(c => ({ ...c, resources: this.allocated(c) }))
    const initContainers = given(pod.spec.initContainers)
    const containers = given(pod.spec.containers)!
    return { ...pod, spec: { ...pod.spec, containers, ...(initContainers && { initContainers }) } }
  }

  /** Whether containers want what is set aside for them; those of an unchanged spec are the same objects. */
  #isAllocated(wanted: readonly ContainerSpec[]): boolean {
    return wanted === this.#allocated || wanted.every(c => deepEqual(c.resources ?? {}, this.allocated(c)))
  }

  actual(run: Instance): Resources {
    return this.#actual?.get(run) ?? run.spec.resources ?? {}
  }

  /** Takes up a change of the spec, when the node has room for it. */
  update(pod: Pod, fits: (wanted: readonly ContainerSpec[]) => Refusal | undefined): void {
    const wanted = resizable(pod)
    if (this.#isAllocated(wanted)) {
      this.#pending = undefined
      return
    }
    const { generation } = pod.metadata
    const now = this.#node.clock.timestamp()
    const refusal = fits(wanted)
    if (refusal) {
      if (this.#pending?.reason !== refusal.reason || this.#pending.generation !== generation) {
        const event = refusal.reason === 'Infeasible' ? 'ResizeInfeasible' : 'ResizeDeferred'
        this.#node.podEvent(pod, 'Warning', event, describe(`Pod resize ${refusal.reason}`, pod, refusal.message))
      }
      this.#pending = { ...refusal, since: this.#pending?.since ?? now, generation }
      return
    }
    this.#pending = undefined
    this.#allocated = wanted
    this.#inProgress = { since: now, generation }
    this.#node.podEvent(pod, 'Normal', 'ResizeStarted', describe('Pod resize started', pod))
  }

  /** Whether a resize waits for room on the node. */
  get isPending(): boolean {
    return this.#pending !== undefined
  }

  /** Whether one could not be carried out, and has to be tried again. */
  get hasFailed(): boolean {
    return this.#inProgress?.error !== undefined
  }

  /** Runs that have to be restarted to follow the allocation. */
  needRestart(runtime: PodRuntime): ReadonlySet<string> {
    let ids = NOBODY
    for (const run of runtime.instances) {
      if (run.state !== 'running' || !this.#differs(run)) continue
      const restarts = changedResources(this.#resourcesOf(run.name), this.actual(run)).some(
        name => run.spec.resizePolicy?.find(p => p.resourceName === name)?.restartPolicy === 'RestartContainer',
      )
      if (restarts) ids = new Set(ids).add(run.id)
    }
    return ids
  }

  /** Gives running containers what has been set aside for them. @returns whether anything has changed */
  actuate(node: NodeContext, pod: Pod, runtime: PodRuntime): boolean {
    let changed = false
    const behind = runtime.instances.filter(run => run.state === 'running' && this.#differs(run))
    const error = behind.length ? this.#memoryInUse(pod, behind, runtime) : undefined
    if (error !== undefined) {
      if (!this.#inProgress || this.#inProgress.error === error) return false
      this.#inProgress.error = error
      node.podEvent(pod, 'Warning', 'ResizeError', describe('Pod resize error', pod, error))
      return true
    }
    for (const run of behind) {
      const resources = this.#resourcesOf(run.name) ?? {}
      run.container.updateResources?.(limitAmounts(resources.limits as Amounts, resources.requests as Amounts))
      ;(this.#actual ??= new WeakMap()).set(run, resources)
      changed = true
    }
    if (!this.#inProgress) return changed
    this.#inProgress = undefined
    node.podEvent(pod, 'Normal', 'ResizeCompleted', describe('Pod resize completed', pod))
    return true
  }

  /** Why memory cannot be taken away: more of it is in use than would be left. */
  #memoryInUse(pod: Pod, behind: readonly Instance[], runtime: PodRuntime): string | undefined {
    const limitOf = (resources: Resources | undefined): number | undefined =>
      limitAmounts(resources?.limits as Amounts, undefined).memoryBytes
    const usage = runtime.instances
      .filter(run => run.state === 'running')
      .reduce((sum, run) => sum + run.container.usage().memoryBytes, 0)
    const errors: string[] = []
    const wanted = sumOf(pod.spec.containers.map(c => limitOf(this.allocated(c))))
    const current = sumOf(pod.spec.containers.map(c => limitOf(actualOf(this, runtime, c.name) ?? this.allocated(c))))
    if (wanted !== undefined && (current === undefined || wanted < current) && usage >= wanted)
      errors.push(`attempting to set pod memory limit (${wanted}) below current usage (${usage})`)
    for (const run of behind) {
      const [from, to] = [limitOf(this.actual(run)), limitOf(this.#resourcesOf(run.name))]
      if (to === undefined || (from !== undefined && to >= from) || run.container.usage().memoryBytes < to) continue
      errors.push(`attempting to set container "${run.name}" memory limit (${to}) below current usage (${usage})`)
    }
    if (!errors.length) return undefined
    return `cannot decrease memory limits: ${errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]}`
  }

  #differs(run: Instance): boolean {
    const resources = this.#resourcesOf(run.name)
    if (resources === undefined) return false
    const actual = this.actual(run)
    return resources !== actual && changedResources(resources, actual).length > 0
  }

  /** Undefined for what cannot be resized. */
  #resourcesOf(name: string): Resources | undefined {
    const container = named(this.#allocated, name)
    return container && (container.resources ?? {})
  }

  conditions(): PodCondition[] {
    const conditions: PodCondition[] = []
    const of = (type: string, { since, generation }: { since: string; generation: number | undefined }) => ({
      type,
      ...(generation !== undefined && { observedGeneration: generation }),
      status: 'True' as const,
      lastProbeTime: ZERO_TIME,
      lastTransitionTime: since,
    })
    if (this.#pending) {
      const { reason, message } = this.#pending
      conditions.push({ ...of('PodResizePending', this.#pending), reason, message })
    }
    if (this.#inProgress) {
      const { error: message } = this.#inProgress
      conditions.push({
        ...of('PodResizeInProgress', this.#inProgress),
        ...(message !== undefined && { reason: 'Error', message }),
      })
    }
    return conditions
  }
}

const byName = (amounts: object): object =>
  Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Undefined unless there is an amount of each: one without a limit is none for all. */
const sumOf = (amounts: readonly (number | undefined)[]): number | undefined =>
  amounts.reduce<number | undefined>(
    (sum, amount) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    0,
  )

/** What the container that runs has. */
const actualOf = (resize: PodResize, runtime: PodRuntime, name: string): Resources | undefined => {
  const run = runtime.instances.find(each => each.name === name && each.state === 'running')
  return run && resize.actual(run)
}

/** cpu or memory, where requests or limits differ. */
function changedResources(a: Resources | undefined, b: Resources | undefined): string[] {
  return ['cpu', 'memory'].filter(name => {
    const differ = (kind: 'requests' | 'limits'): boolean =>
      (a?.[kind] as Amounts)?.[name] !== (b?.[kind] as Amounts)?.[name]
    return differ('requests') || differ('limits')
  })
}

function describe(prefix: string, pod: Pod, error?: string): string {
  const part = (list: readonly ContainerSpec[]) =>
    list.map(({ name, resources: { limits, requests } = {} }) => ({
      name,
      // In the order of the API's own types, and of the alphabet within.
      resources: { ...(limits && { limits: byName(limits) }), ...(requests && { requests: byName(requests) }) },
    }))
  const init = part(initContainersOf(pod))
  const summary = {
    ...(init.length && { initContainers: init }),
    containers: part(pod.spec.containers),
    generation: pod.metadata.generation ?? 0,
    ...(error && { error }),
  }
  return `${prefix}: ${JSON.stringify(summary)}`
}
