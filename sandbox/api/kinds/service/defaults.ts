/** Defaults of a Service, before addresses are allocated. */
import type { Draft } from '../../kind.ts'

/** Reachable from outside the cluster, so that an external traffic policy means something. */
export const externallyAccessible = ({ type, externalIPs }: Draft): boolean =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && (externalIPs?.length ?? 0) > 0)

export function setServiceDefaults(service: Draft): void {
  const spec = (service.spec ??= {})
  spec.sessionAffinity ||= 'None'
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig
  if (spec.sessionAffinity === 'ClientIP') spec.sessionAffinityConfig ??= { clientIP: { timeoutSeconds: 10800 } }
  if (spec.sessionAffinity === 'ClientIP' && spec.sessionAffinityConfig.clientIP?.timeoutSeconds == null) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10800 } }
  }
  spec.type ||= 'ClusterIP'
  for (const port of spec.ports ?? []) {
    if (!port) continue
    port.protocol ||= 'TCP'
    if (!port.targetPort) port.targetPort = port.port ?? 0
  }
  if (externallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster'
  if (['NodePort', 'LoadBalancer', 'ClusterIP'].includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster'
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true
  service.status ??= {}
  service.status.loadBalancer ??= {}
  for (const ingress of spec.type === 'LoadBalancer' ? (service.status.loadBalancer.ingress ?? []) : [])
    if (ingress?.ip) ingress.ipMode ??= 'VIP'
}
