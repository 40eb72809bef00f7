/**
 * ValidatingAdmissionPolicy and admission webhooks: admission that is itself data. What evaluates it is big, and loaded by
 * whoever brings such data (http/parts.ts).
 */
import { part } from '../../parts.ts'
import type { ApiServer } from '../server.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

const GROUP = 'admissionregistration.k8s.io'
const POLICIES = `validatingadmissionpolicies.${GROUP}`

/** Needed before policies or webhooks are written. */
export const dynamicAdmission = part('admission policies and webhooks', () => import('./dynamic/index.ts'))

/** Its own configuration is not subject to it. */
const exempt = ({ kind }: AdmissionRequest): boolean => kind.group === GROUP

const holds = (server: ApiServer, resource: string): boolean => server.store.count(resource) > 0

export const mutatingWebhooks: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  admit(request, server) {
    if (exempt(request)) return
    if (holds(server, `mutatingadmissionpolicies.${GROUP}`))
      dynamicAdmission.now.refuseMutatingPolicies(request, server)
    const resource = `mutatingwebhookconfigurations.${GROUP}`
    if (holds(server, resource)) dynamicAdmission.now.callWebhooks(request, server, resource)
  },
}

export const validatingPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(request, server) {
    if (exempt(request)) {
      if (request.kind.kind === 'ValidatingAdmissionPolicy' && !request.dryRun)
        dynamicAdmission.now.noteTypes(request, server)
    } else if (holds(server, POLICIES)) dynamicAdmission.now.enforcePolicies(request, server)
  },
}

export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  validate(request, server) {
    const resource = `validatingwebhookconfigurations.${GROUP}`
    if (!exempt(request) && holds(server, resource)) dynamicAdmission.now.callWebhooks(request, server, resource)
  },
}
