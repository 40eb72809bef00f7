/** RuntimeClasses. Stored; a Pod that names one is refused, since every node runs its containers in one way. */
import { present } from '../../parts.ts'
import { type FieldError, required } from '../fields.ts'
import { defineKind } from '../kind.ts'
import type { RuntimeClass } from '../types.ts'
import { age, name } from './columns.ts'
import { check, dns1123Label } from './validation/content.ts'
import { immutable, labels, objectMeta, objectMetaUpdate } from './validation/metadata.ts'

const validate = ({ metadata, handler, scheduling }: RuntimeClass): FieldError[] => [
  ...objectMeta(metadata, false),
  ...(handler ? check(dns1123Label, 'handler', handler) : [required('handler')]),
  ...labels(scheduling?.nodeSelector, 'scheduling.nodeSelector'),
]

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  namespaced: false,
  checks: present({
    validate,
    validateUpdate: (object, old) => [
      ...objectMetaUpdate(object, old),
      ...immutable(object.handler, old.handler, 'handler'),
    ],
  }),
  columns: [name, { name: 'Handler', cell: c => c.handler ?? '' }, age],
})
