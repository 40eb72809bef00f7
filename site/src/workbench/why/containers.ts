/** Diagnoses of containers that end, restart, or are not ready. */
import { parseDuration } from '../../../../sandbox/api/formats/duration.ts'
import { containersOf } from '../picture/pod-state.ts'
import { about, type Case, type Finding, lastEvent, type Pod, type Status, said, specOf, statusesOf } from './case.ts'
import { exitText, type Terminated } from './exits.ts'
import { lost, nodeOf } from './lost.ts'
import { failures, probeText } from './probes.ts'
import { creating } from './waiting.ts'

const restartsWhenDone = (pod: Pod): boolean => (pod.spec.restartPolicy ?? 'Always') === 'Always'

export function ending(it: Case, status: Status, ended: Terminated, restarts: boolean): Finding[] {
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
          ...failures(it, spec, probe),
        ]
      : []
  const obeyed = byProbe.length > 0 && ended.exitCode === 0
  // Whoever may be back at any moment has what it said before in another log.
  const logs = status.restartCount > 0 ? 'kubectl logs --previous' : 'kubectl logs'
  const text = obeyed
    ? w.exitObeyed
    : exitText({ ended, container: spec, restarts: restarts && byProbe.length === 0, logs }, w)
  return [...byProbe, { text, ...said(ended.message) }]
}

const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 300_000

/** How long the kubelet holds a container back. It says so in the status only some time after the container has ended; until then the rule tells. */
function backOff(it: Case, { name, restartCount, state }: Status): number | undefined {
  const [, wait] = /back-off (\S+) restarting/.exec(state?.waiting?.message ?? '') ?? []
  if (wait) return parseDuration(wait)
  if (restartCount === 0 || !lastEvent(it, 'BackOff', about(name))) return undefined
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (restartCount - 1))
}

function nextTry(it: Case, status: Status, ended: Terminated): Finding[] {
  const { w, now } = it
  const wait = backOff(it, status)
  if (!wait) return []
  const until = ended.finishedAt ? Date.parse(String(ended.finishedAt)) + wait : 0
  const left = until > now ? w.between + w.retryAt(w.span(until - now)) : ''
  return [{ text: `${w.backoff(w.span(wait))}${left}`, ...(until > now && { until }) }]
}

export function crashing(it: Case): Finding[] {
  const { pod, w } = it
  const statuses = statusesOf(pod)
  return statuses.flatMap(status => {
    const waiting = status.state?.waiting
    const ended = status.state?.terminated ?? status.lastState?.terminated
    if (!ended || (waiting && waiting.reason !== 'CrashLoopBackOff') || status.state?.running) return []
    const init = pod.spec.initContainers?.find(c => c.name === status.name)
    // Init containers before it that have done their work.
    if (init && init.restartPolicy !== 'Always' && status.state?.terminated?.exitCode === 0) return []
    const n = status.restartCount
    const holdsUp = init !== undefined && pod.status.phase === 'Pending'
    const head = holdsUp
      ? w.initCrash(status.name, init.restartPolicy === 'Always', n)
      : n > 0
        ? w.crash(status.name, n)
        : w.crashFirst(status.name)
    const again = init?.restartPolicy === 'Always' || restartsWhenDone(pod)
    return [{ text: head }, ...ending(it, status, ended, again), ...nextTry(it, status, ended)]
  })
}

export function initializing(it: Case): Finding[] {
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
  const last =
    status && ended && (sidecar || ended.exitCode !== 0)
      ? [...ending(it, status, ended, sidecar), ...nextTry(it, status, ended)]
      : []
  const probe =
    sidecar && spec.startupProbe && !ended
      ? [{ text: w.startup(spec.name, probeText(spec.startupProbe, w)) }, ...failures(it, spec, 'Startup')]
      : []
  const plain = specs.filter(s => s.restartPolicy !== 'Always')
  return [
    { text: sidecar ? w.sidecarStarting(spec.name) : w.initRunning(spec.name, plain.indexOf(spec) + 1, plain.length) },
    ...probe,
    ...last,
  ]
}

export function unready(it: Case): Finding[] {
  const { pod, w } = it
  const at = nodeOf(it)
  if (at && at.condition.status !== 'True') return lost(it, at.node, at.condition)
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
      return [{ text: w.startup(name, probeText(spec.startupProbe, w)) }, ...failures(it, spec, 'Startup')]
    if (!spec.readinessProbe) return []
    const failed = failures(it, spec, 'Readiness')
    const probe = probeText(spec.readinessProbe, w)
    return [{ text: failed.length ? w.readiness(name, probe) : w.readinessFirst(name, probe) }, ...failed]
  })
  const open = (pod.spec.readinessGates ?? [])
    .map(g => g.conditionType)
    .filter(type => pod.status.conditions?.find(c => c.type === type)?.status !== 'True')
  return [...containers, ...(open.length > 0 ? [{ text: w.gates(open.join(', ')) }] : [])]
}
