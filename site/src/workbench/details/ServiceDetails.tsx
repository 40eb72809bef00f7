/** One Service, closely: its address, and which Pods it sends traffic to, and which not. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { getsTraffic, reaches } from '../picture/relations.ts'
import { Panel } from './Panel.tsx'
import { Actions, Facts, PodList, Recent, space } from './parts.tsx'

export function ServiceDetails({ service, view }: { service: ClusterView['services'][number]; view: ClusterView }) {
  const c = useLab().t.cluster
  const { name, uid, namespace = 'default' } = service.metadata
  const pods = view.pods.filter(p => reaches(service, p))
  const ready = pods.filter(getsTraffic).length
  const selector = Object.entries(service.spec.selector ?? {}).map(([k, v]) => `${k}=${v}`)
  const ports = (service.spec.ports ?? []).map(
    p => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}→${p.targetPort ?? p.port}/${p.protocol ?? 'TCP'}`,
  )
  const plain =
    selector.length === 0
      ? c.servicePlain.noSelector
      : pods.length === 0
        ? c.servicePlain.none(selector.join(','))
        : ready === 0
          ? c.servicePlain.noneReady(pods.length)
          : c.servicePlain.some(ready, pods.length)
  return (
    <Panel
      uid={uid}
      kind="Service"
      name={name}
      state={{ text: `${ready}/${pods.length}`, glyph: ready > 0 ? '●' : '○', tone: ready > 0 ? 'good' : 'busy' }}
    >
      <p>{plain}</p>
      <Facts
        of={[
          [c.type, service.spec.type ?? 'ClusterIP'],
          ['IP', service.spec.clusterIP ?? '—'],
          [c.ports, ports.join(', ') || '—'],
          [c.selector, selector.join(',') || '—'],
        ]}
      />
      <Actions
        lines={[
          [c.describe, `kubectl describe service ${name}${space(namespace)}`],
          [c.yaml, `kubectl get service ${name} -o yaml${space(namespace)}`],
          ['EndpointSlice', `kubectl get endpointslices -l kubernetes.io/service-name=${name}${space(namespace)}`],
          [c.delete, `kubectl delete service ${name}${space(namespace)}`, true],
        ]}
      />
      <PodList pods={pods} />
      <Recent about={e => e.involvedObject.uid === uid} />
    </Panel>
  )
}
