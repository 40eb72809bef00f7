/** What expressions of policies and webhooks see of a request. */
import { authorize } from '../../authorization/rbac.ts'
import { EvaluationError, type Expression, evaluationFault, toCel } from '../../cel/environment.ts'
import { Authorizer, type PolicyLanguage, policyCompiler, type Question } from '../../cel/policy-language.ts'
import { clone } from '../../json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import type { AdmissionRequest } from '../admission.ts'
import { gvk, gvr } from './matching.ts'

export type Variables = Record<string, unknown>

export const OPTIONS: Readonly<Record<string, string>> = {
  CREATE: 'CreateOptions',
  UPDATE: 'UpdateOptions',
  DELETE: 'DeleteOptions',
}

/** An object in the version in which a policy wants to see it. */
export const seenAs = (kind: KindDef, object: Draft): Draft =>
  object && kind.convert
    ? kind.convert([object])[0]
    : object && kind.stored
      ? kind.stored.fromStored(clone(object))
      : (object ?? null)

function authorizer(server: ApiServer, { user }: AdmissionRequest): Authorizer {
  return new Authorizer(({ verb, path, group = '', resource = '', ...rest }: Question) =>
    authorize(server, user, path ? { verb, path } : { verb, group, resource, ...rest }),
  )
}

export function variablesOf(server: ApiServer, request: AdmissionRequest, kind: KindDef): Variables {
  const { operation, subresource, namespace, name, user, dryRun, object, old } = request
  const found = namespace && request.kind.namespaced ? server.context.find('namespaces', '', namespace) : undefined
  return {
    object: toCel(request.objectKind ? (object ?? null) : seenAs(kind, object)),
    oldObject: toCel(request.objectKind ? (old ?? null) : seenAs(kind, old)),
    request: toCel({
      kind: request.objectKind ?? gvk(kind),
      resource: gvr(kind),
      subResource: subresource,
      requestKind: request.objectKind ?? gvk(request.requestKind),
      requestResource: gvr(request.requestKind),
      requestSubResource: subresource,
      name,
      namespace,
      operation,
      userInfo: user,
      dryRun,
      ...(OPTIONS[operation] && { options: { apiVersion: 'meta.k8s.io/v1', kind: OPTIONS[operation] } }),
    }),
    namespaceObject: toCel(found ?? null),
    authorizer: authorizer(server, request),
  }
}

/** An expression's value. @throws ExpressionFault in Kubernetes' words */
export function evaluate(text: string, variables: Variables, language: PolicyLanguage): unknown {
  const expression: Expression = policyCompiler(language).compile(text)
  const seen = language.authorizer ? variables : without(variables, 'authorizer')
  try {
    return expression(seen)
  } catch (error) {
    if (error instanceof ExpressionFault) throw error
    if (!(error instanceof EvaluationError)) throw error
    throw new ExpressionFault(`expression '${text}' resulted in error: ${evaluationFault(error)}`)
  }
}

export class ExpressionFault extends Error {}

const without = (variables: Variables, key: string): Variables => {
  const { [key]: _left, ...rest } = variables
  return rest
}

interface Condition {
  name?: string
  expression?: string
}

/** Whether all hold. One that is false decides before any that fails. @throws ExpressionFault */
export function conditionsHold(conditions: readonly Condition[], variables: Variables, params: boolean): boolean {
  const faults: string[] = []
  for (const { expression = '' } of conditions) {
    try {
      if (evaluate(expression.trim(), variables, { params, authorizer: true }) === false) return false
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error
      faults.push(error.message)
    }
  }
  if (faults.length) throw new ExpressionFault(faults.length === 1 ? faults[0] : `[${faults.join(', ')}]`)
  return true
}
