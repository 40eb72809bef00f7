/** The scale subresource: autoscaling/v1 Scale as a view of a workload. */

import { readPath, writePath } from '../custom/path.ts'
import { preconditionFailed } from '../deletion.ts'
import { invalid, invalidObject } from '../fields.ts'
import { clone } from '../formats/json.ts'
import { refuseOtherName } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { AdmittedView, RequestOptions } from '../requests/options.ts'
import { formatSelector } from '../requests/selectors.ts'
import type { ApiServer } from '../server.ts'
import { internalError } from '../status.ts'
import type { KubeObject } from '../types.ts'

interface Scalable extends KubeObject {
  spec: { replicas?: number; selector?: Record<string, unknown> }
  status?: { replicas?: number }
}

export interface Scale {
  kind: 'Scale'
  apiVersion: 'autoscaling/v1'
  metadata: Record<string, unknown>
  spec: { replicas?: number }
  status: { replicas: number; selector?: string }
}

/** What each Scale is a view of. */
const workloads = new WeakMap<Scale, KubeObject>()
export const scaledBy = (scale: Scale): KubeObject | undefined => workloads.get(scale)

export function scaleOf(object: KubeObject, paths?: KindDef['scalePaths']): Scale {
  const scale = paths ? customScale(object, paths) : builtInScale(object)
  workloads.set(scale, object)
  return scale
}

function builtInScale(object: KubeObject): Scale {
  const { spec, status } = object as Scalable
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const selector = spec.selector
  // A ReplicationController's selector is a plain map.
  const text =
    selector &&
    formatSelector(
      'matchLabels' in selector || 'matchExpressions' in selector
        ? selector
        : { matchLabels: selector as Record<string, string> },
    )
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { ...(spec.replicas && { replicas: spec.replicas }) },
    status: { replicas: status?.replicas ?? 0, ...(text && { selector: text }) },
  }
}

function customScale(object: KubeObject, paths: NonNullable<KindDef['scalePaths']>): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const number = (path: string): number => Number(readPath(object, path)[0] ?? 0)
  if (readPath(object, paths.spec)[0] === undefined)
    throw internalError(`the spec replicas field ${JSON.stringify(paths.spec)} does not exist`)
  const selector = paths.selector && readPath(object, paths.selector)[0]
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: number(paths.spec) },
    status: { replicas: number(paths.status), ...(typeof selector === 'string' && { selector }) },
  }
}

export function updateScale(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): Scale {
  const current = server.get(kind, namespace, name)
  const scale = change(scaleOf(current, kind.scalePaths)) as Scale
  const given: { uid?: string; resourceVersion?: string } = scale.metadata ?? {}
  refuseOtherName(scale, name)
  if (given.uid && given.uid !== current.metadata.uid) throw preconditionFailed(kind, current, given.uid)
  const replicas = scale.spec?.replicas ?? 0
  // A custom kind says itself what its replicas may be.
  if (replicas < 0 && !kind.scalePaths) {
    throw invalidObject('Scale', 'autoscaling', name, [
      invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ])
  }
  const resized = (old: KubeObject): Draft => {
    const draft: Draft = clone(old)
    setReplicas(draft, kind, replicas)
    const unconditional = kind.scalePaths ? (old.metadata.resourceVersion ?? '') : ''
    draft.metadata.resourceVersion = given.resourceVersion || unconditional
    return draft
  }
  return writeScale(server, kind, namespace, name, resized, options)
}

export function setReplicas(draft: Draft, { scalePaths }: KindDef, replicas: number): void {
  if (scalePaths) writePath(draft, scalePaths.spec, replicas)
  else (draft.spec ??= {}).replicas = replicas
}

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' }

export function writeScale(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: KubeObject) => Draft,
  options: RequestOptions,
): Scale {
  const view: { objectKind: typeof SCALE; object?: Draft; old?: KubeObject; take(draft: Draft): void } = {
    objectKind: SCALE,
    take: draft => setReplicas(draft, kind, view.object.spec.replicas ?? 0),
  }
  const shown = (old: KubeObject): Draft => {
    const draft = change(old)
    view.object = clone(scaleOf(draft, kind.scalePaths))
    view.old = scaleOf(old, kind.scalePaths) as KubeObject
    return draft
  }
  const updated = server.update(kind, namespace, name, shown, {
    ...options,
    subresource: 'scale',
    view: view as AdmittedView,
  })
  return scaleOf(updated, kind.scalePaths)
}
