/** Defaults of a claim's spec, alone or as a template inside a Pod or a StatefulSet. */
import type { Draft } from '../../kind.ts'
import { setResourceDefaults } from '../resources.ts'

export function setClaimSpecDefaults(spec: Draft): void {
  spec.volumeMode ??= 'Filesystem'
  spec.resources ??= {}
  setResourceDefaults(spec.resources)
}

export function setClaimDefaults(claim: Draft): void {
  claim.metadata ??= {}
  setClaimSpecDefaults((claim.spec ??= {}))
  claim.status ??= {}
  claim.status.phase ||= 'Pending'
}
