/** Why a Pod is not as one would like it: what scheduler and kubelet have left behind about it, in the reader's words. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { timeOf } from '../moments.ts'
import { age, containersOf, type PodState, podState } from '../picture/pod-state.ts'
import { exitText, type Terminated } from './exits.ts'
import { probeText } from './probes.ts'

type Pod = ClusterView['pods'][number]
type Container = Pod['spec']['containers'][number]
type Status = NonNullable<Pod['status']['containerStatuses']>[number]
type ClusterEvent = ClusterView['events'][number]

export interface Finding {
  text: string
  /** What Kubernetes itself says. */
  original?: string
  /** When it will go on by itself: worth waiting for, or skipping to. */
  until?: number
  /** The nodes are to be asked one by one. */
  nodes?: true
}

interface Case {
  pod: Pod
  now: number
  w: Words['why']
  /** Events about this Pod, oldest first. */
  events: readonly ClusterEvent[]
  view: ClusterView
}

/** `2m40s` → milliseconds. */
export function goDuration(text: string): number {
  const unit = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const
  let sum = 0
  for (const [, n, u] of text.matchAll(/([\d.]+)(h|ms|m|s)/g)) sum += Number(n) * unit[u as keyof typeof unit]
  return sum
}

const quoted = (text: string): string => text.replace(/\s+/g, ' ').trim()
const said = (message: string | undefined): { original?: string } => (message ? { original: quoted(message) } : {})

function lastEvent({ events }: Case, reason: string, test: (e: ClusterEvent) => boolean = () => true) {
  return events.findLast(e => e.reason === reason && test(e))
}
const about = (container: string) => (e: ClusterEvent) => (e.involvedObject.fieldPath ?? '').endsWith(`{${container}}`)

const specOf = (pod: Pod, name: string): Container | undefined =>
  [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(c => c.name === name)
const statusesOf = (pod: Pod): Status[] => [
  ...(pod.status.initContainerStatuses ?? []),
  ...(pod.status.containerStatuses ?? []),
]

function unscheduled({ pod, w, view }: Case): Finding[] {
  const gates = (pod.spec.schedulingGates ?? []).map(g => g.name).join(', ')
  if (gates) return [{ text: w.gated(gates) }]
  const { schedulerName = 'default-scheduler' } = pod.spec
  if (schedulerName !== 'default-scheduler') return [{ text: w.otherScheduler(schedulerName) }]
  const condition = pod.status.conditions?.find(c => c.type === 'PodScheduled' && c.status === 'False')
  if (!condition) return [{ text: w.notSeen }]
  return [{ text: w.noNode(view.nodes.length), nodes: true, ...said(condition.message) }]
}

function imageFailed({ pod, w }: Case): Finding[] {
  return statusesOf(pod).flatMap(status => {
    const { reason = '', message = '' } = status.state?.waiting ?? {}
    if (!/Image|Registry/.test(reason)) return []
    const image = specOf(pod, status.name)?.image ?? status.image ?? ''
    const text =
      reason === 'InvalidImageName'
        ? w.imageName(image)
        : reason === 'ErrImageNeverPull'
          ? w.imageNever(image)
          : /pull access denied|authorization failed|unauthorized|denied/.test(message)
            ? w.imageDenied(image)
            : /not found|manifest unknown/.test(message)
              ? w.imageMissing(image)
              : w.imageOther(image)
    return [{ text, ...said(message) }]
  })
}

const KINDS: Record<string, string> = {
  configmap: 'ConfigMap',
  secret: 'Secret',
  persistentvolumeclaim: 'PersistentVolumeClaim',
}
const missing = (message: string): { what: string; name: string } | undefined => {
  const [, kind = '', name = ''] = /(configmap|secret|persistentvolumeclaim)s? "([^"]+)" not found/i.exec(message) ?? []
  return name ? { what: KINDS[kind.toLowerCase()] ?? kind, name } : undefined
}

function configFailed({ pod, w }: Case): Finding[] {
  return statusesOf(pod).flatMap(({ name, state }) => {
    const { reason = '', message = '' } = state?.waiting ?? {}
    if (!/^(CreateContainer|RunContainer)/.test(reason)) return []
    const absent = missing(message)
    const [, key = '', where = ''] = /couldn't find key (\S+) in (.+)$/.exec(message) ?? []
    const text = absent
      ? w.configMissing(name, absent.what, absent.name)
      : key
        ? w.configKey(name, key, where)
        : /runAsNonRoot/.test(message)
          ? w.configRoot(name)
          : reason === 'RunContainerError'
            ? w.cannotStart(name)
            : w.configOther(name)
    return [{ text, ...said(message) }]
  })
}

/** Still being prepared: what holds it up. */
function creating(it: Case, pulling: boolean): Finding[] {
  const { w } = it
  const mount = lastEvent(it, 'FailedMount')
  if (mount) {
    const absent = missing(mount.message ?? '')
    const [, volume = ''] = /volume "([^"]+)"/.exec(mount.message ?? '') ?? []
    return [{ text: absent ? w.volume(volume, absent.what, absent.name) : w.volumeOther, ...said(mount.message) }]
  }
  const sandbox = lastEvent(it, 'FailedCreatePodSandBox')
  if (sandbox) return [{ text: w.sandbox, ...said(sandbox.message) }]
  return [{ text: pulling ? w.pulling : w.preparing }]
}

/** A failing probe: how often and when last, and in which words. */
function failures(it: Case, container: string, probe: 'Readiness' | 'Liveness' | 'Startup'): Finding[] {
  const { w, now } = it
  const event = lastEvent(it, 'Unhealthy', e => about(container)(e) && (e.message ?? '').startsWith(`${probe} probe`))
  return event ? [{ text: w.failedTimes(event.count ?? 1, age(now - timeOf(event))), ...said(event.message) }] : []
}

function ending(it: Case, status: Status, ended: Terminated, restarts: boolean): Finding[] {
  const { pod, w } = it
  const spec = specOf(pod, status.name)
  if (!spec) return []
  const killed = lastEvent(it, 'Killing', about(status.name))?.message ?? ''
  const probe = /liveness/.test(killed) ? 'Liveness' : /startup/.test(killed) ? 'Startup' : undefined
  const signalled = ended.exitCode === 137 || ended.exitCode === 143 || ended.exitCode === 0
  const byProbe: Finding[] =
    probe && restarts && signalled && ended.reason !== 'OOMKilled'
      ? [
          probe === 'Liveness' && spec.livenessProbe
            ? { text: w.liveness(spec.name, probeText(spec.livenessProbe, w)) }
            : { text: w.startupKilled(spec.name, spec.startupProbe ? probeText(spec.startupProbe, w) : '') },
          ...failures(it, spec.name, probe),
        ]
      : []
  const text = exitText(ended, spec, restarts && byProbe.length === 0, w)
  return [...byProbe, { text, ...said(ended.message) }]
}

const restartsWhenDone = (pod: Pod): boolean => (pod.spec.restartPolicy ?? 'Always') === 'Always'

const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 300_000

/** How long the kubelet holds a container back. It says so in the status only some time after the container has ended; until then the rule tells. */
function backOff(it: Case, { name, restartCount, state }: Status): number | undefined {
  const [, wait] = /back-off (\S+) restarting/.exec(state?.waiting?.message ?? '') ?? []
  if (wait) return goDuration(wait)
  if (restartCount === 0 || !lastEvent(it, 'BackOff', about(name))) return undefined
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (restartCount - 1))
}

function crashing(it: Case): Finding[] {
  const { pod, w, now } = it
  return statusesOf(pod).flatMap(status => {
    const waiting = status.state?.waiting
    const ended = status.state?.terminated ?? status.lastState?.terminated
    if (!ended || (waiting && waiting.reason !== 'CrashLoopBackOff') || status.state?.running) return []
    const n = status.restartCount
    const head = { text: n > 0 ? w.crash(status.name, n) : w.crashFirst(status.name) }
    const wait = backOff(it, status)
    const until = wait && ended.finishedAt ? Date.parse(String(ended.finishedAt)) + wait : 0
    const next: Finding[] = wait
      ? [
          {
            text: `${w.backoff(age(wait))}${until > now ? w.between + w.retryAt(age(until - now)) : ''}`,
            ...(until > now && { until }),
          },
        ]
      : []
    return [head, ...ending(it, status, ended, restartsWhenDone(pod)), ...next]
  })
}

function initializing(it: Case): Finding[] {
  const { pod, w } = it
  const specs = pod.spec.initContainers ?? []
  const statuses = pod.status.initContainerStatuses ?? []
  const at = specs.findIndex(spec => {
    const status = statuses.find(s => s.name === spec.name)
    return spec.restartPolicy === 'Always' ? !status?.started : status?.state?.terminated?.exitCode !== 0
  })
  const spec = specs[at]
  if (!spec) return creating(it, false)
  const status = statuses.find(s => s.name === spec.name)
  const sidecar = spec.restartPolicy === 'Always'
  const ended = status?.state?.terminated ?? status?.lastState?.terminated
  const last = ended && ended.exitCode !== 0 ? ending(it, status!, ended, false) : []
  const probe = sidecar && spec.startupProbe ? [{ text: w.startup(spec.name, probeText(spec.startupProbe, w)) }] : []
  const plain = specs.filter(s => s.restartPolicy !== 'Always')
  return [
    { text: sidecar ? w.sidecarStarting(spec.name) : w.initRunning(spec.name, plain.indexOf(spec) + 1, plain.length) },
    ...probe,
    ...last,
  ]
}

function unready(it: Case): Finding[] {
  const { pod, w, now, view } = it
  const node = view.nodes.find(n => n.metadata.name === pod.spec.nodeName)
  const nodeCondition = node?.status.conditions?.find(c => c.type === 'Ready')
  if (node && nodeCondition && nodeCondition.status !== 'True') return lost(it, node, nodeCondition)
  const containers = containersOf(pod).flatMap(({ name, kind, state }): Finding[] => {
    const spec = specOf(pod, name)
    const status = statusesOf(pod).find(s => s.name === name)
    if (!spec || kind === 'init' || state === 'ready') return []
    if (state !== 'running') {
      const ended = status?.state?.terminated ?? status?.lastState?.terminated
      return ended
        ? [{ text: w.crashFirst(name) }, ...ending(it, status!, ended, restartsWhenDone(pod))]
        : [{ text: w.notRunning(name) }]
    }
    if (spec.startupProbe && !status?.started)
      return [{ text: w.startup(name, probeText(spec.startupProbe, w)) }, ...failures(it, name, 'Startup')]
    if (!spec.readinessProbe) return []
    const failed = failures(it, name, 'Readiness')
    const probe = probeText(spec.readinessProbe, w)
    return [{ text: failed.length ? w.readiness(name, probe) : w.readinessFirst(name, probe) }, ...failed]
  })
  const open = (pod.spec.readinessGates ?? [])
    .map(g => g.conditionType)
    .filter(type => pod.status.conditions?.find(c => c.type === type)?.status !== 'True')
  return [...containers, ...(open.length > 0 && now ? [{ text: w.gates(open.join(', ')) }] : [])]
}

function lost(
  { pod, w, now }: Case,
  node: ClusterView['nodes'][number],
  condition: { lastTransitionTime?: unknown; message?: string },
): Finding[] {
  const taint = node.spec.taints?.find(t => t.effect === 'NoExecute' && /unreachable|not-ready/.test(t.key))
  const bears = pod.spec.tolerations?.find(
    t => t.effect === 'NoExecute' && t.key === taint?.key && t.tolerationSeconds !== undefined,
  )
  const until =
    taint?.timeAdded && bears ? Date.parse(String(taint.timeAdded)) + (bears.tolerationSeconds ?? 0) * 1000 : undefined
  return [
    {
      text: w.nodeLost(node.metadata.name, age(now - Date.parse(String(condition.lastTransitionTime)))),
      ...said(condition.message),
    },
    ...(until && until > now ? [{ text: w.nodeEvicts(age(until - now)), until }] : []),
  ]
}

function terminating({ pod, w, now }: Case): Finding[] {
  const until = Date.parse(String(pod.metadata.deletionTimestamp))
  const running = statusesOf(pod)
    .filter(s => s.state?.running)
    .map(s => s.name)
  const finalizers = pod.metadata.finalizers ?? []
  const grace = pod.metadata.deletionGracePeriodSeconds ?? 0
  return [
    {
      text: `${w.terminating(grace)}${until > now ? w.between + w.terminatingLeft(age(until - now)) : ''}`,
      ...(until > now && { until }),
    },
    ...(running.length > 0 ? [{ text: w.stillRunning(running.join(', ')) }] : []),
    ...(finalizers.length > 0 ? [{ text: w.finalizers(finalizers.join(', ')) }] : []),
  ]
}

function failed(it: Case): Finding[] {
  const { pod, w } = it
  const { reason = '', message } = pod.status
  if (reason === 'Evicted') return [{ text: w.evicted, ...said(message) }]
  if (reason === 'DeadlineExceeded') return [{ text: w.deadline, ...said(message) }]
  if (/^(OutOf|NodeAffinity|Unexpected|PodOS|NodePorts)/.test(reason)) return [{ text: w.rejected, ...said(message) }]
  const found = statusesOf(pod).flatMap(status => {
    const ended = status.state?.terminated
    if (!ended || ended.exitCode === 0) return []
    const init = pod.spec.initContainers?.some(c => c.name === status.name)
    return [{ text: (init ? w.initFailed : w.failed)(status.name) }, ...ending(it, status, ended, false)]
  })
  return found.length > 0 ? found : message ? [{ text: message }] : []
}

function unknown(it: Case): Finding[] {
  const node = it.view.nodes.find(n => n.metadata.name === it.pod.spec.nodeName)
  const condition = node?.status.conditions?.find(c => c.type === 'Ready')
  return node && condition ? lost(it, node, condition) : []
}

const byState: Record<PodState, (it: Case) => Finding[]> = {
  unscheduled,
  creating: it => creating(it, false),
  pulling: it => creating(it, true),
  imageFailed,
  configFailed,
  initializing,
  running: () => [],
  unready,
  crashing,
  succeeded: () => [],
  failed,
  terminating,
  unknown,
}

/** Empty when all is well. */
export function findings(pod: Pod, view: ClusterView, now: number, pulling: boolean, w: Words['why']): Finding[] {
  const events = view.events.filter(e => e.involvedObject.uid === pod.metadata.uid)
  return byState[podState(pod, pulling)]({ pod, now, w, events, view })
}
