/**
 * The annotation in which kubectl's client-side apply notes what it has applied. Its server-side apply gets what stands there
 * without a conflict, and the server keeps it up to date, so that one can go back.
 */
import { toJson } from '../formats/go-json.ts'
import { deepEqual, isObject } from '../formats/json.ts'
import { apiVersionOf, type Draft, type KindDef } from '../kind.ts'
import type { KubeObject } from '../types.ts'
import { type FieldSet, fieldSet, type Shape, valueAt } from './field-set.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const MANAGER = 'kubectl'

/** Fields that have been applied by the client as they are now: a server-side apply of the same program takes them over. */
export function appliedByClient(kind: KindDef, shape: Shape, live: KubeObject | undefined, manager: string): FieldSet {
  const text = live?.metadata.annotations?.[LAST_APPLIED]
  const applied = manager === MANAGER && text ? parsed(text) : undefined
  if (applied?.apiVersion !== apiVersionOf(kind)) return new Set()
  const same = [...fieldSet(shape, applied)].filter(path =>
    deepEqual(valueAt(shape, applied, path), valueAt(shape, live, path)),
  )
  return new Set(same)
}

function parsed(text: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Changes the annotation of an object that has it. @param sent the configuration as it came */
export function keepLastApplied(object: Draft, sent: Draft, manager: string): void {
  const annotations = object.metadata?.annotations
  if (manager !== MANAGER || !annotations?.[LAST_APPLIED]) return
  const { annotations: own, ...metadata } = sent.metadata ?? {}
  const { [LAST_APPLIED]: _was, ...rest } = own ?? {}
  const configuration = { ...sent, metadata: { ...metadata, ...(own && { annotations: rest }) } }
  object.metadata.annotations = { ...annotations, [LAST_APPLIED]: `${toJson(configuration)}\n` }
}
