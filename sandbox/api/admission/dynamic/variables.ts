/**
 * Variables of expressions in policies and webhooks, and the evaluation of these expressions within their cost budgets.
 */

import { serviceAccountUser } from '../../authentication/user.ts'
import { decide } from '../../authorization/authorizer.ts'
import { CelError, type Expression } from '../../cel/language.ts'
import { type Ask, Asking, AUTHORIZER, RESOURCE_CHECK } from '../../cel/library/authorizer.ts'
import { PolicyCompiler, type PolicyLanguage } from '../../cel/policy-language.ts'
import { CostExceeded } from '../../cel/runtime/evaluate.ts'
import type { MapValue, Value } from '../../cel/runtime/values.ts'
import { fromJson } from '../../cel/schemas/values.ts'
import { clone } from '../../formats/json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import type { AdmissionRequest } from '../admission.ts'
import { gvk, gvr } from './matching.ts'

export type Variables = Readonly<Record<string, Value>>

/** For all expressions of a policy about one request, and for its conditions. */
export const BUDGET = 10_000_000
const CONDITIONS_BUDGET = 2_500_000

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

const asking =
  (server: ApiServer, { user }: AdmissionRequest): Ask =>
  ({ verb, path, serviceAccount, group = '', resource = '', ...rest }) => {
    const who = serviceAccount ? serviceAccountUser(serviceAccount.namespace, serviceAccount.name) : user
    const attributes = path ? { verb, path } : { verb, group, resource, ...rest }
    return decide(server, who, attributes)
  }

export function variablesOf(server: ApiServer, request: AdmissionRequest, kind: KindDef): Variables {
  const { operation, subresource, namespace, name, user, dryRun, object, old } = request
  const found = namespace && request.kind.namespaced ? server.context.find('namespaces', '', namespace) : undefined
  const ask = asking(server, request)
  const { group, resource } = gvr(request.requestKind)
  return {
    object: fromJson(request.objectKind ? (object ?? null) : seenAs(kind, object)),
    oldObject: fromJson(request.objectKind ? (old ?? null) : seenAs(kind, old)),
    request: fromJson({
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
    namespaceObject: fromJson(found ?? null),
    authorizer: new Asking(AUTHORIZER, ask),
    'authorizer.requestResource': new Asking(RESOURCE_CHECK, ask, {
      group,
      resource,
      ...(subresource && { subresource }),
      ...(namespace && { namespace }),
      ...(name && { name }),
    }),
  }
}

/** Why an expression has no value, in Kubernetes' words. */
export class ExpressionFault extends Error {}
/** Nothing more is asked. */
export class OutOfBudget extends ExpressionFault {
  constructor() {
    super('validation failed due to running out of cost budget, no further validation rules will be run')
  }
}

/** What may still be spent. */
export interface Purse {
  left: number
}

/** Of a policy that has variables: what they are, worked out when they are first asked for. */
export interface Composition {
  compiler: PolicyCompiler
  variables: Variables
  /** What variables have cost since it was last asked. */
  spent: { cost: number }
}

const compilers = new WeakMap<object, PolicyCompiler>()

/** Conditions know no variables, and what has been compiled of them is known for as long as they are. */
const conditionCompilers = new WeakMap<readonly Condition[], PolicyCompiler>()
function conditionCompilerOf(conditions: readonly Condition[]): PolicyCompiler {
  let compiler = conditionCompilers.get(conditions)
  if (!compiler) conditionCompilers.set(conditions, (compiler = new PolicyCompiler(false)))
  return compiler
}

/** The compiler of a policy, which knows its variables. */
function compilerOf(
  spec: { variables?: readonly { name?: string; expression?: string }[] },
  params: boolean,
): PolicyCompiler {
  let compiler = compilers.get(spec)
  if (!compiler) {
    compiler = new PolicyCompiler(true)
    for (const { name = '', expression = '' } of spec.variables ?? []) compiler.addVariable(name, expression, params)
    compilers.set(spec, compiler)
  }
  return compiler
}

export function composed(
  spec: { variables?: readonly { name?: string; expression?: string }[] },
  seen: Variables,
  params: boolean,
): Composition {
  const compiler = compilerOf(spec, params)
  const expressions = new Map((spec.variables ?? []).map(v => [v.name ?? '', v.expression ?? '']))
  const known = new Map<string, Value | CelError>()
  const spent = { cost: 0 }
  const lazily: MapValue = {
    isMap: true,
    size: expressions.size,
    keys: () => [...expressions.keys()],
    get(key) {
      const text = typeof key === 'string' ? expressions.get(key) : undefined
      if (text === undefined) return undefined
      const name = key as string
      let value = known.get(name)
      if (value === undefined) {
        value = variable(name, text)
        known.set(name, value)
      }
      if (value instanceof CelError) throw value
      return value
    },
  }
  const variables: Variables = { ...seen, variables: lazily }
  const variable = (name: string, text: string): Value | CelError => {
    const made = compiler.compile(text, { params, authorizer: true })
    if ('detail' in made) return new CelError(`composited variable "${name}" fails to compile: ${made.detail}`)
    try {
      const { value, cost } = made.evaluate(lookUp(variables))
      spent.cost += cost
      return value
    } catch (error) {
      if (!(error instanceof CelError) && !(error instanceof CostExceeded)) throw error
      return new CelError(`composited variable "${name}" fails to evaluate: ${error.message}`)
    }
  }
  return { compiler, variables, spent }
}

const lookUp =
  (variables: Variables) =>
  (name: string): Value | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined

/** An expression's value. @throws ExpressionFault, OutOfBudget */
export function evaluate(
  text: string,
  { compiler, variables, spent }: Composition,
  language: PolicyLanguage,
  purse: Purse,
): Value {
  const made = compiler.compile(text, language)
  if ('detail' in made) throw new ExpressionFault(`compilation error: ${made.detail}`)
  const { authorizer: _a, 'authorizer.requestResource': _r, ...others } = variables
  const seen = language.authorizer ? variables : others
  spent.cost = 0
  try {
    const { value, cost } = (made as Expression).evaluate(lookUp(seen))
    spend(purse, spent.cost + cost)
    return value
  } catch (error) {
    if (!(error instanceof CelError) && !(error instanceof CostExceeded)) throw error
    throw new ExpressionFault(`expression '${text}' resulted in error: ${error.message}`)
  }
}

function spend(purse: Purse, cost: number): void {
  if (cost > purse.left) throw new OutOfBudget()
  purse.left -= cost
}

interface Condition {
  name?: string
  expression?: string
}

/** Whether all hold. One that is false decides before any that fails. @throws ExpressionFault */
export function conditionsHold(conditions: readonly Condition[], variables: Variables, params: boolean): boolean {
  if (!conditions.length) return true
  const faults: string[] = []
  // A namespace is not shown to conditions.
  const seen: Composition = {
    compiler: conditionCompilerOf(conditions),
    variables: { ...variables, namespaceObject: null },
    spent: { cost: 0 },
  }
  const purse = { left: CONDITIONS_BUDGET }
  for (const { expression = '' } of conditions) {
    try {
      if (evaluate(expression.trim(), seen, { params, authorizer: true }, purse) === false) return false
    } catch (error) {
      if (!(error instanceof ExpressionFault) || error instanceof OutOfBudget) throw error
      faults.push(error.message)
    }
  }
  if (faults.length) throw new ExpressionFault(faults.length === 1 ? faults[0] : `[${faults.join(', ')}]`)
  return true
}
