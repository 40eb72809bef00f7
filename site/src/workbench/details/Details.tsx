/** Over the panes: whatever has been chosen in the picture, closely. */
import { useLab } from '../context.ts'
import { pullingPods } from '../picture/Picture.tsx'
import { usePart } from '../store.ts'
import { NodeDetails } from './NodeDetails.tsx'
import { PodDetails } from './PodDetails.tsx'
import { ServiceDetails } from './ServiceDetails.tsx'
import { WorkloadDetails } from './WorkloadDetails.tsx'

export function Details() {
  const { model } = useLab()
  const uid = usePart(model.state, s => s.chosen)
  const view = usePart(model.view, v => v.view)
  if (uid === undefined) return null
  const is = (it: { metadata: { uid: string } }): boolean => it.metadata.uid === uid
  const pod = view.pods.find(is)
  if (pod) return <PodDetails key={uid} pod={pod} view={view} pulling={pullingPods(view).has(uid)} />
  const node = view.nodes.find(is)
  if (node) return <NodeDetails key={uid} node={node} view={view} />
  const service = view.services.find(is)
  if (service) return <ServiceDetails key={uid} service={service} view={view} />
  const workload = view.workloads.find(is)
  if (workload) return <WorkloadDetails key={uid} workload={workload} view={view} />
  return null
}
