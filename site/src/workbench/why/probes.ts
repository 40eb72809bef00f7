/** A probe in a few words: what it asks, how often, and when it counts as failed. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'

type Container = ClusterView['pods'][number]['spec']['containers'][number]
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
