/** Acting as somebody else, by Impersonate-* headers: by the verb `impersonate`, or for what one does with it alone. */

import { ANONYMOUS, type UserInfo } from '../../api/authentication/user.ts'
import type { Attributes } from '../../api/authorization/rbac.ts'
import type { ApiServer } from '../../api/server.ts'
import { badRequest, type StatusError } from '../../api/status.ts'
import type { ApiRequest } from '../exchange.ts'
import { forbiddenTo } from './authorization.ts'

const NOBODY = ANONYMOUS.groups[0]!
/** A name of any other form is that of a user like others. */
const SERVICE_ACCOUNT = /^system:serviceaccount:([a-z\d](?:[-a-z\d]*[a-z\d])?):([a-z\d](?:[-.a-z\d]*[a-z\d])?)$/
const NODE = /^system:node:([a-z\d](?:[-a-z\d]*[a-z\d])?(?:\.[a-z\d](?:[-a-z\d]*[a-z\d])?)*)$/

const AUTHENTICATION = 'authentication.k8s.io'
const EXTRA = 'impersonate-extra-'
const NODE_OF_ACCOUNT = 'authentication.kubernetes.io/node-name'

/** The user to be impersonated. */
interface Wanted {
  name: string
  groups: readonly string[]
  uid: string
  extra: Readonly<Record<string, readonly string[]>>
}

const isNameAlone = ({ groups, uid, extra }: Wanted): boolean => !groups.length && !uid && !Object.keys(extra).length

interface Mode {
  /** Part of its verbs; '' for the one that has been there always, and needs only `impersonate`. */
  name: string
  fits(wanted: Wanted, requestor: UserInfo): boolean
}

const isAccount = (name: string): boolean => SERVICE_ACCOUNT.test(name)
const isNode = (name: string): boolean => NODE.test(name)

/** In the order in which they are tried. */
const MODES: readonly Mode[] = [
  {
    name: 'associated-node',
    fits: (wanted, { username, extra }) =>
      isNameAlone(wanted) &&
      isAccount(username) &&
      isNode(wanted.name) &&
      extra?.[NODE_OF_ACCOUNT]?.join() === NODE.exec(wanted.name)![1],
  },
  { name: 'arbitrary-node', fits: wanted => isNameAlone(wanted) && isNode(wanted.name) },
  { name: 'serviceaccount', fits: wanted => isNameAlone(wanted) && isAccount(wanted.name) },
  { name: 'user-info', fits: ({ name }) => !isNode(name) && !isAccount(name) },
  { name: '', fits: () => true },
]

/** By which mode a user has last become another: it is tried first the next time, and its refusal is the one that is told. */
const lastModes = new WeakMap<ApiServer, Map<string, Mode>>()

/** @param asked what is to be done as the other @throws Forbidden, BadRequest for groups without a user */
export function impersonate(
  server: ApiServer,
  { headers }: ApiRequest,
  requestor: UserInfo,
  asked: () => Attributes,
): UserInfo {
  const wanted = wantedBy(headers)
  if (!wanted) return requestor
  const known = lastModes.get(server) ?? new Map<string, Mode>()
  lastModes.set(server, known)
  const last = known.get(requestor.username)
  let first: StatusError | undefined
  for (const mode of last ? [last, ...MODES.filter(mode => mode !== last)] : MODES) {
    if (!mode.fits(wanted, requestor)) continue
    const fault = faultOf(server, mode, wanted, requestor, asked())
    if (!fault) {
      known.set(requestor.username, mode)
      return become(wanted, mode)
    }
    first ??= fault
  }
  throw first!
}

function wantedBy(headers: ApiRequest['headers']): Wanted | undefined {
  const name = headers['impersonate-user'] ?? ''
  const groups = valuesOf(headers['impersonate-group']).filter(Boolean)
  const uid = headers['impersonate-uid'] ?? ''
  const extra = extraOf(headers)
  if (name) return { name, groups, uid, extra: extra ?? {} }
  if (groups.length || uid || extra) throw badRequest(withoutUser(uid, groups, extra ?? {}))
  return undefined
}

/** Why not by this mode. */
function faultOf(
  server: ApiServer,
  { name: mode }: Mode,
  wanted: Wanted,
  requestor: UserInfo,
  asked: Attributes,
): StatusError | undefined {
  const may: May = (attributes, why) => forbiddenTo(server, requestor, attributes, why)
  const refused = mode ? may({ ...asked, verb: `impersonate-on:${mode}:${asked.verb}` }) : undefined
  if (refused) return refused
  const verb = mode ? `impersonate:${mode}` : 'impersonate'
  const group = mode ? AUTHENTICATION : ''
  const [, namespace, account] = SERVICE_ACCOUNT.exec(wanted.name) ?? []
  const node = mode ? NODE.exec(wanted.name)?.[1] : undefined
  const own = mode === 'associated-node' ? '*' : node
  const name = own
    ? { resource: 'nodes', name: own }
    : account
      ? { resource: 'serviceaccounts', name: account, namespace: namespace! }
      : { resource: 'users', name: wanted.name }
  const fault = may({ verb, group, ...name })
  if (fault) return fault
  if (wanted.uid) {
    const fault = may({ verb, group: AUTHENTICATION, resource: 'uids', name: wanted.uid })
    if (fault) return fault
  }
  return faultOfGroups(may, { verb, group, resource: 'groups' }, wanted, mode) ?? faultOfExtra(may, verb, wanted, mode)
}

type May = (attributes: Attributes, why?: string) => StatusError | undefined

const MASTERS = 'system:masters'

/** So many are first checked by one question: whether all are allowed. */
const MANY = 4

function faultOfGroups(
  may: May,
  asked: { verb: string; group: string; resource: string },
  { groups }: Wanted,
  mode: string,
): StatusError | undefined {
  if (mode && groups.includes(MASTERS))
    return may({ ...asked, name: MASTERS }, `impersonating the ${MASTERS} group is not allowed`)
  if (mode && groups.length >= MANY && !may({ ...asked, name: '*' })) return undefined
  for (const name of groups) {
    const fault = may({ ...asked, name })
    if (fault) return fault
  }
  return undefined
}

/** A domain, a slash, and a path. */
const PREFIXED = /^[a-z\d]([-a-z\d]*[a-z\d])?(\.[a-z\d]([-a-z\d]*[a-z\d])?)*\/[A-Za-z\d/\-._~%!$&'()*+,;=:]+$/

function faultOfExtra(may: May, verb: string, { extra }: Wanted, mode: string): StatusError | undefined {
  const asked = { verb, group: AUTHENTICATION, resource: 'userextras' }
  const bad = mode ? Object.keys(extra).find(key => !PREFIXED.test(key)) : undefined
  if (bad !== undefined) {
    const why = `extra.key: Invalid value: ${JSON.stringify(bad)}: must be a domain-prefixed path (such as "acme.io/foo")`
    return may(asked, `impersonating an invalid key in extra is not allowed: ${why}`)
  }
  for (const [subresource, values] of Object.entries(extra))
    for (const name of values) {
      const fault = may({ ...asked, subresource, name })
      if (fault) return fault
    }
  return undefined
}

function become({ name, groups: asked, uid, extra }: Wanted, { name: mode }: Mode): UserInfo {
  const account = SERVICE_ACCOUNT.exec(name)
  const groups = [...asked]
  if (mode && isNode(name)) groups.push('system:nodes')
  if (account && !groups.length) groups.push('system:serviceaccounts', `system:serviceaccounts:${account[1]}`)
  const everybody = name === ANONYMOUS.username ? NOBODY : 'system:authenticated'
  if (!groups.includes(everybody) && !groups.includes(NOBODY)) groups.push(everybody)
  return { username: name, groups, ...(uid && { uid }), ...(Object.keys(extra).length && { extra }) }
}

/** Of a header that was sent several times: they come joined, and a value may hold commas itself. */
const valuesOf = (header = ''): string[] => header.split(', ')

function extraOf(headers: ApiRequest['headers']): Record<string, string[]> | undefined {
  const given = Object.entries(headers).filter(([key, value]) => key.startsWith(EXTRA) && value !== undefined)
  if (!given.length) return undefined
  return Object.fromEntries(given.map(([key, value]) => [decodeURIComponent(key.slice(EXTRA.length)), valuesOf(value)]))
}

/** The user to be impersonated, as Go prints it. */
function withoutUser(
  uid: string,
  groups: readonly string[],
  extra: Readonly<Record<string, readonly string[]>>,
): string {
  const strings = (of: readonly string[]): string => `{${of.map(s => JSON.stringify(s)).join(', ')}}`
  const entries = Object.entries(extra).map(([key, of]) => `${JSON.stringify(key)}:[]string${strings(of)}`)
  const shown = `UID:${JSON.stringify(uid)}, Groups:[]string${groups.length ? strings(groups) : '(nil)'}, Extra:map[string][]string${entries.length ? `{${entries.join(', ')}}` : '(nil)'}`
  return `requested &user.DefaultInfo{Name:"", ${shown}} without impersonating a user name`
}
