/** Bookmarks in watches: an object of the kind in which nothing is said but how far the watch has come. */

import { apiVersionOf, type KindDef } from '../../api/kind.ts'
import { typeOf } from '../../api/requests/decode.ts'
import type { Field, ObjectType } from '../../api/schema/index.ts'
import type { KubeObject } from '../../api/types.ts'

const ZEROS: Readonly<Record<string, unknown>> = {
  string: '',
  int32: 0,
  int64: 0,
  double: 0,
  boolean: false,
  quantity: '0',
  intOrString: 0,
}

/** Whether Go writes a field that nobody has set. */
const isWritten = ({ type, required, always, pointer, omitEmpty }: Field): boolean =>
  type.is === 'object'
    ? (always && !omitEmpty) || (required && !omitEmpty)
    : (required || always) && !omitEmpty && !(pointer && always && !required)

/** Of these the server itself has no way to say that nothing was set. */
const COUNTED: ReadonlySet<string> = new Set([
  'apps/v1.DeploymentSpec',
  'apps/v1.ReplicaSetSpec',
  'apps/v1.StatefulSetSpec',
])

/** As Go writes an object of a type in which nothing is set. */
function nothingOf(type: ObjectType): Record<string, unknown> {
  const result: Record<string, unknown> = COUNTED.has(type.id) ? { replicas: 0 } : {}
  for (const field of type.fields.values()) {
    if (!isWritten(field)) continue
    const { name, type: is, pointer } = field
    if (pointer) result[name] = null
    else result[name] = is.is === 'object' ? nothingOf(is.type) : (ZEROS[is.is] ?? null)
  }
  return result
}

/** @param revision how far the watch has come @param annotations as of the one that ends the initial events */
export function bookmarkOf(kind: KindDef, revision: number, annotations?: Record<string, string>): KubeObject {
  const metadata = { resourceVersion: String(revision), ...(annotations && { annotations }) }
  const type = kind.custom ? undefined : typeOf(kind)
  const nothing = type ? nothingOf(type) : {}
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), ...nothing, metadata } as KubeObject
}
