/** serviceaccounts/NAME/token: a token for a service account, bound to a Pod if asked. */

import { API_AUDIENCES, ISSUER, sign } from '../../tokens.ts'
import { invalid, invalidObject } from '../fields.ts'
import { ownNamespace } from '../kept.ts'
import type { Draft } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { badRequest, conflict, notFound } from '../status.ts'
import type { KubeObject, Pod, ServiceAccount } from '../types.ts'

const MIN_SECONDS = 600
const MAX_SECONDS = 2 ** 32
const DEFAULT_SECONDS = 3600
/** What the kubelet asks for where nobody has said for how long; such a token is good for a year, and its use is warned of. */
const UNASKED_SECONDS = 3607
const EXTENDED_SECONDS = 365 * 24 * 3600

interface TokenRequestSpec {
  audiences?: readonly string[]
  expirationSeconds?: number
  boundObjectRef?: { kind?: string; apiVersion?: string; name?: string; uid?: string } | null
}

/** A request that was answered. */
export interface TokenRequest {
  kind: 'TokenRequest'
  apiVersion: string
  metadata: object
  spec: TokenRequestSpec
  status: { token: string; expirationTimestamp: string }
}

const TOKEN_REQUEST = { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' }

/** A token that has been granted; its text is long, and most tokens are never read. */
interface Granted {
  spec: TokenRequestSpec
  expiresAt: number
  /** Writes it down. */
  token: () => string
}

/** @throws NotFound, Invalid */
export function requestToken(
  server: ApiServer,
  namespace: string,
  name: string,
  request: Draft,
  options: RequestOptions,
): TokenRequest {
  const { spec, expiresAt, token } = grantToken(server, namespace, name, request, options)
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: server.clock.timestamp() },
    spec,
    status: { token: token(), expirationTimestamp: server.clock.timestamp(expiresAt) },
  }
}

/** @throws NotFound, Invalid */
export function grantToken(
  server: ApiServer,
  namespace: string,
  name: string,
  request: Draft,
  options: RequestOptions,
): Granted {
  const kind = server.registry.resource('serviceaccounts')!
  const account = server.get(kind, namespace, name) as ServiceAccount
  ownNamespace(kind, namespace, (request.metadata ??= {}))
  if (request.metadata.name && request.metadata.name !== name) {
    const why = 'must match the service account name if specified'
    throw invalidObject('TokenRequest', 'authentication.k8s.io', name, [
      invalid('metadata.name', request.metadata.name, why),
    ])
  }
  const spec: TokenRequestSpec = request.spec ?? {}
  const seconds = spec.expirationSeconds ?? DEFAULT_SECONDS
  const errors = [
    ...(seconds < MIN_SECONDS
      ? [invalid('spec.expirationSeconds', seconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(seconds > MAX_SECONDS
      ? [invalid('spec.expirationSeconds', seconds, 'may not specify a duration larger than 2^32 seconds')]
      : []),
  ]
  if (errors.length) throw invalidObject('TokenRequest', 'authentication.k8s.io', '', errors)
  server.admitConnect('CREATE', kind, namespace, name, 'token', options, { object: request, objectKind: TOKEN_REQUEST })
  const bound = spec.boundObjectRef ? boundObject(server, namespace, name, spec.boundObjectRef) : undefined
  const node = bound?.kind === 'Pod' ? nodeOf(server, bound as Pod) : undefined
  const issued = Math.floor(server.clock.now() / 1000)
  const audiences = spec.audiences?.length ? spec.audiences : API_AUDIENCES
  const extended =
    bound?.kind === 'Pod' && seconds === UNASKED_SECONDS && audiences.every(one => API_AUDIENCES.includes(one))
  const token = tokenOf({
    audiences,
    issued,
    seconds: extended ? EXTENDED_SECONDS : seconds,
    warnAfter: extended ? issued + seconds : undefined,
    id: server.random.uuid(),
    namespace,
    node,
    bound: bound && { kind: bound.kind, name: bound.metadata.name, uid: bound.metadata.uid },
    account: { name, uid: account.metadata.uid },
  })
  return {
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: spec.boundObjectRef ?? null },
    expiresAt: (issued + seconds) * 1000,
    token,
  }
}

interface Facts {
  audiences: readonly string[]
  issued: number
  seconds: number
  /** From when on its use is worth a warning. */
  warnAfter: number | undefined
  id: string
  namespace: string
  node: { name: string; uid?: string } | undefined
  bound: { kind: string; name: string; uid: string } | undefined
  account: { name: string; uid: string }
}

const tokenOf =
  ({ audiences, issued, seconds, warnAfter, id, namespace, node, bound, account }: Facts): (() => string) =>
  () =>
    sign({
      aud: audiences,
      exp: issued + seconds,
      iat: issued,
      iss: ISSUER,
      jti: id,
      'kubernetes.io': {
        namespace,
        ...(node && { node }),
        ...(bound && { [bound.kind.toLowerCase()]: { name: bound.name, uid: bound.uid } }),
        serviceaccount: account,
        ...(warnAfter !== undefined && { warnafter: warnAfter }),
      },
      nbf: issued,
      sub: `system:serviceaccount:${namespace}:${account.name}`,
    })

/** Where the Pod of a token runs, which the token tells as well. */
function nodeOf(server: ApiServer, { spec }: Pod): { name: string; uid?: string } | undefined {
  if (!spec.nodeName) return undefined
  const uid = server.context.find('nodes', '', spec.nodeName)?.metadata.uid
  return { name: spec.nodeName, ...(uid && { uid }) }
}

const BOUND: Readonly<Record<string, string>> = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' }

/** As Go prints it: with a slash, whether or not there is a group. */
const groupVersion = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion : `/${apiVersion}`)

function boundObject(
  server: ApiServer,
  namespace: string,
  account: string,
  ref: NonNullable<TokenRequestSpec['boundObjectRef']>,
): KubeObject {
  const resource = BOUND[ref.kind ?? '']
  if (!resource || ref.apiVersion?.includes('/'))
    throw badRequest(
      `cannot bind token to object of type ${groupVersion(ref.apiVersion ?? '')}, Kind=${ref.kind ?? ''}`,
    )
  if (!ref.name) throw badRequest('Name parameter required.')
  const object = server.context.find(resource, resource === 'nodes' ? '' : namespace, ref.name ?? '')
  if (!object) throw notFound({ plural: resource, group: '' }, ref.name)
  if (object.kind === 'Pod' && (object as Pod).spec.serviceAccountName !== account) {
    const why = `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`
    throw badRequest(why)
  }
  if (ref.uid && ref.uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${ref.uid}) does not match the UID in record. The object might have been deleted and then recreated`
    throw conflict({ plural: object.kind, group: '' }, ref.name, why)
  }
  return object
}
