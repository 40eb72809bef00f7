/** IngressClasses as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { IngressClass } from '../../types.ts'
import { check, dns1123Label, dns1123Subdomain, domainPrefixedPath } from './content.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'
import { pathSegment } from './rbac.ts'

const MAX_CONTROLLER = 250
const SCOPES = ['Cluster', 'Namespace']

function parameters({ apiGroup, kind, name, scope, namespace }: Draft, path: string): FieldError[] {
  const segment = (value: string, key: string): FieldError[] =>
    value ? check(pathSegment, `${path}.${key}`, value) : [required(`${path}.${key}`)]
  const errors = [
    ...(apiGroup == null ? [] : check(dns1123Subdomain, `${path}.apiGroup`, apiGroup)),
    ...segment(kind, 'kind'),
    ...segment(name, 'name'),
  ]
  const at = `${path}.namespace`
  if (!SCOPES.includes(scope)) errors.push(notSupported(`${path}.scope`, scope, SCOPES))
  else if (scope === 'Cluster' && namespace != null)
    errors.push(forbiddenField(at, "`parameters.scope` is set to 'Cluster'"))
  else if (scope === 'Namespace' && namespace == null)
    errors.push(required(at, "`parameters.scope` is set to 'Namespace'"))
  else if (scope === 'Namespace') errors.push(...check(dns1123Label, at, namespace))
  return errors
}

export function validateIngressClass({ metadata, spec }: IngressClass): FieldError[] {
  const { controller = '' } = spec
  const path = 'spec.controller'
  return [
    ...objectMeta(metadata, false),
    ...(controller.length > MAX_CONTROLLER ? [tooLong(path, MAX_CONTROLLER)] : []),
    ...(controller
      ? domainPrefixedPath(controller).map(({ part, why }) => invalid(path, part, why))
      : [required(path)]),
    ...(spec.parameters ? parameters(spec.parameters, 'spec.parameters') : []),
  ]
}

export const validateIngressClassUpdate = (now: IngressClass, old: IngressClass): FieldError[] => [
  ...objectMetaUpdate(now, old),
  ...immutable(now.spec.controller ?? '', old.spec.controller ?? '', 'spec.controller'),
  ...validateIngressClass(now),
]
