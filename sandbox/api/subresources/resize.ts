/** pods/NAME/resize: CPU and memory of running containers may change; nothing else may. */

import { forbiddenField, invalidObject } from '../fields.ts'
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
  draft.spec = resized(clone(old.spec), asked)
  kind.setDefaults?.(draft, server.context)
  const errors = [...(deepEqual(withoutResources(asked), withoutResources(old.spec)) ? [] : [onlyResources()])]
  if (!errors.length) errors.push(...(kind.validate?.(draft, server.context) ?? []))
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  if (!deepEqual(draft.spec, old.spec) && old.metadata.generation)
    draft.metadata.generation = old.metadata.generation + 1
  return server.replace(kind, old, draft, { ...options, subresource: 'resize' })
}

const onlyResources = () => forbiddenField('spec', 'only cpu and memory resources are mutable')

function resized(spec: Draft, asked: Draft): Draft {
  for (const list of ['containers', 'initContainers']) {
    for (const container of spec[list] ?? []) {
      const wanted = (asked?.[list] ?? []).find((c: Draft) => c.name === container.name)
      if (!wanted) continue
      if (wanted.resources) container.resources = wanted.resources
      if (wanted.resizePolicy) container.resizePolicy = wanted.resizePolicy
    }
  }
  return spec
}

function withoutResources(spec: Draft): Draft {
  const copy = clone(spec) ?? {}
  for (const list of ['containers', 'initContainers']) {
    for (const container of copy[list] ?? []) {
      delete container.resources
      delete container.resizePolicy
    }
  }
  return copy
}
