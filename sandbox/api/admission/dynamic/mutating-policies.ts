/** MutatingAdmissionPolicies. */
import type { Draft } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import { StatusError } from '../../status.ts'
import type { KubeObject } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { type Match, matched } from './matching.ts'

/** Mutations by CEL are not simulated: a request that one would change is refused rather than let through unchanged. */
export function refuseMutatingPolicies(request: AdmissionRequest, server: ApiServer): void {
  const group = 'admissionregistration.k8s.io'
  const policies = server.context.list(`mutatingadmissionpolicies.${group}`) as readonly (KubeObject & Draft)[]
  const bindings = server.context.list(`mutatingadmissionpolicybindings.${group}`) as readonly (KubeObject & Draft)[]
  for (const { metadata, spec } of policies) {
    const bound = bindings.some(
      b => b.spec.policyName === metadata.name && matched(server, (b.spec.matchResources ?? {}) as Match, request),
    )
    if (!bound || !matched(server, spec.matchConstraints as Match, request)) continue
    const fault = `not simulated: mutations by MutatingAdmissionPolicy '${metadata.name}'`
    if (spec.failurePolicy !== 'Ignore') throw new StatusError(501, 'NotImplemented', fault)
    request.warn(fault)
  }
}
