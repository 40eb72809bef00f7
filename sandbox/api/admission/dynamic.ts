/**
 * Admission policies and webhooks: admission that is itself data. What evaluates it is big, and loaded by whoever brings such
 * data (http/parts.ts).
 */
import { part } from '../../parts.ts'
import type { Store } from '../../store/store.ts'
import type { ApiServer } from '../server.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

const GROUP = 'admissionregistration.k8s.io'
const VALIDATING_POLICIES = `validatingadmissionpolicies.${GROUP}`
const MUTATING_POLICIES = `mutatingadmissionpolicies.${GROUP}`
const VALIDATING_WEBHOOKS = `validatingwebhookconfigurations.${GROUP}`
const MUTATING_WEBHOOKS = `mutatingwebhookconfigurations.${GROUP}`

/** Needed before policies or webhooks are written. */
export const dynamicAdmission = part('admission policies and webhooks', () => import('./dynamic/index.ts'))

/** Its own configuration is not subject to it. */
const exempt = ({ kind }: AdmissionRequest): boolean => kind.group === GROUP

/** How many there are of what admission is made of: asked at every write, and nearly always none. */
export const dynamicPopulations = (store: Store) => ({
  mutatingPolicies: store.population(MUTATING_POLICIES),
  validatingPolicies: store.population(VALIDATING_POLICIES),
  mutatingWebhooks: store.population(MUTATING_WEBHOOKS),
  validatingWebhooks: store.population(VALIDATING_WEBHOOKS),
})

/** Whether a request may have to wait for a webhook. */
export const asksWebhooks = ({ dynamic }: ApiServer): boolean =>
  dynamic.mutatingWebhooks.size > 0 || dynamic.validatingWebhooks.size > 0

export const mutatingPolicies: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  admit(request, server) {
    if (server.dynamic.mutatingPolicies.size && !exempt(request))
      dynamicAdmission.now.applyMutatingPolicies(request, server)
  },
}

export const mutatingWebhooks: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  admit(request, server) {
    if (server.dynamic.mutatingWebhooks.size && !exempt(request))
      dynamicAdmission.now.callMutatingWebhooks(request, server, MUTATING_WEBHOOKS)
  },
}

export const validatingPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(request, server) {
    if (exempt(request)) {
      if (request.kind.kind === 'ValidatingAdmissionPolicy' && !request.dryRun)
        dynamicAdmission.now.noteTypes(request, server)
    } else if (server.dynamic.validatingPolicies.size) dynamicAdmission.now.enforcePolicies(request, server)
  },
}

export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  validate(request, server) {
    if (server.dynamic.validatingWebhooks.size && !exempt(request))
      dynamicAdmission.now.callValidatingWebhooks(request, server, VALIDATING_WEBHOOKS)
  },
}
