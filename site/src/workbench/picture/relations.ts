/** Relations between objects: Pods to the workloads that made them, and to the Services that reach them. */
import type { ClusterView, Workload } from '../../../../sandbox/scenario/session.ts'
import { containersOf } from './pod-state.ts'

type Pod = ClusterView['pods'][number]
type Service = ClusterView['services'][number]
type Owned = { metadata: Pod['metadata'] }

const controllerOf = (it: Owned) => it.metadata.ownerReferences?.find(o => o.controller)

/** From the nearest to the topmost: ReplicaSet, Deployment. */
export function ownersOf(it: Owned, workloads: readonly Workload[]): Workload[] {
  const owner = workloads.find(w => w.metadata.uid === controllerOf(it)?.uid)
  return owner ? [owner, ...ownersOf(owner, workloads)] : []
}

/** Those that nobody else makes. */
export const topmost = (workloads: readonly Workload[]): Workload[] =>
  workloads.filter(w => !workloads.some(other => other.metadata.uid === controllerOf(w)?.uid))

/** uids of everything under a workload, and its own. */
function family(workload: Workload, workloads: readonly Workload[]): Set<string> {
  const uids = new Set([workload.metadata.uid])
  for (let grown = 0; grown !== uids.size; ) {
    grown = uids.size
    for (const w of workloads) if (uids.has(controllerOf(w)?.uid ?? '')) uids.add(w.metadata.uid)
  }
  return uids
}

export function podsOf(workload: Workload, view: ClusterView): Pod[] {
  const uids = family(workload, view.workloads)
  return view.pods.filter(pod => uids.has(controllerOf(pod)?.uid ?? ''))
}

export function reaches(service: Service, pod: Pod): boolean {
  const selector = Object.entries(service.spec.selector ?? {})
  return (
    selector.length > 0 &&
    service.metadata.namespace === pod.metadata.namespace &&
    selector.every(([key, value]) => pod.metadata.labels?.[key] === value)
  )
}

/** Whether a Service sends it anything. */
export const getsTraffic = (pod: Pod): boolean =>
  !pod.metadata.deletionTimestamp &&
  pod.status.phase === 'Running' &&
  (pod.status.conditions?.find(c => c.type === 'Ready')?.status ?? 'False') === 'True' &&
  containersOf(pod).some(c => c.state === 'ready')

/** How many Pods it wants, and how many are as they should be; a CronJob wants none itself. */
export function counts(workload: Workload): { wanted: number; achieved: number } | undefined {
  switch (workload.kind) {
    case 'DaemonSet':
      return { wanted: workload.status.desiredNumberScheduled ?? 0, achieved: workload.status.numberReady ?? 0 }
    case 'Job':
      return {
        wanted: workload.spec.completions ?? workload.spec.parallelism ?? 1,
        achieved: workload.status.succeeded ?? 0,
      }
    case 'CronJob':
      return undefined
    default:
      return { wanted: workload.spec.replicas ?? 1, achieved: workload.status.readyReplicas ?? 0 }
  }
}
