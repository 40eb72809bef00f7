/** pods/NAME/resize: CPU and memory of running containers may change; nothing else may. */

import { clone } from '../formats/json.ts'
import { keepAllBut, keepMetadata } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

export function resizePod(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const limit = (draft: Draft, old: Draft): void => {
    const spec = resized(clone(old.spec), draft.spec ?? {})
    keepAllBut(draft, old, [])
    keepMetadata(draft, old)
    draft.spec = spec
  }
  return server.update(kind, namespace, name, old => change(clone(old)), { ...options, subresource: 'resize', limit })
}

/** Everything but resources is passed over. Where containers do not match, the whole is kept, so that it can be refused. */
function resized(spec: Draft, asked: Draft): Draft {
  const lists = ['containers', 'initContainers']
  if (lists.some(list => (asked[list] ?? []).length !== (spec[list] ?? []).length)) {
    const { containers, initContainers, resources } = asked
    return { ...spec, containers: containers ?? [], initContainers, resources }
  }
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
