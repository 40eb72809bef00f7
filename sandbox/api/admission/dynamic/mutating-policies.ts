/** MutatingAdmissionPolicies: what they make of an object that is on its way in. */
import { merge } from '../../apply/apply.ts'
import { childShape, isWhole, itemShape, type Shape } from '../../apply/field-set.ts'
import { shapeOf } from '../../apply/managed-fields.ts'
import { typedFaults } from '../../apply/typed.ts'
import { typeFaults, typeOfLiteral } from '../../cel/object-literals.ts'
import { isList, isMap, type Value } from '../../cel/runtime/values.ts'
import { fromJson, toJson } from '../../cel/schemas/values.ts'
import { clone, isObject } from '../../formats/json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import { forbidden, StatusError } from '../../status.ts'
import type { MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { type Match, matched } from './matching.ts'
import { accept, isTestFailure, patched } from './patched.ts'
import { ConfigurationFault, paramKindOf, paramsOf } from './policies.ts'
import { typed } from './review.ts'
import { rounds } from './rounds.ts'
import { BUDGET, composed, conditionsHold, ExpressionFault, evaluate, variablesOf } from './variables.ts'

const GROUP = 'admissionregistration.k8s.io'

/** A policy as one of its bindings applies it, with one parameter. */
interface Invocation {
  policy: MutatingAdmissionPolicy
  binding: MutatingAdmissionPolicyBinding
  kind: KindDef
  param: Draft
  /** Tells it from every other. */
  id: string
}

interface Fault {
  policy: MutatingAdmissionPolicy
  binding?: MutatingAdmissionPolicyBinding
  message: string
  reason?: string
}

/** What makes no object, or none that fits. */
class MutationFault extends Error {}

const roundOf = rounds()

function invocations(request: AdmissionRequest, server: ApiServer, faults: Fault[]): Invocation[] {
  const policies = server.context.list(`mutatingadmissionpolicies.${GROUP}`) as readonly MutatingAdmissionPolicy[]
  const bindings = server.context.list(
    `mutatingadmissionpolicybindings.${GROUP}`,
  ) as readonly MutatingAdmissionPolicyBinding[]
  return policies.flatMap(policy => {
    const { name } = policy.metadata
    const own = bindings.filter(b => b.spec.policyName === name)
    const kind = own.length ? matched(server, policy.spec.matchConstraints ?? {}, request) : undefined
    if (!kind) return []
    return own.flatMap(binding => {
      if (!matched(server, (binding.spec.matchResources ?? {}) as Match, request)) return []
      try {
        const params = paramsOf(server, paramKindOf(server, policy), binding, request.namespace)
        return params.map(param => {
          const id = `${name} ${binding.metadata.name} ${param?.metadata.namespace ?? ''}/${param?.metadata.name ?? ''}`
          return { policy, binding, kind, param, id }
        })
      } catch (error) {
        if (!(error instanceof ConfigurationFault)) throw error
        faults.push({ policy, binding, message: `failed to configure binding: ${error.message}` })
        return []
      }
    })
  })
}

/** One after the other, each sees what those before it have made. @throws Forbidden when one fails that may not */
export function applyMutatingPolicies(request: AdmissionRequest, server: ApiServer): void {
  const faults: Fault[] = []
  const round = roundOf(request)
  round.begin()
  for (const one of invocations(request, server, faults)) {
    const { policy, id } = one
    const params = Boolean(policy.spec.paramKind)
    try {
      const variables = { ...variablesOf(server, request, one.kind), params: fromJson(one.param) }
      if (!conditionsHold(policy.spec.matchConditions ?? [], variables, params)) continue
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error
      faults.push({ ...one, message: error.message, reason: 'Invalid' })
      continue
    }
    if (!round.isTurnOf(id)) continue
    const changed = request.object !== undefined && mutate(request, server, one, faults)
    round.asked(id, { changed, policy: policy.spec.reinvocationPolicy })
  }
  round.end()
  const [first, ...others] = faults.filter(f => f.policy.spec.failurePolicy !== 'Ignore')
  if (first) throw refusal(request, [first, ...others])
}

/** @returns whether the object has been changed */
function mutate(request: AdmissionRequest, server: ApiServer, one: Invocation, faults: Fault[]): boolean {
  let changed = false
  for (const mutation of (one.policy.spec.mutations ?? []) as Draft[]) {
    try {
      const object = request.objectKind ? request.object : typed(one.kind, request.object)
      const byOperations = mutation.patchType === 'JSONPatch'
      const made = byOperations
        ? byPatch(object, evaluated(mutation.jsonPatch.expression, request, server, one))
        : byConfiguration(one.kind, object, evaluated(mutation.applyConfiguration.expression, request, server, one))
      if (made && accept(request, server, one.kind, made, byOperations)) changed = true
    } catch (error) {
      if (!(error instanceof MutationFault) && !(error instanceof ExpressionFault)) throw error
      faults.push({ ...one, message: error.message, reason: 'Invalid' })
    }
  }
  return changed
}

function evaluated(
  text: string,
  request: AdmissionRequest,
  server: ApiServer,
  { policy, kind, param }: Invocation,
): Value {
  const params = Boolean(policy.spec.paramKind)
  const seen = composed(policy.spec, { ...variablesOf(server, request, kind), params: fromJson(param) }, params)
  return evaluate(text, seen, { params, authorizer: true, mutates: true }, { left: BUDGET })
}

function byPatch(object: Draft, value: Value): Draft | undefined {
  if (!isList(value)) throw new MutationFault('type mismatch: JSONPatchType.expression should evaluate to array')
  const operations = value.map(item => {
    if (typeOfLiteral(item) !== 'JSONPatch')
      throw new MutationFault('type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch')
    const operation = toJson(item) as Draft
    const faults = typeof item === 'object' && item !== null && isMap(item) ? typeFaults(item.get('value') ?? null) : []
    if (faults.length) throw new MutationFault(`type mismatch: ${faults.join('\n')}`)
    return operation
  })
  try {
    return patched(object, operations)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    // Where a test fails the patch is not applied, and nothing is wrong.
    if (isTestFailure(error)) return undefined
    throw new MutationFault(`JSON Patch: ${error.status.details?.causes?.[0]?.message ?? error.message}`)
  }
}

function byConfiguration(kind: KindDef, object: Draft, value: Value): Draft {
  if (typeOfLiteral(value) !== 'Object')
    throw new MutationFault('unsupported return type from ApplyConfiguration expression')
  const faults = typeFaults(value)
  if (faults.length) throw new MutationFault(`type mismatch: ${faults.join('\n')}`)
  const shape = shapeOf(kind)
  const wanted = toJson(value) as Draft
  const unfit = typedFaults(shape, wanted)
  if (unfit.length) {
    const why = unfit.length > 1 ? `errors:\n  ${unfit.join('\n  ')}` : unfit[0]
    throw new MutationFault(`error applying patch: failed to convert patch object to typed object: ${why}`)
  }
  const atomics = wholes(shape, wanted, '')
  if (atomics.length)
    throw new MutationFault(
      `error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`,
    )
  return merge(shape, clone(object), wanted)
}

/** What a configuration names that can only be replaced, which would drop what it does not name. */
function wholes(shape: Shape, value: unknown, path: string): string[] {
  const { list } = shape
  if (Array.isArray(value)) {
    const own = list?.type === 'map' || list?.type === 'set' ? [] : [path]
    return [...own, ...value.flatMap((item, i) => wholes(itemShape(shape), item, `${path}[${i}]`))]
  }
  if (!isObject(value)) return []
  const own = list?.type === 'atomic' || isWhole(shape) ? [path] : []
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => wholes(childShape(shape, key), child, `${path}.${key}`)),
  ]
}

function refusal({ kind, name }: AdmissionRequest, faults: readonly Fault[]): StatusError {
  const words = faults.map(({ policy, binding, message }) =>
    binding
      ? `policy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${message}`
      : `policy ${JSON.stringify(policy.metadata.name)} denied request: ${message}`,
  )
  const error = forbidden(kind, name, 'admission request denied by policy')
  error.status.message = error.message = words[0]!
  error.status.reason = faults[0]!.reason ?? 'Forbidden'
  error.status.details!.causes = words.map(message => ({ message }))
  return error
}
