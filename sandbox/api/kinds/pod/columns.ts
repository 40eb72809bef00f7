/** A Pod's printer columns, among them READY, STATUS and RESTARTS as `kubectl get pods` shows them. */
import { since } from '../../formats/duration.ts'
import type { Column } from '../../kind.ts'
import type { Pod } from '../../types.ts'
import { age, name } from '../columns.ts'

type ContainerStatus = NonNullable<Pod['status']['containerStatuses']>[number]

interface Summary {
  ready: string
  status: string
  restarts: number
  /** RFC 3339; '' when none restarted. */
  lastRestart: string
}

const none = (text: string | undefined): string => text || '<none>'
const later = (a: string, b: string | undefined): string => (b && (!a || Date.parse(b) > Date.parse(a)) ? b : a)

interface Restarts {
  count: number
  /** When the container that was restarted last had ended, RFC 3339; '' when none was. */
  last: string
}

function addRestarts(to: Restarts, status: ContainerStatus): void {
  to.count += status.restartCount
  to.last = later(to.last, status.lastState?.terminated?.finishedAt)
}

const isTrue = (pod: Pod, type: string): boolean =>
  pod.status.conditions?.some(c => c.type === type && c.status === 'True') ?? false

function endOf(terminated: { reason?: string; signal?: number; exitCode: number }): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
}

/** Objects in the store are frozen, so a Pod's summary stays true. */
const summaries = new WeakMap<Pod, Summary>()

function summarize(pod: Pod): Summary {
  let summary = summaries.get(pod)
  if (!summary) summaries.set(pod, (summary = summaryOf(pod)))
  return summary
}

const isSidecar = ({ spec }: Pod, name: string): boolean =>
  spec.initContainers?.some(c => c.name === name && c.restartPolicy === 'Always') ?? false

interface Initialization {
  /** STATUS of the first init container that is not done; absent when all are. */
  pending?: string
  readySidecars: number
  restarts: Restarts
  sidecarRestarts: Restarts
}

function initializationOf(pod: Pod): Initialization {
  const result: Initialization = {
    readySidecars: 0,
    restarts: { count: 0, last: '' },
    sidecarRestarts: { count: 0, last: '' },
  }
  for (const [i, s] of (pod.status.initContainerStatuses ?? []).entries()) {
    addRestarts(result.restarts, s)
    const sidecar = isSidecar(pod, s.name)
    if (sidecar) addRestarts(result.sidecarRestarts, s)
    const { terminated, waiting } = s.state ?? {}
    if (terminated?.exitCode === 0) continue
    if (sidecar && s.started) {
      if (s.ready) result.readySidecars++
      continue
    }
    if (terminated) result.pending = `Init:${endOf(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') result.pending = `Init:${waiting.reason}`
    else result.pending = `Init:${i}/${pod.spec.initContainers?.length ?? 0}`
    break
  }
  return result
}

/** @param status what is shown as long as no container has more to say; @param restarts to which theirs are added */
function mainContainersOf(pod: Pod, status: string, restarts: Restarts): { status: string; ready: number } {
  let text = status
  let ready = 0
  let running = false
  let failure = ''
  for (const s of [...(pod.status.containerStatuses ?? [])].reverse()) {
    addRestarts(restarts, s)
    const { terminated, waiting } = s.state ?? {}
    if (waiting?.reason) text = waiting.reason
    else if (terminated) {
      text = endOf(terminated)
      if (terminated.exitCode !== 0) failure = text
    } else if (s.ready && s.state?.running) {
      running = true
      ready++
    }
  }
  if (text === 'Completed') {
    if (running && isTrue(pod, 'Ready')) text = 'Running'
    else if (failure) text = failure
    else if (running) text = 'NotReady'
  }
  return { status: text, ready }
}

function summaryOf(pod: Pod): Summary {
  const { spec, status } = pod
  const isGated = status.conditions?.some(c => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')
  const { pending, readySidecars, restarts: initRestarts, sidecarRestarts } = initializationOf(pod)
  let text = pending ?? (isGated ? 'SchedulingGated' : status.reason || status.phase || '')
  let ready = readySidecars
  let restarts = initRestarts
  if (pending === undefined || isTrue(pod, 'Initialized')) {
    restarts = sidecarRestarts
    const main = mainContainersOf(pod, text, restarts)
    text = main.status
    ready += main.ready
  }
  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') text = 'Unknown'
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') text = 'Terminating'
  }
  const total = spec.containers.length + (spec.initContainers?.filter(c => c.restartPolicy === 'Always').length ?? 0)
  return { ready: `${ready}/${total}`, status: text, restarts: restarts.count, lastRestart: restarts.last }
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? []
  const passed = gates.filter(g => status.conditions?.find(c => c.type === g.conditionType)?.status === 'True')
  return gates.length ? `${passed.length}/${gates.length}` : '<none>'
}

export const podColumns: Column<Pod>[] = [
  name,
  { name: 'Ready', cell: pod => summarize(pod).ready },
  { name: 'Status', cell: pod => summarize(pod).status },
  {
    name: 'Restarts',
    cell(pod, now) {
      const { restarts, lastRestart } = summarize(pod)
      return restarts && lastRestart ? `${restarts} (${since(lastRestart, now)} ago)` : String(restarts)
    },
  },
  age,
  { name: 'IP', priority: 1, cell: pod => none(pod.status.podIPs?.[0]?.ip) },
  { name: 'Node', priority: 1, cell: pod => none(pod.spec.nodeName) },
  { name: 'Nominated Node', priority: 1, cell: pod => none(pod.status.nominatedNodeName) },
  { name: 'Readiness Gates', priority: 1, cell: readinessGates },
]
