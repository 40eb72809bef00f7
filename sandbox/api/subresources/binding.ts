/** pods/NAME/binding: the scheduler's decision, which can be made only once. */

import { invalidObject, notSupported, required } from '../fields.ts'
import { clone } from '../json.ts'
import type { ApiServer, RequestOptions } from '../server.ts'
import { conflict, notFound } from '../status.ts'
import type { Pod } from '../types.ts'

export interface Binding {
  metadata?: { uid?: string; annotations?: Record<string, string>; labels?: Record<string, string> }
  target?: { kind?: string; name?: string; namespace?: string }
}

const PODS = { plural: 'pods', group: '' }
const BINDINGS = { plural: 'pods/binding', group: '' }

export function bindPod(
  server: ApiServer,
  namespace: string,
  name: string,
  binding: Binding,
  options: RequestOptions = {},
): void {
  const kind = server.registry.resource('pods')!
  const target = binding.target ?? {}
  const errors = [
    ...(target.kind && target.kind !== 'Node' ? [notSupported('target.kind', target.kind, ['Node', '<empty>'])] : []),
    ...(target.name ? [] : [required('target.name')]),
  ]
  if (errors.length) throw invalidObject('Binding', '', name, errors)
  const pod = server.find(kind, namespace, name) as Pod | undefined
  if (!pod) throw notFound(PODS, name)
  const refuse = (why: string): never => {
    throw conflict(BINDINGS, name, why)
  }
  if (binding.metadata?.uid && binding.metadata.uid !== pod.metadata.uid) {
    refuse(`Precondition failed: UID in precondition: ${binding.metadata.uid}, UID in object meta: ${pod.metadata.uid}`)
  }
  if (pod.metadata.deletionTimestamp) refuse(`pod ${name} is being deleted, cannot be assigned to a host`)
  if (pod.spec.nodeName) refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`)
  if (pod.spec.schedulingGates?.length) refuse(`pod ${name} has non-empty .spec.schedulingGates`)
  const now = server.clock.timestamp()
  const { annotations, labels } = binding.metadata ?? {}
  const observedGeneration = pod.metadata.generation
  const conditions = [
    ...(pod.status.conditions ?? []).filter(c => c.type !== 'PodScheduled'),
    {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: now,
      ...(observedGeneration && { observedGeneration }),
    },
  ]
  server.replace(
    kind,
    pod,
    {
      ...pod,
      metadata: {
        ...pod.metadata,
        ...(annotations && { annotations: { ...pod.metadata.annotations, ...clone(annotations) } }),
        ...(labels && { labels: { ...clone(labels), ...pod.metadata.labels } }),
      },
      spec: { ...pod.spec, nodeName: target.name },
      status: { ...pod.status, conditions },
    },
    { ...options, subresource: 'binding' },
  )
}
