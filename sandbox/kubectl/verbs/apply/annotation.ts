/** The last applied configuration, kept in an annotation of the object. */

import { toJson } from '../../../api/formats/go-json.ts'
import type { Obj } from '../../objects.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The configuration as the annotation holds it: without the annotation. */
function configuration(object: Obj): string {
  const annotations = { ...object.metadata?.annotations }
  delete annotations[LAST_APPLIED]
  return `${toJson({ ...object, metadata: { ...object.metadata, annotations } })}\n`
}

/** As set-last-applied and edit-last-applied write it: nothing is added. */
export const plainConfiguration = (object: Obj): string => `${toJson(withoutAnnotation(object))}\n`

/** Nothing of what kubectl remembers, nor an empty map in its place. */
export function withoutAnnotation(object: Obj): Obj {
  const { [LAST_APPLIED]: _left, ...annotations } = object.metadata?.annotations ?? {}
  const { annotations: _all, ...metadata } = object.metadata ?? {}
  return { ...object, metadata: { ...metadata, ...(Object.keys(annotations).length && { annotations }) } }
}

/** As kubectl compares it: what was applied before is no part of it, and annotations there are, if only none. */
export function withoutMemory(object: Obj): Obj {
  const { [LAST_APPLIED]: _left, ...annotations } = object.metadata?.annotations ?? {}
  return { ...object, metadata: { ...object.metadata, annotations } }
}

const annotated = (object: Obj, text: string): Obj => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata?.annotations, [LAST_APPLIED]: text } },
})

export const withLastApplied = (object: Obj): Obj => annotated(object, configuration(object))

/** The same of an object of one of Go's types, which is written in that type's order. */
export async function rememberingTyped(object: Obj): Promise<Obj> {
  const { inTypedOrder } = await import('../../print/typed-order.ts')
  return annotated(object, `${toJson(inTypedOrder(object), { keepOrder: true })}\n`)
}

export function lastApplied(object: Obj): Obj | undefined {
  const text = object?.metadata?.annotations?.[LAST_APPLIED]
  return text ? JSON.parse(text) : undefined
}
