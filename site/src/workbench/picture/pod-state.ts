/** The state of a Pod and its containers, as a person would say it. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'

export type Pod = ClusterView['pods'][number]
type Node = ClusterView['nodes'][number]
export type PodState = keyof Words['cluster']['states']
export type ContainerState = keyof Words['cluster']['containerStates']

export interface ContainerLook {
  name: string
  image: string
  kind: 'init' | 'sidecar' | 'main'
  state: ContainerState
  /** For init containers: whether those after it may begin. */
  letsOthersStart: boolean
  restarts: number
  exit?: { code: number; reason: string }
  /** Why it waits, in Kubernetes' words. */
  reason?: string
  message?: string
}

/** A glyph for each state: shape and text tell states apart, colour only helps. */
export const glyphs: Record<PodState, string> = {
  unscheduled: '…',
  creating: '◌',
  pulling: '↓',
  imageFailed: '✕',
  configFailed: '✕',
  initializing: '◔',
  running: '●',
  unready: '◐',
  crashing: '↻',
  succeeded: '✓',
  failed: '✕',
  terminating: '–',
  unknown: '?',
}

export const tones: Record<PodState, 'good' | 'busy' | 'bad' | 'done' | 'going'> = {
  unscheduled: 'busy',
  creating: 'busy',
  pulling: 'busy',
  imageFailed: 'bad',
  configFailed: 'bad',
  initializing: 'busy',
  running: 'good',
  unready: 'busy',
  crashing: 'bad',
  succeeded: 'done',
  failed: 'bad',
  terminating: 'going',
  unknown: 'bad',
}

export function containersOf(pod: Pod): ContainerLook[] {
  const look = (kind: 'init' | 'main') => {
    const specs = (kind === 'init' ? pod.spec.initContainers : pod.spec.containers) ?? []
    const statuses = (kind === 'init' ? pod.status.initContainerStatuses : pod.status.containerStatuses) ?? []
    return specs.map((spec): ContainerLook => {
      const status = statuses.find(s => s.name === spec.name)
      const { running, terminated, waiting } = status?.state ?? {}
      const state: ContainerState = running
        ? status?.ready
          ? 'ready'
          : 'running'
        : terminated
          ? terminated.exitCode === 0
            ? 'done'
            : 'failed'
          : 'waiting'
      const ended = terminated ?? status?.lastState?.terminated
      return {
        name: spec.name,
        image: spec.image ?? '',
        kind: kind === 'init' && spec.restartPolicy === 'Always' ? 'sidecar' : kind,
        state,
        letsOthersStart: spec.restartPolicy === 'Always' ? (status?.started ?? false) : state === 'done',
        restarts: status?.restartCount ?? 0,
        ...(ended && { exit: { code: ended.exitCode, reason: ended.reason ?? '' } }),
        ...(waiting?.reason && { reason: waiting.reason }),
        ...(waiting?.message && { message: waiting.message }),
      }
    })
  }
  return [...look('init'), ...look('main')]
}

const imageReasons = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError']
const configReasons = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError']

export function podState(pod: Pod, pulling = false): PodState {
  if (pod.status.reason === 'NodeLost') return 'unknown'
  if (pod.metadata.deletionTimestamp) return 'terminating'
  if (pod.status.phase === 'Succeeded') return 'succeeded'
  if (pod.status.phase === 'Failed') return 'failed'
  if (pod.status.phase === 'Unknown') return 'unknown'
  if (!pod.spec.nodeName) return 'unscheduled'
  const containers = containersOf(pod)
  const waits = (reasons: string[]): boolean => containers.some(c => c.reason && reasons.includes(c.reason))
  if (waits(imageReasons)) return 'imageFailed'
  if (waits(configReasons)) return 'configFailed'
  // Between its end and the back-off that the next look of the kubelet begins, a container is simply terminated.
  const policy = pod.spec.restartPolicy ?? 'Always'
  const again = (c: ContainerLook): boolean => {
    if (c.restarts === 0) return false
    if (c.kind === 'sidecar') return c.state === 'failed' || c.state === 'done'
    return (
      (c.state === 'failed' && policy !== 'Never') || (c.kind === 'main' && c.state === 'done' && policy === 'Always')
    )
  }
  if (waits(['CrashLoopBackOff']) || containers.some(again)) return 'crashing'
  const main = containers.filter(c => c.kind === 'main')
  if (
    main.length > 0 &&
    main.every(c => c.state === 'ready' || c.state === 'done') &&
    main.some(c => c.state === 'ready')
  )
    return pod.status.conditions?.some(c => c.type === 'Ready' && c.status === 'False') ? 'unready' : 'running'
  if (pulling) return 'pulling'
  if (containers.some(c => c.kind !== 'main' && !c.letsOthersStart) && pod.status.phase === 'Pending')
    return containers.some(c => c.state !== 'waiting') ? 'initializing' : 'creating'
  return pod.status.phase === 'Running' ? 'unready' : 'creating'
}

const WORST_FIRST = ['bad', 'busy', 'going', 'done', 'good']

/** State → uids of the Pods that are in it, what is wrong first. */
export function tally(pods: readonly Pod[], pulling: ReadonlySet<string>): [PodState, string[]][] {
  const uids = new Map<PodState, string[]>()
  for (const pod of pods) {
    const { uid } = pod.metadata
    const state = podState(pod, pulling.has(uid))
    const list = uids.get(state)
    if (list) list.push(uid)
    else uids.set(state, [uid])
  }
  const rank = (state: PodState): number => WORST_FIRST.indexOf(tones[state])
  return [...uids].sort(([a], [b]) => rank(a) - rank(b))
}

/** The reason in Kubernetes' own words, where one is recorded. */
export function reasonOf(pod: Pod): string | undefined {
  const waiting = containersOf(pod).find(c => c.message)
  if (waiting) return `${waiting.name}: ${waiting.message}`
  const failed = pod.status.conditions?.find(c => c.status === 'False' && c.message)
  return failed?.message ?? pod.status.message
}

export const readyCount = (pod: Pod): string => {
  const counted = containersOf(pod).filter(c => c.kind !== 'init')
  return `${counted.filter(c => c.state === 'ready').length}/${counted.length}`
}

export const restartsOf = (pod: Pod): number =>
  containersOf(pod).reduce((sum, c) => sum + (c.kind === 'init' ? 0 : c.restarts), 0)

export const nodeReady = (node: Node): boolean =>
  node.status.conditions?.find(c => c.type === 'Ready')?.status === 'True'

export const nodeTainted = (node: Node): boolean =>
  node.spec.taints?.some(t => t.effect === 'NoSchedule' && t.key.includes('control-plane')) ?? false

/** 95 s → `95s`, as kubectl writes ages. */
export function age(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  if (s < 120) return `${s}s`
  if (s < 600) return s % 60 ? `${Math.floor(s / 60)}m${s % 60}s` : `${s / 60}m`
  if (s < 3 * 3600) return `${Math.floor(s / 60)}m`
  if (s < 48 * 3600) return `${Math.floor(s / 3600)}h`
  return `${Math.floor(s / 86400)}d`
}
