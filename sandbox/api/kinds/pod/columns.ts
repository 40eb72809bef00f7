/** A Pod's printer columns: what STATUS, READY and RESTARTS say. */
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
const lastEnd = (s: ContainerStatus): string | undefined => s.lastState?.terminated?.finishedAt

const isTrue = (pod: Pod, type: string): boolean =>
  pod.status.conditions?.some(c => c.type === type && c.status === 'True') ?? false

function endOf(terminated: { reason?: string; signal?: number; exitCode: number }): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
}

/** Pods in the store never change, so what has been worked out for one stays true. */
const summaries = new WeakMap<Pod, Summary>()

function summarize(pod: Pod): Summary {
  let summary = summaries.get(pod)
  if (!summary) summaries.set(pod, (summary = workOut(pod)))
  return summary
}

function workOut(pod: Pod): Summary {
  const { spec, status } = pod
  const isSidecar = (name: string): boolean =>
    spec.initContainers?.some(c => c.name === name && c.restartPolicy === 'Always') ?? false

  let text = status.reason || status.phase || ''
  if (status.conditions?.some(c => c.type === 'PodScheduled' && c.reason === 'SchedulingGated'))
    text = 'SchedulingGated'

  const total = spec.containers.length + (spec.initContainers?.filter(c => c.restartPolicy === 'Always').length ?? 0)
  let ready = 0
  let restarts = 0
  let lastRestart = ''
  let sidecarRestarts = 0
  let lastSidecarRestart = ''

  let initializing = false
  for (const [i, s] of (status.initContainerStatuses ?? []).entries()) {
    restarts += s.restartCount
    lastRestart = later(lastRestart, lastEnd(s))
    const sidecar = isSidecar(s.name)
    if (sidecar) {
      sidecarRestarts += s.restartCount
      lastSidecarRestart = later(lastSidecarRestart, lastEnd(s))
    }
    const { terminated, waiting } = s.state ?? {}
    if (terminated?.exitCode === 0) continue
    if (sidecar && s.started) {
      if (s.ready) ready++
      continue
    }
    if (terminated) text = `Init:${endOf(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') text = `Init:${waiting.reason}`
    else text = `Init:${i}/${spec.initContainers?.length ?? 0}`
    initializing = true
    break
  }

  if (!initializing || isTrue(pod, 'Initialized')) {
    restarts = sidecarRestarts
    lastRestart = lastSidecarRestart
    let running = false
    let failure = ''
    for (const s of [...(status.containerStatuses ?? [])].reverse()) {
      restarts += s.restartCount
      lastRestart = later(lastRestart, lastEnd(s))
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
  }

  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') text = 'Unknown'
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') text = 'Terminating'
  }
  return { ready: `${ready}/${total}`, status: text, restarts, lastRestart }
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
