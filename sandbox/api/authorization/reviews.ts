/** Kinds that are questions: what is created is answered in its status and not stored. */
import { managedFields } from '../apply/index.ts'
import { authenticateToken } from '../authentication/token.ts'
import { ADMIN, nodeOf, type UserInfo } from '../authentication/user.ts'
import { invalidObject } from '../fields.ts'
import { ownNamespace } from '../kept.ts'
import { apiVersionOf, type Draft, type KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { decide } from './authorizer.ts'
import { type Attributes, rulesFor } from './rbac.ts'
import { reviewFaults } from './review-faults.ts'

type Answer = (spec: Draft, server: ApiServer, user: UserInfo, namespace: string) => Draft

function attributesOf(spec: Draft): Attributes {
  const { resourceAttributes: r, nonResourceAttributes: n } = spec
  if (n) return { verb: n.verb ?? '', path: n.path ?? '' }
  return {
    verb: r?.verb ?? '',
    group: r?.group ?? '',
    resource: r?.resource ?? '',
    ...(r?.subresource && { subresource: r.subresource }),
    ...(r?.namespace && { namespace: r.namespace }),
    ...(r?.name && { name: r.name }),
    ...(r?.fieldSelector && { fieldSelector: selectorOf(r.fieldSelector) }),
  }
}

/** What is asked for by its requirements can be told as a selector, as far as anybody looks at it. */
const selectorOf = ({ rawSelector, requirements = [] }: Draft): string =>
  rawSelector ??
  requirements
    .filter(({ operator, values }: Draft) => operator === 'In' && values?.length === 1)
    .map(({ key, values }: Draft) => `${key}=${values[0]}`)
    .join()

function decision(server: ApiServer, user: UserInfo, spec: Draft): Draft {
  const { allowed, reason } = decide(server, user, attributesOf(spec))
  return { allowed, ...(reason && { reason }) }
}

const asked = (spec: Draft): UserInfo => ({ username: spec.user ?? '', groups: spec.groups ?? [] })

const ANSWERS: Readonly<Record<string, Answer>> = {
  selfsubjectaccessreviews: (spec, server, user) => decision(server, user, spec),
  subjectaccessreviews: (spec, server) => decision(server, asked(spec), spec),
  localsubjectaccessreviews: (spec, server) => decision(server, asked(spec), spec),
  selfsubjectrulesreviews(spec, server, user) {
    const isNode = nodeOf(user) !== undefined
    const rules = rulesFor(server, user, spec.namespace ?? '')
    return {
      resourceRules: rules
        .filter(r => r.resources?.length)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({
          verbs,
          apiGroups,
          resources,
          ...(resourceNames?.length && { resourceNames }),
        })),
      nonResourceRules: rules
        .filter(r => r.nonResourceURLs?.length)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
      incomplete: isNode,
      ...(isNode && { evaluationError: 'node authorizer does not support user rule resolution' }),
    }
  },
  selfsubjectreviews: (_spec, _server, user) => ({ userInfo: shown(user) }),
  tokenreviews(spec, server) {
    const found = authenticateToken(server, spec.token ?? '', spec.audiences?.length ? spec.audiences : undefined)
    if (!found) return { user: {}, error: '[invalid bearer token, unknown]' }
    return { authenticated: true, user: shown(found.user), audiences: found.audiences }
  },
}

const shown = ({ username, uid, groups, extra }: UserInfo): Draft => ({
  username,
  ...(uid && { uid }),
  groups,
  ...(extra && { extra }),
})

export const isReview = (kind: KindDef): boolean => kind.plural in ANSWERS

/** Of questions that say whose they are nothing is kept but the answer. */
const FORGETFUL = new Set(['selfsubjectreviews', 'selfsubjectrulesreviews'])

/** @throws Invalid, BadRequest */
export function review(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  object: Draft,
  { user = ADMIN, fieldManager }: RequestOptions,
): Draft {
  const now = server.clock.timestamp()
  const metadata: Draft = { ...object.metadata }
  if (kind.namespaced) ownNamespace(kind, namespace, metadata)
  const { status: _, ...question } = object
  const asked: Draft = { ...question, metadata }
  const isForgetful = FORGETFUL.has(kind.plural)
  if (fieldManager && !isForgetful)
    managedFields.now.recordUpdate(kind, undefined, asked, { manager: fieldManager, subresource: '', now })
  const errors = reviewFaults(kind, asked)
  // The real server has lost here what it was asked.
  if (errors.length) throw invalidObject('', kind.group, '', errors)
  return {
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    metadata: isForgetful ? (kind.plural === 'selfsubjectreviews' ? { creationTimestamp: now } : {}) : metadata,
    ...(kind.plural !== 'selfsubjectreviews' && { spec: isForgetful ? {} : (object.spec ?? {}) }),
    status: ANSWERS[kind.plural]!(object.spec ?? {}, server, user, namespace),
  }
}
