/**
 * One Pod's worker: a sync at a time, each of which compares what should run with what runs. Its life has three parts:
 * syncing, terminating (everything is being stopped) and terminated (only the Pod's removal is left).
 */
import { deepEqual as equal } from '../../api/formats/json.ts'
import type { DownwardContext } from '../containers/downward.ts'
import { startContainers } from '../containers/start-all.ts'
import { pullImageVolumes } from '../images/image-volumes.ts'
import { checkPullSecrets } from '../images/images.ts'
import type { NodeContext } from '../node-context.ts'
import { operation } from '../operation.ts'
import { ProbeManager, type ProbeOwner } from '../probes/manager.ts'
import { PodResize } from '../resources/resize.ts'
import { tellOmissions } from '../sandbox/dns.ts'
import { createSandbox, stopSandbox } from '../sandbox/sandbox.ts'
import { conditionOf } from '../status/conditions.ts'
import { PodReporter, type Standing } from '../status/pod-reporter.ts'
import type { Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'
import type { Pod, PodStatus, Refusal } from '../types.ts'
import { isTerminalPhase } from '../types.ts'
import { VolumeManager } from '../volumes/volume-manager.ts'
import { computePodActions, type PodActions } from './actions.ts'
import type { Instance, PodRuntime } from './instances.ts'
import { latest, runningInstances } from './instances.ts'
import { clearAll, clearAway, clearDead, killAll, stopForActions } from './kill.ts'
import { type TurnResult, Turns } from './turns.ts'
import type { Eviction, WorkerHost } from './worker-host.ts'

type Stage = 'syncing' | 'terminating' | 'terminated' | 'finished'

export class PodWorker implements DownwardContext, ProbeOwner {
  readonly #host: WorkerHost
  readonly #node: NodeContext
  readonly runtime: PodRuntime
  readonly volumes: VolumeManager
  readonly #probes: ProbeManager
  readonly resize: PodResize
  readonly #reasons = new Map<string, Refusal>()
  pod: Pod
  stage: Stage = 'syncing'
  readonly #reporter: PodReporter
  #eviction: Eviction | undefined
  /** The Pod is no longer in the API. */
  #gone = false
  /** The last look at the Pod as a whole is over; others are only about its removal. */
  #isUnmounted = false
  /** Of a static Pod: its file no longer asks for it. */
  #isOver = false
  /** Until the node has taken the Pod nothing is done for it, whatever is heard of it meanwhile. */
  #standing: 'asking' | 'accepted' | 'refused' = 'asking'
  readonly #turns: Turns

  constructor(host: WorkerHost, pod: Pod, runtime: PodRuntime) {
    this.#host = host
    this.#node = host.node
    this.pod = pod
    this.runtime = runtime
    this.volumes = new VolumeManager(host.node, runtime.volumes)
    this.#probes = new ProbeManager(host.node, this)
    this.resize = new PodResize(host.node, pod)
    this.#reporter = new PodReporter({
      node: host.node,
      runtime,
      resize: this.resize,
      probes: this.#probes,
      reasons: this.#reasons,
      wake: () => this.wake(),
      write: (of, status) => host.writeStatus(of, status),
    })
    this.#turns = new Turns(
      host.node.clock,
      () => this.#take(),
      after => this.wake(after),
    )
    for (const instance of runtime.instances) this.#follow(instance)
  }

  // ——— what probes ask for ———

  podIP(): string {
    return this.podIPs[0] ?? ''
  }
  latest(name: string): Instance | undefined {
    return latest(this.runtime, name)
  }
  hasStarted(name: string): boolean {
    return this.#reporter.container(this.pod, name)?.started ?? false
  }
  changed(): void {
    this.wake()
  }

  get hostIP(): string {
    return this.#node.ip
  }
  get podIPs(): readonly string[] {
    return this.pod.spec.hostNetwork ? [this.#node.ip] : this.runtime.ips
  }
  get allocatable(): Record<string, string> {
    return this.#node.allocatable
  }
  /** The status that this worker last settled on. */
  get status(): PodStatus {
    return this.#reporter.status ?? this.pod.status
  }

  /** The API's Pod has changed. */
  update(pod: Pod): void {
    const before = this.pod
    this.pod = pod
    const going = Boolean(pod.metadata.deletionTimestamp) && !before.metadata.deletionTimestamp
    if (going) this.#turns.breakOff()
    const described =
      !equal(pod.metadata.labels, before.metadata.labels) ||
      !equal(pod.metadata.annotations, before.metadata.annotations)
    if (described) this.volumes.markStale()
    const changed =
      going ||
      described ||
      pod.metadata.generation !== before.metadata.generation ||
      (pod.spec.readinessGates?.length && pod.status !== before.status)
    if (changed) this.wake()
    else if (this.#reporter.isOverwritten(pod, before))
      // Somebody else has written it: the kubelet's own word is put in again at its next round.
      this.wake(TIMINGS.statusRound)
  }

  /**
   * The API has forgotten the Pod; what still runs is stopped, hurriedly when the deletion was forced. What is being
   * stopped already has the time that it was given at first: a kubelet does not break that off.
   */
  removed(pod: Pod): void {
    this.pod = pod
    this.#gone = true
    this.#turns.breakOff()
    this.wake()
  }

  /** What a static Pod was read from is gone, or says something else. */
  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#turns.breakOff()
    this.wake()
  }

  /** Ends the Pod for the node's sake. */
  evict(eviction: Eviction): void {
    if (this.stage !== 'syncing' || this.#eviction) return
    this.#eviction = eviction
    this.#turns.breakOff()
    this.wake()
  }

  get isEvicted(): boolean {
    return this.#eviction !== undefined
  }

  /** Nothing of the Pod is left on the node but what is kept of its containers. */
  get isCleanedUp(): boolean {
    return this.stage === 'finished' || (this.stage === 'terminated' && this.runtime.volumes.size === 0)
  }

  get isAccepted(): boolean {
    return this.#standing === 'accepted'
  }

  /** The node takes the Pod: its life begins. */
  accept(): void {
    this.#standing = 'accepted'
    this.wake()
  }

  /** The node does not take the Pod: nothing is looked after, and nothing said of it, until it is deleted. */
  refuse(): void {
    this.#standing = 'refused'
  }

  /** A sync at this instant, or right after the one that runs. */
  wake(after = 0): void {
    if (this.stage === 'finished') return
    if (!this.isAccepted && !this.#gone && !this.pod.metadata.deletionTimestamp) return
    this.#turns.wake(after)
  }

  /** The kubelet stops; containers go on. */
  detach(): void {
    this.#turns.stop()
    this.#reporter.stop()
    this.volumes.stop()
    this.#probes.stop()
    this.stage = 'finished'
  }

  /** What is to be done in the next turn. */
  #take(): Task<TurnResult> | undefined {
    if (this.stage === 'finished') return undefined
    if (this.stage === 'syncing' && this.#shouldTerminate())
      this.stage = this.#hasNeverBegun() ? 'terminated' : 'terminating'
    if (this.stage === 'syncing') return this.#sync()
    return this.stage === 'terminating' ? this.#terminate() : this.#cleanUp()
  }

  #shouldTerminate(): boolean {
    return Boolean(
      this.#gone ||
        this.#isOver ||
        this.pod.metadata.deletionTimestamp ||
        this.#eviction ||
        isTerminalPhase(this.pod.status.phase),
    )
  }

  /** A Pod that had ended before anything of it ran: the node has refused it. There is nothing to stop. */
  #hasNeverBegun(): boolean {
    return isTerminalPhase(this.pod.status.phase) && !this.runtime.sandbox && !this.runtime.instances.length
  }

  /** @param podIsTerminal nothing of the Pod runs any more */
  #report(podIsTerminal = false): PodStatus {
    return this.#reporter.report(this.pod, this.#situation(), podIsTerminal)
  }

  #situation(): Standing {
    return { eviction: this.#eviction, isGone: this.#gone, isTerminated: this.stage === 'terminated' }
  }

  *#sync(): Task<TurnResult> {
    const { runtime } = this
    clearDead(this.#node, runtime)
    this.resize.update(this.pod, wanted => this.#host.fits(this, wanted))
    const status = this.#report()
    if (isTerminalPhase(status.phase)) {
      this.stage = 'terminating'
      this.#turns.again()
      return {}
    }

    if (!(yield* this.#mount())) return this.#later()
    checkPullSecrets(this.#node, this.pod)
    this.#probes.start(this.pod)

    const { pod } = this
    const restartAll = conditionOf(status.conditions, 'AllContainersRestarting')?.status === 'True'
    const actions = computePodActions(pod, runtime, this.#probes, {
      restartAllContainers: restartAll,
      restartForResize: this.resize.needRestart(runtime),
    })
    const exited = yield* stopForActions(this.#node, pod, runtime, actions)
    if (actions.containersToReset.length) {
      yield* clearAway(this.#node, pod, runtime, actions.containersToReset)
      return { retryAfter: 1 }
    }
    if (actions.createSandbox) {
      if (!(yield* createSandbox(this.#node, () => this.pod, runtime))) return this.#later()
      this.#reporter.reportSandbox(pod, this.#situation())
    }
    tellOmissions(this.#node, pod)
    yield* this.#start(pod, actions, exited)
    return {}
  }

  #later(): TurnResult {
    return { retryAfter: this.#jitter(TIMINGS.backOffPeriod) }
  }

  /** @returns whether all volumes are there */
  *#mount(): Task<boolean> {
    this.#turns.breakable = true
    const mounted = yield* this.volumes.mountAll(this.pod, this, () => !this.#shouldTerminate())
    this.#turns.breakable = false
    if (!mounted) return false
    this.volumes.refresh(this.pod, this)
    this.volumes.renewTokens(() => this.wake())
    return true
  }

  /** Starts containers, and sees to it that what comes of them is looked at. */
  *#start(pod: Pod, actions: PodActions, exited: Map<string, Instance | undefined>): Task<void> {
    const { clock } = this.#node
    const { runtime } = this
    if (actions.initContainersToStart.length || actions.containersToStart.length)
      yield* pullImageVolumes(this.#node, pod, runtime)
    const began = clock.now()
    const { changed, failed, earliest } = yield* startContainers(
      {
        node: this.#node,
        pod: () => this.pod,
        runtime,
        reasons: this.#reasons,
        exited,
        stopped: () => this.#gone || Boolean(this.pod.metadata.deletionTimestamp),
        beforeRegular: () => this.resize.actuate(this.#node, pod, runtime),
        allocated: container => {
          const resources = this.resize.allocated(container)
          return resources === container.resources ? container : { ...container, resources }
        },
        onExit: this.#onExit,
      },
      actions,
    )
    if (changed || actions.createSandbox || actions.killPod || actions.containersToKill.length) {
      this.wake(failed ? this.#untilRelist() : TIMINGS.relistPod)
    }
    // A run that a failed hook has ended was seen to start while the sync went on: that is news besides its end.
    const seen = this.#host.nextRelist() - TIMINGS.relist
    if (failed && runtime.instances.some(run => run.startedAt >= began && run.startedAt <= seen)) this.#turns.notice(0)
    if (this.resize.hasFailed) this.wake(this.#jitter(TIMINGS.backOffPeriod))
    if (failed) {
      const wait = earliest === undefined ? TIMINGS.backOffPeriod : Math.max(earliest - clock.now(), 0)
      this.wake(Math.max(this.#jitter(Math.min(wait, TIMINGS.resync)), 1))
    }
  }

  #jitter(ms: number): number {
    return ms * (1 + this.#node.random.float() / 2)
  }

  /** Looks out for the end of a run that another kubelet process started. */
  #follow(instance: Instance): void {
    if (instance.state === 'running') instance.waiters.push(this.#onExit)
  }

  readonly #onExit = (): void => this.#exited()

  #exited(): void {
    if (this.stage !== 'finished') this.#turns.notice(this.#untilRelist())
  }

  #untilRelist(): number {
    return Math.max(1, this.#host.nextRelist() - this.#node.clock.now())
  }

  *#terminate(): Task<TurnResult> {
    this.#report()
    this.#probes.stopLivenessAndStartup()
    yield* killAll(this.#node, this.pod, this.runtime, this.#eviction?.graceOverride ?? this.#forcedGrace())
    yield* stopSandbox(this.#node, this.runtime)
    this.#probes.stop()
    // A run that ended just now has told its end; nothing may be left running.
    for (const left of runningInstances(this.runtime)) left.container.kill('KILL')
    // Nothing runs any more: the end is told together with its phase, in one piece.
    this.stage = 'terminated'
    this.#report(true)
    // The node is short of something: nothing is kept of what is evicted, its logs least of all.
    if (this.#eviction) clearDead(this.#node, this.runtime, false)
    this.#host.resourcesChanged()
    this.#turns.again()
    return {}
  }

  /** Grace of a Pod that is stopped without having been asked to go: what its spec says. */
  #forcedGrace(): number | undefined {
    const { deletionGracePeriodSeconds } = this.pod.metadata
    if (deletionGracePeriodSeconds !== undefined) return Math.max(1, deletionGracePeriodSeconds)
    return this.#gone ? 1 : undefined
  }

  *#cleanUp(): Task<TurnResult> {
    if (this.runtime.volumes.size) yield operation(this.#node, TIMINGS.cleanUp)
    this.volumes.unmountAll()
    if (!isTerminalPhase(this.pod.status.phase) || !this.#reporter.status) this.#report(true)
    else if (!this.#isUnmounted) this.#reporter.repeatDeadline(this.pod)
    this.#isUnmounted = true
    if (!this.#gone && !this.#isOver && !this.pod.metadata.deletionTimestamp) return {}
    this.#finish()
    return {}
  }

  /** The Pod goes for good: its containers and their logs with it. */
  #finish(): void {
    const { crashLoopBackoff, imageBackoff, userNamespaces } = this.#node
    this.#turns.forget()
    this.#reporter.stop()
    this.volumes.stop()
    this.#probes.stop()
    clearAll(this.#node, this.runtime)
    crashLoopBackoff.forget(this.pod.metadata.uid)
    imageBackoff.forget(this.pod.metadata.uid)
    userNamespaces.release(this.pod.metadata.uid)
    this.stage = 'finished'
    if (!this.#gone) this.#host.removePod(this.pod)
    this.#host.finished(this)
  }
}
