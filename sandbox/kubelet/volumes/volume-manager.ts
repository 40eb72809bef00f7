/** A Pod's volumes: set up before its containers start, tried again when that fails, brought up to date later. */
import { InFlight } from '../../api/egress/outside.ts'
import type { Timer } from '../../clock/clock.ts'
import type { DownwardContext } from '../containers/downward.ts'
import type { NodeContext } from '../node-context.ts'
import { sleep, type Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'
import type { ContainerSpec, Pod, VolumeSpec } from '../types.ts'
import { setUpVolume } from './index.ts'
import { type Mounted, mountFailed, UnprocessedVolume } from './volume.ts'
import { VolumeUsage } from './volume-usage.ts'

function isMountedBy(containers: readonly ContainerSpec[] | undefined, volume: string): boolean {
  if (containers)
    for (let i = 0; i < containers.length; i++) {
      const { volumeMounts = [] } = containers[i]!
      for (let k = 0; k < volumeMounts.length; k++) if (volumeMounts[k]!.name === volume) return true
    }
  return false
}

/** Whether a container mounts a volume: of others a kubelet takes no notice. */
const isUsed = ({ spec }: Pod, volume: string): boolean =>
  isMountedBy(spec.containers, volume) ||
  isMountedBy(spec.initContainers, volume) ||
  isMountedBy(spec.ephemeralContainers as readonly ContainerSpec[] | undefined, volume)

interface Retry {
  at: number
  wait: number
}

export class VolumeManager {
  readonly #node: NodeContext
  readonly mounted: Map<string, Mounted>
  readonly usage: VolumeUsage
  #stale = false
  #retries: Map<string, Retry> | undefined
  /** Why volumes could not be processed, by their names: since the last event that told of it. */
  #unprocessed: Map<string, string> | undefined
  #renewal: Timer | undefined
  #repetition: Timer | undefined

  constructor(node: NodeContext, mounted: Map<string, Mounted>) {
    this.#node = node
    this.mounted = mounted
    this.usage = new VolumeUsage(node)
  }

  /** Waits until all volumes are set up. @returns false when that took too long; the sync is then repeated */
  *mountAll(pod: Pod, downward: DownwardContext, wanted: () => boolean): Task<boolean> {
    const { clock } = this.#node
    const specs = this.#missing(pod)
    if (!specs.length) return true
    const deadline = clock.now() + TIMINGS.mountTimeout
    yield sleep(clock, TIMINGS.mountVolumes)
    for (;;) {
      for (const spec of specs) this.#try(pod, spec, downward)
      if (specs.every(spec => this.mounted.has(spec.name))) return true
      if (this.#unprocessed?.size) {
        this.#giveUp(pod, specs)
        return false
      }
      const next = Math.min(...[...(this.#retries?.values() ?? [])].map(r => r.at))
      if (next > deadline || !wanted()) return false
      yield sleep(clock, next - clock.now())
      if (!wanted()) return false
    }
  }

  /** Volumes that are used and not set up yet. */
  #missing(pod: Pod): readonly VolumeSpec[] {
    const missing: VolumeSpec[] = []
    for (const spec of pod.spec.volumes ?? [])
      if (!this.mounted.has(spec.name) && isUsed(pod, spec.name)) missing.push(spec)
    return missing
  }

  #try(pod: Pod, spec: VolumeSpec, downward: DownwardContext): void {
    const retry = this.#retries?.get(spec.name)
    if (this.mounted.has(spec.name) || (retry && retry.at > this.#node.clock.now())) return
    this.#attempt(pod, spec, downward)
  }

  /** Sets a volume up, or notes when that is to be tried again: later after each failure. */
  #attempt(pod: Pod, spec: VolumeSpec, downward: DownwardContext): void {
    const { clock } = this.#node
    const retry = this.#retries?.get(spec.name)
    try {
      this.mounted.set(spec.name, this.#setUp(pod, spec, downward))
      this.#retries?.delete(spec.name)
    } catch (error) {
      // A token that waits for webhooks has not failed.
      const waits = error instanceof InFlight
      if (error instanceof UnprocessedVolume) {
        ;(this.#unprocessed ??= new Map()).set(spec.name, error.message)
        return
      }
      if (!waits) this.#node.podEvent(pod, 'Warning', 'FailedMount', mountFailed(spec.name, error))
      const wait = retry && !waits ? Math.min(retry.wait * 2, TIMINGS.mountRetryMax) : TIMINGS.mountRetry
      ;(this.#retries ??= new Map()).set(spec.name, { at: clock.now() + wait, wait })
    }
  }

  /** A volume that cannot be processed is not waited for: the whole sync is tried again later. */
  #giveUp(pod: Pod, specs: readonly VolumeSpec[]): void {
    const unprocessed = this.#unprocessed!
    this.#unprocessed = undefined
    const names = (list: readonly string[]): string => `[${[...list].sort().join(' ')}]`
    const unmounted = specs.filter(({ name }) => !this.mounted.has(name)).map(({ name }) => name)
    // Volumes of one claim have one error in common.
    const why = [...new Set(unprocessed.values())].sort().join('; ')
    const message = `unmounted volumes=${names(unmounted)}, unattached volumes=[], failed to process volumes=${names([...unprocessed.keys()])}: ${why}`
    this.#node.podEvent(pod, 'Warning', 'FailedMount', `Unable to attach or mount volumes: ${message}`)
  }

  #setUp(pod: Pod, spec: VolumeSpec, downward: DownwardContext): Mounted {
    const { disk, sources, clock } = this.#node
    return setUpVolume({
      pod,
      spec,
      disk,
      sources,
      downward,
      isInUse: volume => this.#node.isInUse(volume, pod),
      now: clock.now(),
      present: this.mounted.get(spec.name),
    })
  }

  /** Brings files that follow objects or the Pod itself up to date; what fails stays as it was, and is tried again. */
  refresh(pod: Pod, downward: DownwardContext): void {
    if (!this.#stale) return
    this.#stale = false
    const { clock } = this.#node
    const now = clock.now()
    for (const spec of pod.spec.volumes ?? []) {
      const retry = this.#retries?.get(spec.name)
      if (this.mounted.get(spec.name)?.payload && !(retry && retry.at > now)) this.#attempt(pod, spec, downward)
    }
    this.#repeat(pod, downward)
  }

  /** What could not be brought up to date is tried again by itself, whether or not the Pod is looked at meanwhile. */
  #repeat(pod: Pod, downward: DownwardContext): void {
    const { clock } = this.#node
    clock.cancel(this.#repetition)
    if (!this.#retries?.size) return
    const next = Math.min(...[...this.#retries.values()].map(retry => retry.at))
    const again = (): void => {
      this.#stale = true
      this.refresh(pod, downward)
    }
    this.#repetition = clock.after(next - clock.now(), again, { quiet: true })
  }

  /**
   * Has the files looked at again when a token in them grows old, and then until a new one is to be had.
   * @param wake asks for a sync
   */
  renewTokens(wake: () => void): void {
    const due = this.#firstRenewal()
    if (due === undefined) return
    const { clock } = this.#node
    const now = clock.now()
    const at = due > now ? due : now + TIMINGS.resync
    if (this.#renewal && this.#renewal.at > now && this.#renewal.at <= at) return
    clock.cancel(this.#renewal)
    const renew = (): void => {
      this.markStale()
      wake()
    }
    this.#renewal = clock.after(at - now, renew, { quiet: true })
  }

  /** Nothing is asked for any more. */
  stop(): void {
    this.#node.clock.cancel(this.#renewal)
    this.#node.clock.cancel(this.#repetition)
  }

  /** When the first token of the Pod has to be asked for anew. */
  #firstRenewal(): number | undefined {
    let first: number | undefined
    for (const { refreshAt } of this.mounted.values())
      if (refreshAt !== undefined && (first === undefined || refreshAt < first)) first = refreshAt
    return first
  }

  /** Something that files come from has changed: the next sync looks at them. */
  markStale(): void {
    this.#stale = true
  }

  /** Whether the Pod has this PersistentVolume. */
  holds(persistentVolume: string): boolean {
    for (const mounted of this.mounted.values()) if (mounted.persistentVolume === persistentVolume) return true
    return false
  }

  /** Whether files of the Pod come from this object, such as `configmap/NAMESPACE/NAME`. */
  follows(key: string): boolean {
    for (const { follows } of this.mounted.values()) if (follows?.includes(key)) return true
    return false
  }

  unmountAll(): void {
    this.mounted.clear()
    this.#retries?.clear()
    this.#node.clock.cancel(this.#repetition)
  }
}
