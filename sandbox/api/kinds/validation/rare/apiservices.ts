/** APIServices as they must be. */
import { type FieldError, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import type { APIService } from '../../../types.ts'
import { check, dns1035Label, dns1123Subdomain, pathSegment, portNumber } from '../content.ts'
import { genericMeta, genericMetaUpdate } from '../metadata.ts'

const MAX_GROUP_PRIORITY = 20_000
const MAX_VERSION_PRIORITY = 1000

export function validateApiService({ metadata, spec }: APIService): FieldError[] {
  const { group = '', version = '', groupPriorityMinimum = 0, versionPriority = 0, service } = spec
  const { caBundle, insecureSkipTLSVerify } = spec as Draft
  const wanted = `${version}.${group}`
  const named = (name: string): string[] => {
    const bad = pathSegment(name)
    if (bad.length || name === wanted) return bad
    return [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`]
  }
  const errors = genericMeta(metadata, false, named)
  if (!group && version !== 'v1')
    errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'))
  if (group) errors.push(...check(dns1123Subdomain, 'spec.group', group))
  errors.push(...check(dns1035Label, 'spec.version', version))
  if (groupPriorityMinimum <= 0 || groupPriorityMinimum > MAX_GROUP_PRIORITY)
    errors.push(invalid('spec.groupPriorityMinimum', groupPriorityMinimum, 'must be positive and less than 20000'))
  if (versionPriority <= 0 || versionPriority > MAX_VERSION_PRIORITY)
    errors.push(invalid('spec.versionPriority', versionPriority, 'must be positive and less than 1000'))
  const skips = 'spec.insecureSkipTLSVerify'
  if (!service) {
    if (caBundle)
      errors.push(
        invalid('spec.caBundle', `${atob(caBundle).length} bytes`, 'local APIServices may not have a caBundle'),
      )
    if (insecureSkipTLSVerify) errors.push(invalid(skips, true, 'local APIServices may not have insecureSkipTLSVerify'))
    return errors
  }
  if (!service.namespace) errors.push(required('spec.service.namespace'))
  if (!service.name) errors.push(required('spec.service.name'))
  const { port = 443 } = service
  errors.push(...portNumber(port).map(why => invalid('spec.service.port', port, `port is not valid: ${why}`)))
  if (insecureSkipTLSVerify && caBundle) errors.push(invalid(skips, true, 'may not be true if caBundle is present'))
  return errors
}

export const validateApiServiceUpdate = (service: APIService, old: APIService): FieldError[] => [
  ...genericMetaUpdate(service, old),
  ...validateApiService(service),
]

const STATUSES = ['False', 'True', 'Unknown']

export const validateApiServiceStatus = (service: APIService, old: APIService): FieldError[] => [
  ...genericMetaUpdate(service, old),
  ...(service.status?.conditions ?? []).flatMap(({ status }, i) =>
    STATUSES.includes(status) ? [] : [notSupported(`status.conditions[${i}].status`, status, STATUSES)],
  ),
]
