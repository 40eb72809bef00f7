/** pods/NAME/binding: the scheduler's decision, which can be made only once. */

import { preconditionFailed } from '../deletion.ts'
import { notSupported, required } from '../fields.ts'
import { clone } from '../formats/json.ts'
import { ownNamespace } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { badRequest, conflict, notFound, StatusError } from '../status.ts'
import type { Pod } from '../types.ts'

export interface Binding {
  metadata?: {
    name?: string
    namespace?: string
    uid?: string
    resourceVersion?: string
    annotations?: Record<string, string>
    labels?: Record<string, string>
  }
  target?: { kind?: string; name?: string; namespace?: string }
}

const PODS = { plural: 'pods', group: '' }
const BINDINGS = { plural: 'pods/binding', group: '' }

const BINDING = { group: '', version: 'v1', kind: 'Binding' }

export function bindPod(
  server: ApiServer,
  namespace: string,
  name: string,
  asked: Binding,
  options: RequestOptions = {},
): void {
  const kind = server.registry.resource('pods')!
  ownNamespace(kind, namespace, asked.metadata ?? {})
  if ((asked.metadata?.name ?? '') !== name) throw badRequest('name in URL does not match name in Binding object')
  const binding: Draft = {
    kind: 'Binding',
    apiVersion: 'v1',
    ...asked,
    metadata: { ...asked.metadata, name, namespace },
    target: { ...asked.target },
  }
  const check = (): void => {
    const { target } = binding
    const errors = [
      ...(target.kind && target.kind !== 'Node' ? [notSupported('target.kind', target.kind, ['Node', '<empty>'])] : []),
      ...(target.name ? [] : [required('target.name')]),
    ]
    // The real server forgets here what sort of error it is.
    if (errors.length === 1) throw new StatusError(500, '', `${errors[0]!.field}: ${errors[0]!.body}`)
    if (errors.length) throw new StatusError(500, '', `[${errors.map(e => `${e.field}: ${e.body}`).join(', ')}]`)
  }
  server.admitConnect(
    'CREATE',
    kind,
    namespace,
    name,
    'binding',
    options,
    { object: binding, objectKind: BINDING },
    check,
  )
  assignPod(server, kind, namespace, name, binding, options)
}

function assignPod(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  { metadata, target }: Draft,
  options: RequestOptions,
): void {
  const pod = server.find(kind, namespace, name) as Pod | undefined
  if (!pod) throw notFound(PODS, name)
  const refuse = (why: string): never => {
    throw conflict(BINDINGS, name, why)
  }
  if (metadata.uid && metadata.uid !== pod.metadata.uid) throw preconditionFailed(kind, pod, metadata.uid)
  const { resourceVersion } = metadata
  if (resourceVersion && resourceVersion !== pod.metadata.resourceVersion)
    throw preconditionFailed(kind, pod, resourceVersion, 'ResourceVersion')
  if (pod.metadata.deletionTimestamp) refuse(`pod ${name} is being deleted, cannot be assigned to a host`)
  if (pod.spec.nodeName) refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`)
  if (pod.spec.schedulingGates?.length) refuse(`pod ${name} has non-empty .spec.schedulingGates`)
  const now = server.clock.timestamp()
  const { annotations, labels } = metadata
  // Where it was to go once there was room is of no interest any more.
  const { nominatedNodeName: _hint, ...status } = pod.status
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
  }
  const conditions = [...(status.conditions ?? []).filter(c => c.type !== 'PodScheduled'), scheduled]
  server.replace(
    kind,
    pod,
    {
      ...pod,
      metadata: {
        ...pod.metadata,
        ...(annotations && { annotations: { ...pod.metadata.annotations, ...clone(annotations) } }),
        ...(labels && { labels: { ...pod.metadata.labels, ...clone(labels) } }),
      },
      spec: { ...pod.spec, nodeName: target.name },
      status: { ...status, conditions },
    },
    { ...options, subresource: 'binding', admitted: true },
  )
}
