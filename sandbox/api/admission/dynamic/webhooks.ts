/**
 * Admission webhooks. Which are to be called, and what happens when a call fails, is as in Kubernetes; the call itself goes
 * over TLS, which is not simulated, so it always fails.
 */
import type { Draft } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import { internalError, StatusError } from '../../status.ts'
import type { KubeObject } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { type Match, matched } from './matching.ts'
import { conditionsHold, ExpressionFault, variablesOf } from './variables.ts'

function callFault(server: ApiServer, hook: Draft): string {
  const { service, url } = hook.clientConfig
  const not = 'not simulated: admission webhooks are called over TLS'
  const seconds = hook.timeoutSeconds ?? 10
  if (!service) return `Post "${url}?timeout=${seconds}s": ${not}`
  const { name, namespace, path = '', port = 443 } = service
  const at = `Post "https://${name}.${namespace}.svc:${port}${path}?timeout=${seconds}s"`
  if (!server.context.find('services', namespace, name)) return `${at}: service ${JSON.stringify(name)} not found`
  const slices = server.context.list('endpointslices.discovery.k8s.io', namespace) as readonly (KubeObject & Draft)[]
  const ready = slices.some(
    s =>
      s.metadata.labels?.['kubernetes.io/service-name'] === name &&
      s.endpoints?.some((e: Draft) => e.conditions?.ready !== false),
  )
  return `${at}: ${ready ? not : `no endpoints available for service ${JSON.stringify(name)}`}`
}

function isCalled(server: ApiServer, hook: Draft, request: AdmissionRequest): boolean {
  const { rules, ...match } = hook
  if (!rules?.length) return false
  const seenAs = matched(server, { ...match, resourceRules: rules } as Match, request)
  if (!seenAs) return false
  if (!hook.matchConditions?.length) return true
  try {
    return conditionsHold(hook.matchConditions, variablesOf(server, request, seenAs), false)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    if (hook.failurePolicy === 'Ignore') return false
    const { kind, name } = request
    throw new StatusError(403, 'Forbidden', `${kind.plural} "${name}" is forbidden: ${error.message}`, {
      name,
      kind: kind.plural,
    })
  }
}

/** @throws InternalError for the first webhook that may not fail */
export function callWebhooks(request: AdmissionRequest, server: ApiServer, resource: string): void {
  const configurations = server.context.list(resource) as readonly (KubeObject & { webhooks?: Draft[] })[]
  for (const { webhooks = [] } of configurations) {
    for (const hook of webhooks) {
      if (!isCalled(server, hook, request)) continue
      const fault = callFault(server, hook)
      if (hook.failurePolicy !== 'Ignore')
        throw internalError(`failed calling webhook ${JSON.stringify(hook.name)}: failed to call webhook: ${fault}`)
      if (fault.includes('not simulated')) request.warn(`webhook ${JSON.stringify(hook.name)} passed over: ${fault}`)
    }
  }
}

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
