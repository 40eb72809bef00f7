/** pods/NAME/resize: CPU and memory of running containers may change; nothing else may. */

import { invalidObject } from '../fields.ts'
import { clone, deepEqual } from '../json.ts'
import type { Draft, KindDef } from '../kind.ts'
import { type ApiServer, keepAllBut, type RequestOptions } from '../server.ts'
import { modifiedSince } from '../status.ts'
import type { KubeObject, Pod } from '../types.ts'

export function resizePod(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const old = server.get(kind, namespace, name) as Pod
  const draft: Draft = change(clone(old))
  const given = draft.metadata?.resourceVersion
  if (given && given !== old.metadata.resourceVersion) throw modifiedSince(kind, name)
  const asked = draft.spec
  keepAllBut(draft, old, [])
  draft.metadata = { ...old.metadata }
  draft.spec = resized(clone(old.spec), asked ?? {})
  kind.setDefaults?.(draft, server.context)
  const checks = kind.checks?.now
  const errors = checks?.validateSubresource?.resize?.(draft, old) ?? checks?.validate?.(draft, server.context) ?? []
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  if (!deepEqual(draft.spec, old.spec) && old.metadata.generation)
    draft.metadata.generation = old.metadata.generation + 1
  return server.replace(kind, old, draft, { ...options, subresource: 'resize' })
}

/** Everything but resources is passed over. Where containers do not match, the whole is kept, so that it can be refused. */
function resized(spec: Draft, asked: Draft): Draft {
  const lists = ['containers', 'initContainers']
  if (lists.some(list => (asked[list] ?? []).length !== (spec[list] ?? []).length)) return { ...spec, ...asked }
  if (asked.resources) spec.resources = asked.resources
  else delete spec.resources
  for (const list of lists) {
    const wanted: Draft[] = asked[list] ?? []
    if (wanted.some((c, i) => c.name !== spec[list][i].name)) spec[list] = wanted
    else for (const [i, c] of wanted.entries()) take(spec[list][i], c)
  }
  return spec
}

function take(container: Draft, wanted: Draft): void {
  for (const key of ['resources', 'resizePolicy']) {
    if (wanted[key]) container[key] = wanted[key]
    else delete container[key]
  }
}
