/** Server-side apply to the scale subresource. */
import { apiVersionOf, type Draft, type KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { type Scale, setReplicas, writeScale } from '../subresources/scale.ts'
import type { KubeObject } from '../types.ts'
import { type ApplyOptions, applyConfiguration } from './apply.ts'

/** What is owned by it is the workload's size. */
export function applyScale(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  wanted: Draft,
  how: ApplyOptions,
  options: RequestOptions,
): Scale {
  const config: Draft = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { name } }
  const { resourceVersion, uid } = wanted.metadata ?? {}
  Object.assign(config.metadata, { ...(resourceVersion && { resourceVersion }), ...(uid && { uid }) })
  if (wanted.spec?.replicas !== undefined) setReplicas(config, kind, wanted.spec.replicas)
  const applied = (old: KubeObject): Draft => applyConfiguration(kind, old, config, how)
  return writeScale(server, kind, namespace, name, applied, options)
}
