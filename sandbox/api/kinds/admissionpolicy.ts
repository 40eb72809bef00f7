/** Admission policies, those that refuse and those that change, and what binds them. */
import { within } from '../../parts.ts'
import { type Draft, defineKind } from '../kind.ts'
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../types.ts'
import { age, name, selectorText } from './columns.ts'
import { rare } from './validation/parts.ts'

const common = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  categories: ['api-extensions'],
  namespaced: false,
  hasGeneration: true,
} as const

/** Of whatever says which requests it is about: policies, bindings, webhooks. */
export function setMatchDefaults(match: Draft, rules: readonly Draft[] = []): void {
  match.matchPolicy ??= 'Equivalent'
  match.namespaceSelector ??= {}
  match.objectSelector ??= {}
  for (const rule of rules) if (rule) rule.scope ??= '*'
}

const matchDefaults = (match: Draft): void =>
  setMatchDefaults(match, [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])])

function setPolicyDefaults(policy: Draft): void {
  const spec = (policy.spec ??= {})
  spec.failurePolicy ??= 'Fail'
  if (spec.matchConstraints) matchDefaults(spec.matchConstraints)
}

function setBindingDefaults(binding: Draft): void {
  const spec = (binding.spec ??= {})
  if (spec.matchResources) matchDefaults(spec.matchResources)
}

interface HasParamKind {
  spec: { paramKind?: { apiVersion?: string; kind?: string } }
}
const paramKind = {
  name: 'ParamKind',
  cell: ({ spec: { paramKind: of } }: HasParamKind) => (of ? `${of.apiVersion}/${of.kind}` : '<unset>'),
}

interface HasParamRef {
  spec: {
    policyName?: string
    paramRef?: { name?: string; namespace?: string; selector?: Parameters<typeof selectorText>[0] }
  }
}
const bindingColumns = [
  name,
  { name: 'PolicyName', cell: ({ spec }: HasParamRef) => spec.policyName ?? '' },
  {
    name: 'ParamRef',
    cell({ spec: { paramRef: ref } }: HasParamRef) {
      if (ref?.name) return `${ref.namespace || '*'}/${ref.name}`
      return ref?.selector ? (selectorText(ref.selector) ?? '') : '<unset>'
    },
  },
  age,
] as const

export const validatingAdmissionPolicy = defineKind<ValidatingAdmissionPolicy>({
  ...common,
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  subresources: ['status'],
  statusAlone: true,
  setDefaults(policy) {
    setPolicyDefaults(policy)
    policy.status ??= {}
  },
  checks: within(rare, checks => checks.validatingAdmissionPolicy),
  columns: [name, { name: 'Validations', type: 'integer', cell: p => p.spec.validations?.length ?? 0 }, paramKind, age],
})

export const validatingAdmissionPolicyBinding = defineKind<ValidatingAdmissionPolicyBinding>({
  ...common,
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  setDefaults: setBindingDefaults,
  checks: within(rare, checks => checks.validatingAdmissionPolicyBinding),
  columns: bindingColumns,
})

export const mutatingAdmissionPolicy = defineKind<MutatingAdmissionPolicy>({
  ...common,
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  setDefaults: setPolicyDefaults,
  checks: within(rare, checks => checks.mutatingAdmissionPolicy),
  columns: [name, { name: 'Mutations', type: 'integer', cell: p => p.spec.mutations?.length ?? 0 }, paramKind, age],
})

export const mutatingAdmissionPolicyBinding = defineKind<MutatingAdmissionPolicyBinding>({
  ...common,
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  setDefaults: setBindingDefaults,
  checks: within(rare, checks => checks.mutatingAdmissionPolicyBinding),
  columns: bindingColumns,
})
