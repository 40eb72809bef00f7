/** The order in which Go writes the fields of its types, for objects that the real kubectl has decoded into them. */
import { inGoOrder, inMapOrder } from '../../api/schema/go-order.ts'
import { schemaOf } from '../../api/schema/index.ts'
import type { Obj } from '../objects.ts'

export function inTypedOrder(object: Obj): Obj {
  const [version = '', group = ''] = String(object.apiVersion ?? '')
    .split('/')
    .reverse()
  const type = schemaOf({ group, version, kind: String(object.kind ?? '') })
  if (type) return inGoOrder(type, object)
  const { kind, apiVersion, metadata, items, ...rest } = object
  return {
    ...(kind !== undefined && { kind }),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(metadata !== undefined && { metadata }),
    ...inMapOrder(rest),
    ...(items !== undefined && { items: Array.isArray(items) ? items.map(inTypedOrder) : items }),
  }
}
