/** Kinds that are questions: what is created is answered in its status and not stored. */
import { type Attributes, authorize, rulesFor } from './authorization/rbac.ts'
import { type FieldError, invalid, invalidObject } from './fields.ts'
import { apiVersionOf, type Draft, type KindDef } from './kind.ts'
import type { ApiServer } from './server.ts'
import { badRequest } from './status.ts'
import { authenticateToken } from './token.ts'
import type { UserInfo } from './user.ts'

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
  }
}

const decision = (server: ApiServer, user: UserInfo, spec: Draft): Draft => ({
  allowed: authorize(server, user, attributesOf(spec)),
})

const asked = (spec: Draft): UserInfo => ({ username: spec.user ?? '', groups: spec.groups ?? [] })

const ANSWERS: Readonly<Record<string, Answer>> = {
  selfsubjectaccessreviews: (spec, server, user) => decision(server, user, spec),
  subjectaccessreviews: (spec, server) => decision(server, asked(spec), spec),
  localsubjectaccessreviews: (spec, server) => decision(server, asked(spec), spec),
  selfsubjectrulesreviews(spec, server, user) {
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
      incomplete: false,
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

function faults(kind: KindDef, object: Draft, namespace: string): FieldError[] {
  const { spec = {} } = object
  const found: FieldError[] = []
  if (kind.plural.endsWith('accessreviews')) {
    if (spec.resourceAttributes && spec.nonResourceAttributes) {
      found.push(
        invalid(
          'spec.nonResourceAttributes',
          spec.nonResourceAttributes,
          'cannot be specified in combination with resourceAttributes',
        ),
      )
    }
    if (!spec.resourceAttributes && !spec.nonResourceAttributes) {
      found.push(
        invalid(
          'spec.resourceAttributes',
          null,
          'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        ),
      )
    }
    if (!kind.plural.startsWith('self') && !spec.user && !spec.groups?.length)
      found.push(invalid('spec.user', '', 'at least one of user or group must be specified'))
    if (kind.namespaced && spec.resourceAttributes?.namespace !== namespace) {
      found.push(
        invalid(
          'spec.resourceAttributes.namespace',
          spec.resourceAttributes?.namespace ?? '',
          'must match metadata.namespace',
        ),
      )
    }
  }
  if (kind.plural === 'selfsubjectrulesreviews' && !spec.namespace) throw badRequest('no namespace on request')
  if (kind.plural === 'tokenreviews' && !spec.token)
    throw badRequest('token is required for TokenReview in authentication')
  return found
}

/** @throws Invalid, BadRequest */
export function review(server: ApiServer, kind: KindDef, namespace: string, object: Draft, user: UserInfo): Draft {
  const errors = faults(kind, object, namespace)
  if (errors.length) throw invalidObject(kind.kind, kind.group, '', errors)
  return {
    ...object,
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    metadata: { ...object.metadata, creationTimestamp: null },
    ...(kind.plural !== 'selfsubjectreviews' && { spec: object.spec ?? {} }),
    status: ANSWERS[kind.plural]!(object.spec ?? {}, server, user, namespace),
  }
}
