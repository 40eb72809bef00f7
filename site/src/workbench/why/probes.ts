/** Probes: what one asks, how often, when it counts as failed, and how it has failed so far. */
import type { Words } from '../../words/words.ts'
import { timeOf } from '../moments.ts'
import { about, type Case, type Container, type Finding, lastEvent, said } from './case.ts'

type Probe = NonNullable<Container['readinessProbe']>

export function probeText(probe: Probe, w: Words['why']): string {
  const { httpGet, tcpSocket, exec, grpc, periodSeconds = 10, failureThreshold = 3 } = probe
  const what = httpGet
    ? w.probe.http(`${httpGet.scheme === 'HTTPS' ? 'https://' : ''}:${httpGet.port}${httpGet.path ?? '/'}`)
    : tcpSocket
      ? w.probe.tcp(String(tcpSocket.port))
      : exec
        ? w.probe.exec((exec.command ?? []).join(' '))
        : w.probe.grpc(String(grpc?.port ?? ''))
  return w.probe.rhythm(what, periodSeconds, failureThreshold)
}

/** The result, by the kubelet's words. */
function outcome(message: string, probe: Probe, w: Words['why']): string {
  const [, status] = /statuscode: (\d+)/.exec(message) ?? []
  if (status) return w.outcome.status(status)
  if (/timed out|timeout|deadline exceeded/i.test(message)) return w.outcome.timeout(probe.timeoutSeconds ?? 1)
  if (probe.exec) return w.outcome.command
  if (/connection refused/.test(message)) return w.outcome.refused
  if (/HTTP response to HTTPS client/.test(message)) return w.outcome.notTls
  return w.outcome.other
}

export type ProbeKind = 'Readiness' | 'Liveness' | 'Startup'

/** How often it failed, when last, and with what outcome. */
export function failures(it: Case, container: Container, kind: ProbeKind): Finding[] {
  const { w, now } = it
  const { readinessProbe, livenessProbe, startupProbe } = container
  const probe = { Readiness: readinessProbe, Liveness: livenessProbe, Startup: startupProbe }[kind]
  const event = lastEvent(
    it,
    'Unhealthy',
    e => about(container.name)(e) && (e.message ?? '').startsWith(`${kind} probe`),
  )
  if (!event || !probe) return []
  const { count = 1, message = '' } = event
  const text = w.failedTimes(count, w.span(now - timeOf(event)), outcome(message, probe, w))
  return [{ text, ...said(message) }]
}
