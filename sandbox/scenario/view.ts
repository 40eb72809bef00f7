/** The view of the cluster that a page is shown. */
import type { Event, KubeObject, Node, Pod, Service } from '../api/types.ts'
import type { Store } from '../store/store.ts'
import type { ClusterView, Workload } from './session.ts'

const WORKLOADS: readonly string[] = [
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
]

/** Resources whose changes change the view. */
export const SHOWN: readonly string[] = ['nodes', 'pods', 'services', 'events', ...WORKLOADS]

export function viewOf(store: Store, now: number): ClusterView {
  const list = <T extends KubeObject>(resource: string): readonly T[] => store.list<T>(resource)
  const events = [...list<Event>('events')]
  events.sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
  return {
    now,
    nodes: list<Node>('nodes'),
    pods: list<Pod>('pods'),
    services: list<Service>('services'),
    workloads: WORKLOADS.flatMap(resource => list<Workload>(resource)),
    events,
  }
}
