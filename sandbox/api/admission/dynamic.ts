/**
 * Admission policies and webhooks: admission that is itself data. What evaluates it is big, and loaded by whoever brings such
 * data (http/parts.ts).
 */
import { part } from '../../parts.ts'
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

const holds = (server: ApiServer, resource: string): boolean => server.store.count(resource) > 0

/** Whether a request may have to wait for a webhook. */
export const asksWebhooks = (server: ApiServer): boolean =>
  holds(server, MUTATING_WEBHOOKS) || holds(server, VALIDATING_WEBHOOKS)

export const mutatingPolicies: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  admit(request, server) {
    if (!exempt(request) && holds(server, MUTATING_POLICIES))
      dynamicAdmission.now.applyMutatingPolicies(request, server)
  },
}

export const mutatingWebhooks: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  admit(request, server) {
    if (!exempt(request) && holds(server, MUTATING_WEBHOOKS))
      dynamicAdmission.now.callMutatingWebhooks(request, server, MUTATING_WEBHOOKS)
  },
}

export const validatingPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(request, server) {
    if (exempt(request)) {
      if (request.kind.kind === 'ValidatingAdmissionPolicy' && !request.dryRun)
        dynamicAdmission.now.noteTypes(request, server)
    } else if (holds(server, VALIDATING_POLICIES)) dynamicAdmission.now.enforcePolicies(request, server)
  },
}

export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  validate(request, server) {
    if (!exempt(request) && holds(server, VALIDATING_WEBHOOKS))
      dynamicAdmission.now.callValidatingWebhooks(request, server, VALIDATING_WEBHOOKS)
  },
}
