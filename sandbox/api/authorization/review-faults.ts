/** Validation of access reviews. */
import { type FieldError, invalid, required } from '../fields.ts'
import type { Draft, KindDef } from '../kind.ts'
import { selectorRequirement } from '../kinds/validation/metadata.ts'
import { badRequest } from '../status.ts'

/** @throws BadRequest where the real server does not say it field by field */
export function reviewFaults(kind: KindDef, { spec = {}, metadata }: Draft): FieldError[] {
  if (kind.plural === 'selfsubjectrulesreviews' && !spec.namespace) throw badRequest('no namespace on request')
  if (kind.plural === 'tokenreviews' && !spec.token)
    throw badRequest('token is required for TokenReview in authentication')
  return kind.plural.endsWith('accessreviews') ? accessFaults(kind, spec, metadata) : []
}

function accessFaults(kind: KindDef, spec: Draft, metadata: Draft): FieldError[] {
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec
  const found: FieldError[] = []
  const wrong = (field: string, value: unknown, why: string): void => void found.push(invalid(field, value, why))
  if (resource && path)
    wrong('spec.nonResourceAttributes', inGo(path), 'cannot be specified in combination with resourceAttributes')
  if (!resource && !path) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
    wrong('spec.resourceAttributes', null, why)
  }
  if (!kind.plural.startsWith('self') && !spec.user && !spec.groups?.length)
    wrong('spec.user', '', 'at least one of user or group must be specified')
  for (const which of ['fieldSelector', 'labelSelector'] as const)
    if (resource?.[which]) found.push(...selectorFaults(which, resource[which]))
  const { managedFields: _, namespace, ...said } = metadata
  if (Object.keys(said).length || (namespace && !kind.namespaced))
    wrong('metadata', metadata, kind.namespaced ? 'must be empty except for namespace' : 'must be empty')
  if (!kind.namespaced) return found
  if (resource && (resource.namespace ?? '') !== namespace)
    wrong('spec.resourceAttributes.namespace', resource.namespace ?? '', 'must match metadata.namespace')
  if (path) wrong('spec.nonResourceAttributes', inGo(path), 'disallowed on this kind of request')
  return found
}

/** As the server's own form has it. */
const inGo = ({ path = '', verb = '' }: Draft): Draft => ({ Path: path, Verb: verb })

function selectorFaults(which: 'fieldSelector' | 'labelSelector', selector: Draft): FieldError[] {
  const at = `spec.resourceAttributes.${which}`
  const requirements: readonly Draft[] = selector.requirements ?? []
  const found: FieldError[] = []
  if (selector.rawSelector && requirements.length) {
    const why = 'may not specified at the same time as requirements'
    found.push(invalid(`${at}.rawSelector`, selector.rawSelector, why))
  }
  if (!selector.rawSelector && !requirements.length)
    found.push(required(`${at}.requirements`, `when ${at} is specified, requirements or rawSelector is required`))
  const faultsOf = which === 'fieldSelector' ? fieldRequirement : selectorRequirement
  requirements.forEach((requirement, i) => {
    found.push(...faultsOf({ key: '', ...requirement }, `${at}.requirements[${i}]`, true))
  })
  return found
}

/** As of labels, and fields may be called anything. */
const fieldRequirement = ({ key, operator, values }: Draft, path: string): FieldError[] => [
  ...(key ? [] : [required(`${path}.key`, 'must be specified')]),
  ...selectorRequirement({ key: 'any', operator, values: values?.map(() => '') }, path, true),
]
