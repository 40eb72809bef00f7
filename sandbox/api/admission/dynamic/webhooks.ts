/** Admission webhooks: which are asked about a request, and what becomes of it by their answers. */

import type { Call } from '../../egress/outside.ts'
import { addressOf, readReply } from '../../egress/remote.ts'
import { isObject } from '../../formats/json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import type { ApiServer } from '../../server.ts'
import { internalError, StatusError } from '../../status.ts'
import type { KubeObject } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { type Match, matched } from './matching.ts'
import { accept, patched } from './patched.ts'
import {
  callFailed,
  denial,
  notOnDryRun,
  readVerdict,
  reviewBody,
  reviewRequest,
  reviewVersion,
  typed,
  type Verdict,
  withoutNews,
} from './review.ts'
import { rounds } from './rounds.ts'
import { conditionsHold, ExpressionFault, variablesOf } from './variables.ts'

interface Hook {
  hook: Draft
  /** Tells it from every other. */
  id: string
}

const hooksOf = (server: ApiServer, resource: string): Hook[] =>
  (server.context.list(resource) as readonly (KubeObject & { webhooks?: Draft[] })[]).flatMap(
    ({ metadata, webhooks = [] }) => webhooks.map((hook, i) => ({ hook, id: `${metadata.uid}/${i}/${hook.name}` })),
  )

/** The kind as which a webhook is to see the request; undefined when it is not asked. @throws Forbidden */
function seenBy(server: ApiServer, hook: Draft, request: AdmissionRequest): KindDef | undefined {
  const { rules, ...match } = hook
  if (!rules?.length) return undefined
  const kind = matched(server, { ...match, resourceRules: rules } as Match, request)
  if (!kind || !hook.matchConditions?.length) return kind
  try {
    return conditionsHold(hook.matchConditions, variablesOf(server, request, kind), false) ? kind : undefined
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    if (hook.failurePolicy === 'Ignore') return undefined
    const { kind: of, name } = request
    throw new StatusError(403, 'Forbidden', `${of.plural} "${name}" is forbidden: ${error.message}`, {
      name,
      kind: of.plural,
    })
  }
}

/** A question to a webhook, or why it cannot be put. */
interface Question {
  hook: Draft
  version: string
  call: Call
}

function question(
  server: ApiServer,
  { hook, id }: Hook,
  request: AdmissionRequest,
  review: Record<string, unknown>,
): Question {
  const { name } = hook
  if (request.dryRun && hook.sideEffects !== 'None' && hook.sideEffects !== 'NoneOnDryRun') throw notOnDryRun(name)
  const version = reviewVersion(hook)
  if (!version)
    throw callFailed(
      name,
      'could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)',
    )
  const timeoutSeconds = hook.timeoutSeconds ?? 10
  const call: Call = {
    ...addressOf(server, hook.clientConfig, `?timeout=${timeoutSeconds}s`),
    key: `${id} ${JSON.stringify(review, withoutTimes)}`,
    timeoutSeconds,
    body: uid => reviewBody(version, review, uid),
  }
  return { hook, version, call }
}

/** A request that has waited is the same request, though it would be dated later now. */
const withoutTimes = (key: string, value: unknown): unknown =>
  key === 'creationTimestamp' || key === 'managedFields' ? undefined : value

/** What a webhook has said; undefined where it has not and that is to be ignored. @throws what refuses the request */
function verdict(server: ApiServer, { hook, version, call }: Question, mutating: boolean): Verdict | undefined {
  const { name, failurePolicy } = hook
  const failed = (why: string): undefined => {
    if (failurePolicy !== 'Ignore') throw callFailed(name, why)
    return undefined
  }
  const answer = readReply(server.outside.ask([call])[0]!)
  if ('error' in answer) return failed(`failed to call webhook: ${answer.error}`)
  let found: Verdict
  try {
    found = readVerdict(answer.value, answer.uid, version, mutating)
  } catch (error) {
    return failed(`received invalid webhook response: ${(error as Error).message}`)
  }
  return found
}

const roundOf = rounds()

/** One after the other, each sees what those before it have made. @throws what refuses the request */
export function callMutatingWebhooks(request: AdmissionRequest, server: ApiServer, resource: string): void {
  const round = roundOf(request)
  round.begin()
  for (const one of hooksOf(server, resource)) {
    const { hook, id } = one
    const kind = seenBy(server, hook, request)
    if (!kind || !round.isTurnOf(id)) continue
    round.asked(id, { changed: callOne(request, server, one, kind), policy: hook.reinvocationPolicy })
  }
  round.end()
}

/** @returns whether the object has been changed */
function callOne(request: AdmissionRequest, server: ApiServer, one: Hook, kind: KindDef): boolean {
  const { name } = one.hook
  const whole = request.objectKind ? request.object : typed(kind, request.object)
  const seen = request.operation === 'CREATE' && !request.objectKind ? withoutNews(whole) : whole
  const asked = question(server, one, request, reviewRequest(request, kind, seen))
  const said = verdict(server, asked, true)
  if (!said) return false
  for (const warning of said.warnings) request.warn(warning)
  if (!said.allowed) throw denial(name, said.result)
  if (said.patch === undefined) return false
  const operations = operationsOf(one.hook, said.patch)
  if (!operations?.length) return false
  if (!seen)
    throw internalError(
      `admission webhook ${JSON.stringify(name)} attempted to modify the object, which is not supported for this operation`,
    )
  return accept(request, server, kind, patched(seen, operations))
}

function operationsOf({ name, failurePolicy }: Draft, patch: string): Draft[] | undefined {
  try {
    const operations: unknown = JSON.parse(patch)
    if (operations === null) return undefined
    if (Array.isArray(operations) && operations.every(isObject)) return operations
  } catch {
    // Said below.
  }
  if (failurePolicy === 'Ignore') return undefined
  throw callFailed(
    name,
    'received undecodable patch in webhook response: json: cannot unmarshal into Go value of type jsonpatch.Patch',
  )
}

/** All are asked at once. @throws what the first says that refuses the request */
export function callValidatingWebhooks(request: AdmissionRequest, server: ApiServer, resource: string): void {
  const asked: Question[] = []
  const refusals: StatusError[] = []
  for (const one of hooksOf(server, resource)) {
    const kind = seenBy(server, one.hook, request)
    if (!kind) continue
    const seen = request.objectKind ? request.object : typed(kind, request.object)
    try {
      asked.push(question(server, one, request, reviewRequest(request, kind, seen)))
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      refusals.push(error)
    }
  }
  server.outside.ask(asked.map(({ call }) => call))
  for (const one of asked) {
    try {
      const said = verdict(server, one, false)
      for (const warning of said?.warnings ?? []) request.warn(warning)
      if (said && !said.allowed) refusals.push(denial(one.hook.name, said.result))
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      refusals.push(error)
    }
  }
  if (refusals[0]) throw refusals[0]
}
