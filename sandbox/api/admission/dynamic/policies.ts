/** ValidatingAdmissionPolicies: what they say of a request, and what their bindings make of that. */
import { messageFrom } from '../../cel/message.ts'
import { fromJson } from '../../cel/schemas/values.ts'
import { apiVersionOf, type Draft, type KindDef, resourceOf } from '../../kind.ts'
import { selectorMatches } from '../../kinds/validation/metadata.ts'
import type { ApiServer } from '../../server.ts'
import { forbidden, type StatusError } from '../../status.ts'
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { type Match, matched } from './matching.ts'
import {
  BUDGET,
  type Composition,
  composed,
  conditionsHold,
  ExpressionFault,
  evaluate,
  OutOfBudget,
  type Purse,
  type Variables,
  variablesOf,
} from './variables.ts'

const GROUP = 'admissionregistration.k8s.io'
const CODES: Readonly<Record<string, number>> = {
  Forbidden: 403,
  Unauthorized: 401,
  RequestEntityTooLarge: 413,
  Invalid: 422,
}

/** What policies that refuse and policies that change have in common. */
type AnyPolicy = { spec: Pick<ValidatingAdmissionPolicy['spec'], 'paramKind' | 'variables'> }
/** The same of their bindings. */
type AnyBinding = { spec: Pick<ValidatingAdmissionPolicyBinding['spec'], 'paramRef'> }

interface Denial {
  policy: string
  binding?: string
  message: string
  reason?: string | undefined
}

/** Something about a policy or its binding is not as it has to be. */
export class ConfigurationFault extends Error {}

export function paramKindOf(server: ApiServer, { spec: { paramKind } }: AnyPolicy): KindDef | undefined {
  if (!paramKind) return undefined
  const { apiVersion = '', kind = '' } = paramKind
  const found = server.registry.of(apiVersion, kind)
  if (found) return found
  throw new ConfigurationFault(`failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'`)
}

/** The parameters that a binding names; [null] when there is nothing to name. */
export function paramsOf(
  server: ApiServer,
  kind: KindDef | undefined,
  { spec: { paramRef: ref } }: AnyBinding,
  requestNamespace: string,
): readonly Draft[] {
  if (!kind || !ref) return [null]
  if (ref.namespace && !kind.namespaced)
    throw new ConfigurationFault('paramRef.namespace must not be provided for a cluster-scoped `paramKind`')
  const namespace = kind.namespaced ? ref.namespace || requestNamespace : ''
  if (kind.namespaced && !namespace)
    throw new ConfigurationFault(
      'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    )
  const held = kind.stored?.as ?? kind
  const objects = server.context.list(resourceOf(held), kind.namespaced ? namespace : undefined)
  const params = objects.filter(o =>
    ref.name ? o.metadata.name === ref.name : selectorMatches(ref.selector, o.metadata.labels),
  )
  if (!params.length && ref.parameterNotFoundAction === 'Deny')
    throw new ConfigurationFault('no params found for policy binding with `Deny` parameterNotFoundAction')
  return params.map(o => ({ ...o, apiVersion: apiVersionOf(kind), kind: kind.kind }))
}

/** What a policy says where an expression has no value. */
interface Finding {
  message: string
  reason?: string
}

/** Undefined where the plain message has to do. @throws OutOfBudget */
function messageOf(expression: string, seen: Composition, params: boolean, purse: Purse): string | undefined {
  try {
    return messageFrom(evaluate(expression, seen, { params, authorizer: false }, purse))
  } catch (error) {
    if (!(error instanceof ExpressionFault) || error instanceof OutOfBudget) throw error
    return undefined
  }
}

/** What a policy says of a request, with one parameter. */
function judge(policy: ValidatingAdmissionPolicy, variables: Variables): Finding[] {
  const { spec } = policy
  const params = Boolean(spec.paramKind)
  const ignore = spec.failurePolicy === 'Ignore'
  const failed = (error: unknown): Finding[] => {
    if (!(error instanceof ExpressionFault)) throw error
    return ignore ? [] : [{ message: error.message }]
  }
  try {
    if (!conditionsHold(spec.matchConditions ?? [], variables, params)) return []
  } catch (error) {
    return failed(error)
  }
  const purse = { left: BUDGET }
  let found: Finding[]
  try {
    found = validations(policy, composed(spec, variables, params), purse, failed)
  } catch (error) {
    return failed(error)
  }
  if (ignore) return found
  const seen = composed(spec, variables, params)
  const own = { left: BUDGET }
  for (const { valueExpression = '' } of spec.auditAnnotations ?? []) {
    try {
      evaluate(valueExpression.trim(), seen, { params, authorizer: true }, own)
    } catch (error) {
      found.push(...failed(error))
    }
  }
  return found
}

/** First all that is to hold is asked, then all messages, of what is left to spend. @throws OutOfBudget */
function validations(
  { spec }: ValidatingAdmissionPolicy,
  seen: Composition,
  purse: Purse,
  failed: (error: unknown) => Finding[],
): Finding[] {
  const params = Boolean(spec.paramKind)
  const results = (spec.validations ?? []).map(validation => {
    try {
      const holds = evaluate(validation.expression ?? '', seen, { params, authorizer: true }, purse) === true
      return { validation, holds, faults: [] }
    } catch (error) {
      if (error instanceof OutOfBudget) throw error
      return { validation, holds: false, faults: failed(error), error }
    }
  })
  let outOfBudget: OutOfBudget | undefined
  const messages = results.map(({ validation }) => {
    if (!validation.messageExpression || outOfBudget) return undefined
    try {
      return messageOf(validation.messageExpression, seen, params, purse)
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error
      outOfBudget = error
      return undefined
    }
  })
  return results.flatMap(({ validation, holds, faults, error }, i): Finding[] => {
    if (error) return faults
    if (outOfBudget) return failed(new ExpressionFault(`failed messageExpression: ${outOfBudget.message}`))
    if (holds) return []
    const plain = validation.message?.trim() || `failed expression: ${(validation.expression ?? '').trim()}`
    return [{ message: messages[i] ?? plain, reason: validation.reason ?? 'Invalid' }]
  })
}

/** @throws what the first denial says */
export function enforcePolicies(request: AdmissionRequest, server: ApiServer): void {
  const policies = server.context.list(`validatingadmissionpolicies.${GROUP}`) as readonly ValidatingAdmissionPolicy[]
  const bindings = server.context.list(
    `validatingadmissionpolicybindings.${GROUP}`,
  ) as readonly ValidatingAdmissionPolicyBinding[]
  const denials: Denial[] = []
  for (const policy of policies) {
    const own = bindings.filter(b => b.spec.policyName === policy.metadata.name)
    if (own.length) denials.push(...applyPolicy(policy, own, request, server))
  }
  if (denials[0]) throw refusal(request, denials[0])
}

function applyPolicy(
  policy: ValidatingAdmissionPolicy,
  bindings: readonly ValidatingAdmissionPolicyBinding[],
  request: AdmissionRequest,
  server: ApiServer,
): Denial[] {
  const seenAs = matched(server, policy.spec.matchConstraints ?? {}, request)
  if (!seenAs) return []
  const { name } = policy.metadata
  const ignore = policy.spec.failurePolicy === 'Ignore'
  let paramKind: KindDef | undefined
  try {
    paramKind = paramKindOf(server, policy)
  } catch (error) {
    if (!(error instanceof ConfigurationFault)) throw error
    return ignore ? [] : [{ policy: name, message: `failed to configure policy: ${error.message}` }]
  }
  const variables = variablesOf(server, request, seenAs)
  return bindings.flatMap(binding => {
    if (!matched(server, (binding.spec.matchResources ?? {}) as Match, request)) return []
    const at = { policy: name, binding: binding.metadata.name }
    let params: readonly Draft[]
    try {
      params = paramsOf(server, paramKind, binding, request.namespace)
    } catch (error) {
      if (!(error instanceof ConfigurationFault)) throw error
      return ignore ? [] : [{ ...at, message: `failed to configure binding: ${error.message}` }]
    }
    const found = params.flatMap(param => judge(policy, { ...variables, params: fromJson(param) }))
    const actions: readonly string[] = binding.spec.validationActions ?? []
    if (actions.includes('Warn')) {
      for (const { message } of found)
        request.warn(
          `Validation failed for ValidatingAdmissionPolicy '${at.policy}' with binding '${at.binding}': ${message}`,
        )
    }
    return actions.includes('Deny') ? found.map(f => ({ ...at, ...f })) : []
  })
}

function refusal({ kind, name, object }: AdmissionRequest, denial: Denial): StatusError {
  const { policy, binding, message, reason = 'Invalid' } = denial
  const of = binding === undefined ? '' : ` with binding '${binding}'`
  const why = `ValidatingAdmissionPolicy '${policy}'${of} denied request: ${message}`
  const error = forbidden(kind, name || object?.metadata?.generateName || 'Unknown', why)
  error.status.reason = reason
  error.status.code = CODES[reason] ?? 422
  error.status.details!.causes = [{ message: why }]
  return error
}
