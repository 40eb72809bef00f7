/** ValidatingAdmissionPolicies and what binds them. */
import { type Draft, defineKind } from '../kind.ts'
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../types.ts'
import { age, name, selectorText } from './columns.ts'

const group = 'admissionregistration.k8s.io'

function setMatchDefaults(match: Draft): void {
  match.matchPolicy ??= 'Equivalent'
  match.namespaceSelector ??= {}
  match.objectSelector ??= {}
  for (const rule of [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])])
    if (rule) rule.scope ??= '*'
}

export const validatingAdmissionPolicy = defineKind<ValidatingAdmissionPolicy>({
  group,
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  categories: ['api-extensions'],
  namespaced: false,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(policy) {
    const spec = (policy.spec ??= {})
    spec.failurePolicy ??= 'Fail'
    if (spec.matchConstraints) setMatchDefaults(spec.matchConstraints)
    policy.status ??= {}
  },
  columns: [
    name,
    { name: 'Validations', type: 'integer', cell: p => p.spec.validations?.length ?? 0 },
    {
      name: 'ParamKind',
      cell: p => (p.spec.paramKind ? `${p.spec.paramKind.apiVersion}/${p.spec.paramKind.kind}` : '<unset>'),
    },
    age,
  ],
})

function param({ spec }: ValidatingAdmissionPolicyBinding): string {
  const ref = spec.paramRef
  if (ref?.name) return `${ref.namespace || '*'}/${ref.name}`
  return ref?.selector ? (selectorText(ref.selector) ?? '') : '<unset>'
}

export const validatingAdmissionPolicyBinding = defineKind<ValidatingAdmissionPolicyBinding>({
  group,
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  categories: ['api-extensions'],
  namespaced: false,
  hasGeneration: true,
  setDefaults(binding) {
    const spec = (binding.spec ??= {})
    if (spec.matchResources) setMatchDefaults(spec.matchResources)
  },
  columns: [name, { name: 'PolicyName', cell: b => b.spec.policyName ?? '' }, { name: 'ParamRef', cell: param }, age],
})
