/** Checks of RuntimeClasses: a handler that a runtime may know, overhead as resources, scheduling as a Pod's. */
import { duplicate, type FieldError, required } from '../../fields.ts'
import type { RuntimeClass } from '../../types.ts'
import { containerResources } from '../pod/validate/resources.ts'
import { tolerations } from '../pod/validate/scheduling.ts'
import { check, dns1123Label } from './content.ts'
import { asInternal } from './internal.ts'
import { immutable, labels, objectMeta, objectMetaUpdate } from './metadata.ts'

export const validateRuntimeClass = ({ metadata, handler, overhead, scheduling }: RuntimeClass): FieldError[] => [
  ...objectMeta(metadata, false),
  ...(handler ? check(dns1123Label, 'handler', handler) : [required('handler')]),
  ...(overhead ? containerResources({ limits: overhead.podFixed }, 'overhead', []) : []),
  ...labels(scheduling?.nodeSelector, 'scheduling.nodeSelector'),
  ...(scheduling?.tolerations ? schedulingTolerations(scheduling.tolerations) : []),
]

function schedulingTolerations(list: NonNullable<NonNullable<RuntimeClass['scheduling']>['tolerations']>) {
  const keys = list.map(({ key, operator, value, effect }) => JSON.stringify([key, operator, value, effect]))
  return [
    ...tolerations(list, 'scheduling.tolerations'),
    ...list.flatMap((toleration, i) =>
      keys.indexOf(keys[i]!) < i
        ? [duplicate(`scheduling.tolerations[${i}]`, asInternal('Toleration', toleration))]
        : [],
    ),
  ]
}

export const validateRuntimeClassUpdate = (object: RuntimeClass, old: RuntimeClass): FieldError[] => [
  ...validateRuntimeClass(object),
  ...objectMetaUpdate(object, old),
  ...immutable(object.handler, old.handler, 'handler'),
]
